/* SPDX-License-Identifier: MIT */
#ifndef RSC_DATABASE_H
#define RSC_DATABASE_H

/*
 * A SQLite file that may be lost: opened in WAL mode, and set aside and made
 * anew when it is damaged or of another version. What fails costs what was
 * kept, never a request.
 *
 * Threads: one lock per struct database, taken by its users.
 */

#include <pthread.h>

#include "base/ctx.h"

struct sqlite3;
struct sqlite3_stmt;

/* One line for the log, when something went wrong. */
typedef void database_log(void *user, const char *sentence);

struct database {
    struct sqlite3 *db; /* NULL: not usable, everything is a miss */
    pthread_mutex_t lock;
    char path[512];
    const char *schema; /* statements that make an empty database */
    int version;        /* of the schema: PRAGMA user_version */
    void *user;
    database_log *log;
    bool can_write; /* false after a full or read-only disk, until retried */
    int64_t retry_ns;
    bool said; /* the trouble was logged */
};

/* Opens or makes folder/name; never fails: db stays NULL, after one line in
 * the log, when that is impossible. `schema` must outlive it. */
void database_open(struct database *database, const char *folder,
                   const char *name, const char *schema, int version);
void database_close(struct database *database);
/* To be called with the lock held. NULL when it cannot be. Finalised by the
 * caller. */
struct sqlite3_stmt *database_prepare(struct database *database,
                                      const char *sql);
/* Looks at a result code: damage sets the file aside and starts anew, a full
 * or read-only disk stops writing for a minute. Lock held; no statement may
 * be open. Returns whether all is well. */
bool database_check(struct database *database, int code);
/* Whether writing is worth a try. Lock held. */
bool database_can_write(struct database *database);
/* Runs statements without results. Lock held. */
bool database_run(struct database *database, const char *sql);
/* The first column of the first row of a query, or 0. Lock held. */
int64_t database_number(struct database *database, const char *sql);

#endif
