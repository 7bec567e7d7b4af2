/* SPDX-License-Identifier: MIT */
#ifndef RSC_WORDPIECE_TABLES_H
#define RSC_WORDPIECE_TABLES_H

/*
 * What BERT's normaliser and pre-tokeniser make of each code point. The
 * tables are generated (see wordpiece_tables.c) and immutable:
 *
 *     wordpiece_block[c >> 7] --> wordpiece_class[block * 128 + (c & 127)]
 *
 * A class of WORDPIECE_MAPPED or more is replaced: the byte at
 * wordpiece_form[wordpiece_form_start[class - WORDPIECE_MAPPED]] holds the
 * length of the UTF-8 text behind it, with 128 added if that text is one
 * isolated code point.
 */

#include <stdint.h>

enum {
    WORDPIECE_WORD = 0,     /* part of a word, as it is */
    WORDPIECE_DROP = 1,     /* removed */
    WORDPIECE_BREAK = 2,    /* removed, but ends a run of marks */
    WORDPIECE_SPACE = 3,    /* ends a word */
    WORDPIECE_ISOLATED = 4, /* a word of its own: punctuation, CJK */
    WORDPIECE_SYLLABLE = 5, /* Hangul, decomposed by arithmetic */
    /* Part of a word, sorted among the marks around it by class. */
    WORDPIECE_MARK = 16,
    WORDPIECE_MAPPED = 256,
};

extern const uint8_t wordpiece_block[];
extern const uint16_t wordpiece_class[];
extern const uint16_t wordpiece_form_start[];
extern const uint8_t wordpiece_form[];

/* c must be a code point, so at most 0x10FFFF. */
static inline unsigned wordpiece_class_of(uint32_t c)
{
    return wordpiece_class[wordpiece_block[c >> 7] * 128u + (c & 127)];
}

#endif
