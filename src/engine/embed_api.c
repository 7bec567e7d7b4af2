/* SPDX-License-Identifier: MIT */
/* The public functions of vectors and tokens. */

#include "base/clock.h"
#include "base/json.h"
#include "embed/wordpiece.h"
#include "engine/text_api.h"
#include "engine/vectors.h"

/* Tokens are counted, not kept, so a text may be far above the model's cap. */
#define MAX_COUNTED 2000000
/* Some 60 bytes for each token of a request's largest text. */
#define MAX_JSON ((size_t)64 << 20)

static rsc_status need_model(struct ctx *ctx, const rsc_engine *engine)
{
    if (engine->embedder)
        return RSC_OK;
    return ctx_fail(ctx, RSC_ENOMODEL, "%.*s", STR_ARG(engine->model_missing));
}

static rsc_status encode(struct ctx *ctx, struct tokens *out,
                         rsc_engine *engine, struct str text, bool spans)
{
    struct str prefix;
    const struct wordpiece *wp = embed_wordpiece(engine->embedder, &prefix);
    /* A token takes one byte of text at the least. */
    size_t cap = text.len + 2 < MAX_COUNTED ? text.len + 2 : MAX_COUNTED;

    if (tokens_init(ctx, out, cap, spans))
        return ctx->error.status;
    wordpiece_encode(out, wp, text);
    return RSC_OK;
}

/* Counts tokens as the model takes them; a text too long fails if it is to. */
static rsc_status count(struct ctx *ctx, rsc_engine *engine,
                        const struct str *texts, size_t n, bool fail_cut,
                        rsc_embed_counts *counts)
{
    size_t max = rsc_max_tokens(engine);
    struct ctx work;
    struct tokens tokens;

    for (size_t i = 0; i < n; i++) {
        ctx_init(&work, ctx->arena.mem);
        rsc_status st = encode(&work, &tokens, engine, texts[i], false);
        size_t len = tokens.len;
        ctx_clear(&work);
        if (st)
            return ctx_fail(ctx, st, "out of memory");
        if (len > max && fail_cut)
            return ctx_fail(ctx, RSC_EINVALID,
                            "`inputs` must have less than %zu tokens. Given: "
                            "%zu",
                            max, len);
        counts->cut += len > max;
        counts->tokens += len > max ? max : len;
    }
    return RSC_OK;
}

static rsc_status embed(struct ctx *ctx, rsc_engine *engine, float *out,
                        const struct str *texts, size_t n, bool fail_cut,
                        rsc_embed_counts *counts)
{
    int64_t start = clock_monotonic_ns();

    if (need_model(ctx, engine))
        return ctx->error.status;
    if (counts) {
        *counts = (rsc_embed_counts){0};
        if (count(ctx, engine, texts, n, fail_cut, counts))
            return ctx->error.status;
    }
    int64_t counted = clock_monotonic_ns();
    rsc_status st = vectors_fill(ctx, out, engine, texts, n);
    if (counts) {
        counts->tokenize_ns = (uint64_t)(counted - start);
        counts->encode_ns = (uint64_t)(clock_monotonic_ns() - counted);
    }
    return st;
}

rsc_status rsc_embed_report(rsc_engine *engine, float *out,
                            const char *const *texts, const size_t *lengths,
                            size_t n, bool fail_cut, rsc_embed_counts *counts,
                            rsc_error *err)
{
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "requests", 0);
    ctx_init(&ctx, &mem);
    struct str *views = ctx_alloc_array(&ctx, n, sizeof(views[0]));
    for (size_t i = 0; views && i < n; i++)
        views[i] = (struct str){texts[i], lengths[i]};
    if (views)
        embed(&ctx, engine, out, views, n, fail_cut, counts);
    rsc_status st = ctx_error(&ctx, err);
    ctx_clear(&ctx);
    return st;
}

rsc_status rsc_embed(rsc_engine *engine, float *out, const char *const *texts,
                     const size_t *lengths, size_t n, rsc_error *err)
{
    return rsc_embed_report(engine, out, texts, lengths, n, false, NULL, err);
}

static rsc_status embed_ids(rsc_engine *engine, float *out, const int32_t *ids,
                            const size_t *starts, size_t n, bool each,
                            rsc_error *err)
{
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "requests", 0);
    ctx_init(&ctx, &mem);
    struct sequence *sequences = ctx_alloc_array(&ctx, n, sizeof(*sequences));
    for (size_t i = 0; sequences && i < n; i++)
        sequences[i] =
            (struct sequence){ids + starts[i], starts[i + 1] - starts[i]};
    if (sequences && !need_model(&ctx, engine)) {
        if (each)
            embed_sequences_each(&ctx, engine->embedder, sequences, n, out);
        else
            embed_sequences(&ctx, engine->embedder, sequences, n, out);
    }
    rsc_status st = ctx_error(&ctx, err);
    ctx_clear(&ctx);
    return st;
}

rsc_status rsc_embed_ids(rsc_engine *engine, float *out, const int32_t *ids,
                         const size_t *starts, size_t n, rsc_error *err)
{
    return embed_ids(engine, out, ids, starts, n, false, err);
}

rsc_status rsc_embed_each(rsc_engine *engine, float *out, const int32_t *ids,
                          const size_t *starts, size_t n, rsc_error *err)
{
    return embed_ids(engine, out, ids, starts, n, true, err);
}

/* The tokens of the model's prefix and the text, cut to what it takes. */
static rsc_status token_ids(struct ctx *ctx, int32_t *ids, size_t *n,
                            size_t *whole, rsc_engine *engine, struct str text,
                            bool cut_front)
{
    size_t max = rsc_max_tokens(engine);
    struct tokens tokens;
    struct str prefix;

    if (need_model(ctx, engine))
        return ctx->error.status;
    embed_wordpiece(engine->embedder, &prefix);
    if (prefix.len)
        text = ctx_printf(ctx, "%.*s%.*s", STR_ARG(prefix), STR_ARG(text));
    if ((prefix.len && !text.data) || encode(ctx, &tokens, engine, text, false))
        return ctx->error.status;
    *whole = tokens.len;
    *n = tokens.len < max ? tokens.len : max;
    memcpy(ids, tokens.ids, *n * sizeof(ids[0]));
    /* [CLS] stays the first and [SEP] the last. */
    if (cut_front)
        memcpy(ids + 1, tokens.ids + tokens.len - (*n - 1),
               (*n - 1) * sizeof(ids[0]));
    else
        ids[*n - 1] = tokens.ids[tokens.len - 1];
    return RSC_OK;
}

rsc_status rsc_token_ids(rsc_engine *engine, int32_t *ids, size_t *n,
                         size_t *whole, const char *text, size_t len,
                         bool cut_front, rsc_error *err)
{
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "requests", 0);
    ctx_init(&ctx, &mem);
    token_ids(&ctx, ids, n, whole, engine, (struct str){text, len}, cut_front);
    rsc_status st = ctx_error(&ctx, err);
    ctx_clear(&ctx);
    return st;
}

size_t rsc_max_tokens(const rsc_engine *engine)
{
    return engine->embedder ? embed_config(engine->embedder)->cap : 0;
}

static void write_tokens(struct json *j, const struct wordpiece *wp,
                         const struct tokens *tokens, bool special)
{
    json_open(j, '[');
    for (size_t i = 0; i < tokens->len; i++) {
        /* The first and the last are ours, the others the text's. */
        bool is_special = i == 0 || i + 1 == tokens->len;
        if (is_special && !special)
            continue;
        json_open(j, '{');
        json_put_int(j, "id", tokens->ids[i]);
        json_put_str(j, "text", wordpiece_token(wp, tokens->ids[i]));
        json_put_bool(j, "special", is_special);
        json_key(j, "start");
        if (is_special)
            json_null(j);
        else
            json_int(j, (int64_t)tokens->starts[i]);
        json_key(j, "stop");
        if (is_special)
            json_null(j);
        else
            json_int(j, (int64_t)tokens->ends[i]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

rsc_status rsc_tokenize(rsc_text **out, rsc_engine *engine, const char *text,
                        size_t len, bool special, rsc_error *err)
{
    struct str prefix;
    struct tokens tokens;
    struct text_work w;

    text_open(&w, MAX_JSON);
    struct json j = json_to(&w.buf, 0);
    if (!need_model(&w.ctx, engine) &&
        !encode(&w.ctx, &tokens, engine, (struct str){text, len}, true)) {
        write_tokens(&j, embed_wordpiece(engine->embedder, &prefix), &tokens,
                     special);
    }
    return text_close(&w, out, err);
}

static bool is_special(const struct wordpiece *wp, int32_t id)
{
    return id == wp->pad || id == wp->cls || id == wp->sep || id == wp->mask ||
           id == wp->unk;
}

/* Pieces of one word are joined, words get a space between them. */
static rsc_status write_text(struct ctx *ctx, struct buf *out,
                             const struct wordpiece *wp, const int32_t *ids,
                             size_t n, bool skip_special)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] < 0 || ids[i] >= wp->n_tokens)
            return ctx_fail(ctx, RSC_EINVALID, "there is no token %d", ids[i]);
        if (skip_special && is_special(wp, ids[i]))
            continue;
        struct str token = wordpiece_token(wp, ids[i]);
        if (str_starts(token, STR("##")))
            token = str_slice(token, 2, token.len);
        else if (out->len)
            buf_put_char(out, ' ');
        buf_put(out, token);
    }
    return RSC_OK;
}

rsc_status rsc_decode(rsc_text **out, rsc_engine *engine, const int32_t *ids,
                      size_t n, bool skip_special, rsc_error *err)
{
    struct str prefix;
    struct text_work w;

    text_open(&w, MAX_JSON);
    if (!need_model(&w.ctx, engine))
        write_text(&w.ctx, &w.buf, embed_wordpiece(engine->embedder, &prefix),
                   ids, n, skip_special);
    return text_close(&w, out, err);
}
