/* SPDX-License-Identifier: MIT */
#ifndef RSC_RANK_STATE_H
#define RSC_RANK_STATE_H

/*
 * What `rank` has finished, on disk: one line of JSON per file, appended when
 * the file is done, so that a run that was killed goes on where it was and
 * memory stays small. Without a path it is a file that nobody else sees.
 *
 *     {"file":"a.pdf","sha256":"...","question":"...",
 *      "as_of":"2026-11-28","bytes":18211,"result":{...}}
 *     {"file":"b.pdf",...,"bytes":0,"error":{"code":"format",
 *      "message":"..."}}
 *
 * A line counts for a run that asks the same question (engine, job, options:
 * one hash) of the same bytes on the same day. Others are left alone. A line
 * that was cut off by the end of a process is passed over.
 */

#include "base/ctx.h"
#include "base/hash.h"

struct rank_done {
    const char *path;
    struct sha256_hex sha256;
    uint64_t at; /* of the result in the file */
    size_t len;  /* 0: it failed */
    rsc_error err;
};

struct rank_state {
    struct ctx *ctx;
    const char *path; /* NULL: nobody else sees it */
    int fd;
    uint64_t size;
    const char *question;
    const char *as_of; /* as given; else of the lines that count; or NULL */
    struct rank_done **done; /* sorted by path, sha256 */
    size_t n_done;
};

/* Opens or creates the file and reads what counts. question and as_of (which
 * may be NULL) are borrowed. Fails with RSC_EINVALID where another process has
 * it or it is no such file, RSC_EIO, RSC_ENOMEM. */
rsc_status rank_state_open(struct ctx *ctx, struct rank_state *out,
                           const char *path, const char *question,
                           const char *as_of);
void rank_state_close(struct rank_state *state);

/* What is known of these bytes under this path, or NULL. */
const struct rank_done *rank_state_find(const struct rank_state *state,
                                        const char *path,
                                        const struct sha256_hex *sha256);
/* Appends a result; *at and *len say where it is for rank_state_read. */
rsc_status rank_state_put(struct rank_state *state, const char *path,
                          const struct sha256_hex *sha256, struct str result,
                          uint64_t *at, size_t *len);
/* Appends that the file cannot be scored. What another try may change (time,
 * memory, the system) is not kept. */
rsc_status rank_state_put_error(struct rank_state *state, const char *path,
                                const struct sha256_hex *sha256,
                                const rsc_error *err);
/* Reads a result back; freed by rsc_result_free. */
rsc_status rank_state_read(const struct rank_state *state, rsc_result **out,
                           uint64_t at, size_t len, rsc_error *err);

#endif
