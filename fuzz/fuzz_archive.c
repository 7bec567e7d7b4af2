/* SPDX-License-Identifier: MIT */
/* Any bytes as the container of a .docx or an .odt. */
#include "extractor/docx.h"
#include "extractor/odt.h"
#include "reader_harness.h"

static rsc_status read_it(struct ctx *ctx, struct builder *b,
                          struct reading_facts *facts, struct str bytes)
{
    struct archive *archive;
    rsc_status st = archive_open(ctx, &archive, bytes);

    if (st)
        return st;
    if (archive_has_folder(archive, "word/"))
        st = docx_read(ctx, b, facts, archive);
    else
        st = odt_read(ctx, b, facts, archive);
    archive_close(archive);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_reader(read_it, data, size);
    return 0;
}
