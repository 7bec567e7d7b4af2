/* SPDX-License-Identifier: MIT */
/*
 * The loop: sockets through libmicrohttpd, the clock, signals, and what the
 * workers finished, all on one thread and one epoll.
 */

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "connection.h"
#include "listen.h"
#include "server.h"

/* Bodies above it are read on a worker, even for an answer from the cache. */
#define ATTEMPT_BYTES ((size_t)256 << 10)
/* A refused request's body up to this is read and dropped, so that the client
 * gets to see the answer; beyond it the connection is closed, which many
 * clients report as a reset instead. */
#define DISCARD_BYTES ((size_t)64 << 20)
/* A header block of 16 KB and room for the reply's own. */
#define CONNECTION_MEMORY ((size_t)24 << 10)

/* --- one exchange ------------------------------------------------------- */

static void make_id(struct server *server, char id[65])
{
    unsigned char out[crypto_shorthash_BYTES];

    server->next_id++;
    /* Hashed, so that ids do not tell how many requests there were. */
    crypto_shorthash(out, (const unsigned char *)&server->next_id,
                     sizeof(server->next_id), server->id_secret);
    sodium_bin2hex(id, 65, out, sizeof(out));
}

/* Before libmicrohttpd decodes it in its place. */
static void look_at_uri(struct exchange *ex, const char *uri)
{
    size_t i = 0;

    for (; uri[i]; i++)
        if ((unsigned char)uri[i] <= 0x20 || uri[i] == 0x7F ||
            strncmp(uri + i, "%00", 3) == 0)
            ex->is_uri_bad = true;
    ex->uri_len = i;
}

/* While something waits that has a deadline of ours. */
static void set_timer(struct server *server, bool on)
{
    struct itimerspec when = {0};

    if (server->timer_on == on)
        return;
    if (on)
        when.it_interval.tv_nsec = when.it_value.tv_nsec = 500000000;
    timerfd_settime(server->timer_fd, 0, &when, NULL);
    server->timer_on = on;
}

static void *open_exchange(void *cls, const char *uri,
                           struct MHD_Connection *mhd)
{
    struct server *server = cls;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *c = info ? info->socket_context : NULL;
    struct exchange *ex;

    if (!c || !(ex = mem_calloc(&server->requests, 1, sizeof(*ex))))
        return NULL;
    struct request *rq = &ex->rq;
    rq->server = server;
    ctx_init(&rq->ctx, &server->requests);
    rq->ctx.cancelled = &rq->cancelled;
    rq->start_ns = clock_monotonic_ns();
    rq->ctx.deadline_ns =
        rq->start_ns +
        (int64_t)settings_number(server->settings, SET_REQUEST_S) * 1000000000;
    make_id(server, rq->id);
    buf_init(&rq->reply.body, &server->requests, REPLY_BYTES);
    ex->connection = c;
    ex->mhd = mhd;
    look_at_uri(ex, uri);
    c->exchange = ex;
    server->n_active++;
    server->last_request_ns = rq->start_ns;
    /* The first request's deadline runs since the connection came. */
    if (c->state == CONNECTION_IDLE)
        connection_enter(c, CONNECTION_HEADER);
    set_timer(server, true);
    return ex;
}

/* A method that no route has is a word of the client's. */
static struct str known_method(struct str method)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "DELETE"};

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (str_eq(method, str_of(known[i])))
            return method;
    return STR("other");
}

static void log_exchange(struct server *server, const struct request *rq)
{
    int64_t now = clock_monotonic_ns();

    metrics_count(&server->metrics, rq, now);
    log_line(
        &server->log,
        rq->handler && rq->handler->is_open ? LOG_DEBUG : LOG_INFO, "request",
        "id=%s method=%.*s operation=%s status=%u ms=%" PRId64
        " queue_ms=%" PRId64 " bytes_in=%zu bytes_out=%zu cached=%d",
        rq->id, STR_ARG(known_method(rq->method)),
        rq->handler ? rq->handler->operation : "none", rq->reply.status,
        (now - rq->start_ns) / 1000000,
        rq->run_ns ? (rq->run_ns - rq->queued_ns) / 1000000 : 0, rq->body.len,
        rq->reply.fixed.data ? rq->reply.fixed.len : rq->reply.body.len,
        rq->was_cached);
}

static void close_exchange(void *cls, struct MHD_Connection *mhd, void **con,
                           enum MHD_RequestTerminationCode code)
{
    struct server *server = cls;
    struct exchange *ex = *con;

    (void)mhd;
    (void)code;
    if (!ex)
        return;
    if (ex->rq.reply.status)
        log_exchange(server, &ex->rq);
    ex->connection->exchange = NULL;
    connection_enter(ex->connection, CONNECTION_IDLE);
    server->n_active--;
    server_free_body(server, ex->rq.block, ex->rq.block_cap);
    buf_clear(&ex->rq.reply.body);
    ctx_clear(&ex->rq.ctx);
    mem_free(&server->requests, ex, sizeof(*ex));
    *con = NULL;
}

/* Headers that every reply has. */
static void add_headers(struct MHD_Response *response, struct exchange *ex)
{
    const struct reply *reply = &ex->rq.reply;

    for (size_t i = 0; i < reply->n_headers; i++)
        MHD_add_response_header(response, reply->headers[i].name,
                                reply->headers[i].value.data);
    MHD_add_response_header(response, "X-Request-Id", ex->rq.id);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Content-Security-Policy",
                            "default-src 'none'; style-src 'self'; img-src "
                            "'self'; frame-ancestors 'none'");
    if (!reply->fixed.data)
        MHD_add_response_header(response, "Cache-Control", "no-store");
    if (reply->type)
        MHD_add_response_header(response, "Content-Type", reply->type);
    if (reply->close || ex->rq.server->stopping)
        MHD_add_response_header(response, "Connection", "close");
}

static enum MHD_Result send_reply(struct exchange *ex)
{
    struct reply *reply = &ex->rq.reply;

    reply_finish(&ex->rq);
    struct str body = reply->fixed;
    if (!body.data)
        body = buf_str(&reply->body);
    /* The bytes live until close_exchange, which comes after sending. */
    struct MHD_Response *response = MHD_create_response_from_buffer(
        body.len, (void *)(uintptr_t)body.data, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    add_headers(response, ex);
    connection_enter(ex->connection, CONNECTION_SEND);
    enum MHD_Result result =
        MHD_queue_response(ex->mhd, reply->status, response);
    MHD_destroy_response(response);
    ex->is_answered = true;
    return result;
}

/* --- work --------------------------------------------------------------- */

static bool work_step(struct task *task)
{
    struct request *rq = (struct request *)task;

    if (ctx_check(&rq->ctx)) {
        reply_error(rq, 503, "timeout", "the request waited too long");
        return true;
    }
    if (rq->handler->step)
        return rq->handler->step(rq);
    rq->handler->run(rq);
    return true;
}

static void work_done(struct task *task)
{
    struct exchange *ex = (struct exchange *)task;

    permits_give(&ex->rq.server->permits, ex->permits);
    ex->permits = 0;
    connection_watch(ex->connection, false);
    ex->is_queued = false;
    MHD_resume_connection(ex->mhd);
}

/* Embedding requests are bounded by their inputs, the others by number. */
static bool put_in_queue(struct exchange *ex)
{
    struct request *rq = &ex->rq;
    struct permits *permits = &rq->server->permits;
    bool is_ours = rq->handler->family == FAMILY_OURS;
    size_t n = is_ours ? 0 : permits_count(rq->body);

    if (!is_ours && !permits_take(permits, n))
        return false;
    ex->permits = n;
    if (queue_put(&rq->server->queue, &rq->task, is_ours))
        return true;
    permits_give(permits, n);
    ex->permits = 0;
    return false;
}

static enum MHD_Result dispatch(struct exchange *ex)
{
    struct request *rq = &ex->rq;
    const struct handler *handler = rq->handler;

    rq->body = (struct str){rq->block ? rq->block : "", ex->body_len};
    if (handler->is_inline) {
        handler->run(rq);
        return send_reply(ex);
    }
    if (handler->attempt && rq->body.len <= ATTEMPT_BYTES &&
        handler->attempt(rq))
        return send_reply(ex);
    rq->task.step = work_step;
    rq->task.done = work_done;
    rq->task.started_ns = &rq->run_ns;
    rq->queued_ns = clock_monotonic_ns();
    /* Before it is put: a worker may be done with it at once. */
    connection_enter(ex->connection, CONNECTION_WORK);
    if (!put_in_queue(ex)) {
        bool tei = handler->family != FAMILY_OURS;
        rq->server->metrics.rejected_queue++;
        rq->run_ns = rq->queued_ns;
        reply_error(rq, tei ? 429 : 503, "overloaded",
                    tei ? "Model is overloaded"
                        : "too many requests are waiting; try again soon");
        return send_reply(ex);
    }
    ex->is_queued = true;
    connection_watch(ex->connection, true);
    MHD_suspend_connection(ex->mhd);
    return MHD_YES;
}

/* A body that is refused while it comes; what was there of it is let go. */
static void refuse_body(struct exchange *ex, unsigned status, const char *code,
                        const char *why)
{
    struct request *rq = &ex->rq;

    server_free_body(rq->server, rq->block, rq->block_cap);
    rq->block = NULL;
    rq->block_cap = 0;
    reply_error(rq, status, code, "%s", why);
    rq->reply.close = true;
}

/* Takes a piece of the body; MHD_NO closes the connection. */
static enum MHD_Result take_body(struct exchange *ex, const char *data,
                                 size_t *len)
{
    struct server *server = ex->rq.server;
    size_t need = ex->body_len + *len;

    if (!ex->rq.reply.status && need > ex->body_max) /* a chunked one */
        refuse_body(ex, 413, "too_large", "the body is larger than allowed");
    if (ex->rq.reply.status) { /* refused: read and forget */
        ex->body_len = need;
        *len = 0;
        return need > DISCARD_BYTES ? MHD_NO : MHD_YES;
    }
    if (need > ex->rq.block_cap) {
        size_t cap = ex->rq.block_cap ? ex->rq.block_cap * 2 : 4096;
        if (cap < need)
            cap = need;
        if (cap > ex->body_max)
            cap = ex->body_max;
        char *block =
            mem_realloc(&server->requests, ex->rq.block, ex->rq.block_cap, cap);
        if (!block) {
            refuse_body(ex, 503, "memory", "out of memory");
            ex->body_len = need;
            *len = 0;
            return MHD_YES;
        }
        atomic_fetch_add(&server->body_bytes, cap - ex->rq.block_cap);
        ex->rq.block = block;
        ex->rq.block_cap = cap;
    }
    memcpy(ex->rq.block + ex->body_len, data, *len);
    ex->body_len = need;
    *len = 0;
    return MHD_YES;
}

/* 0 for one in chunks: how long it is shows when it comes. */
static uint64_t declared_length(struct MHD_Connection *mhd)
{
    const char *text =
        MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, "Content-Length");
    uint64_t length = 0;

    if (text && !str_to_u64(str_of(text), UINT64_MAX / 4, &length))
        return UINT64_MAX;
    return length;
}

static enum MHD_Result begin(struct exchange *ex, const char *method,
                             const char *url, const char *version)
{
    ex->is_started = true;
    set_timer(ex->rq.server, true);
    if (edge_check(ex, method, url, version)) {
        connection_enter(ex->connection, CONNECTION_BODY);
        return MHD_YES;
    }
    uint64_t length = declared_length(ex->mhd);
    if (ex->rq.reply.close || length > DISCARD_BYTES ||
        MHD_lookup_connection_value(ex->mhd, MHD_HEADER_KIND, "Expect")) {
        ex->rq.reply.close = ex->rq.reply.close || length > 0;
        return send_reply(ex);
    }
    connection_enter(ex->connection, CONNECTION_BODY);
    return MHD_YES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *mhd,
                              const char *url, const char *method,
                              const char *version, const char *upload_data,
                              size_t *upload_data_size, void **con)
{
    struct exchange *ex = *con;

    (void)cls;
    (void)mhd;
    if (!ex)
        return MHD_NO; /* no memory */
    if (!ex->is_started)
        return begin(ex, method, url, version);
    if (ex->is_answered) {
        *upload_data_size = 0;
        return MHD_YES;
    }
    if (*upload_data_size)
        return take_body(ex, upload_data, upload_data_size);
    if (ex->rq.reply.status || ex->rq.queued_ns)
        return send_reply(ex);
    return dispatch(ex);
}

/* --- the loop ----------------------------------------------------------- */

static rsc_status add_fd(struct ctx *ctx, struct server *server, int fd,
                         void *what)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};

    if (fd < 0 || epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, fd, &event))
        return ctx_fail(ctx, RSC_EIO, "the system gives no descriptors: %s",
                        strerror(errno));
    return RSC_OK;
}

static rsc_status open_fds(struct ctx *ctx, struct server *server)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    server->timer_fd =
        timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    server->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (add_fd(ctx, server, server->timer_fd, &server->timer_fd) ||
        add_fd(ctx, server, server->signal_fd, &server->signal_fd) ||
        add_fd(ctx, server, server->queue.wake_fd, &server->queue))
        return ctx->error.status;
    return RSC_OK;
}

rsc_status http_open(struct ctx *ctx, struct server *server)
{
    const struct settings *s = server->settings;
    bool trusts = settings_number(s, SET_TRUST_PROXY);
    int listener;

    randombytes_buf(server->id_secret, sizeof(server->id_secret));
    if (open_fds(ctx, server) ||
        listen_open(ctx, &listener, &server->port, settings_text(s, SET_HOST),
                    (unsigned)settings_number(s, SET_PORT)))
        return ctx->error.status;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, server,
        MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)settings_number(s, SET_CONNECTIONS),
        MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        trusts ? 0u : (unsigned)settings_number(s, SET_PER_ADDRESS),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)settings_number(s, SET_IDLE_S),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
        MHD_OPTION_URI_LOG_CALLBACK, open_exchange, server,
        MHD_OPTION_NOTIFY_COMPLETED, close_exchange, server,
        MHD_OPTION_NOTIFY_CONNECTION, connection_notify, server,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (!server->daemon) {
        close(listener);
        return ctx_fail(ctx, RSC_EIO, "the HTTP server cannot start");
    }
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    return add_fd(ctx, server, info ? info->epoll_fd : -1, &server->daemon);
}

static int next_timeout_ms(struct server *server, int64_t now_ns)
{
    MHD_UNSIGNED_LONG_LONG mhd_ms;
    int64_t ms = (server->monitor_ns - now_ns) / 1000000 + 1;

    if (MHD_get_timeout(server->daemon, &mhd_ms) == MHD_YES &&
        (int64_t)mhd_ms < ms)
        ms = (int64_t)mhd_ms;
    return ms < 0 ? 0 : ms > 60000 ? 60000 : (int)ms;
}

static void begin_stop(struct server *server)
{
    struct signalfd_siginfo info;
    ssize_t n = read(server->signal_fd, &info, sizeof(info));

    if (n <= 0 || server->stopping)
        return;
    server->stopping = true;
    server->stop_ns =
        clock_monotonic_ns() +
        (int64_t)settings_number(server->settings, SET_STOP_S) * 1000000000;
    log_line(&server->log, LOG_INFO, "stopping", "running=%zu",
             server->n_active);
    /* No new connections; those that are open finish what they have. */
    close(MHD_quiesce_daemon(server->daemon));
    set_timer(server, true);
}

static void on_timer(struct server *server, int64_t now_ns)
{
    uint64_t n;
    ssize_t got = read(server->timer_fd, &n, sizeof(n));

    (void)got;
    if (!connections_check(server, now_ns) && !server->stopping)
        set_timer(server, false);
}

static void on_event(struct server *server, const struct epoll_event *event,
                     int64_t now_ns)
{
    if (event->data.ptr == &server->timer_fd) {
        on_timer(server, now_ns);
    } else if (event->data.ptr == &server->signal_fd) {
        begin_stop(server);
    } else if (event->data.ptr == &server->queue) {
        queue_collect(&server->queue);
    } else if (event->data.ptr != &server->daemon) {
        struct connection *c = event->data.ptr;
        /* The client went away while it waited. */
        if (c->exchange)
            atomic_store(&c->exchange->rq.cancelled, true);
    }
}

/* Batches are worth waiting for where their results outlive us. */
static bool is_stopped(struct server *server, int64_t now_ns)
{
    if (!server->stopping)
        return false;
    if (now_ns >= server->stop_ns)
        return true;
    return server->n_active == 0 &&
           !(server->store.is_open && batches_running(&server->batches));
}

void http_run(struct server *server)
{
    struct epoll_event events[32];
    int64_t now_ns = clock_monotonic_ns();

    while (!is_stopped(server, now_ns)) {
        int n = epoll_wait(server->epoll_fd, events, 32,
                           next_timeout_ms(server, now_ns));
        now_ns = clock_monotonic_ns();
        for (int i = 0; i < n; i++)
            on_event(server, &events[i], now_ns);
        /* Not how many are open: one may have gone while another came. */
        uint64_t before = server->metrics.connections_total;
        MHD_run(server->daemon);
        if (server->metrics.connections_total != before)
            set_timer(server, true);
        if (now_ns >= server->monitor_ns)
            memory_monitor(server, now_ns);
    }
}

/* What still runs when the time is up is cancelled and waited for. */
void http_close(struct server *server)
{
    batches_stop(&server->batches);
    if (server->daemon) {
        for (struct connection *c = server->connections; c; c = c->next)
            if (c->exchange)
                atomic_store(&c->exchange->rq.cancelled, true);
        size_t waiting, running;
        for (;;) {
            queue_collect(&server->queue);
            queue_count(&server->queue, &waiting, &running);
            bool any = false;
            for (struct connection *c = server->connections; c; c = c->next)
                any = any || (c->exchange && c->exchange->is_queued);
            if (!any)
                break;
            usleep(10000);
        }
        MHD_run(server->daemon);
        MHD_stop_daemon(server->daemon);
    }
    close(server->epoll_fd);
    close(server->timer_fd);
    close(server->signal_fd);
}
