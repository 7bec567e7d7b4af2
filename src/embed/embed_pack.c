/* SPDX-License-Identifier: MIT */
#include "embed/calibration.h"
#include "embed/embed.h"
#include "embed/encoder_convert.h"
#include "embed/vocab_source.h"
#include "embed/wordpiece.h"

/* The ids of the calibration texts, as this model's tokenizer cuts them. */
static rsc_status tokenize_calibration(struct ctx *ctx,
                                       struct encoder_conversion *out,
                                       size_t cap)
{
    struct wordpiece wordpiece;
    struct sequence *sequences =
        ctx_alloc_array(ctx, calibration_n, sizeof(sequences[0]));

    if (!sequences || wordpiece_open(ctx, &wordpiece, out->tokenizer))
        return ctx->error.status;
    for (size_t i = 0; i < calibration_n; i++) {
        struct tokens tokens;
        struct str text = ctx_printf(ctx, "%.*s%.*s", STR_ARG(out->prefix),
                                     STR_ARG(calibration_texts[i]));
        if (!text.data || tokens_init(ctx, &tokens, cap, false))
            return ctx->error.status;
        wordpiece_encode(&tokens, &wordpiece, text);
        sequences[i] = (struct sequence){tokens.ids, tokens.len};
    }
    out->calibration = sequences;
    out->n_calibration = calibration_n;
    return RSC_OK;
}

rsc_status embed_pack(struct ctx *ctx, const char *folder,
                      const char *pack_path,
                      const struct embed_packing *packing)
{
    struct encoder_conversion conversion = {.precision = packing->precision,
                                            .prefix = packing->prefix};
    struct encoder_source source;
    struct str vocab, bytes;

    if (vocab_source_read(ctx, &vocab, folder) ||
        wordpiece_build(ctx, &conversion.tokenizer, vocab))
        return ctx->error.status;
    rsc_status st = encoder_source_open(ctx, &source, folder);
    if (st)
        return st;
    if (packing->precision == PRECISION_INT8)
        st = tokenize_calibration(ctx, &conversion, source.config.cap);
    if (!st)
        st = encoder_convert(ctx, &bytes, &source, &conversion);
    if (!st)
        st = file_replace(ctx, pack_path, bytes);
    encoder_source_close(&source);
    return st;
}
