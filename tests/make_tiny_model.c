/* SPDX-License-Identifier: MIT */
/*
 * Writes a sentence encoder of random weights into a folder that exists, as
 * its authors would publish it; `make_tiny_model FOLDER`.
 */
#include "base/file.h"
#include "tiny_model.h"

static const char config[] =
    "{\"model_type\": \"bert\", \"hidden_act\": \"gelu\",\n"
    "\"hidden_size\": 32, \"num_hidden_layers\": 1,\n"
    "\"num_attention_heads\": 1, \"intermediate_size\": 64,\n"
    "\"vocab_size\": 10, \"max_position_embeddings\": 20,\n"
    "\"layer_norm_eps\": 1e-12, \"position_embedding_type\": \"absolute\"}";
static const char vocab[] = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
                            "c\n##o\n##b\nrust\njava\n";

static void put(struct ctx *ctx, const char *folder, const char *name,
                struct str content)
{
    struct str path = ctx_printf(ctx, "%s/%s", folder, name);

    if (path.data)
        file_replace(ctx, path.data, content);
}

int main(int argc, char **argv)
{
    struct encoder_config sizes = {.layers = 1,
                                   .hidden = 32,
                                   .heads = 1,
                                   .inner = 64,
                                   .vocab = 10,
                                   .cap = 18,
                                   .eps = 1e-12F};
    struct tiny_model model;
    struct mem mem;
    struct ctx ctx;

    if (argc != 2)
        return 2;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    if (!tiny_model_make(&ctx, &model, sizes)) {
        put(&ctx, argv[1], "model.safetensors", model.bytes);
        put(&ctx, argv[1], "config.json", str_of(config));
        put(&ctx, argv[1], "vocab.txt", str_of(vocab));
    }
    if (ctx.error.status)
        fprintf(stderr, "%s\n", ctx.error.message);
    int status = ctx.error.status ? 1 : 0;
    ctx_clear(&ctx);
    return status;
}
