/* SPDX-License-Identifier: MIT */
#ifndef RSC_DOCX_PARTS_H
#define RSC_DOCX_PARTS_H

/*
 * What the parts of a .docx beside its text say: which part is which
 * (relationships), how named styles look, how lists are numbered.
 */

#include "archive.h"
#include "base/vec.h"
#include "look.h"

struct docx_style {
    struct str id, parent;
    struct look look;
    bool is_heading;
    bool is_default; /* of paragraphs */
    int list;        /* numId, or -1 */
};

struct docx_level {
    uint8_t kind;    /* enum docx_number */
    struct str text; /* "%1." */
    unsigned start;
};

enum docx_number {
    DOCX_BULLET,
    DOCX_DECIMAL,
    DOCX_LETTER,
    DOCX_ROMAN,
    DOCX_NO_NUMBER,
};

#define DOCX_LEVELS 9

struct docx_list {
    struct str id;
    struct docx_level levels[DOCX_LEVELS];
    unsigned counters[DOCX_LEVELS];
};

struct docx_number_id {
    int id;
    struct str list;
};

struct docx_relation {
    struct str id, type, target; /* type: the last part of its address */
};

struct docx_parts {
    VEC(struct docx_style) styles;
    VEC(struct docx_list) lists;
    VEC(struct docx_number_id) numbers;
    VEC(struct docx_relation) relations;
    struct look defaults;
    char document[256]; /* name of the main part */
};

rsc_status docx_parts_read(struct ctx *ctx, struct docx_parts *out,
                           struct archive *archive);

/* Borrowed; NULL when there is no such style. */
const struct docx_style *docx_style_find(const struct docx_parts *parts,
                                         const char *id);
/* Writes the name of the archive member that a relation of the main part
 * leads to; false when there is none. */
bool docx_part_name(const struct docx_parts *parts,
                    const struct docx_relation *relation, char *out,
                    size_t size);
/* What stands before the next item of a list: "1." or a bullet; empty for
 * none. Counts on. */
struct str docx_next_label(struct ctx *ctx, struct docx_parts *parts, int list,
                           unsigned level);

/* Reads one property element (w:b, w:sz, w:color, ...) into look. */
void docx_look_read(struct look *look, const struct xml_tag *tag);
/* Whether a shape that stands this far from where it belongs is on no page;
 * emu: English metric units, 12700 to the point. */
bool docx_is_far(struct str emu);
/* The same for a paragraph: where it stands and how high its lines are. */
void docx_paragraph_read(struct look *look, const struct xml_tag *tag);
/* A number of an attribute, clamped to 0 .. max; -1 when there is none. */
int docx_count(const char *text, int max);
/* val of an on/off property: absent means on. */
bool docx_is_on(const struct xml_tag *tag);

#endif
