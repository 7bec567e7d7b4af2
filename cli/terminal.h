/* SPDX-License-Identifier: MIT */
#ifndef RSC_TERMINAL_H
#define RSC_TERMINAL_H

/*
 * What depends on a person looking: colours, width, progress bars. All of it
 * is off where the stream is not a terminal; NO_COLOR switches colours off.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

enum colour {
    COLOUR_OFF,
    COLOUR_BOLD,
    COLOUR_DIM,
    COLOUR_RED,
    COLOUR_GREEN,
    COLOUR_YELLOW,
    COLOUR_CYAN,
};

/* The escape sequence, or "" where there are to be no colours. */
const char *terminal_colour(FILE *stream, enum colour colour);
bool terminal_is_tty(FILE *stream);
/* Columns of standard output; 80 where that is not a terminal. */
unsigned terminal_width(void);

/* Draws "label [####    ] 45 %  note" on standard error, at most ten times a
 * second; does nothing where that is not a terminal. total 0 means unknown. */
void terminal_progress(const char *label, uint64_t done, uint64_t total,
                       const char *note);
/* Takes the bar away, so that a message can be printed. */
void terminal_clear_progress(void);

/* Columns that s takes on a terminal (wide and combining characters
 * respected). */
size_t terminal_columns(struct str s);
/* Prints s without control characters, cut to `columns` with an ellipsis;
 * returns the columns that were used. Text of documents must pass through
 * here: a resume may hold escape sequences. */
size_t terminal_put(FILE *stream, struct str s, size_t columns);
/* The same without a cut. */
void terminal_say(FILE *stream, struct str s);
/* The same for text of several lines. */
void terminal_say_lines(FILE *stream, struct str s);
/* Prints "note: text" on standard error. */
void terminal_note(const char *text);
/* As terminal_put for a path: what does not fit is cut from its front, since
 * the end tells files apart. */
size_t terminal_put_path(FILE *stream, struct str path, size_t columns);
/* Prints s as wrapped lines of at most `columns`, each indented. */
void terminal_wrap(FILE *stream, struct str s, size_t indent, size_t columns);

#endif
