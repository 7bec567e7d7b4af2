/* SPDX-License-Identifier: MIT */
#include "base/csv.h"

#include "base/vec.h"

struct reader {
    struct ctx *ctx;
    struct str text;
    size_t at, line;
    const char *name;
    VEC(struct str) cells;
    size_t in_row; /* cells of the open row */
};

/* Reads "a ""quoted"" cell", at the opening quote. */
static rsc_status read_quoted(struct reader *r, struct str *cell)
{
    size_t start = ++r->at, n = 0, line = r->line;
    bool closed = false;
    while (r->at < r->text.len && !closed) {
        char c = r->text.data[r->at];
        bool twice = c == '"' && r->at + 1 < r->text.len &&
                     r->text.data[r->at + 1] == '"';
        closed = c == '"' && !twice;
        r->line += c == '\n';
        r->at += twice ? 2 : 1;
        n += !closed;
    }
    if (!closed)
        return ctx_fail(r->ctx, RSC_EFORMAT,
                        "%s, line %zu: a quote is never closed", r->name, line);
    char *copy = ctx_alloc(r->ctx, n);
    if (!copy)
        return r->ctx->error.status;
    size_t len = 0;
    for (size_t i = start; len < n; i++) {
        copy[len++] = r->text.data[i];
        if (r->text.data[i] == '"')
            i++;
    }
    *cell = (struct str){copy, n};
    return RSC_OK;
}

static rsc_status read_cell(struct reader *r)
{
    struct str cell;
    if (r->at < r->text.len && r->text.data[r->at] == '"') {
        rsc_status st = read_quoted(r, &cell);
        if (st)
            return st;
    } else {
        size_t start = r->at;
        while (r->at < r->text.len && r->text.data[r->at] != ',' &&
               r->text.data[r->at] != '\n')
            r->at++;
        cell = str_trim(str_slice(r->text, start, r->at));
    }
    if (r->in_row == CSV_COLUMNS)
        return ctx_fail(r->ctx, RSC_ELIMIT,
                        "%s, line %zu has more than %d columns", r->name,
                        r->line, CSV_COLUMNS);
    struct str *slot = vec_push(r->ctx, &r->cells);
    if (!slot)
        return r->ctx->error.status;
    *slot = cell;
    r->in_row++;
    return RSC_OK;
}

/* At the end of a row: after its last cell. */
static rsc_status end_row(struct reader *r, struct csv *out)
{
    if (out->n_rows == 0)
        out->n_columns = r->in_row;
    if (r->in_row > out->n_columns)
        return ctx_fail(r->ctx, RSC_EFORMAT,
                        "%s, line %zu has %zu cells, but the head has %zu",
                        r->name, r->line, r->in_row, out->n_columns);
    if (out->n_rows == CSV_ROWS)
        return ctx_fail(r->ctx, RSC_ELIMIT, "%s has more than %zu rows",
                        r->name, CSV_ROWS);
    for (; r->in_row < out->n_columns; r->in_row++) {
        struct str *slot = vec_push(r->ctx, &r->cells);
        if (!slot)
            return r->ctx->error.status;
        *slot = STR("");
    }
    r->in_row = 0;
    out->n_rows++;
    return RSC_OK;
}

static bool is_blank_line(const struct reader *r)
{
    size_t i = r->at;
    while (i < r->text.len && r->text.data[i] != '\n' &&
           ascii_is_space((unsigned char)r->text.data[i]))
        i++;
    return i == r->text.len || r->text.data[i] == '\n';
}

static void skip_line(struct reader *r)
{
    while (r->at < r->text.len && r->text.data[r->at] != '\n')
        r->at++;
    r->at += r->at < r->text.len;
    r->line++;
}

rsc_status csv_read(struct ctx *ctx, struct csv *out, struct str text,
                    const char *name)
{
    struct reader r = {.ctx = ctx, .text = text, .line = 1, .name = name};
    *out = (struct csv){0};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        r.at = 3;
    while (r.at < text.len) {
        rsc_status st = RSC_OK;
        if (is_blank_line(&r)) {
            skip_line(&r);
            continue;
        }
        for (bool more = true; more && !st;) {
            st = read_cell(&r);
            while (r.at < text.len &&
                   (text.data[r.at] == ' ' || text.data[r.at] == '\r'))
                r.at++;
            more = r.at < text.len && text.data[r.at] == ',';
            if (!st && !more && r.at < text.len && text.data[r.at] != '\n')
                st = ctx_fail(ctx, RSC_EFORMAT,
                              "%s, line %zu: text after a closing quote", name,
                              r.line);
            r.at += more;
        }
        if (st == RSC_OK)
            st = end_row(&r, out);
        if (st)
            return st;
        skip_line(&r);
    }
    out->cells = r.cells.items;
    return RSC_OK;
}

struct str csv_cell(const struct csv *csv, size_t row, size_t column)
{
    return csv->cells[row * csv->n_columns + column];
}

size_t csv_find(const struct csv *csv, struct str head)
{
    for (size_t i = 0; csv->n_rows && i < csv->n_columns; i++)
        if (str_eq_nocase(csv_cell(csv, 0, i), head))
            return i;
    return SIZE_MAX;
}

void csv_put(struct buf *out, struct str cell, bool is_first)
{
    bool quote = false;
    /* What Excel, LibreOffice and Sheets take for the start of a formula. */
    bool formula = cell.len > 0 && memchr("=+-@\t\r", cell.data[0], 6) != NULL;
    for (size_t i = 0; i < cell.len && !quote; i++)
        quote = memchr(",\"\n\r;", cell.data[i], 5) != NULL;
    if (!is_first)
        buf_put_char(out, ',');
    if (quote || formula)
        buf_put_char(out, '"');
    if (formula)
        buf_put_char(out, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.data[i] == '"')
            buf_put_char(out, '"');
        buf_put_char(out, cell.data[i]);
    }
    if (quote || formula)
        buf_put_char(out, '"');
}
