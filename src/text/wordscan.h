/* SPDX-License-Identifier: MIT */
#ifndef RSC_WORDSCAN_H
#define RSC_WORDSCAN_H

/*
 * Cuts a text into words as skill names need them, and folds each: lower
 * case, no accents, ligatures spelled out, full-width letters narrowed,
 * apostrophes inside a word dropped.
 *
 *     "C++, ASP.NET & Node.js"  ->  c++ | asp | net | and | node | js
 *
 * A word is a run of letters and digits. '+', "++" or '#' behind it and a '.'
 * in front of it belong to it (C++, C#, A+, .NET); '&' is the word "and". What
 * stands between two words is kept as a set of gap bits.
 *
 * Works on any bytes; damaged UTF-8 is a gap.
 */

#include "text/span.h"

enum gap_bit {
    GAP_SPACE = 1 << 0,
    GAP_NEWLINE = 1 << 1, /* at least one */
    GAP_BLANK = 1 << 2,   /* at least two: an empty line */
    GAP_HYPHEN = 1 << 3,  /* any dash, and '_' */
    GAP_DOT = 1 << 4,
    GAP_SLASH = 1 << 5,
    GAP_COMMA = 1 << 6, /* comma, semicolon, bullet, '|', tab */
    GAP_STOP = 1 << 7,  /* ! ? ; ... */
    GAP_COLON = 1 << 8,
    GAP_OPEN = 1 << 9,   /* an opening bracket */
    GAP_CLOSE = 1 << 10, /* a closing bracket */
    GAP_QUOTE = 1 << 11,
    GAP_AT = 1 << 12,
    GAP_OTHER = 1 << 13,
    GAP_START = 1 << 14, /* nothing stands before the word */
};

/* A longer word has no folded form and is never known. */
#define SCAN_WORD_MAX 47
/* Zeros behind a folded word, for those who read two times eight bytes. */
#define FOLD_ZEROS 16
#define FOLD_SIZE  (SCAN_WORD_MAX + 1 + FOLD_ZEROS)

struct scan_word {
    uint32_t start, end;  /* bytes in the text, with prefix and suffix */
    uint16_t gap;         /* bits of what stands before it */
    uint8_t len;          /* of fold; 0 where the word is too long */
    uint8_t prefix;       /* 1 where fold starts with '.' */
    uint8_t suffix;       /* bytes of '+' and '#' at the end of fold */
    bool possessive;      /* written with 's at the end */
    bool plain;           /* letters of ASCII only: nothing may be dropped */
    char fold[FOLD_SIZE]; /* zeros behind len */
};

struct wordscan {
    struct str text; /* at most 4 GB */
    size_t pos;
};

static inline struct wordscan wordscan_of(struct str text)
{
    return (struct wordscan){text, 0};
}

/* Takes the next word; false at the end of the text. */
bool wordscan_next(struct wordscan *scan, struct scan_word *word);
/* Bits of the gap between pos and the next word or the end of the text. */
unsigned wordscan_gap_at(struct str text, size_t pos);

#endif
