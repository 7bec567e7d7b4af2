/* SPDX-License-Identifier: MIT */
#include "text/markup.h"

#define TAGS_MIN  3   /* "if a<b>c" is no web page */
#define TAG_BYTES 400 /* with its attributes */

enum tag_kind {
    TAG_NONE,
    TAG_INLINE,
    TAG_LINE, /* begins a line */
    TAG_ITEM,
    TAG_BLOCK /* stands apart */
};

struct tag {
    const char *name;
    enum tag_kind kind;
};

static const struct tag tags[] = {
    {"a", TAG_INLINE},    {"b", TAG_INLINE},      {"br", TAG_LINE},
    {"div", TAG_LINE},    {"em", TAG_INLINE},     {"font", TAG_INLINE},
    {"h1", TAG_BLOCK},    {"h2", TAG_BLOCK},      {"h3", TAG_BLOCK},
    {"h4", TAG_BLOCK},    {"h5", TAG_BLOCK},      {"h6", TAG_BLOCK},
    {"hr", TAG_BLOCK},    {"i", TAG_INLINE},      {"li", TAG_ITEM},
    {"ol", TAG_BLOCK},    {"p", TAG_BLOCK},       {"section", TAG_BLOCK},
    {"span", TAG_INLINE}, {"strong", TAG_INLINE}, {"table", TAG_BLOCK},
    {"tbody", TAG_LINE},  {"td", TAG_INLINE},     {"tr", TAG_LINE},
    {"u", TAG_INLINE},    {"ul", TAG_BLOCK}};

static const struct {
    const char *name, *text;
} entities[] = {{"&amp;", "&"},
                {"&lt;", "<"},
                {"&gt;", ">"},
                {"&quot;", "\""},
                {"&apos;", "'"},
                {"&#39;", "'"},
                {"&#039;", "'"},
                {"&rsquo;", "'"},
                {"&lsquo;", "'"},
                {"&ldquo;", "\""},
                {"&rdquo;", "\""},
                {"&ndash;", "-"},
                {"&mdash;", "-"},
                {"&nbsp;", " "},
                {"&#160;", " "},
                {"&bull;", "\xC2\xB7"},
                {"&middot;", "\xC2\xB7"},
                {"&euro;", "\xE2\x82\xAC"},
                {"&pound;", "\xC2\xA3"}};

/* The kind of the tag at the start of s and its length; TAG_NONE if there is
 * none. */
static enum tag_kind tag_at(struct str s, size_t *len, bool *is_end)
{
    size_t i = 1, start;

    if (s.len < 3 || s.data[0] != '<')
        return TAG_NONE;
    *is_end = s.data[1] == '/';
    start = i += *is_end;
    while (i < s.len && ascii_is_alnum((unsigned char)s.data[i]))
        i++;
    struct str name = str_slice(s, start, i);
    while (i < s.len && i < TAG_BYTES && s.data[i] != '>' && s.data[i] != '<')
        i++;
    if (i == s.len || s.data[i] != '>')
        return TAG_NONE;
    *len = i + 1;
    for (size_t k = 0; k < sizeof(tags) / sizeof(tags[0]); k++)
        if (str_eq_nocase(name, str_of(tags[k].name)))
            return tags[k].kind;
    return TAG_NONE;
}

/* What the tag shows, at most three bytes: no tag is shorter. */
static struct str shown_of(enum tag_kind kind, bool is_end)
{
    if (kind == TAG_ITEM)
        return is_end ? STR("\n") : STR("\n- ");
    if (kind == TAG_BLOCK)
        return STR("\n\n");
    return kind == TAG_LINE ? STR("\n") : STR("");
}

static size_t count_tags(struct str text)
{
    size_t n = 0, len;
    bool is_end;

    for (size_t i = 0; i < text.len && n < TAGS_MIN; i++)
        n += tag_at(str_slice(text, i, text.len), &len, &is_end) != TAG_NONE;
    return n;
}

struct writer {
    char *out;
    size_t at, spare; /* spare: bytes that are to become spaces */
};

static void put(struct writer *w, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        w->out[w->at++] = s.data[i];
}

static void put_spare(struct writer *w)
{
    memset(w->out + w->at, ' ', w->spare);
    w->at += w->spare;
    w->spare = 0;
}

/* Writes the named character at the start of s; its bytes, or 0. What it is
 * shorter by follows the word: "you&rsquo;ll" stays one. */
static size_t put_entity(struct writer *w, struct str s)
{
    for (size_t k = 0; k < sizeof(entities) / sizeof(entities[0]); k++) {
        struct str name = str_of(entities[k].name);
        struct str text = str_of(entities[k].text);
        if (!str_starts_nocase(s, name))
            continue;
        put(w, text);
        w->spare += name.len - text.len;
        return name.len;
    }
    return 0;
}

rsc_status markup_clear(struct ctx *ctx, struct str *text)
{
    struct str s = *text;
    struct writer w = {0};
    size_t len;
    bool is_end;

    if (count_tags(s) < TAGS_MIN)
        return RSC_OK;
    w.out = ctx_alloc(ctx, s.len);
    if (!w.out)
        return ctx->error.status;
    for (size_t i = 0; i < s.len; i += len) {
        struct str rest = str_slice(s, i, s.len);
        enum tag_kind kind = tag_at(rest, &len, &is_end);
        if (kind != TAG_NONE) {
            struct str shown = shown_of(kind, is_end);
            put(&w, shown);
            w.spare += len - shown.len;
            put_spare(&w);
            continue;
        }
        len = put_entity(&w, rest);
        if (len)
            continue;
        if (ascii_is_space((unsigned char)s.data[i]))
            put_spare(&w);
        put(&w, str_slice(s, i, i + 1));
        len = 1;
    }
    put_spare(&w);
    *text = (struct str){w.out, s.len};
    return RSC_OK;
}
