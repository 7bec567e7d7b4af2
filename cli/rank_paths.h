/* SPDX-License-Identifier: MIT */
#ifndef RSC_RANK_PATHS_H
#define RSC_RANK_PATHS_H

/* The files that a command is to read: as named, and those of named folders
 * that may be documents. */

#include "base/ctx.h"
#include "base/json.h"
#include "cli.h"

struct rank_skipped {
    const char *path;
    const char *why; /* "is no document by its name" */
};

struct rank_paths {
    const char **items;
    size_t len, cap;
    /* What was in the folders and is not read. */
    struct {
        struct rank_skipped *items;
        size_t len, cap;
    } skipped;
};

/* A folder stands for the documents in it, in the order of their names;
 * hidden files are left out, and what else is left out is in skipped: folders,
 * pipes, other kinds of file, readmes, and the files that the options name (the
 * job, reports of an earlier run). Fails with RSC_EIO where a folder cannot be
 * read; a file that is not there is found when it is read. */
rsc_status rank_paths_add(struct ctx *ctx, struct rank_paths *paths,
                          const struct cli *cli);
/* How much of the paths is the folder that all of them are in. */
size_t rank_paths_folder(const struct rank_paths *paths);
/* Says on standard error how many were skipped, the first of them and why. */
void rank_paths_note(struct ctx *ctx, const struct rank_paths *paths);
/* The member "skipped" of an open object. */
void rank_paths_json(struct json *j, const struct rank_paths *paths);

#endif
