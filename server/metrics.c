/* SPDX-License-Identifier: MIT */
#include "metrics.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "server.h"

static double bound_of(size_t i)
{
    double bound = 0.000015;

    for (; i > 0; i--)
        bound *= 1.5;
    return bound;
}

static void observe(struct histogram *h, double value)
{
    double bound = 0.000015;
    size_t i = 0;

    while (i < METRIC_BUCKETS && value > bound) {
        bound *= 1.5;
        i++;
    }
    h->counts[i]++;
    h->n++;
    h->sum += value;
}

static double seconds(int64_t ns)
{
    return ns > 0 ? (double)ns / 1e9 : 0;
}

static size_t error_kind(unsigned status)
{
    switch (status) {
    case 422:
    case 413:
        return 0;
    case 400:
        return 1;
    case 429:
        return 2;
    case 424:
        return 3;
    case 503:
        return 4;
    default:
        return 5;
    }
}

static const char *const error_names[] = {
    "validation", "empty", "overloaded", "backend", "unhealthy", "other"};

static void observe_times(struct te_times *times, const struct request *rq,
                          int64_t now_ns)
{
    observe(&times->all, seconds(now_ns - rq->start_ns));
    observe(&times->tokenize, seconds(rq->measure.tokenize_ns));
    observe(&times->queue, seconds(rq->run_ns - rq->queued_ns));
    observe(&times->infer, seconds(rq->measure.infer_ns));
}

void metrics_count(struct metrics *m, const struct request *rq, int64_t now_ns)
{
    unsigned status = rq->reply.status, hundreds = status / 100;
    size_t route = rq->handler ? handler_index(rq->handler) : 0;

    m->requests[route][hundreds < 6 ? hundreds : 5]++;
    observe(&m->duration, seconds(now_ns - rq->start_ns));
    if (rq->was_cached)
        m->cached++;
    if (!rq->handler || rq->handler->family == FAMILY_OURS ||
        rq->handler->is_inline)
        return;
    m->te_requests[rq->measure.is_batch]++;
    if (status >= 400) {
        m->te_failure[error_kind(status)]++;
        return;
    }
    m->te_success[rq->measure.is_batch]++;
    observe_times(&m->te_request, rq, now_ns);
    /* Those that gave vectors, not tokens. */
    if (rq->measure.is_set)
        observe_times(&m->te_embed, rq, now_ns);
    m->te_last_tokens = rq->measure.tokens;
    observe(&m->te_length, (double)rq->measure.tokens);
}

static void put_help(struct buf *out, const char *name, const char *type,
                     const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_number(struct buf *out, const char *name, const char *type,
                       const char *help, uint64_t value)
{
    put_help(out, name, type, help);
    buf_printf(out, "%s %" PRIu64 "\n", name, value);
}

static void put_histogram(struct buf *out, const char *name, const char *help,
                          const struct histogram *h)
{
    uint64_t sum = 0;

    put_help(out, name, "histogram", help);
    for (size_t i = 0; i < METRIC_BUCKETS; i++) {
        sum += h->counts[i];
        buf_printf(out, "%s_bucket{le=\"%.6g\"} %" PRIu64 "\n", name,
                   bound_of(i), sum);
    }
    buf_printf(out, "%s_bucket{le=\"+Inf\"} %" PRIu64 "\n", name, h->n);
    buf_printf(out, "%s_sum %.6f\n%s_count %" PRIu64 "\n", name, h->sum, name,
               h->n);
}

static void put_requests(struct buf *out, const struct metrics *m)
{
    put_help(out, "rsc_requests_total", "counter",
             "Requests answered, by operation and status");
    for (size_t i = 0; i < METRIC_ROUTES; i++)
        for (unsigned k = 1; k < 6; k++)
            if (m->requests[i][k])
                buf_printf(out,
                           "rsc_requests_total{operation=\"%s\",status=\"%uxx\""
                           "} %" PRIu64 "\n",
                           handler_name(i), k, m->requests[i][k]);
}

/* By whether one input was given or a list. */
static void put_methods(struct buf *out, const char *name, const char *help,
                        const uint64_t counts[2])
{
    put_help(out, name, "counter", help);
    buf_printf(out,
               "%s{method=\"single\"} %" PRIu64 "\n"
               "%s{method=\"batch\"} %" PRIu64 "\n",
               name, counts[0], name, counts[1]);
}

static void put_times(struct buf *out, const char *prefix,
                      const struct te_times *times)
{
    const struct {
        const char *name, *help;
        const struct histogram *histogram;
    } rows[] = {
        {"duration", "Seconds in all", &times->all},
        {"tokenization_duration", "Seconds of tokens", &times->tokenize},
        {"queue_duration", "Seconds of waiting", &times->queue},
        {"inference_duration", "Seconds of inference", &times->infer}};
    char name[64];

    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "%s_%s", prefix, rows[i].name);
        put_histogram(out, name, rows[i].help, rows[i].histogram);
    }
}

static void put_te(struct buf *out, const struct metrics *m,
                   const struct server *server)
{
    size_t waiting, running;

    put_methods(out, "te_request_count", "Embedding requests", m->te_requests);
    put_methods(out, "te_request_success", "Those that succeeded",
                m->te_success);
    put_help(out, "te_request_failure", "counter", "Those that failed");
    for (size_t i = 0; i < 6; i++)
        buf_printf(out, "te_request_failure{err=\"%s\"} %" PRIu64 "\n",
                   error_names[i], m->te_failure[i]);
    put_times(out, "te_request", &m->te_request);
    put_number(out, "te_embed_count", "counter", "Requests for vectors",
               m->te_embed.all.n);
    put_times(out, "te_embed", &m->te_embed);
    put_histogram(out, "te_request_input_length", "Tokens of a request",
                  &m->te_length);
    queue_count((struct queue *)(uintptr_t)&server->queue, &waiting, &running);
    put_number(out, "te_queue_size", "gauge", "Requests that wait", waiting);
    put_number(out, "te_batch_next_size", "gauge", "Requests that run",
               running);
    put_number(out, "te_batch_next_tokens", "gauge",
               "Tokens of the request that was computed last",
               m->te_last_tokens);
    put_number(out, "rsc_embedding_inputs", "gauge",
               "Inputs that are taken on and not answered yet",
               server->permits.used);
}

static void put_memory(struct buf *out, const struct server *server)
{
    struct pressure p;
    const char *owner;
    uint64_t held;

    governor_last(server->governor, &p);
    put_number(out, "rsc_memory_limit_bytes", "gauge", "Of the container",
               p.limit);
    put_number(out, "rsc_memory_used_bytes", "gauge",
               "Of the container, without files", p.use);
    put_number(out, "rsc_memory_resident_bytes", "gauge", "Of this process",
               p.rss);
    put_number(out, "rsc_memory_stage", "gauge",
               "0 calm, 1 standard, 2 aggressive, 3 emergency",
               governor_stage(server->governor));
    put_help(out, "rsc_memory_owner_bytes", "gauge", "By owner");
    for (size_t i = 0; (owner = governor_owner_at(server->governor, i, &held));
         i++)
        buf_printf(out, "rsc_memory_owner_bytes{owner=\"%s\"} %" PRIu64 "\n",
                   owner, held);
}

void metrics_write(struct buf *out, const struct server *server)
{
    const struct metrics *m = &server->metrics;

    put_requests(out, m);
    put_histogram(out, "rsc_request_duration_seconds", "Seconds in all",
                  &m->duration);
    put_number(out, "rsc_cached_total", "counter", "Answers from the cache",
               m->cached);
    put_help(out, "rsc_refused_total", "counter", "Requests turned away");
    buf_printf(out, "rsc_refused_total{why=\"queue\"} %" PRIu64 "\n",
               m->rejected_queue);
    buf_printf(out, "rsc_refused_total{why=\"memory\"} %" PRIu64 "\n",
               m->rejected_memory);
    buf_printf(out, "rsc_refused_total{why=\"rate\"} %" PRIu64 "\n",
               m->rejected_rate);
    put_help(out, "rsc_cut_total", "counter", "Connections that were cut");
    buf_printf(out, "rsc_cut_total{why=\"header\"} %" PRIu64 "\n",
               m->cut_header);
    buf_printf(out, "rsc_cut_total{why=\"body\"} %" PRIu64 "\n", m->cut_body);
    buf_printf(out, "rsc_cut_total{why=\"room\"} %" PRIu64 "\n", m->cut_room);
    put_number(out, "rsc_connections_total", "counter", "Connections taken",
               m->connections_total);
    put_number(out, "rsc_connections", "gauge", "Connections open",
               server->n_connections);
    put_memory(out, server);
    put_te(out, m, server);
}
