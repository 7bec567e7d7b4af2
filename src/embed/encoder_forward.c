/* SPDX-License-Identifier: MIT */
#include "embed/encoder_forward.h"

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

/* The row of a word as floats, put into out; NULL where they are bytes. The
 * table of floats is half of the model, of which a text needs a few rows. */
static const float *word_row(const struct encoder_weights *w, size_t id,
                             float *out)
{
    size_t hidden = w->config.hidden;

    if (w->words)
        file_map_copy(w->file, out, w->words + id * hidden,
                      hidden * sizeof(float));
    if (!w->words16)
        return w->words ? out : NULL;
    for (size_t i = 0; i < hidden; i++)
        out[i] = float_of_bf16(w->words16[id * hidden + i]);
    return out;
}

static size_t embed_block(struct encoder_run *run,
                          const struct encoder_weights *w,
                          const struct sequence *sequences, size_t n)
{
    size_t hidden = w->config.hidden, row = 0;

    for (size_t s = 0; s < n; s++)
        for (size_t i = 0; i < sequences[s].len; i++, row++) {
            size_t id = (size_t)sequences[s].ids[i];
            float *x = run->x + row * hidden;
            struct embed_row job = {
                .word = word_row(w, id, x),
                .word_s8 = w->words8 ? w->words8 + id * hidden : NULL,
                .word_scale = w->word_scale ? w->word_scale[id] : 1.0F,
                .position = w->positions + i * hidden,
                .norm = norm_of(w, w->embed_norm, x, 1)};
            w->kernels->embed_row(&job);
        }
    return row;
}

/* The head whose values begin at h of the rows of one sequence. */
static void attend_head(struct encoder_run *run,
                        const struct encoder_weights *w, size_t row, size_t len,
                        size_t h)
{
    size_t hidden = w->config.hidden, size = hidden / w->config.heads;
    const float *q = run->wide + row * 3 * hidden + h;
    const float *k = q + hidden, *v = k + hidden;
    float *out = run->context + row * hidden + h;

    if (w->config.precision == PRECISION_INT8)
        w->kernels->attend_s8(
            &(struct attention_s8){.q = q,
                                   .k = k,
                                   .v = v,
                                   .ld = 3 * hidden,
                                   .len = len,
                                   .size = size,
                                   .out = out,
                                   .ld_out = hidden,
                                   .scratch = &run->attention});
    else
        w->kernels->attend(&(struct attention){.q = q,
                                               .k = k,
                                               .v = v,
                                               .ld = 3 * hidden,
                                               .len = len,
                                               .size = size,
                                               .out = out,
                                               .ld_out = hidden,
                                               .keys = run->keys,
                                               .values = run->values,
                                               .scores = run->scores});
}

static void attend_block(struct encoder_run *run,
                         const struct encoder_weights *w,
                         const struct sequence *sequences, size_t n)
{
    size_t hidden = w->config.hidden, size = hidden / w->config.heads;
    size_t row = 0;

    for (size_t s = 0; s < n; s++) {
        for (size_t h = 0; h < hidden; h += size)
            attend_head(run, w, row, sequences[s].len, h);
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

/* Keeps the greatest magnitudes of x in [hidden]. */
static void probe(float *greatest, const float *x, size_t rows, size_t hidden)
{
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < hidden; i++) {
            float value = x[row * hidden + i];
            float magnitude = value < 0 ? -value : value;
            if (magnitude > greatest[i])
                greatest[i] = magnitude;
        }
}

static void layer_f32(struct encoder_run *run, const struct encoder_weights *w,
                      size_t i, const struct sequence *sequences, size_t n,
                      size_t rows)
{
    const struct encoder_layer *layer = &w->layers[i];
    size_t hidden = w->config.hidden, inner = w->config.inner;
    float *probed = run->probe ? run->probe + i * (2 * hidden + inner) : NULL;

    if (probed)
        probe(probed, run->x, rows, hidden);
    apply(w, &layer->qkv.f32, run->x, run->wide, rows);
    attend_block(run, w, sequences, n);
    apply(w, &layer->out.f32, run->context, run->sum, rows);
    add_and_norm(run, w, layer->norm1, rows);
    if (probed)
        probe(probed + hidden, run->x, rows, hidden);
    apply(w, &layer->ffn1.f32, run->x, run->wide, rows);
    if (probed)
        probe(probed + 2 * hidden, run->wide, rows, inner);
    apply(w, &layer->ffn2.f32, run->wide, run->sum, rows);
    add_and_norm(run, w, layer->norm2, rows);
}

/* x [rows][hidden], smoothed, into bytes. */
static void quantize(struct encoder_run *run, const struct encoder_weights *w,
                     const float *x, const float *smooth, size_t rows)
{
    w->kernels->quantize(&(struct quantize){.x = x,
                                            .rows = rows,
                                            .n = w->config.hidden,
                                            .smooth = smooth,
                                            .a = run->bytes,
                                            .quant = run->quant});
}

static void apply_bytes(struct encoder_run *run,
                        const struct encoder_weights *w,
                        const struct linear_s8 *layer, float *y, size_t rows)
{
    struct linear_s8_io io = {run->bytes, run->quant, rows, y};

    linear_s8_run(w->kernels, layer, &io);
}

/* Both products of the inner layer for up to FFN_ROWS rows from `row` on. */
static void inner_block(struct encoder_run *run,
                        const struct encoder_weights *w,
                        const struct encoder_layer *layer, size_t row,
                        size_t rows)
{
    size_t hidden = w->config.hidden, inner = w->config.inner;
    struct linear_s8_io up = {run->bytes + row * hidden, run->quant + row, rows,
                              run->wide};
    struct quantize between = {.x = run->wide,
                               .rows = rows,
                               .n = inner,
                               .smooth = layer->smooth_ffn2,
                               .a = run->inner,
                               .quant = run->inner_quant};
    struct linear_s8_io down = {run->inner, run->inner_quant, rows,
                                run->sum + row * hidden};

    linear_s8_run(w->kernels, &layer->ffn1.s8, &up);
    w->kernels->quantize(&between);
    linear_s8_run(w->kernels, &layer->ffn2.s8, &down);
}

static void layer_int8(struct encoder_run *run, const struct encoder_weights *w,
                       size_t i, const struct sequence *sequences, size_t n,
                       size_t rows)
{
    const struct encoder_layer *layer = &w->layers[i];

    quantize(run, w, run->x, layer->smooth_qkv, rows);
    apply_bytes(run, w, &layer->qkv.s8, run->wide, rows);
    attend_block(run, w, sequences, n);
    quantize(run, w, run->context, NULL, rows);
    apply_bytes(run, w, &layer->out.s8, run->sum, rows);
    add_and_norm(run, w, layer->norm1, rows);
    quantize(run, w, run->x, layer->smooth_ffn1, rows);
    /* Even blocks: 50 rows are 25 and 25. */
    size_t blocks = (rows + FFN_ROWS - 1) / FFN_ROWS;
    for (size_t b = 0, row = 0; b < blocks; b++) {
        size_t next = rows * (b + 1) / blocks;
        inner_block(run, w, layer, row, next - row);
        row = next;
    }
    add_and_norm(run, w, layer->norm2, rows);
}

static void layer_bf16(struct encoder_run *run, const struct encoder_weights *w,
                       size_t i, const struct sequence *sequences, size_t n,
                       size_t rows)
{
    const struct encoder_layer *layer = &w->layers[i];
    size_t hidden = w->config.hidden;
    struct linear_bf16_io io = {run->x, rows, run->wide, run->rounded};

    linear_bf16_run(w->kernels, &layer->qkv.bf16, &io);
    attend_block(run, w, sequences, n);
    io.x = run->context;
    io.y = run->sum;
    linear_bf16_run(w->kernels, &layer->out.bf16, &io);
    add_and_norm(run, w, layer->norm1, rows);
    size_t blocks = (rows + FFN_ROWS - 1) / FFN_ROWS;
    for (size_t b = 0, row = 0; b < blocks; b++) {
        size_t next = rows * (b + 1) / blocks;
        struct linear_bf16_io up = {run->x + row * hidden, next - row,
                                    run->wide, run->rounded};
        struct linear_bf16_io down = {
            run->wide, next - row, run->sum + row * hidden, run->inner_rounded};
        linear_bf16_run(w->kernels, &layer->ffn1.bf16, &up);
        linear_bf16_run(w->kernels, &layer->ffn2.bf16, &down);
        row = next;
    }
    add_and_norm(run, w, layer->norm2, rows);
}

void encoder_forward(struct encoder_run *run, const struct encoder_weights *w,
                     const struct sequence *sequences, size_t n,
                     float *const *out)
{
    size_t hidden = w->config.hidden;
    size_t rows = embed_block(run, w, sequences, n);

    for (size_t i = 0; i < w->config.layers; i++) {
        if (w->config.precision == PRECISION_INT8)
            layer_int8(run, w, i, sequences, n, rows);
        else if (w->config.precision == PRECISION_BF16)
            layer_bf16(run, w, i, sequences, n, rows);
        else
            layer_f32(run, w, i, sequences, n, rows);
    }
    const float *x = run->x;
    for (size_t s = 0; s < n; x += sequences[s++].len * hidden) {
        if (run->each && run->each[s]) {
            memcpy(out[s], x, sequences[s].len * hidden * sizeof(*x));
            continue;
        }
        w->kernels->pool(&(struct pooling){.x = x,
                                           .rows = sequences[s].len,
                                           .n = hidden,
                                           .first_only = w->config.first_only,
                                           .normalize = w->config.normalize,
                                           .out = out[s]});
    }
}
