/* SPDX-License-Identifier: MIT */
#include "archive.h"

#include <zip.h>

/* A document with a picture on every page has some hundred members. */
#define MAX_MEMBERS 2000
/* All that is unpacked, of all members. A resume's text is 0.2 MB. */
#define MAX_UNPACKED ((size_t)64 << 20)
/* XML of repeated table rows packs 100:1; bombs pack 1000:1. Small members
 * may do as they like. */
#define MAX_RATIO  200
#define RATIO_FREE ((size_t)1 << 20)

struct archive {
    zip_t *zip;
    size_t unpacked;
};

struct member {
    zip_file_t *file;
    size_t packed;
    size_t unpacked;
};

static rsc_status damaged(struct ctx *ctx)
{
    return ctx_fail(ctx, RSC_EFORMAT,
                    "this file is a damaged ZIP container, as of a broken "
                    "download; open the document and save it again");
}

static rsc_status bomb(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, RSC_ELIMIT,
                    "this file unpacks to %s and is refused; open the "
                    "document and save it again",
                    what);
}

rsc_status archive_open(struct ctx *ctx, struct archive **out, struct str bytes)
{
    zip_error_t error;

    *out = ctx_calloc(ctx, 1, sizeof(**out));
    if (!*out)
        return ctx->error.status;
    zip_error_init(&error);
    zip_source_t *source =
        zip_source_buffer_create(bytes.data, bytes.len, 0, &error);
    if (!source)
        return damaged(ctx);
    (*out)->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!(*out)->zip) {
        zip_source_free(source);
        return damaged(ctx);
    }
    if (zip_get_num_entries((*out)->zip, 0) > MAX_MEMBERS) {
        archive_close(*out);
        return bomb(ctx, "too many parts");
    }
    return RSC_OK;
}

void archive_close(struct archive *archive)
{
    if (archive && archive->zip)
        zip_discard(archive->zip);
    if (archive)
        archive->zip = NULL;
}

bool archive_has(const struct archive *archive, const char *name)
{
    return zip_name_locate(archive->zip, name, 0) >= 0;
}

bool archive_has_folder(const struct archive *archive, const char *prefix)
{
    zip_int64_t n = zip_get_num_entries(archive->zip, 0);

    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(archive->zip, (zip_uint64_t)i, 0);
        if (name && str_starts(str_of(name), str_of(prefix)))
            return true;
    }
    return false;
}

/* file is NULL when the archive has no such member. */
static rsc_status open_member(struct ctx *ctx, struct member *out,
                              struct archive *archive, const char *name)
{
    zip_stat_t info;
    zip_int64_t index = zip_name_locate(archive->zip, name, 0);

    *out = (struct member){0};
    if (index < 0)
        return RSC_OK;
    if (zip_stat_index(archive->zip, (zip_uint64_t)index, 0, &info))
        return damaged(ctx);
    if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
        info.encryption_method != ZIP_EM_NONE)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "this file is protected with a password; save a copy "
                        "without one");
    out->packed = (info.valid & ZIP_STAT_COMP_SIZE) ? info.comp_size : 0;
    /* An honest bomb is known before a byte of it is unpacked. */
    if ((info.valid & ZIP_STAT_SIZE) &&
        info.size > MAX_UNPACKED - archive->unpacked)
        return bomb(ctx, "more than 64 MB");
    out->file = zip_fopen_index(archive->zip, (zip_uint64_t)index, 0);
    return out->file ? RSC_OK : damaged(ctx);
}

/* Reads on; *n is 0 at the end. What a header says of sizes decides nothing:
 * bytes are counted as they come. */
static rsc_status read_member(struct ctx *ctx, struct archive *archive,
                              struct member *m, char *piece, size_t max,
                              size_t *n)
{
    zip_int64_t got = zip_fread(m->file, piece, max);

    *n = 0;
    if (got < 0)
        return damaged(ctx);
    *n = (size_t)got;
    m->unpacked += *n;
    archive->unpacked += *n;
    if (archive->unpacked > MAX_UNPACKED)
        return bomb(ctx, "more than 64 MB");
    if (m->unpacked > RATIO_FREE && m->unpacked / MAX_RATIO > m->packed)
        return bomb(ctx, "more than 200 times its size");
    return ctx_check(ctx);
}

rsc_status archive_head(struct ctx *ctx, struct str *out,
                        struct archive *archive, const char *name, size_t max)
{
    struct member m;
    rsc_status st = open_member(ctx, &m, archive, name);

    *out = STR_NONE;
    if (st || !m.file)
        return st;
    char *data = ctx_alloc(ctx, max);
    size_t len = 0, n = 1;
    while (data && !st && n > 0 && len < max) {
        st = read_member(ctx, archive, &m, data + len, max - len, &n);
        len += n;
    }
    zip_fclose(m.file);
    *out = (struct str){data, len};
    return st ? st : ctx->error.status;
}

rsc_status archive_parse(struct ctx *ctx, struct archive *archive,
                         const char *name, const char *what,
                         const struct xml_handler *handler)
{
    char piece[16384];
    struct xml *xml = NULL;
    struct member m;
    size_t n = 1;
    rsc_status st = open_member(ctx, &m, archive, name);

    if (st || !m.file)
        return st;
    st = xml_open(ctx, &xml, what, handler);
    while (!st && n > 0) {
        st = read_member(ctx, archive, &m, piece, sizeof(piece), &n);
        if (!st)
            st = xml_feed(ctx, xml, (struct str){piece, n}, n == 0);
    }
    xml_close(xml);
    zip_fclose(m.file);
    return st;
}
