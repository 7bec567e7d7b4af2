/* SPDX-License-Identifier: MIT */
#ifndef RSC_SKILL_MATCH_H
#define RSC_SKILL_MATCH_H

/*
 * Finds the ontology's skills in a text, in one pass over it for all aliases.
 * Boundary-safe: Java is not in JavaScript, C is not in C++, git is not in
 * digital, Go is not in Go-to-market. Hits do not overlap: the longest wins.
 */

#include "skills/ontology.h"
#include "text/span.h"

enum skill_how {
    SKILL_BY_NAME,    /* its name as written in the ontology */
    SKILL_BY_ALIAS,   /* one of its aliases */
    SKILL_BY_VARIANT, /* plural, hyphen, spacing or spelling variant */
};

enum skill_stance {
    STANCE_HELD,
    STANCE_NEGATED, /* "no experience with Rust" */
    STANCE_WISHED,  /* "want to learn Rust" */
};

struct skill_hit {
    struct span span;
    uint32_t skill;
    enum skill_how how;
    enum skill_stance stance;
};

struct skill_hits {
    struct skill_hit *items;
    size_t len, cap;
};

/* Appends the hits in text, in order. Ambiguous names ("go", "r", "excel")
 * count only where their context supports them. Fails with RSC_ENOMEM only. */
rsc_status skill_match(struct ctx *ctx, struct skill_hits *hits,
                       const struct ontology *ontology, struct str text);

#endif
