/* SPDX-License-Identifier: MIT */
#include "base/document.h"

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
