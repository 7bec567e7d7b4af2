/* SPDX-License-Identifier: MIT */
#ifndef RSC_REDACT_H
#define RSC_REDACT_H

/* A blind copy of a resume: what says who the person is is replaced by what
 * it was. */

#include "parse/resume.h"

struct redact_counts {
    size_t of[PERSONAL_OTHER + 1]; /* by enum personal_kind */
    size_t all;
};

/* Appends the text with "[name]", "[e-mail]" ... in place of each personal
 * span. */
void redact_write(struct buf *out, struct redact_counts *counts,
                  const struct resume *resume);
/* "name", "e-mail", ... */
const char *personal_kind_name(enum personal_kind kind);

#endif
