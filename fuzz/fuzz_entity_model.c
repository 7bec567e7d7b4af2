/* SPDX-License-Identifier: MIT */
/*
 * The files of an entity pipeline as untrusted bytes. The first byte chooses
 * the kind of file: a model with layers, a parser, an entity recogniser, a
 * table of actions, a table of norms, plain msgpack, a configuration, rules
 * for white space. A model that loads is run on three tokens.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "ner/entity_pipeline.h"
#include "ner/moves.h"
#include "ner/msgpack.h"
#include "ner/pipeline_config.h"
#include "ner/space_rules.h"
#include "tests/tiny_pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* More than any input of a fuzzer needs. */
#define MEMORY ((size_t)64 << 20)

static void make_tokens(struct ctx *ctx, struct token_list *out)
{
    static const char *const words[] = {"Jan", " ", "X-1"};
    static const struct lexicon none;

    *out = (struct token_list){0};
    for (size_t i = 0; i < 3; i++) {
        struct token *token = vec_push(ctx, out);
        if (!token)
            return;
        *token = (struct token){.space_after = i == 0};
        lexemes_add(ctx, &out->lexemes, &none, str_of(words[i]), STR_NONE,
                    &token->lexeme);
    }
}

static void run_tok2vec(struct ctx *ctx, const struct thinc_model *model)
{
    struct tok2vec layers;
    struct tok2vec_run run;
    struct token_list tokens;

    if (tok2vec_read(ctx, &layers, model))
        return;
    make_tokens(ctx, &tokens);
    float *out = layer_floats(ctx, 3 * layers.width);
    if (out && !ctx->error.status &&
        !tok2vec_begin(ctx, &run, &layers, kernels_find(ISA_SCALAR), &tokens))
        tok2vec_rows(&run, 0, 3, out);
}

/* The actions that belong to the small pipeline's models. */
static struct str tiny_moves(struct ctx *ctx, const char *json)
{
    struct buf out;

    buf_init(&out, ctx->arena.mem, 1 << 16);
    tiny_write_moves(&out, json);
    struct str copy = ctx_copy(ctx, buf_str(&out));
    buf_clear(&out);
    return copy;
}

static void run_parser(struct ctx *ctx, const struct thinc_model *model)
{
    struct dep_parser parser;
    struct token_list tokens;
    struct parse parse;
    struct str moves = tiny_moves(ctx, TINY_PARSER_MOVES);

    if (dep_parser_read(ctx, &parser, model, moves, "moves"))
        return;
    make_tokens(ctx, &tokens);
    float *hidden = layer_floats(ctx, 3 * parser.model.project.n);
    if (hidden && !ctx->error.status)
        dep_parser_run(ctx, &parser, kernels_find(ISA_SCALAR), &tokens, hidden,
                       &parse);
}

static void run_ner(struct ctx *ctx, const struct thinc_model *model)
{
    struct transition_model ner;
    struct token_list tokens;
    struct entities entities;
    struct str moves = tiny_moves(ctx, TINY_NER_MOVES);

    if (entity_model_read(ctx, &ner, model, moves, "moves"))
        return;
    make_tokens(ctx, &tokens);
    struct entity_source source = {.hidden =
                                       layer_floats(ctx, 3 * ner.project.n)};
    if (source.hidden && !ctx->error.status)
        entities_run(ctx, &ner, kernels_find(ISA_SCALAR), &tokens, NULL,
                     &source, &entities);
}

static void run_model(struct ctx *ctx, unsigned kind, struct str bytes)
{
    struct thinc_model model;

    if (thinc_read(ctx, &model, bytes, "model"))
        return;
    if (kind == 0)
        run_tok2vec(ctx, &model);
    else if (kind == 1)
        run_parser(ctx, &model);
    else
        run_ner(ctx, &model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct moves moves;
    struct lexicon lexicon;
    struct pipeline_config config;
    struct space_rules rules;

    if (size == 0)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    struct msgpack m = msgpack_of(bytes, "file");
    mem_init(&mem, "fuzz", MEMORY);
    ctx_init(&ctx, &mem);
    switch (data[0] % 9) {
    case 3:
        moves_read(&ctx, &moves, bytes, "moves");
        break;
    case 4:
        lexicon_read(&ctx, &lexicon, bytes, "lookups.bin");
        break;
    case 5:
        msgpack_skip(&ctx, &m);
        break;
    case 6:
        pipeline_config_read(&ctx, &config, bytes, "config.cfg");
        break;
    case 7:
        pipeline_check_cfg(&ctx, bytes, "cfg");
        break;
    case 8:
        space_rules_read(&ctx, &rules, bytes, "patterns");
        break;
    default:
        run_model(&ctx, data[0] % 9, bytes);
    }
    ctx_clear(&ctx);
    if (mem.bytes)
        abort();
    return 0;
}
