/* SPDX-License-Identifier: MIT */
#ifndef RSC_BENCH_PACKS_H
#define RSC_BENCH_PACKS_H

/*
 * The installed encoder in every precision, for the benchmarks: packed anew
 * from its source (RESUME_SCORER_MODELS), and gone again with its last user.
 */

#include <stdlib.h>
#include <unistd.h>

#include "base/ctx.h"
#include "embed/embed.h"
#include "embed/encoder_convert.h"
#include "model/store.h"

/* Lengths as the lines of resumes have them: most are short. */
static const size_t LINES[] = {4,  7,  9,  11, 12, 12, 13, 14,
                               15, 17, 19, 22, 25, 28, 34, 46};
#define LINE_COUNT (sizeof(LINES) / sizeof(LINES[0]))

/* Writes a pack of the installed source to path. */
static inline rsc_status pack_to(struct ctx *ctx, enum encoder_precision p,
                                 const char *path)
{
    const char *dir = getenv("RESUME_SCORER_MODELS");
    struct embed_packing packing = {.precision = p};
    struct str source;

    if (!dir)
        return ctx_fail(ctx, RSC_ENOMODEL,
                        "set RESUME_SCORER_MODELS to the folder of models");
    rsc_status st =
        store_find_source(ctx, &source, dir, STR("all-MiniLM-L6-v2"));
    return st ? st : embed_pack(ctx, source.data, path, &packing);
}

/* Opens such a pack; its file has no name any more. */
static inline rsc_status pack_anew(struct ctx *ctx, struct pack *out,
                                   enum encoder_precision p)
{
    char name[] = "/tmp/bench-pack-XXXXXX";
    int fd = mkstemp(name);

    if (fd < 0)
        return ctx_fail(ctx, RSC_EIO, "cannot write to /tmp");
    close(fd);
    rsc_status st = pack_to(ctx, p, name);
    if (!st)
        st = pack_open(ctx, out, name);
    unlink(name);
    return st;
}

#endif
