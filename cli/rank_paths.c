/* SPDX-License-Identifier: MIT */
#include "rank_paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/vec.h"
#include "terminal.h"

/* Skipped files that a note names; --json names all. */
#define NAMED 5

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_path(const void *a, const void *b)
{
    const struct rank_skipped *x = a, *y = b;

    return strcmp(x->path, y->path);
}

/* Whether an option names this very file: the job that lies among the
 * resumes, the report that the last run wrote there. */
static bool is_ours(const struct cli *cli, const struct stat *file)
{
    static const char *const names[] = {"job", "resume", "state",
                                        "csv", "xlsx",   "html"};
    struct stat other;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *path = cli_value(cli, names[i]);
        if (path && stat(path, &other) == 0 && other.st_ino == file->st_ino &&
            other.st_dev == file->st_dev)
            return true;
    }
    return false;
}

/* The formats that are read, and .doc, whose refusal says what to do. A name
 * without an extension may be anything. */
static bool is_document(struct str name)
{
    static const char *const extensions[] = {
        "pdf", "docx",  "doc", "odt",  "rtf", "html",
        "htm", "xhtml", "txt", "text", "md",  "json",
    };
    size_t dot = name.len;

    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return true;
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
        if (str_eq_nocase(str_slice(name, dot, name.len),
                          str_of(extensions[i])))
            return true;
    return false;
}

static bool is_readme(struct str name)
{
    static const char *const names[] = {"README", "LICENSE", "LICENCE",
                                        "COPYING", "CHANGELOG"};
    size_t len = 0;

    while (len < name.len && name.data[len] != '.')
        len++;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_eq_nocase(str_slice(name, 0, len), str_of(names[i])))
            return true;
    return false;
}

/* Why a file of a folder is not read; NULL where it is. */
static const char *why_not(const struct cli *cli, const char *path,
                           struct str name)
{
    struct stat info;

    if (stat(path, &info))
        return NULL; /* the error comes when it is read */
    if (S_ISDIR(info.st_mode))
        return "is a folder";
    if (!S_ISREG(info.st_mode))
        return "is no regular file"; /* a pipe would be waited for */
    if (is_ours(cli, &info))
        return "is named by an option";
    if (!is_document(name))
        return "is no document by its name";
    return is_readme(name) ? "tells about the folder" : NULL;
}

static void add_file(struct ctx *ctx, struct rank_paths *paths,
                     const struct cli *cli, struct str path, struct str name)
{
    const char *why = path.data ? why_not(cli, path.data, name) : NULL;

    if (path.data && !why) {
        const char **slot = vec_push(ctx, paths);
        if (slot)
            *slot = path.data;
    } else if (path.data) {
        struct rank_skipped *slot = vec_push(ctx, &paths->skipped);
        if (slot)
            *slot = (struct rank_skipped){path.data, why};
    }
}

static rsc_status add_folder(struct ctx *ctx, struct rank_paths *paths,
                             const struct cli *cli, const char *path)
{
    size_t first = paths->len;
    struct str folder = str_of(path);
    DIR *dir = opendir(path);

    if (!dir)
        return ctx_fail(ctx, RSC_EIO, "cannot read the folder %s: %s", path,
                        strerror(errno));
    while (folder.len > 0 && folder.data[folder.len - 1] == '/')
        folder.len--;
    for (struct dirent *e; (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        add_file(ctx, paths, cli,
                 ctx_printf(ctx, "%.*s/%s", STR_ARG(folder), e->d_name),
                 str_of(e->d_name));
    }
    closedir(dir);
    if (paths->len > first)
        qsort(paths->items + first, paths->len - first, sizeof(paths->items[0]),
              by_name);
    return ctx->error.status;
}

rsc_status rank_paths_add(struct ctx *ctx, struct rank_paths *paths,
                          const struct cli *cli)
{
    for (size_t i = 0; i < cli->n_args; i++) {
        if (is_folder(cli->args[i])) {
            rsc_status st = add_folder(ctx, paths, cli, cli->args[i]);
            if (st)
                return st;
            continue;
        }
        const char **slot = vec_push(ctx, paths);
        if (slot)
            *slot = cli->args[i];
    }
    if (paths->skipped.len > 0)
        qsort(paths->skipped.items, paths->skipped.len,
              sizeof(paths->skipped.items[0]), by_path);
    return ctx->error.status;
}

size_t rank_paths_folder(const struct rank_paths *paths)
{
    size_t folder = 0;

    for (size_t i = 0; paths->len && paths->items[0][i]; i++) {
        for (size_t k = 1; k < paths->len; k++)
            if (paths->items[k][i] != paths->items[0][i])
                return folder;
        if (paths->items[0][i] == '/')
            folder = i + 1;
    }
    return folder;
}

void rank_paths_note(struct ctx *ctx, const struct rank_paths *paths)
{
    size_t n = paths->skipped.len;
    struct buf out;

    if (n == 0)
        return;
    buf_init(&out, ctx->arena.mem, (size_t)1 << 20);
    buf_printf(&out, "%zu of the folders' entries %s not read:", n,
               n == 1 ? "is" : "are");
    for (size_t i = 0; i < n && i < NAMED; i++)
        buf_printf(&out, "%s %s %s", i ? ";" : "", paths->skipped.items[i].path,
                   paths->skipped.items[i].why);
    if (n > NAMED)
        buf_printf(&out, "; and %zu more, which --json names", n - NAMED);
    buf_put_char(&out, '\0');
    if (!out.failed)
        terminal_note(out.data);
    buf_clear(&out);
}

void rank_paths_json(struct json *j, const struct rank_paths *paths)
{
    json_key(j, "skipped");
    json_open(j, '[');
    for (size_t i = 0; i < paths->skipped.len; i++) {
        json_open(j, '{');
        json_put_str(j, "file", str_of(paths->skipped.items[i].path));
        json_put_str(j, "why", str_of(paths->skipped.items[i].why));
        json_close(j, '}');
    }
    json_close(j, ']');
}
