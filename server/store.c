/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"

#define FILE_NAME "results.db"
#define MARKER    "forget"

static const char schema[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL);"
    "CREATE TABLE answer(id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,"
    " body BLOB NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL);"
    "CREATE TABLE batch(id TEXT PRIMARY KEY, total INTEGER NOT NULL,"
    " state TEXT NOT NULL, created INTEGER NOT NULL,"
    " expires INTEGER NOT NULL);"
    "CREATE TABLE result(batch TEXT NOT NULL, position INTEGER NOT NULL,"
    " name TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY(batch, position));"
    "INSERT INTO meta VALUES('secret', randomblob(32));";

#define SCHEMA_VERSION 1

static void read_secret(struct store *store)
{
    sqlite3_stmt *stmt = database_prepare(
        &store->database, "SELECT value FROM meta WHERE name = 'secret'");

    if (stmt && sqlite3_step(stmt) == SQLITE_ROW &&
        sqlite3_column_bytes(stmt, 0) == 32)
        memcpy(store->secret, sqlite3_column_blob(stmt, 0), 32);
    sqlite3_finalize(stmt);
}

void store_open(struct store *store, const char *folder, bool keep, void *user,
                database_log *log)
{
    int64_t before;

    snprintf(store->folder, sizeof(store->folder), "%s", folder);
    randombytes_buf(store->secret, sizeof(store->secret));
    store->marker_ns = 0;
    store->is_open = false;
    store_marker(store, &before); /* an old one was meant for another run */
    if (!keep || !folder[0])
        return;
    store->database.user = user;
    store->database.log = log;
    database_open(&store->database, folder, FILE_NAME, schema, SCHEMA_VERSION);
    store->is_open = true;
    read_secret(store);
    store_fail_unfinished(store);
}

void store_close(struct store *store)
{
    if (store->is_open)
        database_close(&store->database);
    store->is_open = false;
}

/* A statement with the lock held; NULL, and the lock given back, where there
 * is no store. Ended by finish. */
static sqlite3_stmt *start(struct store *store, const char *sql, bool writes)
{
    sqlite3_stmt *stmt = NULL;

    if (!store->is_open)
        return NULL;
    pthread_mutex_lock(&store->database.lock);
    if (!writes || database_can_write(&store->database))
        stmt = database_prepare(&store->database, sql);
    if (!stmt)
        pthread_mutex_unlock(&store->database.lock);
    return stmt;
}

static void finish(struct store *store, sqlite3_stmt *stmt, int code)
{
    sqlite3_finalize(stmt);
    database_check(&store->database, code);
    pthread_mutex_unlock(&store->database.lock);
}

static void bind(sqlite3_stmt *stmt, int i, struct str text)
{
    sqlite3_bind_text(stmt, i, text.data, (int)text.len, SQLITE_STATIC);
}

bool store_find_answer(struct ctx *ctx, struct str *out, struct store *store,
                       const struct cache_key *key)
{
    sqlite3_stmt *stmt =
        start(store, "SELECT body FROM answer WHERE key = ?1 AND expires > ?2",
              false);
    bool found = false;

    if (!stmt)
        return false;
    sqlite3_bind_blob(stmt, 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 2, clock_wall_s());
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW) {
        struct str body = {sqlite3_column_blob(stmt, 0),
                           (size_t)sqlite3_column_bytes(stmt, 0)};
        char *copy = arena_alloc(&ctx->arena, body.len + 1);
        if (copy) {
            memcpy(copy, body.data, body.len);
            copy[body.len] = '\0';
            *out = (struct str){copy, body.len};
            found = true;
        }
    }
    finish(store, stmt, code);
    return found;
}

void store_put_answer(struct store *store, const struct cache_key *key,
                      struct str body, int64_t expires_s)
{
    sqlite3_stmt *stmt =
        start(store,
              "INSERT OR REPLACE INTO answer(key, body, created, expires)"
              " VALUES(?1, ?2, ?3, ?4)",
              true);

    if (!stmt)
        return;
    sqlite3_bind_blob(stmt, 1, key->bytes, sizeof(key->bytes), SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 2, body.data, (int)body.len, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 3, clock_wall_s());
    sqlite3_bind_int64(stmt, 4, expires_s);
    finish(store, stmt, sqlite3_step(stmt));
}

void store_put_batch(struct store *store, const char *id, int64_t total,
                     int64_t expires_s)
{
    sqlite3_stmt *stmt =
        start(store,
              "INSERT INTO batch(id, total, state, created, expires)"
              " VALUES(?1, ?2, 'processing', ?3, ?4)",
              true);

    if (!stmt)
        return;
    bind(stmt, 1, str_of(id));
    sqlite3_bind_int64(stmt, 2, total);
    sqlite3_bind_int64(stmt, 3, clock_wall_s());
    sqlite3_bind_int64(stmt, 4, expires_s);
    finish(store, stmt, sqlite3_step(stmt));
}

void store_put_result(struct store *store, const char *id, int64_t position,
                      struct str name, struct str body)
{
    sqlite3_stmt *stmt = start(
        store, "INSERT OR REPLACE INTO result VALUES(?1, ?2, ?3, ?4)", true);

    if (!stmt)
        return;
    bind(stmt, 1, str_of(id));
    sqlite3_bind_int64(stmt, 2, position);
    bind(stmt, 3, name);
    sqlite3_bind_blob(stmt, 4, body.data, (int)body.len, SQLITE_STATIC);
    finish(store, stmt, sqlite3_step(stmt));
}

void store_end_batch(struct store *store, const char *id, const char *state)
{
    sqlite3_stmt *stmt =
        start(store, "UPDATE batch SET state = ?2 WHERE id = ?1", true);

    if (!stmt)
        return;
    bind(stmt, 1, str_of(id));
    bind(stmt, 2, str_of(state));
    finish(store, stmt, sqlite3_step(stmt));
}

static int read_results(struct stored_batch *out, struct buf *results,
                        struct store *store, const char *id)
{
    sqlite3_stmt *stmt = database_prepare(
        &store->database,
        "SELECT name, body FROM result WHERE batch = ?1 ORDER BY position");
    struct json j = json_to(results, 0);
    int code = SQLITE_ERROR;

    if (!stmt)
        return SQLITE_OK;
    bind(stmt, 1, str_of(id));
    json_open(&j, '{');
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        json_key_str(&j,
                     (struct str){(const char *)sqlite3_column_text(stmt, 0),
                                  (size_t)sqlite3_column_bytes(stmt, 0)});
        /* The bodies are JSON of our own. */
        json_raw(&j, (struct str){sqlite3_column_blob(stmt, 1),
                                  (size_t)sqlite3_column_bytes(stmt, 1)});
        out->done++;
    }
    json_close(&j, '}');
    sqlite3_finalize(stmt);
    return code;
}

bool store_read_batch(struct ctx *ctx, struct stored_batch *out,
                      struct buf *results, struct store *store, const char *id)
{
    sqlite3_stmt *stmt = start(
        store, "SELECT total, state FROM batch WHERE id = ?1 AND expires > ?2",
        false);

    *out = (struct stored_batch){0};
    if (!stmt)
        return false;
    bind(stmt, 1, str_of(id));
    sqlite3_bind_int64(stmt, 2, clock_wall_s());
    int code = sqlite3_step(stmt);
    bool found = code == SQLITE_ROW;
    if (found) {
        out->total = sqlite3_column_int64(stmt, 0);
        out->state = ctx_copy(
            ctx, (struct str){(const char *)sqlite3_column_text(stmt, 1),
                              (size_t)sqlite3_column_bytes(stmt, 1)});
    }
    sqlite3_finalize(stmt);
    stmt = NULL;
    if (found)
        code = read_results(out, results, store, id);
    finish(store, NULL, code);
    return found;
}

static void run(struct store *store, const char *sql)
{
    if (!store->is_open)
        return;
    pthread_mutex_lock(&store->database.lock);
    if (database_can_write(&store->database))
        database_run(&store->database, sql);
    pthread_mutex_unlock(&store->database.lock);
}

void store_fail_unfinished(struct store *store)
{
    run(store, "UPDATE batch SET state = 'failed' WHERE state = 'processing'");
}

void store_expire(struct store *store, int64_t now_s)
{
    char sql[400];

    snprintf(sql, sizeof(sql),
             "DELETE FROM answer WHERE expires <= %" PRId64 ";"
             "DELETE FROM batch WHERE expires <= %" PRId64 ";"
             "DELETE FROM result WHERE batch NOT IN (SELECT id FROM batch);"
             "PRAGMA incremental_vacuum;",
             now_s, now_s);
    run(store, sql);
}

static int64_t delete_rows(struct store *store, int64_t before_s)
{
    char sql[500];
    int64_t before = database_number(
        &store->database, "SELECT (SELECT count(*) FROM answer) + (SELECT "
                          "count(*) FROM batch)");

    snprintf(sql, sizeof(sql),
             "DELETE FROM answer WHERE created < %" PRId64 ";"
             "DELETE FROM batch WHERE created < %" PRId64 ";"
             "DELETE FROM result WHERE batch NOT IN (SELECT id FROM batch);"
             "PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);",
             before_s, before_s);
    if (!database_run(&store->database, sql))
        return -1;
    return before -
           database_number(&store->database,
                           "SELECT (SELECT count(*) FROM answer) + (SELECT "
                           "count(*) FROM batch)");
}

int64_t store_delete(const char *folder, int64_t before_s)
{
    struct store store = {0};
    char path[600], marker[600], text[32];
    int64_t rows = 0;

    snprintf(path, sizeof(path), "%s/" FILE_NAME, folder);
    if (access(path, F_OK) == 0) {
        store_open(&store, folder, true, NULL, NULL);
        rows = store.database.db ? delete_rows(&store, before_s) : -1;
        store_close(&store);
    }
    /* A new file each time: a running service sees it whole or not at all. */
    snprintf(path, sizeof(path), "%s/" MARKER ".new", folder);
    snprintf(marker, sizeof(marker), "%s/" MARKER, folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == ENOENT && rows == 0 ? 0 : -1;
    int len = snprintf(text, sizeof(text), "%" PRId64 "\n", before_s);
    bool ok = write(fd, text, (size_t)len) == len;
    ok = close(fd) == 0 && ok && rename(path, marker) == 0;
    return ok ? rows : -1;
}

bool store_marker(struct store *store, int64_t *before_s)
{
    char path[600], text[32] = {0};
    struct stat st;

    if (!store->folder[0])
        return false;
    snprintf(path, sizeof(path), "%s/" MARKER, store->folder);
    if (stat(path, &st) != 0)
        return false;
    int64_t at = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    if (at == store->marker_ns && st.st_ino == store->marker_file)
        return false;
    store->marker_ns = at;
    store->marker_file = st.st_ino;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, sizeof(text) - 1);
    close(fd);
    *before_s = n > 0 ? strtoll(text, NULL, 10) : 0;
    return n > 0;
}
