/* SPDX-License-Identifier: MIT */
/*
 * Small models of random weights in the forms that the family is published
 * in, against what sentence-transformers gives for the same files:
 * tests/golden/family/, written by tools/encoder_family.py --golden.
 */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "embed/embed.h"
#include "embed/vocab_source.h"
#include "tiny_family.h"

#define LINES "tests/golden/family.txt"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    char folder[64];
    struct str *texts;
    size_t n;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct str text, rest;

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    snprintf(f->folder, sizeof(f->folder), "/tmp/rsc-family-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    assert_int_equal(file_read(&f->ctx, &text, LINES, 1U << 16), RSC_OK);
    f->texts = ctx_alloc_array(&f->ctx, 64, sizeof(f->texts[0]));
    for (rest = text; f->n < 64 && str_next_line(&rest, &f->texts[f->n]);)
        f->n++;
    assert_int_equal(f->n, 7);
    return 0;
}

static void remove_files(struct fixture *f)
{
    static const char *const FILES[] = {
        "model.safetensors",         "config.json",           "vocab.txt",
        "sentence_bert_config.json", "modules.json",          "tokenizer.json",
        "tokenizer_config.json",     "1_Pooling/config.json", "test.pack"};
    char path[128];

    for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", f->folder, FILES[i]);
        unlink(path);
    }
    snprintf(path, sizeof(path), "%s/1_Pooling", f->folder);
    rmdir(path);
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    remove_files(f);
    assert_int_equal(rmdir(f->folder), 0);
    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    free(f);
    return 0;
}

static rsc_status pack(struct ctx *ctx, struct fixture *f,
                       enum encoder_precision precision, const char *prefix)
{
    struct embed_packing packing = {precision, str_of(prefix)};
    struct str path = ctx_printf(ctx, "%s/test.pack", f->folder);

    return embed_pack(ctx, f->folder, path.data, &packing);
}

/* The least cosine, and the greatest difference in length. */
static void compare(struct fixture *f, const struct tiny_case *c,
                    enum encoder_precision precision, double *least,
                    double *stretch)
{
    struct encoder_options options = {ISA_COUNT, 1};
    struct embedder *e;
    struct str path =
        ctx_printf(&f->ctx, "tests/golden/family/%s.f32", c->name);
    float out[7 * TINY_HIDDEN], expected[7 * TINY_HIDDEN];
    struct str golden;

    assert_int_equal(file_read(&f->ctx, &golden, path.data, 1U << 16), RSC_OK);
    assert_int_equal(golden.len, sizeof(expected));
    memcpy(expected, golden.data, sizeof(expected));
    assert_int_equal(pack(&f->ctx, f, precision, c->prefix), RSC_OK);
    path = ctx_printf(&f->ctx, "%s/test.pack", f->folder);
    assert_int_equal(embed_open(&f->ctx, &e, &f->mem, path.data, &options),
                     RSC_OK);
    assert_int_equal(embed_texts(&f->ctx, e, f->texts, f->n, out, NULL),
                     RSC_OK);
    embed_close(e);
    *least = 1;
    *stretch = 0;
    for (size_t t = 0; t < f->n; t++) {
        double aa = 0, bb = 0, ab = 0;
        for (size_t i = t * TINY_HIDDEN; i < (t + 1) * TINY_HIDDEN; i++) {
            aa += (double)out[i] * (double)out[i];
            bb += (double)expected[i] * (double)expected[i];
            ab += (double)out[i] * (double)expected[i];
        }
        *least = fmin(*least, ab / sqrt(aa * bb));
        *stretch = fmax(*stretch, fabs(sqrt(aa / bb) - 1));
    }
}

static void every_form_gives_the_vectors_of_the_original(void **state)
{
    struct fixture *f = *state;
    double least, stretch;

    for (size_t i = 0; i < TINY_CASE_COUNT; i++) {
        const struct tiny_case *c = &TINY_CASES[i];
        assert_int_equal(tiny_family_write(&f->ctx, f->folder, c), RSC_OK);
        compare(f, c, PRECISION_F32, &least, &stretch);
        print_message("%s: cosine %.7f", c->name, least);
        assert_true(least >= 0.99999 && stretch < 1e-4);
        compare(f, c, PRECISION_BF16, &least, &stretch);
        print_message(", bf16 %.5f", least);
        assert_true(least >= 0.9995 && stretch < 0.02);
        compare(f, c, PRECISION_INT8, &least, &stretch);
        print_message(", int8 %.5f\n", least);
        assert_true(least >= 0.99 && stretch < 0.05);
        remove_files(f);
    }
}

/* A file of a case that works, changed. */
static void refuse(struct fixture *f, const char *file, const char *content,
                   rsc_status expected, const char *says)
{
    const struct tiny_case *today = &TINY_CASES[TINY_CASE_COUNT - 1];
    struct ctx ctx;

    ctx_init(&ctx, &f->mem);
    assert_int_equal(tiny_family_write(&ctx, f->folder, today), RSC_OK);
    tiny_put(&ctx, f->folder, file, str_of(content));
    rsc_status st = pack(&ctx, f, PRECISION_F32, "");
    if (st != expected || !strstr(ctx.error.message, says))
        fail_msg("%s: %d %s", content, (int)st, ctx.error.message);
    ctx_clear(&ctx);
}

static void what_would_give_other_vectors_is_refused(void **state)
{
    struct fixture *f = *state;

    refuse(f, "1_Pooling/config.json", "{\"pooling_mode\": \"max\"}",
           RSC_EUNSUPPORTED, "pools neither");
    refuse(f, "1_Pooling/config.json",
           "{\"pooling_mode_cls_token\": true, "
           "\"pooling_mode_mean_tokens\": true}",
           RSC_EUNSUPPORTED, "pools neither");
    refuse(f, "modules.json",
           "[{\"type\": \"a.Transformer\"}, {\"type\": "
           "\"sentence_transformers.models.Dense\"}]",
           RSC_EUNSUPPORTED, "models.Dense");
    refuse(f, "modules.json", "[{\"type\": ", RSC_EFORMAT, "modules.json");
    refuse(f, "tokenizer_config.json", "{\"do_lower_case\": false}",
           RSC_EUNSUPPORTED, "lower-cased");
    refuse(f, "tokenizer.json", "{\"model\": {\"type\": \"BPE\"}}",
           RSC_EUNSUPPORTED, "WordPiece");
    refuse(f, "tokenizer.json", "{", RSC_EFORMAT, "tokenizer.json");
    remove_files(f);
}

/* A tokenizer.json of this vocabulary. */
static rsc_status parse(struct ctx *ctx, struct str *out, const char *vocab)
{
    return vocab_source_parse(
        ctx, out,
        ctx_printf(ctx,
                   "{\"normalizer\": {\"type\": \"BertNormalizer\", "
                   "\"lowercase\": true}, \"model\": {\"type\": \"WordPiece\","
                   "\"unk_token\": \"[UNK]\", \"continuing_subword_prefix\": "
                   "\"##\", \"vocab\": %s}}",
                   vocab));
}

static void tokens_are_read_with_their_escapes(void **state)
{
    static const char *const BAD[] = {
        "{}",
        "{\"a\": 1}",
        "{\"a\": 0, \"b\": 0}",
        "{\"a\": 0, \"b\": 2}",
        "{\"a\": 99999999}",
        "{\"a\": -1}",
        "{\"a\\n\": 0}",
        "{\"a\\u00\": 0}",
        "{\"\\ud83d\": 0}",
        "{\"\\ud83dx\": 0}",
        "{\"a\" 0}",
        "[]",
    };
    struct fixture *f = *state;
    struct str out;

    assert_int_equal(parse(&f->ctx, &out,
                           "{\"b\": 1, \"a\": 0, \"\\\"\": 2, \"\\\\\": 3,"
                           "\"\\u00e9\": 4, \"\\ud83d\\ude00\": 5, \"\": 6}"),
                     RSC_OK);
    assert_true(str_eq(out, STR("a\nb\n\"\n\\\n\u00e9\n\xf0\x9f\x98\x80\n\n")));
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        struct ctx ctx;
        ctx_init(&ctx, &f->mem);
        if (parse(&ctx, &out, BAD[i]) != RSC_EFORMAT)
            fail_msg("%s: %s", BAD[i], ctx.error.message);
        ctx_clear(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_form_gives_the_vectors_of_the_original, setup, teardown),
        cmocka_unit_test_setup_teardown(
            what_would_give_other_vectors_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(tokens_are_read_with_their_escapes,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
