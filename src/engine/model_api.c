/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "embed/embed.h"
#include "embed/encoder_convert.h"

rsc_status rsc_model_pack(const char *path, const char *folder,
                          const char *precision, const char *prefix,
                          rsc_error *err)
{
    struct embed_packing packing = {
        .precision = precision_find(str_of(precision)),
        .prefix = prefix ? str_of(prefix) : STR(""),
    };
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "model", 0);
    ctx_init(&ctx, &mem);
    if (packing.precision == PRECISION_COUNT)
        ctx_fail(&ctx, RSC_EINVALID,
                 "'%s' is no precision; int8, bf16 and f32 are", precision);
    else
        embed_pack(&ctx, folder, path, &packing);
    rsc_status st = ctx_error(&ctx, err);
    ctx_clear(&ctx);
    return st;
}

rsc_status rsc_model_check(const char *path, rsc_error *err)
{
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "model", 0);
    ctx_init(&ctx, &mem);
    embed_verify(&ctx, path);
    rsc_status st = ctx_error(&ctx, err);
    ctx_clear(&ctx);
    return st;
}
