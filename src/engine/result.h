/* SPDX-License-Identifier: MIT */
#ifndef RSC_RESULT_H
#define RSC_RESULT_H

/*
 * A result: the JSON and what a table shows of it, copied into memory of its
 * own, so that it outlives the document, the job and the engine.
 */

#include "engine/engine.h"
#include "score/what_if.h"

struct rsc_result {
    struct mem mem;
    struct ctx ctx;
    struct str json, analyze, sheet;
    rsc_summary summary;
    rsc_requirement *requirements;
    rsc_what_if *what_ifs;
    const char **warnings;
};

/* A result without content, or NULL with err filled; freed by
 * rsc_result_free. */
rsc_result *result_new(rsc_error *err);
/* Fills result from a score that lives in another context. */
rsc_status result_fill(struct rsc_result *result,
                       const struct score_input *input,
                       const struct score *score,
                       const struct what_ifs *what_ifs, struct str json);

#endif
