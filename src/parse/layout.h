/* SPDX-License-Identifier: MIT */
#ifndef RSC_LAYOUT_H
#define RSC_LAYOUT_H

/*
 * A document seen as lines with what the other modules ask about them: blank,
 * list item, capitals, dates. Made once per document, read by all of parse.
 */

#include "base/document.h"
#include "parse/dates.h"

struct layout_line {
    struct span span; /* without white space and bullet */
    uint32_t start;   /* of the whole line */
    uint32_t end;     /* of the whole line, without its '\n' */
    uint32_t len;     /* bytes; personal data count as if they were equal, and
                         blanks that stand together as one */
    uint32_t n_spare; /* blanks that do not count in len */
    uint32_t n_words;
    uint32_t first_date, n_dates; /* those that begin on this line */
    float size;                   /* in pt, 0 if unknown */
    bool is_blank;
    bool is_item;     /* begins with a bullet or a number */
    bool has_sign;    /* the bullet is a sign, not a number or icon */
    bool is_caps;     /* three letters or more, none of them small */
    bool has_columns; /* a tab or three blanks in it */
    bool is_bold;
    bool is_marked;    /* the format says that it is a heading */
    bool is_personal;  /* nothing but personal data */
    bool after_blank;  /* first one, or behind an empty line */
    bool begins_small; /* its first letter is a small one */
    char last;         /* its last byte */
};

struct layout {
    const struct document *doc;
    struct str text;
    struct layout_line *lines;
    size_t n_lines;
    struct date_range *dates; /* with refused ones */
    size_t n_dates;
    float body_size;    /* the size of most of the text; 0 if unknown */
    uint32_t long_line; /* bytes; a line this long may go on in small letters */
    uint32_t full_line; /* bytes; one this long may go on in any way */
    struct month as_of;
};

/* Reads doc's lines and dates. Fails with RSC_ENOMEM only. */
rsc_status layout_read(struct ctx *ctx, struct layout *out,
                       const struct document *doc, struct month as_of);
/* Tells the layout which spans (sorted, without overlap) are personal, so that
 * their length decides nothing. */
void layout_set_personal(struct layout *layout, const struct span *spans,
                         size_t n);
/* Whether line i goes on in line i + 1: a sentence that was broken. */
bool layout_goes_on(const struct layout *layout, size_t i);
/* Whether line i begins with the end of a name that was broken: "College,
 * 2019" behind "... Springfield Technical Community". */
bool layout_is_tail(const struct layout *layout, size_t i);
/* Index of the first line that starts at or after offset, n_lines if none. */
size_t layout_line_from(const struct layout *layout, uint32_t offset);
/* Index of the line that holds offset. */
size_t layout_line_at(const struct layout *layout, uint32_t offset);

#endif
