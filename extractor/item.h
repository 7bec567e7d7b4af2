/* SPDX-License-Identifier: MIT */
#ifndef RSC_ITEM_H
#define RSC_ITEM_H

/* How items of lists begin: a bullet, or a number with a mark. */

#include "base/str.h"

/* Whether a line of text begins as an item does. */
bool item_begins(struct str line);
/* Whether a word alone is a bullet or a number of a list. */
bool item_is_label(struct str word);

#endif
