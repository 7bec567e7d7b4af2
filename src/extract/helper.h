/* SPDX-License-Identifier: MIT */
#ifndef RSC_HELPER_H
#define RSC_HELPER_H

/*
 * One run of the helper process:
 *
 *     open   file into an anonymous memory file -> its standard input;
 *            a pipe <- its standard output; no other descriptor, an empty
 *            environment, limits as arguments
 *     run    collects what it writes until the answer is complete, it ends,
 *            says too much, or the deadline passes
 *     close  kills and reaps it, whatever state it is in
 */

#include <sys/types.h>

#include "base/ctx.h"
#include "extract/extract.h"

/* What exec's failure looks like where spawning cannot report it. */
#define HELPER_EXIT_NOT_STARTED 127

struct helper {
    const char *path;
    pid_t pid;
    int pipe;        /* read end, not blocking */
    int wait_status; /* as waitpid gave it; -1 while unknown */
    int64_t deadline_ns;
};

enum helper_ending {
    HELPER_ANSWERED,  /* a complete answer; it may still run */
    HELPER_ENDED,     /* without one; wait_status says how */
    HELPER_LATE,      /* the deadline, or the request was cancelled */
    HELPER_TALKATIVE, /* more than WIRE_MAX_BYTES */
    HELPER_FAILED,    /* an error of ours, recorded in ctx */
};

/* Starts the helper on *bytes, or on nothing to probe when bytes is NULL. */
rsc_status helper_open(struct ctx *ctx, struct helper *out,
                       const struct extract_options *options,
                       const struct str *bytes);
enum helper_ending helper_run(struct ctx *ctx, struct helper *h,
                              struct str *answer);
void helper_close(struct helper *h);

#endif
