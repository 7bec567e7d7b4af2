/* SPDX-License-Identifier: MIT */
#include "cache/database.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"

/* Another process at work is a miss, not a reason to wait long. */
#define BUSY_MS  50
#define RETRY_NS (INT64_C(60) * 1000000000)

static void say(struct database *database, const char *format,
                const char *detail)
{
    char line[800];

    if (!database->log)
        return;
    snprintf(line, sizeof(line), "%s: %s %s", database->path, format, detail);
    database->log(database->user, line);
}

static bool run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t value = 0;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

/* The damaged file is kept under another name, for whoever wants to know. */
static void set_aside(struct database *database)
{
    static const char *const extra[] = {"-wal", "-shm"};
    char name[600];

    snprintf(name, sizeof(name), "%s.damaged", database->path);
    if (rename(database->path, name) != 0)
        unlink(database->path);
    for (size_t i = 0; i < 2; i++) {
        snprintf(name, sizeof(name), "%s%s", database->path, extra[i]);
        unlink(name);
    }
}

/* Settings of a connection; one that cannot read the header fails here. */
static bool prepare_connection(sqlite3 *db)
{
    sqlite3_busy_timeout(db, BUSY_MS);
    /* Defensive: a planted schema must not run anything. */
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return run(db, "PRAGMA auto_vacuum = INCREMENTAL;"
                   "PRAGMA journal_mode = WAL;"
                   "PRAGMA synchronous = NORMAL;"
                   "PRAGMA cache_size = -1024;"
                   "PRAGMA mmap_size = 0;"
                   "PRAGMA secure_delete = FAST;"
                   "PRAGMA journal_size_limit = 1048576;");
}

/* SQLITE_OK with a connection of our version; else why not. */
static int try_open(struct database *database)
{
    sqlite3 *db = NULL;
    char sql[64];
    /* Made by us first, so that the files beside it get its permissions. */
    int fd = open(database->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    int code = sqlite3_open_v2(
        database->path, &db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

    if (code == SQLITE_OK && !prepare_connection(db))
        code = sqlite3_errcode(db);
    if (code == SQLITE_OK) {
        int64_t version = number(db, "PRAGMA user_version");
        bool is_empty = number(db, "SELECT count(*) FROM sqlite_master") == 0;
        snprintf(sql, sizeof(sql), "PRAGMA user_version = %d",
                 database->version);
        if (version == 0 && is_empty) {
            if (!run(db, "BEGIN IMMEDIATE") || !run(db, database->schema) ||
                !run(db, sql) || !run(db, "COMMIT"))
                code = sqlite3_errcode(db);
        } else if (version != database->version) {
            code = SQLITE_MISMATCH;
        }
    }
    if (code != SQLITE_OK) {
        sqlite3_close(db);
        return code;
    }
    database->db = db;
    return SQLITE_OK;
}

static bool is_damage(int code)
{
    code &= 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB ||
           code == SQLITE_MISMATCH || code == SQLITE_FORMAT ||
           code == SQLITE_ERROR; /* a table that is not as it should be */
}

static void open_file(struct database *database)
{
    int code = try_open(database);

    if (code != SQLITE_OK && is_damage(code)) {
        say(database, "is damaged or of another version, starting anew:",
            sqlite3_errstr(code));
        set_aside(database);
        code = try_open(database);
    }
    if (code != SQLITE_OK)
        say(database,
            "cannot be used, going on without it:", sqlite3_errstr(code));
    database->can_write = code == SQLITE_OK;
}

void database_open(struct database *database, const char *folder,
                   const char *name, const char *schema, int version)
{
    database->schema = schema;
    database->version = version;
    database->db = NULL;
    database->said = false;
    database->can_write = false;
    pthread_mutex_init(&database->lock, NULL);
    size_t len = (size_t)snprintf(database->path, sizeof(database->path),
                                  "%s/%s", folder, name);
    if (len >= sizeof(database->path)) {
        say(database, "has a name that is too long,", "going on without it");
        return;
    }
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        say(database,
            "its folder cannot be made, going on without it:", strerror(errno));
        return;
    }
    open_file(database);
}

void database_close(struct database *database)
{
    sqlite3_close(database->db);
    database->db = NULL;
    pthread_mutex_destroy(&database->lock);
}

sqlite3_stmt *database_prepare(struct database *database, const char *sql)
{
    sqlite3_stmt *stmt = NULL;

    if (!database->db)
        return NULL;
    int code = sqlite3_prepare_v3(database->db, sql, -1, 0, &stmt, NULL);
    if (code == SQLITE_OK)
        return stmt;
    sqlite3_finalize(stmt);
    database_check(database, code);
    return NULL;
}

bool database_check(struct database *database, int code)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    if (!database->db)
        return false;
    if (!sqlite3_get_autocommit(database->db))
        run(database->db, "ROLLBACK");
    if ((code & 0xff) == SQLITE_BUSY)
        return false;
    if (is_damage(code)) {
        say(database, "is damaged, starting anew:", sqlite3_errstr(code));
        /* Statements of this connection are the callers' and closed. */
        sqlite3_close(database->db);
        database->db = NULL;
        set_aside(database);
        open_file(database);
        return false;
    }
    if (!database->said)
        say(database, "cannot be written, trying again in a minute:",
            sqlite3_errstr(code));
    database->said = true;
    database->can_write = false;
    database->retry_ns = clock_monotonic_ns() + RETRY_NS;
    return false;
}

bool database_can_write(struct database *database)
{
    if (!database->db)
        return false;
    if (!database->can_write && clock_monotonic_ns() >= database->retry_ns) {
        database->can_write = true;
        database->said = false;
    }
    return database->can_write;
}

bool database_run(struct database *database, const char *sql)
{
    if (!database->db)
        return false;
    return database_check(database,
                          sqlite3_exec(database->db, sql, NULL, NULL, NULL));
}

int64_t database_number(struct database *database, const char *sql)
{
    sqlite3_stmt *stmt = database_prepare(database, sql);
    int64_t value = 0;

    if (!stmt)
        return 0;
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    database_check(database, code);
    return value;
}
