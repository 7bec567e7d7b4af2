/* SPDX-License-Identifier: MIT */
#include "parse/sections.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parse/spoken.h"

/* How the headings of this document look, from the first sure one. */
struct style {
    bool is_known;
    bool is_caps, is_marked, is_bold, has_colon;
    float size;
};

struct splitter {
    const struct layout *layout;
    struct section_list *out;
    struct style style;
    struct str own_mail; /* as the contact data at the top have it */
    struct str own_name;
};

static struct style style_of(const struct layout_line *line)
{
    return (struct style){
        .is_known = true,
        .is_caps = line->is_caps,
        .is_marked = line->is_marked,
        .is_bold = line->is_bold,
        .has_colon = line->last == ':',
        .size = line->size,
    };
}

/* Whether the line is less of a heading than those before: "Achievements:"
 * inside of a role, when the sections have names in capitals. */
static bool is_lesser(const struct splitter *s, const struct layout_line *line)
{
    const struct style *style = &s->style;

    if (!style->is_known)
        return false;
    if (style->is_marked && !line->is_marked)
        return true;
    if (style->size > 0 && line->size > 0 && line->size + 0.4F < style->size)
        return true;
    if (style->is_caps && !line->is_caps)
        return true;
    if (style->is_bold && !line->is_bold && !line->is_caps)
        return true;
    return line->last == ':' && !style->has_colon && !line->is_caps;
}

/* A role's own parts are often called as sections are. */
static bool may_be_part_of_role(enum section_kind kind)
{
    return kind == SECTION_AWARDS || kind == SECTION_SKILLS ||
           kind == SECTION_PROJECTS || kind == SECTION_OTHER ||
           kind == SECTION_SUMMARY || kind == SECTION_CERTIFICATIONS ||
           kind == SECTION_CONTACT || kind == SECTION_PUBLICATIONS;
}

static enum section_kind current_kind(const struct splitter *s)
{
    return s->out->len ? s->out->items[s->out->len - 1].kind : SECTION_CONTACT;
}

/* "Languages: Java, Python" in a list of skills names no spoken language. */
static bool has_spoken(const struct layout *layout, struct span body)
{
    struct span name;
    uint32_t at = body.start;

    return spoken_next(layout->text, body, &at, &name) > 0;
}

/* What follows the heading on its line or, if nothing does, on the next. */
static struct span following(const struct layout *layout, size_t i,
                             const struct heading *h)
{
    struct span body = {h->body_start, layout->lines[i].end};

    if (!h->is_inline) {
        for (size_t k = i + 1; k < layout->n_lines && k < i + 4; k++)
            body.end = layout->lines[k].end;
    }
    return body;
}

static bool is_caps(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (ascii_is_lower((unsigned char)text.data[i]))
            return false;
    }
    return text.len > 2;
}

static bool is_real_inline(const struct splitter *s, size_t i,
                           const struct heading *h)
{
    enum section_kind now = current_kind(s);
    const struct layout_line *line = &s->layout->lines[i];

    /* "Driver's license: B" among the contact data */
    if (now == SECTION_CONTACT && h->kind == SECTION_CERTIFICATIONS &&
        str_starts_nocase(span_of(s->layout->text, h->name), STR("driv")))
        return false;
    if (h->kind == SECTION_LANGUAGES)
        return has_spoken(s->layout, following(s->layout, i, h));
    if (now == SECTION_SKILLS || h->kind == now)
        return !h->is_weak && h->kind != SECTION_SKILLS && h->kind != now;
    if (now == SECTION_EXPERIENCE || now == SECTION_PROJECTS ||
        now == SECTION_VOLUNTEER)
        return !h->is_weak && line->after_blank &&
               (is_caps(span_of(s->layout->text, h->name)) ||
                (!is_lesser(s, line) &&
                 (s->style.has_colon || !s->style.is_known)));
    if (now == SECTION_EDUCATION && h->kind == SECTION_CERTIFICATIONS)
        return str_starts_nocase(span_of(s->layout->text, h->name),
                                 STR("certif")) ||
               str_starts_nocase(span_of(s->layout->text, h->name),
                                 STR("licen"));
    if (now == SECTION_EDUCATION)
        return !h->is_weak &&
               (h->kind == SECTION_SKILLS ||
                h->kind == SECTION_CERTIFICATIONS ||
                h->kind == SECTION_INTERESTS || h->kind == SECTION_REFERENCES);
    return !h->is_weak || now == SECTION_CONTACT ||
           h->kind == SECTION_INTERESTS;
}

static bool is_real(const struct splitter *s, size_t i, const struct heading *h)
{
    const struct layout_line *line = &s->layout->lines[i];
    enum section_kind now = current_kind(s);

    if (h->is_inline)
        return is_real_inline(s, i, h);
    if (h->kind == SECTION_LANGUAGES && now == SECTION_SKILLS &&
        !has_spoken(s->layout, following(s->layout, i, h)))
        return false;
    if (is_lesser(s, line)) {
        if (h->is_weak || !line->after_blank)
            return false;
        if (s->style.is_marked || line->last == ':')
            return false;
        return !((now == SECTION_EXPERIENCE || now == SECTION_PROJECTS) &&
                 may_be_part_of_role(h->kind));
    }
    if (h->is_weak && !heading_has_form(s->layout, i))
        return line->after_blank && line->n_words <= 3;
    /* The same kind again inside itself is a group of skills or the like. */
    if (h->is_weak && h->kind == now && now == SECTION_SKILLS)
        return false;
    return true;
}

static rsc_status add(struct ctx *ctx, struct splitter *s,
                      const struct heading *h)
{
    struct section *item = vec_push(ctx, s->out);

    if (!item)
        return ctx->error.status;
    if (s->out->len > 1)
        s->out->items[s->out->len - 2].body.end = h->name.start;
    *item = (struct section){
        .kind = h->kind,
        .heading = h->name,
        .body = {h->body_start, (uint32_t)s->layout->text.len},
    };
    return RSC_OK;
}

/* The e-mail address on a line; empty if there is none. */
static struct str mail_on(const struct layout *layout, size_t i)
{
    struct str line = span_of(layout->text, layout->lines[i].span), word;

    while (str_next_field(&line, ' ', &word)) {
        size_t at = str_find(word, STR("@"), 0);
        if (at != SIZE_MAX && at > 0 &&
            str_find(word, STR("."), at) != SIZE_MAX)
            return word;
    }
    return STR("");
}

/* Whether the paragraph at line i says again how to reach the person, as the
 * foot of a letter does: their address would be anybody's text there. It is
 * the last one of its section, so that no page header cuts one in two. */
static bool is_contact_again(const struct splitter *s, size_t i)
{
    const struct layout *layout = s->layout;
    bool has_mail = false;
    struct heading h;

    if (!s->own_mail.len || !layout->lines[i].after_blank ||
        current_kind(s) == SECTION_CONTACT)
        return false;
    for (; i < layout->n_lines && !layout->lines[i].is_blank; i++) {
        if (has_mail && heading_read(layout, i, &h))
            return true;
        if (layout->lines[i].n_dates)
            return false;
        has_mail |=
            str_find_nocase(span_of(layout->text, layout->lines[i].span),
                            s->own_mail, 0) != SIZE_MAX;
    }
    while (i < layout->n_lines && layout->lines[i].is_blank)
        i++;
    return has_mail && (i == layout->n_lines || heading_read(layout, i, &h));
}

/* The name at the head of the wide column, when a narrow one was read first:
 * a few lines up to a heading are about the person, and belong to no list. */
static bool is_name_block(const struct splitter *s, size_t i)
{
    const struct layout *layout = s->layout;
    struct heading h;

    if (!s->own_name.len || current_kind(s) == SECTION_CONTACT ||
        !str_eq_nocase(span_of(layout->text, layout->lines[i].span),
                       s->own_name))
        return false;
    for (size_t n = 0; ++i < layout->n_lines && n < 5;) {
        const struct layout_line *line = &layout->lines[i];
        if (line->is_blank)
            continue;
        if (heading_read(layout, i, &h))
            return true;
        if (line->n_dates || line->is_item)
            return false;
        n++;
    }
    return false;
}

rsc_status sections_read(struct ctx *ctx, struct section_list *out,
                         const struct layout *layout, struct span name)
{
    struct splitter s = {
        .layout = layout, .out = out, .own_name = span_of(layout->text, name)};
    struct heading h = {.kind = SECTION_CONTACT};
    rsc_status st = add(ctx, &s, &h);

    for (size_t i = 0; i < layout->n_lines && !st; i++) {
        if (out->len >= LIMIT_SECTIONS)
            break;
        if (out->len == 1 && !s.own_mail.len)
            s.own_mail = mail_on(layout, i);
        if (is_contact_again(&s, i) || is_name_block(&s, i))
            h = (struct heading){
                .kind = SECTION_CONTACT,
                .name = {layout->lines[i].start, layout->lines[i].start},
                .body_start = layout->lines[i].start};
        else if (!heading_read(layout, i, &h) || !is_real(&s, i, &h))
            continue;
        if (!s.style.is_known && !h.is_inline && !h.is_weak &&
            h.kind != SECTION_CONTACT)
            s.style = style_of(&layout->lines[i]);
        st = add(ctx, &s, &h);
    }
    return st;
}
