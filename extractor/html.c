/* SPDX-License-Identifier: MIT */
/*
 * HTML to text in one pass, without a tree: a stack of open elements carries
 * what they hide, everything else is forgotten as soon as it is written. Time
 * and memory stay in proportion to the file whatever the tags do.
 */
#include "base/utf8.h"
#include "css.h"
#include "css_colour.h"
#include "html_entities.h"
#include "reader.h"

/* Open elements that are remembered; deeper ones look like these. */
#define MAX_OPEN 256
/* Of one tag; more are skipped over. */
#define MAX_ATTRIBUTES 64
#define MAX_NAME       16
/* Bytes of a class attribute; each rule looks through them. */
#define MAX_CLASSES 500

enum kind {
    KIND_INLINE,
    KIND_BLOCK,
    KIND_PARAGRAPH, /* a block with an empty line around it */
    KIND_HEADING,
    KIND_ITEM,
    KIND_ROW,
    KIND_CELL,
    KIND_VOID,    /* has no end tag */
    KIND_BREAK,   /* br */
    KIND_RULE,    /* hr */
    KIND_SKIPPED, /* its content is not shown */
    KIND_RAW,     /* script, style: ends at its own end tag only */
    KIND_TABLE,
};

static const struct {
    const char *name;
    enum kind kind;
} kinds[] = {
    {"address", KIND_BLOCK},    {"article", KIND_BLOCK},
    {"aside", KIND_BLOCK},      {"blockquote", KIND_PARAGRAPH},
    {"body", KIND_BLOCK},       {"caption", KIND_BLOCK},
    {"center", KIND_BLOCK},     {"dd", KIND_BLOCK},
    {"details", KIND_BLOCK},    {"div", KIND_BLOCK},
    {"dl", KIND_BLOCK},         {"dt", KIND_BLOCK},
    {"fieldset", KIND_BLOCK},   {"figcaption", KIND_BLOCK},
    {"figure", KIND_BLOCK},     {"footer", KIND_BLOCK},
    {"form", KIND_BLOCK},       {"header", KIND_BLOCK},
    {"html", KIND_BLOCK},       {"legend", KIND_BLOCK},
    {"main", KIND_BLOCK},       {"nav", KIND_BLOCK},
    {"ol", KIND_BLOCK},         {"p", KIND_PARAGRAPH},
    {"pre", KIND_PARAGRAPH},    {"section", KIND_BLOCK},
    {"summary", KIND_BLOCK},    {"ul", KIND_BLOCK},
    {"h1", KIND_HEADING},       {"h2", KIND_HEADING},
    {"h3", KIND_HEADING},       {"h4", KIND_HEADING},
    {"h5", KIND_HEADING},       {"h6", KIND_HEADING},
    {"li", KIND_ITEM},          {"tr", KIND_ROW},
    {"td", KIND_CELL},          {"th", KIND_CELL},
    {"table", KIND_TABLE},      {"br", KIND_BREAK},
    {"hr", KIND_RULE},          {"area", KIND_VOID},
    {"base", KIND_VOID},        {"col", KIND_VOID},
    {"embed", KIND_VOID},       {"img", KIND_VOID},
    {"input", KIND_VOID},       {"link", KIND_VOID},
    {"meta", KIND_VOID},        {"param", KIND_VOID},
    {"source", KIND_VOID},      {"track", KIND_VOID},
    {"wbr", KIND_VOID},         {"script", KIND_RAW},
    {"style", KIND_RAW},        {"noscript", KIND_SKIPPED},
    {"template", KIND_SKIPPED}, {"title", KIND_RAW},
    {"textarea", KIND_RAW},     {"xmp", KIND_RAW},
    {"iframe", KIND_RAW},       {"noembed", KIND_RAW},
    {"noframes", KIND_RAW},     {"svg", KIND_SKIPPED},
    {"math", KIND_INLINE},      {"object", KIND_SKIPPED},
    {"audio", KIND_SKIPPED},    {"video", KIND_SKIPPED},
    {"canvas", KIND_SKIPPED},   {"select", KIND_SKIPPED},
    {"datalist", KIND_SKIPPED}, {"head", KIND_BLOCK},
    {"del", KIND_INLINE},       {"dir", KIND_BLOCK},
};

struct element {
    char name[MAX_NAME];
    enum kind kind;
    struct css_style style; /* with what it inherits */
    struct canvas_colour under;
    bool is_skipped;
    bool is_item; /* or inside of one */
    bool is_pre;
};

struct reader {
    struct ctx *ctx;
    struct flow flow;
    struct css css;
    struct str in;
    size_t at;
    struct element open[MAX_OPEN];
    unsigned n_open;
    bool label_due; /* the next text begins an item of a list */
};

struct attribute {
    struct str name, value;
};

struct tag {
    char name[MAX_NAME]; /* in lower case */
    bool is_end, is_empty;
    struct attribute attributes[MAX_ATTRIBUTES];
    size_t n_attributes;
};

static const struct element page = {
    .style = {.look = {.size = 12}},
    .under = {1, 1, 1, true},
};

static const struct element *top(const struct reader *r)
{
    return r->n_open ? &r->open[r->n_open - 1] : &page;
}

static enum kind kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!strcmp(kinds[i].name, name))
            return kinds[i].kind;
    }
    return KIND_INLINE;
}

static struct str attribute(const struct tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->n_attributes; i++) {
        if (str_eq_nocase(tag->attributes[i].name, str_of(name)))
            return tag->attributes[i].value.data ? tag->attributes[i].value
                                                 : STR("");
    }
    return STR_NONE;
}

static struct flow_style style_of(const struct element *e)
{
    struct flow_style style = look_style(&e->style.look, e->under);

    if (style.is_hidden)
        return style;
    style.is_hidden = e->style.is_off_page || e->style.is_clipped;
    style.reason = e->style.is_off_page ? HIDDEN_OFF_PAGE : HIDDEN_CLIPPED;
    return style;
}

static bool is_blank(struct str s)
{
    return str_trim(s).len == 0;
}

static void put(struct reader *r, struct str text)
{
    const struct element *e = top(r);

    if (e->is_skipped)
        return;
    flow_style(&r->flow, style_of(e));
    if (r->label_due && !is_blank(text) && !r->flow.style.is_hidden) {
        r->label_due = false;
        flow_text(&r->flow, STR("\xe2\x80\xa2 "));
    }
    flow_text(&r->flow, text);
}

static enum line_role role_of(const struct reader *r)
{
    for (unsigned i = r->n_open; i-- > 0;) {
        if (r->open[i].kind == KIND_HEADING)
            return LINE_HEADING;
        if (r->open[i].kind == KIND_ITEM)
            return LINE_ITEM;
        if (r->open[i].kind != KIND_INLINE)
            break;
    }
    return LINE_BODY;
}

static void end_line(struct reader *r)
{
    if (flow_has_text(&r->flow))
        flow_line(&r->flow, role_of(r));
}

static void close_top(struct reader *r)
{
    const struct element *e = top(r);
    enum kind kind = e->kind;
    bool shown = !e->is_skipped;

    if (shown && kind != KIND_INLINE && kind != KIND_SKIPPED)
        end_line(r);
    r->n_open--;
    if (shown && kind == KIND_ROW)
        flow_row_close(&r->flow);
    else if (shown && (kind == KIND_PARAGRAPH || kind == KIND_HEADING ||
                       kind == KIND_TABLE))
        flow_gap(&r->flow);
    if (kind == KIND_ITEM)
        r->label_due = false;
}

/* Closes the nearest element of that kind or name, and what it holds, unless
 * a wall (a cell, a table) stands between. */
static void close_kind(struct reader *r, enum kind kind, enum kind wall)
{
    for (unsigned i = r->n_open; i-- > 0;) {
        if (r->open[i].kind == kind) {
            while (r->n_open > i)
                close_top(r);
            return;
        }
        if (r->open[i].kind == wall || r->open[i].kind == KIND_TABLE)
            return;
    }
}

/* What a start tag ends although its end tag was left out. */
static void close_implied(struct reader *r, enum kind kind)
{
    if (kind == KIND_ITEM)
        close_kind(r, KIND_ITEM, KIND_BLOCK);
    else if (kind == KIND_CELL)
        close_kind(r, KIND_CELL, KIND_ROW);
    else if (kind == KIND_ROW)
        close_kind(r, KIND_ROW, KIND_TABLE);
    if (kind == KIND_INLINE || kind == KIND_SKIPPED)
        return;
    /* A block ends an open paragraph. */
    for (unsigned i = r->n_open; i-- > 0;) {
        if (r->open[i].kind == KIND_PARAGRAPH &&
            !strcmp(r->open[i].name, "p")) {
            while (r->n_open > i)
                close_top(r);
            return;
        }
        if (r->open[i].kind != KIND_INLINE)
            return;
    }
}

static bool is_bold_tag(const char *name, enum kind kind)
{
    return kind == KIND_HEADING || !strcmp(name, "b") ||
           !strcmp(name, "strong") || !strcmp(name, "th");
}

static float heading_size(const char *name)
{
    static const float sizes[] = {24, 18, 14, 12, 10, 9};

    return sizes[(name[1] - '1') % 6];
}

/* The style of a new element: inherited, then sheets, then its own. */
static void look_at(const struct reader *r, struct element *e,
                    const struct tag *tag)
{
    struct css_style own = {0};
    struct str bgcolor = attribute(tag, "bgcolor");
    struct str colour = attribute(tag, "color"); /* of <font> */

    e->style = top(r)->style;
    e->under = top(r)->under;
    if (is_bold_tag(e->name, e->kind))
        own.look.bold = own.look.has_bold = true;
    if (e->kind == KIND_HEADING)
        own.look.size = heading_size(e->name);
    if (bgcolor.data) {
        css_colour_read(&own.look.shade, bgcolor);
        own.look.has_shade = true;
    }
    if (colour.data)
        own.look.has_colour = css_colour_read(&own.look.colour, colour);
    struct str classes = attribute(tag, "class");
    if (classes.len > MAX_CLASSES)
        classes.len = MAX_CLASSES;
    css_match(&r->css, &own, str_of(e->name), classes, attribute(tag, "id"));
    css_declare(&own, attribute(tag, "style"));
    if (attribute(tag, "hidden").data)
        own.look.vanish = own.look.has_vanish = true;
    if (own.look.has_shade)
        e->under = own.look.shade;
    own.look.has_shade = false;
    /* display:none cannot be undone inside; a box without size only hides
     * what it does not let out. */
    if (e->style.look.vanish)
        own.look.vanish = true;
    look_apply(&e->style.look, &own.look);
    e->style.is_off_page |= own.is_off_page;
    e->style.is_clipped |= own.is_clipped || (own.is_flat && own.hides_rest);
}

static void open_element(struct reader *r, const struct tag *tag,
                         enum kind kind)
{
    struct element e = {.kind = kind};

    close_implied(r, kind);
    if (kind != KIND_INLINE && kind != KIND_SKIPPED && !top(r)->is_skipped)
        end_line(r);
    if (r->n_open == MAX_OPEN || tag->is_empty)
        return;
    memcpy(e.name, tag->name, sizeof(e.name));
    look_at(r, &e, tag);
    e.is_skipped = top(r)->is_skipped || kind == KIND_SKIPPED;
    e.is_pre = top(r)->is_pre || !strcmp(e.name, "pre");
    r->open[r->n_open++] = e;
    if (e.is_skipped)
        return;
    if (kind == KIND_PARAGRAPH || kind == KIND_HEADING)
        flow_gap(&r->flow);
    else if (kind == KIND_ROW)
        flow_row_open(&r->flow);
    else if (kind == KIND_CELL)
        flow_cell(&r->flow);
    r->label_due = kind == KIND_ITEM || (r->label_due && kind == KIND_INLINE) ||
                   (r->label_due && kind == KIND_PARAGRAPH);
}

static void close_element(struct reader *r, const char *name)
{
    for (unsigned i = r->n_open; i-- > 0;) {
        if (!strcmp(r->open[i].name, name)) {
            while (r->n_open > i)
                close_top(r);
            return;
        }
        /* A stray end tag inside a cell does not end the table. */
        if (r->open[i].kind == KIND_CELL && strcmp(name, "table") &&
            strcmp(name, "tr"))
            return;
    }
}

/* The code point of a reference at &, and *end behind it; 0 when it is no
 * reference. */
static uint32_t take_reference(struct str s, size_t at, size_t *end)
{
    size_t i = at + 1;
    uint32_t c = 0;

    if (i < s.len && s.data[i] == '#') {
        bool hex = i + 1 < s.len && (s.data[i + 1] | 32) == 'x';
        size_t start = i += hex ? 2 : 1;
        for (; i < s.len && i - start < 8; i++) {
            int d = ascii_is_digit((unsigned char)s.data[i]) ? s.data[i] - '0'
                    : hex && ascii_is_alpha((unsigned char)s.data[i])
                        ? (s.data[i] | 32) - 'a' + 10
                        : -1;
            if (d < 0 || d > 15)
                break;
            c = c * (hex ? 16 : 10) + (uint32_t)d;
        }
        if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
            c = i > start ? ' ' : 0;
    } else {
        while (i < s.len && i - at < 12 &&
               ascii_is_alnum((unsigned char)s.data[i]))
            i++;
        c = html_entity_find(str_slice(s, at + 1, i));
    }
    *end = i < s.len && s.data[i] == ';' ? i + 1 : i;
    return c;
}

static void put_text(struct reader *r, struct str text)
{
    size_t start = 0;

    for (size_t i = 0; i < text.len; i++) {
        size_t end;
        char utf8[4];
        bool is_break = text.data[i] == '\n' && top(r)->is_pre;
        uint32_t c = text.data[i] == '&' ? take_reference(text, i, &end) : 0;
        /* A tab in the source is a space on the page. */
        bool is_tab = text.data[i] == '\t' && !top(r)->is_pre;
        if (!is_break && !c && !is_tab)
            continue;
        put(r, str_slice(text, start, i));
        if (is_break)
            flow_line(&r->flow, role_of(r));
        else if (is_tab)
            put(r, STR(" "));
        else
            put(r, (struct str){utf8, utf8_encode(c, utf8)});
        start = c ? end : i + 1;
        i = start - 1;
    }
    put(r, str_slice(text, start, text.len));
}

static void skip_space(struct reader *r)
{
    while (r->at < r->in.len &&
           ascii_is_space((unsigned char)r->in.data[r->at]))
        r->at++;
}

/* A value in quotes, or up to a space. */
static struct str take_value(struct reader *r)
{
    char quote = r->at < r->in.len ? r->in.data[r->at] : '\0';
    size_t start = r->at;

    if (quote == '"' || quote == '\'') {
        start = ++r->at;
        while (r->at < r->in.len && r->in.data[r->at] != quote)
            r->at++;
        struct str value = str_slice(r->in, start, r->at);
        r->at += r->at < r->in.len;
        return value;
    }
    while (r->at < r->in.len && r->in.data[r->at] != '>' &&
           !ascii_is_space((unsigned char)r->in.data[r->at]))
        r->at++;
    return str_slice(r->in, start, r->at);
}

static void take_attribute(struct reader *r, struct tag *tag)
{
    struct attribute a = {0};
    size_t start = r->at;

    while (r->at < r->in.len && !strchr("=>/ \t\r\n\f", r->in.data[r->at]))
        r->at++;
    a.name = str_slice(r->in, start, r->at);
    skip_space(r);
    if (r->at < r->in.len && r->in.data[r->at] == '=') {
        r->at++;
        skip_space(r);
        a.value = take_value(r);
    }
    if (a.name.len == 0 && a.value.len == 0)
        r->at += r->at < r->in.len && r->in.data[r->at] != '>';
    else if (tag->n_attributes < MAX_ATTRIBUTES)
        tag->attributes[tag->n_attributes++] = a;
}

static void take_tag(struct reader *r, struct tag *tag)
{
    size_t n = 0;

    tag->n_attributes = 0;
    tag->is_end = r->in.data[r->at + 1] == '/';
    tag->is_empty = false;
    r->at += tag->is_end ? 2 : 1;
    while (r->at < r->in.len && !strchr("> /\t\r\n\f", r->in.data[r->at])) {
        if (n + 1 < MAX_NAME)
            tag->name[n++] = ascii_lower(r->in.data[r->at]);
        r->at++;
    }
    memset(tag->name + n, 0, MAX_NAME - n);
    for (;;) {
        skip_space(r);
        if (r->at >= r->in.len)
            return;
        if (r->in.data[r->at] == '>') {
            r->at++;
            return;
        }
        tag->is_empty = r->in.data[r->at] == '/';
        if (tag->is_empty)
            r->at++;
        else
            take_attribute(r, tag);
    }
}

/* The content of script, style and their like, up to the end tag. */
static rsc_status skip_raw(struct reader *r, const struct tag *tag)
{
    char end[MAX_NAME + 3] = "</";
    size_t n = strlen(tag->name);

    memcpy(end + 2, tag->name, n);
    size_t found = str_find_nocase(r->in, (struct str){end, n + 2}, r->at);
    struct str content =
        str_slice(r->in, r->at, found == SIZE_MAX ? r->in.len : found);
    r->at = found == SIZE_MAX ? r->in.len : found;
    if (!strcmp(tag->name, "style"))
        return css_add_sheet(r->ctx, &r->css, content);
    return RSC_OK;
}

static rsc_status handle_tag(struct reader *r, const struct tag *tag)
{
    enum kind kind = kind_of(tag->name);

    if (kind == KIND_BREAK) {
        if (!top(r)->is_skipped)
            flow_line(&r->flow, role_of(r));
        r->label_due = false;
    } else if (kind == KIND_RULE) {
        end_line(r);
        flow_gap(&r->flow);
    } else if (tag->is_end) {
        if (kind != KIND_VOID && kind != KIND_RAW)
            close_element(r, tag->name);
    } else if (kind == KIND_RAW) {
        return tag->is_empty ? RSC_OK : skip_raw(r, tag);
    } else if (kind != KIND_VOID) {
        open_element(r, tag, kind);
    }
    return RSC_OK;
}

/* "<!-- -->", "<!DOCTYPE>", "<?xml ?>", "<![CDATA[": none is shown. */
static void skip_declaration(struct reader *r)
{
    struct str rest = str_slice(r->in, r->at, r->in.len);
    bool comment = str_starts(rest, STR("<!--"));
    size_t end = str_find(r->in, comment ? STR("-->") : STR(">"),
                          r->at + (comment ? 2 : 0));

    r->at = end == SIZE_MAX ? r->in.len : end + (comment ? 3 : 1);
}

static rsc_status read_all(struct reader *r)
{
    struct tag tag;
    rsc_status st = RSC_OK;

    while (!st && r->at < r->in.len && !r->flow.b->is_full) {
        const char *next = memchr(r->in.data + r->at, '<', r->in.len - r->at);
        size_t end = next ? (size_t)(next - r->in.data) : r->in.len;
        if (end > r->at)
            put_text(r, str_slice(r->in, r->at, end));
        r->at = end;
        if (end + 1 >= r->in.len)
            break;
        char c = r->in.data[end + 1];
        if (c == '!' || c == '?') {
            skip_declaration(r);
        } else if (ascii_is_alpha((unsigned char)c) || c == '/') {
            take_tag(r, &tag);
            st = handle_tag(r, &tag);
        } else {
            put(r, STR("<"));
            r->at++;
        }
        if (!st)
            st = ctx_check(r->ctx);
    }
    while (r->n_open > 0)
        close_top(r);
    flow_end(&r->flow);
    return st ? st : r->ctx->error.status;
}

rsc_status html_read(struct ctx *ctx, struct builder *b,
                     struct reading_facts *facts, const struct source *source)
{
    struct reader *r = ctx_calloc(ctx, 1, sizeof(*r));

    if (!r)
        return ctx->error.status;
    r->ctx = ctx;
    r->in = source->bytes;
    flow_init(&r->flow, ctx, b);
    facts->kind = DOCUMENT_HTML;
    facts->why_empty = "this page has no text that can be seen; a page that a "
                       "script fills must be saved as PDF";
    rsc_status st = read_all(r);
    flow_clear(&r->flow);
    return st;
}
