/* SPDX-License-Identifier: MIT */
/*
 * The scheduler in front of the forward pass. A call puts its sequences into
 * one queue and then works on the queue itself, as do the helper threads:
 * whoever holds a free worker takes as many waiting sequences as fit into one
 * block, of whichever calls. So what waits is put together, and nobody ever
 * waits for more to come.
 */
#include "embed/encoder.h"

#include <pthread.h>

#include "base/mem.h"
#include "base/pool.h"
#include "embed/encoder_forward.h"
#include "tensor/fpenv.h"

/* Sequences in one block; the shortest has two tokens. */
#define BLOCK_SEQUENCES 128
/* A block is not split among threads below this many tokens: the weights are
 * read once per block. */
#define BLOCK_MIN_TOKENS 64

struct call {
    const struct sequence *sequences;
    float *out; /* where the next one that is taken goes */
    bool each;
    size_t n, taken, done;
    struct call *next;
};

struct worker {
    struct encoder_run run;
    struct worker *next_free;
    size_t n;
    struct sequence sequences[BLOCK_SEQUENCES];
    float *out[BLOCK_SEQUENCES];
    bool each[BLOCK_SEQUENCES];
    struct call *calls[BLOCK_SEQUENCES];
};

struct encoder {
    struct mem *mem;
    struct encoder_weights weights;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t changed;
    struct call *first, *last;
    size_t waiting; /* tokens of the sequences not yet taken */
    struct worker *free;
    unsigned threads, n_workers;
    struct pool *pool;
    struct worker *workers;
};

/* How many tokens the next block should have. */
static size_t block_target(const struct encoder *e)
{
    size_t cap = e->weights.config.cap;
    size_t share = (e->waiting + e->threads - 1) / e->threads;

    if (share < BLOCK_MIN_TOKENS)
        share = BLOCK_MIN_TOKENS;
    return share < cap ? share : cap;
}

static size_t rows_of(const struct call *call, const struct sequence *s)
{
    return call->each ? s->len : 1;
}

/* With the lock held. The first sequence always fits. */
static void take_block(struct encoder *e, struct worker *w)
{
    size_t target = block_target(e), tokens = 0;

    w->n = 0;
    while (e->first && w->n < BLOCK_SEQUENCES) {
        struct call *call = e->first;
        const struct sequence *s = &call->sequences[call->taken];
        if (w->n && tokens + s->len > target)
            break;
        tokens += s->len;
        w->sequences[w->n] = *s;
        w->out[w->n] = call->out;
        w->each[w->n] = call->each;
        w->calls[w->n++] = call;
        call->out += rows_of(call, s) * e->weights.config.hidden;
        if (++call->taken == call->n)
            e->first = call->next;
    }
    if (!e->first)
        e->last = NULL;
    e->waiting -= tokens;
}

/* With the lock held, which is given up while the block is computed. */
static void work_one_block(struct encoder *e)
{
    struct worker *w = e->free;

    e->free = w->next_free;
    take_block(e, w);
    pthread_mutex_unlock(&e->lock);
    uint64_t mode = fpenv_enter();
    encoder_forward(&w->run, &e->weights, w->sequences, w->n, w->out);
    fpenv_leave(mode);
    pthread_mutex_lock(&e->lock);
    for (size_t i = 0; i < w->n; i++)
        w->calls[i]->done++;
    w->next_free = e->free;
    e->free = w;
    pthread_cond_broadcast(&e->changed);
}

static bool help(void *arg, unsigned index)
{
    struct encoder *e = arg;
    bool worked = false;

    (void)index;
    pthread_mutex_lock(&e->lock);
    if (e->first && e->free) {
        work_one_block(e);
        worked = true;
    }
    pthread_mutex_unlock(&e->lock);
    return worked;
}

static void enqueue(struct encoder *e, struct call *call)
{
    for (size_t i = 0; i < call->n; i++)
        e->waiting += call->sequences[i].len;
    if (e->last)
        e->last->next = call;
    else
        e->first = call;
    e->last = call;
    if (e->waiting > BLOCK_MIN_TOKENS)
        pool_wake(e->pool, e->threads - 1);
}

/* Takes what is left of a call out of the queue. */
static void withdraw(struct encoder *e, struct call *call)
{
    struct call *before = NULL;

    if (call->taken == call->n)
        return;
    for (struct call *c = e->first; c != call; c = c->next)
        before = c;
    if (before)
        before->next = call->next;
    else
        e->first = call->next;
    if (e->last == call)
        e->last = before;
    for (size_t i = call->taken; i < call->n; i++)
        e->waiting -= call->sequences[i].len;
    call->n = call->taken;
}

static rsc_status check_sequences(struct ctx *ctx,
                                  const struct encoder_config *config,
                                  const struct sequence *sequences, size_t n)
{
    for (size_t s = 0; s < n; s++) {
        if (sequences[s].len < 1 || sequences[s].len > config->cap)
            return ctx_fail(ctx, RSC_EINVALID,
                            "a text of %zu tokens; the model takes 1 to %u",
                            sequences[s].len, config->cap);
        for (size_t i = 0; i < sequences[s].len; i++)
            if (sequences[s].ids[i] < 0 ||
                (uint32_t)sequences[s].ids[i] >= config->vocab)
                return ctx_fail(ctx, RSC_EINVALID,
                                "token %d is not one of the model's %u",
                                (int)sequences[s].ids[i], config->vocab);
    }
    return RSC_OK;
}

static rsc_status check_vectors(struct ctx *ctx, const float *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(out[i] >= -3.4e38F && out[i] <= 3.4e38F))
            return ctx_fail(ctx, RSC_EFORMAT,
                            "the model gives no number for a text: its file "
                            "is damaged; run `resume-scorer models verify`");
    return RSC_OK;
}

static rsc_status encode(struct ctx *ctx, struct encoder *e,
                         const struct sequence *sequences, size_t n, float *out,
                         bool each)
{
    struct call call = {
        .sequences = sequences, .out = out, .each = each, .n = n};

    rsc_status st = check_sequences(ctx, &e->weights.config, sequences, n);
    if (st || n == 0)
        return st;
    pthread_mutex_lock(&e->lock);
    enqueue(e, &call);
    while (call.done < call.n) {
        if (!st && (st = ctx_check(ctx)))
            withdraw(e, &call);
        else if (e->first && e->free)
            work_one_block(e);
        else
            pthread_cond_wait(&e->changed, &e->lock);
    }
    pthread_mutex_unlock(&e->lock);
    if (st)
        return st;
    return check_vectors(ctx, out, (size_t)(call.out - out));
}

rsc_status encoder_encode(struct ctx *ctx, struct encoder *encoder,
                          const struct sequence *sequences, size_t n,
                          float *out)
{
    return encode(ctx, encoder, sequences, n, out, false);
}

rsc_status encoder_encode_each(struct ctx *ctx, struct encoder *encoder,
                               const struct sequence *sequences, size_t n,
                               float *out)
{
    return encode(ctx, encoder, sequences, n, out, true);
}

static rsc_status choose_kernels(struct ctx *ctx, const struct kernels **out,
                                 enum isa isa)
{
    struct cpu cpu;

    cpu_detect(&cpu);
    *out = isa == ISA_COUNT ? kernels_best(&cpu) : kernels_find(isa);
    if (!*out || !cpu_has(&cpu, (*out)->isa))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "this processor or build has no %s instructions",
                        isa_name(isa));
    return RSC_OK;
}

static rsc_status open_workers(struct ctx *ctx, struct encoder *e)
{
    e->workers = mem_calloc(e->mem, e->threads, sizeof(e->workers[0]));
    if (!e->workers)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for %u workers",
                        e->threads);
    for (; e->n_workers < e->threads; e->n_workers++) {
        struct worker *w = &e->workers[e->n_workers];
        rsc_status st =
            encoder_run_init(ctx, &w->run, e->mem, &e->weights.config);
        if (st)
            return st;
        w->run.each = w->each;
        w->next_free = e->free;
        e->free = w;
    }
    return pool_open(ctx, &e->pool, e->mem, e->threads - 1, help, e);
}

rsc_status encoder_open(struct ctx *ctx, struct encoder **out, struct mem *mem,
                        const struct pack *pack,
                        const struct encoder_options *options)
{
    const struct kernels *kernels;

    *out = NULL;
    rsc_status st = choose_kernels(ctx, &kernels, options->isa);
    if (st)
        return st;
    struct encoder *e = mem_calloc(mem, 1, sizeof(*e));
    if (!e)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for the encoder");
    e->mem = mem;
    e->threads = options->threads ? options->threads : 1;
    pthread_mutex_init(&e->lock, NULL);
    pthread_cond_init(&e->changed, NULL);
    st = encoder_weights_open(ctx, &e->weights, pack, kernels);
    if (!st)
        st = open_workers(ctx, e);
    if (st)
        encoder_close(e);
    else
        *out = e;
    return st;
}

void encoder_close(struct encoder *encoder)
{
    struct encoder *e = encoder;

    if (!e)
        return;
    pool_close(e->pool);
    for (unsigned i = 0; i < e->n_workers; i++)
        encoder_run_clear(&e->workers[i].run, e->mem);
    mem_free(e->mem, e->workers, e->threads * sizeof(e->workers[0]));
    pthread_cond_destroy(&e->changed);
    pthread_mutex_destroy(&e->lock);
    mem_free(e->mem, e, sizeof(*e));
}

const struct encoder_config *encoder_config(const struct encoder *encoder)
{
    return &encoder->weights.config;
}

const char *encoder_isa(const struct encoder *encoder)
{
    return isa_name(encoder->weights.kernels->isa);
}
