/* SPDX-License-Identifier: MIT */
#include "flow.h"

#include "base/utf8.h"
#include "clean.h"
#include "item.h"

/* One line of a document; more is no line. */
#define LINE_MAX_BYTES ((size_t)1 << 20)
/* What tables may hold back before it is written. */
#define KEPT_MAX_BYTES ((size_t)16 << 20)
/* A line of prose; short lines stand close together. */
#define LONG_LINE 160

void flow_init(struct flow *f, struct ctx *ctx, struct builder *b)
{
    *f = (struct flow){.ctx = ctx, .b = b};
    buf_init(&f->text, ctx->arena.mem, LINE_MAX_BYTES);
}

void flow_clear(struct flow *f)
{
    while (f->n_aside > 0)
        flow_aside_close(f);
    buf_clear(&f->text);
}

void flow_style(struct flow *f, struct flow_style style)
{
    f->style = style;
}

static bool is_blank(struct str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t c = utf8_next(s, &i);
        if (c != '\t' && !clean_is_space(c))
            return false;
    }
    return true;
}

static bool ends_in_blank(const struct flow *f)
{
    return f->text.len > 0 && f->text.data[f->text.len - 1] == ' ';
}

void flow_text(struct flow *f, struct str text)
{
    if (f->b->is_full || text.len == 0)
        return;
    bool blank = is_blank(text);
    if (f->style.is_hidden && !blank) {
        builder_hide(f->b, (enum hidden_reason)f->style.reason, text);
        /* The words around it must not grow together, nor the blanks around
         * it into what would be a column. */
        text = ends_in_blank(f) ? STR("") : STR(" ");
        blank = true;
    }
    if (f->text.len + text.len >= LINE_MAX_BYTES)
        flow_line(f, LINE_BODY);
    if (text.len >= LINE_MAX_BYTES)
        text.len = LINE_MAX_BYTES - 1;
    buf_put(&f->text, text);
    if (blank)
        return;
    f->weighed += text.len;
    f->bold += f->style.bold ? text.len : 0;
    f->size = f->style.size > f->size ? f->style.size : f->size;
}

bool flow_has_text(const struct flow *f)
{
    return !is_blank(buf_str(&f->text));
}

void flow_gap(struct flow *f)
{
    f->wants_gap = true;
}

static void write_line(struct flow *f, const struct flow_line *line)
{
    if (line->gap)
        builder_gap(f->b);
    builder_style(f->b, line->bold, line->size);
    builder_text(f->b, line->text);
    builder_line(f->b, line->role);
}

static void keep_line(struct flow *f, struct flow_row *row,
                      const struct flow_line *line)
{
    struct flow_line *kept;

    if (f->kept + line->text.len > KEPT_MAX_BYTES) {
        f->b->is_full = true;
        return;
    }
    f->kept += line->text.len;
    kept = vec_push(f->ctx, &row->lines);
    if (!kept)
        return;
    *kept = *line;
    kept->text = ctx_copy(f->ctx, line->text);
}

/* To the cell that is open, or out. */
static void put_line(struct flow *f, const struct flow_line *line)
{
    unsigned depth = f->n_open < FLOW_MAX_TABLES ? f->n_open : FLOW_MAX_TABLES;

    if (depth > 0)
        keep_line(f, &f->rows[depth - 1], line);
    else
        write_line(f, line);
}

static bool needs_gap(const struct flow *f, const struct flow_line *line)
{
    bool is_long = line->text.len > LONG_LINE;

    if (f->wants_gap || line->role == LINE_HEADING)
        return true;
    /* Paragraphs of prose are set apart, lists and addresses are not. */
    return line->role == LINE_BODY && (is_long && f->last_was_long);
}

void flow_line(struct flow *f, enum line_role role)
{
    struct flow_line line = {
        .text = buf_str(&f->text),
        .role = role,
        .bold = f->weighed > 0 && f->bold == f->weighed,
        .size = f->size,
    };

    if (is_blank(line.text)) {
        f->wants_gap = true;
    } else {
        if (role == LINE_BODY && item_begins(str_trim(line.text)))
            line.role = LINE_ITEM;
        line.gap = needs_gap(f, &line);
        f->wants_gap = false;
        f->last_was_long = line.role == LINE_BODY && line.text.len > LONG_LINE;
        put_line(f, &line);
    }
    buf_reset(&f->text);
    f->bold = f->weighed = 0;
    f->size = 0;
}

void flow_row_open(struct flow *f)
{
    if (flow_has_text(f))
        flow_line(f, LINE_BODY);
    if (f->n_open < FLOW_MAX_TABLES) {
        f->rows[f->n_open].lines.len = 0;
        f->rows[f->n_open].cells.len = 0;
    }
    f->n_open++;
    f->wants_gap = false;
}

void flow_cell(struct flow *f)
{
    if (flow_has_text(f))
        flow_line(f, LINE_BODY);
    if (f->n_open == 0 || f->n_open > FLOW_MAX_TABLES)
        return;
    struct flow_row *row = &f->rows[f->n_open - 1];
    uint32_t *cell = vec_push(f->ctx, &row->cells);
    if (cell)
        *cell = (uint32_t)row->lines.len;
    f->wants_gap = false;
}

/* Lines of cell i are lines[*start .. returned). */
static size_t cell_end(const struct flow_row *row, size_t i, size_t *start)
{
    *start = i < row->cells.len ? row->cells.items[i] : row->lines.len;
    return i + 1 < row->cells.len ? row->cells.items[i + 1] : row->lines.len;
}

static bool is_simple(const struct flow_row *row)
{
    size_t start, filled = 0;

    for (size_t i = 0; i < row->cells.len; i++) {
        size_t end = cell_end(row, i, &start);
        if (end - start > 1)
            return false;
        filled += end > start;
    }
    return filled > 1 && row->cells.items[0] == 0;
}

/* One line with a tab between cells; empty cells leave no trace. */
static void put_cells(struct flow *f, const struct flow_row *row, bool gap)
{
    struct flow_line line = {.role = LINE_CELL, .bold = true, .gap = gap};
    struct buf text;

    buf_init(&text, f->ctx->arena.mem, LINE_MAX_BYTES);
    for (size_t i = 0; i < row->lines.len; i++) {
        const struct flow_line *cell = &row->lines.items[i];
        if (i > 0)
            buf_put_char(&text, '\t');
        buf_put(&text, cell->text);
        line.bold &= cell->bold;
        line.size = cell->size > line.size ? cell->size : line.size;
    }
    line.text = buf_str(&text);
    put_line(f, &line);
    buf_clear(&text);
}

/* The cells one after the other, each a block. */
static void put_blocks(struct flow *f, const struct flow_row *row)
{
    size_t start;

    for (size_t i = 0; i < row->lines.len && row->cells.len == 0; i++)
        put_line(f, &row->lines.items[i]);
    for (size_t c = 0; c < row->cells.len; c++) {
        size_t end = cell_end(row, c, &start);
        for (size_t i = start; i < end; i++) {
            struct flow_line line = row->lines.items[i];
            line.gap |= i == start;
            put_line(f, &line);
        }
    }
}

void flow_row_close(struct flow *f)
{
    if (f->n_open == 0)
        return;
    if (flow_has_text(f))
        flow_line(f, LINE_BODY);
    /* Too deep to tell rows apart: the lines are in the deepest kept one. */
    if (f->n_open-- > FLOW_MAX_TABLES)
        return;
    struct flow_row *row = &f->rows[f->n_open];
    if (is_simple(row))
        put_cells(f, row, false);
    else
        put_blocks(f, row);
    row->lines.len = row->cells.len = 0;
    f->wants_gap = false;
}

void flow_end(struct flow *f)
{
    while (f->n_aside > 0)
        flow_aside_close(f);
    while (f->n_open > 0)
        flow_row_close(f);
    flow_line(f, LINE_BODY);
}

void flow_aside_open(struct flow *f)
{
    if (f->n_aside < FLOW_MAX_ASIDES) {
        f->asides[f->n_aside] = (struct flow_aside){
            f->text, f->bold, f->weighed, f->size, f->style};
        buf_init(&f->text, f->ctx->arena.mem, LINE_MAX_BYTES);
        f->bold = f->weighed = 0;
        f->size = 0;
        f->style = (struct flow_style){0};
    }
    f->n_aside++;
}

void flow_aside_close(struct flow *f)
{
    if (f->n_aside == 0)
        return;
    if (flow_has_text(f))
        flow_line(f, LINE_BODY);
    f->wants_gap = true;
    if (--f->n_aside >= FLOW_MAX_ASIDES)
        return;
    const struct flow_aside *a = &f->asides[f->n_aside];
    buf_clear(&f->text);
    f->text = a->text;
    f->bold = a->bold;
    f->weighed = a->weighed;
    f->size = a->size;
    f->style = a->style;
}
