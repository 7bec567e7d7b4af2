/* SPDX-License-Identifier: MIT */
#ifndef RSC_FLOW_H
#define RSC_FLOW_H

/*
 * Flowing text with tables, for DOCX, ODT, RTF and HTML: paragraphs come in
 * order, table cells hold paragraphs, tables hold tables.
 *
 * A row whose cells have one paragraph each is a row of a table and becomes
 * one line with tabs. A row with more in its cells is a layout (a side bar
 * beside a main column), and its cells are read one after the other.
 *
 * Text with a hidden style goes to the report and nowhere else.
 */

#include "builder.h"

struct flow_style {
    bool bold;
    float size;     /* pt; 0 if unknown */
    bool is_hidden; /* then reason holds */
    uint8_t reason; /* enum hidden_reason */
};

struct flow_line {
    struct str text;
    enum line_role role;
    bool bold;
    bool gap; /* an empty line goes before it */
    float size;
};

/* A cell or row that is open. */
struct flow_row {
    VEC(struct flow_line) lines;
    VEC(uint32_t) cells; /* where each begins in lines */
};

/* The line that waits while a text box in the middle of it is read. */
struct flow_aside {
    struct buf text;
    size_t bold, weighed;
    float size;
    struct flow_style style;
};

#define FLOW_MAX_TABLES 12
#define FLOW_MAX_ASIDES 4

struct flow {
    struct ctx *ctx;
    struct builder *b;
    struct flow_style style;
    struct buf text; /* of the open line */
    size_t bold, weighed;
    float size;
    bool wants_gap;
    bool last_was_long;
    unsigned n_open; /* rows that are open, also those too deep to keep */
    struct flow_row rows[FLOW_MAX_TABLES];
    size_t kept; /* bytes that wait in rows */
    unsigned n_aside;
    struct flow_aside asides[FLOW_MAX_ASIDES];
};

void flow_init(struct flow *f, struct ctx *ctx, struct builder *b);
void flow_clear(struct flow *f);
/* How what follows looks. */
void flow_style(struct flow *f, struct flow_style style);
void flow_text(struct flow *f, struct str text);
/* Ends the line; an empty one ends the block. */
void flow_line(struct flow *f, enum line_role role);
void flow_gap(struct flow *f);
bool flow_has_text(const struct flow *f);
void flow_row_open(struct flow *f);
void flow_cell(struct flow *f); /* the next cell begins */
void flow_row_close(struct flow *f);
/* A text box begins in the middle of a line: its lines come before that
 * line. */
void flow_aside_open(struct flow *f);
void flow_aside_close(struct flow *f);
/* Ends the line and every row that is still open. */
void flow_end(struct flow *f);

#endif
