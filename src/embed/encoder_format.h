/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_FORMAT_H
#define RSC_ENCODER_FORMAT_H

/*
 * What stands in the packed file of a sentence encoder: the kinds of its
 * sections, shared by the converter and the encoder.
 */

#include <stdbool.h>
#include <stdint.h>

enum encoder_precision {
    PRECISION_INT8, /* the default: the same bytes on every processor */
    PRECISION_F32,
    PRECISION_BF16,
    PRECISION_COUNT,
};

/* Numbers are part of the format: only ever add at the end. */
enum encoder_section {
    SECTION_CONFIG = 1, /* u32 [1][CONFIG_WORDS] */
    SECTION_TOKENIZER,  /* u8: the block of embed/wordpiece.h */
    SECTION_PREFIX,     /* u8: text put before every input; may be absent */
    SECTION_WORDS,      /* f32, bf16 or s8 [vocab][hidden] */
    SECTION_WORD_SCALE, /* f32 [1][vocab]; int8 only */
    SECTION_POSITIONS,  /* f32 [cap][hidden]; with token type 0 added */
    SECTION_EMBED_NORM, /* f32 [2][hidden]: gamma, beta */
    /* Per layer; the index is the layer. Of each of the four products: */
    SECTION_QKV = 16,  /* panels; query rows carry 1/sqrt(head size) */
    SECTION_QKV_BIAS,  /* f32 [1][n] */
    SECTION_QKV_SCALE, /* f32 [1][n]; int8 only */
    SECTION_QKV_SUM,   /* s32 [1][n]: sums of the columns; int8 only */
    SECTION_OUT = 24,
    SECTION_OUT_BIAS,
    SECTION_OUT_SCALE,
    SECTION_OUT_SUM,
    SECTION_FFN1 = 32,
    SECTION_FFN1_BIAS,
    SECTION_FFN1_SCALE,
    SECTION_FFN1_SUM,
    SECTION_FFN2 = 40,
    SECTION_FFN2_BIAS,
    SECTION_FFN2_SCALE,
    SECTION_FFN2_SUM,
    SECTION_NORM1 = 48, /* f32 [2][hidden]: gamma, beta */
    SECTION_NORM2,
    SECTION_SMOOTH_QKV, /* f32 [1][hidden]: what the input of the product is
                           multiplied by before it is quantised; int8 only */
    SECTION_SMOOTH_FFN1,
    SECTION_SMOOTH_FFN2, /* f32 [1][inner] */
};

/* Words of SECTION_CONFIG. */
enum encoder_config_word {
    CONFIG_LAYERS,
    CONFIG_HIDDEN,
    CONFIG_HEADS,
    CONFIG_INNER,
    CONFIG_VOCAB,
    CONFIG_CAP,        /* tokens, with both specials */
    CONFIG_FIRST_ONLY, /* pooling: 1 the first token, 0 the mean */
    CONFIG_NORMALIZE,
    CONFIG_PRECISION, /* enum encoder_precision */
    CONFIG_EPS,       /* bits of a float */
    CONFIG_REVISION,  /* ENCODER_REVISION of the program that packed it */
    CONFIG_WORDS = 16,
};

/* Goes up by one whenever the same texts would get other bytes than before:
 * through what is packed, or through what is computed from it. A pack of
 * another revision is not opened, so that vectors of two kinds never meet, be
 * it in a cache (its keys hold the pack's hash) or in a comparison. */
#define ENCODER_REVISION 3

struct encoder_config {
    uint32_t layers, hidden, heads, inner, vocab, cap;
    bool first_only, normalize;
    enum encoder_precision precision;
    float eps;
};

/* Bounds that keep every size below far from overflow; the family's largest
 * model has 24 layers of 1024. */
#define ENCODER_MAX_LAYERS 48
#define ENCODER_MAX_HIDDEN 4096
#define ENCODER_MAX_INNER  16384
#define ENCODER_MAX_VOCAB  2000000
#define ENCODER_MAX_CAP    512

/* Whether the sizes are in bounds and of a shape that the kernels take. */
static inline bool encoder_config_is_valid(const struct encoder_config *c)
{
    return c->layers >= 1 && c->layers <= ENCODER_MAX_LAYERS &&
           c->hidden >= 32 && c->hidden <= ENCODER_MAX_HIDDEN &&
           c->heads >= 1 && c->heads <= c->hidden &&
           c->hidden % c->heads == 0 && c->hidden / c->heads % 32 == 0 &&
           c->inner >= 32 && c->inner <= ENCODER_MAX_INNER &&
           c->inner % 32 == 0 && c->vocab >= 1 &&
           c->vocab <= ENCODER_MAX_VOCAB && c->cap >= 3 &&
           c->cap <= ENCODER_MAX_CAP && c->eps > 0 && c->eps < 1 &&
           c->precision < PRECISION_COUNT;
}

#endif
