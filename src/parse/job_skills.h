/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_SKILLS_H
#define RSC_JOB_SKILLS_H

/*
 * The skills that one sentence of a job asks for, as requirements: which of
 * them are alternatives, and how many years of them are wanted.
 */

#include "parse/job.h"

struct requirement_list {
    struct requirement *items;
    size_t len, cap;
};

struct job_sentence {
    struct str text;  /* the sentence */
    struct span span; /* where it stands */
    bool must, required;
    struct str title; /* of the job: its words are no skills */
    bool is_prose;    /* before any heading, no list */
    bool is_duty;     /* it says what is done, not who is wanted */
};

/* Skills without repetition. */
struct skill_set {
    uint32_t *items;
    size_t n;
};

bool skill_set_has(const struct skill_set *set, uint32_t skill);

/* Appends a requirement with the sentence's text and strength; its label is
 * cut to what a table shows. NULL when out of memory. */
struct requirement *job_skills_put(struct ctx *ctx,
                                   struct requirement_list *out,
                                   const struct job_sentence *s,
                                   enum requirement_kind kind,
                                   struct str label);
/* Months of "3+ years", "two to four years", "18 months"; 0 if none are
 * said. *end, which may be NULL, is set behind them. */
unsigned job_skills_months(struct str sentence, size_t *end);
/* The hits in text that are held, without spoken languages; none where
 * ontology is NULL. Fails with RSC_ENOMEM only, as those below. */
rsc_status job_skills_find(struct ctx *ctx, struct skill_hits *hits,
                           const struct ontology *ontology, struct str text);
/* Appends one requirement per skill or group of alternatives. */
rsc_status job_skills_add(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology,
                          const struct skill_hits *hits);
/* Appends the items of "Excel, scheduling, filing" that no hit is in, by their
 * wording; nothing where the sentence is no such list. */
rsc_status job_skills_rest(struct ctx *ctx, struct requirement_list *out,
                           const struct job_sentence *s,
                           const struct skill_hits *hits);
/* Appends the years and takes the hits that they are about out of hits. */
rsc_status job_skills_years(struct ctx *ctx, struct requirement_list *out,
                            const struct job_sentence *s,
                            const struct ontology *ontology,
                            struct skill_hits *hits);

#endif
