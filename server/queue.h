/* SPDX-License-Identifier: MIT */
#ifndef RSC_QUEUE_H
#define RSC_QUEUE_H

/*
 * Work for a few threads, first come first served, with a bound. A task that
 * is not finished after one step goes back behind the others, so that a batch
 * never keeps single requests waiting longer than one file takes.
 *
 * Finished tasks are collected by the loop's thread, which is woken through a
 * descriptor.
 */

#include <pthread.h>

#include "base/ctx.h"

struct task {
    struct task *next;
    /* One step; true when finished. On a worker. */
    bool (*step)(struct task *task);
    /* After the last step, on the loop's thread. */
    void (*done)(struct task *task);
    int64_t *started_ns; /* gets the time of the first step; may be NULL */
    bool is_unbound;     /* set by queue_put */
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    struct task *first, *last, *finished;
    size_t waiting, running; /* tasks */
    size_t bound, max;       /* of those that wait, which count; at most */
    bool stopping;
    int wake_fd; /* an eventfd: readable when something is finished */
    pthread_t *threads;
    unsigned n_threads;
    struct mem *mem;
};

/* Starts n threads. Fails with RSC_ENOMEM or RSC_EIO. */
rsc_status queue_open(struct ctx *ctx, struct queue *queue, struct mem *mem,
                      unsigned n, size_t max);
/* Waits for running tasks; those that wait are dropped, so be sure that there
 * are none. */
void queue_close(struct queue *queue);
/* false when the bound is reached; a task that is bound elsewhere does not
 * count. */
bool queue_put(struct queue *queue, struct task *task, bool is_bounded);
/* Calls `done` of all that finished. On the loop's thread. */
void queue_collect(struct queue *queue);
/* Tasks that wait, and that run. */
void queue_count(struct queue *queue, size_t *waiting, size_t *running);

#endif
