/* SPDX-License-Identifier: MIT */
#ifndef RSC_RANK_PATHS_H
#define RSC_RANK_PATHS_H

/* The files that a command is to read: as named, and those of named folders. */

#include "base/ctx.h"
#include "cli.h"

struct rank_paths {
    const char **items;
    size_t len, cap;
};

/* A folder stands for the files in it, in the order of their names; folders
 * inside it, hidden files, pipes and devices are left out. Fails with
 * RSC_ENOMEM only; what is not there is found when it is read. */
rsc_status rank_paths_add(struct ctx *ctx, struct rank_paths *paths,
                          const struct cli *cli);

#endif
