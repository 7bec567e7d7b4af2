/* SPDX-License-Identifier: MIT */
#ifndef RSC_TRANSITION_H
#define RSC_TRANSITION_H

/*
 * What the parser and the entity recogniser share: the table of their
 * actions and the scores of a state. A state shows the model a few tokens,
 * one per slot; each has been multiplied with that slot's weights before:
 *
 *     hidden = max over pieces of (sum over slots of rows[slot] + bias)
 *     scores = upper * hidden + bias
 *
 * Threads: struct transition_model is immutable.
 */

#include "ner/layer.h"

#define TRANSITION_SLOTS 13
#define NO_LABEL         UINT16_MAX

/* Of the parser; the entity recogniser's follow. */
enum action {
    ACTION_SHIFT = 0,
    ACTION_REDUCE,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_BREAK,
    ENTITY_BEGIN = 1,
    ENTITY_IN,
    ENTITY_LAST,
    ENTITY_UNIT,
    ENTITY_OUT,
    ACTIONS,
};

struct transition {
    uint8_t action; /* enum action */
    uint16_t label; /* index, 0 is "" */
};

struct transition_model {
    struct linear project; /* a token's vector -> what lower reads */
    struct linear lower;   /* -> [slots][row] */
    size_t n_slots, pieces;
    size_t units;
    size_t hidden; /* units, rounded up to 16 */
    size_t row;    /* pieces * hidden: floats of one slot of one token */
    const float *lower_bias; /* [row] */
    const float *missing;    /* [slots][row]: no such token */
    struct linear upper;     /* its bias is padded to whole panels */
    struct transition *classes;
    size_t n_classes;
    struct str *labels; /* in the arena */
    size_t n_labels;
};

/* Reads the actions out of a `moves` file and the layers out of a model.
 * is_entity leaves out what an entity recogniser cannot do. */
rsc_status transition_read(struct ctx *ctx, struct transition_model *out,
                           const struct thinc_model *model, struct str moves,
                           const char *moves_file, bool is_entity);

/* Floats of the scores of a state, as transition_scores writes them. */
size_t transition_score_floats(const struct transition_model *self);
/* The scores of all classes: rows has one row per slot and one place more,
 * which is used here; hidden has self->hidden floats. */
void transition_scores(const struct transition_model *self,
                       const struct kernels *kernels, const float **rows,
                       float *hidden, float *scores);

#endif
