/* SPDX-License-Identifier: MIT */
/*
 * OpenDocument text: headers, body with lists, tables, frames and notes,
 * footers. Left out: comments, tracked deletions, hidden fields.
 */
#include "odt.h"

#include <stdlib.h>

#include "look.h"

/* Spans in spans; what nests deeper looks like its parent. */
#define MAX_LOOKS  32
#define MAX_STYLES 5000
/* Styles inherit in chains of a few; a ring ends here. */
#define MAX_CHAIN 20
/* One element may stand for many spaces. */
#define MAX_SPACES 8

struct odt_style {
    struct str name, parent;
    struct look look;
};

/* Which of the running titles a pass over the styles reads. */
enum pass {
    PASS_HEADERS,
    PASS_BODY,
    PASS_FOOTERS
};

struct odt_reader {
    struct ctx *ctx;
    struct flow flow;
    enum pass pass;
    VEC(struct odt_style) styles;
    struct odt_style *open_style;
    struct look looks[MAX_LOOKS]; /* [n_looks - 1] holds now */
    unsigned n_looks;             /* may exceed MAX_LOOKS */
    unsigned depth, skip_at;
    unsigned n_text; /* open text:p and text:h */
    bool in_content; /* in the body, a header or a footer */
    bool is_item;    /* the next paragraph begins an item of a list */
    bool has_label;
    struct canvas_colour cell_shade;
    bool in_cell;
};

static const struct canvas_colour white = {1, 1, 1, true};

static const struct odt_style *find_style(const struct odt_reader *r,
                                          struct str name)
{
    for (size_t i = r->styles.len; name.len && i-- > 0;) {
        if (str_eq(r->styles.items[i].name, name))
            return &r->styles.items[i];
    }
    return NULL;
}

/* What the style and its ancestors say. */
static struct look look_of(const struct odt_reader *r, const char *name)
{
    const struct odt_style *chain[MAX_CHAIN];
    struct look look = {0};
    size_t n = 0;

    for (const struct odt_style *s = find_style(r, str_of(name));
         s && n < MAX_CHAIN; s = find_style(r, s->parent))
        chain[n++] = s;
    while (n > 0)
        look_apply(&look, &chain[--n]->look);
    return look;
}

static struct look *current(struct odt_reader *r)
{
    unsigned n = r->n_looks < MAX_LOOKS ? r->n_looks : MAX_LOOKS;

    return n ? &r->looks[n - 1] : NULL;
}

static void push_look(struct odt_reader *r, const char *style, bool inherits)
{
    struct look look = {0};
    const struct look *outer = current(r);

    if (outer && inherits)
        look = *outer;
    if (style) {
        struct look over = look_of(r, style);
        look_apply(&look, &over);
    }
    if (r->n_looks++ < MAX_LOOKS)
        r->looks[r->n_looks - 1] = look;
}

static void pop_look(struct odt_reader *r)
{
    if (r->n_looks > 0)
        r->n_looks--;
}

static struct str attribute(struct odt_reader *r, const struct xml_tag *tag,
                            const char *name)
{
    const char *v = xml_attribute(tag, name);

    return v ? ctx_copy(r->ctx, str_of(v)) : STR_NONE;
}

/* "12pt", "0.3cm"; percentages of an unknown size say nothing. */
static float length_pt(const char *text)
{
    static const struct {
        const char *unit;
        float pt;
    } units[] = {
        {"pt", 1}, {"cm", 28.35f}, {"mm", 2.835f}, {"in", 72}, {"px", 0.75f}};
    char *end;

    if (!text)
        return 0;
    float v = strtof(text, &end);
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (!strcmp(end, units[i].unit) && v >= 0 && v < 5000)
            return v * units[i].pt;
    }
    return 0;
}

static void read_shade(struct look *look, const char *value)
{
    if (!value)
        return;
    look->has_shade = strcmp(value, "transparent") != 0;
    look->shade = (struct canvas_colour){0};
    look_colour(&look->shade, value);
}

static void style_property(struct odt_reader *r, const struct xml_tag *tag)
{
    struct look *look = &r->open_style->look;

    read_shade(look, xml_attribute(tag, "fo:background-color"));
    const char *fill = xml_attribute(tag, "draw:fill-color");
    if (fill)
        read_shade(look, fill);
    if (strcmp(tag->name, "style:text-properties"))
        return;
    const char *weight = xml_attribute(tag, "fo:font-weight");
    const char *display = xml_attribute(tag, "text:display");
    float size = length_pt(xml_attribute(tag, "fo:font-size"));
    if (weight) {
        look->has_bold = true;
        look->bold = !strcmp(weight, "bold") || strtol(weight, NULL, 10) >= 600;
    }
    if (display) {
        look->has_vanish = true;
        look->vanish = !strcmp(display, "none");
    }
    look->size = size > 0 ? size : look->size;
    look->has_colour |=
        look_colour(&look->colour, xml_attribute(tag, "fo:color"));
}

static void open_style(struct odt_reader *r, const struct xml_tag *tag)
{
    if (r->styles.len >= MAX_STYLES)
        return;
    r->open_style = vec_push(r->ctx, &r->styles);
    if (r->open_style)
        *r->open_style = (struct odt_style){
            .name = attribute(r, tag, "style:name"),
            .parent = attribute(r, tag, "style:parent-style-name"),
        };
}

static bool is_left_out(const char *name)
{
    static const char *const names[] = {
        "office:annotation", "office:annotation-end", "text:tracked-changes",
        "office:forms",      "office:scripts",        "svg:title",
        "svg:desc",          "text:ruby-text",        "text:note-citation",
        "office:meta",       "office:settings",       "text:page-number",
        "text:page-count",   "draw:glue-point",       NULL};

    for (size_t i = 0; names[i]; i++) {
        if (!strcmp(name, names[i]))
            return true;
    }
    return false;
}

static void put(struct odt_reader *r, struct str text)
{
    const struct look *look = current(r);
    struct canvas_colour under = r->in_cell ? r->cell_shade : white;

    if (!look)
        return;
    flow_style(&r->flow,
               look_style(look, look->has_shade ? look->shade : under));
    if (r->is_item && !r->has_label && !r->flow.style.is_hidden) {
        r->has_label = true;
        flow_text(&r->flow, STR("\xe2\x80\xa2 "));
    }
    flow_text(&r->flow, text);
}

static void put_spaces(struct odt_reader *r, const struct xml_tag *tag)
{
    const char *count = xml_attribute(tag, "text:c");
    long n = count ? strtol(count, NULL, 10) : 1;

    /* So many spaces are a tab of somebody who knew none. */
    put(r, n >= MAX_SPACES ? STR("\t") : STR(" "));
}

static void open_table_part(struct odt_reader *r, const struct xml_tag *tag)
{
    if (!strcmp(tag->name, "table:table-row")) {
        flow_row_open(&r->flow);
    } else if (!strcmp(tag->name, "table:table-cell")) {
        const char *style = xml_attribute(tag, "table:style-name");
        struct look look = style ? look_of(r, style) : (struct look){0};
        flow_cell(&r->flow);
        r->in_cell = true;
        r->cell_shade = look.has_shade ? look.shade : white;
    }
}

static void open_content(struct odt_reader *r, const struct xml_tag *tag)
{
    const char *name = tag->name;
    const char *style = xml_attribute(tag, "text:style-name");

    if (!strcmp(name, "text:p") || !strcmp(name, "text:h")) {
        r->n_text++;
        push_look(r, style, false);
    } else if (!strcmp(name, "text:span") || !strcmp(name, "text:a")) {
        push_look(r, style, true);
    } else if (!strcmp(name, "text:hidden-text") ||
               !strcmp(name, "text:hidden-paragraph")) {
        push_look(r, NULL, true);
        struct look *look = current(r);
        look->vanish = look->has_vanish = true;
    } else if (!strcmp(name, "text:s")) {
        put_spaces(r, tag);
    } else if (!strcmp(name, "text:tab")) {
        put(r, STR("\t"));
    } else if (!strcmp(name, "text:line-break")) {
        flow_line(&r->flow, LINE_BODY);
    } else if (!strcmp(name, "text:list-item")) {
        r->is_item = true;
        r->has_label = false;
    } else if (!strcmp(name, "draw:text-box") ||
               !strcmp(name, "text:note-body")) {
        flow_aside_open(&r->flow);
    } else {
        open_table_part(r, tag);
    }
}

/* Whether the content of this element is text that this pass reads. */
static bool begins_content(const struct odt_reader *r, const char *name)
{
    if (!strcmp(name, "office:text"))
        return r->pass == PASS_BODY;
    if (!strcmp(name, "style:header") || !strcmp(name, "style:header-first"))
        return r->pass == PASS_HEADERS;
    if (!strcmp(name, "style:footer") || !strcmp(name, "style:footer-first"))
        return r->pass == PASS_FOOTERS;
    return false;
}

static void on_open(void *arg, const struct xml_tag *tag)
{
    struct odt_reader *r = arg;

    r->depth++;
    if (r->skip_at)
        return;
    if (is_left_out(tag->name)) {
        r->skip_at = r->depth;
        return;
    }
    if (begins_content(r, tag->name))
        r->in_content = true;
    else if (r->in_content)
        open_content(r, tag);
    else if (r->pass == PASS_FOOTERS)
        return; /* the styles were read with the headers */
    else if (!strcmp(tag->name, "style:style"))
        open_style(r, tag);
    else if (r->open_style)
        style_property(r, tag);
}

static void end_paragraph(struct odt_reader *r, enum line_role role)
{
    if (role == LINE_BODY && r->is_item && r->has_label)
        role = LINE_ITEM;
    flow_line(&r->flow, role);
    r->is_item = false;
    r->n_text -= r->n_text > 0;
    pop_look(r);
}

static void close_content(struct odt_reader *r, const char *name)
{
    if (!strcmp(name, "text:p"))
        end_paragraph(r, LINE_BODY);
    else if (!strcmp(name, "text:h"))
        end_paragraph(r, LINE_HEADING);
    else if (!strcmp(name, "text:span") || !strcmp(name, "text:a") ||
             !strcmp(name, "text:hidden-text") ||
             !strcmp(name, "text:hidden-paragraph"))
        pop_look(r);
    else if (!strcmp(name, "draw:text-box") || !strcmp(name, "text:note-body"))
        flow_aside_close(&r->flow);
    else if (!strcmp(name, "table:table-row"))
        flow_row_close(&r->flow);
    else if (!strcmp(name, "table:table-cell"))
        r->in_cell = false;
    else if (!strcmp(name, "table:table"))
        flow_gap(&r->flow);
}

static void on_close(void *arg, const char *name)
{
    struct odt_reader *r = arg;
    unsigned depth = r->depth--;

    if (r->skip_at) {
        if (r->skip_at == depth)
            r->skip_at = 0;
        return;
    }
    if (begins_content(r, name)) {
        r->in_content = false;
        flow_gap(&r->flow);
    } else if (r->in_content) {
        close_content(r, name);
    } else if (!strcmp(name, "style:style")) {
        r->open_style = NULL;
    }
}

static void on_text(void *arg, struct str text)
{
    struct odt_reader *r = arg;

    if (!r->skip_at && r->in_content && r->n_text > 0)
        put(r, text);
}

static rsc_status read_part(struct odt_reader *r, struct archive *archive,
                            const char *name, enum pass pass)
{
    struct xml_handler handler = {on_open, on_close, on_text, r};

    r->pass = pass;
    r->depth = r->skip_at = r->n_looks = r->n_text = 0;
    r->in_content = r->in_cell = r->is_item = false;
    rsc_status st =
        archive_parse(r->ctx, archive, name, "the text of this .odt", &handler);
    flow_end(&r->flow);
    return st;
}

/* An encrypted document says so in its list of parts. */
static rsc_status check_password(struct ctx *ctx, struct archive *archive)
{
    struct str manifest;
    rsc_status st =
        archive_head(ctx, &manifest, archive, "META-INF/manifest.xml", 65536);

    if (!st && str_find(manifest, STR("encryption-data"), 0) != SIZE_MAX)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "this .odt is protected with a password; save a copy "
                        "without one");
    return st;
}

static struct odt_reader *new_reader(struct ctx *ctx, struct builder *b,
                                     struct reading_facts *facts)
{
    struct odt_reader *r = ctx_calloc(ctx, 1, sizeof(*r));

    if (!r)
        return NULL;
    r->ctx = ctx;
    flow_init(&r->flow, ctx, b);
    facts->kind = DOCUMENT_ODT;
    facts->method = STR("odt");
    facts->why_empty = "this .odt has no text; if you see some, it is in a "
                       "picture, so type it in or use the original";
    return r;
}

rsc_status odt_read(struct ctx *ctx, struct builder *b,
                    struct reading_facts *facts, struct archive *archive)
{
    rsc_status st = check_password(ctx, archive);
    struct odt_reader *r = new_reader(ctx, b, facts);

    if (st || !r)
        return ctx->error.status;
    st = read_part(r, archive, "styles.xml", PASS_HEADERS);
    if (!st)
        st = read_part(r, archive, "content.xml", PASS_BODY);
    if (!st)
        st = read_part(r, archive, "styles.xml", PASS_FOOTERS);
    flow_clear(&r->flow);
    return st ? st : ctx->error.status;
}

rsc_status fodt_read(struct ctx *ctx, struct builder *b,
                     struct reading_facts *facts, const struct source *source)
{
    struct odt_reader *r = new_reader(ctx, b, facts);
    struct xml_handler handler = {on_open, on_close, on_text, r};
    struct xml *xml = NULL;

    if (!r)
        return ctx->error.status;
    r->pass = PASS_BODY;
    rsc_status st = xml_open(ctx, &xml, "the text of this .fodt", &handler);
    if (!st)
        st = xml_feed(ctx, xml, source->bytes, true);
    xml_close(xml);
    flow_end(&r->flow);
    flow_clear(&r->flow);
    return st ? st : ctx->error.status;
}
