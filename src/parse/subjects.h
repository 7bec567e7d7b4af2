/* SPDX-License-Identifier: MIT */
#ifndef RSC_SUBJECTS_H
#define RSC_SUBJECTS_H

/* What people study, by the words that such names end with. */

#include "base/str.h"

/* Whether the phrase ends as names of subjects do: "Computer Science". */
bool subject_is_likely(struct str phrase);
/* Where the school begins in "International Studies Elon University", which has
 * no mark between; 0 where the phrase is no such pair. */
size_t subject_split(struct str phrase);

#endif
