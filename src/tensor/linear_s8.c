/* SPDX-License-Identifier: MIT */
#include "tensor/linear_s8.h"

int32_t round_to_int(float x)
{
    /* Adding 1.5 * 2^23 leaves no bits behind the point. */
    float shifted = x + 12582912.0F;

    return (int32_t)(shifted - 12582912.0F);
}

/* The scale that maps the largest magnitude to 127; 1 for a row of zeros. */
static float scale_of(const float *w, size_t k)
{
    float greatest = 0;

    for (size_t i = 0; i < k; i++) {
        float magnitude = w[i] < 0 ? -w[i] : w[i];
        greatest = magnitude > greatest ? magnitude : greatest;
    }
    return greatest > 1e-30F ? greatest / 127.0F : 1.0F;
}

static void quantize_by(int8_t *out, const float *x, size_t n, float scale)
{
    for (size_t i = 0; i < n; i++) {
        int32_t q = round_to_int(x[i] / scale);
        out[i] = (int8_t)(q > 127 ? 127 : q < -127 ? -127 : q);
    }
}

float quantize_s8(int8_t *out, const float *x, size_t n)
{
    float scale = scale_of(x, n);

    quantize_by(out, x, n, scale);
    return scale;
}

void linear_s8_pack(const struct linear_s8_out *out, const float *w, size_t n,
                    size_t k)
{
    for (size_t j = 0; j < n; j++) {
        const float *row = w + j * k;
        int8_t *panel = out->panels + j / PANEL * PANEL * k + j % PANEL * 4;
        int8_t four[4];
        float scale = scale_of(row, k);
        int32_t sum = 0;
        for (size_t i = 0; i < k; i += 4, panel += 4 * PANEL) {
            quantize_by(four, row + i, 4, scale);
            for (int l = 0; l < 4; l++)
                sum += panel[l] = four[l];
        }
        out->scale[j] = scale;
        out->sum[j] = sum;
    }
}

void linear_s8_run(const struct kernels *kernels, const struct linear_s8 *layer,
                   const struct linear_s8_io *io)
{
    struct gemm_s8 job = {.a = io->a,
                          .lda = layer->k,
                          .quant = io->quant,
                          .b = layer->panels,
                          .m = io->m,
                          .n = layer->n,
                          .k = layer->k,
                          .k_whole = layer->k,
                          .column_scale = layer->scale,
                          .column_sum = layer->sum,
                          .bias = layer->bias,
                          .y = io->y,
                          .ldy = layer->n,
                          .gelu = layer->gelu};

    kernels->gemm_s8(&job);
}
