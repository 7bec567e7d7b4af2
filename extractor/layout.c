/* SPDX-License-Identifier: MIT */
#include "layout.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "chunk.h"
#include "columns.h"
#include "item.h"

/* In units of the font size: letters of one word are nearer, words farther;
 * the second holds where the file also draws spaces. */
#define WORD_GAP        0.11f
#define WORD_GAP_SPACED 0.25f
/* From here on, two chunks of a row are cells. */
#define TAB_GAP 1.2f
/* Baselines of one row. */
#define ROW_SHIFT 0.35f
#define WORD_MAX  1000

/* One region while it is written. */
struct writer {
    struct builder *b;
    const struct layer *layer;
    float pitch;     /* usual distance of two rows */
    float last_base; /* of the row before; NAN at the start of a region */
    float last_size;
};

struct row {
    const struct chunk **cells;
    size_t n;
    float base, size;
};

static int by_u(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->u0 != y->u0)
        return x->u0 < y->u0 ? -1 : 1;
    return x->glyph < y->glyph ? -1 : x->glyph > y->glyph;
}

static int by_left(const void *a, const void *b)
{
    const struct chunk *x = *(const struct chunk *const *)a;
    const struct chunk *y = *(const struct chunk *const *)b;

    if (x->u0 != y->u0)
        return x->u0 < y->u0 ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return x < y ? -1 : x > y;
}

/* The gap between letters that this chunk is set with: the median over
 * neighbours without a drawn space. Wide-set headings have large ones. */
static float letter_gap(const struct piece *p, size_t n)
{
    float gaps[64];
    size_t count = 0;

    for (size_t i = 1; i < n && count < 64; i++) {
        if (!p[i].after_space)
            gaps[count++] = p[i].u0 - p[i - 1].u1;
    }
    if (count < 4)
        return 0;
    qsort(gaps, count, sizeof(gaps[0]), by_value);
    return fmaxf(0, gaps[count / 2]);
}

/* A heading typed as "S K I L L S": every gap is a drawn space, every word a
 * single letter. Returns the gap from which on a new word begins, or 0. */
static float spelled_gap(const struct piece *p, size_t n)
{
    float gaps[64];
    size_t count = 0;

    if (n < 4 || n > 64)
        return 0;
    for (size_t i = 1; i < n; i++) {
        if (!p[i].after_space)
            return 0;
        gaps[count++] = p[i].u0 - p[i - 1].u1;
    }
    qsort(gaps, count, sizeof(gaps[0]), by_value);
    return 1.6f * gaps[count / 2] + 0.1f * p[0].size;
}

static bool is_letter(const struct layer *layer, const struct piece *p)
{
    uint32_t c = layer->glyphs[p->glyph].text[0];

    return c >= 0x80 || ascii_is_alpha((unsigned char)c);
}

struct spacing {
    float gap;         /* a larger one ends a word */
    bool ignore_space; /* drawn spaces stand between letters */
};

static struct spacing measure(const struct layer *layer, const struct piece *p,
                              size_t n)
{
    float spelled = spelled_gap(p, n);
    size_t n_spaces = 0;

    for (size_t i = 0; i < n; i++) {
        n_spaces += p[i].after_space;
        if (!is_letter(layer, &p[i]))
            spelled = 0;
    }
    if (spelled > 0)
        return (struct spacing){spelled, true};
    /* Some programs draw a few spaces and move over the others. */
    float gap = n_spaces * 10 > n ? WORD_GAP_SPACED : WORD_GAP;
    return (struct spacing){letter_gap(p, n) + gap * p[0].size, false};
}

static struct box box_of(const struct glyph *g)
{
    return (struct box){g->x0, g->y0, g->x1, g->y1};
}

static void widen(struct box *sum, const struct glyph *g)
{
    sum->x0 = fminf(sum->x0, g->x0);
    sum->y0 = fminf(sum->y0, g->y0);
    sum->x1 = fmaxf(sum->x1, g->x1);
    sum->y1 = fmaxf(sum->y1, g->y1);
}

/* Writes the word of pieces p[0 .. n). */
static void put_word(struct writer *w, const struct piece *p, size_t n,
                     bool tab)
{
    const struct glyph *glyphs = w->layer->glyphs;
    char text[WORD_MAX + 4 * GLYPH_MAX_TEXT];
    size_t len = 0;
    struct box box = box_of(&glyphs[p[0].glyph]);
    float size = 0;
    bool bold = true;

    for (size_t i = 0; i < n && len < WORD_MAX; i++) {
        const struct glyph *g = &glyphs[p[i].glyph];
        widen(&box, g);
        size = fmaxf(size, g->size);
        bold &= g->bold;
        for (uint8_t j = 0; j < g->n_text; j++) {
            uint32_t c = g->text[j];
            if (c < 0x110000 && (c < 0xd800 || c > 0xdfff))
                len += utf8_encode(c, text + len);
        }
    }
    builder_style(w->b, bold, size);
    builder_word(w->b, (struct str){text, len}, &box, tab);
}

/* The same letter at the same place: drawn twice to look bold. */
static bool is_twin(const struct writer *w, const struct piece *a,
                    const struct piece *b)
{
    const struct glyph *glyphs = w->layer->glyphs;

    return glyphs[a->glyph].text[0] == glyphs[b->glyph].text[0] &&
           fabsf(a->u0 - b->u0) < 0.1f * a->size &&
           fabsf(a->u1 - b->u1) < 0.1f * a->size;
}

static void put_chunk(struct writer *w, const struct chunk *c, bool tab)
{
    struct piece *p = w->layer->pieces.items + c->first;
    size_t n = 0;

    qsort(p, c->n, sizeof(*p), by_u);
    for (uint32_t i = 0; i < c->n; i++) {
        if (n == 0 || !is_twin(w, &p[n - 1], &p[i]))
            p[n++] = p[i];
    }
    struct spacing s = measure(w->layer, p, n);
    size_t start = 0;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && p[i].u0 - p[i - 1].u1 <= s.gap &&
            (s.ignore_space || !p[i].after_space))
            continue;
        put_word(w, p + start, i - start, tab && start == 0);
        start = i;
    }
}

static size_t count_cells(const struct row *row)
{
    size_t n = 1;

    for (size_t i = 1; i < row->n; i++)
        n += row->cells[i]->u0 - row->cells[i - 1]->u1 > TAB_GAP * row->size;
    return n;
}

/* A row of three cells, or of two that begin where those of a row beside it
 * do. A date at the margin makes no table. */
static bool is_table_row(const struct row *row, const struct row *beside)
{
    size_t n = count_cells(row);

    if (n >= 3)
        return true;
    if (n < 2 || !beside || beside->n != row->n || count_cells(beside) != n)
        return false;
    for (size_t i = 0; i < row->n; i++) {
        if (fabsf(row->cells[i]->u0 - beside->cells[i]->u0) > 3)
            return false;
    }
    return true;
}

static void put_row(struct writer *w, const struct row *row, bool is_table)
{
    float step = row->base - w->last_base;

    if (isnan(w->last_base) || step > 1.3f * w->pitch || step < 0 ||
        fabsf(row->size - w->last_size) > 0.2f * row->size)
        builder_gap(w->b);
    w->last_base = row->base;
    w->last_size = row->size;
    for (size_t i = 0; i < row->n; i++) {
        bool tab = i > 0 && row->cells[i]->u0 - row->cells[i - 1]->u1 >
                                TAB_GAP * row->size;
        put_chunk(w, row->cells[i], tab);
    }
    struct str line = builder_open_line(w->b);
    if (is_table)
        builder_line(w->b, LINE_CELL);
    else
        builder_line(w->b, item_begins(line) ? LINE_ITEM : LINE_BODY);
}

/* Median distance of the region's rows; single-spaced where there are few. */
static float usual_pitch(const struct row *rows, size_t n)
{
    float steps[64];
    size_t count = 0;

    for (size_t i = 1; i < n && count < 64; i++) {
        float step = rows[i].base - rows[i - 1].base;
        if (step < 2.5f * rows[i].size)
            steps[count++] = step;
    }
    float least = n ? 1.15f * rows[0].size : 12;
    if (count < 3)
        return least;
    qsort(steps, count, sizeof(steps[0]), by_value);
    /* Low: paragraphs of one line each are still paragraphs. */
    return fmaxf(least, steps[count / 3]);
}

/* Chunks come in order of their baselines. */
static size_t make_rows(const struct chunk **cells, size_t n, struct row *rows)
{
    size_t n_rows = 0;

    for (size_t i = 0; i < n; i++) {
        struct row *row = n_rows ? &rows[n_rows - 1] : NULL;
        if (!row || cells[i]->base - row->base >
                        ROW_SHIFT * fminf(row->size, cells[i]->size)) {
            rows[n_rows++] = (struct row){.cells = cells + i,
                                          .n = 1,
                                          .base = cells[i]->base,
                                          .size = cells[i]->size};
            continue;
        }
        row->n++;
        row->size = fmaxf(row->size, cells[i]->size);
    }
    for (size_t i = 0; i < n_rows; i++)
        qsort(rows[i].cells, rows[i].n, sizeof(*rows[i].cells), by_left);
    return n_rows;
}

static rsc_status put_region(struct ctx *ctx, struct writer *w,
                             const struct reading *reading, struct region r)
{
    const struct chunk **cells = ctx_alloc_array(ctx, r.n, sizeof(*cells));
    struct row *rows = ctx_alloc_array(ctx, r.n, sizeof(*rows));

    if (!cells || !rows)
        return ctx->error.status;
    for (uint32_t i = 0; i < r.n; i++)
        cells[i] = &w->layer->chunks.items[reading->order[r.first + i]];
    size_t n = make_rows(cells, r.n, rows);
    w->pitch = usual_pitch(rows, n);
    w->last_base = NAN;
    for (size_t i = 0; i < n; i++) {
        bool table = is_table_row(&rows[i], i > 0 ? &rows[i - 1] : NULL) ||
                     is_table_row(&rows[i], i + 1 < n ? &rows[i + 1] : NULL);
        put_row(w, &rows[i], table);
    }
    return RSC_OK;
}

static rsc_status put_layer(struct ctx *ctx, struct builder *b,
                            const struct pdf_page *page, unsigned turn)
{
    struct layer layer = {.glyphs = page->glyphs,
                          .turn = turn,
                          .width = page->width,
                          .height = page->height};
    struct reading reading = {0};
    struct writer w = {.b = b, .layer = &layer};
    rsc_status st = chunk_build(ctx, &layer, page->n_glyphs);

    if (!st && layer.chunks.len > 0)
        st = columns_find(ctx, &reading, &layer);
    for (size_t i = 0; i < reading.regions.len && !st; i++)
        st = put_region(ctx, &w, &reading, reading.regions.items[i]);
    return st;
}

static enum hidden_reason reason_of(uint8_t fate)
{
    static const uint8_t reasons[] = {
        [GLYPH_COLOUR] = HIDDEN_COLOUR,
        [GLYPH_TINY] = HIDDEN_TINY,
        [GLYPH_OFF_PAGE] = HIDDEN_OFF_PAGE,
        [GLYPH_CLIPPED] = HIDDEN_CLIPPED,
        [GLYPH_COVERED] = HIDDEN_COVERED,
        [GLYPH_INVISIBLE] = HIDDEN_INVISIBLE,
    };

    return (enum hidden_reason)reasons[fate];
}

static bool is_near(const struct glyph *a, const struct glyph *b)
{
    float size = fmaxf(a->size, b->size);

    return fabsf(a->base - b->base) < 0.3f * size &&
           b->x0 - a->x1 < WORD_GAP * size && b->x0 - a->x1 > -size;
}

/* Hidden text needs no layout: in drawing order, one run per reason. */
static void put_hidden(struct builder *b, const struct pdf_page *page)
{
    const struct glyph *last = NULL;
    char text[400];
    size_t len = 0;

    for (size_t i = 0; i < page->n_glyphs; i++) {
        const struct glyph *g = &page->glyphs[i];
        if (g->fate == GLYPH_VISIBLE)
            continue;
        if (last && (last->fate != g->fate || len > sizeof(text) - 32)) {
            builder_hide(b, reason_of(last->fate), (struct str){text, len});
            len = 0;
        } else if (last && !is_near(last, g)) {
            text[len++] = ' ';
        }
        for (uint8_t j = 0; j < g->n_text; j++) {
            if (g->text[j] < 0x110000 && (g->text[j] & ~0x7ffu) != 0xd800)
                len += utf8_encode(g->text[j], text + len);
        }
        last = g;
    }
    if (last)
        builder_hide(b, reason_of(last->fate), (struct str){text, len});
}

rsc_status layout_page(struct ctx *ctx, struct builder *b,
                       const struct pdf_page *page)
{
    builder_page(b, page->number);
    for (unsigned turn = 0; turn < 4; turn++) {
        rsc_status st = put_layer(ctx, b, page, turn);
        if (st)
            return st;
    }
    put_hidden(b, page);
    return RSC_OK;
}
