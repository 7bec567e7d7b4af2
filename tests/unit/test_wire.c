/* SPDX-License-Identifier: MIT */
/* The pipe's protocol: what is sent arrives, and nothing damaged gets in. */
#include "base/mem.h"
#include "cmocka_all.h"
#include "extract/wire.h"
#include "extract/wire_check.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct buf out;
    struct word words[3];
    struct line lines[2];
    struct hidden_run hidden[1];
    struct str warnings[1];
    struct document doc;
};

static const struct wire_sandbox sandbox = {.seccomp = true, .landlock_abi = 3};

static int set_up(void **state)
{
    static struct fixture f;

    f = (struct fixture){
        .words = {{0, 4, 1, 2, 3, 4}, {5, 9, 0, 0, 0, 0}, {11, 16, 0, 0, 0, 0}},
        .lines = {{.start = 0,
                   .end = 9,
                   .n_words = 2,
                   .page = 1,
                   .role = LINE_HEADING,
                   .bold = true,
                   .size = 14},
                  {.start = 11,
                   .end = 16,
                   .first_word = 2,
                   .n_words = 1,
                   .page = 2,
                   .role = LINE_ITEM}},
        .hidden = {{STR("python"), 2, HIDDEN_TINY}},
        .warnings = {STR("something is odd")},
    };
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    buf_init(&f.out, &f.mem, WIRE_MAX_BYTES);
    f.doc = (struct document){.kind = DOCUMENT_PDF,
                              .text = STR("J\xc3\xbc"
                                          "n Doe!\n\nWords"),
                              .pages = 2,
                              .words = f.words,
                              .n_words = 3,
                              .lines = f.lines,
                              .n_lines = 2,
                              .hidden = f.hidden,
                              .n_hidden = 1,
                              .warnings = f.warnings,
                              .n_warnings = 1,
                              .method = STR("test 1.0")};
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    buf_clear(&f->out);
    ctx_clear(&f->ctx);
    return f->mem.bytes != 0;
}

static struct str encode(struct fixture *f)
{
    buf_reset(&f->out);
    wire_put_start(&f->out, &sandbox);
    wire_put_document(&f->out, &f->doc);
    wire_put_end(&f->out);
    return buf_str(&f->out);
}

static rsc_status decode(struct fixture *f, struct wire_answer *a, struct str s)
{
    f->ctx.error.status = RSC_OK;
    return wire_read(&f->ctx, a, s);
}

static void a_document_arrives_as_it_was_sent(void **state)
{
    struct fixture *f = *state;
    struct wire_answer a;
    struct str bytes = encode(f);

    assert_true(wire_is_complete(bytes));
    assert_int_equal(decode(f, &a, bytes), RSC_OK);
    assert_true(a.has_document && a.sandbox.seccomp);
    assert_int_equal(a.sandbox.landlock_abi, 3);
    assert_true(str_eq(a.document.text, f->doc.text));
    assert_true(str_eq(a.document.method, f->doc.method));
    assert_int_equal(a.document.n_words, 3);
    assert_memory_equal(a.document.words, f->words, sizeof(f->words));
    assert_int_equal(a.document.n_lines, 2);
    assert_true(a.document.lines[0].bold && !a.document.lines[1].bold);
    assert_int_equal(a.document.lines[1].page, 2);
    assert_int_equal(a.document.hidden[0].reason, HIDDEN_TINY);
    assert_true(str_eq(a.document.warnings[0], f->warnings[0]));
}

static void a_failure_comes_back_as_that_failure(void **state)
{
    struct fixture *f = *state;
    struct wire_answer a;
    rsc_error e = {.status = RSC_ENOTEXT, .message = "this is a scan"};

    wire_put_start(&f->out, &sandbox);
    wire_put_failure(&f->out, &e);
    wire_put_end(&f->out);
    assert_int_equal(decode(f, &a, buf_str(&f->out)), RSC_ENOTEXT);
    assert_string_equal(f->ctx.error.message, "this is a scan");
}

static void a_failure_of_control_characters_is_not_passed_on(void **state)
{
    struct fixture *f = *state;
    struct wire_answer a;
    rsc_error e = {.status = RSC_EFORMAT, .message = "\x1b[2J"};

    wire_put_start(&f->out, &sandbox);
    wire_put_failure(&f->out, &e);
    wire_put_end(&f->out);
    assert_int_equal(decode(f, &a, buf_str(&f->out)), RSC_EINTERNAL);
}

static void a_probe_has_a_sandbox_and_no_document(void **state)
{
    struct fixture *f = *state;
    struct wire_answer a;

    wire_put_start(&f->out, &sandbox);
    wire_put_end(&f->out);
    assert_int_equal(decode(f, &a, buf_str(&f->out)), RSC_OK);
    assert_false(a.has_document);
}

static void every_cut_is_noticed(void **state)
{
    struct fixture *f = *state;
    struct wire_answer a;
    struct str bytes = encode(f);

    for (size_t n = 0; n < bytes.len; n++) {
        struct str part = str_slice(bytes, 0, n);
        assert_false(wire_is_complete(part));
        assert_int_equal(decode(f, &a, part), RSC_EINTERNAL);
    }
}

/* Whatever one wrong byte does, the document that gets through keeps every
 * rule, and nothing is read out of bounds (the sanitizer watches). */
static void no_single_wrong_byte_breaks_a_rule(void **state)
{
    struct fixture *f = *state;
    struct wire_answer a;
    struct str bytes = encode(f);
    size_t refused = 0;

    for (size_t i = 0; i < bytes.len; i++) {
        for (unsigned flip = 1; flip < 256; flip <<= 1) {
            f->out.data[i] = (char)(f->out.data[i] ^ (char)flip);
            rsc_status st = decode(f, &a, bytes);
            f->out.data[i] = (char)(f->out.data[i] ^ (char)flip);
            if (st == RSC_OK)
                assert_null(wire_broken_rule(&a.document));
            else
                refused++;
        }
    }
    assert_true(refused > bytes.len * 4);
}

#define REFUSES(change)                                                        \
    do {                                                                       \
        struct wire_answer a_;                                                 \
        set_up(state);                                                         \
        change;                                                                \
        assert_int_equal(decode(f, &a_, encode(f)), RSC_EINTERNAL);            \
        tear_down(state);                                                      \
    } while (0)

static void a_document_that_breaks_a_promise_is_refused(void **state)
{
    struct fixture *f = *state;

    REFUSES(f->words[1].start = 3);               /* overlaps the first */
    REFUSES(f->words[2].end = 17);                /* past the text */
    REFUSES(f->words[0].end = 2);                 /* inside a character */
    REFUSES(f->words[0].end = 0);                 /* empty */
    REFUSES(f->words[0].x0 = 1e30f);              /* no page is that wide */
    REFUSES(f->words[0].y1 = (float)(0.0 / 0.0)); /* no number */
    REFUSES(f->lines[0].end = 12);                /* two lines */
    REFUSES(f->lines[1].page = 3);                /* no such page */
    REFUSES(f->lines[1].n_words = 0);             /* a word without a line */
    REFUSES(f->lines[1].first_word = 1);          /* a word of two lines */
    REFUSES(f->doc.text = STR("Jan\xff Doe!\n\nWords"));
    REFUSES(f->doc.text = STR("Jane\x1b"
                              "Doe!\n\nWords"));
    REFUSES(f->doc.pages = 0);
    REFUSES(f->hidden[0].page = 9);
    REFUSES(f->warnings[0] = STR("a\nb"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        T(a_document_arrives_as_it_was_sent),
        T(a_failure_comes_back_as_that_failure),
        T(a_failure_of_control_characters_is_not_passed_on),
        T(a_probe_has_a_sandbox_and_no_document),
        T(every_cut_is_noticed),
        T(no_single_wrong_byte_breaks_a_rule),
        T(a_document_that_breaks_a_promise_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
