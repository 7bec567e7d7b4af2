/* SPDX-License-Identifier: MIT */
#ifndef RSC_TAGGER_H
#define RSC_TAGGER_H

/* Fine-grained tags out of the shared vectors: the label with the highest
 * output of one linear layer. Entities do not need them. */

#include "ner/layer.h"

struct tagger {
    struct linear layer;
    struct str *labels; /* in the order of the outputs */
    size_t n_labels;
    uint16_t space; /* of white space, whatever the layer says, or NO_TAG */
};

#define NO_TAG UINT16_MAX

/* cfg is the component's JSON file, which has the labels. */
rsc_status tagger_read(struct ctx *ctx, struct tagger *out,
                       const struct thinc_model *model, struct str cfg,
                       const char *cfg_file);

/* Gives white space this tag. Called once, before anything runs. */
void tagger_set_space(struct tagger *self, struct str tag);

/* The tags of n tokens; vectors [n][layer.k], scores [layer.n] is scratch. */
void tagger_run(const struct tagger *self, const struct kernels *kernels,
                const float *vectors, size_t n, float *scores, uint16_t *tags);

#endif
