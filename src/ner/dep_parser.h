/* SPDX-License-Identifier: MIT */
#ifndef RSC_DEP_PARSER_H
#define RSC_DEP_PARSER_H

/*
 * The dependency parser: arc-eager transitions that can also begin a new
 * sentence. What the entity recogniser needs of it are the sentence starts.
 *
 * Threads: struct transition_model is shared; everything else belongs to one
 * request.
 */

#include "ner/tok2vec.h"
#include "ner/transition.h"

/* All arrays have one item per token. */
struct parse {
    int32_t *head;      /* head's index minus its own; 0 for a root */
    uint16_t *label;    /* index in labels */
    int8_t *sent_start; /* 1 or -1 */
    const struct str *labels;
};

/* A parser with what is made of its labels once. */
struct dep_parser {
    struct transition_model model;
    /* Of a label "a||b": a, and b to look for; other labels: themselves and
     * NO_LABEL. */
    uint16_t *plain, *wanted;
    uint16_t root;   /* "ROOT" */
    uint16_t subtok; /* "subtok", or NO_LABEL */
    uint16_t space;  /* of white space, whatever the model says, or NO_LABEL */
    struct str *labels;
    size_t n_labels;
};

rsc_status dep_parser_read(struct ctx *ctx, struct dep_parser *out,
                           const struct thinc_model *model, struct str moves,
                           const char *moves_file);

/* Gives white space this label. Called once, before anything runs. */
void dep_parser_set_space(struct dep_parser *self, struct str label);

/* hidden [n][project.n] are the tokens' vectors behind `project`. */
rsc_status dep_parser_run(struct ctx *ctx, const struct dep_parser *self,
                          const struct kernels *kernels,
                          const struct token_list *tokens, const float *hidden,
                          struct parse *out);

#endif
