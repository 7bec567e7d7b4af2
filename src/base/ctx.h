/* SPDX-License-Identifier: MIT */
#ifndef RSC_CTX_H
#define RSC_CTX_H

/*
 * The context of one request: its arena, its first error, its deadline.
 *
 * A function that can fail, allocate or take long has `struct ctx *ctx` first
 * and returns rsc_status; one without it does none of these. The first error
 * wins, later ones are dropped, and callers pass a status up unchanged:
 *
 *     rsc_status st = parse_header(ctx, &header, bytes);
 *     if (st)
 *         return st;
 *
 * Threads: one context belongs to one thread at a time; `cancelled` may be
 * set from any.
 */

#include <resume_scorer.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct ctx {
    struct arena arena;
    int64_t deadline_ns; /* of clock_monotonic_ns; INT64_MAX means none */
    const atomic_bool *cancelled; /* or NULL */
    rsc_error error;              /* status RSC_OK until the first failure */
};

void ctx_init(struct ctx *ctx, struct mem *mem);
/* Releases the arena and everything in it. */
void ctx_clear(struct ctx *ctx);

/* Records the first failure and returns the status of that first one. */
rsc_status ctx_fail(struct ctx *ctx, rsc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with a byte offset in the input. */
rsc_status ctx_fail_at(struct ctx *ctx, rsc_status status, size_t position,
                       const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Fails when the deadline has passed or the request was cancelled. To be
 * called now and then by everything whose time grows with its input. */
rsc_status ctx_check(struct ctx *ctx);
/* Copies the error out; err may be NULL. Returns its status. */
rsc_status ctx_error(const struct ctx *ctx, rsc_error *err);

/* Memory from the arena; NULL, with RSC_ENOMEM recorded, when there is none.
 * The content is undefined, but for ctx_calloc. */
void *ctx_alloc(struct ctx *ctx, size_t size);
void *ctx_alloc_array(struct ctx *ctx, size_t n, size_t size);
void *ctx_calloc(struct ctx *ctx, size_t n, size_t size);
/* A copy in the arena, with a NUL behind it; data is NULL on failure. */
struct str ctx_copy(struct ctx *ctx, struct str s);
/* A copy on one line: runs of white space are one blank, none at the ends. */
struct str ctx_fold(struct ctx *ctx, struct str s);
/* A formatted string in the arena, with a NUL behind it. */
struct str ctx_printf(struct ctx *ctx, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
