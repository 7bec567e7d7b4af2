/* SPDX-License-Identifier: MIT */
#ifndef RSC_READER_H
#define RSC_READER_H

/*
 * The readers: each turns the bytes of one format into lines in a builder.
 * They keep no state between calls and trust nothing in the bytes.
 */

#include "builder.h"

struct source {
    struct str bytes;
    unsigned max_pages;
};

/* What a reader says beside the text. */
struct reading_facts {
    enum document_kind kind;
    unsigned pages;
    struct str method;
    const char *why_empty; /* what to say when there is no text, or NULL */
};

typedef rsc_status reader_fn(struct ctx *ctx, struct builder *b,
                             struct reading_facts *facts,
                             const struct source *source);

reader_fn pdf_read;
reader_fn rtf_read;
/* For these two, the bytes are UTF-8 already, whatever the file was in. */
reader_fn text_read;
reader_fn html_read;

/* Tells the format by the content and reads it. out points into b. */
rsc_status document_read(struct ctx *ctx, struct document *out,
                         struct builder *b, const struct source *source);

#endif
