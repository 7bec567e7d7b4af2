/* SPDX-License-Identifier: MIT */
#ifndef RSC_ONTOLOGY_LINK_H
#define RSC_ONTOLOGY_LINK_H

/* Between reading and compiling: skills that stand twice are joined, names in
 * relations become numbers, and mistakes are found. */

#include "skills/ontology_source.h"
#include "text/intern.h"

struct linked_relation {
    uint32_t from, to;
    enum skill_relation relation;
};

struct linked {
    /* The skills that remain; their place here is their number. */
    VEC(struct source_skill *) skills;
    /* Sorted by from, then relation, then to. */
    VEC(struct linked_relation) relations;
    struct intern names;         /* canonical keys of names and aliases */
    VEC(uint32_t) skill_of_name; /* by number in names */
};

/* Fails with RSC_EFORMAT, naming the line, and RSC_ENOMEM. */
rsc_status ontology_link(struct ctx *ctx, struct linked *out,
                         struct ontology_source *source);
/* The words of a name in canonical form with one space between; data is NULL
 * when out of memory. */
struct str ontology_key(struct ctx *ctx, struct str name);

#endif
