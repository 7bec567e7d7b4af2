/* SPDX-License-Identifier: MIT */
#include "docx_parts.h"

#include <stdio.h>
#include <stdlib.h>

/* Word itself defines 400 styles; a list has nine levels. */
#define MAX_STYLES    2000
#define MAX_LISTS     1000
#define MAX_RELATIONS 2000
/* Styles inherit in chains of a few; a ring ends here. */
#define MAX_CHAIN 20
/* In twentieths of a point: 4 pt, and a page of 11 inches on its side. */
#define LOWEST_LINE 80
#define PAGE_WIDTH  15840
#define EMU_OF_ONE  635

struct part_reader {
    struct ctx *ctx;
    struct docx_parts *parts;
    struct docx_style *style; /* that is open */
    struct docx_list *list;
    struct docx_level *level;
    bool in_defaults;
};

bool docx_is_on(const struct xml_tag *tag)
{
    const char *v = xml_attribute(tag, "w:val");

    return !v || (strcmp(v, "0") && strcmp(v, "false") && strcmp(v, "off") &&
                  strcmp(v, "none"));
}

int docx_count(const char *text, int max)
{
    if (!text)
        return -1;
    long v = strtol(text, NULL, 10);
    if (v < 0)
        return 0;
    return v > max ? max : (int)v;
}

/* Word's own names of the colours of its marker. */
static struct canvas_colour highlight(const char *name)
{
    static const struct {
        const char *name, *hex;
    } colours[] = {
        {"black", "000000"},     {"blue", "0000FF"},
        {"cyan", "00FFFF"},      {"darkBlue", "000080"},
        {"darkCyan", "008080"},  {"darkGray", "808080"},
        {"darkGreen", "008000"}, {"darkMagenta", "800080"},
        {"darkRed", "800000"},   {"darkYellow", "808000"},
        {"green", "00FF00"},     {"lightGray", "C0C0C0"},
        {"magenta", "FF00FF"},   {"red", "FF0000"},
        {"white", "FFFFFF"},     {"yellow", "FFFF00"},
    };
    struct canvas_colour out = {0};

    for (size_t i = 0; name && i < sizeof(colours) / sizeof(colours[0]); i++)
        if (!strcmp(name, colours[i].name))
            look_colour(&out, colours[i].hex);
    return out;
}

/* A line of a fixed height cuts off what does not fit into it. */
static void read_spacing(struct look *look, const struct xml_tag *tag)
{
    const char *rule = xml_attribute(tag, "w:lineRule");
    int twentieths = docx_count(xml_attribute(tag, "w:line"), 100000);

    if (twentieths < 0)
        return; /* it is the space around a paragraph or between letters */
    look->has_flat = true;
    look->flat = rule && !strcmp(rule, "exact") && twentieths < LOWEST_LINE;
}

static bool is_far(long twentieths)
{
    return twentieths > PAGE_WIDTH || twentieths < -PAGE_WIDTH;
}

static void read_indent(struct look *look, const struct xml_tag *tag)
{
    const char *left = xml_attribute(tag, "w:left");

    if (!left)
        left = xml_attribute(tag, "w:start");
    if (!left)
        return;
    look->has_off_page = true;
    look->off_page = is_far(strtol(left, NULL, 10));
}

bool docx_is_far(struct str emu)
{
    char text[24] = "";

    memcpy(text, emu.data, emu.len < sizeof(text) ? emu.len : sizeof(text) - 1);
    return is_far(strtol(text, NULL, 10) / EMU_OF_ONE);
}

static void read_frame(struct look *look, const struct xml_tag *tag)
{
    const char *x = xml_attribute(tag, "w:x"), *y = xml_attribute(tag, "w:y");

    look->has_far_frame = true;
    look->far_frame = (x && is_far(strtol(x, NULL, 10))) ||
                      (y && is_far(strtol(y, NULL, 10)));
}

void docx_paragraph_read(struct look *look, const struct xml_tag *tag)
{
    if (!strcmp(tag->name, "w:spacing"))
        read_spacing(look, tag);
    else if (!strcmp(tag->name, "w:ind"))
        read_indent(look, tag);
    else if (!strcmp(tag->name, "w:framePr"))
        read_frame(look, tag);
}

void docx_look_read(struct look *look, const struct xml_tag *tag)
{
    const char *name = tag->name;

    if (!strcmp(name, "w:b")) {
        look->bold = docx_is_on(tag);
        look->has_bold = true;
    } else if (!strcmp(name, "w:vanish")) {
        look->vanish = docx_is_on(tag);
        look->has_vanish = true;
    } else if (!strcmp(name, "w:webHidden") || !strcmp(name, "w:specVanish")) {
        /* Off, they do not take back what w:vanish beside them says. */
        if (docx_is_on(tag))
            look->vanish = look->has_vanish = true;
    } else if (!strcmp(name, "w:w")) {
        int percent = docx_count(xml_attribute(tag, "w:val"), 600);
        look->stretch = percent > 0 ? (float)percent / 100 : look->stretch;
    } else if (!strcmp(name, "w:sz")) {
        int half = docx_count(xml_attribute(tag, "w:val"), 3276);
        look->size = half > 0 ? (float)half / 2 : look->size;
    } else if (!strcmp(name, "w:color")) {
        look->has_colour =
            look_colour(&look->colour, xml_attribute(tag, "w:val"));
    } else if (!strcmp(name, "w:shd")) {
        /* A pattern or a theme colour is some colour that is not known. */
        look->shade = (struct canvas_colour){0};
        const char *fill = xml_attribute(tag, "w:fill");
        if (fill && !strcmp(fill, "auto"))
            look->shade = (struct canvas_colour){1, 1, 1, true};
        else
            look_colour(&look->shade, fill);
        look->has_shade = true;
    } else if (!strcmp(name, "w:highlight") && docx_is_on(tag)) {
        look->shade = highlight(xml_attribute(tag, "w:val"));
        look->has_shade = true;
    }
}

const struct docx_style *docx_style_find(const struct docx_parts *parts,
                                         const char *id)
{
    for (size_t i = 0; id && i < parts->styles.len; i++) {
        if (str_eq(parts->styles.items[i].id, str_of(id)))
            return &parts->styles.items[i];
    }
    return NULL;
}

static struct str attribute(struct part_reader *r, const struct xml_tag *tag,
                            const char *name)
{
    const char *v = xml_attribute(tag, name);

    return v ? ctx_copy(r->ctx, str_of(v)) : STR_NONE;
}

static void open_style(struct part_reader *r, const struct xml_tag *tag)
{
    const char *type = xml_attribute(tag, "w:type");
    const char *is_default = xml_attribute(tag, "w:default");

    if (r->parts->styles.len >= MAX_STYLES)
        return;
    r->style = vec_push(r->ctx, &r->parts->styles);
    if (!r->style)
        return;
    *r->style = (struct docx_style){
        .id = attribute(r, tag, "w:styleId"),
        .is_default = is_default && *is_default == '1' && type &&
                      !strcmp(type, "paragraph"),
        .list = -1,
    };
}

static bool is_heading_name(const char *name)
{
    struct str s = str_of(name);

    return str_starts_nocase(s, STR("heading ")) ||
           str_eq_nocase(s, STR("title")) || str_eq_nocase(s, STR("subtitle"));
}

static void style_open(void *arg, const struct xml_tag *tag)
{
    struct part_reader *r = arg;
    const char *v = xml_attribute(tag, "w:val");

    if (!strcmp(tag->name, "w:rPrDefault"))
        r->in_defaults = true;
    if (!strcmp(tag->name, "w:style"))
        open_style(r, tag);
    if (r->in_defaults)
        docx_look_read(&r->parts->defaults, tag);
    if (!r->style)
        return;
    docx_look_read(&r->style->look, tag);
    docx_paragraph_read(&r->style->look, tag);
    if (!strcmp(tag->name, "w:basedOn"))
        r->style->parent = attribute(r, tag, "w:val");
    else if (!strcmp(tag->name, "w:name") && v)
        r->style->is_heading |= is_heading_name(v);
    else if (!strcmp(tag->name, "w:outlineLvl"))
        r->style->is_heading |= docx_count(v, 9) < 9;
    else if (!strcmp(tag->name, "w:numId"))
        r->style->list = docx_count(v, INT16_MAX);
}

static void style_close(void *arg, const char *name)
{
    struct part_reader *r = arg;

    if (!strcmp(name, "w:style"))
        r->style = NULL;
    if (!strcmp(name, "w:rPrDefault"))
        r->in_defaults = false;
}

/* Gives each style what its ancestors say. */
static void inherit(struct docx_parts *parts, size_t index)
{
    const struct docx_style *chain[MAX_CHAIN];
    struct docx_style *style = &parts->styles.items[index];
    struct look look = {0};
    size_t n = 0;

    for (const struct docx_style *s = style; s && n < MAX_CHAIN;) {
        chain[n++] = s;
        s = s->parent.data ? docx_style_find(parts, s->parent.data) : NULL;
    }
    while (n > 0) {
        const struct docx_style *s = chain[--n];
        look_apply(&look, &s->look);
        style->is_heading |= s->is_heading;
        style->list = s->list >= 0 ? s->list : style->list;
    }
    style->look = look;
}

static uint8_t number_kind(const char *name)
{
    if (!name || !strcmp(name, "bullet"))
        return DOCX_BULLET;
    if (!strcmp(name, "none"))
        return DOCX_NO_NUMBER;
    if (str_ends(str_of(name), STR("Letter")))
        return DOCX_LETTER;
    if (str_ends(str_of(name), STR("Roman")))
        return DOCX_ROMAN;
    return DOCX_DECIMAL;
}

static void open_list(struct part_reader *r, const struct xml_tag *tag)
{
    if (r->parts->lists.len >= MAX_LISTS)
        return;
    r->list = vec_push(r->ctx, &r->parts->lists);
    if (r->list)
        *r->list =
            (struct docx_list){.id = attribute(r, tag, "w:abstractNumId")};
}

static void open_number(struct part_reader *r, const struct xml_tag *tag)
{
    if (r->parts->numbers.len >= MAX_LISTS)
        return;
    struct docx_number_id *id = vec_push(r->ctx, &r->parts->numbers);
    if (id)
        *id = (struct docx_number_id){
            docx_count(xml_attribute(tag, "w:numId"), INT16_MAX), STR_NONE};
}

static void numbering_open(void *arg, const struct xml_tag *tag)
{
    struct part_reader *r = arg;
    const char *v = xml_attribute(tag, "w:val");

    if (!strcmp(tag->name, "w:abstractNum"))
        open_list(r, tag);
    else if (!strcmp(tag->name, "w:num"))
        open_number(r, tag);
    else if (!strcmp(tag->name, "w:abstractNumId") && r->parts->numbers.len)
        r->parts->numbers.items[r->parts->numbers.len - 1].list =
            attribute(r, tag, "w:val");
    if (r->list && !strcmp(tag->name, "w:lvl")) {
        int level = docx_count(xml_attribute(tag, "w:ilvl"), DOCX_LEVELS - 1);
        r->level = &r->list->levels[level < 0 ? 0 : level];
        r->level->start = 1;
    }
    if (!r->level)
        return;
    if (!strcmp(tag->name, "w:numFmt"))
        r->level->kind = number_kind(v);
    else if (!strcmp(tag->name, "w:lvlText"))
        r->level->text = attribute(r, tag, "w:val");
    else if (!strcmp(tag->name, "w:start"))
        r->level->start = (unsigned)docx_count(v ? v : "1", 100000);
}

static void numbering_close(void *arg, const char *name)
{
    struct part_reader *r = arg;

    if (!strcmp(name, "w:lvl"))
        r->level = NULL;
    if (!strcmp(name, "w:abstractNum"))
        r->list = NULL;
}

static void relations_open(void *arg, const struct xml_tag *tag)
{
    struct part_reader *r = arg;

    if (strcmp(tag->name, "Relationship") ||
        r->parts->relations.len >= MAX_RELATIONS)
        return;
    struct docx_relation *relation = vec_push(r->ctx, &r->parts->relations);
    if (!relation)
        return;
    struct str type = attribute(r, tag, "Type");
    for (size_t i = type.len; i > 0; i--) {
        if (type.data[i - 1] == '/') {
            type = str_slice(type, i, type.len);
            break;
        }
    }
    *relation = (struct docx_relation){
        .id = attribute(r, tag, "Id"),
        .type = type,
        .target = attribute(r, tag, "Target"),
    };
}

static void ignore_close(void *arg, const char *name)
{
    (void)arg;
    (void)name;
}

/* Resolves "media/x.xml", "/word/x.xml" and "../x.xml" against the folder of
 * the main part. */
bool docx_part_name(const struct docx_parts *parts,
                    const struct docx_relation *relation, char *out,
                    size_t size)
{
    struct str target = relation->target;
    struct str folder = str_of(parts->document);

    while (folder.len > 0 && folder.data[folder.len - 1] != '/')
        folder.len--;
    if (str_starts(target, STR("/"))) {
        folder.len = 0;
        target = str_slice(target, 1, target.len);
    } else if (str_starts(target, STR("../"))) {
        folder.len = 0;
        target = str_slice(target, 3, target.len);
    }
    if (target.len == 0 || folder.len + target.len >= size)
        return false;
    snprintf(out, size, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
    return true;
}

/* The main part, by the relations of the package. */
static rsc_status find_document(struct ctx *ctx, struct docx_parts *parts,
                                struct archive *archive,
                                const struct xml_handler *handler)
{
    char name[256];
    rsc_status st = archive_parse(ctx, archive, "_rels/.rels",
                                  "the index of this .docx", handler);

    snprintf(parts->document, sizeof(parts->document), "word/document.xml");
    for (size_t i = 0; i < parts->relations.len && !st; i++) {
        const struct docx_relation *r = &parts->relations.items[i];
        struct docx_parts root = {0};
        if (str_eq(r->type, STR("officeDocument")) &&
            docx_part_name(&root, r, name, sizeof(name)) &&
            archive_has(archive, name))
            memcpy(parts->document, name, sizeof(name));
    }
    parts->relations.len = 0;
    return st;
}

rsc_status docx_parts_read(struct ctx *ctx, struct docx_parts *out,
                           struct archive *archive)
{
    struct part_reader r = {.ctx = ctx, .parts = out};
    struct xml_handler relations = {relations_open, ignore_close, NULL, &r};
    struct xml_handler styles = {style_open, style_close, NULL, &r};
    struct xml_handler numbering = {numbering_open, numbering_close, NULL, &r};
    char name[300];

    rsc_status st = find_document(ctx, out, archive, &relations);
    if (st)
        return st;
    const char *slash = strrchr(out->document, '/');
    int folder = slash ? (int)(slash - out->document) + 1 : 0;
    snprintf(name, sizeof(name), "%.*s_rels/%s.rels", folder, out->document,
             out->document + folder);
    st = archive_parse(ctx, archive, name, "the index of this .docx",
                       &relations);
    for (size_t i = 0; i < out->relations.len && !st; i++) {
        const struct docx_relation *relation = &out->relations.items[i];
        if (!docx_part_name(out, relation, name, sizeof(name)))
            continue;
        if (str_eq(relation->type, STR("styles")))
            st = archive_parse(ctx, archive, name, "the styles of this .docx",
                               &styles);
        else if (str_eq(relation->type, STR("numbering")))
            st = archive_parse(ctx, archive, name, "the lists of this .docx",
                               &numbering);
    }
    for (size_t i = 0; i < out->styles.len; i++)
        inherit(out, i);
    return st ? st : ctx->error.status;
}

static struct docx_list *find_list(struct docx_parts *parts, int id)
{
    for (size_t i = 0; i < parts->numbers.len; i++) {
        if (parts->numbers.items[i].id != id)
            continue;
        for (size_t j = 0; j < parts->lists.len; j++) {
            if (str_eq(parts->lists.items[j].id, parts->numbers.items[i].list))
                return &parts->lists.items[j];
        }
    }
    return NULL;
}

static size_t write_roman(char *out, unsigned n)
{
    static const struct {
        unsigned value;
        const char *text;
    } parts[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
                 {9, "ix"},  {5, "v"},   {4, "iv"}, {1, "i"}};
    size_t len = 0;

    n %= 400;
    for (size_t i = 0; i < 9; i++) {
        for (; n >= parts[i].value; n -= parts[i].value) {
            memcpy(out + len, parts[i].text, strlen(parts[i].text));
            len += strlen(parts[i].text);
        }
    }
    return len;
}

static size_t write_number(char *out, size_t size, unsigned kind, unsigned n)
{
    if (kind == DOCX_ROMAN)
        return write_roman(out, n);
    if (kind == DOCX_LETTER && n > 0) {
        out[0] = (char)('a' + (n - 1) % 26);
        return 1;
    }
    return (size_t)snprintf(out, size, "%u", n);
}

struct str docx_next_label(struct ctx *ctx, struct docx_parts *parts, int list,
                           unsigned level)
{
    struct docx_list *l = find_list(parts, list);
    char out[128];
    size_t len = 0;

    if (!l || level >= DOCX_LEVELS)
        return STR("\xe2\x80\xa2 ");
    const struct docx_level *at = &l->levels[level];
    l->counters[level] =
        l->counters[level] ? l->counters[level] + 1 : at->start;
    for (unsigned i = level + 1; i < DOCX_LEVELS; i++)
        l->counters[i] = 0;
    if (at->kind == DOCX_NO_NUMBER)
        return STR_NONE;
    if (at->kind == DOCX_BULLET)
        return STR("\xe2\x80\xa2 ");
    for (size_t i = 0; i < at->text.len && len < sizeof(out) - 40; i++) {
        unsigned k = (unsigned)(at->text.data[i + 1] - '1');
        if (at->text.data[i] != '%' || k > level) {
            out[len++] = at->text.data[i];
            continue;
        }
        len += write_number(out + len, sizeof(out) - len, l->levels[k].kind,
                            l->counters[k]);
        i++;
    }
    out[len++] = ' ';
    return ctx_copy(ctx, (struct str){out, len});
}
