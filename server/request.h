/* SPDX-License-Identifier: MIT */
#ifndef RSC_REQUEST_H
#define RSC_REQUEST_H

/*
 * One request and its reply. The loop's thread fills it from the connection;
 * one worker, or the loop itself, answers it; the loop sends the reply. It is
 * never in two hands at once, but for `cancelled`.
 */

#include "base/ctx.h"
#include "base/json.h"
#include "cache/lru.h"
#include "queue.h"

/* Which form errors take. */
enum family {
    FAMILY_OURS,
    FAMILY_TEI,
    FAMILY_OPENAI
};

enum body_kind {
    BODY_NONE,
    BODY_JSON,
    BODY_FORM,
    BODY_EITHER
};

struct server;
struct request;
struct batch;

/* What stands behind an operation of openapi.json. */
struct handler {
    const char *operation; /* operationId */
    enum family family;
    enum body_kind body;
    bool is_open;   /* needs no key, is not limited in rate */
    bool is_inline; /* answered by the loop's thread: must be instant */
    bool is_batch;  /* larger bodies; refused when memory is short */
    /* Answers at once when it can (from a cache), on the loop's thread; for
     * small bodies only. May be NULL. */
    bool (*attempt)(struct request *rq);
    void (*run)(struct request *rq);
    /* Instead of run: one step of many; true when finished. */
    bool (*step)(struct request *rq);
};

struct reply_header {
    const char *name;
    struct str value;
};

#define REPLY_HEADERS 12
/* An analysis has some 100 KB, a batch of 100 has 10 MB. */
#define REPLY_BYTES ((size_t)64 << 20)

struct reply {
    unsigned status;  /* 0 until there is a reply */
    const char *type; /* of the content */
    struct buf body;
    struct str fixed; /* sent instead of body where data is not NULL */
    struct reply_header headers[REPLY_HEADERS];
    size_t n_headers;
    bool close; /* the connection, afterwards */
};

struct form_part {
    struct str name, filename, data;
    bool is_file;
};

struct pair {
    struct str name, value;
};

/* Milliseconds and counts that the headers and metrics of section 3 want. */
struct measure {
    uint64_t characters, tokens;
    int64_t tokenize_ns, infer_ns;
    bool is_batch; /* a list was asked for */
    bool is_set;
};

struct request {
    struct task task; /* first: the queue hands this out */
    struct server *server;
    struct ctx ctx; /* arena, deadline, first error */
    atomic_bool cancelled;
    const struct handler *handler;
    struct str method, path, argument; /* argument: of {batch_id} */
    const struct pair *query;
    size_t n_query;
    struct str content_type, body, key_name;
    char *block; /* the body's memory; a batch may take it over */
    size_t block_cap;
    struct batch *batch;
    char id[65];
    int64_t start_ns, queued_ns, run_ns;
    struct measure measure;
    struct reply reply;
    const struct form_part *parts; /* after form_read */
    size_t n_parts;
    bool form_done;
    struct cache_key key; /* of the answer, after attempt */
    bool has_key, was_cached;
};

/* Starts a JSON reply: writer into the reply's body. */
struct json reply_json(struct request *rq, unsigned status);
/* A whole body that is JSON already. */
void reply_text(struct request *rq, unsigned status, const char *type,
                struct str body);
/* A body that outlives the request; not copied. */
void reply_fixed(struct request *rq, unsigned status, const char *type,
                 struct str body);
void reply_empty(struct request *rq, unsigned status);
/* An error in the family's form, replacing what was written; `code` is a
 * stable word such as "too_large". */
void reply_error(struct request *rq, unsigned status, const char *code,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));
/* 422 for a field that is not among `names`, which end with NULL. */
void reply_unknown(struct request *rq, struct str field,
                   const char *const *names);
/* The error that belongs to a failure of the library. */
void reply_failure(struct request *rq, const rsc_error *err);
/* Writes {"code", "message"} of a failure, for one file of a batch. */
void reply_put_failure(struct json *j, const rsc_error *err, const char *id);
/* value is copied into the request's arena. */
void reply_header(struct request *rq, const char *name, struct str value);
/* Closes off: a body that failed to be written becomes an error. */
void reply_finish(struct request *rq);
/* 422, 413, ... for a failure of the library. */
unsigned reply_status_of(rsc_status status);

/* A query argument's value, or data NULL. */
struct str request_query(const struct request *rq, const char *name);

#endif
