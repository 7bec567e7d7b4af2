/* SPDX-License-Identifier: MIT */
#include "base/pool.h"

#include <pthread.h>
#include <signal.h>

#include "base/mem.h"

struct pool_thread {
    struct pool *pool;
    pthread_t handle;
    unsigned index;
};

struct pool {
    struct mem *mem;
    size_t size; /* of this block */
    pool_work *work;
    void *arg;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    uint64_t calls; /* of pool_wake so far */
    bool closing;
    unsigned n;
    struct pool_thread threads[];
};

/* Work until there is none, then sleep until somebody called since. */
static void *run(void *arg)
{
    struct pool_thread *self = arg;
    struct pool *pool = self->pool;

    pthread_mutex_lock(&pool->lock);
    while (!pool->closing) {
        uint64_t seen = pool->calls;
        pthread_mutex_unlock(&pool->lock);
        while (pool->work(pool->arg, self->index))
            ;
        pthread_mutex_lock(&pool->lock);
        while (!pool->closing && pool->calls == seen)
            pthread_cond_wait(&pool->wake, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

rsc_status pool_open(struct ctx *ctx, struct pool **out, struct mem *mem,
                     unsigned threads, pool_work *work, void *arg)
{
    size_t size = sizeof(struct pool) + threads * sizeof(struct pool_thread);
    struct pool *pool = mem_calloc(mem, 1, size);
    sigset_t all, old;

    *out = pool;
    if (!pool)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for %u threads",
                        threads);
    *pool = (struct pool){.mem = mem, .size = size, .work = work, .arg = arg};
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    /* A signal of the host must never arrive in a thread of ours. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    for (; pool->n < threads; pool->n++) {
        struct pool_thread *t = &pool->threads[pool->n];
        *t = (struct pool_thread){.pool = pool, .index = pool->n};
        if (pthread_create(&t->handle, NULL, run, t))
            break;
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (pool->n == threads)
        return RSC_OK;
    pool_close(pool);
    *out = NULL;
    return ctx_fail(ctx, RSC_ENOMEM, "cannot start %u threads", threads);
}

void pool_close(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->n; i++)
        pthread_join(pool->threads[i].handle, NULL);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    mem_free(pool->mem, pool, pool->size);
}

void pool_wake(struct pool *pool, unsigned n)
{
    pthread_mutex_lock(&pool->lock);
    pool->calls++;
    for (unsigned i = 0; i < n && i < pool->n; i++)
        pthread_cond_signal(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
}
