/* SPDX-License-Identifier: MIT */
/* manifest.json: what was installed, with the hash of each file. */
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "model/store.h"

static struct str manifest_path(struct ctx *ctx, const char *dir,
                                struct str name)
{
    return ctx_printf(ctx, "%s/%.*s/manifest.json", dir, STR_ARG(name));
}

static struct str copy_string(struct ctx *ctx, const json_t *object,
                              const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? ctx_copy(ctx, str_of(text)) : STR("");
}

/* Paths stay below the model's folder. */
static bool is_path(struct str path)
{
    return path.len > 0 && path.len < 512 && path.data[0] != '/' &&
           str_find(path, STR(".."), 0) == SIZE_MAX;
}

static bool is_hash(struct str hash)
{
    if (hash.len != SHA256_HEX_LEN)
        return false;
    for (size_t i = 0; i < hash.len; i++) {
        unsigned char c = (unsigned char)hash.data[i];
        if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
    }
    return true;
}

static bool read_file(struct ctx *ctx, struct store_manifest *out,
                      const json_t *item)
{
    struct str path = copy_string(ctx, item, "path");
    struct str hash = copy_string(ctx, item, "sha256");
    json_int_t bytes = json_integer_value(json_object_get(item, "bytes"));

    if (!is_path(path) || !is_hash(hash) || bytes < 0)
        return false;
    struct store_file *file = vec_push(ctx, &out->files);
    if (!file)
        return false;
    *file = (struct store_file){.path = path, .bytes = (uint64_t)bytes};
    memcpy(file->sha256.text, hash.data, hash.len);
    return true;
}

static bool read_manifest(struct ctx *ctx, struct store_manifest *out,
                          const json_t *root, struct str name)
{
    const json_t *files = json_object_get(root, "files");

    *out = (struct store_manifest){0};
    out->name = copy_string(ctx, root, "name");
    out->kind = copy_string(ctx, root, "kind");
    out->license = copy_string(ctx, root, "license");
    out->origin = copy_string(ctx, root, "origin");
    out->prefix = copy_string(ctx, root, "prefix");
    out->pinned = json_is_true(json_object_get(root, "pinned"));
    if (!str_eq(out->name, name) || !json_is_array(files))
        return false;
    for (size_t i = 0; i < json_array_size(files); i++)
        if (!read_file(ctx, out, json_array_get(files, i)))
            return false;
    return true;
}

rsc_status store_parse(struct ctx *ctx, struct store_manifest *out,
                       struct str text, struct str name, const char *path)
{
    json_error_t error;

    json_t *root =
        json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &error);
    bool good = read_manifest(ctx, out, root, name);
    json_decref(root);
    if (ctx->error.status)
        return ctx->error.status;
    if (!good)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s is damaged; run `resume-scorer models pull %.*s`",
                        path, STR_ARG(name));
    return RSC_OK;
}

rsc_status store_read(struct ctx *ctx, struct store_manifest *out,
                      const char *dir, struct str name)
{
    struct str path = manifest_path(ctx, dir, name), text;

    if (!path.data)
        return ctx->error.status;
    if (!store_is_name(name) || access(path.data, F_OK))
        return ctx_fail(ctx, RSC_ENOMODEL,
                        "the model %.*s is not installed in %s; run "
                        "`resume-scorer models pull %.*s`",
                        STR_ARG(name), dir, STR_ARG(name));
    rsc_status st = file_read(ctx, &text, path.data, LIMIT_MANIFEST_BYTES);
    return st ? st : store_parse(ctx, out, text, name, path.data);
}

static json_t *json_of(struct str s)
{
    return json_stringn(s.data ? s.data : "", s.len);
}

static json_t *files_of(const struct store_manifest *manifest)
{
    json_t *files = json_array();

    for (size_t i = 0; i < manifest->files.len; i++) {
        const struct store_file *file = &manifest->files.items[i];
        json_t *item =
            json_pack("{so sI ss}", "path", json_of(file->path), "bytes",
                      (json_int_t)file->bytes, "sha256", file->sha256.text);
        if (json_array_append_new(files, item)) {
            json_decref(files);
            return NULL;
        }
    }
    return files;
}

static int put_bytes(const char *bytes, size_t len, void *out)
{
    buf_put_bytes(out, bytes, len);
    return ((struct buf *)out)->failed ? -1 : 0;
}

rsc_status store_write(struct ctx *ctx, const char *dir,
                       const struct store_manifest *manifest)
{
    struct str path = manifest_path(ctx, dir, manifest->name);
    struct buf out;

    if (!path.data)
        return ctx->error.status;
    /* jansson gives NULL where a string is no UTF-8 or memory is used up, and
     * then json_pack gives NULL, too. */
    json_t *root = json_pack(
        "{so so so so so sb so}", "name", json_of(manifest->name), "kind",
        json_of(manifest->kind), "license", json_of(manifest->license),
        "origin", json_of(manifest->origin), "prefix",
        json_of(manifest->prefix), "pinned", manifest->pinned, "files",
        files_of(manifest));
    buf_init(&out, ctx->arena.mem, LIMIT_MANIFEST_BYTES);
    bool good =
        root && !json_dump_callback(root, put_bytes, &out, JSON_INDENT(2));
    json_decref(root);
    buf_put_char(&out, '\n');
    rsc_status st =
        good && !out.failed
            ? file_replace(ctx, path.data, buf_str(&out))
            : ctx_fail(ctx, RSC_ENOMEM, "%s cannot be written", path.data);
    buf_clear(&out);
    return st;
}

const struct store_file *store_file_find(const struct store_manifest *manifest,
                                         struct str path)
{
    for (size_t i = 0; i < manifest->files.len; i++)
        if (str_eq(manifest->files.items[i].path, path))
            return &manifest->files.items[i];
    return NULL;
}

rsc_status store_add_file(struct ctx *ctx, struct store_manifest *manifest,
                          const char *dir, struct str path)
{
    struct str full = ctx_printf(ctx, "%s/%.*s/%.*s", dir,
                                 STR_ARG(manifest->name), STR_ARG(path));
    struct store_file entry = {.path = ctx_copy(ctx, path)};
    struct stat info;

    if (!full.data || !entry.path.data)
        return ctx->error.status;
    rsc_status st = hash_sha256_file(ctx, &entry.sha256, full.data);
    if (st)
        return st;
    if (stat(full.data, &info) == 0)
        entry.bytes = (uint64_t)info.st_size;
    for (size_t i = 0; i < manifest->files.len; i++) {
        if (str_eq(manifest->files.items[i].path, path)) {
            manifest->files.items[i] = entry;
            return RSC_OK;
        }
    }
    struct store_file *file = vec_push(ctx, &manifest->files);
    if (file)
        *file = entry;
    return ctx->error.status;
}

rsc_status store_verify(struct ctx *ctx, enum store_state *out,
                        struct sha256_hex *actual, const char *dir,
                        const struct store_manifest *manifest,
                        const struct store_file *file)
{
    struct str full = ctx_printf(ctx, "%s/%.*s/%.*s", dir,
                                 STR_ARG(manifest->name), STR_ARG(file->path));

    *out = STORE_MISSING;
    if (!full.data)
        return ctx->error.status;
    if (access(full.data, F_OK))
        return RSC_OK;
    rsc_status st = hash_sha256_file(ctx, actual, full.data);
    if (!st)
        *out = strcmp(actual->text, file->sha256.text) ? STORE_DIFFERENT
                                                       : STORE_GOOD;
    return st;
}
