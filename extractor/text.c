/* SPDX-License-Identifier: MIT */
/* Plain text and Markdown. */
#include "item.h"
#include "reader.h"

static bool is_heading_mark(struct str line, size_t *level)
{
    size_t n = 0;

    while (n < line.len && line.data[n] == '#')
        n++;
    *level = n;
    return n >= 1 && n <= 6 && n < line.len && line.data[n] == ' ';
}

/* "===" or "---" below a line makes it a heading in Markdown. */
static bool is_underline(struct str line)
{
    line = str_trim(line);
    if (line.len < 3 || (line.data[0] != '=' && line.data[0] != '-'))
        return false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] != line.data[0])
            return false;
    }
    return true;
}

/* Markdown shows itself by a heading mark; without one, nothing in a plain
 * text is taken for markup. */
static bool is_markdown(struct str text)
{
    struct str line;
    size_t level;

    while (str_next_line(&text, &line)) {
        if (is_heading_mark(line, &level))
            return true;
    }
    return false;
}

/* Without "**" and "`", which only say how the text looks. */
static void put_markdown(struct builder *b, struct str line)
{
    size_t start = 0;

    /* "*2020 - now*" is leaning; "* item" is none. */
    if (line.len > 2 && strchr("*_", line.data[0]) && line.data[1] != ' ' &&
        line.data[1] != line.data[0] &&
        line.data[line.len - 1] == line.data[0] &&
        line.data[line.len - 2] != line.data[0])
        line = str_slice(line, 1, line.len - 1);

    for (size_t i = 0; i < line.len; i++) {
        size_t skip = 0;
        if (line.data[i] == '`')
            skip = 1;
        else if (i + 1 < line.len && line.data[i] == '*' &&
                 line.data[i + 1] == '*')
            skip = 2;
        if (skip == 0)
            continue;
        builder_text(b, str_slice(line, start, i));
        start = i + skip;
        i = start - 1;
    }
    builder_text(b, str_slice(line, start, line.len));
}

/* "| a | b |" */
static bool put_table_row(struct builder *b, struct str line)
{
    struct str cell;
    bool is_first = true;

    if (line.len < 3 || line.data[0] != '|' || line.data[line.len - 1] != '|')
        return false;
    struct str rest = str_slice(line, 1, line.len - 1);
    /* "|---|---|" only parts the head from the body. */
    bool is_rule = true;
    for (size_t i = 0; i < rest.len; i++)
        is_rule &= strchr("-|: ", rest.data[i]) != NULL && rest.data[i];
    while (!is_rule && str_next_field(&rest, '|', &cell)) {
        if (!is_first)
            builder_text(b, STR("\t"));
        put_markdown(b, str_trim(cell));
        is_first = false;
    }
    builder_line(b, LINE_CELL);
    return true;
}

static void put_line(struct builder *b, struct str line, struct str next,
                     bool markdown)
{
    struct str bare = str_trim(line);
    size_t level;

    if (!markdown) {
        builder_text(b, line);
        builder_line(b, item_begins(bare) ? LINE_ITEM : LINE_BODY);
        return;
    }
    if (is_heading_mark(bare, &level)) {
        builder_gap(b);
        put_markdown(b, str_slice(bare, level, bare.len));
        builder_line(b, LINE_HEADING);
        builder_gap(b);
        return;
    }
    if (is_underline(bare) || put_table_row(b, bare))
        return;
    put_markdown(b, bare);
    if (bare.len > 0 && is_underline(next))
        builder_line(b, LINE_HEADING);
    else
        builder_line(b, item_begins(bare) ? LINE_ITEM : LINE_BODY);
}

/* Takes a line off the front: ended by LF, CRLF, CR, or a form feed, which
 * also ends the page. */
static struct str take_line(struct str *rest, bool *ends_page)
{
    size_t i = 0;

    while (i < rest->len && rest->data[i] != '\n' && rest->data[i] != '\r' &&
           rest->data[i] != '\f')
        i++;
    struct str line = str_slice(*rest, 0, i);
    *ends_page = i < rest->len && rest->data[i] == '\f';
    if (i + 1 < rest->len && rest->data[i] == '\r' && rest->data[i + 1] == '\n')
        i++;
    *rest = str_slice(*rest, i < rest->len ? i + 1 : i, rest->len);
    return line;
}

static rsc_status put_text(struct ctx *ctx, struct builder *b, unsigned *pages,
                           struct str text)
{
    bool markdown = is_markdown(text);
    struct str rest = text;

    *pages = 1;
    while (rest.len > 0 && !b->is_full) {
        bool ends_page, unused;
        struct str line = take_line(&rest, &ends_page);
        struct str after = rest;
        struct str next = take_line(&after, &unused);
        rsc_status st = ctx_check(ctx);
        if (st)
            return st;
        if (str_trim(line).len == 0)
            builder_gap(b);
        else
            put_line(b, line, next, markdown);
        if (ends_page && str_trim(rest).len > 0 && *pages < UINT16_MAX)
            builder_page(b, ++*pages);
    }
    return RSC_OK;
}

rsc_status text_read(struct ctx *ctx, struct builder *b,
                     struct reading_facts *facts, const struct source *source)
{
    facts->kind = DOCUMENT_TXT;
    facts->why_empty = "the file has no text; choose the right file";
    return put_text(ctx, b, &facts->pages, source->bytes);
}
