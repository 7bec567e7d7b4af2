/* SPDX-License-Identifier: MIT */
#ifndef RSC_DATES_H
#define RSC_DATES_H

/*
 * Dates as resumes write them: "2018-2020", "06/2019 to 12/2020",
 * "Jan '19 - Present", "Summer 2017", "since 03.2015". "Present" resolves to
 * the as-of date that the caller gives; nothing here reads a clock.
 */

#include "base/ctx.h"
#include "text/span.h"

/* A calendar month; month is 1 to 12, or 0 where only the year is known.
 * year 0 means no date. */
struct month {
    int16_t year;
    int8_t month;
};

struct date_range {
    struct span span; /* where it stands in the text */
    struct month first;
    struct month last; /* the as-of month where is_present */
    bool is_present;
    /* From dates_scan only: impossible (a typing error), or after as_of. */
    bool is_refused;
};

struct date_ranges {
    struct date_range *items;
    size_t len, cap;
};

/* Appends every date range in text, in order; a single date is a range whose
 * ends are equal. Ranges that end before they start, or lie more than 80
 * years back or after as_of, are left out; one that has begun and ends in the
 * next six years lasts until as_of and is_present. Fails with RSC_ENOMEM
 * only. */
rsc_status dates_find(struct ctx *ctx, struct date_ranges *out, struct str text,
                      struct month as_of);
/* As dates_find, with the refused ranges in their places and marked. */
rsc_status dates_scan(struct ctx *ctx, struct date_ranges *out, struct str text,
                      struct month as_of);
/* Months of one range, both ends counted: Jan to Mar 2019 is 3. */
unsigned date_range_months(const struct date_range *range, struct month as_of);
/* Months that the ranges cover together; overlaps count once. A missing month
 * is January at the start and December at the end, but never after as_of. */
unsigned dates_union_months(struct ctx *ctx, const struct date_range *ranges,
                            size_t n, struct month as_of);

#endif
