/* SPDX-License-Identifier: MIT */
#ifndef RSC_BUILDER_H
#define RSC_BUILDER_H

/*
 * Where every reader puts what it finds; makes a struct document of it.
 *
 * A reader of flowing text (DOCX, HTML, ...) gives pieces as they come and
 * ends each line; words may be cut between pieces:
 *
 *     builder_style(b, true, 12);  builder_text(b, STR("Work Exp"));
 *                                  builder_text(b, STR("erience"));
 *     builder_line(b, LINE_HEADING);
 *
 * A reader with geometry (PDF) gives whole words with their boxes. Text is
 * cleaned here, once, for all formats. The builder is sticky: calls return
 * nothing and builder_finish tells what went wrong. Past the text limit,
 * everything is dropped and a warning says so.
 */

#include "base/ctx.h"
#include "base/document.h"
#include "base/vec.h"

struct box {
    float x0, y0, x1, y1;
};

struct builder {
    struct ctx *ctx;
    size_t max_chars;
    size_t n_chars; /* code points in text */
    bool is_full;   /* the limit is reached; a reader may stop */

    struct buf text;
    struct buf raw;     /* pieces of the open line, not yet cleaned */
    struct buf scratch; /* one word */
    struct buf report;  /* one hidden run */
    VEC(struct word) words;
    VEC(struct line) lines;
    VEC(struct hidden_run) hidden;
    VEC(struct str) warnings;
    size_t hidden_bytes;
    bool hidden_dropped;

    unsigned page;
    bool wants_gap; /* an empty line goes before the next one */
    /* The open line. */
    bool is_open;
    uint32_t first_word;
    struct box box;
    float size;         /* largest so far */
    float current_size; /* of what comes next */
    bool current_bold;
    size_t bold, weighed; /* bytes that are bold, and all */
};

void builder_init(struct builder *b, struct ctx *ctx, size_t max_chars);
void builder_clear(struct builder *b);

/* What follows stands on this page, from 1; starts a new block. */
void builder_page(struct builder *b, unsigned page);
/* How what follows looks; size in pt, 0 if unknown. */
void builder_style(struct builder *b, bool bold, float size);
/* Appends to the open line. White space of any length is one space, a tab
 * separates cells. */
void builder_text(struct builder *b, struct str piece);
/* Appends one word; tab says that a wide gap lies before it. */
void builder_word(struct builder *b, struct str word, const struct box *box,
                  bool tab);
/* Ends the open line; without any text it leaves no trace. */
void builder_line(struct builder *b, enum line_role role);
/* Whether the open line has something in it already. */
bool builder_has_text(const struct builder *b);
/* The open line as it stands; valid until the next call. For readers that
 * give whole words. */
struct str builder_open_line(const struct builder *b);
/* Ends the block: an empty line goes before the next line. */
void builder_gap(struct builder *b);
/* Keeps text that a person cannot see. Follow-ups with the same reason on the
 * same page are put together. */
void builder_hide(struct builder *b, enum hidden_reason reason,
                  struct str text);
/* One sentence for the user; the same one is kept once. */
void builder_warn(struct builder *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends the last line and fills text, words, lines, hidden and warnings of
 * out, which point into the builder and its arena. */
rsc_status builder_finish(struct builder *b, struct document *out);

#endif
