/* SPDX-License-Identifier: MIT */
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "listen.h"

/* Skills that POST /skills added, in the format of data/skills. */
#define SKILLS_FILE  "skills.txt"
#define SKILLS_BYTES ((size_t)4 << 20)

void server_free_body(struct server *server, char *block, size_t cap)
{
    if (!block)
        return;
    atomic_fetch_sub(&server->body_bytes, cap);
    mem_free(&server->requests, block, cap);
}

void server_obey_marker(struct server *server)
{
    int64_t before;

    pthread_mutex_lock(&server->marker_lock);
    bool is_new = store_marker(&server->store, &before);
    pthread_mutex_unlock(&server->marker_lock);
    if (!is_new)
        return;
    size_t answers = lru_forget(server->analyses, before);
    batches_forget(&server->batches, before);
    /* Vectors carry no dates; they go when everything goes. */
    if (before == INT64_MAX &&
        pthread_rwlock_tryrdlock(&server->engine_lock) == 0) {
        rsc_engine_forget(server->engine);
        pthread_rwlock_unlock(&server->engine_lock);
    }
    log_line(&server->log, LOG_INFO, "forget",
             "before_s=%" PRId64 " answers=%zu", before, answers);
}

static void log_cache(void *user, const char *sentence)
{
    struct server *server = user;

    log_line(&server->log, LOG_WARN, "cache", "%s", sentence);
}

/* --- the engine ----------------------------------------------------------- */

static rsc_status read_skills(struct ctx *ctx, struct server *server,
                              struct str *out)
{
    struct str path = ctx_printf(ctx, "%s/" SKILLS_FILE, server->store.folder);

    *out = STR("");
    if (!path.data)
        return ctx->error.status;
    if (!server->store.folder[0] || access(path.data, R_OK) != 0)
        return RSC_OK;
    return file_read(ctx, out, path.data, SKILLS_BYTES);
}

static rsc_status write_skills(struct ctx *ctx, struct server *server,
                               struct str text)
{
    struct str path = ctx_printf(ctx, "%s/" SKILLS_FILE, server->store.folder);

    if (!path.data)
        return ctx->error.status;
    if (!server->store.folder[0])
        return ctx_fail(ctx, RSC_EIO,
                        "there is no folder to keep skills in; "
                        "set data.folder");
    return file_replace(ctx, path.data, text);
}

/* All that an answer depends on beside the request. */
static void hash_engine(struct server *server)
{
    char fingerprint[65];

    rsc_engine_fingerprint(server->engine, fingerprint);
    server->engine_hash = ctx_copy(&server->ctx, str_of(fingerprint));
}

static rsc_status open_engine(struct ctx *ctx, struct server *server,
                              struct str extra, rsc_error *err)
{
    rsc_options options = server->engine_options;
    rsc_engine *engine;
    struct str added, all;

    if (read_skills(ctx, server, &added))
        return ctx_error(ctx, err);
    all = ctx_printf(ctx, "%s%.*s\n%.*s",
                     added.len || extra.len ? "@field own = Added here\n" : "",
                     STR_ARG(added), STR_ARG(extra));
    struct str text =
        ctx_printf(ctx, "%s\n%.*s", options.ontology ? options.ontology : "",
                   STR_ARG(all));
    if (!all.data || !text.data)
        return ctx_error(ctx, err);
    options.ontology = str_trim(text).len ? text.data : NULL;
    rsc_status st = rsc_engine_open(&engine, &options, err);
    if (st)
        return st;
    all = ctx_printf(ctx, "%.*s%.*s", STR_ARG(added), STR_ARG(extra));
    if (extra.len && write_skills(ctx, server, all)) {
        rsc_engine_close(engine);
        return ctx_error(ctx, err);
    }
    rsc_engine_close(server->engine);
    server->engine = engine;
    hash_engine(server);
    return RSC_OK;
}

rsc_status server_open_engine(struct server *server, struct str extra,
                              rsc_error *err)
{
    struct ctx ctx;

    ctx_init(&ctx, &server->mem);
    rsc_status st = open_engine(&ctx, server, extra, err);
    ctx_clear(&ctx);
    return st;
}

/* Limits and caches come from the settings. */
static void set_engine_options(struct server *server,
                               const struct server_options *options)
{
    const struct settings *s = server->settings;
    rsc_options *engine = &server->engine_options;

    *engine = *options->engine;
    engine->ontology = options->own_skills;
    engine->threads = (unsigned)settings_number(s, SET_THREADS);
    engine->batch_size = (unsigned)settings_number(s, SET_BATCH_SIZE);
    engine->limits = (rsc_limits){
        .file_bytes = settings_number(s, SET_FILE_MB) << 20,
        .pages = (unsigned)settings_number(s, SET_PAGES),
        .text_chars = settings_number(s, SET_TEXT_CHARS),
        .extract_ms = (unsigned)settings_number(s, SET_EXTRACT_S) * 1000,
        .extract_bytes = settings_number(s, SET_EXTRACT_MB) << 20,
    };
    engine->cache = (rsc_cache_options){
        .items = settings_number(s, SET_EMBEDDINGS),
        .bytes = settings_number(s, SET_EMBEDDINGS_MB) << 20,
        .folder = settings_number(s, SET_DISK) && options->state_folder[0]
                      ? options->state_folder
                      : NULL,
        .disk_items = settings_number(s, SET_DISK_ROWS),
        .disk_bytes = settings_number(s, SET_DISK_MB) << 20,
        .log = log_cache,
        .user = server,
    };
}

/* --- start and end -------------------------------------------------------- */

static rsc_status open_audit(struct ctx *ctx, struct server *server)
{
    const char *path = settings_text(server->settings, SET_AUDIT);

    server->audit_fd = -1;
    if (!path[0])
        return RSC_OK;
    server->audit_fd =
        open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (server->audit_fd < 0)
        return ctx_fail(ctx, RSC_EIO, "data.audit_log: %s: %s", path,
                        strerror(errno));
    return RSC_OK;
}

static rsc_status open_parts(struct server *server,
                             const struct server_options *options,
                             rsc_error *err)
{
    const struct settings *s = server->settings;
    struct ctx *ctx = &server->ctx;

    if (routes_open(ctx, &server->routes, routes_openapi()) ||
        open_audit(ctx, server) ||
        lru_open(ctx, &server->analyses, &server->answers,
                 settings_number(s, SET_ANALYSES),
                 settings_number(s, SET_ANALYSES_MB) << 20) ||
        rate_open(ctx, &server->rates, &server->mem))
        return ctx_error(ctx, err);
    store_open(&server->store, options->state_folder,
               settings_number(s, SET_STORE), server, log_cache);
    set_engine_options(server, options);
    if (server_open_engine(server, STR(""), err))
        return err->status;
    if (settings_number(s, SET_PRELOAD))
        rsc_engine_preload(server->engine);
    if (memory_open(ctx, server) ||
        queue_open(ctx, &server->queue, &server->mem,
                   (unsigned)settings_number(s, SET_WORKERS),
                   settings_number(s, SET_QUEUE)) ||
        http_open(ctx, server))
        return ctx_error(ctx, err);
    return RSC_OK;
}

static void close_parts(struct server *server)
{
    http_close(server);
    queue_close(&server->queue);
    batches_close(&server->batches);
    rsc_engine_close(server->engine);
    lru_close(server->analyses);
    store_close(&server->store);
    rate_close(server->rates);
    governor_close(server->governor);
    if (server->audit_fd >= 0)
        close(server->audit_fd);
    pthread_rwlock_destroy(&server->engine_lock);
    pthread_mutex_destroy(&server->marker_lock);
    ctx_clear(&server->ctx);
}

static void init(struct server *server, const struct server_options *options)
{
    const struct settings *s = options->settings;

    memset(server, 0, sizeof(*server));
    server->settings = s;
    server->audit_fd = -1;
    server->epoll_fd = server->timer_fd = server->signal_fd = -1;
    mem_init(&server->mem, "server", 0);
    mem_init(&server->requests, "requests", 0);
    mem_init(&server->answers, "answers", 0);
    ctx_init(&server->ctx, &server->mem);
    pthread_rwlock_init(&server->engine_lock, NULL);
    pthread_mutex_init(&server->marker_lock, NULL);
    batches_open(&server->batches);
    server->permits.max = settings_number(s, SET_INPUTS);
    log_init(&server->log, STDERR_FILENO, settings_text(s, SET_LOG_LEVEL),
             settings_text(s, SET_LOG_FORMAT));
    server->last_request_ns = clock_monotonic_ns();
}

static void say_ready(const struct server *server,
                      const struct server_options *options)
{
    struct log *log = (struct log *)(uintptr_t)&server->log;
    struct pressure p;
    char line[16];

    governor_last(server->governor, &p);
    log_line(log, LOG_INFO, "ready",
             "host=%s port=%u workers=%" PRIu64 " limit_mb=%" PRIu64
             " limit_from=%s",
             settings_text(server->settings, SET_HOST), server->port,
             settings_number(server->settings, SET_WORKERS), p.limit >> 20,
             pressure_source_name(p.source));
    if (settings_is_exposed(server->settings))
        log_line(log, LOG_WARN, "exposed",
                 "host=%s no key is set: whoever reaches this address can use "
                 "the service; 'resume-scorer config key' makes a key",
                 settings_text(server->settings, SET_HOST));
    listen_notify(options->notify_socket, "READY=1");
    if (options->ready_fd < 0)
        return;
    int len = snprintf(line, sizeof(line), "%u\n", server->port);
    ssize_t n = write(options->ready_fd, line, (size_t)len);
    (void)n;
    close(options->ready_fd);
}

rsc_status server_run(const struct server_options *options, rsc_error *err)
{
    struct server *server = malloc(sizeof(*server));

    if (!server) {
        *err = (rsc_error){RSC_ENOMEM, 0, "out of memory"};
        return RSC_ENOMEM;
    }
    /* Two heaps at most, and large blocks go back to the system at once. */
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    mallopt(M_TRIM_THRESHOLD, 128 << 10);
    /* A crash must not write what people sent to a file. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    init(server, options);
    rsc_status st = open_parts(server, options, err);
    if (!st) {
        say_ready(server, options);
        http_run(server);
        listen_notify(options->notify_socket, "STOPPING=1");
        log_line(&server->log, LOG_INFO, "stopped", "running=%zu",
                 server->n_active);
    }
    close_parts(server);
    free(server);
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    return st;
}
