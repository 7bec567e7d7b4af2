/* SPDX-License-Identifier: MIT */
#ifndef RSC_CSV_H
#define RSC_CSV_H

/*
 * Comma-separated values as RFC 4180 has them: read a table that a person
 * made, write one that a spreadsheet opens safely.
 */

#include "base/ctx.h"

#define CSV_COLUMNS 32
#define CSV_ROWS    ((size_t)200000)

struct csv {
    struct str *cells; /* [rows][columns], the head first */
    size_t n_rows, n_columns;
};

/* Reads text into cells without their quotes; shorter rows are filled with
 * empty cells. Fails with RSC_EFORMAT, naming the line, where a quote is
 * damaged or a row has more cells than the head, RSC_ELIMIT above CSV_COLUMNS
 * or CSV_ROWS, and RSC_ENOMEM. */
rsc_status csv_read(struct ctx *ctx, struct csv *out, struct str text,
                    const char *name);
struct str csv_cell(const struct csv *csv, size_t row, size_t column);
/* Index of the column with this head, without case, or SIZE_MAX. */
size_t csv_find(const struct csv *csv, struct str head);

/* Appends one cell, with a comma before it unless it is the first of its row.
 * A cell that a spreadsheet would run as a formula is kept as text by an
 * apostrophe before it. */
void csv_put(struct buf *out, struct str cell, bool is_first);

#endif
