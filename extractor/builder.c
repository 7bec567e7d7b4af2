/* SPDX-License-Identifier: MIT */
#include "builder.h"

#include <stdio.h>

#include "base/utf8.h"
#include "clean.h"
#include "hyphen.h"
#include "item.h"

/* Room for what one line of a file may hold before it is cleaned. */
#define RAW_MAX ((size_t)4 << 20)
/* Hidden text is evidence, not content: this much proves the point. */
#define HIDDEN_MAX_BYTES ((size_t)20000)
#define HIDDEN_MAX_RUNS  1000
#define WARNINGS_MAX     20

void builder_init(struct builder *b, struct ctx *ctx, size_t max_chars)
{
    *b = (struct builder){.ctx = ctx, .max_chars = max_chars, .page = 1};
    /* Four bytes to a code point and a line end to each. */
    buf_init(&b->text, ctx->arena.mem, 5 * max_chars + RAW_MAX);
    buf_init(&b->raw, ctx->arena.mem, RAW_MAX);
    buf_init(&b->scratch, ctx->arena.mem, RAW_MAX);
    buf_init(&b->report, ctx->arena.mem, RAW_MAX);
}

void builder_clear(struct builder *b)
{
    buf_clear(&b->text);
    buf_clear(&b->raw);
    buf_clear(&b->scratch);
    buf_clear(&b->report);
}

void builder_style(struct builder *b, bool bold, float size)
{
    b->current_bold = bold;
    b->current_size = size;
}

static void weigh(struct builder *b, size_t n)
{
    if (n == 0)
        return;
    b->weighed += n;
    b->bold += b->current_bold ? n : 0;
    if (b->current_size > b->size)
        b->size = b->current_size;
}

static bool is_blank(struct str piece)
{
    for (size_t i = 0; i < piece.len;) {
        uint32_t c = utf8_next(piece, &i);
        if (c != '\t' && !clean_is_space(c))
            return false;
    }
    return true;
}

void builder_text(struct builder *b, struct str piece)
{
    if (b->is_full)
        return;
    /* Longer than any text limit: nothing behind it can matter. */
    if (b->raw.len + piece.len > RAW_MAX) {
        b->is_full = true;
        return;
    }
    buf_put(&b->raw, piece);
    weigh(b, is_blank(piece) ? 0 : piece.len);
}

static void open_line(struct builder *b)
{
    if (b->lines.len > 0)
        buf_put_char(&b->text, '\n');
    if (b->lines.len > 0 && b->wants_gap)
        buf_put_char(&b->text, '\n');
    b->wants_gap = false;
    b->is_open = true;
    b->first_word = (uint32_t)b->words.len;
    b->box = (struct box){0};
}

static void widen(struct box *sum, const struct box *box, bool is_first)
{
    if (is_first) {
        *sum = *box;
        return;
    }
    sum->x0 = box->x0 < sum->x0 ? box->x0 : sum->x0;
    sum->y0 = box->y0 < sum->y0 ? box->y0 : sum->y0;
    sum->x1 = box->x1 > sum->x1 ? box->x1 : sum->x1;
    sum->y1 = box->y1 > sum->y1 ? box->y1 : sum->y1;
}

/* The open line has a bullet or a number and nothing else: the gap behind it
 * parts no cells. */
static bool follows_label(const struct builder *b)
{
    if (b->words.len != b->first_word + 1 || b->text.failed)
        return false;
    const struct word *w = &b->words.items[b->first_word];
    return item_is_label(str_slice(buf_str(&b->text), w->start, w->end));
}

/* Appends a cleaned word to the text. */
static void put_word(struct builder *b, struct str word, const struct box *box,
                     bool tab)
{
    size_t n = utf8_count(word);

    /* With the space or line end behind it, and the gap before its line. */
    n += !b->is_open && b->lines.len > 0 && b->wants_gap ? 2 : 1;
    if (b->n_chars + n > b->max_chars) {
        b->is_full = true;
        return;
    }
    b->n_chars += n;
    if (!b->is_open)
        open_line(b);
    else
        buf_put_char(&b->text, tab && !follows_label(b) ? '\t' : ' ');
    struct word *w = vec_push(b->ctx, &b->words);
    if (!w)
        return;
    *w = (struct word){.start = (uint32_t)b->text.len,
                       .end = (uint32_t)(b->text.len + word.len),
                       .x0 = box->x0,
                       .y0 = box->y0,
                       .x1 = box->x1,
                       .y1 = box->y1};
    widen(&b->box, box, b->words.len == b->first_word + 1);
    buf_put(&b->text, word);
}

void builder_word(struct builder *b, struct str word, const struct box *box,
                  bool tab)
{
    struct clean_note note = {0};
    struct str rest = word;
    struct str part;
    bool inner_tab;

    while (!b->is_full && clean_next_word(&rest, &part, &inner_tab)) {
        struct buf tags;
        buf_init(&tags, b->ctx->arena.mem, HIDDEN_MAX_BYTES);
        buf_reset(&b->scratch);
        clean_word(&b->scratch, &tags, &note, part);
        if (note.tags)
            builder_hide(b, HIDDEN_ZERO_WIDTH, buf_str(&tags));
        buf_clear(&tags);
        if (b->scratch.len == 0)
            continue;
        put_word(b, buf_str(&b->scratch), box, tab || inner_tab);
        weigh(b, b->scratch.len);
        if (note.zero_width)
            builder_hide(b, HIDDEN_ZERO_WIDTH, part);
        note = (struct clean_note){0};
        tab = false;
    }
}

static void flush_raw(struct builder *b)
{
    static const struct box unknown = {0};
    size_t weighed = b->weighed, bold = b->bold;
    float size = b->size;

    if (b->raw.len == 0)
        return;
    builder_word(b, buf_str(&b->raw), &unknown, false);
    buf_reset(&b->raw);
    /* The pieces were weighed with their own styles when they came. */
    b->weighed = weighed;
    b->bold = bold;
    b->size = size;
}

void builder_line(struct builder *b, enum line_role role)
{
    flush_raw(b);
    if (b->is_open && b->words.len > b->first_word) {
        const struct word *words = b->words.items;
        struct line *line = vec_push(b->ctx, &b->lines);
        if (!line)
            return;
        *line = (struct line){
            .start = words[b->first_word].start,
            .end = words[b->words.len - 1].end,
            .first_word = b->first_word,
            .n_words = (uint32_t)b->words.len - b->first_word,
            .page = (uint16_t)b->page,
            .role = (uint8_t)role,
            .bold = b->weighed > 0 && b->bold == b->weighed,
            .size = b->size,
            .x0 = b->box.x0,
            .y0 = b->box.y0,
            .x1 = b->box.x1,
            .y1 = b->box.y1,
        };
    }
    b->is_open = false;
    b->size = 0;
    b->bold = b->weighed = 0;
}

bool builder_has_text(const struct builder *b)
{
    return b->is_open || !is_blank(buf_str(&b->raw));
}

struct str builder_open_line(const struct builder *b)
{
    if (!b->is_open || b->words.len == b->first_word || b->text.failed)
        return STR_NONE;
    return str_slice(buf_str(&b->text), b->words.items[b->first_word].start,
                     b->text.len);
}

void builder_gap(struct builder *b)
{
    b->wants_gap = true;
}

void builder_page(struct builder *b, unsigned page)
{
    b->page = page;
    b->wants_gap = true;
}

/* Cleans hidden text into `report`; it is a report, so white space is single
 * spaces throughout. */
static struct str clean_hidden(struct builder *b, struct str text)
{
    struct clean_note note = {0};
    struct str part;
    struct buf tags;
    bool tab;

    buf_init(&tags, b->ctx->arena.mem, HIDDEN_MAX_BYTES);
    buf_reset(&b->report);
    while (clean_next_word(&text, &part, &tab) &&
           b->report.len < HIDDEN_MAX_BYTES) {
        if (b->report.len > 0)
            buf_put_char(&b->report, ' ');
        clean_word(&b->report, &tags, &note, part);
    }
    buf_clear(&tags);
    return str_trim(buf_str(&b->report));
}

void builder_hide(struct builder *b, enum hidden_reason reason, struct str text)
{
    struct str word = ctx_copy(b->ctx, clean_hidden(b, text));
    struct hidden_run *last =
        b->hidden.len ? &b->hidden.items[b->hidden.len - 1] : NULL;

    if (!word.data || word.len == 0)
        return;
    if (b->hidden_bytes + word.len > HIDDEN_MAX_BYTES ||
        b->hidden.len == HIDDEN_MAX_RUNS) {
        b->hidden_dropped = true;
        return;
    }
    b->hidden_bytes += word.len;
    if (last && last->page == b->page && last->reason == reason &&
        last->text.len < 400) {
        last->text =
            ctx_printf(b->ctx, "%.*s %.*s", STR_ARG(last->text), STR_ARG(word));
        return;
    }
    struct hidden_run *run = vec_push(b->ctx, &b->hidden);
    if (run)
        *run = (struct hidden_run){
            .text = word, .page = (uint16_t)b->page, .reason = (uint8_t)reason};
}

void builder_warn(struct builder *b, const char *format, ...)
{
    char text[400];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    for (size_t i = 0; i < b->warnings.len; i++) {
        if (str_eq(b->warnings.items[i], str_of(text)))
            return;
    }
    if (b->warnings.len == WARNINGS_MAX)
        return;
    struct str *warning = vec_push(b->ctx, &b->warnings);
    if (warning)
        *warning = ctx_copy(b->ctx, str_of(text));
}

rsc_status builder_finish(struct builder *b, struct document *out)
{
    builder_line(b, LINE_BODY);
    if (b->is_full)
        builder_warn(b,
                     "the text is longer than %zu characters; what stands "
                     "behind is not read",
                     b->max_chars);
    if (b->hidden_dropped)
        builder_warn(b, "there is more hidden text than is listed");
    if (b->text.failed || b->raw.failed || b->scratch.failed)
        return ctx_fail(b->ctx, RSC_ELIMIT,
                        "this file needs too much memory; use a shorter one");
    if (b->ctx->error.status)
        return b->ctx->error.status;
    out->text = buf_str(&b->text);
    out->words = b->words.items;
    out->n_words = b->words.len;
    out->lines = b->lines.items;
    out->n_lines = b->lines.len;
    out->hidden = b->hidden.items;
    out->n_hidden = b->hidden.len;
    out->warnings = b->warnings.items;
    out->n_warnings = b->warnings.len;
    return hyphen_join(b->ctx, out);
}
