/* SPDX-License-Identifier: MIT */
#include "embed/encoder_probe.h"

#include "base/mem.h"
#include "embed/encoder_forward.h"
#include "tensor/fpenv.h"

static rsc_status run_all(struct ctx *ctx, struct encoder_weights *w,
                          float *out, const struct sequence *texts, size_t n)
{
    struct encoder_run run;
    float *vector = ctx_alloc_array(ctx, w->config.hidden, sizeof(float));

    if (!vector)
        return ctx->error.status;
    rsc_status st = encoder_run_init(ctx, &run, ctx->arena.mem, &w->config);
    if (st)
        return st;
    run.probe = out;
    uint64_t mode = fpenv_enter();
    for (size_t i = 0; i < n; i++)
        encoder_forward(&run, w, &texts[i], 1, &vector);
    fpenv_leave(mode);
    encoder_run_clear(&run, ctx->arena.mem);
    return RSC_OK;
}

rsc_status encoder_probe(struct ctx *ctx, float **out, const struct pack *f32,
                         const struct sequence *texts, size_t n)
{
    struct cpu cpu;
    struct encoder_weights *w = ctx_calloc(ctx, 1, sizeof(*w));

    cpu_detect(&cpu);
    if (!w || encoder_weights_open(ctx, w, f32, kernels_best(&cpu)))
        return ctx->error.status;
    *out = ctx_calloc(ctx,
                      w->config.layers *
                          (2 * (size_t)w->config.hidden + w->config.inner),
                      sizeof(float));
    if (!*out)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        if (texts[i].len > w->config.cap || texts[i].len < 1)
            return ctx_fail(ctx, RSC_EINVALID,
                            "a calibration text of %zu tokens", texts[i].len);
    return run_all(ctx, w, *out, texts, n);
}
