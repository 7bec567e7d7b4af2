/* SPDX-License-Identifier: MIT */
#ifndef RSC_SCORE_H
#define RSC_SCORE_H

/*
 * The score: points per requirement that add up to the total exactly, each
 * with the sentence that earned them. A pure function of its inputs: vectors
 * and the as-of date come in as data; no I/O, no clock, no libm.
 *
 *     requirement -> evidence (exact, alias, words, related, meaning, facts)
 *                 -> credit, 0 to 1000
 *                 -> points = its weight x credit; total = sum of the points
 *
 * Points and weights are integers in hundredths: the total is 0 to 10000. A
 * requirement that cannot be judged is "not assessed": its weight goes to the
 * others, and coverage and the range say what that could change.
 *
 * Matching reads sentence.blind only, so who the person is changes nothing.
 * docs/scoring.md explains the rules, data/scoring.ini holds the numbers.
 */

#include "parse/job.h"
#include "score/score_config.h"

/* Of the JSON that tells a score; see docs/result.schema.json. */
#define RESULT_VERSION 1

struct score_input {
    const struct resume *resume;
    const struct job *job;
    const struct ontology *ontology;
    const struct score_config *config;
    /* Unit vectors, row after row, of job->requirements[i].text and of
     * resume->sentences[i].blind; both NULL when no model is there. */
    const float *job_vectors;
    const float *resume_vectors;
    size_t dim;
    /* What-if: skills that are taken as named once; NULL for none. */
    const uint32_t *assumed;
    size_t n_assumed;
    bool entities_missing; /* they were asked for, and no pipeline is there */
};

enum match_how {
    MATCH_NONE,
    MATCH_EXACT,
    MATCH_ALIAS,
    MATCH_WORDS,    /* all its words stand in one sentence */
    MATCH_PART,     /* half of its words or more do: partial credit */
    MATCH_RELATED,  /* by a relation of the ontology: partial credit */
    MATCH_MEANING,  /* by the vectors: partial credit */
    MATCH_FIELD,    /* another skill of the same line of work */
    MATCH_COMPUTED, /* years, degree level: from the parsed facts */
    MATCH_ASSUMED,  /* what-if only */
    MATCH_HOWS
};

struct evidence {
    uint32_t sentence; /* in resume->sentences, or UINT32_MAX */
    struct span span;  /* in the resume's text; empty for MATCH_ASSUMED */
    struct str text;   /* what stands there, blind; empty as span */
    enum match_how how;
    uint32_t skill;      /* RELATED, FIELD: the one that was found */
    uint16_t confidence; /* 0 to 1000 */
    uint16_t cosine;     /* in thousandths; 0 where not by meaning */
    uint32_t role;       /* whose dates it carries, or UINT32_MAX */
};

/* What a credit is made of where sentences support it; docs/scoring.md has the
 * formula. Parts of one are in thousandths. */
struct credit_parts {
    uint32_t best; /* of the best sentence; 0 for a line of work */
    uint32_t most; /* what the way of matching earns at its best; 0: no parts */
    uint32_t places;    /* roles, and all outside of roles as one */
    uint32_t sentences; /* each by its strength, in thousandths */
};

struct requirement_score {
    bool assessed;
    bool met;        /* credit reaches the configured part of a full one */
    uint32_t weight; /* share of the total in hundredths, 0 if not assessed */
    uint32_t points; /* 0 to weight */
    uint32_t credit; /* 0 to 1000: points / weight */
    struct credit_parts parts;
    enum match_how how;        /* of the best evidence */
    struct evidence *evidence; /* best first, distinct sentences */
    size_t n_evidence;         /* shown; at most the configured number */
    uint32_t support;          /* distinct sentences that support it, in all */
    struct str reason;      /* one sentence: why these points, or why unknown */
    unsigned months;        /* of use, from dated roles; 0 if unknown */
    struct month last_used; /* year 0 if unknown */
};

/* Something that the reader of a score must know; code is stable. */
struct score_warning {
    const char *code; /* "hidden_text", "job_text_copied", ... */
    struct str text;  /* one sentence */
};

struct score {
    uint32_t total;         /* sum of the points */
    uint32_t low, high;     /* what the missing part could make of it */
    uint32_t coverage;      /* hundredths of the job that was assessed */
    struct str band;        /* "strong match", ... */
    struct str band_reason; /* why the band is capped; empty where it is not */
    struct requirement_score *requirements; /* one per job requirement */
    size_t n_requirements;
    struct score_warning *warnings;
    size_t n_warnings;
};

/* Fails with RSC_EINVALID where no requirement can be assessed or the resume
 * is no resume (the message says why), and with RSC_ENOMEM. */
rsc_status score_run(struct ctx *ctx, struct score *out,
                     const struct score_input *in);

/* "exact", "alias", ... */
const char *match_how_name(enum match_how how);

#endif
