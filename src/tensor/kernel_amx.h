/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_AMX_H
#define RSC_KERNEL_AMX_H

/*
 * The product of bytes by tiles: 16 rows of 64 bytes of k by 64 bytes of k of
 * 16 columns. Two tiles of rows and the two of one panel make a block of 32 by
 * 32 sums:
 *
 *                     panel: [k / 4][2 tiles][16 columns][4]
 *                          TILE_B0     TILE_B1
 *     rows  0 to 15  TILE_A0   C00         C01
 *     rows 16 to 31  TILE_A1   C10         C11
 *
 * A panel lies in memory as the tiles want it, so nothing is packed anew.
 * What is behind the sums is the code of the other instruction sets.
 */

#include <immintrin.h>

#include "tensor/kernel_dot.h"

#define GEMM_S8 gemm_s8_tiles

#define TILE_ROWS  16
#define TILE_BYTES GEMM_S8_STEP
#define TILE_BLOCK (2 * TILE_ROWS)

/* Numbers of registers, which become part of the instructions' names. */
#define C00     0
#define C01     1
#define C10     2
#define C11     3
#define TILE_A0 4
#define TILE_A1 5
#define TILE_B0 6
#define TILE_B1 7

/* What ldtilecfg reads. */
struct tile_shapes {
    uint8_t palette, start_row, reserved[14];
    uint16_t bytes[16];
    uint8_t rows[16];
};

ALWAYS_INLINE void shape_tile(struct tile_shapes *s, int tile, size_t rows)
{
    s->bytes[tile] = rows ? TILE_BYTES : 0;
    s->rows[tile] = (uint8_t)rows;
}

/* For blocks of up to TILE_BLOCK rows and steps of `step` bytes. */
ALWAYS_INLINE void load_shapes(size_t rows, size_t step)
{
    size_t upper = rows < TILE_ROWS ? rows : TILE_ROWS;
    struct tile_shapes s ALIGNED = {.palette = 1};

    shape_tile(&s, C00, upper);
    shape_tile(&s, C01, upper);
    shape_tile(&s, TILE_A0, upper);
    shape_tile(&s, C10, rows - upper);
    shape_tile(&s, C11, rows - upper);
    shape_tile(&s, TILE_A1, rows - upper);
    shape_tile(&s, TILE_B0, step / 4);
    shape_tile(&s, TILE_B1, step / 4);
    s.bytes[TILE_A0] = (uint16_t)step;
    s.bytes[TILE_A1] = rows > upper ? (uint16_t)step : 0;
    _tile_loadconfig(&s);
}

/* A block of sums, and what has to be done with them. */
struct tile_sums {
    struct gemm_s8 block;
    size_t rows;
    int32_t sums[TILE_BLOCK * PANEL] ALIGNED; /* [rows][PANEL] */
};

/* A step of the next panel, which the loads of tiles do not announce. */
ALWAYS_INLINE void prefetch_step(const void *next)
{
    UNROLL for (int i = 0; i < TILE_BYTES * PANEL; i += 64)
        _mm_prefetch((const char *)next + i, _MM_HINT_T0);
}

ALWAYS_INLINE void multiply_step(const struct gemm_s8 *g, size_t p, size_t k,
                                 bool ahead, const bool both)
{
    const uint8_t *a = g->a + p;
    const int8_t *b = g->b + p * PANEL;

    if (ahead)
        prefetch_step(b + k * PANEL);
    _tile_loadd(TILE_B0, b, 4 * PANEL);
    _tile_loadd(TILE_B1, b + TILE_BYTES, 4 * PANEL);
    _tile_loadd(TILE_A0, a, g->lda);
    _tile_dpbusd(C00, TILE_A0, TILE_B0);
    _tile_dpbusd(C01, TILE_A0, TILE_B1);
    if (both) {
        _tile_loadd(TILE_A1, a + TILE_ROWS * g->lda, g->lda);
        _tile_dpbusd(C10, TILE_A1, TILE_B0);
        _tile_dpbusd(C11, TILE_A1, TILE_B1);
    }
}

/* The exact sums of one block. What is behind the sums of the last one is done
 * while the products run, which have a unit of their own. */
ALWAYS_INLINE void multiply(struct tile_sums *t, const struct tile_sums *last,
                            bool ahead, const bool both)
{
    const struct gemm_s8 *g = &t->block;
    const size_t k = g->k < TILE_BYTES ? g->k : g->k_whole;

    _tile_zero(C00);
    _tile_zero(C01);
    if (both) {
        _tile_zero(C10);
        _tile_zero(C11);
    }
    for (size_t p = 0; p < k; p += TILE_BYTES)
        multiply_step(g, p, k, ahead, both);
    store_tile_s8(&last->block, last->sums, last->rows);
    _tile_stored(C00, t->sums, 4 * PANEL);
    _tile_stored(C01, t->sums + 16, 4 * PANEL);
    if (both) {
        _tile_stored(C10, t->sums + TILE_ROWS * PANEL, 4 * PANEL);
        _tile_stored(C11, t->sums + TILE_ROWS * PANEL + 16, 4 * PANEL);
    }
}

/* All columns of up to TILE_BLOCK rows. */
ALWAYS_INLINE void multiply_rows(const struct gemm_s8 *job, size_t rows,
                                 bool ahead, const bool both)
{
    struct tile_sums turns[2];
    size_t turn = 0;

    turns[1].block = *job;
    turns[1].rows = 0;
    for (size_t column = 0; column < job->n; column += PANEL, turn ^= 1) {
        struct tile_sums *t = &turns[turn];
        t->block = columns_from(job, column);
        t->rows = rows;
        multiply(t, &turns[turn ^ 1], ahead, both);
    }
    store_tile_s8(&turns[turn ^ 1].block, turns[turn ^ 1].sums, rows);
}

static void gemm_s8_tiles(const struct gemm_s8 *job)
{
    const size_t step = job->k < TILE_BYTES ? job->k : TILE_BYTES;

    /* Models of odd widths: the tiles would need a last step of their own. */
    if (job->k > TILE_BYTES && job->k_whole % TILE_BYTES) {
        gemm_s8(job);
        return;
    }
    size_t n = (job->m + TILE_BLOCK - 1) / TILE_BLOCK, shaped = 0;
    for (size_t t = 0, row = 0; t < n; t++) {
        size_t next = job->m * (t + 1) / n, rows = next - row;
        struct gemm_s8 part = *job;
        part.a += row * job->lda;
        part.quant += row;
        part.y += row * job->ldy;
        if (rows != shaped)
            load_shapes(rows, step);
        shaped = rows;
        if (rows > TILE_ROWS)
            multiply_rows(&part, rows, row == 0, true);
        else
            multiply_rows(&part, rows, row == 0, false);
        row = next;
    }
    _tile_release();
}

#endif
