/* SPDX-License-Identifier: MIT */
#include "model/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* From the one to be preferred to the largest. */
static const char *const precisions[] = {"int8", "bf16", "f32"};

bool store_is_name(struct str name)
{
    if (name.len == 0 || name.len > 64 || name.data[0] == '.')
        return false;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.data[i];
        if (!ascii_is_alnum(c) && c != '.' && c != '_' && c != '-')
            return false;
    }
    return true;
}

struct str store_folder(struct ctx *ctx, const char *dir, struct str name)
{
    return ctx_printf(ctx, "%s/%.*s", dir, STR_ARG(name));
}

struct str store_source(struct ctx *ctx, const char *dir, struct str name)
{
    return ctx_printf(ctx, "%s/%.*s/source", dir, STR_ARG(name));
}

struct str store_partial(struct ctx *ctx, const char *dir, struct str name)
{
    return ctx_printf(ctx, "%s/.partial/%.*s", dir, STR_ARG(name));
}

struct str store_pack(struct ctx *ctx, const char *dir, struct str name,
                      struct str precision)
{
    return ctx_printf(ctx, "%s/%.*s/%.*s.pack", dir, STR_ARG(name),
                      STR_ARG(precision));
}

static rsc_status fail_errno(struct ctx *ctx, const char *what,
                             const char *path)
{
    int error = errno;
    char text[128];

    if (error == ENOSPC || error == EDQUOT)
        return ctx_fail(ctx, RSC_EIO,
                        "cannot %s %s: the disk is full; free some space or "
                        "choose another folder with --models",
                        what, path);
    if (error == EACCES || error == EPERM || error == EROFS)
        return ctx_fail(ctx, RSC_EIO,
                        "cannot %s %s: no permission to write there; choose "
                        "another folder with --models",
                        what, path);
    return ctx_fail(ctx, RSC_EIO, "cannot %s %s: %s", what, path,
                    strerror_r(error, text, sizeof(text)));
}

/* Links are followed: a folder of models may well be one. */
static bool is_kind(const char *path, mode_t kind)
{
    struct stat info;

    return path && stat(path, &info) == 0 && (info.st_mode & S_IFMT) == kind;
}

rsc_status store_find_pack(struct ctx *ctx, struct str *path,
                           struct str *precision, const char *dir,
                           struct str name)
{
    if (!store_is_name(name))
        return ctx_fail(ctx, RSC_EINVALID, "'%.*s' is no name of a model",
                        STR_ARG(name));
    for (size_t i = 0; i < sizeof(precisions) / sizeof(precisions[0]); i++) {
        struct str candidate = str_of(precisions[i]);
        if (precision->len && !str_eq(*precision, candidate))
            continue;
        *path = store_pack(ctx, dir, name, candidate);
        if (is_kind(path->data, S_IFREG)) {
            *precision = candidate;
            return RSC_OK;
        }
    }
    if (ctx->error.status)
        return ctx->error.status;
    struct str source = store_source(ctx, dir, name);
    if (precision->len && is_kind(source.data, S_IFDIR))
        return ctx_fail(ctx, RSC_ENOMODEL,
                        "the model %.*s is installed, but not as %.*s; run "
                        "`resume-scorer models pack %.*s --precision %.*s`",
                        STR_ARG(name), STR_ARG(*precision), STR_ARG(name),
                        STR_ARG(*precision));
    return ctx_fail(ctx, RSC_ENOMODEL,
                    "the model %.*s is not installed in %s; run "
                    "`resume-scorer models pull %.*s`",
                    STR_ARG(name), dir, STR_ARG(name));
}

rsc_status store_find_source(struct ctx *ctx, struct str *path, const char *dir,
                             struct str name)
{
    if (!store_is_name(name))
        return ctx_fail(ctx, RSC_EINVALID, "'%.*s' is no name of a model",
                        STR_ARG(name));
    struct str manifest =
        ctx_printf(ctx, "%s/%.*s/manifest.json", dir, STR_ARG(name));
    *path = store_source(ctx, dir, name);
    if (is_kind(manifest.data, S_IFREG) && is_kind(path->data, S_IFDIR))
        return ctx->error.status;
    return ctx_fail(ctx, RSC_ENOMODEL,
                    "the model %.*s is not installed in %s; run "
                    "`resume-scorer models pull %.*s`",
                    STR_ARG(name), dir, STR_ARG(name));
}

/* --- folders ------------------------------------------------------------- */

/* Two processes may make the same folder at the same time. */
static rsc_status make_folder(struct ctx *ctx, const char *path)
{
    if (mkdir(path, 0755) && errno != EEXIST)
        return fail_errno(ctx, "make the folder", path);
    if (!is_kind(path, S_IFDIR))
        return ctx_fail(ctx, RSC_EIO, "%s is in the way: it is not a folder",
                        path);
    return RSC_OK;
}

rsc_status store_make_folders(struct ctx *ctx, const char *path)
{
    struct str copy = ctx_copy(ctx, str_of(path));
    char *part = (char *)(uintptr_t)copy.data;

    if (!part)
        return ctx->error.status;
    for (size_t i = 1; i <= copy.len; i++) {
        if (i < copy.len && part[i] != '/')
            continue;
        char kept = part[i];
        part[i] = '\0';
        /* Existing parents may be closed to us, so only what is missing. */
        rsc_status st =
            is_kind(part, S_IFDIR) ? RSC_OK : make_folder(ctx, part);
        part[i] = kept;
        if (st)
            return st;
    }
    return RSC_OK;
}

static int remove_entry(const char *path, const struct stat *info, int kind,
                        struct FTW *ftw)
{
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

/* Removes a folder with all that is in it; links are not followed. */
static rsc_status remove_tree(struct ctx *ctx, const char *path)
{
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) &&
        errno != ENOENT)
        return fail_errno(ctx, "remove", path);
    return RSC_OK;
}

static int compare_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

rsc_status store_list(struct ctx *ctx, store_names *out, const char *dir)
{
    DIR *folder = opendir(dir);

    if (!folder && errno == ENOENT)
        return RSC_OK;
    if (!folder)
        return fail_errno(ctx, "read", dir);
    for (struct dirent *e; !ctx->error.status && (e = readdir(folder));) {
        struct str name = str_of(e->d_name), path;
        if (!store_is_name(name))
            continue;
        path = ctx_printf(ctx, "%s/%s/manifest.json", dir, e->d_name);
        if (!is_kind(path.data, S_IFREG))
            continue;
        struct str *item = vec_push(ctx, out);
        if (item)
            *item = ctx_copy(ctx, name);
    }
    closedir(folder);
    if (out->len)
        qsort(out->items, out->len, sizeof(*out->items), compare_names);
    return ctx->error.status;
}

/* --- changing ------------------------------------------------------------ */

rsc_status store_lock(struct ctx *ctx, int *lock, const char *dir, bool wait)
{
    *lock = -1;
    rsc_status st = store_make_folders(ctx, dir);
    struct str path = ctx_printf(ctx, "%s/.lock", dir);
    if (st || !path.data)
        return ctx->error.status;
    int fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return fail_errno(ctx, "write in", dir);
    while (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB)) {
        if (errno == EINTR)
            continue;
        bool busy = errno == EWOULDBLOCK;
        if (!busy)
            fail_errno(ctx, "lock", path.data);
        close(fd);
        return ctx->error.status;
    }
    *lock = fd;
    return RSC_OK;
}

void store_unlock(int lock)
{
    /* The file stays: removing it would let two processes lock two files. */
    if (lock >= 0)
        close(lock);
}

rsc_status store_install(struct ctx *ctx, const char *dir, struct str name,
                         const char *complete)
{
    struct str folder = store_folder(ctx, dir, name);
    struct str source = store_source(ctx, dir, name);
    struct str old = ctx_printf(ctx, "%s/old", folder.data);

    if (!folder.data || !source.data || !old.data)
        return ctx->error.status;
    rsc_status st = store_make_folders(ctx, folder.data);
    if (!st)
        st = remove_tree(ctx, old.data);
    if (st)
        return st;
    if (rename(source.data, old.data) && errno != ENOENT)
        return fail_errno(ctx, "replace", source.data);
    if (rename(complete, source.data)) {
        fail_errno(ctx, "install", source.data);
        /* Back to what was there; nothing more can be done about that. */
        if (rename(old.data, source.data) && errno != ENOENT)
            return ctx->error.status;
        return ctx->error.status;
    }
    return remove_tree(ctx, old.data);
}

rsc_status store_remove(struct ctx *ctx, const char *dir, struct str name,
                        bool partial)
{
    struct str folder =
        partial ? store_partial(ctx, dir, name) : store_folder(ctx, dir, name);

    if (!folder.data)
        return ctx->error.status;
    /* Without its manifest a model counts as not installed, so that goes
     * first: what is interrupted half-way is then no half model. */
    struct str manifest = ctx_printf(ctx, "%s/manifest.json", folder.data);
    if (manifest.data && unlink(manifest.data) && errno != ENOENT)
        return fail_errno(ctx, "remove", manifest.data);
    return remove_tree(ctx, folder.data);
}
