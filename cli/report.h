/* SPDX-License-Identifier: MIT */
#ifndef RSC_REPORT_H
#define RSC_REPORT_H

/*
 * A ranking as files for people: a table for spreadsheets (CSV, XLSX) and a
 * page for browsers and printers (HTML, all in one file, without scripts), and
 * a few candidates side by side on the terminal.
 */

#include "rank.h"

/* One row per candidate; where all have the same job, the points of each
 * requirement and what they are out of. Cells that a spreadsheet would run as
 * formulas are text. */
void report_write_csv(struct buf *out, struct ranking *ranking, size_t top);
/* The table, then every candidate with a bar per requirement, its evidence
 * and its reason. */
void report_write_html(struct buf *out, struct ranking *ranking, size_t top);
/* Writes an XLSX file: the ranking, and all requirements with their evidence.
 * Fails with RSC_EIO. */
rsc_status report_write_xlsx(struct ctx *ctx, const char *path,
                             struct ranking *ranking, size_t top);
/* Prints the best 2 to 5, requirement by requirement. */
void report_print_compare(struct ranking *ranking);

#endif
