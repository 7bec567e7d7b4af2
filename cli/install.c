/* SPDX-License-Identifier: MIT */
#include "install.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive.h"
#include "model/store.h"

static bool is_pack(struct str path)
{
    return str_ends(path, STR(".pack"));
}

/* There, and of the size that it had. */
static bool is_whole(struct ctx *ctx, const struct pull *pull,
                     const struct store_file *file)
{
    struct str path =
        ctx_printf(ctx, "%s/%.*s/%.*s", pull->dir, STR_ARG(pull->model->name),
                   STR_ARG(file->path));
    struct stat info;

    return path.data && !stat(path.data, &info) &&
           (uint64_t)info.st_size == file->bytes;
}

/* Of the size that it had, and of this version of the program. */
static bool is_usable(struct pull *pull, const struct store_file *file)
{
    struct str path =
        ctx_printf(pull->ctx, "%s/%.*s/%.*s", pull->dir,
                   STR_ARG(pull->model->name), STR_ARG(file->path));

    return path.data && is_whole(pull->ctx, pull, file) &&
           !rsc_model_check(path.data, NULL);
}

static bool is_encoder(const struct pull *pull)
{
    return str_eq(pull->model->kind, STR("encoder"));
}

/* Packs folder as `wanted`, or as the best that is offered where that is
 * NULL; *used is what it became, and the name of the pack in target. */
static rsc_status pack(struct ctx *ctx, const char *target, const char *folder,
                       const char *wanted, const char *prefix,
                       const char **used)
{
    rsc_error err;

    *used = wanted ? wanted : "int8";
    struct str path = ctx_printf(ctx, "%s/%s.pack", target, *used);
    if (!path.data)
        return ctx->error.status;
    rsc_status st = rsc_model_pack(path.data, folder, *used, prefix, &err);
    if (st == RSC_EUNSUPPORTED && !wanted) {
        *used = "f32";
        path = ctx_printf(ctx, "%s/%s.pack", target, *used);
        st = path.data ? rsc_model_pack(path.data, folder, *used, prefix, &err)
                       : RSC_ENOMEM;
    }
    return st ? ctx_fail(ctx, st, "%s", err.message) : RSC_OK;
}

/* Packs of an earlier installation stay if they were made of the same
 * weights; others are removed. */
static rsc_status keep_packs(struct pull *pull, struct store_manifest *made)
{
    static const struct str weights = {"source/model.safetensors", 24};
    struct str folder = store_folder(pull->ctx, pull->dir, pull->model->name);
    const struct store_file *file = store_file_find(made, weights), *before;
    struct store_manifest old;
    struct ctx ctx;

    if (!folder.data)
        return pull->ctx->error.status;
    ctx_init(&ctx, pull->ctx->arena.mem);
    bool known = !store_read(&ctx, &old, pull->dir, pull->model->name);
    before = known ? store_file_find(&old, weights) : NULL;
    bool same = file && before && str_eq(old.prefix, made->prefix) &&
                !strcmp(file->sha256.text, before->sha256.text);
    for (size_t i = 0; known && i < old.files.len; i++) {
        struct str path = old.files.items[i].path;
        if (!is_pack(path) || store_file_find(made, path))
            continue;
        struct str full =
            ctx_printf(&ctx, "%s/%.*s", folder.data, STR_ARG(path));
        if (same && is_usable(pull, &old.files.items[i]))
            store_add_file(pull->ctx, made, pull->dir, path);
        else if (full.data)
            unlink(full.data);
    }
    ctx_clear(&ctx);
    return pull->ctx->error.status;
}

/* Hashes are taken from the installed files, not from the registry: a manifest
 * says what is there. */
static rsc_status add_sources(struct pull *pull, struct store_manifest *m)
{
    struct ctx *ctx = pull->ctx;
    struct str source = store_source(ctx, pull->dir, pull->model->name);
    store_names names = {0};

    if (!source.data || archive_list(ctx, &names, source.data))
        return ctx->error.status;
    for (size_t i = 0; !ctx->error.status && i < names.len; i++) {
        struct str path =
            ctx_printf(ctx, "source/%.*s", STR_ARG(names.items[i]));
        if (path.data)
            store_add_file(ctx, m, pull->dir, path);
    }
    return ctx->error.status;
}

/* What the user says goes before what the registry knows. */
static const char *prefix_of(const struct pull *pull)
{
    return pull->prefix ? pull->prefix : pull->model->prefix.data;
}

/* By rename, so that a program which has the old pack mapped keeps it. */
static rsc_status move_pack(struct pull *pull, const char *partial,
                            const char *precision, struct store_manifest *m)
{
    struct ctx *ctx = pull->ctx;
    struct str name = ctx_printf(ctx, "%s.pack", precision);
    struct str from = ctx_printf(ctx, "%s/%s", partial, name.data);
    struct str to =
        store_pack(ctx, pull->dir, pull->model->name, str_of(precision));

    if (!name.data || !from.data || !to.data)
        return ctx->error.status;
    if (rename(from.data, to.data))
        return ctx_fail(ctx, RSC_EIO, "cannot write %s: %s", to.data,
                        strerror(errno));
    return store_add_file(ctx, m, pull->dir, name);
}

rsc_status install_model(struct pull *pull, const char *partial)
{
    const struct registry_model *model = pull->model;
    struct ctx *ctx = pull->ctx;
    struct str source = ctx_printf(ctx, "%s/source", partial);
    const char *precision = NULL, *prefix = prefix_of(pull);
    struct store_manifest m = {
        .name = model->name,
        .kind = model->kind,
        .license = model->license,
        .origin = pull->origin,
        .prefix = prefix ? str_of(prefix) : STR(""),
        .pinned = pull->pinned,
    };
    rsc_status st = ctx->error.status;

    /* Packed before anything is moved: a model that cannot be packed must not
     * take the place of one that works. */
    if (!st && is_encoder(pull))
        st = pack(ctx, partial, source.data, pull->precision, prefix,
                  &precision);
    if (!st)
        st = store_install(ctx, pull->dir, model->name, source.data);
    if (!st)
        st = add_sources(pull, &m);
    if (!st && precision)
        st = move_pack(pull, partial, precision, &m);
    if (!st)
        st = keep_packs(pull, &m);
    if (!st)
        st = store_write(ctx, pull->dir, &m);
    if (!st)
        st = store_remove(ctx, pull->dir, model->name, true);
    return st;
}

bool install_is_current(struct pull *pull)
{
    const struct registry_model *model = pull->model;
    struct store_manifest m;
    struct ctx ctx;
    bool current = true;

    ctx_init(&ctx, pull->ctx->arena.mem);
    /* A model that nothing is pinned for comes from the user's own files. */
    if (store_read(&ctx, &m, pull->dir, model->name) || !m.pinned)
        current = false;
    for (size_t i = 0; current && i < model->files.len; i++) {
        const struct registry_file *wanted = &model->files.items[i];
        struct str path =
            ctx_printf(&ctx, "source/%.*s", STR_ARG(wanted->path));
        const struct store_file *file =
            path.data ? store_file_find(&m, path) : NULL;
        current = file ? !wanted->sha256.len ||
                             str_eq(str_of(file->sha256.text), wanted->sha256)
                       : wanted->optional;
    }
    /* Nobody has taken a file away; `models verify` reads them. A pack that
     * is missing needs no download. */
    for (size_t i = 0; current && i < m.files.len; i++)
        current = is_pack(m.files.items[i].path) ||
                  is_whole(&ctx, pull, &m.files.items[i]);
    if (current)
        pull->origin = ctx_copy(pull->ctx, m.origin);
    ctx_clear(&ctx);
    return current;
}

/* Makes every pack again that the manifest has and the folder has not, or has
 * of another version. */
static rsc_status renew_packs(struct pull *pull)
{
    struct store_manifest m;
    struct str made;

    rsc_status st = store_read(pull->ctx, &m, pull->dir, pull->model->name);
    for (size_t i = 0; !st && i < m.files.len; i++) {
        struct str path = m.files.items[i].path;
        if (!is_pack(path) || is_usable(pull, &m.files.items[i]))
            continue;
        struct str precision = ctx_copy(
            pull->ctx, str_slice(path, 0, path.len - STR(".pack").len));
        st = precision.data ? pull_pack(pull->ctx, pull->dir, m.name,
                                        precision.data, &made)
                            : RSC_ENOMEM;
    }
    return st;
}

rsc_status install_missing_pack(struct pull *pull)
{
    struct str name = pull->model->name, path, wanted;
    struct ctx ctx;

    if (!is_encoder(pull))
        return RSC_OK;
    rsc_status st = renew_packs(pull);
    if (st)
        return st;
    wanted = str_of(pull->precision ? pull->precision : "int8");
    ctx_init(&ctx, pull->ctx->arena.mem);
    st = store_find_pack(&ctx, &path, &wanted, pull->dir, name);
    ctx_clear(&ctx);
    return st ? pull_pack(pull->ctx, pull->dir, name, pull->precision, &path)
              : RSC_OK;
}

rsc_status pull_pack(struct ctx *ctx, const char *dir, struct str name,
                     const char *precision, struct str *path)
{
    struct str folder = store_folder(ctx, dir, name);
    struct str source = store_source(ctx, dir, name);
    struct store_manifest m;
    const char *used;

    if (!folder.data || !source.data)
        return ctx->error.status;
    rsc_status st = store_read(ctx, &m, dir, name);
    if (st)
        return st;
    if (!str_eq(m.kind, STR("encoder")))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%.*s is used as it is; only encoders are packed",
                        STR_ARG(name));
    st = pack(ctx, folder.data, source.data, precision,
              ctx_copy(ctx, m.prefix).data, &used);
    if (st)
        return st;
    *path = store_pack(ctx, dir, name, str_of(used));
    struct str file = ctx_printf(ctx, "%s.pack", used);
    st = file.data ? store_add_file(ctx, &m, dir, file) : RSC_ENOMEM;
    return st ? st : store_write(ctx, dir, &m);
}
