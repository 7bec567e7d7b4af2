/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmocka_all.h"
#include "embed/wordpiece.h"
#include "wordpiece_golden.h"

enum {
    GOLDEN_CAP = 64, /* as in tools/wordpiece_golden.py */
};

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct str block;
    struct wordpiece wp;
    struct tokens tokens;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct str vocab;

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    assert_int_equal(
        file_read(&f->ctx, &vocab, "tests/golden/wordpiece.vocab", 1 << 20), 0);
    assert_int_equal(wordpiece_build(&f->ctx, &f->block, vocab), RSC_OK);
    assert_int_equal(wordpiece_open(&f->ctx, &f->wp, f->block), RSC_OK);
    assert_int_equal(tokens_init(&f->ctx, &f->tokens, GOLDEN_CAP, true), 0);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    free(f);
    return 0;
}

static void encode(struct fixture *f, const char *text)
{
    wordpiece_encode(&f->tokens, &f->wp, str_of(text));
}

static void assert_piece(struct fixture *f, size_t n, const char *piece,
                         size_t start, size_t end)
{
    assert_true(n < f->tokens.len);
    struct str text = wordpiece_token(&f->wp, f->tokens.ids[n]);
    if (!str_eq(text, str_of(piece)))
        fail_msg("token %zu is %.*s, not %s", n, STR_ARG(text), piece);
    assert_int_equal(f->tokens.starts[n], start);
    assert_int_equal(f->tokens.ends[n], end);
}

static void ids_are_those_of_the_package(void **state)
{
    struct fixture *f = *state;

    size_t lines =
        check_golden(&f->ctx, &f->wp, GOLDEN_CAP, "tests/golden/wordpiece.tsv");
    assert_true(lines > 300);
}

static void offsets_point_into_the_text(void **state)
{
    struct fixture *f = *state;

    encode(f, "Led\xC3\xA9x  [UNK] a\xCC\x81\xE2\x80\x8B. \xE2\x89\xA0");
    assert_piece(f, 0, "[CLS]", 0, 0);
    assert_piece(f, 1, "led", 0, 3);
    assert_piece(f, 2, "##e", 3, 5);
    assert_piece(f, 3, "##x", 5, 6);
    assert_piece(f, 4, "[UNK]", 8, 13);
    assert_piece(f, 5, "a", 14, 15);
    assert_piece(f, 6, ".", 20, 21);
    assert_piece(f, 7, "=", 22, 25);
    assert_piece(f, 8, "[SEP]", 25, 25);
    assert_int_equal(f->tokens.len, 9);
    assert_int_equal(f->tokens.n_unknown, 0);
}

static void an_unknown_word_is_one_token(void **state)
{
    struct fixture *f = *state;

    encode(f, "lead x\xE0\xB8\x81y lead");
    assert_piece(f, 1, "lead", 0, 4);
    assert_piece(f, 2, "[UNK]", 5, 10);
    assert_piece(f, 3, "lead", 11, 15);
    assert_int_equal(f->tokens.n_unknown, 1);
}

static void the_cap_counts_both_specials(void **state)
{
    struct fixture *f = *state;
    char text[GOLDEN_CAP + 1] = {0};

    memset(text, '.', GOLDEN_CAP - 2);
    encode(f, text);
    assert_int_equal(f->tokens.len, GOLDEN_CAP);
    assert_false(f->tokens.truncated);
    text[GOLDEN_CAP - 2] = '.';
    encode(f, text);
    assert_int_equal(f->tokens.len, GOLDEN_CAP);
    assert_true(f->tokens.truncated);
    assert_int_equal(f->tokens.ids[GOLDEN_CAP - 1], f->wp.sep);
    f->tokens.cap = 2;
    encode(f, "a");
    assert_int_equal(f->tokens.len, 2);
    assert_true(f->tokens.truncated);
}

static void a_vocabulary_that_is_none_is_refused(void **state)
{
    struct fixture *f = *state;
    const char *bad[] = {
        "",
        "\n\n \n",
        "just\nsome\n##words\n",
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nno\ncontinuation\n",
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\n##a\n\xFF\n",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct ctx ctx;
        struct str block;
        ctx_init(&ctx, &f->mem);
        assert_int_equal(wordpiece_build(&ctx, &block, str_of(bad[i])),
                         RSC_EFORMAT);
        assert_true(ctx.error.message[0]);
        ctx_clear(&ctx);
    }
}

/* What a vocabulary file may hold: equal lines (the last one counts), no
 * newline at the end, "\r\n". */
static void odd_vocabularies_are_read_as_the_package_does(void **state)
{
    struct fixture *f = *state;
    struct str block;

    assert_int_equal(wordpiece_build(&f->ctx, &block,
                                     STR("[PAD]\r\n[UNK]\r\n[CLS]\n[SEP]\n"
                                         "##b\na\n\na")),
                     RSC_OK);
    assert_int_equal(wordpiece_open(&f->ctx, &f->wp, block), RSC_OK);
    assert_int_equal(f->wp.n_tokens, 8);
    assert_int_equal(f->wp.mask, -1);
    encode(f, "ab [MASK]");
    assert_piece(f, 1, "a", 0, 1);
    assert_int_equal(f->tokens.ids[1], 7);
    assert_piece(f, 2, "##b", 1, 2);
    assert_int_equal(f->tokens.len, 7);
    assert_int_equal(f->tokens.n_unknown, 3);
}

/* Every single damaged byte of the header and of the first units is either
 * refused or harmless; every shorter block is refused. */
static void a_damaged_block_is_refused(void **state)
{
    struct fixture *f = *state;
    char *copy = ctx_alloc(&f->ctx, f->block.len);

    for (size_t len = 0; len < f->block.len; len += 4) {
        struct ctx ctx;
        struct wordpiece wp;
        ctx_init(&ctx, &f->mem);
        memcpy(copy, f->block.data, f->block.len);
        assert_int_equal(wordpiece_open(&ctx, &wp, (struct str){copy, len}),
                         RSC_EFORMAT);
        ctx_clear(&ctx);
    }
    for (size_t at = 0; at < f->block.len; at++) {
        struct ctx ctx;
        struct wordpiece wp;
        ctx_init(&ctx, &f->mem);
        memcpy(copy, f->block.data, f->block.len);
        copy[at] = (char)(copy[at] ^ (1 << at % 8));
        if (wordpiece_open(&ctx, &wp, (struct str){copy, f->block.len}) == 0) {
            wordpiece_encode(&f->tokens, &wp,
                             STR("leading a team of \xE4\xB8\xAD C++ 2017"));
            for (size_t i = 0; i < f->tokens.len; i++) {
                assert_in_range(f->tokens.ids[i], 0, wp.n_tokens - 1);
                wordpiece_token(&wp, f->tokens.ids[i]);
            }
        }
        ctx_clear(&ctx);
    }
}

static void building_survives_every_failed_allocation(void **state)
{
    struct fixture *f = *state;
    struct str vocab, block;

    file_read(&f->ctx, &vocab, "tests/golden/wordpiece.vocab", 1 << 20);
    for (long n = 0;; n++) {
        struct mem mem;
        struct ctx ctx;
        mem_init(&mem, "test", 0);
        ctx_init(&ctx, &mem);
        mem.fail_after = n;
        rsc_status st = wordpiece_build(&ctx, &block, vocab);
        ctx_clear(&ctx);
        assert_int_equal(mem.bytes, 0);
        if (!st)
            break;
        assert_int_equal(st, RSC_ENOMEM);
        assert_true(n < 100);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(ids_are_those_of_the_package),
        TEST(offsets_point_into_the_text),
        TEST(an_unknown_word_is_one_token),
        TEST(the_cap_counts_both_specials),
        TEST(a_vocabulary_that_is_none_is_refused),
        TEST(odd_vocabularies_are_read_as_the_package_does),
        TEST(a_damaged_block_is_refused),
        TEST(building_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests_name("wordpiece", tests, NULL, NULL);
}
