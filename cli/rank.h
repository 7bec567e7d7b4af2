/* SPDX-License-Identifier: MIT */
#ifndef RSC_RANK_H
#define RSC_RANK_H

/* What `rank` gathers, and the forms it can be written in. */

#include "rank_paths.h"
#include "rank_state.h"
#include "setup.h"

/* Of a result that may be one of thousands only the numbers are at hand. */
struct candidate {
    const char *path;
    /* For people: the path without the folder that all are in, and of a job
     * its title. */
    const char *name;
    struct sha256_hex sha256;
    const rsc_error *err; /* why it failed, or NULL */
    rsc_summary summary;  /* without job_title and band_reason */
    const rsc_part *parts;
    uint64_t at; /* of the result in the state */
    size_t len;
    size_t place; /* from 1; equal totals share one */
    /* The places under slightly other weights: overlaps are ties. */
    size_t best, worst;
};

struct ranking {
    struct candidate *items; /* best first, failed ones last */
    size_t n, n_failed;
    size_t n_done;         /* before a signal stopped the run */
    bool of_jobs;          /* one resume, and the files are jobs */
    size_t n_requirements; /* the same for all; 0 where the jobs differ */
    const char *job_title; /* "" where none was found or the jobs differ */
    const struct rank_state *state;
    const struct rank_paths *paths;
    rsc_error err; /* of the first result that could not be read back */
};

/* The whole result of a candidate that did not fail; NULL, with the reason in
 * ranking->err, where it cannot be read back. Freed by rsc_result_free. */
rsc_result *rank_result(struct ranking *ranking, size_t i);
/* A kind's name that lives as long as the program. */
const char *rank_kind(const char *name);

void rank_print_table(struct ranking *ranking, size_t top);
/* Prints one JSON object: {"job_title", "results": [...], "failed": [...],
 * "skipped": [...]}. */
void rank_print_json(struct ranking *ranking, struct mem *mem, size_t top);

#endif
