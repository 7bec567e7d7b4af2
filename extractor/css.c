/* SPDX-License-Identifier: MIT */
#include "css.h"

#include "css_colour.h"

/* A page's own sheet has some hundred rules; a framework's has thousands,
 * whose first are as good as all. Each costs a look per element. */
#define MAX_RULES 1000
/* Pushed this far, text has left any window. */
#define FAR_PX 999.0f

/* In pt; units relative to something unknown count from 12 pt. */
static bool read_length(float *pt, struct str s)
{
    static const struct {
        const char *unit;
        float pt;
    } units[] = {{"px", 0.75f}, {"pt", 1},     {"em", 12},    {"rem", 12},
                 {"%", 0.12f},  {"cm", 28.3f}, {"mm", 2.83f}, {"in", 72},
                 {"vw", 6},     {"vh", 8}};

    s = str_trim(s);
    if (!css_number_take(&s, pt))
        return false;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (str_starts_nocase(s, str_of(units[i].unit))) {
            *pt *= units[i].pt;
            return true;
        }
    }
    return *pt == 0;
}

static void declare_colour(struct look *look, struct str value)
{
    if (str_eq_nocase(value, STR("transparent")))
        value = STR("rgba(0,0,0,0)");
    look->has_colour |= css_colour_read(&look->colour, value);
}

static void declare_background(struct css_style *style, struct str value)
{
    struct look *look = &style->look;
    struct str field;

    /* An image or a gradient: some colour that is not known. */
    look->shade = (struct canvas_colour){0};
    look->has_shade = true;
    if (css_colour_read(&look->shade, value))
        return;
    if (str_eq_nocase(str_trim(value), STR("transparent")) ||
        str_eq_nocase(str_trim(value), STR("none"))) {
        look->has_shade = false;
        return;
    }
    while (str_find(value, STR("("), 0) == SIZE_MAX &&
           str_next_field(&value, ' ', &field)) {
        if (css_colour_read(&look->shade, field))
            return;
    }
}

static void declare_place(struct css_style *style, struct str name,
                          struct str value)
{
    float pt;

    if (!read_length(&pt, value))
        return;
    if (str_eq_nocase(name, STR("text-indent")) ||
        str_eq_nocase(name, STR("left")) || str_eq_nocase(name, STR("top")) ||
        str_eq_nocase(name, STR("margin-left")))
        style->is_off_page |= pt <= -FAR_PX * 0.75f;
    else if (pt == 0)
        style->is_flat = true; /* height, max-height, width */
}

/* The number behind "name(", where value has it. */
static bool take_argument(struct str value, struct str name, float *out)
{
    size_t at = str_find(value, name, 0);

    if (at == SIZE_MAX)
        return false;
    value = str_trim(str_slice(value, at + name.len, value.len));
    return css_number_take(&value, out);
}

/* Boxes that are cut, shrunk or pushed until nothing of them is seen. */
static void declare_shape(struct css_style *style, struct str name,
                          struct str value)
{
    float n;

    if (str_eq_nocase(name, STR("clip"))) {
        style->is_clipped |= str_starts_nocase(value, STR("rect(0"));
    } else if (str_eq_nocase(name, STR("clip-path"))) {
        style->is_clipped |=
            (take_argument(value, STR("inset("), &n) && n >= 50) ||
            (take_argument(value, STR("circle("), &n) && n == 0);
    } else {
        style->is_clipped |= (take_argument(value, STR("scale("), &n) ||
                              take_argument(value, STR("scaleX("), &n) ||
                              take_argument(value, STR("scaleY("), &n)) &&
                             n > -0.1f && n < 0.1f;
        style->is_off_page |= (take_argument(value, STR("translate("), &n) ||
                               take_argument(value, STR("translateX("), &n) ||
                               take_argument(value, STR("translateY("), &n)) &&
                              n <= -FAR_PX;
    }
}

static void declare_weight(struct look *look, struct str value)
{
    uint64_t n;

    look->has_bold = true;
    look->bold = str_starts_nocase(value, STR("bold")) ||
                 (str_to_u64(value, 1000, &n) && n >= 600);
}

static void declare_seen(struct look *look, struct str name, struct str value)
{
    float n;

    if (str_eq_nocase(name, STR("display"))) {
        if (str_starts_nocase(value, STR("none")))
            look->vanish = look->has_vanish = true;
    } else if (str_eq_nocase(name, STR("visibility"))) {
        look->has_vanish = true;
        look->vanish = !str_starts_nocase(value, STR("visible"));
    } else if (css_number_take(&value, &n) && n < 0.1f && value.len == 0) {
        look->vanish = look->has_vanish = true; /* opacity */
    }
}

static void declare_one(struct css_style *style, struct str name,
                        struct str value)
{
    struct look *look = &style->look;
    float pt;

    if (str_eq_nocase(name, STR("color")))
        declare_colour(look, value);
    else if (str_eq_nocase(name, STR("background")) ||
             str_eq_nocase(name, STR("background-color")))
        declare_background(style, value);
    else if (str_eq_nocase(name, STR("background-image")))
        declare_background(style, value);
    else if (str_eq_nocase(name, STR("font-size"))) {
        /* 0 means "not said" in a look; nobody sees 0.01 either. */
        if (read_length(&pt, value) && pt >= 0)
            look->size = pt > 0.01f ? pt : 0.01f;
    } else if (str_eq_nocase(name, STR("font-weight")))
        declare_weight(look, value);
    else if (str_eq_nocase(name, STR("display")) ||
             str_eq_nocase(name, STR("visibility")) ||
             str_eq_nocase(name, STR("opacity")))
        declare_seen(look, name, value);
    else if (str_eq_nocase(name, STR("left")) ||
             str_eq_nocase(name, STR("top")) ||
             str_eq_nocase(name, STR("text-indent")) ||
             str_eq_nocase(name, STR("margin-left")) ||
             str_eq_nocase(name, STR("width")) ||
             str_eq_nocase(name, STR("height")) ||
             str_eq_nocase(name, STR("max-height")))
        declare_place(style, name, value);
    else if (str_eq_nocase(name, STR("overflow")))
        style->hides_rest = !str_starts_nocase(value, STR("visible"));
    else if (str_eq_nocase(name, STR("clip")) ||
             str_eq_nocase(name, STR("clip-path")) ||
             str_eq_nocase(name, STR("transform")))
        declare_shape(style, name, value);
}

void css_declare(struct css_style *style, struct str declarations)
{
    struct str one;

    while (str_next_field(&declarations, ';', &one)) {
        size_t colon = str_find(one, STR(":"), 0);
        if (colon == SIZE_MAX)
            continue;
        struct str value = str_trim(str_slice(one, colon + 1, one.len));
        if (value.len > 0)
            declare_one(style, str_trim(str_slice(one, 0, colon)), value);
    }
}

static bool is_name_char(char c)
{
    return ascii_is_alnum((unsigned char)c) || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* "tag", ".class", "#id", "tag.class"; false for anything else. */
static bool parse_selector(struct css_rule *rule, struct str s)
{
    struct str *part = &rule->tag;
    size_t start = 0;

    s = str_trim(s);
    if (s.len == 0)
        return false;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && is_name_char(s.data[i]))
            continue;
        *part = str_slice(s, start, i);
        if (i == s.len)
            return true;
        if (s.data[i] == '.' && rule->class.len == 0)
            part = &rule->class;
        else if (s.data[i] == '#' && rule->id.len == 0)
            part = &rule->id;
        else
            return false;
        start = i + 1;
    }
    return true;
}

static rsc_status add_rules(struct ctx *ctx, struct css *css,
                            struct str selectors, struct str declarations)
{
    struct css_style style = {0};
    struct str selector;

    css_declare(&style, declarations);
    while (str_next_field(&selectors, ',', &selector)) {
        struct css_rule rule = {.style = style};
        if (css->rules.len >= MAX_RULES || !parse_selector(&rule, selector))
            continue;
        struct css_rule *slot = vec_push(ctx, &css->rules);
        if (!slot)
            return ctx->error.status;
        *slot = rule;
        slot->tag = ctx_copy(ctx, rule.tag);
        slot->class = ctx_copy(ctx, rule.class);
        slot->id = ctx_copy(ctx, rule.id);
    }
    return RSC_OK;
}

/* Where the block that opens at `open` ends; blocks nest in @media. */
static size_t block_end(struct str s, size_t open)
{
    size_t depth = 0;

    for (size_t i = open; i < s.len; i++) {
        if (s.data[i] == '{')
            depth++;
        else if (s.data[i] == '}' && --depth == 0)
            return i;
    }
    return s.len;
}

/* Comments become spaces, in a copy. */
static struct str without_comments(struct ctx *ctx, struct str sheet)
{
    struct str copy = ctx_copy(ctx, sheet);
    char *data = (char *)(uintptr_t)copy.data;

    for (size_t at = 0; data;) {
        size_t open = str_find(copy, STR("/*"), at);
        if (open == SIZE_MAX)
            break;
        size_t close = str_find(copy, STR("*/"), open + 2);
        at = close == SIZE_MAX ? copy.len : close + 2;
        memset(data + open, ' ', at - open);
    }
    return copy;
}

rsc_status css_add_sheet(struct ctx *ctx, struct css *css, struct str sheet)
{
    struct str s = without_comments(ctx, sheet);
    size_t at = 0;
    rsc_status st = ctx->error.status;

    while (!st && css->rules.len < MAX_RULES) {
        size_t open = str_find(s, STR("{"), at);
        if (open == SIZE_MAX)
            break;
        struct str selectors = str_trim(str_slice(s, at, open));
        size_t end = block_end(s, open);
        /* For print, for small screens: not what everybody sees. */
        if (!str_starts(selectors, STR("@")))
            st = add_rules(ctx, css, selectors, str_slice(s, open + 1, end));
        at = end < s.len ? end + 1 : s.len;
    }
    return st;
}

static bool has_class(struct str classes, struct str wanted)
{
    struct str one;

    while (str_next_field(&classes, ' ', &one)) {
        if (str_eq(one, wanted))
            return true;
    }
    return false;
}

void css_match(const struct css *css, struct css_style *style, struct str tag,
               struct str classes, struct str id)
{
    for (size_t i = 0; i < css->rules.len; i++) {
        const struct css_rule *r = &css->rules.items[i];
        if ((r->tag.len && !str_eq_nocase(r->tag, tag)) ||
            (r->class.len && !has_class(classes, r->class)) ||
            (r->id.len && !str_eq(r->id, id)))
            continue;
        look_apply(&style->look, &r->style.look);
        style->is_off_page |= r->style.is_off_page;
        style->is_clipped |= r->style.is_clipped;
        style->is_flat |= r->style.is_flat;
        style->hides_rest |= r->style.hides_rest;
    }
}
