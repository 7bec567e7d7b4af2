/* SPDX-License-Identifier: MIT */
/* Who holds memory here, and what each gives back at which stage. */

#include <inttypes.h>
#include <malloc.h>

#include "base/clock.h"
#include "server.h"

static uint64_t held_by_mem(void *user)
{
    return atomic_load(&((struct mem *)user)->bytes);
}

/* The engine may be in the middle of being replaced; then it tells nothing.
 * There is always one: it is opened before the governor. */
static bool lock_engine(struct server *server)
{
    return pthread_rwlock_tryrdlock(&server->engine_lock) == 0;
}

static uint64_t held_by_vectors(void *user)
{
    struct server *server = user;
    rsc_usage usage = {0};

    if (lock_engine(server)) {
        rsc_engine_usage(server->engine, &usage);
        pthread_rwlock_unlock(&server->engine_lock);
    }
    return usage.cache_bytes;
}

static uint64_t held_by_model(void *user)
{
    struct server *server = user;
    rsc_usage usage = {0};

    if (lock_engine(server)) {
        rsc_engine_usage(server->engine, &usage);
        pthread_rwlock_unlock(&server->engine_lock);
    }
    return usage.engine_bytes + usage.model_bytes;
}

static uint64_t reclaim_vectors(void *user, enum governor_stage stage)
{
    struct server *server = user;
    uint64_t freed = 0;

    if (lock_engine(server)) {
        freed = rsc_engine_release(server->engine, stage == STAGE_STANDARD
                                                       ? RSC_RELEASE_HALF_CACHE
                                                       : RSC_RELEASE_CACHE);
        pthread_rwlock_unlock(&server->engine_lock);
    }
    return freed;
}

static uint64_t held_by_answers(void *user)
{
    return held_by_mem(&((struct server *)user)->answers);
}

static uint64_t reclaim_answers(void *user, enum governor_stage stage)
{
    struct server *server = user;
    size_t held = atomic_load(&server->answers.bytes);

    return lru_shrink(server->analyses, stage == STAGE_STANDARD ? held / 2 : 0);
}

/* Pages of files are counted by the process's own resident size. */
static uint64_t reclaim_model(void *user, enum governor_stage stage)
{
    struct server *server = user;
    struct pressure before, after;

    if (stage < STAGE_AGGRESSIVE || !lock_engine(server))
        return 0;
    pressure_read(&before, "", 0);
    rsc_engine_release(server->engine, RSC_RELEASE_MODEL);
    pthread_rwlock_unlock(&server->engine_lock);
    pressure_read(&after, "", 0);
    return before.mapped > after.mapped ? before.mapped - after.mapped : 0;
}

static uint64_t held_by_batches(void *user)
{
    return batches_bytes(&((struct server *)user)->batches);
}

/* Results that nobody fetched; where they are stored they can still be read. */
static uint64_t reclaim_batches(void *user, enum governor_stage stage)
{
    struct server *server = user;
    size_t waiting, running;

    queue_count(&server->queue, &waiting, &running);
    if (stage < STAGE_EMERGENCY || running)
        return 0;
    return batches_forget(&server->batches, INT64_MAX);
}

/* Last in the list: what the others freed goes back to the system. */
static uint64_t reclaim_heap(void *user, enum governor_stage stage)
{
    struct pressure before, after;

    (void)user;
    (void)stage;
    pressure_read(&before, "", 0);
    malloc_trim(0);
    pressure_read(&after, "", 0);
    return before.anon > after.anon ? before.anon - after.anon : 0;
}

static void report(void *user, const struct governor_event *event)
{
    struct server *server = user;
    const struct pressure *p = event->pressure;

    if (event->owner) {
        log_line(&server->log, LOG_WARN, "reclaim",
                 "stage=%s owner=%s freed_bytes=%" PRIu64,
                 governor_stage_name(event->stage), event->owner, event->freed);
        return;
    }
    log_line(&server->log, LOG_WARN, "memory",
             "stage=%s before=%s percent=%u used_bytes=%" PRIu64
             " limit_bytes=%" PRIu64 " stall_centi=%u",
             governor_stage_name(event->stage),
             governor_stage_name(event->before), p->percent, p->use, p->limit,
             p->stall_centi);
    atomic_store(&server->log.is_reduced, event->stage >= STAGE_AGGRESSIVE);
}

/* Render's smallest instances; where a container's own limit cannot be seen,
 * the machine's memory is not the service's. */
#define RENDER_BYTES ((uint64_t)512 << 20)

static uint64_t configured_limit(const struct settings *s)
{
    uint64_t limit = settings_number(s, SET_LIMIT_MB) << 20;
    struct pressure p;

    if (limit || !s->is_render)
        return limit;
    pressure_read(&p, "", 0);
    return p.source == PRESSURE_MACHINE && p.limit > RENDER_BYTES ? RENDER_BYTES
                                                                  : 0;
}

rsc_status memory_open(struct ctx *ctx, struct server *server)
{
    const struct settings *s = server->settings;
    struct governor_options options = {
        .root = "",
        .limit = configured_limit(s),
        .percent = {(unsigned)settings_number(s, SET_STANDARD),
                    (unsigned)settings_number(s, SET_AGGRESSIVE),
                    (unsigned)settings_number(s, SET_EMERGENCY)},
        .user = server,
        .report = report,
    };
    const struct governor_owner owners[] = {
        {"vectors", server, held_by_vectors, reclaim_vectors},
        {"answers", server, held_by_answers, reclaim_answers},
        {"batches", server, held_by_batches, reclaim_batches},
        {"model", server, held_by_model, reclaim_model},
        {"requests", &server->requests, held_by_mem, NULL},
        {"server", &server->mem, held_by_mem, NULL},
        {"heap", server, NULL, reclaim_heap},
    };

    if (governor_open(ctx, &server->governor, &server->mem, &options))
        return ctx->error.status;
    for (size_t i = 0; i < sizeof(owners) / sizeof(owners[0]); i++)
        governor_add(server->governor, &owners[i]);
    governor_check(server->governor, 0);
    return RSC_OK;
}

/* The model of an idle service is of no use in memory. */
static void offload(struct server *server, int64_t now_ns)
{
    const struct settings *s = server->settings;
    int64_t idle_ns = (int64_t)settings_number(s, SET_OFFLOAD_S) * 1000000000;

    if (!settings_number(s, SET_OFFLOAD) || server->is_offloaded ||
        server->n_active || now_ns - server->last_request_ns < idle_ns)
        return;
    uint64_t freed = reclaim_model(server, STAGE_AGGRESSIVE);
    malloc_trim(0);
    server->is_offloaded = true;
    log_line(&server->log, LOG_INFO, "offload", "freed_bytes=%" PRIu64, freed);
}

/* What is kept of people, in memory or on disk, has an end. */
static void expire(struct server *server)
{
    int64_t now_s = clock_wall_s();
    int64_t before_s =
        now_s - (int64_t)settings_number(server->settings, SET_EXPIRE_H) * 3600;

    lru_forget(server->analyses, before_s);
    batches_forget(&server->batches, before_s);
    store_expire(&server->store, now_s);
}

void memory_monitor(struct server *server, int64_t now_ns)
{
    const struct settings *s = server->settings;

    server->monitor_ns =
        now_ns + (int64_t)settings_number(s, SET_MONITOR_S) * 1000000000;
    governor_check(server->governor, 0);
    if (now_ns - server->last_request_ns <
        (int64_t)settings_number(s, SET_OFFLOAD_S) * 1000000000)
        server->is_offloaded = false;
    offload(server, now_ns);
    server_obey_marker(server);
    expire(server);
}
