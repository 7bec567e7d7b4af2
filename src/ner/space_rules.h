/* SPDX-License-Identifier: MIT */
#ifndef RSC_SPACE_RULES_H
#define RSC_SPACE_RULES_H

/*
 * What a pipeline's attribute_ruler sets on tokens of white space: in
 * en_core_web_sm the tag "_SP" and the label "dep". Its other rules set
 * attributes that we do not show.
 */

#include "ner/msgpack.h"

/* Views into the file's bytes; STR_NONE where there is no such rule. */
struct space_rules {
    struct str tag;
    struct str dep; /* in place of a label that the parser gave */
};

/* Reads the component's file `patterns`. Fails with RSC_EFORMAT. */
rsc_status space_rules_read(struct ctx *ctx, struct space_rules *out,
                            struct str bytes, const char *file);

#endif
