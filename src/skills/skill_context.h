/* SPDX-License-Identifier: MIT */
#ifndef RSC_SKILL_CONTEXT_H
#define RSC_SKILL_CONTEXT_H

/*
 * Decides whether a name that could be the skill stands where the skill is
 * meant: near other skills of its field, in a list, or beside words such as
 * "programming". Also where nothing counts: e-mail addresses and links.
 */

#include "ontology_table.h"
#include "skill_match.h"

/* A hit before its context was looked at. */
struct candidate {
    struct skill_hit hit;
    uint32_t alias;
    uint32_t node;  /* of the phrase, for its other values */
    bool uncertain; /* its alias needs context */
    bool loose;     /* written in another case than its alias */
    bool dropped;
};

struct candidates {
    struct candidate *items;
    size_t len, cap;
};

/* False where the span is part of an address, a link or a longer name. */
bool context_allows(struct str text, struct span span, bool uncertain);
/* True where the span may be the code of a state or province: "Laval, QC". */
bool context_is_place(struct str text, struct span span);
/* True where the text around candidate i supports its alias. */
bool context_supports(const struct ontology *ontology, struct str text,
                      const struct candidates *all, size_t i);

#endif
