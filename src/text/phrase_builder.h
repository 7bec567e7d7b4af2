/* SPDX-License-Identifier: MIT */
#ifndef RSC_PHRASE_BUILDER_H
#define RSC_PHRASE_BUILDER_H

/* Builds the tables of phrases.h. All memory is of the ctx's arena; start
 * from zeros. The same calls give the same bytes. */

#include "text/intern.h"
#include "text/phrases.h"

#define PHRASE_WORDS_MAX 12

struct phrase_pattern {
    uint32_t first, n; /* in words */
    uint32_t rank, value;
};

struct phrase_builder {
    struct intern tokens; /* canonical form -> token - 1 */
    struct intern forms;
    VEC(uint32_t) form_token; /* by form */
    VEC(uint32_t) words;
    VEC(struct phrase_pattern) patterns;
};

/* The token of a folded word; its other forms are made known with it. */
rsc_status phrase_builder_word(struct ctx *ctx, struct phrase_builder *b,
                               struct str fold, uint32_t *token);
/* Adds a phrase of 1 to PHRASE_WORDS_MAX tokens. Of several values of one
 * phrase the lower rank comes first, then the lower value. */
rsc_status phrase_builder_add(struct ctx *ctx, struct phrase_builder *b,
                              const uint32_t *tokens, size_t n,
                              struct phrase_pattern pattern);
/* Fills out with arrays in the arena. */
rsc_status phrase_builder_finish(struct ctx *ctx, struct phrase_builder *b,
                                 struct phrases *out);

#endif
