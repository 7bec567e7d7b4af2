/* SPDX-License-Identifier: MIT */
#include "layout.h"
#include "pdf.h"
#include "reader.h"

/* A page whose image takes this share of it is a picture of a page. */
#define SCAN_SHARE 0.5f
/* A scanner's own line ("Scanned with ...") is still not text of the page. */
#define SCAN_WORDS 20

struct pages {
    struct ctx *ctx;
    struct builder *b;
    rsc_status status;
    unsigned n_scans;  /* pages that are pictures */
    unsigned n_layers; /* of them, with invisible text of an OCR program */
    unsigned n_text;   /* pages with text */
    unsigned n_images; /* pages with any picture */
    size_t n_glyphs, n_unmapped;
};

struct counts {
    size_t visible, unseen; /* unseen: invisible or under the picture */
};

static struct counts count_glyphs(const struct pdf_page *page)
{
    struct counts c = {0};

    for (size_t i = 0; i < page->n_glyphs; i++) {
        uint8_t fate = page->glyphs[i].fate;
        if (page->glyphs[i].n_text == 1 && page->glyphs[i].text[0] == ' ')
            continue;
        c.visible += fate == GLYPH_VISIBLE;
        c.unseen += fate == GLYPH_INVISIBLE || fate == GLYPH_COVERED;
    }
    return c;
}

static bool take_page(void *arg, const struct pdf_page *page)
{
    struct pages *p = arg;
    struct counts c = count_glyphs(page);
    size_t words = p->b->words.len;

    p->status = layout_page(p->ctx, p->b, page);
    if (p->status)
        return false;
    words = p->b->words.len - words;
    p->n_glyphs += page->n_glyphs;
    p->n_unmapped += page->n_unmapped;
    p->n_images += page->image_share > 0;
    if (page->image_share >= SCAN_SHARE && words < SCAN_WORDS) {
        p->n_scans++;
        p->n_layers += c.unseen > 2 * c.visible;
    } else {
        p->n_text += words > 0;
    }
    if (page->is_cut)
        builder_warn(p->b, "page %u has more characters than can be read",
                     page->number);
    if (page->is_crowded)
        builder_warn(p->b,
                     "page %u is drawn with too many shapes to find all "
                     "hidden text",
                     page->number);
    return !p->b->is_full;
}

static rsc_status explain(struct ctx *ctx, enum pdf_ending ending,
                          const struct pdf_walk *walk)
{
    switch (ending) {
    case PDF_ENCRYPTED:
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "this PDF is protected with a password; save a copy "
                        "without one");
    case PDF_NO_PAGES:
        return ctx_fail(ctx, RSC_EFORMAT,
                        "this PDF is damaged: it has no pages; print or "
                        "export it again");
    case PDF_TOO_MANY_PAGES:
        return ctx_fail(ctx, RSC_ELIMIT,
                        "this PDF has %u pages, more than the limit of %u; "
                        "use only the pages of the resume",
                        walk->n_pages, walk->max_pages);
    case PDF_NO_MEMORY:
        return ctx_fail(ctx, RSC_ELIMIT,
                        "this PDF needs too much memory; print it to a new "
                        "PDF and use that");
    case PDF_DAMAGED:
        return ctx_fail(ctx, RSC_EFORMAT,
                        "this PDF is damaged and cannot be repaired; print or "
                        "export it again");
    case PDF_DONE:
    case PDF_STOPPED:
        break;
    }
    return RSC_OK;
}

/* A picture of text is not text, and the invisible text that an OCR program
 * left behind it is not what a person sees either. */
static rsc_status refuse_scan(struct ctx *ctx, const struct pages *p)
{
    if (p->n_layers > 0)
        return ctx_fail(ctx, RSC_ENOTEXT,
                        "this PDF is a scan: pictures of pages with an "
                        "invisible text layer, which may say something else "
                        "than the pictures; export the original document to "
                        "PDF");
    return ctx_fail(ctx, RSC_ENOTEXT,
                    "this PDF is a scan: pictures of pages without text; "
                    "export the original document to PDF, or run it through "
                    "an OCR program and save the text");
}

static const char *why_empty(const struct pages *p)
{
    if (p->n_unmapped > p->n_glyphs)
        return "the fonts of this PDF do not say which characters they draw, "
               "so its text cannot be read; export it again with another "
               "program";
    if (p->b->hidden.len > 0)
        return "all text of this PDF is hidden from a reader's eyes; export "
               "it again with visible text";
    if (p->n_images > 0)
        return "this PDF has pictures and no text; export the original "
               "document to PDF";
    return "this PDF has no text; if you see some, it is drawn as shapes, so "
           "export the original document again";
}

rsc_status pdf_read(struct ctx *ctx, struct builder *b,
                    struct reading_facts *facts, const struct source *source)
{
    struct pages pages = {.ctx = ctx, .b = b};
    struct pdf_walk walk = {.data = source->bytes.data,
                            .len = source->bytes.len,
                            .max_pages = source->max_pages,
                            .on_page = take_page,
                            .arg = &pages};
    enum pdf_ending ending = pdf_walk_pages(&walk);
    rsc_status st = explain(ctx, ending, &walk);

    if (st || pages.status)
        return ctx->error.status;
    if (pages.n_scans > 0 && pages.n_text == 0)
        return refuse_scan(ctx, &pages);
    if (pages.n_scans > 0)
        builder_warn(b,
                     "%u of %u pages are pictures of text, which is not read",
                     pages.n_scans, walk.n_pages);
    if (pages.n_unmapped * 10 > pages.n_glyphs)
        builder_warn(b, "some fonts of this PDF do not say which characters "
                        "they draw; text may be missing");
    facts->kind = DOCUMENT_PDF;
    facts->pages = walk.n_pages;
    facts->method = ctx_printf(ctx, "poppler %s", pdf_version());
    facts->why_empty = why_empty(&pages);
    return RSC_OK;
}
