/* SPDX-License-Identifier: MIT */
#ifndef RSC_SERVER_H
#define RSC_SERVER_H

/*
 * The service. One thread (the loop) has all sockets, the clock and the
 * signals; a few workers (one by default) do what takes longer than a moment:
 *
 *     client <-> libmicrohttpd <-> loop --queue--> worker
 *                                   ^----finished----'
 *
 * Health and metrics are answered by the loop and never wait behind work.
 */

#include "access.h"
#include "base/mem.h"
#include "batches.h"
#include "cache/lru.h"
#include "governor/governor.h"
#include "log.h"
#include "metrics.h"
#include "permits.h"
#include "queue.h"
#include "routes.h"
#include "store.h"

struct MHD_Daemon;

struct server {
    const struct settings *settings;
    rsc_options engine_options;
    rsc_engine *engine;
    pthread_rwlock_t engine_lock; /* written when skills are added */
    pthread_mutex_t marker_lock;
    struct str engine_hash; /* of all that answers depend on */
    struct mem mem;         /* the service's own tables */
    struct mem requests;    /* bodies and what is made of them */
    struct mem answers;     /* the cache of analyses */
    struct ctx ctx;
    struct log log;
    struct routes routes;
    struct metrics metrics;
    struct governor *governor;
    struct lru *analyses;
    struct store store;
    struct rate_table *rates;
    struct queue queue;
    struct batches batches;
    int audit_fd; /* -1 for none */

    /* Of the loop's thread. */
    struct MHD_Daemon *daemon;
    int epoll_fd, timer_fd, signal_fd;
    struct connection *connections;
    size_t n_connections, n_active; /* requests between header and reply */
    _Atomic size_t body_bytes;      /* of all bodies in memory */
    struct permits permits;
    bool timer_on, stopping, is_offloaded;
    int64_t stop_ns, last_request_ns, monitor_ns;
    uint64_t next_id;
    unsigned char id_secret[16];
    unsigned port; /* that was really taken */
};

/* What the program brings along. */
struct server_options {
    const struct settings *settings;
    const rsc_options *engine; /* cache and limits are set by us */
    const char *own_skills;    /* text of the operator's file, or NULL */
    const char *state_folder;  /* of results and own skills; "" for none */
    const char *notify_socket; /* of systemd, or NULL */
    int ready_fd;              /* -1, or gets "PORT\n" when listening */
};

/* Serves until SIGTERM or SIGINT. Fails when it cannot start; err says why. */
rsc_status server_run(const struct server_options *options, rsc_error *err);

/* The governor's owners and the log of what they do; server_memory.c. */
rsc_status memory_open(struct ctx *ctx, struct server *server);
/* Looks at memory now; also what idle time asks for. */
void memory_monitor(struct server *server, int64_t now_ns);

/* The loop, http.c. */
rsc_status http_open(struct ctx *ctx, struct server *server);
void http_run(struct server *server);
void http_close(struct server *server);
/* Gives a body's memory back. */
void server_free_body(struct server *server, char *block, size_t cap);
/* Forgets what `resume-scorer data delete` asked for since the last time. */
void server_obey_marker(struct server *server);
/* Opens an engine with the operator's skills and those that were added at run
 * time, `extra` among them, and puts it in the place of the old one. Fails
 * with what is wrong about them; the old one then stays. */
rsc_status server_open_engine(struct server *server, struct str extra,
                              rsc_error *err);

#endif
