/* SPDX-License-Identifier: MIT */
/*
 * Writes a sentence encoder of random weights into a folder that exists, as
 * its authors would publish it.
 *
 *     make_tiny_model FOLDER         the smallest one
 *     make_tiny_model FOLDER CASE    one of tiny_family.h
 *     make_tiny_model                lists these with their prefixes
 */
#include "tiny_family.h"

static const char config[] =
    "{\"model_type\": \"bert\", \"hidden_act\": \"gelu\",\n"
    "\"hidden_size\": 32, \"num_hidden_layers\": 1,\n"
    "\"num_attention_heads\": 1, \"intermediate_size\": 64,\n"
    "\"vocab_size\": 10, \"max_position_embeddings\": 20,\n"
    "\"layer_norm_eps\": 1e-12, \"position_embedding_type\": \"absolute\"}";
static const char vocab[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
                            "c\n##o\n##b\nrust\njava\n";

static rsc_status write_smallest(struct ctx *ctx, const char *folder)
{
    struct encoder_config sizes = {.layers = 1,
                                   .hidden = 32,
                                   .heads = 1,
                                   .inner = 64,
                                   .vocab = 10,
                                   .cap = 18,
                                   .eps = 1e-12F};
    struct tiny_model model;

    if (tiny_model_make(ctx, &model, sizes))
        return ctx->error.status;
    tiny_put(ctx, folder, "model.safetensors", model.bytes);
    tiny_put(ctx, folder, "config.json", str_of(config));
    tiny_put(ctx, folder, "vocab.txt", str_of(vocab));
    return ctx->error.status;
}

static int list(void)
{
    for (size_t i = 0; i < TINY_CASE_COUNT; i++)
        printf("%s\t%s\n", TINY_CASES[i].name, TINY_CASES[i].prefix);
    return 0;
}

int main(int argc, char **argv)
{
    const struct tiny_case *wanted = NULL;
    struct mem mem;
    struct ctx ctx;

    if (argc == 1)
        return list();
    for (size_t i = 0; argc == 3 && i < TINY_CASE_COUNT; i++)
        if (!strcmp(TINY_CASES[i].name, argv[2]))
            wanted = &TINY_CASES[i];
    if (argc > 3 || (argc == 3 && !wanted))
        return 2;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    rsc_status st = wanted ? tiny_family_write(&ctx, argv[1], wanted)
                           : write_smallest(&ctx, argv[1]);
    if (st)
        fprintf(stderr, "%s\n", ctx.error.message);
    ctx_clear(&ctx);
    return st ? 1 : 0;
}
