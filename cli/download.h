/* SPDX-License-Identifier: MIT */
#ifndef RSC_DOWNLOAD_H
#define RSC_DOWNLOAD_H

/*
 * One file over HTTP, resumed where an earlier attempt stopped: what has
 * arrived stays in PATH, and PATH.etag says which version of the file it is a
 * part of, so that a changed file is fetched from its beginning.
 */

#include "base/ctx.h"

struct download {
    const char *url;
    const char *path;
    const char *label;  /* for the progress bar */
    uint64_t bytes;     /* expected size; 0: not known */
    uint64_t max_bytes; /* a longer file is refused */
    /* Set by download_file: */
    uint64_t resumed_at; /* bytes that were there before */
    long http_status;    /* of the last answer; 0 if there was none */
};

/* Fails with RSC_EIO and one sentence that says why; what has arrived is kept
 * for the next attempt. */
rsc_status download_file(struct ctx *ctx, struct download *download);
/* Removes what an attempt has left. */
void download_forget(struct ctx *ctx, const char *path);

#endif
