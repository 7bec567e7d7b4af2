/* SPDX-License-Identifier: MIT */
#include "tensor/linear_bf16.h"

#include <string.h>

uint16_t bf16_of(float x)
{
    uint32_t bits;

    memcpy(&bits, &x, sizeof(bits));
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

float float_of_bf16(uint16_t x)
{
    uint32_t bits = (uint32_t)x << 16;
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

void linear_bf16_pack(uint16_t *panels, const float *w, size_t n, size_t k)
{
    for (size_t column = 0; column < n; column += PANEL)
        for (size_t p = 0; p < k; p += 2)
            for (size_t j = column; j < column + PANEL; j++) {
                *panels++ = bf16_of(w[j * k + p]);
                *panels++ = bf16_of(w[j * k + p + 1]);
            }
}

void linear_bf16_run(const struct kernels *kernels,
                     const struct linear_bf16 *layer,
                     const struct linear_bf16_io *io)
{
    kernels->narrow(io->x, io->m * layer->k, io->scratch);
    kernels->gemm_bf16(&(struct gemm_bf16){.a = io->scratch,
                                           .b = layer->panels,
                                           .m = io->m,
                                           .n = layer->n,
                                           .k = layer->k,
                                           .bias = layer->bias,
                                           .y = io->y,
                                           .gelu = layer->gelu});
}
