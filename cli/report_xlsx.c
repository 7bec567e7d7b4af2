/* SPDX-License-Identifier: MIT */
#include <xlsxwriter.h>

#include "report.h"

/* A cell holds no more characters than this. */
#define CELL_CHARS 32000

/* Always as a string: what looks like a formula stays text. */
static void put_text(lxw_worksheet *sheet, size_t row, uint16_t column,
                     const char *text)
{
    char cut[CELL_CHARS + 1];
    size_t len = strlen(text);

    if (len > CELL_CHARS) {
        len = CELL_CHARS;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
        memcpy(cut, text, len);
        cut[len] = '\0';
        text = cut;
    }
    worksheet_write_string(sheet, (lxw_row_t)row, column, text, NULL);
}

static void put_number(lxw_worksheet *sheet, size_t row, uint16_t column,
                       double value)
{
    worksheet_write_number(sheet, (lxw_row_t)row, column, value, NULL);
}

static void put_head(lxw_worksheet *sheet, const char *const *names,
                     lxw_format *bold)
{
    for (uint16_t i = 0; names[i]; i++)
        worksheet_write_string(sheet, 0, i, names[i], bold);
    worksheet_freeze_panes(sheet, 1, 0);
}

static void put_ranking(lxw_worksheet *sheet, const struct ranking *ranking,
                        size_t top, lxw_format *bold)
{
    static const char *const names[] = {
        "Place", "Best place", "Worst place", "File",  "Points", "Band",
        "Low",   "High",       "Coverage",    "Error", NULL};
    size_t row = 1;

    put_head(sheet, names, bold);
    worksheet_set_column(sheet, 3, 3, 40, NULL);
    for (size_t i = 0; i < ranking->n; i++) {
        const struct candidate *c = &ranking->items[i];
        if (!c->err && i >= top)
            continue;
        put_text(sheet, row, 3, c->path);
        if (!c->err) {
            put_number(sheet, row, 0, (double)c->place);
            put_number(sheet, row, 1, (double)c->best);
            put_number(sheet, row, 2, (double)c->worst);
            put_number(sheet, row, 4, c->summary.total / 100.0);
            put_text(sheet, row, 5, c->summary.band);
            put_number(sheet, row, 6, c->summary.low / 100.0);
            put_number(sheet, row, 7, c->summary.high / 100.0);
            put_number(sheet, row, 8, c->summary.coverage / 100.0);
        } else {
            put_text(sheet, row, 9, c->err->message);
        }
        row++;
    }
}

static void put_requirement(lxw_worksheet *sheet, size_t row,
                            const rsc_requirement *r)
{
    put_text(sheet, row, 1, r->label);
    put_text(sheet, row, 2, r->kind);
    put_text(sheet, row, 3, r->must ? "must" : "wish");
    if (r->assessed) {
        put_number(sheet, row, 4, r->points / 100.0);
        put_number(sheet, row, 5, r->weight / 100.0);
    }
    put_text(sheet, row, 6, r->assessed ? r->how : "not assessed");
    put_text(sheet, row, 7, r->reason);
    put_text(sheet, row, 8, r->evidence);
    if (r->page)
        put_number(sheet, row, 9, r->page);
}

static void put_details(lxw_worksheet *sheet, struct ranking *ranking,
                        size_t top, lxw_format *bold)
{
    static const char *const names[] = {
        "File", "Asked for", "Kind",     "Strength", "Points", "Of",
        "How",  "Why",       "Evidence", "Page",     NULL};
    rsc_requirement r;
    size_t row = 1;

    put_head(sheet, names, bold);
    for (size_t i = 0; i < ranking->n && i < top; i++) {
        const struct candidate *c = &ranking->items[i];
        rsc_result *result = c->err ? NULL : rank_result(ranking, i);
        size_t n = result ? c->summary.n_requirements : 0;
        for (size_t k = 0; k < n && row < LXW_ROW_MAX; k++) {
            rsc_result_requirement(result, k, &r);
            put_text(sheet, row, 0, c->path);
            put_requirement(sheet, row++, &r);
        }
        rsc_result_free(result);
    }
}

rsc_status report_write_xlsx(struct ctx *ctx, const char *path,
                             struct ranking *ranking, size_t top)
{
    /* Rows go to disk as they are written: thousands of resumes fit. */
    lxw_workbook_options how = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(path, &how);
    if (!book)
        return ctx_fail(ctx, RSC_EIO, "%s cannot be written", path);
    /* The same ranking gives the same bytes: no date of today. */
    lxw_doc_properties properties = {.created = 946684800};
    workbook_set_properties(book, &properties);
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_worksheet *first = workbook_add_worksheet(book, "Ranking");
    lxw_worksheet *second = workbook_add_worksheet(book, "Requirements");
    put_ranking(first, ranking, top, bold);
    put_details(second, ranking, top, bold);
    lxw_error error = workbook_close(book);
    if (error)
        return ctx_fail(ctx, RSC_EIO, "%s: %s", path, lxw_strerror(error));
    return RSC_OK;
}
