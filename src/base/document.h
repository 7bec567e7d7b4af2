/* SPDX-License-Identifier: MIT */
#ifndef RSC_DOCUMENT_H
#define RSC_DOCUMENT_H

/*
 * A document after extraction: what a person would see, in reading order.
 *
 * `text` is valid UTF-8. Lines end in '\n'; an empty line separates blocks
 * (paragraphs, list items stay single lines); no other control characters but
 * '\t' between the columns of a table row. Every word of the text has an entry
 * in `words` with its page, every line one in `lines`; both are sorted by
 * start, and offsets are bytes in `text`. Text that a person cannot see stands
 * in `hidden` only and is never in `text`.
 *
 * Owned by the arena it was made in; immutable afterwards.
 */

#include "base/ctx.h"

enum document_kind {
    DOCUMENT_TXT,
    DOCUMENT_PDF,
    DOCUMENT_DOCX,
    DOCUMENT_ODT,
    DOCUMENT_RTF,
    DOCUMENT_HTML,
};

/* Why a run of text was left out. */
enum hidden_reason {
    HIDDEN_COLOUR,    /* as its background, or too close to it */
    HIDDEN_TINY,      /* under 4 pt */
    HIDDEN_OFF_PAGE,  /* outside of the page */
    HIDDEN_CLIPPED,   /* outside of the clip */
    HIDDEN_COVERED,   /* something opaque was painted over it */
    HIDDEN_INVISIBLE, /* PDF render mode 3 */
    HIDDEN_STYLE,     /* display:none, w:vanish and their like */
    HIDDEN_ZERO_WIDTH /* zero-width characters inside words */
};

struct word {
    uint32_t start, end;  /* bytes in text */
    float x0, y0, x1, y1; /* points from the page's top left; 0 if unknown */
};

enum line_role {
    LINE_BODY,
    LINE_HEADING, /* the format itself says so (style, <h2>, outline) */
    LINE_ITEM,    /* of a list */
    LINE_CELL,    /* a row of a table */
};

struct line {
    uint32_t start, end;          /* bytes in text, without the '\n' */
    uint32_t first_word, n_words; /* in words */
    uint16_t page;                /* from 1 */
    uint8_t role;                 /* enum line_role */
    bool bold;                    /* all of it */
    float size;                   /* of its largest font in pt; 0 if unknown */
    float x0, y0, x1, y1;         /* box in points; 0 if unknown */
};

struct hidden_run {
    struct str text;
    uint16_t page;
    uint8_t reason; /* enum hidden_reason */
};

struct document {
    enum document_kind kind;
    struct str text;
    unsigned pages; /* 1 where the format has none */
    const struct word *words;
    size_t n_words;
    const struct line *lines;
    size_t n_lines;
    const struct hidden_run *hidden;
    size_t n_hidden;
    const struct str *warnings; /* sentences for the user */
    size_t n_warnings;
    struct str method; /* what read it: "poppler 22.12.0", "docx", ... */
};

/* Copies all of doc into ctx's arena. Fails with RSC_ENOMEM only. */
rsc_status document_copy(struct ctx *ctx, struct document *out,
                         const struct document *doc);
/* Index of the line that holds the byte at offset, or SIZE_MAX. */
size_t document_line_at(const struct document *doc, size_t offset);
/* Page of the byte at offset, from 1; 1 where nothing is known. */
unsigned document_page_at(const struct document *doc, size_t offset);
/* "pdf", "docx", ... */
const char *document_kind_name(enum document_kind kind);
/* "white on white" and so on, for reports: a short phrase. */
const char *hidden_reason_name(enum hidden_reason reason);

#endif
