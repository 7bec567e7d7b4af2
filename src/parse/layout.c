/* SPDX-License-Identifier: MIT */
#include "parse/layout.h"

#include "base/vec.h"
#include "text/sentences.h"
#include "text/wordlist.h"

static struct span trim_span(struct str text, struct span s)
{
    while (s.start < s.end && ascii_is_space((unsigned char)text.data[s.start]))
        s.start++;
    while (s.end > s.start &&
           ascii_is_space((unsigned char)text.data[s.end - 1]))
        s.end--;
    return s;
}

static void count_letters(struct str line, struct layout_line *out)
{
    unsigned upper = 0, lower = 0;
    bool is_first = true;

    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.data[i];
        if (ascii_is_upper(c))
            upper++;
        else if (ascii_is_lower(c))
            lower++;
        if (is_first && ascii_is_lower(c))
            out->begins_small = true;
        if (ascii_is_alnum(c) || c >= 0xC3)
            is_first = false;
    }
    out->is_caps = upper >= 3 && lower == 0;
}

static void read_words(struct str text, struct layout_line *line)
{
    uint32_t at = line->span.start;

    for (;;) {
        struct span word = wordlist_next_word(text, line->span, &at);
        if (span_is_empty(word))
            return;
        line->n_words++;
    }
}

/* Blanks behind a blank: how far a column is moved says nothing. */
static void count_blanks(struct str line, struct layout_line *out)
{
    size_t run = 0;

    for (size_t i = 0; i < line.len; i++) {
        bool is_blank = ascii_is_space((unsigned char)line.data[i]);
        out->n_spare += is_blank && run > 0;
        run = is_blank ? run + 1 : 0;
        out->has_columns |= line.data[i] == '\t' || run >= 3;
    }
}

static void read_line(struct str text, struct layout_line *line)
{
    line->span = trim_span(text, (struct span){line->start, line->end});
    line->is_blank = span_is_empty(line->span);
    if (line->is_blank)
        return;
    struct str body = span_of(text, line->span);
    size_t bullet = sentences_bullet(body);
    if (bullet) {
        line->is_item = true;
        line->has_sign = !ascii_is_alnum((unsigned char)body.data[0]) &&
                         (unsigned char)body.data[0] != 0xEF;
        line->span.start += (uint32_t)bullet;
        /* An icon is followed by another now and then. */
        body = span_of(text, line->span);
    }
    if (!body.len) {
        line->last = '\0';
        return;
    }
    line->last = body.data[body.len - 1];
    count_letters(body, line);
    count_blanks(body, line);
    read_words(text, line);
}

static rsc_status split_lines(struct ctx *ctx, struct layout *out)
{
    VEC(struct layout_line) lines = {0};
    struct str rest = out->text, piece;

    while (str_next_field(&rest, '\n', &piece)) {
        struct layout_line *line = vec_push(ctx, &lines);
        if (!line)
            return ctx->error.status;
        size_t start = (size_t)(piece.data - out->text.data);
        *line = (struct layout_line){.start = (uint32_t)start,
                                     .end = (uint32_t)(start + piece.len)};
        read_line(out->text, line);
        line->after_blank =
            lines.len < 2 || lines.items[lines.len - 2].is_blank;
    }
    out->lines = lines.items;
    out->n_lines = lines.len;
    return RSC_OK;
}

/* Takes over what the file's format knows about the lines. */
static void read_format(struct layout *out)
{
    const struct document *doc = out->doc;
    size_t k = 0;

    for (size_t i = 0; i < out->n_lines; i++) {
        struct layout_line *line = &out->lines[i];
        while (k < doc->n_lines && doc->lines[k].end < line->start)
            k++;
        if (k == doc->n_lines)
            return;
        if (doc->lines[k].start > line->end || line->is_blank)
            continue;
        line->is_bold = doc->lines[k].bold;
        line->size = doc->lines[k].size;
        line->is_marked = doc->lines[k].role == LINE_HEADING;
        if (doc->lines[k].role == LINE_ITEM && !line->is_item)
            line->is_item = line->has_sign = true;
    }
}

/* The size that most bytes have, in half points up to 64 pt. */
static float find_body_size(const struct layout *layout)
{
    uint32_t bytes[129] = {0};
    size_t best = 0;

    for (size_t i = 0; i < layout->n_lines; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (line->size > 0 && line->size <= 64)
            bytes[(size_t)(line->size * 2)] += line->end - line->start;
    }
    for (size_t i = 1; i < 129; i++) {
        if (bytes[i] > bytes[best])
            best = i;
    }
    return (float)best / 2;
}

/* Sets from what length on a line may have been broken. The length that one
 * line in ten reaches is that of a full line if many come near to it, as in
 * prose that was wrapped; in lists the lengths vary. */
static void find_line_lengths(struct layout *layout)
{
    uint32_t count[257] = {0};
    uint32_t n = 0, seen = 0, length = 256, near = 0;

    for (size_t i = 0; i < layout->n_lines; i++) {
        uint32_t len = layout->lines[i].len;
        if (layout->lines[i].is_blank)
            continue;
        count[len < 256 ? len : 256]++;
        n++;
    }
    for (; length > 0; length--) {
        seen += count[length];
        if (seen * 10 >= n && seen)
            break;
    }
    for (uint32_t len = length * 8 / 10; len <= 256; len++)
        near += count[len];
    bool is_wrapped = near * 20 >= n * 7 && length >= 30;
    layout->long_line = length * 8 / 10 > 30 ? length * 8 / 10 : 30;
    layout->full_line = length * 9 / 10;
    if (!is_wrapped || layout->full_line < 40)
        layout->full_line = layout->full_line > 75 ? layout->full_line : 75;
}

static rsc_status read_dates(struct ctx *ctx, struct layout *out)
{
    struct date_ranges dates = {0};
    rsc_status st = dates_scan(ctx, &dates, out->text, out->as_of);
    size_t k = 0;

    if (st)
        return st;
    for (size_t i = 0; i < out->n_lines; i++) {
        struct layout_line *line = &out->lines[i];
        line->first_date = (uint32_t)k;
        while (k < dates.len && dates.items[k].span.start < line->end)
            k++;
        line->n_dates = (uint32_t)k - line->first_date;
    }
    out->dates = dates.items;
    out->n_dates = dates.len;
    return RSC_OK;
}

rsc_status layout_read(struct ctx *ctx, struct layout *out,
                       const struct document *doc, struct month as_of)
{
    *out = (struct layout){.doc = doc, .text = doc->text, .as_of = as_of};
    rsc_status st = split_lines(ctx, out);

    if (st)
        return st;
    read_format(out);
    out->body_size = find_body_size(out);
    layout_set_personal(out, NULL, 0);
    return read_dates(ctx, out);
}

/* What a name, an address or a pronoun counts, whatever its length. */
#define PERSONAL_BYTES 8

/* "Résumé", "Page", "2 of 3": what stands beside a name at the foot of a
 * page. */
static bool is_page_word(struct str word)
{
    static const char *const words[] = {
        "cv",     "curriculum",           "of",   "page",
        "resume", "r\xC3\xA9sum\xC3\xA9", "vitae"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return word.len <= 2 && ascii_is_digit((unsigned char)word.data[0]);
}

/* Whether a line says nothing but a name, the page, a single date. */
static bool is_page_line(const struct layout *layout,
                         const struct layout_line *line, struct span name)
{
    uint32_t at = line->span.start;
    bool has_page_word = false;
    struct span word;

    while (!span_is_empty(
        word = wordlist_next_word(layout->text, line->span, &at))) {
        bool is_date =
            line->n_dates == 1 &&
            span_overlaps(word, layout->dates[line->first_date].span);
        if (span_overlaps(word, name) || is_date)
            continue;
        if (!is_page_word(span_of(layout->text, word)))
            return false;
        has_page_word = true;
    }
    return has_page_word;
}

/* Whether the line has a letter or digit outside of the span. */
static bool has_more(const struct layout *layout,
                     const struct layout_line *line, struct span span)
{
    for (uint32_t i = line->span.start; i < line->span.end; i++) {
        if (i >= span.start && i < span.end)
            continue;
        if (ascii_is_alnum((unsigned char)layout->text.data[i]))
            return true;
    }
    return false;
}

void layout_set_personal(struct layout *layout, const struct span *spans,
                         size_t n)
{
    size_t k = 0;

    for (size_t i = 0; i < layout->n_lines; i++) {
        struct layout_line *line = &layout->lines[i];
        line->len = line->end - line->start - line->n_spare;
        line->is_personal = false;
        while (k < n && spans[k].end <= line->start)
            k++;
        for (size_t p = k; p < n && spans[p].start < line->end; p++) {
            uint32_t from =
                spans[p].start > line->start ? spans[p].start : line->start;
            uint32_t to = spans[p].end < line->end ? spans[p].end : line->end;
            line->len = line->len - (to - from) + PERSONAL_BYTES;
            line->is_personal = line->is_personal ||
                                !has_more(layout, line, spans[p]) ||
                                is_page_line(layout, line, spans[p]);
        }
    }
    find_line_lengths(layout);
}

/* A name may be broken on a line of this length. */
#define TAIL_BEHIND_BYTES 60

bool layout_is_tail(const struct layout *layout, size_t i)
{
    static const char *const nouns[] = {"college", "university", "institute",
                                        "academy", "school"};
    const struct layout_line *line = &layout->lines[i];
    const struct layout_line *before = line - 1;
    uint32_t at = line->span.start;

    if (i == 0 || line->is_blank || line->is_item || before->is_blank ||
        before->len < TAIL_BEHIND_BYTES ||
        !ascii_is_alpha((unsigned char)before->last))
        return false;
    struct str word = span_of(
        layout->text, wordlist_next_word(layout->text, line->span, &at));
    for (size_t k = 0; k < sizeof(nouns) / sizeof(nouns[0]); k++)
        if (str_eq_nocase(word, str_of(nouns[k])))
            return at == line->span.end || layout->text.data[at] == ',';
    return false;
}

/* "..., Riverside College, 2019" is complete. */
static bool ends_with_date(const struct layout *layout,
                           const struct layout_line *line)
{
    return line->n_dates &&
           layout->dates[line->first_date + line->n_dates - 1].span.end ==
               line->span.end;
}

/* "described them in": no sentence ends so, in a narrow column either. */
static bool ends_with_joint(const struct layout *layout,
                            const struct layout_line *line)
{
    static const char *const joints[] = {" a",  " an",    " and", " as", " for",
                                         " in", " into",  " of",  " or", " the",
                                         " to", " using", " with"};
    struct str text = span_of(layout->text, line->span);

    for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++)
        if (str_ends(text, str_of(joints[i])))
            return true;
    return false;
}

bool layout_goes_on(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];

    if (i + 1 >= layout->n_lines || line->is_blank)
        return false;
    const struct layout_line *next = &layout->lines[i + 1];
    if (next->is_blank || next->is_item || next->is_marked)
        return false;
    if (span_is_empty(line->span)) /* a bullet on a line of its own */
        return line->is_item;
    if (layout_is_tail(layout, i + 1))
        return true;
    /* A short line with a date is a header, not the rest of a sentence. */
    if (next->n_dates && next->n_words <= 12 && !next->begins_small)
        return false;
    if (line->is_marked || line->is_bold != next->is_bold ||
        line->is_caps != next->is_caps)
        return line->last == ',' || line->last == '-';
    if (next->begins_small || line->last == ',' || line->last == '&' ||
        ends_with_joint(layout, line))
        return line->n_words > 3 || line->is_item;
    if (strchr(".;:!?", line->last))
        return line->last != ':' && line->last != ';' &&
               line->len >= layout->full_line && next->n_words >= 6;
    return line->len >= layout->full_line && line->n_words >= 6 &&
           !line->has_columns && !ends_with_date(layout, line);
}

size_t layout_line_from(const struct layout *layout, uint32_t offset)
{
    size_t low = 0, high = layout->n_lines;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (layout->lines[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t layout_line_at(const struct layout *layout, uint32_t offset)
{
    size_t i = layout_line_from(layout, offset);

    if (i < layout->n_lines && layout->lines[i].start == offset)
        return i;
    return i ? i - 1 : 0;
}
