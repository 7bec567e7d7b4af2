/* SPDX-License-Identifier: MIT */
#ifndef RSC_ONTOLOGY_SOURCE_H
#define RSC_ONTOLOGY_SOURCE_H

/*
 * The text format of the ontology (docs/ontology.md), read into lists that
 * ontology_build.h links and compiles:
 *
 *     @field software = Software development; near: data, cloud
 *     [Programming languages] kind: hard; context: programming, developer
 *     Python = Python 3, CPython
 *     "Go"? = Golang; related: Kubernetes
 *
 * Everything lives in the arena of the ctx and points into the texts.
 */

#include "base/vec.h"
#include "skills/ontology.h"

enum name_flag {
    NAME_CASE = 1,    /* "Go": only as written */
    NAME_CONTEXT = 2, /* Go?: only where the context supports it */
    NAME_VERB = 4,    /* to plan: in all forms of the verb */
    NAME_EXACT = 8,   /* no plural of it; set by the builder */
    NAME_OWN = 16,    /* of the user's text */
    NAME_ACRONYM =
        32, /* KPI: KPIs is its plural, ETCS is none; by the builder */
};

/* Phrases that are no skills but tell something about those around them. */
enum cue {
    CUE_NONE,
    CUE_NEVER,        /* "go to market": hides the skill inside */
    CUE_NEGATE,       /* "no experience with": what follows is not held */
    CUE_WISH,         /* "want to learn": what follows is not held yet */
    CUE_NEGATE_AFTER, /* "not required": what stands before is not held */
    CUE_WISH_AFTER,   /* "(learning)" */
    CUE_CONTRAST,     /* "but": ends the reach of the above */
    CUE_COMMON,       /* not matched: words that need a context mark */
    CUES
};

struct source_name {
    struct str text; /* without its marks */
    unsigned flags;
    struct source_name *next;
};

struct source_link {
    enum skill_relation relation;
    struct str target;
    uint32_t line;
    struct source_link *next;
};

struct source_field {
    struct str id, title;
    struct source_name *near;
    uint32_t line;
};

struct source_group {
    struct str title;
    uint32_t field;
    enum skill_kind kind;
    bool alternatives; /* its skills are alternatives to each other */
    struct source_link *links;
    struct source_name *context;
};

struct source_skill {
    struct source_name name;     /* next: the aliases */
    struct source_link *links;   /* latest first */
    struct source_name *context; /* latest first */
    uint32_t group;
    enum skill_kind kind;
    bool own;
    uint32_t file, line;
};

struct source_cue {
    struct str text;
    enum cue cue;
};

struct ontology_source {
    VEC(struct source_field) fields;
    VEC(struct source_group) groups;
    VEC(struct source_skill) skills;
    VEC(struct source_cue) cues;
    VEC(struct str) files; /* names, for messages */
};

/* Appends what text says. `own` marks a user's text: it may name a skill
 * that is there already, to add to it. Fails with RSC_EFORMAT, naming the
 * line, RSC_ELIMIT and RSC_ENOMEM. */
rsc_status ontology_source_add(struct ctx *ctx, struct ontology_source *source,
                               struct str text, const char *name, bool own);
/* "FILE:LINE: MESSAGE" as RSC_EFORMAT. */
rsc_status ontology_source_fail(struct ctx *ctx,
                                const struct ontology_source *source,
                                uint32_t file, uint32_t line,
                                const char *message, struct str what);

#endif
