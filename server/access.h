/* SPDX-License-Identifier: MIT */
#ifndef RSC_ACCESS_H
#define RSC_ACCESS_H

/*
 * Who may ask, and how often. A key is compared by its hash, in constant
 * time, against all that are known. Rates are token buckets in a table of
 * fixed size, one per key or address; when it is full, the bucket that was
 * used longest ago makes room.
 *
 * Threads: the loop's only.
 */

#include "settings.h"

/* The name of the key in an Authorization header; data NULL where it fits
 * none. */
struct str access_find_key(const struct settings *settings,
                           struct str authorization);

struct rate_table;

rsc_status rate_open(struct ctx *ctx, struct rate_table **out, struct mem *mem);
void rate_close(struct rate_table *table);
/* Takes one from the bucket of `who`; returns 0, or the seconds until there is
 * one again. */
unsigned rate_take(struct rate_table *table, struct str who, int64_t now_ns,
                   uint64_t per_minute, uint64_t burst);

#endif
