/* SPDX-License-Identifier: MIT */
/* The readers that need no helper, on small inputs: what they write. */
#include <stdio.h>

#include "base/mem.h"
#include "cmocka_all.h"
#include "extractor/charset.h"
#include "extractor/layout.h"
#include "extractor/odt.h"
#include "extractor/reader.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct builder b;
    struct document doc;
};

static int set_up(void **state)
{
    static struct fixture f;

    f = (struct fixture){0};
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    builder_init(&f.b, &f.ctx, 1000);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    builder_clear(&f->b);
    ctx_clear(&f->ctx);
    return f->mem.bytes != 0;
}

/* The text with '|' for line ends. */
static const char *text_of(struct fixture *f)
{
    static char text[2000];

    assert_int_equal(builder_finish(&f->b, &f->doc), RSC_OK);
    assert_true(f->doc.text.len < sizeof(text));
    memcpy(text, f->doc.text.data, f->doc.text.len);
    text[f->doc.text.len] = '\0';
    for (char *c = text; *c; c++)
        *c = *c == '\n' ? '|' : *c;
    return text;
}

static void read_with(void **state, reader_fn *reader, const char *in,
                      const char *wanted)
{
    struct fixture *f = *state;
    struct reading_facts facts = {0};

    tear_down(state);
    set_up(state);
    assert_int_equal(
        reader(&f->ctx, &f->b, &facts, &(struct source){str_of(in), 50}),
        RSC_OK);
    assert_string_equal(text_of(f), wanted);
}

static void html_follows_its_tags(void **state)
{
    read_with(state, html_read, "<p>a<p>b <i>c</i>d", "a||b cd");
    read_with(state, html_read, "<div>a<div>b</div>c</div>", "a|b|c");
    read_with(state, html_read, "a<br>b<!-- x > -->c", "a|bc");
    read_with(state, html_read, "<pre>a\n  b</pre>c", "a|b||c");
    read_with(state, html_read, "&lt;&#65;&amp;&nosuch;&#xZ;&",
              "<A&&nosuch;&#xZ;&");
    read_with(state, html_read, "<p title='a>b'>c", "c");
    read_with(state, html_read, "x<script>var a='</b>';</script>y", "xy");
    read_with(state, html_read, "<p style='display:none'>a<b>b</b></p>c", "c");
    read_with(state, html_read, "a < b", "a < b");
    read_with(state, html_read, "<", "");
    read_with(state, html_read,
              "<style>.x{color:#fff}</style><p class='y x'>a"
              "</p>b",
              "b");
}

/* Each of these says in its own way that nobody is to see the text. */
static void html_hides_in_many_ways(void **state)
{
    static const char *const styles[] = {
        "color:#fff",
        "color:White",
        "color:rgb(255,255,255)",
        "color:rgb(100% 100% 100%)",
        "color:rgb(254 254 254 / 100%)",
        "color:hsl(0,0%,100%)",
        "color:hsl(120deg 80% 99%)",
        "color:transparent",
        "color:rgba(0,0,0,0)",
        "color:mintcream",
        "height:0;overflow:hidden",
        "overflow:hidden;width:0",
        "clip-path:inset(100%)",
        "clip-path:circle(0)",
        "clip:rect(0,0,0,0)",
        "transform:scale(0)",
        "transform:rotate(3deg) scale(0.01)",
        "transform:translateX(-9999px)",
        "background:#000;color:hsl(10,50%,0%)",
    };
    char in[200];

    for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
        snprintf(in, sizeof(in), "<p style='%s'>a</p>b", styles[i]);
        read_with(state, html_read, in, "b");
    }
    read_with(state, html_read, "<font color=white>a</font>b", "b");
    read_with(state, html_read,
              "<table bgcolor=white><td><font color='#fefefe'>a</font>b", "b");
}

static void html_shows_what_only_looks_hidden(void **state)
{
    static const char *const styles[] = {
        "height:0",
        "background:#000;color:#fff",
        "color:hsl(0,0%,40%)",
        "color:rgb(0,0,0)",
        "color:hsl(240,100%,50%)",
        "color:rgb(10% 10% 10%)",
        "background:linear-gradient(red,blue);color:transparent",
        "clip-path:inset(2px)",
        "transform:scale(1.2)",
        "transform:translate(-50%)",
        "overflow:hidden",
    };
    char in[200];

    for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
        snprintf(in, sizeof(in), "<p style='%s'>a</p>b", styles[i]);
        read_with(state, html_read, in, "a||b");
    }
    read_with(state, html_read,
              "<table bgcolor=navy><td><font color=white>a</font>b", "ab");
}

static void rtf_follows_its_groups(void **state)
{
    read_with(state, rtf_read, "{\\rtf1 a{\\b b}c\\par d}", "abc|d");
    read_with(state, rtf_read, "{\\rtf1\\uc2 \\u233xxb}",
              "\xc3\xa9"
              "b");
    read_with(state, rtf_read, "{\\rtf1 {\\*\\x {y} z}a}", "a");
    read_with(state, rtf_read, "{\\rtf1 a\\'e9\\~b\\_c\\{\\}\\\\}",
              "a\xc3\xa9 b-c{}\\");
    read_with(state, rtf_read, "{\\rtf1 a}}}}b", "ab");
    read_with(state, rtf_read, "{\\rtf1 {{{{a", "a");
    read_with(state, rtf_read, "{\\rtf1 a\\bin3 }}}b}", "ab");
    read_with(state, rtf_read, "{\\rtf1 {\\v a}b}", "b");
}

static void text_keeps_its_lines(void **state)
{
    read_with(state, text_read, "a  b\r\n\r\n\r\nc\rd", "a b||c|d");
    read_with(state, text_read, "a\tb", "a\tb");
    read_with(state, text_read, "inter-\nnational (self-\nmade) x-\nY",
              "international|(self-made)|x-|Y");
    read_with(state, text_read, "soft-\nware and software-\nbased software",
              "software|and software-based|software");
    read_with(state, text_read, "# A\nb", "A||b");
    read_with(state, text_read, "", "");
}

static void odf_needs_no_container(void **state)
{
    read_with(state, fodt_read,
              "<office:document><office:body><office:text><text:h>A</text:h>"
              "<text:p>b<text:s/>c</text:p></office:text></office:body>"
              "</office:document>",
              "A|b c");
}

static void a_long_text_is_cut_with_a_warning(void **state)
{
    struct fixture *f = *state;
    struct reading_facts facts = {0};
    char in[4001];

    memset(in, 'a', sizeof(in));
    for (size_t i = 9; i < sizeof(in); i += 10)
        in[i] = ' ';
    assert_int_equal(text_read(&f->ctx, &f->b, &facts,
                               &(struct source){{in, sizeof(in) - 1}, 50}),
                     RSC_OK);
    text_of(f);
    assert_int_equal(f->doc.n_words, 100);
    assert_int_equal(f->doc.n_warnings, 1);
}

/* A word of a page as glyphs half as wide as they are high. */
static size_t draw(struct glyph *g, float x, float y, const char *word)
{
    size_t n = 0;

    for (; word[n]; n++)
        g[n] = (struct glyph){.x0 = x + 5 * (float)n,
                              .x1 = x + 5 * (float)n + 5,
                              .y0 = y - 8,
                              .y1 = y + 2,
                              .base = y,
                              .size = 10,
                              .n_text = 1,
                              .text = {(unsigned char)word[n]}};
    return n;
}

static void a_page_is_read_by_its_columns(void **state)
{
    static const char *const left[] = {"alpha", "bravo", "carol", "delta"};
    static const char *const right[] = {"uno", "duo", "tre", "quattro"};
    struct fixture *f = *state;
    struct glyph g[200];
    size_t n = 0;

    /* Baselines of the two sides do not agree. */
    for (int i = 0; i < 4; i++) {
        n += draw(g + n, 50, 100 + 14 * (float)i, left[i]);
        n += draw(g + n, 200, 107 + 14 * (float)i, right[i]);
    }
    struct pdf_page page = {
        .number = 1, .width = 600, .height = 800, .glyphs = g, .n_glyphs = n};
    assert_int_equal(layout_page(&f->ctx, &f->b, &page), RSC_OK);
    assert_string_equal(text_of(f),
                        "alpha|bravo|carol|delta||uno|duo|tre|quattro");
    assert_true(f->doc.words[0].x0 == 50);
}

static void a_row_keeps_its_cells(void **state)
{
    struct fixture *f = *state;
    struct glyph g[200];
    size_t n = draw(g, 50, 100, "Engineer");

    n += draw(g + n, 400, 100, "2019-2021");
    n += draw(g + n, 50, 114, "Built");
    n += draw(g + n, 80, 114, "things");
    struct pdf_page page = {
        .number = 1, .width = 600, .height = 800, .glyphs = g, .n_glyphs = n};
    assert_int_equal(layout_page(&f->ctx, &f->b, &page), RSC_OK);
    assert_string_equal(text_of(f), "Engineer\t2019-2021|Built things");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        T(html_follows_its_tags),
        T(html_hides_in_many_ways),
        T(html_shows_what_only_looks_hidden),
        T(rtf_follows_its_groups),
        T(text_keeps_its_lines),
        T(odf_needs_no_container),
        T(a_long_text_is_cut_with_a_warning),
        T(a_page_is_read_by_its_columns),
        T(a_row_keeps_its_cells),
    };

    charset_prepare();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
