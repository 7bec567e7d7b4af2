/* SPDX-License-Identifier: MIT */
#ifndef RSC_PDF_H
#define RSC_PDF_H

/*
 * The only door to poppler: walks through the pages of a PDF and hands out
 * the characters of each with their boxes and fates. Knows nothing of words,
 * lines or columns. Implemented in C++; this header is C.
 */

#include <stddef.h>

#include "glyph.h"

#ifdef __cplusplus
extern "C" {
#endif

struct pdf_page {
    unsigned number; /* from 1 */
    float width, height;
    const struct glyph *glyphs; /* in drawing order */
    size_t n_glyphs;
    size_t n_unmapped; /* characters whose font does not say what they are */
    float image_share; /* of the page under images, 0 to 1 */
    bool is_cut;       /* too many glyphs; the rest is missing */
    bool is_crowded;   /* too many shapes; hidden text may be missed */
};

enum pdf_ending {
    PDF_DONE,
    PDF_STOPPED, /* by the callback */
    PDF_DAMAGED,
    PDF_ENCRYPTED,
    PDF_NO_PAGES,
    PDF_TOO_MANY_PAGES,
    PDF_NO_MEMORY,
};

/* Called for each page; false stops the walk. */
typedef bool pdf_page_fn(void *arg, const struct pdf_page *page);

struct pdf_walk {
    const char *data;
    size_t len;
    unsigned max_pages;
    pdf_page_fn *on_page;
    void *arg;
    unsigned n_pages; /* out: what the document says */
};

/* Loads what poppler would open files for; before the sandbox closes. When
 * C++ gets no memory, on_no_memory is called and does not return. */
void pdf_prepare(void (*on_no_memory)(void));
/* The version of poppler that is linked, such as "22.12.0". */
const char *pdf_version(void);
enum pdf_ending pdf_walk_pages(struct pdf_walk *walk);

#ifdef __cplusplus
}
#endif

#endif
