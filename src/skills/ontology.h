/* SPDX-License-Identifier: MIT */
#ifndef RSC_ONTOLOGY_H
#define RSC_ONTOLOGY_H

/*
 * The skill ontology: names, aliases, kinds, fields of work and relations.
 *
 * Compiled from data/skills/ at build time into one read-only table that is
 * part of the library; a user's own file is compiled together with it at
 * open. Immutable after open, shared among threads without locks.
 */

#include "base/ctx.h"

enum skill_kind {
    SKILL_HARD,
    SKILL_SOFT,
    SKILL_TOOL,
    SKILL_LANGUAGE, /* spoken */
    SKILL_CERTIFICATE,
};

enum skill_relation {
    RELATION_PART_OF,     /* React Router -> React */
    RELATION_KIND_OF,     /* PostgreSQL -> relational database */
    RELATION_ALTERNATIVE, /* MySQL <-> PostgreSQL */
    RELATION_RELATED,
};

struct skill_link {
    uint32_t skill; /* index of the other one */
    enum skill_relation relation;
};

struct ontology;

/* Opens the built-in table and, where own is not empty, the user's text in
 * the format of data/skills (docs/ontology.md). `name` is for messages. Fails
 * with RSC_EFORMAT, naming the line, or RSC_ENOMEM. Freed by
 * ontology_close. */
rsc_status ontology_open(struct ctx *ctx, struct ontology **out,
                         struct mem *mem, struct str own, const char *name);
void ontology_close(struct ontology *ontology);

/* All texts that are returned have a NUL behind them. */
size_t ontology_count(const struct ontology *ontology);
struct str ontology_name(const struct ontology *ontology, uint32_t skill);
enum skill_kind ontology_kind(const struct ontology *ontology, uint32_t skill);
/* "Databases", "Patient care": a group inside of a field. */
struct str ontology_category(const struct ontology *ontology, uint32_t skill);
/* "software", "nursing", ...: the field of work. */
struct str ontology_field(const struct ontology *ontology, uint32_t skill);
/* "Software development", "Nursing and care", ...: the same for people. */
struct str ontology_field_title(const struct ontology *ontology,
                                uint32_t skill);
/* Aliases besides the name. */
size_t ontology_alias_count(const struct ontology *ontology, uint32_t skill);
struct str ontology_alias(const struct ontology *ontology, uint32_t skill,
                          size_t i);
/* The links of a skill, borrowed, and their number: closest relation first.
 * "Part of" and "kind of" stand with the part and the kind only; the other two
 * stand on both sides. */
const struct skill_link *ontology_links(const struct ontology *ontology,
                                        uint32_t skill, size_t *n);
/* Looks a name, an alias or a variant of one up, without case ("node js",
 * "NODE.JS"); UINT32_MAX when unknown. */
uint32_t ontology_find(const struct ontology *ontology, struct str name);
/* 16 hexadecimal digits that change with any change of the content. */
struct str ontology_hash(const struct ontology *ontology);
/* "hard", "soft", "tool", "language", "certificate". */
const char *skill_kind_name(enum skill_kind kind);
/* "part of", "kind of", "alternative to", "related to". */
const char *skill_relation_name(enum skill_relation relation);

#endif
