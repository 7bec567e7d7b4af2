/* SPDX-License-Identifier: MIT */
/* Parts of a .docx, separated by bytes of 255, in a container made here: text,
 * styles, numbering, header. */
#include <zip.h>

#include "extractor/docx.h"
#include "reader_harness.h"

#define RELATION(id, type, target)                                             \
    "<Relationship Id=\"" id "\" Type=\"x/" type "\" Target=\"" target "\"/>"

static const char relations[] = "<r>" RELATION("r1", "styles", "styles.xml")
    RELATION("r2", "numbering", "numbering.xml")
        RELATION("r3", "header", "header.xml") "</r>";

static void add(zip_t *zip, const char *name, struct str data)
{
    zip_source_t *s = zip_source_buffer(zip, data.data, data.len, 0);
    zip_int64_t i = zip_file_add(zip, name, s, 0);

    if (i >= 0)
        zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0);
}

/* The parts as a container in the arena. */
static struct str pack(struct ctx *ctx, struct str bytes)
{
    static const char *const names[] = {"word/document.xml", "word/styles.xml",
                                        "word/numbering.xml",
                                        "word/header.xml"};
    zip_error_t error;
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(out, ZIP_TRUNCATE, &error);
    zip_stat_t info;
    struct str part;

    zip_source_keep(out);
    add(zip, "word/_rels/document.xml.rels", str_of(relations));
    for (size_t i = 0; i < 4 && str_next_field(&bytes, (char)255, &part); i++)
        add(zip, names[i], part);
    if (zip_close(zip) || zip_source_open(out) || zip_source_stat(out, &info))
        abort();
    char *data = ctx_alloc(ctx, info.size);
    if (!data || zip_source_read(out, data, info.size) < 0)
        abort();
    zip_source_close(out);
    zip_source_free(out);
    return (struct str){data, info.size};
}

static rsc_status read_it(struct ctx *ctx, struct builder *b,
                          struct reading_facts *facts, struct str bytes)
{
    struct archive *archive;
    rsc_status st = archive_open(ctx, &archive, pack(ctx, bytes));

    if (st)
        return st;
    st = docx_read(ctx, b, facts, archive);
    archive_close(archive);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_reader(read_it, data, size);
    return 0;
}
