/* SPDX-License-Identifier: MIT */
#ifndef RSC_SHEET_H
#define RSC_SHEET_H

/*
 * The candidate's sheet: the same facts as the result, in plain language and
 * spoken to the person whom they are about: what was found, what was not,
 * what was not assessed, what can be done, how to have it corrected.
 */

#include "score/result_json.h"

/* Appends the sheet as plain text in 78 columns. Fails with RSC_ENOMEM only;
 * out is sticky as every buffer. */
rsc_status sheet_write(struct ctx *ctx, struct buf *out,
                       const struct result_input *in);

#endif
