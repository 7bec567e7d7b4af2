/* SPDX-License-Identifier: MIT */
#ifndef RSC_AS_OF_H
#define RSC_AS_OF_H

/* The day that "present" means in a request. */

#include "parse/dates.h"

struct as_of {
    struct month month;
    char text[40]; /* "2026-11" or "2026-11-23", as it goes into the result */
};

/* Reads "2026-11" or "2026-11-23"; NULL means the day of now_s (seconds since
 * 1970, UTC). Fails with RSC_EINVALID. */
rsc_status as_of_read(struct ctx *ctx, struct as_of *out, const char *text,
                      int64_t now_s);

#endif
