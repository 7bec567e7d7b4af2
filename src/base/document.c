/* SPDX-License-Identifier: MIT */
#include "base/document.h"

static void *copy_array(struct ctx *ctx, const void *items, size_t n,
                        size_t size)
{
    void *copy = ctx_alloc_array(ctx, n, size);

    if (copy && n)
        memcpy(copy, items, n * size);
    return copy;
}

rsc_status document_copy(struct ctx *ctx, struct document *out,
                         const struct document *doc)
{
    struct hidden_run *hidden =
        copy_array(ctx, doc->hidden, doc->n_hidden, sizeof(hidden[0]));
    struct str *warnings =
        copy_array(ctx, doc->warnings, doc->n_warnings, sizeof(warnings[0]));

    *out = *doc;
    out->text = ctx_copy(ctx, doc->text);
    out->method = ctx_copy(ctx, doc->method);
    out->words =
        copy_array(ctx, doc->words, doc->n_words, sizeof(doc->words[0]));
    out->lines =
        copy_array(ctx, doc->lines, doc->n_lines, sizeof(doc->lines[0]));
    for (size_t i = 0; hidden && i < doc->n_hidden; i++)
        hidden[i].text = ctx_copy(ctx, hidden[i].text);
    for (size_t i = 0; warnings && i < doc->n_warnings; i++)
        warnings[i] = ctx_copy(ctx, warnings[i]);
    out->hidden = hidden;
    out->warnings = warnings;
    return ctx->error.status;
}

size_t document_line_at(const struct document *doc, size_t offset)
{
    size_t low = 0;
    size_t high = doc->n_lines;

    /* The last line that starts at or before offset. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (doc->lines[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || offset > doc->lines[low - 1].end)
        return SIZE_MAX;
    return low - 1;
}

unsigned document_page_at(const struct document *doc, size_t offset)
{
    size_t line = document_line_at(doc, offset);

    return line == SIZE_MAX ? 1 : doc->lines[line].page;
}

const char *document_kind_name(enum document_kind kind)
{
    static const char *const names[] = {
        [DOCUMENT_TXT] = "txt",   [DOCUMENT_PDF] = "pdf",
        [DOCUMENT_DOCX] = "docx", [DOCUMENT_ODT] = "odt",
        [DOCUMENT_RTF] = "rtf",   [DOCUMENT_HTML] = "html",
    };

    return names[kind];
}

const char *hidden_reason_name(enum hidden_reason reason)
{
    static const char *const names[] = {
        [HIDDEN_COLOUR] = "the colour of its background",
        [HIDDEN_TINY] = "smaller than 4 pt",
        [HIDDEN_OFF_PAGE] = "outside of the page",
        [HIDDEN_CLIPPED] = "clipped away",
        [HIDDEN_COVERED] = "covered by something else",
        [HIDDEN_INVISIBLE] = "drawn invisibly",
        [HIDDEN_STYLE] = "marked as hidden",
        [HIDDEN_ZERO_WIDTH] = "zero-width characters",
    };

    return names[reason];
}
