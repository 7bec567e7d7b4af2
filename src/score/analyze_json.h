/* SPDX-License-Identifier: MIT */
#ifndef RSC_ANALYZE_JSON_H
#define RSC_ANALYZE_JSON_H

/*
 * A result in the fields of the original /analyze, for its clients: nothing
 * is computed here that the result does not hold. Text is blind as
 * everywhere; years of degrees are personal, so education.dates is empty.
 * docs/scoring.md lists the fields and what stands behind each.
 */

#include "score/result_json.h"

struct analyze_options {
    struct str job_title; /* wins over the title in the job; may be empty */
    struct str industry_override; /* wins over the detected one; may be empty */
    bool translate; /* asked for, which gives a warning: we do not */
};

/* Writes one JSON object. Fails with RSC_ENOMEM only; j is sticky. */
rsc_status analyze_json_write(struct ctx *ctx, struct json *j,
                              const struct result_input *in,
                              const struct analyze_options *options);

#endif
