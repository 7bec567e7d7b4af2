/* SPDX-License-Identifier: MIT */
#ifndef RSC_MOVES_H
#define RSC_MOVES_H

/* The actions of a parser or entity recogniser, in the order of the classes
 * that its model scores, out of a `moves` file. */

#include "base/ctx.h"

/* One line of the file: an action with a label and how often it was seen. */
struct move {
    unsigned action;
    struct str label;
    int64_t frequency;
};

struct moves {
    struct move *items;
    size_t len, cap;
};

/* Labels are copied into ctx's arena. `file` is for messages. */
rsc_status moves_read(struct ctx *ctx, struct moves *out, struct str bytes,
                      const char *file);

#endif
