/* SPDX-License-Identifier: MIT */
#ifndef RSC_PIPELINE_CONFIG_H
#define RSC_PIPELINE_CONFIG_H

/* What a pipeline's config.cfg says: which components run, in which order.
 * Everything that would change tokens, sentences or entities and that we do
 * not run is refused by name. */

#include "base/ctx.h"

struct pipeline_config {
    struct str tok2vec, tagger, parser, ner, ruler; /* folder, or STR_NONE */
    bool ner_sees_sentences;                 /* the parser runs before it */
    bool ruler_sees_tags, ruler_sees_labels; /* the others run before it */
};

/* Copies what it keeps into ctx's arena. `name` is for messages. */
rsc_status pipeline_config_read(struct ctx *ctx, struct pipeline_config *out,
                                struct str text, const char *name);

/* Checks the cfg file of a parser or entity recogniser: no beam search. */
rsc_status pipeline_check_cfg(struct ctx *ctx, struct str text,
                              const char *name);

#endif
