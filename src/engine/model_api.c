/* SPDX-License-Identifier: MIT */
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "embed/encoder_convert.h"
#include "embed/wordpiece.h"

static rsc_status pack(struct ctx *ctx, const char *path, const char *folder,
                       const struct encoder_source *source,
                       struct encoder_conversion *conversion)
{
    struct str name = ctx_printf(ctx, "%s/vocab.txt", folder), vocab, bytes;

    if (!name.data)
        return ctx->error.status;
    rsc_status st = file_read(ctx, &vocab, name.data, LIMIT_VOCAB_BYTES);
    if (!st)
        st = wordpiece_build(ctx, &conversion->tokenizer, vocab);
    if (!st)
        st = encoder_convert(ctx, &bytes, source, conversion);
    return st ? st : file_replace(ctx, path, bytes);
}

rsc_status rsc_model_pack(const char *path, const char *folder,
                          const char *precision, const char *prefix,
                          rsc_error *err)
{
    struct encoder_conversion conversion = {0};
    struct encoder_source source;
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "model", 0);
    ctx_init(&ctx, &mem);
    conversion.precision = precision_find(str_of(precision));
    conversion.prefix = prefix ? str_of(prefix) : STR("");
    if (conversion.precision == PRECISION_COUNT)
        ctx_fail(&ctx, RSC_EINVALID,
                 "'%s' is no precision; int8, bf16 and f32 are", precision);
    else if (!encoder_source_open(&ctx, &source, folder)) {
        pack(&ctx, path, folder, &source, &conversion);
        encoder_source_close(&source);
    }
    rsc_status st = ctx_error(&ctx, err);
    ctx_clear(&ctx);
    return st;
}
