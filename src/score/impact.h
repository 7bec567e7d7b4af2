/* SPDX-License-Identifier: MIT */
#ifndef RSC_IMPACT_H
#define RSC_IMPACT_H

/*
 * Adverse impact: do groups of people come out of the same ranking with
 * different rates? Figures as New York City Local Law 144 (6 RCNY 5-301)
 * defines them: the selection rate, or for scores the scoring rate (the share
 * of a group above the sample's median), and the impact ratio (a group's rate
 * by the best group's). A ratio under four fifths (29 CFR 1607.4) is flagged.
 *
 * The groups come in a separate table, which no scorer ever sees. These are
 * figures for a person to read; they are no audit and no verdict.
 */

#include "base/csv.h"
#include "parse/job.h"

struct json;

#define IMPACT_KINDS 9 /* as enum requirement_kind */

struct impact_candidate {
    struct str id;  /* file name of the resume */
    uint32_t total; /* hundredths */
    bool has[IMPACT_KINDS];
    uint32_t points[IMPACT_KINDS];
};

struct impact_options {
    uint32_t cut; /* selected from this total on; 0: not by a cut */
    unsigned top; /* the n best are selected; 0: not by rank */
};

struct impact_line {
    struct str measure; /* "selection", "scoring", "scoring: skill" */
    struct str column;  /* "sex", "sex x race_ethnicity" */
    struct str group;   /* "Female" */
    uint32_t n, passed;
    uint32_t rate;    /* thousandths */
    uint32_t ratio;   /* thousandths; 0 where has_ratio is false */
    bool has_ratio;   /* not left out, and somebody passed in some group */
    bool is_left_out; /* under 2 % of the sample: in no ratio */
    bool is_small;    /* under 30 people: the rate says little */
    bool is_below;    /* ratio under four fifths */
    bool is_chance;   /* the difference to the best could be chance (95 %) */
};

struct impact_unknown {
    struct str column;
    uint32_t n; /* people without an entry, in no group */
};

struct impact {
    uint32_t n_candidates; /* with a result */
    uint32_t n_unmatched;  /* results without a row in the table */
    uint32_t median;       /* of the totals */
    struct impact_line *lines;
    size_t n_lines;
    struct impact_unknown *unknown;
    size_t n_unknown;
};

/* groups has a column "id" (or "file") with the ids, and one per attribute.
 * Fails with RSC_EINVALID where that is missing or nothing matches, and
 * RSC_ENOMEM. */
rsc_status impact_run(struct ctx *ctx, struct impact *out,
                      const struct impact_candidate *candidates, size_t n,
                      const struct csv *groups,
                      const struct impact_options *options);
void impact_write_text(struct buf *out, const struct impact *impact);
void impact_write_json(struct json *j, const struct impact *impact);
/* Reads the candidates from the results' JSON: an array of results, an object
 * with "results", or one result per line. Fails with RSC_EFORMAT and
 * RSC_ENOMEM. */
rsc_status impact_read_results(struct ctx *ctx, struct impact_candidate **out,
                               size_t *n, struct str json);

#endif
