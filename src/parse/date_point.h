/* SPDX-License-Identifier: MIT */
#ifndef RSC_DATE_POINT_H
#define RSC_DATE_POINT_H

/*
 * One point in time as people write it: "Jan 2019", "03/15/2019", "Q3 2020",
 * "Summer '17", "2018". A season or a quarter has two different ends.
 */

#include "parse/dates.h"

/* How one text is read. */
struct date_rules {
    struct month as_of;
    bool day_first; /* "01/09/2014" is in September */
};

struct date_point {
    struct month first, last;
    size_t end;      /* behind it, in the text */
    bool has_year;   /* false: "Jan" in "Jan - Mar 2019" */
    bool is_weak;    /* a date only beside another one: "06/19", "'18" */
    bool is_year;    /* nothing but a year of four digits */
    bool is_iso;     /* "2019-03" */
    bool is_numeric; /* begins with a digit */
};

/* Reads the point that begins at `at`, which is the start of a word or number.
 * Two digits are a year up to the one after as_of, else of the last century.
 */
bool date_point_read(struct str text, size_t at, const struct date_rules *rules,
                     struct date_point *out);
/* Behind the blanks and tabs at i; no line end. */
size_t date_skip_blank(struct str text, size_t i);
/* The ASCII word at i; empty if there is none. */
struct str date_word(struct str text, size_t i);
/* Reads up to 9 digits; returns how many and moves *i. */
unsigned date_digits(struct str text, size_t *i, unsigned *value);
/* The full year of two digits. */
int date_full_year(unsigned two_digits, struct month as_of);

#endif
