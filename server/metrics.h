/* SPDX-License-Identifier: MIT */
#ifndef RSC_METRICS_H
#define RSC_METRICS_H

/*
 * Counters for Prometheus. Labels come from fixed sets (routes, statuses), so
 * nothing that a client sends can grow them.
 *
 * Threads: the loop's only.
 */

#include "request.h"

/* From 15 us, each 1.5 times the one before, as the original server of the
 * embedding routes has them. */
#define METRIC_BUCKETS 35
#define METRIC_ROUTES  64

struct histogram {
    uint64_t counts[METRIC_BUCKETS + 1];
    uint64_t n;
    double sum; /* seconds */
};

/* In all, of tokens, of waiting, of inference. */
struct te_times {
    struct histogram all, tokenize, queue, infer;
};

struct metrics {
    uint64_t requests[METRIC_ROUTES][6]; /* by route and hundreds of status */
    struct histogram duration;
    /* Of the embedding routes. */
    uint64_t te_requests[2], te_success[2]; /* single, batch */
    uint64_t te_failure[6], te_last_tokens;
    struct te_times te_request, te_embed;
    struct histogram te_length;
    uint64_t cached, rejected_queue, rejected_memory, rejected_rate;
    uint64_t cut_header, cut_body, cut_room, connections_total;
};

/* Counts a request that was answered. */
void metrics_count(struct metrics *metrics, const struct request *rq,
                   int64_t now_ns);
void metrics_write(struct buf *out, const struct server *server);

#endif
