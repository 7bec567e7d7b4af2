/* SPDX-License-Identifier: MIT */
#ifndef RSC_HEADING_NAMES_H
#define RSC_HEADING_NAMES_H

/* The tables of section names: several hundred, and their weak ones. */

#include "parse/resume.h"

/* Kind of the section that is named so, or -1. `folded` is lower case with
 * single blanks and "and" for "&". */
int heading_name_find(struct str folded);
/* Kind by the last word of a longer heading, or -1. */
int heading_last_word_find(struct str word);
/* Whether the name is an ordinary word too ("work", "training"). */
bool heading_is_weak(struct str folded);
bool heading_tables_are_sorted(void);

#endif
