/* SPDX-License-Identifier: MIT */
#ifndef RSC_CLEAN_H
#define RSC_CLEAN_H

/*
 * Turns the characters of a file into text that can be read and compared:
 * NFC, ligatures as letters, one kind of space, no control characters, no
 * soft hyphens, no characters without width.
 */

#include "base/str.h"

/* What was found in a word and taken out of it. */
struct clean_note {
    bool zero_width; /* between two letters or digits, where it only hides */
    bool tags;       /* invisible copies of ASCII; their text in `hidden` */
};

/* Takes the next word off the front of *rest: up to a space of any kind or a
 * control character. *tab says whether a tab stood before it. Returns false
 * at the end. */
bool clean_next_word(struct str *rest, struct str *word, bool *tab);

/* Appends the cleaned word to out (nothing when nothing is left), and what
 * invisible tag characters spell to hidden. note is only added to. */
void clean_word(struct buf *out, struct buf *hidden, struct clean_note *note,
                struct str word);

/* The white space of Unicode and every control character but tab. */
bool clean_is_space(uint32_t c);

#endif
