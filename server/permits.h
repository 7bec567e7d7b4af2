/* SPDX-License-Identifier: MIT */
#ifndef RSC_PERMITS_H
#define RSC_PERMITS_H

/*
 * How many inputs the embedding routes take on at the same time. A request
 * needs one permit for each of its inputs and gives them back when it is
 * answered; where they do not suffice, it is refused with 429. One request
 * alone is always taken, whatever it asks for: its own route has a cap.
 *
 * Threads: the loop's only.
 */

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct permits {
    size_t used, max;
};

/* The inputs that a JSON body asks for: the members of its outermost lists,
 * where a list of numbers is one input. Not a parser: it never fails, and what
 * it says of damaged JSON is of no consequence. At least 1. */
size_t permits_count(struct str body);
/* Takes n; false, and nothing taken, where they are not free. */
bool permits_take(struct permits *permits, size_t n);
void permits_give(struct permits *permits, size_t n);

#endif
