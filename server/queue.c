/* SPDX-License-Identifier: MIT */
#include "queue.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

static void append(struct queue *queue, struct task *task)
{
    task->next = NULL;
    if (queue->last)
        queue->last->next = task;
    else
        queue->first = task;
    queue->last = task;
    queue->waiting++;
    queue->bound += !task->is_unbound;
}

static struct task *take_first(struct queue *queue)
{
    struct task *task = queue->first;

    queue->first = task->next;
    if (!queue->first)
        queue->last = NULL;
    queue->waiting--;
    queue->bound -= !task->is_unbound;
    return task;
}

static void wake_loop(struct queue *queue)
{
    uint64_t one = 1;

    /* A full counter wakes the loop, too. */
    ssize_t n = write(queue->wake_fd, &one, sizeof(one));
    (void)n;
}

static void *work(void *user)
{
    struct queue *queue = user;

    pthread_mutex_lock(&queue->lock);
    for (;;) {
        while (!queue->first && !queue->stopping)
            pthread_cond_wait(&queue->ready, &queue->lock);
        if (!queue->first)
            break;
        struct task *task = take_first(queue);
        queue->running++;
        pthread_mutex_unlock(&queue->lock);
        if (task->started_ns && !*task->started_ns)
            *task->started_ns = clock_monotonic_ns();
        bool finished = task->step(task);
        pthread_mutex_lock(&queue->lock);
        queue->running--;
        if (!finished) {
            append(queue, task);
            continue;
        }
        task->next = queue->finished;
        queue->finished = task;
        wake_loop(queue);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

/* Signals are the loop's business. */
static int start_thread(struct queue *queue, pthread_t *thread)
{
    sigset_t all, old;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    int code = pthread_create(thread, NULL, work, queue);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return code;
}

rsc_status queue_open(struct ctx *ctx, struct queue *queue, struct mem *mem,
                      unsigned n, size_t max)
{
    *queue = (struct queue){.max = max, .mem = mem, .wake_fd = -1};
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->ready, NULL);
    queue->threads = mem_calloc(mem, n, sizeof(queue->threads[0]));
    queue->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (!queue->threads || queue->wake_fd < 0)
        return ctx_fail(ctx, RSC_ENOMEM, "no memory for worker threads");
    for (unsigned i = 0; i < n; i++) {
        if (start_thread(queue, &queue->threads[i]))
            return ctx_fail(ctx, RSC_EIO, "a worker thread cannot be started");
        queue->n_threads++;
    }
    return RSC_OK;
}

void queue_close(struct queue *queue)
{
    if (!queue->mem)
        return;
    pthread_mutex_lock(&queue->lock);
    queue->stopping = true;
    queue->first = queue->last = NULL;
    pthread_cond_broadcast(&queue->ready);
    pthread_mutex_unlock(&queue->lock);
    for (unsigned i = 0; i < queue->n_threads; i++)
        pthread_join(queue->threads[i], NULL);
    if (queue->wake_fd >= 0)
        close(queue->wake_fd);
    mem_free(queue->mem, queue->threads,
             queue->n_threads * sizeof(queue->threads[0]));
    pthread_mutex_destroy(&queue->lock);
    pthread_cond_destroy(&queue->ready);
}

bool queue_put(struct queue *queue, struct task *task, bool is_bounded)
{
    pthread_mutex_lock(&queue->lock);
    bool room = (!is_bounded || queue->bound < queue->max) && !queue->stopping;
    task->is_unbound = !is_bounded;
    if (room) {
        append(queue, task);
        pthread_cond_signal(&queue->ready);
    }
    pthread_mutex_unlock(&queue->lock);
    return room;
}

void queue_collect(struct queue *queue)
{
    uint64_t count;
    ssize_t n = read(queue->wake_fd, &count, sizeof(count));

    (void)n;
    pthread_mutex_lock(&queue->lock);
    struct task *task = queue->finished;
    queue->finished = NULL;
    pthread_mutex_unlock(&queue->lock);
    while (task) {
        struct task *next = task->next;
        task->done(task);
        task = next;
    }
}

void queue_count(struct queue *queue, size_t *waiting, size_t *running)
{
    pthread_mutex_lock(&queue->lock);
    *waiting = queue->waiting;
    *running = queue->running;
    pthread_mutex_unlock(&queue->lock);
}
