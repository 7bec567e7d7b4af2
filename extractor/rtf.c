/* SPDX-License-Identifier: MIT */
/*
 * RTF: a stack of groups, each with its own state; control words change the
 * state or stand for a character; destinations hold text that is not the
 * body. Left out: tracked deletions, hidden text, comments, pictures, field
 * codes. Unknown words are ignored, as the format demands.
 */
#include "base/utf8.h"
#include "charset.h"
#include "look.h"
#include "reader.h"
#include "rtf_words.h"

/* Word nests some twenty groups; what is deeper shares the last state. */
#define MAX_GROUPS  256
#define MAX_FONTS   512
#define MAX_COLOURS 512
#define MAX_STYLES  512
/* Bytes in a row that wait for their conversion. */
#define MAX_BYTES 4096

/* What a group inherits and gives back. */
struct state {
    struct look look;
    uint8_t where; /* enum rtf_place */
    int charset;
    unsigned skip_bytes; /* \uc: bytes behind each \u */
    bool is_deleted;
    bool is_heading;
    bool in_table;
    unsigned shade; /* of the paragraph, as a colour index */
};

struct reader {
    struct ctx *ctx;
    struct flow flow;
    struct str in;
    size_t at;
    struct state groups[MAX_GROUPS];
    unsigned n_groups;
    char bytes[MAX_BYTES]; /* in the charset of the state */
    size_t n_bytes;
    unsigned skip;  /* bytes still to drop behind \u */
    uint32_t high;  /* first half of a surrogate pair */
    bool ignorable; /* \* came: an unknown destination is left out */
    int default_charset;
    unsigned font; /* being defined */
    unsigned style;
    char style_name[16]; /* its first bytes */
    size_t style_len;
    bool row_is_shaded;          /* some cell of this row has a colour */
    struct canvas_colour colour; /* being defined */
    unsigned n_colours;
    int fonts[MAX_FONTS]; /* charset + 1 of each; 0: not said */
    bool headings[MAX_STYLES];
    struct canvas_colour colours[MAX_COLOURS];
};

struct control {
    struct str name;
    bool has_number;
    int number;
};

static struct state *now(struct reader *r)
{
    unsigned n = r->n_groups < MAX_GROUPS ? r->n_groups : MAX_GROUPS;

    return &r->groups[n - 1];
}

static struct flow_style style_of(struct reader *r)
{
    const struct state *s = now(r);
    struct canvas_colour under = {1, 1, 1, true};

    if (s->shade > 0 && s->shade < MAX_COLOURS)
        under = r->colours[s->shade];
    /* Which cell has which colour is said far from its text. */
    if (s->in_table && r->row_is_shaded)
        under.is_known = false;
    if (s->look.has_shade)
        under = s->look.shade;
    return look_style(&s->look, under);
}

static void put(struct reader *r, struct str utf8)
{
    const struct state *s = now(r);

    if (s->where != RTF_BODY || s->is_deleted)
        return;
    if (s->in_table && r->flow.n_open == 0) {
        flow_row_open(&r->flow);
        flow_cell(&r->flow);
    }
    flow_style(&r->flow, style_of(r));
    flow_text(&r->flow, utf8);
}

static void flush_bytes(struct reader *r)
{
    struct buf utf8;

    if (r->n_bytes == 0)
        return;
    buf_init(&utf8, r->ctx->arena.mem, 8 * MAX_BYTES);
    charset_convert(&utf8, now(r)->charset, (struct str){r->bytes, r->n_bytes});
    r->n_bytes = 0;
    put(r, buf_str(&utf8));
    buf_clear(&utf8);
}

static void put_byte(struct reader *r, char c)
{
    if (r->skip > 0) {
        r->skip--;
        return;
    }
    if (now(r)->where != RTF_BODY)
        return;
    if (r->n_bytes == MAX_BYTES)
        flush_bytes(r);
    r->bytes[r->n_bytes++] = c;
}

/* A UTF-16 unit of \u; negative numbers are the upper half. */
static void put_unit(struct reader *r, int unit)
{
    uint32_t c = (uint32_t)unit & 0xffff;
    char utf8[4];

    flush_bytes(r);
    r->skip = now(r)->skip_bytes;
    if (c >= 0xd800 && c <= 0xdbff) {
        r->high = c;
        return;
    }
    if (c >= 0xdc00 && c <= 0xdfff) {
        if (!r->high)
            return;
        c = 0x10000 + ((r->high - 0xd800) << 10) + (c - 0xdc00);
    }
    r->high = 0;
    put(r, (struct str){utf8, utf8_encode(c, utf8)});
}

static void end_line(struct reader *r)
{
    const struct state *s = now(r);

    flush_bytes(r);
    if (s->where != RTF_BODY)
        return;
    flow_line(&r->flow, s->is_heading ? LINE_HEADING : LINE_BODY);
}

/* Tables of RTF are told by their ends: \cell and \row. */
static void end_cell(struct reader *r)
{
    flush_bytes(r);
    if (now(r)->where != RTF_BODY)
        return;
    flow_cell(&r->flow);
}

static void end_row(struct reader *r)
{
    flush_bytes(r);
    if (now(r)->where != RTF_BODY)
        return;
    flow_row_close(&r->flow);
    r->row_is_shaded = false;
}

static void set_font(struct reader *r, unsigned font)
{
    int known = font < MAX_FONTS ? r->fonts[font] : 0;

    flush_bytes(r);
    if (now(r)->where == RTF_FONTS)
        r->font = font;
    else
        now(r)->charset = known ? known - 1 : r->default_charset;
}

/* \fcharset to a code page. */
static void set_font_charset(struct reader *r, int number)
{
    static const uint16_t pages[][2] = {
        {0, 1252},   {77, 10000}, {128, 932},  {129, 949},  {134, 936},
        {136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255},
        {178, 1256}, {186, 1257}, {204, 1251}, {222, 874},  {238, 1250},
        {254, 437},  {255, 850}};

    if (r->font >= MAX_FONTS || now(r)->where != RTF_FONTS)
        return;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        if (pages[i][0] == number)
            r->fonts[r->font] = charset_of_codepage(pages[i][1]) + 1;
    }
}

static void set_shade(struct reader *r, int index)
{
    struct look *look = &now(r)->look;

    look->has_shade = index > 0 && (unsigned)index < MAX_COLOURS;
    if (look->has_shade)
        look->shade = r->colours[index];
}

static void set_colour(struct reader *r, int index)
{
    struct look *look = &now(r)->look;

    look->has_colour = index > 0 && (unsigned)index < MAX_COLOURS;
    if (look->has_colour)
        look->colour = r->colours[index];
}

static void define_colour(struct reader *r, enum rtf_action part, int value)
{
    float v = (float)(value < 0 ? 0 : value > 255 ? 255 : value) / 255;

    if (part == RTF_RED)
        r->colour.r = v;
    else if (part == RTF_GREEN)
        r->colour.g = v;
    else
        r->colour.b = v;
    r->colour.is_known = true;
}

/* ";" ends an entry of the table of colours; the first is "automatic". */
static void end_colour(struct reader *r)
{
    if (r->n_colours < MAX_COLOURS)
        r->colours[r->n_colours++] = r->colour;
    r->colour = (struct canvas_colour){0};
}

static void plain(struct reader *r)
{
    struct state *s = now(r);

    flush_bytes(r);
    s->look = (struct look){.size = 12};
    s->charset = r->default_charset;
}

static void end_paragraph_settings(struct reader *r)
{
    struct state *s = now(r);

    s->is_heading = s->in_table = false;
    s->shade = 0;
}

static void set_style(struct reader *r, int number)
{
    struct state *s = now(r);
    unsigned i = number >= 0 && number < MAX_STYLES ? (unsigned)number : 0;

    if (s->where == RTF_STYLES) {
        r->style = i;
        r->style_len = 0;
    } else
        s->is_heading = r->headings[i];
}

static void set_outline(struct reader *r, int level)
{
    struct state *s = now(r);

    if (s->where == RTF_STYLES)
        r->headings[r->style] = level < 9;
    else
        s->is_heading = level < 9;
}

static void set_look(struct reader *r, enum rtf_action action,
                     const struct control *w)
{
    struct look *look = &now(r)->look;
    bool on = !w->has_number || w->number != 0;

    flush_bytes(r);
    if (action == RTF_BOLD)
        look->bold = look->has_bold = on;
    else if (action == RTF_HIDDEN)
        look->vanish = look->has_vanish = on;
    else if (action == RTF_DELETED)
        now(r)->is_deleted = on;
    else if (action == RTF_SIZE)
        look->size = w->number > 0 ? (float)w->number / 2 : 12;
    else if (action == RTF_COLOUR)
        set_colour(r, w->number);
    else
        set_shade(r, w->number);
}

static void open_place(struct reader *r, enum rtf_place place)
{
    struct state *s = now(r);

    flush_bytes(r);
    if (place == RTF_BLOCK && r->flow.n_open == 0 && flow_has_text(&r->flow))
        flow_line(&r->flow, LINE_BODY);
    /* Nothing inside what is left out is let in again. */
    if (s->where != RTF_NOWHERE)
        s->where = (uint8_t)(place == RTF_BLOCK ? RTF_BODY : place);
}

static void skip_binary(struct reader *r, int n)
{
    size_t left = r->in.len - r->at;

    r->at += n > 0 && (size_t)n < left ? (size_t)n : n > 0 ? left : 0;
}

static void act_on_table(struct reader *r, enum rtf_action action)
{
    struct state *s = now(r);

    if (s->where != RTF_BODY)
        return;
    if (action == RTF_IN_TABLE) {
        s->in_table = true;
    } else if (action == RTF_CELL) {
        end_cell(r);
    } else if (action == RTF_ROW) {
        end_row(r);
    } else {
        r->row_is_shaded = true;
    }
}

static void act(struct reader *r, const struct rtf_word *known,
                const struct control *w)
{
    switch (known->action) {
    case RTF_CHAR:
        flush_bytes(r);
        put(r, str_of(known->text));
        break;
    case RTF_UNICODE:
        put_unit(r, w->number);
        break;
    case RTF_UC:
        now(r)->skip_bytes =
            w->number >= 0 && w->number < 16 ? (unsigned)w->number : 1;
        break;
    case RTF_PAR:
    case RTF_LINE:
        /* Out of a table without \row: a paragraph beside it ends it. */
        if (!now(r)->in_table && r->flow.n_open > 0 &&
            now(r)->where == RTF_BODY)
            end_row(r);
        end_line(r);
        break;
    case RTF_PARD:
        end_paragraph_settings(r);
        break;
    case RTF_PLAIN:
        plain(r);
        break;
    case RTF_PLACE:
        open_place(r, known->place);
        break;
    case RTF_FONT:
        set_font(r, (unsigned)w->number);
        break;
    case RTF_FCHARSET:
        set_font_charset(r, w->number);
        break;
    case RTF_CODEPAGE:
        r->default_charset = charset_of_codepage((unsigned)w->number);
        now(r)->charset = r->default_charset;
        break;
    case RTF_STYLE:
        set_style(r, w->number);
        break;
    case RTF_OUTLINE:
        set_outline(r, w->number);
        break;
    case RTF_RED:
    case RTF_GREEN:
    case RTF_BLUE:
        define_colour(r, known->action, w->number);
        break;
    case RTF_PARAGRAPH_SHADE:
        now(r)->shade = (unsigned)w->number;
        break;
    case RTF_BIN:
        skip_binary(r, w->number);
        break;
    case RTF_IN_TABLE:
    case RTF_CELL:
    case RTF_ROW:
    case RTF_CELL_SHADE:
        act_on_table(r, known->action);
        break;
    case RTF_BOLD:
    case RTF_HIDDEN:
    case RTF_DELETED:
    case RTF_SIZE:
    case RTF_COLOUR:
    case RTF_SHADE:
        set_look(r, known->action, w);
        break;
    }
}

/* The name and number behind a backslash, and the space that ends them. */
static struct control take_word(struct reader *r)
{
    struct control w = {0};
    size_t start = r->at;
    bool negative = false;

    while (r->at < r->in.len &&
           ascii_is_alpha((unsigned char)r->in.data[r->at]))
        r->at++;
    w.name = str_slice(r->in, start, r->at);
    if (r->at + 1 < r->in.len && r->in.data[r->at] == '-' &&
        ascii_is_digit((unsigned char)r->in.data[r->at + 1])) {
        negative = true;
        r->at++;
    }
    while (r->at < r->in.len &&
           ascii_is_digit((unsigned char)r->in.data[r->at])) {
        w.has_number = true;
        if (w.number < 100000000)
            w.number = w.number * 10 + (r->in.data[r->at] - '0');
        r->at++;
    }
    if (negative)
        w.number = -w.number;
    if (r->at < r->in.len && r->in.data[r->at] == ' ')
        r->at++;
    return w;
}

static int hex_digit(char c)
{
    if (ascii_is_digit((unsigned char)c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void take_hex(struct reader *r)
{
    if (r->at + 2 > r->in.len)
        return;
    int high = hex_digit(r->in.data[r->at]);
    int low = hex_digit(r->in.data[r->at + 1]);
    if (high < 0 || low < 0)
        return;
    r->at += 2;
    put_byte(r, (char)(high * 16 + low));
}

/* A backslash and one character that is no letter. */
static void take_symbol(struct reader *r)
{
    char c = r->in.data[r->at++];

    if (c == '\'')
        take_hex(r);
    else if (c == '*')
        r->ignorable = true;
    else if (c == '\n' || c == '\r')
        end_line(r);
    else if (c == '~')
        put_byte(r, ' ');
    else if (c == '_')
        put_byte(r, '-');
    else if (c == '\\' || c == '{' || c == '}')
        put_byte(r, c);
}

static void take_control(struct reader *r)
{
    if (r->at >= r->in.len)
        return;
    if (!ascii_is_alpha((unsigned char)r->in.data[r->at])) {
        take_symbol(r);
        return;
    }
    struct control w = take_word(r);
    const struct rtf_word *known = rtf_word_find(w.name);
    /* A replacement behind \u may be written as a word. */
    if (r->skip > 0 && !(known && known->action == RTF_UNICODE))
        r->skip--;
    if (known)
        act(r, known, &w);
    else if (r->ignorable)
        open_place(r, RTF_NOWHERE);
    r->ignorable = false;
}

static void open_group(struct reader *r)
{
    flush_bytes(r);
    r->skip = 0;
    if (r->n_groups < MAX_GROUPS)
        r->groups[r->n_groups] = r->groups[r->n_groups - 1];
    r->n_groups++;
}

static void close_group(struct reader *r)
{
    flush_bytes(r);
    r->skip = 0;
    r->ignorable = false;
    if (r->n_groups > 1)
        r->n_groups--;
}

/* Inside the table of styles: "heading 1;" ends an entry. */
static void take_style_name(struct reader *r, char c)
{
    struct str name = {r->style_name, r->style_len};

    if (c != ';') {
        if (r->style_len < sizeof(r->style_name) &&
            (r->style_len > 0 || c != ' '))
            r->style_name[r->style_len++] = c;
        return;
    }
    if (str_starts_nocase(name, STR("heading ")) ||
        str_eq_nocase(name, STR("title")))
        r->headings[r->style] = true;
    r->style_len = 0;
}

static void take_char(struct reader *r)
{
    char c = r->in.data[r->at++];

    if (c == '{')
        open_group(r);
    else if (c == '}')
        close_group(r);
    else if (c == '\\')
        take_control(r);
    else if (c == ';' && now(r)->where == RTF_COLOURS)
        end_colour(r);
    else if (now(r)->where == RTF_STYLES)
        take_style_name(r, c);
    else if (c != '\n' && c != '\r' && c != '\0')
        put_byte(r, c);
}

static rsc_status read_all(struct reader *r)
{
    r->groups[0] = (struct state){.look = {.size = 12},
                                  .where = RTF_BODY,
                                  .charset = charset_of_codepage(1252),
                                  .skip_bytes = 1};
    r->n_groups = 1;
    r->default_charset = r->groups[0].charset;
    while (r->at < r->in.len && !r->flow.b->is_full) {
        if ((r->at & 0xffff) == 0 && ctx_check(r->ctx))
            return r->ctx->error.status;
        take_char(r);
    }
    flush_bytes(r);
    flow_end(&r->flow);
    return r->ctx->error.status;
}

rsc_status rtf_read(struct ctx *ctx, struct builder *b,
                    struct reading_facts *facts, const struct source *source)
{
    struct reader *r = ctx_calloc(ctx, 1, sizeof(*r));

    if (!r)
        return ctx->error.status;
    r->ctx = ctx;
    r->in = source->bytes;
    flow_init(&r->flow, ctx, b);
    facts->kind = DOCUMENT_RTF;
    facts->method = STR("rtf");
    facts->why_empty = "this RTF file has no text; open it and save it again";
    rsc_status st = read_all(r);
    flow_clear(&r->flow);
    return st;
}
