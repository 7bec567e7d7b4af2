/* SPDX-License-Identifier: MIT */
#ifndef RSC_SUPPORT_H
#define RSC_SUPPORT_H

/*
 * The sentences that support one requirement, each with how and how well: by
 * name, alias, words, relation or meaning. Repeats, copies of the job and
 * what is said not to be held are not among them.
 */

#include "score/features.h"

struct support {
    uint32_t sentence; /* UINT32_MAX for an assumed skill */
    enum match_how how;
    uint32_t skill;               /* RELATED: the skill that was found */
    enum skill_relation relation; /* RELATED: of it to the wanted one */
    uint16_t credit;   /* what it would earn alone as the best, 0 to 1000 */
    uint16_t strength; /* how much of a sentence it counts for, 0 to 1000 */
    uint16_t cosine;
};

struct supports {
    struct support *items; /* in the order of the sentences */
    size_t len, cap;
};

/* Which ways of matching a kind of requirement allows. */
enum support_ways {
    BY_NAME = 1,
    BY_WORDS = 2,
    BY_RELATION = 4,
    BY_MEANING = 8,
};

/* Appends what supports any of the skills (or, with n_skills 0, the label) of
 * requirement `r`; at most one entry per sentence, its best. Fails with
 * RSC_ENOMEM only. */
rsc_status support_find(struct ctx *ctx, struct supports *out,
                        const struct features *f, size_t r,
                        const uint32_t *skills, size_t n_skills, unsigned ways);
/* Distinct sentences among them; all bare mentions count as one. */
uint32_t support_count(const struct features *f, const struct supports *s);
/* The same with each sentence counted by its strength, in thousandths. */
uint32_t support_weight(const struct features *f, const struct supports *s);
/* Distinct places that support clearly: roles, and all that stands outside of
 * roles as one; mere lists are none. */
uint32_t support_places(const struct features *f, const struct supports *s);
/* Whether how is a name, an alias or the words themselves. */
bool how_is_named(enum match_how how);
/* How sure a match is, 0 to 1000. */
uint16_t support_confidence(const struct score_config *config,
                            enum match_how how, uint16_t cosine);

#endif
