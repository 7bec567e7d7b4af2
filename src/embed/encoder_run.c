/* SPDX-License-Identifier: MIT */
/* The activations: one block of memory, cut into parts. */
#include "base/mem.h"
#include "embed/encoder_forward.h"

struct part {
    void **at;
    size_t bytes;
};

static size_t largest(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Every part begins on a cache line. */
static size_t rounded(size_t bytes)
{
    return (bytes + 63) & ~(size_t)63;
}

rsc_status encoder_run_init(struct ctx *ctx, struct encoder_run *run,
                            struct mem *mem, const struct encoder_config *c)
{
    size_t hidden = c->hidden, rows = c->cap, size = hidden / c->heads;
    size_t padded = attention_padded(rows), f = sizeof(float);
    size_t whole = attention_whole(rows);
    bool int8 = c->precision == PRECISION_INT8;
    bool bf16 = c->precision == PRECISION_BF16;
    size_t ffn_rows = rows < FFN_ROWS ? rows : FFN_ROWS;
    size_t wide = c->precision == PRECISION_F32
                      ? rows * largest(3 * hidden, c->inner)
                      : largest(rows * 3 * hidden, ffn_rows * c->inner);
    struct attention_scratch *a = &run->attention;
    struct part parts[] = {
        {(void **)&run->x, rows * hidden * f},
        {(void **)&run->wide, wide * f},
        {(void **)&run->context, rows * hidden * f},
        {(void **)&run->sum, rows * hidden * f},
        {(void **)&run->keys, int8 ? 0 : size * padded * f},
        {(void **)&run->values, int8 ? 0 : rows * size * f},
        {(void **)&run->scores, int8 ? 0 : ATTEND_ROWS * padded * f},
        {(void **)&a->queries, int8 ? rows * size : 0},
        {(void **)&a->query_quant, int8 ? rows * sizeof(*a->query_quant) : 0},
        {(void **)&a->keys, int8 ? padded * size : 0},
        {(void **)&a->key_scale, int8 ? padded * f : 0},
        {(void **)&a->key_sum, int8 ? padded * f : 0},
        {(void **)&a->scores, int8 ? ATTEND_ROWS * padded * f : 0},
        {(void **)&a->shares, int8 ? ATTEND_ROWS * whole : 0},
        {(void **)&a->values, int8 ? whole * size : 0},
        {(void **)&a->value_scale, int8 ? size * f : 0},
        {(void **)&a->value_sum, int8 ? size * f : 0},
        {(void **)&run->bytes, int8 ? rows * hidden : 0},
        {(void **)&run->inner, int8 ? ffn_rows * c->inner : 0},
        {(void **)&run->quant, int8 ? rows * sizeof(struct row_quant) : 0},
        {(void **)&run->inner_quant,
         int8 ? ffn_rows * sizeof(struct row_quant) : 0},
        {(void **)&run->rounded, bf16 ? rows * hidden * f : 0},
        {(void **)&run->inner_rounded, bf16 ? ffn_rows * c->inner * f : 0},
    };

    *run = (struct encoder_run){0};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        run->block_len += rounded(parts[i].bytes);
    run->block = mem_alloc_aligned(mem, 64, run->block_len);
    if (!run->block)
        return ctx_fail(ctx, RSC_ENOMEM,
                        "out of memory for the encoder (%zu bytes wanted)",
                        run->block_len);
    char *at = run->block;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        *parts[i].at = at;
        at += rounded(parts[i].bytes);
    }
    return RSC_OK;
}

void encoder_run_clear(struct encoder_run *run, struct mem *mem)
{
    mem_free(mem, run->block, run->block_len);
    *run = (struct encoder_run){0};
}
