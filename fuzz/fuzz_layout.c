/* SPDX-License-Identifier: MIT */
/* Glyphs anywhere on a page, as a PDF may draw them: each six bytes are one. */
#include "extractor/layout.h"
#include "reader_harness.h"

/* A glyph on a small grid, so that lines, columns and overlaps come about. */
static struct glyph glyph_of(const unsigned char *d)
{
    static const float sizes[] = {8, 10, 10, 10, 12, 14, 24, 3};
    struct glyph g = {
        .size = sizes[d[0] & 7],
        .turn = d[0] >> 6 == 3 ? d[0] >> 4 & 3 : 0,
        .bold = d[0] >> 3 & 1,
        .fate = d[1] < 200 ? GLYPH_VISIBLE : d[1] % 7,
        .n_text = 1,
        .text = {d[2] > 250   ? 0xfb01u
                 : d[2] > 240 ? 0x2022u
                              : d[2] & 127u},
    };

    g.x0 = (float)(d[3] * 256 + d[4]) / 80;
    g.x1 = g.x0 + g.size / 2;
    g.base = (float)(d[5] * 3);
    g.y0 = g.base - g.size;
    g.y1 = g.base + g.size / 4;
    return g;
}

static rsc_status read_it(struct ctx *ctx, struct builder *b,
                          struct reading_facts *facts, struct str bytes)
{
    size_t n = bytes.len / 6;
    struct glyph *glyphs = ctx_calloc(ctx, n + 1, sizeof(*glyphs));

    if (!glyphs)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        glyphs[i] = glyph_of((const unsigned char *)bytes.data + 6 * i);
    facts->kind = DOCUMENT_PDF;
    return layout_page(ctx, b,
                       &(struct pdf_page){.number = 1,
                                          .width = 800,
                                          .height = 800,
                                          .glyphs = glyphs,
                                          .n_glyphs = n});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_reader(read_it, data, size);
    return 0;
}
