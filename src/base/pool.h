/* SPDX-License-Identifier: MIT */
#ifndef RSC_POOL_H
#define RSC_POOL_H

/*
 * Helper threads for one kind of work. A thread sleeps until it is woken and
 * never spins: at a tenth of a core every spun millisecond is missing later.
 *
 * The owner has the lock and the queue; the pool has the threads:
 *
 *     mutex_lock; put work into the queue; pool_wake; mutex_unlock
 *     each thread: calls work(arg, index) again and again; work takes the
 *                  lock itself and returns false when there was nothing
 */

#include "base/ctx.h"

struct pool;

/* Does one piece of work, if there is any; index is 0 to threads - 1. */
typedef bool pool_work(void *arg, unsigned index);

/* Starts the threads; 0 is allowed and makes pool_wake do nothing. Signals
 * are blocked in them. */
rsc_status pool_open(struct ctx *ctx, struct pool **out, struct mem *mem,
                     unsigned threads, pool_work *work, void *arg);
/* Waits for the work in hand; what is still queued is left. */
void pool_close(struct pool *pool);
/* Lets up to n sleeping threads look for work. */
void pool_wake(struct pool *pool, unsigned n);

#endif
