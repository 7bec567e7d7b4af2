/* SPDX-License-Identifier: MIT */
#ifndef RSC_DEGREE_NAMES_H
#define RSC_DEGREE_NAMES_H

/* Names and letters of degrees with their level. */

#include "base/str.h"

/* The level (enum degree_level) of the name, without its last full stop; -1
 * where it is none. */
int degree_name_find(struct str name);
/* The same for two or three letters that are something else as often. */
int degree_letters_find(struct str letters);
bool degree_names_are_sorted(void);

#endif
