/* SPDX-License-Identifier: MIT */
#include "embed/embed.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "tiny_model.h"

#define HIDDEN 32

static const char CONFIG[] =
    "{\"model_type\": \"bert\", \"hidden_act\": \"gelu\",\n"
    "\"hidden_size\": 32, \"num_hidden_layers\": 1,\n"
    "\"num_attention_heads\": 1, \"intermediate_size\": 64,\n"
    "\"vocab_size\": 12, \"max_position_embeddings\": 20,\n"
    "\"layer_norm_eps\": 1e-12, \"position_embedding_type\": \"absolute\"}";
static const char VOCAB[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
                            "c\n##o\n##b\nquery\n:\nrust\njava\n";

struct fixture {
    struct mem mem;
    struct ctx ctx;
    char folder[64], pack[96];
};

static void put(struct fixture *f, const char *name, struct str content)
{
    struct str path = ctx_printf(&f->ctx, "%s/%s", f->folder, name);

    assert_int_equal(file_replace(&f->ctx, path.data, content), RSC_OK);
}

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    struct tiny_model model;
    struct encoder_config sizes = {.layers = 1,
                                   .hidden = HIDDEN,
                                   .heads = 1,
                                   .inner = 64,
                                   .vocab = 12,
                                   .cap = 18,
                                   .eps = 1e-12F};

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    snprintf(f->folder, sizeof(f->folder), "/tmp/rsc-embed-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->pack, sizeof(f->pack), "%s/f32.pack", f->folder);
    assert_int_equal(tiny_model_make(&f->ctx, &model, sizes), RSC_OK);
    put(f, "model.safetensors", model.bytes);
    put(f, "config.json", str_of(CONFIG));
    put(f, "vocab.txt", str_of(VOCAB));
    put(f, "sentence_bert_config.json", STR("{\"max_seq_length\": 8}"));
    return 0;
}

static int teardown(void **state)
{
    static const char *const FILES[] = {
        "model.safetensors",         "config.json",  "vocab.txt",
        "sentence_bert_config.json", "modules.json", "f32.pack"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]); i++)
        unlink(ctx_printf(&f->ctx, "%s/%s", f->folder, FILES[i]).data);
    assert_int_equal(rmdir(f->folder), 0);
    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    free(f);
    return 0;
}

static struct embedder *open_packed(struct fixture *f, struct str prefix)
{
    struct embed_packing packing = {PRECISION_F32, prefix};
    struct encoder_options options = {ISA_COUNT, 1};
    struct embedder *e;

    assert_int_equal(embed_pack(&f->ctx, f->folder, f->pack, &packing), RSC_OK);
    assert_int_equal(embed_verify(&f->ctx, f->pack), RSC_OK);
    assert_int_equal(embed_open(&f->ctx, &e, &f->mem, f->pack, &options),
                     RSC_OK);
    return e;
}

static void duplicates_are_computed_once(void **state)
{
    struct fixture *f = *state;
    struct str texts[] = {STR("rust"), STR(""), STR("cob"),  STR("rust"),
                          STR("java"), STR(""), STR("rust"), STR("java cob")};
    float out[8 * HIDDEN], one[HIDDEN];
    struct embed_report report;

    struct embedder *e = open_packed(f, STR_NONE);
    assert_int_equal(embed_texts(&f->ctx, e, texts, 8, out, &report), RSC_OK);
    assert_int_equal(report.n_unique, 5);
    assert_int_equal(report.n_tokens, 1 + 0 + 3 + 1 + 4);
    assert_int_equal(report.n_unknown, 0);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(embed_texts(&f->ctx, e, &texts[i], 1, one, NULL),
                         RSC_OK);
        assert_memory_equal(one, out + i * HIDDEN, sizeof(one));
    }
    assert_int_equal(embed_texts(&f->ctx, e, texts, 0, out, NULL), RSC_OK);
    embed_close(e);
}

static void many_texts_pass_in_slices(void **state)
{
    enum {
        N = 700
    };
    struct fixture *f = *state;
    struct embedder *e = open_packed(f, STR_NONE);
    struct str *texts = ctx_alloc_array(&f->ctx, N, sizeof(texts[0]));
    float *out = ctx_alloc_array(&f->ctx, (size_t)N * HIDDEN, sizeof(float));
    float one[HIDDEN];

    /* Numbers spelled in four words: all differ but for a repetition. */
    for (size_t i = 0; i < N; i++)
        texts[i] = ctx_printf(&f->ctx, "%s %s x%zu", i & 1 ? "rust" : "java",
                              i & 2 ? "c" : "cob", i % 600);
    assert_int_equal(embed_texts(&f->ctx, e, texts, N, out, NULL), RSC_OK);
    for (size_t i = 0; i < N; i += 37) {
        assert_int_equal(embed_texts(&f->ctx, e, &texts[i], 1, one, NULL),
                         RSC_OK);
        assert_memory_equal(one, out + i * HIDDEN, sizeof(one));
    }
    embed_close(e);
}

static void unknown_words_and_cuts_are_reported(void **state)
{
    struct fixture *f = *state;
    struct str texts[] = {STR("zebra rust"),
                          STR("c c c c c c c c c c c c c c")};
    float out[2 * HIDDEN];
    struct embed_report report;

    struct embedder *e = open_packed(f, STR_NONE);
    assert_int_equal(embed_config(e)->cap, 8);
    assert_int_equal(embed_texts(&f->ctx, e, texts, 2, out, &report), RSC_OK);
    assert_int_equal(report.n_unknown, 1);
    assert_int_equal(report.n_cut, 1);
    assert_int_equal(report.n_tokens, 2 + 6);
    embed_close(e);
}

static void a_prefix_stands_before_every_text(void **state)
{
    struct fixture *f = *state;
    struct str plain[] = {STR("query: rust")}, text[] = {STR("rust")};
    float expected[HIDDEN], out[HIDDEN];

    struct embedder *e = open_packed(f, STR_NONE);
    assert_int_equal(embed_texts(&f->ctx, e, plain, 1, expected, NULL), RSC_OK);
    embed_close(e);
    e = open_packed(f, STR("query: "));
    assert_int_equal(embed_texts(&f->ctx, e, text, 1, out, NULL), RSC_OK);
    embed_close(e);
    assert_memory_equal(out, expected, sizeof(out));
}

static rsc_status pack_with(struct fixture *f, const char *file,
                            struct str content, struct str restore)
{
    struct ctx ctx;
    struct embed_packing packing = {PRECISION_F32, STR_NONE};

    put(f, file, content);
    ctx_init(&ctx, &f->mem);
    rsc_status st = embed_pack(&ctx, f->folder, f->pack, &packing);
    ctx_clear(&ctx);
    put(f, file, restore);
    return st;
}

static void a_source_that_does_not_fit_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str config = str_of(CONFIG);

    assert_int_equal(pack_with(f, "config.json", STR("{"), config),
                     RSC_EUNSUPPORTED);
    assert_int_equal(pack_with(f, "config.json",
                               STR("{\"model_type\": \"roberta\"}"), config),
                     RSC_EUNSUPPORTED);
    assert_int_equal(pack_with(f, "vocab.txt", STR("a\nb\n"), str_of(VOCAB)),
                     RSC_EFORMAT);
    struct str path = ctx_printf(&f->ctx, "%s/model.safetensors", f->folder);
    struct str tensors;
    assert_int_equal(file_read(&f->ctx, &tensors, path.data, 1U << 24), RSC_OK);
    assert_int_equal(pack_with(f, "model.safetensors",
                               str_slice(tensors, 0, tensors.len - 4), tensors),
                     RSC_EFORMAT);
    assert_int_equal(access(f->pack, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(duplicates_are_computed_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(many_texts_pass_in_slices, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(unknown_words_and_cuts_are_reported,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_prefix_stands_before_every_text,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_source_that_does_not_fit_is_refused,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
