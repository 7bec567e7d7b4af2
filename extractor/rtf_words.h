/* SPDX-License-Identifier: MIT */
#ifndef RSC_RTF_WORDS_H
#define RSC_RTF_WORDS_H

/* The control words of RTF that matter for text, of some 1,800. */

#include "base/str.h"

/* Where text of a group goes. */
enum rtf_place {
    RTF_BODY,
    RTF_BLOCK, /* body, on a line of its own */
    RTF_FONTS,
    RTF_COLOURS,
    RTF_STYLES,
    RTF_NOWHERE,
};

enum rtf_action {
    RTF_CHAR, /* stands for text */
    RTF_UNICODE,
    RTF_UC,
    RTF_PAR,
    RTF_LINE,
    RTF_PARD,
    RTF_PLAIN,
    RTF_PLACE, /* opens a destination */
    RTF_FONT,
    RTF_FCHARSET,
    RTF_CODEPAGE,
    RTF_STYLE,
    RTF_OUTLINE,
    RTF_RED,
    RTF_GREEN,
    RTF_BLUE,
    RTF_PARAGRAPH_SHADE,
    RTF_BIN,
    RTF_IN_TABLE,
    RTF_CELL,
    RTF_ROW,
    RTF_CELL_SHADE,
    RTF_BOLD,
    RTF_HIDDEN,
    RTF_DELETED,
    RTF_SIZE,
    RTF_COLOUR,
    RTF_SHADE,
};

struct rtf_word {
    const char *name;
    enum rtf_action action;
    enum rtf_place place; /* of RTF_PLACE */
    const char *text;     /* of RTF_CHAR */
};

/* NULL for a word that does not matter. Case counts, as the format says. */
const struct rtf_word *rtf_word_find(struct str name);

#endif
