/* SPDX-License-Identifier: MIT */
#include "rank_paths.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/vec.h"

/* A pipe in a folder would be waited for without end. */
static bool is_regular(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the files of a folder in the order of their names; folders inside it
 * and hidden files are left out. */
static void add_folder(struct ctx *ctx, struct rank_paths *paths,
                       const char *path)
{
    size_t first = paths->len;
    DIR *dir = opendir(path);

    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        struct str name = ctx_printf(ctx, "%s/%s", path, e->d_name);
        const char **slot = NULL;
        if (name.data && is_regular(name.data))
            slot = vec_push(ctx, paths);
        if (slot)
            *slot = name.data;
    }
    if (dir)
        closedir(dir);
    if (paths->len > first)
        qsort(paths->items + first, paths->len - first, sizeof(paths->items[0]),
              by_name);
}

rsc_status rank_paths_add(struct ctx *ctx, struct rank_paths *paths,
                          const struct cli *cli)
{
    for (size_t i = 0; i < cli->n_args; i++) {
        if (is_folder(cli->args[i])) {
            add_folder(ctx, paths, cli->args[i]);
            continue;
        }
        const char **slot = vec_push(ctx, paths);
        if (slot)
            *slot = cli->args[i];
    }
    return ctx->error.status;
}
