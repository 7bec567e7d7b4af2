/* SPDX-License-Identifier: MIT */
#ifndef RSC_PLACES_H
#define RSC_PLACES_H

/* Places and employers by their names: tables, not knowledge of the world. */

#include "text/span.h"

enum place_kind {
    PLACE_NO,
    PLACE_CITY,   /* "Leeds" */
    PLACE_REGION, /* "TX", "Ontario", "India", "Remote" */
};

/* What the whole phrase is, without white space around it. */
enum place_kind place_judge(struct str phrase);
/* How many of its words stand in names of employers and schools: "Ltd",
 * "Hospital", "University". */
unsigned place_employer_words(struct str phrase);
bool place_tables_are_sorted(void);

#endif
