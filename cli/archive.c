/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/hash.h"
#include "model/store.h"

enum {
    MAX_FILES = 4000, /* a spaCy pipeline has 30, a model folder 50 */
    MAX_DEPTH = 6,
    BLOCK = 1 << 16,
};
/* The largest model of the family has 140 MB as f32. */
#define MAX_TOTAL ((uint64_t)2 << 30)
/* A file that is a little larger than it should be is read, so that the error
 * can name its hash. */
#define SLACK ((uint64_t)1 << 20)

/* Where files come from: a folder or an open zip file, with all its names. */
struct source {
    const char *path;
    zip_t *zip; /* NULL for a folder */
    VEC(struct entry) entries;
};

struct entry {
    struct str name; /* relative, with '/' */
    uint64_t bytes;
    zip_uint64_t index; /* in the zip file */
};

static rsc_status fail_errno(struct ctx *ctx, const char *what,
                             const char *path)
{
    int error = errno;
    char text[128];

    if (error == ENOSPC || error == EDQUOT)
        return ctx_fail(ctx, RSC_EIO,
                        "the disk is full at %s; free some space or choose "
                        "another folder with --models",
                        path);
    return ctx_fail(ctx, RSC_EIO, "cannot %s %s: %s", what, path,
                    strerror_r(error, text, sizeof(text)));
}

static rsc_status add_entry(struct ctx *ctx, struct source *s, struct entry e)
{
    if (s->entries.len == MAX_FILES)
        return ctx_fail(ctx, RSC_ELIMIT, "%s holds more than %d files", s->path,
                        MAX_FILES);
    struct entry *item = vec_push(ctx, &s->entries);
    if (item)
        *item = e;
    return ctx->error.status;
}

/* --- folders ------------------------------------------------------------- */

/* One folder's files; its folders go to the end of the list of what is still
 * to be read, so there is no recursion. */
static rsc_status read_folder(struct ctx *ctx, struct source *s,
                              store_names *folders, struct str below)
{
    struct str path = ctx_printf(ctx, "%s/%.*s", s->path, STR_ARG(below));
    DIR *dir = path.data ? opendir(path.data) : NULL;
    struct stat info;

    if (!dir)
        return fail_errno(ctx, "read", s->path);
    for (struct dirent *e; !ctx->error.status && (e = readdir(dir));) {
        if (e->d_name[0] == '.' && (!e->d_name[1] || e->d_name[1] == '.'))
            continue;
        struct str name = ctx_printf(ctx, "%.*s%s", STR_ARG(below), e->d_name);
        struct str full = ctx_printf(ctx, "%s/%.*s", s->path, STR_ARG(name));
        if (!full.data || stat(full.data, &info))
            continue;
        if (S_ISREG(info.st_mode))
            add_entry(ctx, s, (struct entry){name, (uint64_t)info.st_size, 0});
        struct str *folder =
            S_ISDIR(info.st_mode) ? vec_push(ctx, folders) : NULL;
        if (folder)
            *folder = ctx_printf(ctx, "%.*s/", STR_ARG(name));
    }
    closedir(dir);
    return ctx->error.status;
}

/* Folders above a name. */
static size_t depth_of(struct str name)
{
    size_t depth = 0;

    for (size_t i = 0; i < name.len; i++)
        depth += name.data[i] == '/';
    return depth;
}

static rsc_status list_folder(struct ctx *ctx, struct source *s)
{
    store_names folders = {0};
    rsc_status st = read_folder(ctx, s, &folders, STR(""));

    for (size_t i = 0; !st && i < folders.len && i < MAX_FILES; i++)
        if (depth_of(folders.items[i]) <= MAX_DEPTH)
            st = read_folder(ctx, s, &folders, folders.items[i]);
    return st;
}

/* --- zip files ----------------------------------------------------------- */

static rsc_status list_zip(struct ctx *ctx, struct source *s)
{
    zip_int64_t n = zip_get_num_entries(s->zip, 0);
    zip_stat_t info;

    for (zip_int64_t i = 0; i < n && !ctx->error.status; i++) {
        if (zip_stat_index(s->zip, (zip_uint64_t)i, 0, &info) ||
            !(info.valid & ZIP_STAT_NAME) || !(info.valid & ZIP_STAT_SIZE))
            return ctx_fail(ctx, RSC_EFORMAT, "%s is a damaged zip file",
                            s->path);
        struct str name = ctx_copy(ctx, str_of(info.name));
        if (!name.data || str_ends(name, STR("/")))
            continue;
        add_entry(ctx, s, (struct entry){name, info.size, (zip_uint64_t)i});
    }
    return ctx->error.status;
}

static void close_source(struct source *s)
{
    if (s->zip)
        zip_discard(s->zip);
    s->zip = NULL;
}

/* Told apart by what it is, not by its name: a wheel is a zip file. */
static rsc_status open_source(struct ctx *ctx, struct source *s,
                              const char *path)
{
    struct stat info;
    int error = 0;

    *s = (struct source){.path = path};
    if (stat(path, &info))
        return fail_errno(ctx, "open", path);
    if (S_ISDIR(info.st_mode))
        return list_folder(ctx, s);
    s->zip = zip_open(path, ZIP_RDONLY, &error);
    if (!s->zip)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s is neither a folder nor a wheel or zip file", path);
    rsc_status st = list_zip(ctx, s);
    if (st)
        close_source(s);
    return st;
}

/* --- copying ------------------------------------------------------------- */

/* A zip entry is unpacked and its checksum compared while it is read. */
static ssize_t read_block(zip_file_t *from_zip, int from, char *block)
{
    if (from_zip)
        return zip_fread(from_zip, block, BLOCK);
    return read(from, block, BLOCK);
}

static rsc_status copy_bytes(struct ctx *ctx, zip_file_t *from_zip, int from,
                             int to, const char *path, uint64_t max)
{
    char block[BLOCK];
    uint64_t total = 0;
    ssize_t n;

    while ((n = read_block(from_zip, from, block)) != 0) {
        if (n < 0)
            return ctx_fail(ctx, RSC_EIO, "%s cannot be read to its end", path);
        total += (uint64_t)n;
        if (total > max)
            return ctx_fail(ctx, RSC_ELIMIT, "%s is larger than it said", path);
        for (ssize_t done = 0; done < n;) {
            ssize_t wrote = write(to, block + done, (size_t)(n - done));
            if (wrote < 0 && errno == EINTR)
                continue;
            if (wrote < 0)
                return fail_errno(ctx, "write", path);
            done += wrote;
        }
    }
    return fsync(to) ? fail_errno(ctx, "write", path) : RSC_OK;
}

/* Copies one entry to a path; the bytes that it announced are its cap. */
static rsc_status copy_entry(struct ctx *ctx, const struct source *s,
                             const struct entry *e, const char *path)
{
    struct str full = ctx_printf(ctx, "%s/%.*s", s->path, STR_ARG(e->name));
    zip_file_t *from_zip = NULL;
    int from = -1;

    if (!full.data)
        return ctx->error.status;
    if (s->zip)
        from_zip = zip_fopen_index(s->zip, e->index, 0);
    else
        from = open(full.data, O_RDONLY | O_CLOEXEC);
    if (!from_zip && from < 0)
        return ctx_fail(ctx, RSC_EIO, "%s cannot be read", full.data);
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (to < 0)
        fail_errno(ctx, "write", path);
    else
        copy_bytes(ctx, from_zip, from, to, path, e->bytes);
    if (to >= 0)
        close(to);
    if (from >= 0)
        close(from);
    if (from_zip)
        zip_fclose(from_zip);
    return ctx->error.status;
}

/* Relative and without a way up. */
static bool is_safe(struct str name)
{
    struct str part;

    if (name.len == 0 || name.len > 400)
        return false;
    while (str_next_field(&name, '/', &part))
        if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")))
            return false;
    return true;
}

/* What stands before the anchor's name where it lies highest; false when
 * there is none. */
static bool find_root(const struct source *s, struct str anchor,
                      struct str *root)
{
    bool found = false;

    for (size_t i = 0; i < s->entries.len; i++) {
        struct str name = s->entries.items[i].name;
        if (!str_ends(name, anchor))
            continue;
        struct str before = str_slice(name, 0, name.len - anchor.len);
        if (before.len && before.data[before.len - 1] != '/')
            continue;
        if (!found || depth_of(before) < depth_of(*root))
            *root = before;
        found = true;
    }
    return found;
}

static const struct entry *find_entry(const struct source *s, struct str root,
                                      struct str path)
{
    for (size_t i = 0; i < s->entries.len; i++) {
        struct str name = s->entries.items[i].name;
        if (str_starts(name, root) &&
            str_eq(str_slice(name, root.len, name.len), path))
            return &s->entries.items[i];
    }
    return NULL;
}

static rsc_status copy_to(struct ctx *ctx, const struct source *s,
                          const struct entry *e, const char *into,
                          struct str path)
{
    struct str target = ctx_printf(ctx, "%s/%.*s", into, STR_ARG(path));
    struct str folder = target;

    if (!target.data)
        return ctx->error.status;
    while (folder.len && folder.data[folder.len - 1] != '/')
        folder.len--;
    folder = ctx_copy(ctx, folder);
    rsc_status st =
        folder.data ? store_make_folders(ctx, folder.data) : RSC_ENOMEM;
    return st ? st : copy_entry(ctx, s, e, target.data);
}

rsc_status archive_check(struct ctx *ctx, const char *path, struct str sha256,
                         const char *what)
{
    struct sha256_hex actual;

    rsc_status st = hash_sha256_file(ctx, &actual, path);
    if (st || str_eq(str_of(actual.text), sha256))
        return st;
    return ctx_fail(ctx, RSC_EFORMAT,
                    "%s has the SHA-256 %s where %.*s was expected", what,
                    actual.text, STR_ARG(sha256));
}

/* The files that the registry lists. */
static rsc_status copy_listed(struct ctx *ctx, const struct source *s,
                              const struct registry_model *model,
                              struct str root, const char *into)
{
    for (size_t i = 0; i < model->files.len; i++) {
        const struct registry_file *file = &model->files.items[i];
        const struct entry *e = find_entry(s, root, file->path);
        if (!e && file->optional)
            continue;
        if (!e)
            return ctx_fail(ctx, RSC_EFORMAT, "%s has no %.*s", s->path,
                            STR_ARG(file->path));
        if (e->bytes > (file->bytes ? file->bytes + SLACK : MAX_TOTAL))
            return ctx_fail(ctx, RSC_ELIMIT,
                            "%s: %.*s unpacks to %llu bytes, far more than "
                            "the model has",
                            s->path, STR_ARG(file->path),
                            (unsigned long long)e->bytes);
        rsc_status st = copy_to(ctx, s, e, into, file->path);
        struct str copy = ctx_printf(ctx, "%s/%.*s", into, STR_ARG(file->path));
        struct str what =
            ctx_printf(ctx, "%s: %.*s", s->path, STR_ARG(file->path));
        if (!st && what.data && file->sha256.len)
            st = archive_check(ctx, copy.data, file->sha256, what.data);
        if (st)
            return st;
    }
    return ctx->error.status;
}

/* Everything beside the anchor and below. */
static rsc_status copy_all(struct ctx *ctx, const struct source *s,
                           struct str root, const char *into)
{
    uint64_t total = 0;

    for (size_t i = 0; i < s->entries.len; i++) {
        const struct entry *e = &s->entries.items[i];
        if (!str_starts(e->name, root))
            continue;
        struct str path = str_slice(e->name, root.len, e->name.len);
        if (!is_safe(path))
            return ctx_fail(ctx, RSC_EFORMAT,
                            "%s holds a name that leads out of it", s->path);
        total += e->bytes;
        if (e->bytes > MAX_TOTAL || total > MAX_TOTAL)
            return ctx_fail(ctx, RSC_ELIMIT, "%s unpacks to more than 2 GB",
                            s->path);
        rsc_status st = copy_to(ctx, s, e, into, path);
        if (st)
            return st;
    }
    return RSC_OK;
}

rsc_status archive_copy(struct ctx *ctx, const struct registry_model *model,
                        const char *from, const char *into)
{
    struct str anchor = registry_anchor(model), root;
    struct source s;

    rsc_status st = open_source(ctx, &s, from);
    if (st)
        return st;
    if (!find_root(&s, anchor, &root))
        st =
            ctx_fail(ctx, RSC_EFORMAT, "%s has no %.*s", from, STR_ARG(anchor));
    else if (model->files.len)
        st = copy_listed(ctx, &s, model, root, into);
    else
        st = copy_all(ctx, &s, root, into);
    close_source(&s);
    return st;
}

struct str archive_kind(struct ctx *ctx, const char *from)
{
    struct str root, kind = STR("");
    struct source s;

    if (open_source(ctx, &s, from))
        return kind;
    if (find_root(&s, STR("model.safetensors"), &root))
        kind = STR("encoder");
    else if (find_root(&s, STR("config.cfg"), &root))
        kind = STR("entities");
    else
        ctx_fail(ctx, RSC_EFORMAT,
                 "%s holds neither an encoder (model.safetensors) nor a "
                 "pipeline (config.cfg)",
                 from);
    close_source(&s);
    return kind;
}

rsc_status archive_list(struct ctx *ctx, store_names *out, const char *from)
{
    struct source s;

    if (open_source(ctx, &s, from))
        return ctx->error.status;
    for (size_t i = 0; i < s.entries.len; i++) {
        struct str *name = vec_push(ctx, out);
        if (name)
            *name = s.entries.items[i].name;
    }
    close_source(&s);
    return ctx->error.status;
}
