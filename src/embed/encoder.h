/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_H
#define RSC_ENCODER_H

/*
 * A BERT sentence encoder: token ids in, one vector per sequence out. Sizes,
 * pooling and length come from the packed model.
 *
 *     ids -> word + position -> norm
 *         -> layers x [ qkv -> attention -> out -> + x -> norm
 *                       ffn1 -> gelu -> ffn2 -> + x -> norm ]
 *         -> mean or first token -> unit length
 *
 * Sequences of any lengths run side by side through the products, without
 * padding; attention never looks past its own sequence. The bytes of a vector
 * depend on nothing but its ids and the pack: not on the processor, the
 * number of threads, or what else is in the batch.
 *
 * Memory for the activations is taken at open, one block per thread; encoding
 * allocates nothing.
 *
 * Threads: encoder_encode may be called from any thread at any time. Calls
 * that wait for a free worker are put together into common blocks.
 */

#include "base/cpu.h"
#include "base/ctx.h"
#include "embed/encoder_format.h"
#include "model/pack.h"

struct encoder;

struct encoder_options {
    enum isa isa;     /* ISA_COUNT: the best that the processor has */
    unsigned threads; /* workers, at least 1; the caller's thread is one */
};

/* The ids of one text, [CLS] and [SEP] included. */
struct sequence {
    const int32_t *ids;
    size_t len; /* 1 to the cap of the model */
};

/* Opens the encoder of a pack, which must outlive it. Fails with RSC_EFORMAT
 * when the pack is damaged, RSC_EUNSUPPORTED when the processor lacks what
 * was asked for, RSC_ENOMEM. */
rsc_status encoder_open(struct ctx *ctx, struct encoder **out, struct mem *mem,
                        const struct pack *pack,
                        const struct encoder_options *options);
void encoder_close(struct encoder *encoder);

const struct encoder_config *encoder_config(const struct encoder *encoder);
/* What the vectors are computed with: the name of the table. */
const char *encoder_isa(const struct encoder *encoder);

/* Writes the vectors of n sequences to out [n][hidden], in order. Fails with
 * RSC_EINVALID on an id or a length that the model does not have, RSC_EFORMAT
 * when a vector is not finite (the model is damaged), and when ctx says so. */
rsc_status encoder_encode(struct ctx *ctx, struct encoder *encoder,
                          const struct sequence *sequences, size_t n,
                          float *out);
/* As encoder_encode, but writes the last layer's vector of every token, not
 * of unit length: the rows of sequence i follow those of sequence i - 1. */
rsc_status encoder_encode_each(struct ctx *ctx, struct encoder *encoder,
                               const struct sequence *sequences, size_t n,
                               float *out);

#endif
