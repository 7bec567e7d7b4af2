/* SPDX-License-Identifier: MIT */
#include "text/plain.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"

#define COLUMN_BLANKS 3
/* A bullet or a number with its dot. */
#define LABEL_BYTES 3

struct maker {
    struct ctx *ctx;
    char *text;
    size_t len;
    VEC(struct word) words;
    VEC(struct line) lines;
    uint32_t line_start;
    uint32_t word_start; /* UINT32_MAX between words */
    uint32_t first_word; /* of the line */
    unsigned page;
};

static bool is_zero_width(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x2060 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static rsc_status end_word(struct maker *m)
{
    if (m->word_start == UINT32_MAX)
        return RSC_OK;
    struct word *word = vec_push(m->ctx, &m->words);
    if (!word)
        return m->ctx->error.status;
    *word = (struct word){.start = m->word_start, .end = (uint32_t)m->len};
    m->word_start = UINT32_MAX;
    return RSC_OK;
}

static rsc_status end_line(struct maker *m)
{
    rsc_status st = end_word(m);
    struct line *line = st ? NULL : vec_push(m->ctx, &m->lines);

    if (!line)
        return m->ctx->error.status;
    *line = (struct line){
        .start = m->line_start,
        .end = (uint32_t)m->len,
        .first_word = m->first_word,
        .n_words = (uint32_t)m->words.len - m->first_word,
        .page = (uint16_t)m->page,
    };
    m->text[m->len++] = '\n';
    m->line_start = (uint32_t)m->len;
    m->first_word = (uint32_t)m->words.len;
    return RSC_OK;
}

/* Blanks of other widths are blanks; a soft hyphen stays a character. */
static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x3000;
}

/* Three blanks or more part two columns, as they do in print; not behind a
 * bullet or a number. */
static void mark_column(struct maker *m)
{
    size_t blanks = 0, start = m->line_start;

    while (m->len - blanks > start && m->text[m->len - blanks - 1] == ' ')
        blanks++;
    if (blanks < COLUMN_BLANKS || m->len - blanks == start ||
        (m->words.len == m->first_word + 1 &&
         m->len - blanks - start <= LABEL_BYTES))
        return;
    m->text[m->len - blanks] = '\t';
}

static rsc_status add(struct maker *m, uint32_t c)
{
    if (c == '\n' || c == '\f' || c == 0x2028 || c == 0x2029 || c == 0x0B) {
        if (c == '\f' && m->page < UINT16_MAX)
            m->page++;
        return end_line(m);
    }
    if (is_blank(c)) {
        rsc_status st = end_word(m);
        m->text[m->len++] = c == '\t' ? '\t' : ' ';
        return st;
    }
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || is_zero_width(c))
        return RSC_OK;
    if (m->word_start == UINT32_MAX) {
        mark_column(m);
        m->word_start = (uint32_t)m->len;
    }
    m->len += utf8_encode(c, m->text + m->len);
    return RSC_OK;
}

static void finish(struct maker *m, struct document *out)
{
    *out = (struct document){
        .kind = DOCUMENT_TXT,
        .text = {m->text, m->len},
        .pages = m->page,
        .words = m->words.items,
        .n_words = m->words.len,
        .lines = m->lines.items,
        .n_lines = m->lines.len,
        .method = STR("plain"),
    };
}

rsc_status plain_document(struct ctx *ctx, struct document *out,
                          struct str text)
{
    struct maker m = {.ctx = ctx, .word_start = UINT32_MAX, .page = 1};
    rsc_status st = RSC_OK;
    size_t i = 0;

    /* The count of characters is at least a quarter of the bytes. */
    if (text.len > LIMIT_TEXT_CHARS && utf8_count(text) > LIMIT_TEXT_CHARS)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the text has more than %d characters; give a shorter "
                        "one, or a file, of which as much is read",
                        LIMIT_TEXT_CHARS);
    /* U+FFFD takes three bytes in place of one. */
    m.text = ctx_alloc(ctx, text.len * 3 + 2);
    if (!m.text)
        return ctx->error.status;
    while (i < text.len && !st) {
        uint32_t c = utf8_next(text, &i);
        if (c == '\r') {
            c = '\n';
            if (i < text.len && text.data[i] == '\n')
                i++;
        }
        st = add(&m, c == UTF8_INVALID ? UTF8_REPLACEMENT : c);
    }
    if (!st && m.len > m.line_start)
        st = end_line(&m);
    if (!st)
        finish(&m, out);
    return st;
}
