/* SPDX-License-Identifier: MIT */
#include "embed/embed.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "embed/wordpiece.h"
#include "model/checksum.h"

/* Texts that are tokenized before the encoder gets them: enough for every
 * thread, and a bound for the ids in memory. */
#define SLICE 256

struct embedder {
    struct mem *mem;
    struct pack pack;
    struct wordpiece wordpiece;
    struct str prefix;
    struct encoder *encoder;
    unsigned threads;
};

static rsc_status open_tokenizer(struct ctx *ctx, struct embedder *e)
{
    const struct pack_section *block =
        pack_find(&e->pack, SECTION_TOKENIZER, 0);
    const struct pack_section *prefix = pack_find(&e->pack, SECTION_PREFIX, 0);

    if (!block || block->type != PACK_U8 || (prefix && prefix->type != PACK_U8))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the packed model has no tokenizer; run "
                        "`resume-scorer models pull`");
    if (prefix)
        e->prefix = (struct str){(const char *)e->pack.data + prefix->offset,
                                 (size_t)prefix->len};
    rsc_status st =
        wordpiece_open(ctx, &e->wordpiece,
                       (struct str){(const char *)e->pack.data + block->offset,
                                    (size_t)block->len});
    if (!st &&
        (uint32_t)e->wordpiece.n_tokens > encoder_config(e->encoder)->vocab)
        st = ctx_fail(ctx, RSC_EFORMAT,
                      "the packed model has fewer words than its tokenizer; "
                      "run `resume-scorer models pull`");
    return st;
}

/* The rows of single words are read here and there; reading ahead would make
 * the whole table resident. The rest is read from front to back, soon. */
static void advise(const struct pack *pack)
{
    const struct pack_section *words = pack_find(pack, SECTION_WORDS, 0);
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    if (!words || !pack->map.data)
        return;
    uintptr_t start = (uintptr_t)pack->data + (uintptr_t)words->offset;
    uintptr_t end = start + (uintptr_t)words->len;
    start = (start + page - 1) / page * page;
    end = end / page * page;
    if (start < end)
        madvise((void *)start, end - start, MADV_RANDOM);
}

rsc_status embed_open(struct ctx *ctx, struct embedder **out, struct mem *mem,
                      const char *pack_path,
                      const struct encoder_options *options)
{
    *out = NULL;
    struct embedder *e = mem_calloc(mem, 1, sizeof(*e));
    if (!e)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for the encoder");
    e->mem = mem;
    e->threads = options->threads ? options->threads : 1;
    rsc_status st = pack_open(ctx, &e->pack, pack_path);
    if (!st) {
        advise(&e->pack);
        st = encoder_open(ctx, &e->encoder, mem, &e->pack, options);
    }
    if (!st)
        st = open_tokenizer(ctx, e);
    if (st)
        embed_close(e);
    else
        *out = e;
    return st;
}

void embed_close(struct embedder *embedder)
{
    if (!embedder)
        return;
    encoder_close(embedder->encoder);
    pack_close(&embedder->pack);
    mem_free(embedder->mem, embedder, sizeof(*embedder));
}

rsc_status embed_verify(struct ctx *ctx, const char *pack_path)
{
    struct encoder_options options = {ISA_COUNT, 1};
    struct embedder *e;

    rsc_status st = embed_open(ctx, &e, ctx->arena.mem, pack_path, &options);
    if (!st)
        st = pack_verify(ctx, &e->pack);
    embed_close(e);
    return st;
}

const struct encoder_config *embed_config(const struct embedder *embedder)
{
    return encoder_config(embedder->encoder);
}

const char *embed_isa(const struct embedder *embedder)
{
    return encoder_isa(embedder->encoder);
}

unsigned embed_threads(const struct embedder *embedder)
{
    return embedder->threads;
}

const struct wordpiece *embed_wordpiece(const struct embedder *embedder,
                                        struct str *prefix)
{
    *prefix = embedder->prefix;
    return &embedder->wordpiece;
}

rsc_status embed_sequences(struct ctx *ctx, struct embedder *embedder,
                           const struct sequence *sequences, size_t n,
                           float *out)
{
    return encoder_encode(ctx, embedder->encoder, sequences, n, out);
}

rsc_status embed_sequences_each(struct ctx *ctx, struct embedder *embedder,
                                const struct sequence *sequences, size_t n,
                                float *out)
{
    return encoder_encode_each(ctx, embedder->encoder, sequences, n, out);
}

struct str embed_mapped(const struct embedder *embedder)
{
    return (struct str){(const char *)embedder->pack.map.data,
                        embedder->pack.map.len};
}

/* Which texts are computed, and which of these each text is. */
struct unique {
    size_t *first; /* [n]: index of the text */
    size_t n;
    size_t *which; /* [texts]: index in first */
};

/* By a hash table with open addressing, at most half full. */
static rsc_status find_unique(struct ctx *ctx, struct unique *out,
                              const struct str *texts, size_t n)
{
    size_t slots = 2;

    while (slots < n * 2)
        slots *= 2;
    *out = (struct unique){
        .first = ctx_alloc_array(ctx, n, sizeof(out->first[0])),
        .which = ctx_alloc_array(ctx, n, sizeof(out->which[0]))};
    /* Holds the index in first plus one. */
    size_t *table = ctx_calloc(ctx, slots, sizeof(table[0]));
    if (!out->first || !out->which || !table)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        size_t slot = (size_t)checksum64(texts[i].data, texts[i].len, 0);
        for (;; slot++) {
            size_t *entry = &table[slot & (slots - 1)];
            if (!*entry) {
                out->first[out->n++] = i;
                *entry = out->n;
            } else if (!str_eq(texts[out->first[*entry - 1]], texts[i])) {
                continue;
            }
            out->which[i] = *entry - 1;
            break;
        }
    }
    return RSC_OK;
}

struct slice {
    struct tokens tokens[SLICE];
    struct sequence sequences[SLICE];
    struct buf prefixed; /* prefix and text, when there is a prefix */
};

static rsc_status slice_init(struct ctx *ctx, struct slice *slice, size_t n,
                             size_t cap)
{
    buf_init(&slice->prefixed, ctx->arena.mem, SIZE_MAX / 2);
    for (size_t i = 0; i < n && i < SLICE; i++) {
        rsc_status st = tokens_init(ctx, &slice->tokens[i], cap, false);
        if (st)
            return st;
    }
    return RSC_OK;
}

static rsc_status tokenize(struct ctx *ctx, const struct embedder *e,
                           struct slice *slice, size_t i, struct str text)
{
    if (e->prefix.len) {
        buf_reset(&slice->prefixed);
        buf_put(&slice->prefixed, e->prefix);
        buf_put(&slice->prefixed, text);
        if (slice->prefixed.failed)
            return ctx_fail(ctx, RSC_ENOMEM, "out of memory for a text");
        text = buf_str(&slice->prefixed);
    }
    struct tokens *t = &slice->tokens[i];
    wordpiece_encode(t, &e->wordpiece, text);
    slice->sequences[i] = (struct sequence){t->ids, t->len};
    return RSC_OK;
}

static rsc_status embed_slice(struct ctx *ctx, struct embedder *e,
                              struct slice *slice, const struct str *texts,
                              const size_t *first, size_t n, float *out,
                              struct embed_report *report)
{
    for (size_t i = 0; i < n; i++) {
        rsc_status st = tokenize(ctx, e, slice, i, texts[first[i]]);
        if (st)
            return st;
        report->n_tokens += slice->tokens[i].len - 2;
        report->n_unknown += slice->tokens[i].n_unknown;
        report->n_cut += slice->tokens[i].truncated;
    }
    return encoder_encode(ctx, e->encoder, slice->sequences, n, out);
}

/* Rows were written for the unique texts, one behind the other; a text's row
 * is never behind its own place, so going backwards none is lost. */
static void spread(float *out, size_t hidden, const struct unique *unique,
                   size_t n)
{
    for (size_t i = n; i-- > 0;)
        if (unique->which[i] != i)
            memcpy(out + i * hidden, out + unique->which[i] * hidden,
                   hidden * sizeof(float));
}

rsc_status embed_texts(struct ctx *ctx, struct embedder *embedder,
                       const struct str *texts, size_t n, float *out,
                       struct embed_report *report)
{
    const struct encoder_config *config = embed_config(embedder);
    struct embed_report unused;
    struct unique unique;

    report = report ? report : &unused;
    *report = (struct embed_report){0};
    rsc_status st = find_unique(ctx, &unique, texts, n);
    if (st)
        return st;
    report->n_unique = unique.n;
    struct slice *slice = ctx_alloc(ctx, sizeof(*slice));
    if (!slice || slice_init(ctx, slice, unique.n, config->cap))
        return ctx->error.status;
    for (size_t i = 0; i < unique.n && !st; i += SLICE) {
        size_t left = unique.n - i;
        st = embed_slice(ctx, embedder, slice, texts, unique.first + i,
                         left < SLICE ? left : SLICE, out + i * config->hidden,
                         report);
    }
    buf_clear(&slice->prefixed);
    if (!st)
        spread(out, config->hidden, &unique, n);
    return st;
}
