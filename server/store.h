/* SPDX-License-Identifier: MIT */
#ifndef RSC_STORE_SERVER_H
#define RSC_STORE_SERVER_H

/*
 * Answers and batches on disk, for operators who switched data.store on: this
 * is personal data, so everything has a time after which it is deleted, and
 * `resume-scorer data delete` reaches all of it, in a running server, too (a
 * marker file tells that one what to forget).
 *
 * Threads: any.
 */

#include <sys/types.h>

#include "cache/database.h"
#include "cache/lru.h"

struct store {
    struct database database;
    bool is_open;
    char folder[480];  /* "" for none */
    int64_t marker_ns; /* of the marker that was last obeyed */
    ino_t marker_file;
    unsigned char secret[32]; /* of keys; random where nothing is stored */
};

/* What is stored about a batch. */
struct stored_batch {
    int64_t total, done;
    struct str state;
};

/* `keep` opens the file; without it only the marker is looked at. */
void store_open(struct store *store, const char *folder, bool keep, void *user,
                database_log *log);
void store_close(struct store *store);

bool store_find_answer(struct ctx *ctx, struct str *out, struct store *store,
                       const struct cache_key *key);
void store_put_answer(struct store *store, const struct cache_key *key,
                      struct str body, int64_t expires_s);
void store_put_batch(struct store *store, const char *id, int64_t total,
                     int64_t expires_s);
void store_put_result(struct store *store, const char *id, int64_t position,
                      struct str name, struct str body);
void store_end_batch(struct store *store, const char *id, const char *state);
/* The batch and its results as the members of "results"; false if unknown. */
bool store_read_batch(struct ctx *ctx, struct stored_batch *out,
                      struct buf *results, struct store *store, const char *id);
/* Batches that a stopped server left behind are "failed" from now on. */
void store_fail_unfinished(struct store *store);
/* Deletes what expired. */
void store_expire(struct store *store, int64_t now_s);

/* For the command line: deletes what was made before, everywhere, and leaves
 * the marker. Returns the number of rows, or -1 with errno. */
int64_t store_delete(const char *folder, int64_t before_s);
/* Whether a new marker is there; *before_s then says what to forget. */
bool store_marker(struct store *store, int64_t *before_s);

#endif
