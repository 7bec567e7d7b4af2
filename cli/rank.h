/* SPDX-License-Identifier: MIT */
#ifndef RSC_RANK_H
#define RSC_RANK_H

/* What `rank` gathers, and the forms it can be written in. */

#include "setup.h"

struct candidate {
    const char *path;
    rsc_result *result; /* NULL where it failed */
    rsc_error err;      /* why, where it failed */
    rsc_summary summary;
    size_t place; /* from 1; equal totals share one */
    /* The places under slightly other weights: overlaps are ties. */
    size_t best, worst;
};

struct ranking {
    struct candidate *items; /* best first, failed ones last */
    size_t n, n_failed;
    size_t n_requirements; /* the same for all; 0 where the jobs differ */
    const char *job_title; /* "" where none was found */
};

void rank_print_table(const struct ranking *ranking, size_t top);
/* One JSON object: {"job_title", "results": [...], "failed": [...]}. */
void rank_write_json(struct buf *out, const struct ranking *ranking,
                     size_t top);

#endif
