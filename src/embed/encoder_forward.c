/* SPDX-License-Identifier: MIT */
#include "embed/encoder_forward.h"

#include "base/mem.h"

static size_t largest(size_t a, size_t b)
{
    return a > b ? a : b;
}

rsc_status encoder_run_init(struct ctx *ctx, struct encoder_run *run,
                            struct mem *mem,
                            const struct encoder_config *config)
{
    size_t cap = config->cap, hidden = config->hidden;
    size_t size = hidden / config->heads, padded = attention_padded(cap);
    size_t wide = largest(3 * hidden, config->inner);
    size_t sizes[] = {cap * hidden,        cap * wide,    cap * hidden,
                      cap * hidden,        size * padded, cap * size,
                      ATTEND_ROWS * padded};
    float **parts[] = {&run->x,    &run->wide,   &run->context, &run->sum,
                       &run->keys, &run->values, &run->scores};
    size_t total = 0;

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        total += sizes[i];
    run->block_len = total * sizeof(float);
    run->block = mem_alloc_aligned(mem, 64, run->block_len);
    if (!run->block)
        return ctx_fail(ctx, RSC_ENOMEM,
                        "out of memory for the encoder (%zu bytes wanted)",
                        run->block_len);
    float *at = run->block;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        *parts[i] = at;
        at += sizes[i];
    }
    return RSC_OK;
}

void encoder_run_clear(struct encoder_run *run, struct mem *mem)
{
    mem_free(mem, run->block, run->block_len);
    *run = (struct encoder_run){0};
}

static struct norm norm_of(const struct encoder_weights *w, const float *norm,
                           float *x, size_t rows)
{
    return (struct norm){.x = x,
                         .rows = rows,
                         .n = w->config.hidden,
                         .gamma = norm,
                         .beta = norm + w->config.hidden,
                         .eps = w->config.eps};
}

static size_t embed_block(struct encoder_run *run,
                          const struct encoder_weights *w,
                          const struct sequence *sequences, size_t n)
{
    size_t hidden = w->config.hidden, row = 0;

    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < sequences[s].len; i++, row++) {
            size_t id = (size_t)sequences[s].ids[i];
            w->kernels->embed_row(&(struct embed_row){
                .word = w->words + id * hidden,
                .word_scale = 1.0F,
                .position = w->positions + i * hidden,
                .norm = norm_of(w, w->embed_norm, run->x + row * hidden, 1)});
        }
    return row;
}

static void attend_block(struct encoder_run *run,
                         const struct encoder_weights *w,
                         const struct sequence *sequences, size_t n)
{
    size_t hidden = w->config.hidden, size = hidden / w->config.heads;
    size_t row = 0;

    for (size_t s = 0; s < n; s++) {
        const float *qkv = run->wide + row * 3 * hidden;
        for (size_t h = 0; h < hidden; h += size)
            w->kernels->attend(
                &(struct attention){.q = qkv + h,
                                    .k = qkv + hidden + h,
                                    .v = qkv + 2 * hidden + h,
                                    .ld = 3 * hidden,
                                    .len = sequences[s].len,
                                    .size = size,
                                    .out = run->context + row * hidden + h,
                                    .ld_out = hidden,
                                    .keys = run->keys,
                                    .values = run->values,
                                    .scores = run->scores});
        row += sequences[s].len;
    }
}

static void apply(const struct encoder_weights *w, const struct linear *layer,
                  const float *x, float *y, size_t rows)
{
    struct linear_io io = {x, layer->k, rows, y, layer->n};

    linear_run(w->kernels, layer, &io);
}

static void add_and_norm(struct encoder_run *run,
                         const struct encoder_weights *w, const float *norm,
                         size_t rows)
{
    struct norm job = norm_of(w, norm, run->x, rows);

    job.add = run->sum;
    w->kernels->add_norm(&job);
}

void encoder_forward(struct encoder_run *run, const struct encoder_weights *w,
                     const struct sequence *sequences, size_t n,
                     float *const *out)
{
    size_t hidden = w->config.hidden;
    size_t rows = embed_block(run, w, sequences, n);

    for (size_t i = 0; i < w->config.layers; i++) {
        const struct encoder_layer *layer = &w->layers[i];
        apply(w, &layer->qkv, run->x, run->wide, rows);
        attend_block(run, w, sequences, n);
        apply(w, &layer->out, run->context, run->sum, rows);
        add_and_norm(run, w, layer->norm1, rows);
        apply(w, &layer->ffn1, run->x, run->wide, rows);
        apply(w, &layer->ffn2, run->wide, run->sum, rows);
        add_and_norm(run, w, layer->norm2, rows);
    }
    const float *x = run->x;
    for (size_t s = 0; s < n; s++) {
        w->kernels->pool(&(struct pooling){.x = x,
                                           .rows = sequences[s].len,
                                           .n = hidden,
                                           .first_only = w->config.first_only,
                                           .normalize = w->config.normalize,
                                           .out = out[s]});
        x += sequences[s].len * hidden;
    }
}
