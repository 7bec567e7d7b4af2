/* SPDX-License-Identifier: MIT */
#ifndef RSC_RESULT_COMPARE_H
#define RSC_RESULT_COMPARE_H

/*
 * Two results of the same question side by side: is it the same number, and
 * if not, what made it another one? What stands in the provenance comes
 * first, since it explains the rest. Names of files are labels and are not
 * compared.
 */

#include "base/ctx.h"

struct result_difference {
    struct str path; /* "provenance.model.hash", "requirements[3].points" */
    struct str old_value, new_value; /* as JSON; "nothing" where absent */
};

struct result_comparison {
    bool same_total;
    bool same_inputs; /* the provenance is equal */
    struct result_difference *items;
    size_t n_items; /* shown: at most RESULT_DIFFERENCES */
    size_t n_all;
};

#define RESULT_DIFFERENCES 100

/* old_json is a saved result, new_json a fresh one. Fails with RSC_EFORMAT
 * where one is no result of version 1, and RSC_ENOMEM. */
rsc_status result_compare(struct ctx *ctx, struct result_comparison *out,
                          struct str old_json, struct str new_json);
/* What a fresh run needs to repeat a saved result; empty, never NULL, where it
 * was not set, and NUL-terminated. */
struct result_question {
    struct str as_of, weights, require, what_if, job_title;
    bool entities, parse_entities;
    struct str resume_sha256, job_sha256; /* of the files */
};

/* Fails as result_compare. */
rsc_status result_question_read(struct ctx *ctx, struct result_question *out,
                                struct str json);
/* Appends the comparison in plain words. */
void result_comparison_write(struct buf *out,
                             const struct result_comparison *comparison);

#endif
