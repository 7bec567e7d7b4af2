/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_FACTS_H
#define RSC_JOB_FACTS_H

/*
 * What one sentence of a job asks for: years, a degree, certificates,
 * licences, languages, skills. "A or B" is one requirement with two
 * alternatives; "A, B and C" are three.
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

/* Appends what the sentence asks for; *n is how many were added. Fails with
 * RSC_ENOMEM only. */
rsc_status job_facts_read(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology, size_t *n);
/* Appends one item of a bare list of skills. Fails with RSC_ENOMEM only. */
rsc_status job_facts_item(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology);
/* Months of "3+ years", "two to four years", "18 months"; 0 if none are
 * said. *end, which may be NULL, is set behind them. */
unsigned job_facts_months(struct str sentence, size_t *end);
/* Appends a requirement with label and text, cut to the label's length. */
struct requirement *job_facts_add(struct ctx *ctx, struct requirement_list *out,
                                  const struct job_sentence *s,
                                  enum requirement_kind kind, struct str label);

#endif
