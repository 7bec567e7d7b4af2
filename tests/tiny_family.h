/* SPDX-License-Identifier: MIT */
#ifndef RSC_TINY_FAMILY_H
#define RSC_TINY_FAMILY_H

/*
 * Small encoders of random weights, each as the authors of one model of the
 * family publish theirs: what pools, what normalises, how long, in which type,
 * in which files. tools/encoder_family.py --golden asks sentence-transformers
 * for the vectors of each; test_family.c compares.
 */

#include <stdio.h>
#include <sys/stat.h>

#include "base/file.h"
#include "tiny_model.h"

struct tiny_case {
    const char *name;
    unsigned layers, positions;
    unsigned max_length; /* 0: no file says it */
    enum tiny_type type;
    bool first_only, normalize;
    bool of_today; /* files as sentence-transformers 6 saves them */
    const char *prefix;
};

#define TINY_HIDDEN 64

static const struct tiny_case TINY_CASES[] = {
    {"paraphrase-l3", 3, 40, 16, TINY_F32, false, false, false, ""},
    {"minilm-l12", 12, 40, 24, TINY_F32, false, true, false, ""},
    {"bge", 2, 40, 0, TINY_F32, true, true, false, ""},
    {"e5", 2, 40, 32, TINY_F32, false, true, false, "query: "},
    {"gte", 2, 40, 32, TINY_F16, false, true, false, ""},
    {"bf16", 2, 40, 32, TINY_BF16, false, true, false, ""},
    {"of-today", 2, 40, 12, TINY_F32, true, true, true, ""},
};
#define TINY_CASE_COUNT (sizeof(TINY_CASES) / sizeof(TINY_CASES[0]))

/* In the order of their ids. */
static const char *const TINY_VOCAB[] = {
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", ":",      "a",
    "b",     "c",     "d",     "e",     "##a",    "##b",   "##c",    "##d",
    "##e",   "led",   "team",  "##s",   "of",     "built", "rust",   "java",
    "and",   "in",    ".",     ",",     "\"",     "\\",    "python", "##ing",
    "test",  "2024",  "fünf",  "\u4e2d"};
#define TINY_VOCAB_COUNT (sizeof(TINY_VOCAB) / sizeof(TINY_VOCAB[0]))

static inline void tiny_put(struct ctx *ctx, const char *folder,
                            const char *name, struct str content)
{
    struct str path = ctx_printf(ctx, "%s/%s", folder, name);

    if (path.data && content.data)
        file_replace(ctx, path.data, content);
}

static inline void tiny_put_config(struct ctx *ctx, const char *folder,
                                   const struct tiny_case *c)
{
    tiny_put(ctx, folder, "config.json",
             ctx_printf(ctx,
                        "{\"model_type\": \"bert\", \"hidden_act\": \"gelu\","
                        "\n\"architectures\": [\"BertModel\"],\n"
                        "\"hidden_size\": %d, \"num_hidden_layers\": %u,\n"
                        "\"num_attention_heads\": 2,\n"
                        "\"intermediate_size\": 128, \"type_vocab_size\": 2,\n"
                        "\"vocab_size\": %zu, \"layer_norm_eps\": 1e-12,\n"
                        "\"max_position_embeddings\": %u}",
                        TINY_HIDDEN, c->layers, TINY_VOCAB_COUNT,
                        c->positions));
}

static inline void tiny_put_modules(struct ctx *ctx, const char *folder,
                                    const struct tiny_case *c)
{
    const char *where = c->of_today
                            ? "sentence_transformers.sentence_transformer."
                              "modules.pooling"
                            : "sentence_transformers.models";

    tiny_put(
        ctx, folder, "modules.json",
        ctx_printf(
            ctx,
            "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\": "
            "\"sentence_transformers.models.Transformer\"},\n"
            "{\"idx\": 1, \"name\": \"1\", \"path\": \"1_Pooling\", "
            "\"type\": \"%s.Pooling\"}%s]",
            where,
            c->normalize
                ? ",\n{\"idx\": 2, \"name\": \"2\", \"path\": \"2_Normalize\", "
                  "\"type\": \"sentence_transformers.models.Normalize\"}"
                : ""));
    tiny_put(ctx, folder, "1_Pooling/config.json",
             c->of_today
                 ? ctx_printf(ctx,
                              "{\"embedding_dimension\": %d, "
                              "\"pooling_mode\": \"%s\"}",
                              TINY_HIDDEN, c->first_only ? "cls" : "mean")
                 : ctx_printf(ctx,
                              "{\"word_embedding_dimension\": %d,\n"
                              "\"pooling_mode_cls_token\": %s,\n"
                              "\"pooling_mode_mean_tokens\": %s,\n"
                              "\"pooling_mode_max_tokens\": false}",
                              TINY_HIDDEN, c->first_only ? "true" : "false",
                              c->first_only ? "false" : "true"));
}

static inline void tiny_put_length(struct ctx *ctx, const char *folder,
                                   const struct tiny_case *c)
{
    unsigned of_tokenizer = c->of_today ? c->max_length : c->positions;

    if (c->max_length && !c->of_today)
        tiny_put(ctx, folder, "sentence_bert_config.json",
                 ctx_printf(ctx,
                            "{\"max_seq_length\": %u, \"do_lower_case\": "
                            "false}",
                            c->max_length));
    tiny_put(ctx, folder, "tokenizer_config.json",
             ctx_printf(ctx,
                        "{\"tokenizer_class\": \"BertTokenizer\", "
                        "\"do_lower_case\": true,\n\"cls_token\": "
                        "\"[CLS]\", \"sep_token\": \"[SEP]\",\n"
                        "\"pad_token\": \"[PAD]\", \"unk_token\": "
                        "\"[UNK]\", \"mask_token\": \"[MASK]\",\n"
                        "\"model_max_length\": %u}",
                        of_tokenizer));
}

/* A token between quotes, as JSON has it. */
static inline void tiny_put_quoted(struct buf *out, const char *token)
{
    buf_put_char(out, '"');
    for (; *token; token++) {
        if (*token == '"' || *token == '\\')
            buf_put_char(out, '\\');
        buf_put_char(out, *token);
    }
    buf_put_char(out, '"');
}

/* What stands before the vocabulary in tokenizer.json. */
static inline void tiny_put_tokenizer(struct buf *out)
{
    buf_printf(out, "%s",
               "{\"version\": \"1.0\", \"truncation\": null, \"padding\": "
               "null,\n\"added_tokens\": [");
    for (int i = 0; i < 5; i++)
        buf_printf(out,
                   "%s\n{\"id\": %d, \"content\": \"%s\", "
                   "\"single_word\": false, \"lstrip\": false,\n"
                   "\"rstrip\": false, \"normalized\": false, "
                   "\"special\": true}",
                   i ? "," : "", i, TINY_VOCAB[i]);
    buf_printf(out, "%s",
               "],\n\"normalizer\": {\"type\": \"BertNormalizer\",\n"
               "\"clean_text\": true, \"handle_chinese_chars\": true,\n"
               "\"strip_accents\": null, \"lowercase\": true},\n"
               "\"pre_tokenizer\": {\"type\": \"BertPreTokenizer\"},\n"
               "\"post_processor\": {\"type\": \"BertProcessing\", \"sep\": "
               "[\"[SEP]\", 3], \"cls\": [\"[CLS]\", 2]},\n\"decoder\": "
               "{\"type\": \"WordPiece\", \"prefix\": \"##\", "
               "\"cleanup\": true},\n\"model\": {\"type\": "
               "\"WordPiece\", \"unk_token\": \"[UNK]\",\n"
               "\"continuing_subword_prefix\": \"##\", "
               "\"max_input_chars_per_word\": 100,\n\"vocab\": {");
}

static inline void tiny_put_vocab(struct ctx *ctx, const char *folder,
                                  const struct tiny_case *c)
{
    struct buf text;

    buf_init(&text, ctx->arena.mem, 1U << 16);
    if (c->of_today)
        tiny_put_tokenizer(&text);
    for (size_t i = 0; i < TINY_VOCAB_COUNT; i++) {
        if (c->of_today) {
            tiny_put_quoted(&text, TINY_VOCAB[i]);
            buf_printf(&text, ": %zu%s", i,
                       i + 1 < TINY_VOCAB_COUNT ? ",\n" : "}}}\n");
        } else {
            buf_printf(&text, "%s\n", TINY_VOCAB[i]);
        }
    }
    tiny_put(ctx, folder, c->of_today ? "tokenizer.json" : "vocab.txt",
             buf_str(&text));
    buf_clear(&text);
}

/* Writes all files of a case into a folder that exists. */
static inline rsc_status tiny_family_write(struct ctx *ctx, const char *folder,
                                           const struct tiny_case *c)
{
    struct encoder_config sizes = {.layers = c->layers,
                                   .hidden = TINY_HIDDEN,
                                   .heads = 2,
                                   .inner = 128,
                                   .vocab = TINY_VOCAB_COUNT,
                                   /* It adds two rows to the table. */
                                   .cap = c->positions - 2,
                                   .eps = 1e-12F};
    struct tiny_model model;
    struct str pooling = ctx_printf(ctx, "%s/1_Pooling", folder);

    if (!pooling.data || tiny_model_make_as(ctx, &model, sizes, c->type))
        return ctx->error.status;
    mkdir(pooling.data, 0755);
    tiny_put(ctx, folder, "model.safetensors", model.bytes);
    tiny_put_config(ctx, folder, c);
    tiny_put_modules(ctx, folder, c);
    tiny_put_length(ctx, folder, c);
    tiny_put_vocab(ctx, folder, c);
    return ctx->error.status;
}

#endif
