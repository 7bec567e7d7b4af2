/* SPDX-License-Identifier: MIT */
#ifndef RSC_VECTORS_DISK_H
#define RSC_VECTORS_DISK_H

/*
 * Vectors on disk, bounded in rows and bytes, oldest out first. A row is the
 * keyed hash of what it belongs to, the vector, and a check over both: a
 * flipped bit is a miss. There is no text.
 *
 * Threads: any.
 */

#include "cache/database.h"
#include "cache/lru.h"

struct vectors_disk {
    struct database database;
    unsigned char secret[32];
    uint64_t max_rows, max_bytes;
    uint64_t rows;   /* about; counted at open */
    unsigned unsure; /* rows put since bytes were looked at */
};

void vectors_disk_open(struct vectors_disk *disk, const char *folder,
                       const unsigned char secret[32]);
void vectors_disk_close(struct vectors_disk *disk);
bool vectors_disk_find(struct ctx *ctx, struct str *out,
                       struct vectors_disk *disk, const struct cache_key *key);
/* All of them in one transaction. */
void vectors_disk_put(struct vectors_disk *disk, const struct cache_key *keys,
                      const struct str *values, size_t n);
/* Empties the file. */
void vectors_disk_clear(struct vectors_disk *disk);

#endif
