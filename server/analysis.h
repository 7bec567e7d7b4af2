/* SPDX-License-Identifier: MIT */
#ifndef RSC_ANALYSIS_H
#define RSC_ANALYSIS_H

/*
 * One resume against one job, for all routes that score: from bytes to JSON,
 * through the cache of whole answers.
 */

#include "request.h"

struct analysis {
    struct str resume; /* bytes of a file, or text */
    struct str job;    /* the same */
    bool job_is_file;  /* else text of the fields */
    bool resume_is_text;
    struct str title, industry, weights, require, what_if, as_of;
    struct str resume_name, job_name; /* labels */
    bool translate;
    bool entities;    /* list those of the resume */
    bool is_original; /* the original's fields; else the one contract */
};

/* Today, or rq's "as_of", as "2026-11-23". */
struct str analysis_today(struct ctx *ctx);
void analysis_key(struct cache_key *out, struct server *server,
                  const struct analysis *a);
/* From the memory, or the store. */
bool analysis_find(struct ctx *ctx, struct str *out, struct server *server,
                   const struct cache_key *key);
/* Computes and keeps the answer. `out` lives in ctx's arena. On a worker. */
rsc_status analysis_run(struct ctx *ctx, struct str *out, struct request *rq,
                        const struct analysis *a, const struct cache_key *key,
                        rsc_error *err);
/* The job of the original's fields, one text. data NULL where all are empty;
 * values come by name through `text`. */
struct str analysis_job_text(struct request *rq);

#endif
