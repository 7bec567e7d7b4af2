/* SPDX-License-Identifier: MIT */
/*
 * The text of a .docx as it would be printed: headers, body with tables and
 * text boxes, notes, footers. Left out: comments, tracked deletions and moves,
 * field codes, the second copy of each drawing for old programs.
 */
#include "docx.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "docx_parts.h"
#include "flow.h"

/* Paragraphs in text boxes in paragraphs. */
#define MAX_NESTED 8

struct paragraph {
    const struct docx_style *style;
    struct look look; /* of its style */
    struct canvas_colour shade;
    bool has_shade;
    bool is_heading;
    int list;
    unsigned level;
    bool is_labelled;
};

struct reader {
    struct ctx *ctx;
    struct docx_parts *parts;
    struct flow flow;
    struct paragraph nested[MAX_NESTED];
    unsigned n_nested;
    struct look run; /* of the open run */
    unsigned depth;
    unsigned skip_at; /* depth of the element that is left out, or 0 */
    bool in_paragraph_properties, in_run_properties, in_text;
    /* What lies behind the text: page, cell, text box. */
    struct canvas_colour cell_shade, box_shade;
    bool in_cell, in_cell_properties, in_box, in_shape_outline;
    bool in_offset, is_box_far; /* of the open drawing */
    bool has_table_style;
    /* References to headers and footers, found in the first pass. */
    VEC(struct str) references;
    bool has_title_page;
};

static const struct canvas_colour white = {1, 1, 1, true};
static const struct canvas_colour unknown = {0, 0, 0, false};

static struct paragraph *open_paragraph(struct reader *r)
{
    unsigned n = r->n_nested < MAX_NESTED ? r->n_nested : MAX_NESTED;

    return n ? &r->nested[n - 1] : NULL;
}

static struct canvas_colour background(const struct reader *r,
                                       const struct look *look,
                                       const struct paragraph *p)
{
    if (look->has_shade)
        return look->shade;
    if (p && p->has_shade)
        return p->shade;
    if (r->in_cell)
        return r->cell_shade;
    return r->in_box ? r->box_shade : white;
}

/* How the open run looks, its hidden reasons included. */
static struct flow_style run_style(struct reader *r)
{
    const struct paragraph *p = open_paragraph(r);
    struct look look = r->parts->defaults;

    if (p)
        look_apply(&look, &p->look);
    look_apply(&look, &r->run);
    if (r->in_box && r->is_box_far)
        look.far_frame = true;
    return look_style(&look, background(r, &look, p));
}

static void set_style(struct paragraph *p, const struct docx_style *style)
{
    if (!style)
        return;
    p->style = style;
    p->look = style->look;
    p->is_heading = style->is_heading;
    p->list = style->list;
    p->has_shade = style->look.has_shade;
    p->shade = style->look.shade;
}

static const struct docx_style *default_style(const struct docx_parts *parts)
{
    for (size_t i = 0; i < parts->styles.len; i++) {
        if (parts->styles.items[i].is_default)
            return &parts->styles.items[i];
    }
    return NULL;
}

static void begin_paragraph(struct reader *r)
{
    if (r->n_nested++ >= MAX_NESTED)
        return;
    struct paragraph *p = open_paragraph(r);
    *p = (struct paragraph){.list = -1};
    set_style(p, default_style(r->parts));
    r->run = (struct look){0};
}

/* The label of a list stands before the first text of its paragraph. */
static void put_label(struct reader *r)
{
    struct paragraph *p = open_paragraph(r);

    if (!p || p->is_labelled || p->list <= 0)
        return;
    p->is_labelled = true;
    struct str label = docx_next_label(r->ctx, r->parts, p->list, p->level);
    if (p->is_heading)
        p->list = -1;
    else
        flow_text(&r->flow, label);
}

static enum line_role role_of(const struct paragraph *p)
{
    if (p && p->is_heading)
        return LINE_HEADING;
    return p && p->is_labelled && p->list > 0 ? LINE_ITEM : LINE_BODY;
}

static void end_paragraph(struct reader *r)
{
    flow_line(&r->flow, role_of(open_paragraph(r)));
    if (r->n_nested > 0)
        r->n_nested--;
}

static void put(struct reader *r, struct str text)
{
    flow_style(&r->flow, run_style(r));
    if (!r->flow.style.is_hidden)
        put_label(r);
    flow_text(&r->flow, text);
}

/* A character of a symbol font; the cleaner knows its bullets. */
static void put_symbol(struct reader *r, const struct xml_tag *tag)
{
    const char *code = xml_attribute(tag, "w:char");
    unsigned long c = code ? strtoul(code, NULL, 16) : 0;
    char utf8[4];

    if (c >= 0x20 && c < 0xd800)
        put(r, (struct str){utf8, utf8_encode((uint32_t)c, utf8)});
    else if (c >= 0xe000 && c <= 0xf8ff)
        put(r, (struct str){utf8, utf8_encode((uint32_t)c, utf8)});
}

static bool is_left_out(const char *name)
{
    static const char *const names[] = {"w:del",
                                        "w:moveFrom",
                                        "mc:Fallback",
                                        "w:instrText",
                                        "w:delText",
                                        "w:delInstrText",
                                        "w:annotationRef",
                                        "w:footnoteRef",
                                        "w:endnoteRef",
                                        "w:separator",
                                        "w:continuationSeparator",
                                        "w:rPrChange",
                                        "w:pPrChange",
                                        "w:tblPrChange",
                                        "w:tcPrChange",
                                        "w:trPrChange",
                                        "w:sectPrChange",
                                        "wp14:sizeRelH",
                                        "wp14:sizeRelV",
                                        "w:rt",
                                        NULL};

    for (size_t i = 0; names[i]; i++) {
        if (!strcmp(name, names[i]))
            return true;
    }
    return false;
}

static void paragraph_property(struct reader *r, const struct xml_tag *tag)
{
    struct paragraph *p = open_paragraph(r);
    const char *v = xml_attribute(tag, "w:val");

    /* What is said of the paragraph mark says nothing of the text. */
    if (!p || r->in_run_properties)
        return;
    if (!strcmp(tag->name, "w:pStyle")) {
        set_style(p, docx_style_find(r->parts, v));
    } else if (!strcmp(tag->name, "w:outlineLvl") && v) {
        p->is_heading = docx_count(v, 9) < 9;
    } else if (!strcmp(tag->name, "w:numId") && v) {
        p->list = docx_count(v, INT16_MAX);
    } else if (!strcmp(tag->name, "w:ilvl") && v) {
        p->level = (unsigned)docx_count(v, 100);
    } else if (!strcmp(tag->name, "w:shd")) {
        struct look look = {0};
        docx_look_read(&look, tag);
        p->has_shade = look.has_shade;
        p->shade = look.shade;
    } else {
        docx_paragraph_read(&p->look, tag);
    }
}

/* Where a shape stands and its fill, which a text box in it stands on. */
static void shape_property(struct reader *r, const struct xml_tag *tag)
{
    if (!strcmp(tag->name, "wp:anchor"))
        r->is_box_far = false;
    else if (!strcmp(tag->name, "wp:posOffset"))
        r->in_offset = true;
    else if (!strcmp(tag->name, "wps:spPr"))
        r->box_shade = unknown;
    else if (!strcmp(tag->name, "a:ln"))
        r->in_shape_outline = true;
    else if (r->in_shape_outline)
        return;
    else if (!strcmp(tag->name, "a:noFill"))
        r->box_shade = white;
    else if (!strcmp(tag->name, "a:srgbClr"))
        look_colour(&r->box_shade, xml_attribute(tag, "val"));
}

static void table_property(struct reader *r, const struct xml_tag *tag)
{
    const char *v = xml_attribute(tag, "w:val");

    if (!strcmp(tag->name, "w:tbl")) {
        r->has_table_style = false;
    } else if (!strcmp(tag->name, "w:tblStyle")) {
        r->has_table_style = v && strcmp(v, "TableGrid") &&
                             strcmp(v, "TableNormal") && strcmp(v, "a1");
    } else if (!strcmp(tag->name, "w:tr")) {
        flow_row_open(&r->flow);
    } else if (!strcmp(tag->name, "w:tc")) {
        flow_cell(&r->flow);
        r->in_cell = true;
        /* A style of tables may shade any cell. */
        r->cell_shade = r->has_table_style ? unknown : white;
    } else if (!strcmp(tag->name, "w:tcPr")) {
        r->in_cell_properties = true;
    } else if (!strcmp(tag->name, "w:shd") && r->in_cell_properties) {
        struct look look = {0};
        docx_look_read(&look, tag);
        r->cell_shade = look.shade;
    }
}

static void run_content(struct reader *r, const struct xml_tag *tag)
{
    const char *name = tag->name;

    if (!strcmp(name, "w:t") || !strcmp(name, "m:t"))
        r->in_text = true;
    else if (!strcmp(name, "w:tab") && !r->in_paragraph_properties)
        put(r, STR("\t"));
    else if (!strcmp(name, "w:ptab"))
        put(r, STR("\t"));
    else if (!strcmp(name, "w:br") || !strcmp(name, "w:cr"))
        flow_line(&r->flow, role_of(open_paragraph(r)));
    else if (!strcmp(name, "w:noBreakHyphen"))
        put(r, STR("-"));
    else if (!strcmp(name, "w:sym"))
        put_symbol(r, tag);
}

static void on_open(void *arg, const struct xml_tag *tag)
{
    struct reader *r = arg;
    const char *name = tag->name;

    r->depth++;
    if (r->skip_at)
        return;
    if (is_left_out(name)) {
        r->skip_at = r->depth;
        return;
    }
    if (!strcmp(name, "w:p"))
        begin_paragraph(r);
    else if (!strcmp(name, "w:pPr"))
        r->in_paragraph_properties = true;
    else if (!strcmp(name, "w:rPr"))
        r->in_run_properties = true;
    else if (!strcmp(name, "w:r"))
        r->run = (struct look){0};
    else if (!strcmp(name, "w:rStyle") && !r->in_paragraph_properties) {
        const struct docx_style *s =
            docx_style_find(r->parts, xml_attribute(tag, "w:val"));
        if (s)
            look_apply(&r->run, &s->look);
    } else if (!strcmp(name, "w:txbxContent")) {
        flow_aside_open(&r->flow);
        r->in_box = true;
    } else if (r->in_paragraph_properties)
        paragraph_property(r, tag);
    else if (r->in_run_properties)
        docx_look_read(&r->run, tag);
    else {
        table_property(r, tag);
        shape_property(r, tag);
        run_content(r, tag);
    }
}

static void on_close(void *arg, const char *name)
{
    struct reader *r = arg;
    unsigned depth = r->depth--;

    if (r->skip_at) {
        if (r->skip_at == depth)
            r->skip_at = 0;
        return;
    }
    if (!strcmp(name, "w:t") || !strcmp(name, "m:t"))
        r->in_text = false;
    else if (!strcmp(name, "w:p"))
        end_paragraph(r);
    else if (!strcmp(name, "w:pPr"))
        r->in_paragraph_properties = false;
    else if (!strcmp(name, "w:rPr"))
        r->in_run_properties = false;
    else if (!strcmp(name, "a:ln"))
        r->in_shape_outline = false;
    else if (!strcmp(name, "wp:posOffset"))
        r->in_offset = false;
    else if (!strcmp(name, "wp:anchor"))
        r->is_box_far = false;
    else if (!strcmp(name, "w:tr"))
        flow_row_close(&r->flow);
    else if (!strcmp(name, "w:tcPr"))
        r->in_cell_properties = false;
    else if (!strcmp(name, "w:tc")) {
        /* Behind a table in a cell: the cell's own shade is forgotten. */
        r->in_cell = r->flow.n_open > 1;
        r->cell_shade = unknown;
    } else if (!strcmp(name, "w:tbl"))
        flow_gap(&r->flow);
    else if (!strcmp(name, "w:txbxContent")) {
        flow_aside_close(&r->flow);
        r->in_box = false;
        r->box_shade = unknown;
    }
}

static void on_text(void *arg, struct str text)
{
    struct reader *r = arg;

    if (!r->skip_at && r->in_text)
        put(r, text);
    else if (!r->skip_at && r->in_offset)
        r->is_box_far |= docx_is_far(text);
}

static rsc_status read_part(struct reader *r, struct archive *archive,
                            const char *name, const char *what)
{
    struct xml_handler handler = {on_open, on_close, on_text, r};

    r->depth = r->skip_at = r->n_nested = 0;
    r->in_cell = r->in_box = r->in_text = r->has_table_style = false;
    r->in_paragraph_properties = r->in_run_properties = false;
    r->in_shape_outline = r->in_cell_properties = false;
    r->in_offset = r->is_box_far = false;
    r->box_shade = unknown;
    rsc_status st = archive_parse(r->ctx, archive, name, what, &handler);
    flow_end(&r->flow);
    flow_gap(&r->flow);
    return st;
}

/* First pass over the body: which headers and footers a page shows. */
static void find_references(void *arg, const struct xml_tag *tag)
{
    struct reader *r = arg;

    if (!strcmp(tag->name, "w:titlePg") && docx_is_on(tag))
        r->has_title_page = true;
    if (strcmp(tag->name, "w:headerReference") &&
        strcmp(tag->name, "w:footerReference"))
        return;
    const char *type = xml_attribute(tag, "w:type");
    const char *id = xml_attribute(tag, "r:id");
    if (!id || (type && !strcmp(type, "even")) || r->references.len >= 100)
        return;
    struct str *reference = vec_push(r->ctx, &r->references);
    if (reference)
        *reference = ctx_printf(r->ctx, "%c%s",
                                type && !strcmp(type, "first") ? 'f' : 'd', id);
}

static void ignore_close(void *arg, const char *name)
{
    (void)arg;
    (void)name;
}

static bool is_shown(const struct reader *r, struct str id)
{
    for (size_t i = 0; i < r->references.len; i++) {
        struct str reference = r->references.items[i];
        if (str_eq(str_slice(reference, 1, reference.len), id))
            return reference.data[0] == 'd' || r->has_title_page;
    }
    return false;
}

/* Every part of one type that the pages show. */
static rsc_status read_parts(struct reader *r, struct archive *archive,
                             struct str type, bool if_shown)
{
    char name[300];
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < r->parts->relations.len && !st; i++) {
        const struct docx_relation *relation = &r->parts->relations.items[i];
        if (str_eq(relation->type, type) &&
            (!if_shown || is_shown(r, relation->id)) &&
            docx_part_name(r->parts, relation, name, sizeof(name)))
            st = read_part(r, archive, name, "a part of this .docx");
    }
    return st;
}

static rsc_status read_all(struct reader *r, struct archive *archive)
{
    struct xml_handler first = {find_references, ignore_close, NULL, r};
    rsc_status st = docx_parts_read(r->ctx, r->parts, archive);

    if (!st && !archive_has(archive, r->parts->document))
        return ctx_fail(r->ctx, RSC_EFORMAT,
                        "this .docx is damaged: its text is missing; open it "
                        "in Word or LibreOffice and save it again");
    if (!st)
        st = archive_parse(r->ctx, archive, r->parts->document,
                           "the text of this .docx", &first);
    if (!st)
        st = read_parts(r, archive, STR("header"), true);
    if (!st)
        st =
            read_part(r, archive, r->parts->document, "the text of this .docx");
    if (!st)
        st = read_parts(r, archive, STR("footnotes"), false);
    if (!st)
        st = read_parts(r, archive, STR("endnotes"), false);
    if (!st)
        st = read_parts(r, archive, STR("footer"), true);
    return st;
}

rsc_status docx_read(struct ctx *ctx, struct builder *b,
                     struct reading_facts *facts, struct archive *archive)
{
    struct reader *r = ctx_calloc(ctx, 1, sizeof(*r));
    struct docx_parts *parts = ctx_calloc(ctx, 1, sizeof(*parts));

    if (!r || !parts)
        return ctx->error.status;
    r->ctx = ctx;
    r->parts = parts;
    flow_init(&r->flow, ctx, b);
    facts->kind = DOCUMENT_DOCX;
    facts->method = STR("docx");
    facts->why_empty = "this .docx has no text; if you see some, it is in a "
                       "picture, so type it in or use the original";
    rsc_status st = read_all(r, archive);
    flow_clear(&r->flow);
    return st ? st : ctx->error.status;
}
