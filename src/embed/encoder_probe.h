/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_PROBE_H
#define RSC_ENCODER_PROBE_H

/*
 * What the inputs of the quantised products look like: the model runs in f32
 * over calibration texts and the greatest magnitude of every channel is kept.
 * Vectors in f32 are the same bytes on every processor, so these are, too,
 * and a pack does not depend on the machine that made it.
 */

#include "embed/encoder_convert.h"

/* out [layers][2 * hidden + inner]: inputs of QKV, FFN1 and FFN2, in the
 * arena. `f32` is the model's pack in f32. */
rsc_status encoder_probe(struct ctx *ctx, float **out, const struct pack *f32,
                         const struct sequence *texts, size_t n);

#endif
