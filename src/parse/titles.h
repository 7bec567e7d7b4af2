/* SPDX-License-Identifier: MIT */
#ifndef RSC_TITLES_H
#define RSC_TITLES_H

/*
 * Job titles by their form: a noun that names what somebody is ("engineer",
 * "nurse", "sous chef") at the end of a short phrase or before "of", "for",
 * a comma or a number. "Registered Nurse II", "Head of Sales".
 */

#include "text/span.h"

enum title_strength {
    TITLE_NO,
    TITLE_WEAK, /* such a noun stands somewhere in it */
    TITLE_STRONG,
};

/* How much the phrase looks like a title. */
enum title_strength title_judge(struct str phrase);
/* Whether word is one of the nouns: "engineer", "cook". */
bool title_is_noun(struct str word);
/* For the test of the tables' order. */
bool title_tables_are_sorted(void);

#endif
