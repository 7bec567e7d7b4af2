/* SPDX-License-Identifier: MIT */
#ifndef RSC_SCORE_H
#define RSC_SCORE_H

/*
 * The score: points per requirement that add up to the total exactly, each
 * with the sentence that earned them. A pure function of its inputs: vectors
 * and the as-of date come in as data; no I/O, no clock, no libm.
 *
 * Points are integers in hundredths: the total is 0 to 10000.
 */

#include "parse/job.h"

struct score_input {
    const struct resume *resume;
    const struct job *job;
    const struct ontology *ontology;
    /* Unit vectors, row after row, of job->requirements[i].text and of
     * resume->sentences[i].blind; both NULL when no model is there. */
    const float *job_vectors;
    const float *resume_vectors;
    size_t dim;
};

enum match_how {
    MATCH_NONE,
    MATCH_EXACT,
    MATCH_ALIAS,
    MATCH_RELATED,  /* by a relation of the ontology: partial credit */
    MATCH_MEANING,  /* by the vectors: partial credit */
    MATCH_COMPUTED, /* years, degree level: from the parsed facts */
};

struct evidence {
    uint32_t sentence; /* in resume->sentences, or UINT32_MAX */
    struct span span;  /* in the resume's text: what matched */
    enum match_how how;
    uint16_t confidence; /* 0 to 1000 */
    uint32_t role;       /* whose dates it carries, or UINT32_MAX */
};

struct requirement_score {
    bool assessed;
    uint32_t weight; /* share of the total in hundredths, 0 if not assessed */
    uint32_t points; /* 0 to weight */
    struct evidence *evidence; /* best first */
    size_t n_evidence;
    struct str reason; /* one sentence: why these points, or why unknown */
    unsigned months;   /* of use, from dated roles; 0 if unknown */
    struct month last_used;
};

struct score {
    uint32_t total;     /* sum of the points */
    uint32_t low, high; /* what the missing part could make of it */
    uint32_t coverage;  /* hundredths of the job that was assessed */
    struct str band;    /* "strong match", ... */
    struct requirement_score *requirements; /* one per job requirement */
    size_t n_requirements;
};

rsc_status score_run(struct ctx *ctx, struct score *out,
                     const struct score_input *in);

#endif
