/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENTITY_H
#define RSC_ENTITY_H

/*
 * The entity recogniser: one action per token from left to right, begin, in,
 * last, unit or out. An entity never goes over a sentence start and never
 * begins with white space.
 */

#include "ner/tok2vec.h"
#include "ner/transition.h"

struct entity {
    uint32_t first, end; /* tokens */
    struct str label;
};

struct entities {
    struct entity *items;
    size_t len, cap;
};

rsc_status entity_model_read(struct ctx *ctx, struct transition_model *out,
                             const struct thinc_model *model, struct str moves,
                             const char *moves_file);

/* Where the vectors of the tokens come from, block by block. */
struct entity_source {
    /* Its own layers, or NULL: then hidden has them all. */
    struct tok2vec_run *tok2vec;
    const float *hidden; /* [n][project.n], behind project */
};

/* sent_start has 1 where a sentence starts; NULL where nothing is known. */
rsc_status entities_run(struct ctx *ctx, const struct transition_model *self,
                        const struct kernels *kernels,
                        const struct token_list *tokens,
                        const int8_t *sent_start,
                        const struct entity_source *source,
                        struct entities *out);

#endif
