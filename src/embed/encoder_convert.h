/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_CONVERT_H
#define RSC_ENCODER_CONVERT_H

/*
 * Turns a published model into a packed file, once, when it is installed.
 */

#include "embed/encoder.h"
#include "embed/encoder_source.h"
#include "model/pack.h"

struct encoder_conversion {
    enum encoder_precision precision;
    struct str tokenizer; /* block of embed/wordpiece.h */
    struct str prefix;    /* put before every text; may be empty */
    /* For int8: ids of ordinary texts, from which the range of every input
     * channel is learnt. Without any the products are not smoothed. */
    const struct sequence *calibration;
    size_t n_calibration;
};

/* The bytes of the pack, in the arena. Fails with RSC_EFORMAT when a tensor is
 * missing, of another shape, or not finite. */
rsc_status encoder_convert(struct ctx *ctx, struct str *out,
                           const struct encoder_source *source,
                           const struct encoder_conversion *conversion);

/* "int8", "f32", "bf16". */
const char *precision_name(enum encoder_precision precision);
/* PRECISION_COUNT when there is none of that name. */
enum encoder_precision precision_find(struct str name);

#endif
