/* SPDX-License-Identifier: MIT */
#include "tensor/linear.h"

#include <string.h>

/* Rows whose outputs pass through a block of our own at the last panel. */
#define EDGE_ROWS 12

size_t linear_panel_floats(size_t n, size_t k)
{
    size_t padded, floats;

    if (__builtin_add_overflow(n, PANEL - 1, &padded) ||
        __builtin_mul_overflow(padded / PANEL * PANEL, k, &floats))
        return SIZE_MAX;
    return floats;
}

void linear_pack(float *panels, const float *w, size_t n, size_t k)
{
    for (size_t column = 0; column < n; column += PANEL)
        for (size_t p = 0; p < k; p++)
            for (size_t j = column; j < column + PANEL; j++)
                *panels++ = j < n ? w[j * k + p] : 0.0F;
}

/* The last columns, fewer than a panel has: computed aside and copied. */
static void run_edge(const struct kernels *kernels, struct gemm job,
                     size_t columns)
{
    float block[EDGE_ROWS * PANEL], bias[PANEL] = {0};
    float *y = job.y;
    size_t rows = job.m, ldy = job.ldy;

    if (job.bias) {
        memcpy(bias, job.bias, columns * sizeof(float));
        job.bias = bias;
    }
    job.y = block;
    job.ldy = PANEL;
    for (size_t row = 0; row < rows; row += EDGE_ROWS) {
        job.m = rows - row < EDGE_ROWS ? rows - row : EDGE_ROWS;
        kernels->gemm(&job);
        for (size_t i = 0; i < job.m; i++)
            memcpy(y + (row + i) * ldy, block + i * PANEL,
                   columns * sizeof(float));
        job.a += job.m * job.lda;
    }
}

void linear_run(const struct kernels *kernels, const struct linear *layer,
                const struct linear_io *io)
{
    struct gemm job = {.a = io->x,
                       .lda = io->lda,
                       .ldb = PANEL,
                       .m = io->m,
                       .k = layer->k,
                       .ldy = io->ldy,
                       .gelu = layer->gelu};

    for (size_t column = 0; column < layer->n; column += PANEL) {
        job.b = layer->panels + column * layer->k;
        job.y = io->y + column;
        job.bias = layer->bias ? layer->bias + column : NULL;
        if (layer->n - column < PANEL)
            run_edge(kernels, job, layer->n - column);
        else
            kernels->gemm(&job);
    }
}
