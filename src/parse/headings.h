/* SPDX-License-Identifier: MIT */
#ifndef RSC_HEADINGS_H
#define RSC_HEADINGS_H

/*
 * Which lines of a resume are headings, and of what. A known name decides;
 * layout (bold, size, capitals, colon, an empty line before) is a help where
 * there is any, and needed for names that are ordinary words too.
 */

#include "parse/layout.h"
#include "parse/resume.h"

#define HEADING_MAX_BYTES 64

struct heading {
    enum section_kind kind;
    struct span name;    /* the heading itself */
    uint32_t body_start; /* behind it; on the same line in "Skills: C, SQL" */
    bool is_inline;
    bool is_weak; /* the name alone does not prove it */
};

/* Writes line as the tables have names: lower case, single blanks, "and" for
 * "&", without numbering, rules and colon; "E D U C A T I O N" is closed up.
 * Returns the length, 0 when it is too long to be a heading. */
size_t heading_fold(struct str line, char out[HEADING_MAX_BYTES]);
/* Whether line i looks like a heading by its form alone. */
bool heading_has_form(const struct layout *layout, size_t i);
/* Whether line i is, or begins with, a heading. */
bool heading_read(const struct layout *layout, size_t i, struct heading *out);

#endif
