/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENGLISH_H
#define RSC_ENGLISH_H

/* Whether a text is in the only language that is read so far. */

#include "base/str.h"

/* By the commonest words; short lists have none and pass. */
bool english_is_text(struct str text);

#endif
