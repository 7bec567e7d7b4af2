/* SPDX-License-Identifier: MIT */
#ifndef RSC_BATCHES_H
#define RSC_BATCHES_H

/*
 * Many resumes against one job, one file per step, so that single requests
 * come in between. A synchronous batch lives with its request; an
 * asynchronous one in a table, under an id that cannot be guessed, until it
 * expires.
 *
 * Threads: the table has a lock. The files of a batch are touched by the one
 * worker that has its step; what readers see is under the lock.
 */

#include <pthread.h>

#include "request.h"

#define MAX_BATCHES 64

enum batch_state {
    BATCH_PROCESSING,
    BATCH_DONE,
    BATCH_CANCELLED,
    BATCH_FAILED,
};

struct batch_file {
    struct str name;   /* unique in the batch */
    struct str data;   /* in the body */
    struct str result; /* JSON; data NULL until done */
};

struct batch {
    struct task task; /* first: of an asynchronous one */
    struct server *server;
    struct request *rq; /* of a synchronous one; else NULL */
    char id[33];
    struct ctx ctx; /* names, the job, results */
    struct batch_file *files;
    size_t n_files, done;
    struct str job, title, industry, as_of;
    bool translate, entities;
    char *block; /* the body, taken over */
    size_t block_cap;
    enum batch_state state;
    atomic_bool cancelled;
    int64_t created_s;
    bool is_running; /* in the queue or on a worker */
};

struct batches {
    pthread_mutex_t lock;
    struct batch *items[MAX_BATCHES];
};

void batches_open(struct batches *batches);
void batches_close(struct batches *batches);
/* The form of a request as a batch, which is freed by batch_free; NULL with a
 * reply where it is none. */
struct batch *batch_read(struct request *rq);
void batch_free(struct batch *batch);
/* One file. Returns true after the last one. */
bool batch_step(struct batch *batch);
/* Writes {"results": {...}} or, with its status, the batch. Lock held for an
 * asynchronous one. */
void batch_write(struct json *j, const struct batch *batch, bool status);
/* Puts it into the table and the queue; false, with a reply, when either is
 * full. The batch then belongs to the table, which may free it at any time;
 * id is the caller's copy of its name. */
bool batches_start(struct batches *batches, struct batch *batch,
                   struct request *rq, char id[33]);
/* With the lock held; NULL when unknown. */
struct batch *batches_find(struct batches *batches, struct str id);
/* Drops finished ones: expired, or made before before_s; those that run are
 * cancelled. Returns the bytes given back. */
size_t batches_forget(struct batches *batches, int64_t before_s);
/* Cancels all; at the end of the service. */
void batches_stop(struct batches *batches);
size_t batches_bytes(struct batches *batches);
/* Whether any still has files to do. */
bool batches_running(struct batches *batches);
const char *batch_state_name(enum batch_state state);

#endif
