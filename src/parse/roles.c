/* SPDX-License-Identifier: MIT */
#include "parse/roles.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parse/degrees.h"
#include "parse/places.h"
#include "parse/role_fields.h"
#include "parse/titles.h"
#include "text/wordlist.h"

#define MAX_ABOVE 3 /* header lines above the dates */
#define MAX_BELOW 2

struct reader {
    const struct layout *layout;
    const struct section *section;
    const struct resume_options *options;
    size_t first, end; /* lines of the body */
    bool is_sure;
    bool has_above; /* learnt from the first header */
    unsigned above;
    struct span location; /* of an employer with several roles */
    struct span employer; /* of the role before, for one without its own */
    bool employer_is_above;
};

/* The header of one role: lines, and which of its dates counts. */
struct header {
    size_t first, anchor, last;
    const struct date_range *dates;
};

static const struct date_range *best_date(const struct layout *layout,
                                          const struct layout_line *line)
{
    const struct date_range *best = NULL;

    for (uint32_t i = 0; i < line->n_dates; i++) {
        const struct date_range *d = &layout->dates[line->first_date + i];
        bool is_range = d->is_present || d->last.year != d->first.year ||
                        d->last.month != d->first.month;
        if (!best ||
            (is_range && best->first.year == best->last.year &&
             best->first.month == best->last.month && !best->is_present))
            best = d;
    }
    return best;
}

static bool is_range(const struct date_range *d)
{
    return d->is_present || d->last.year != d->first.year ||
           d->last.month != d->first.month;
}

/* Whether the date stands at the start or at the end of its line, apart from
 * brackets and a short rest. */
static bool is_at_edge(const struct layout *layout,
                       const struct layout_line *line,
                       const struct date_range *d)
{
    if (d->span.start <= line->span.start + 7)
        return true; /* "Date: ", "(" */
    uint32_t end = d->span.end;
    while (end < line->span.end &&
           !ascii_is_alnum((unsigned char)layout->text.data[end]))
        end++;
    return end >= line->span.end;
}

/* Words that begin a sentence about work, not a header. */
static bool begins_with_verb(struct str line)
{
    static const char *const verbs[] = {
        "am",      "built",   "conduct", "cut",   "did",     "drive",
        "drove",   "gave",    "grew",    "held",  "help",    "kept",
        "led",     "made",    "met",     "my",    "oversaw", "oversee",
        "perform", "provide", "put",     "ran",   "read",    "responsible",
        "sang",    "set",     "sold",    "spoke", "taught",  "the",
        "this",    "took",    "we",      "won",   "wrote",   "i",
        "in",      "as",      "to",      "with",  "for",     "all",
        "also",
    };
    uint32_t at = 0;
    struct span span =
        wordlist_next_word(line, (struct span){0, (uint32_t)line.len}, &at);
    struct str word = span_of(line, span);

    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (str_eq_nocase(word, str_of(verbs[i])))
            return true;
    }
    return word.len > 4 && (str_ends_nocase(word, STR("ed")) ||
                            str_ends_nocase(word, STR("ing")));
}

/* Whether line i may be a part of a header, seen alone. */
static bool is_header_like(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    struct str text = span_of(layout->text, line->span);

    if (line->is_blank || line->n_words == 0 || line->is_personal ||
        (line->is_item && line->has_sign) || line->n_words > 14 ||
        line->begins_small)
        return false;
    if (line->last == ';' || line->last == ':')
        return false;
    if (line->last == '.' && line->n_words > 4 &&
        !str_ends_nocase(text, STR("inc.")) &&
        !str_ends_nocase(text, STR("ltd.")) &&
        !str_ends_nocase(text, STR("co.")) &&
        !str_ends_nocase(text, STR("corp.")))
        return false;
    if (i > 0 && layout_goes_on(layout, i - 1) &&
        (layout->lines[i - 1].is_item || layout->lines[i - 1].n_words > 8))
        return false;
    return !begins_with_verb(text) || title_judge(text) == TITLE_STRONG ||
           place_employer_words(text) > 0;
}

/* Dates that stand in the margin of the first item of a role: behind a tab at
 * the end of its line. */
static bool is_margin_anchor(const struct reader *r, size_t i)
{
    const struct layout_line *line = &r->layout->lines[i];

    if (!r->is_sure || !line->is_item || !line->has_sign || !line->n_dates ||
        i == r->first)
        return false;
    const struct date_range *d = best_date(r->layout, line);
    return d->span.start > line->span.start && is_range(d) &&
           is_at_edge(r->layout, line, d) &&
           r->layout->text.data[d->span.start - 1] == '\t';
}

/* "Field training officer since 2017." */
static bool is_since_sentence(const struct layout *layout,
                              const struct layout_line *line,
                              const struct date_range *d)
{
    struct str before = str_slice(
        layout->text, line->span.start,
        d->span.start > line->span.start ? d->span.start : line->span.start);

    return line->last == '.' && before.len > 7 &&
           str_ends_nocase(str_trim(before), STR(" since"));
}

/* "Vice President of Sales 06/2004 to Current Acme Ltd, Dallas" */
static bool is_title_before(const struct layout *layout,
                            const struct layout_line *line,
                            const struct date_range *d)
{
    return d->span.start > line->span.start &&
           title_judge(str_trim(str_slice(layout->text, line->span.start,
                                          d->span.start))) == TITLE_STRONG;
}

/* Whether line i carries the dates of a role. */
static bool is_anchor(const struct reader *r, size_t i)
{
    const struct layout *layout = r->layout;
    const struct layout_line *line = &layout->lines[i];
    struct str text = span_of(layout->text, line->span);

    if (line->is_blank || !line->n_dates || line->n_dates > 4 ||
        line->is_personal)
        return false;
    const struct date_range *d = best_date(layout, line);
    unsigned words = role_fields_words(layout, i);
    bool edge = is_at_edge(layout, line, d);
    if (degree_find(text, NULL) && title_judge(text) != TITLE_STRONG)
        return false;
    if (line->is_item && line->has_sign)
        return r->is_sure && edge && is_range(d) && words <= 9 &&
               title_judge(text) != TITLE_NO;
    if (words && line->begins_small && d->span.start > line->span.start + 7)
        return false;
    if (is_since_sentence(layout, line, d))
        return false;
    if (!is_range(d))
        return r->is_sure && edge && words <= 9 && line->last != '.' &&
               (words == 0 || !begins_with_verb(text) ||
                title_judge(text) != TITLE_NO);
    if (edge)
        return words <= 16;
    bool has_title = r->is_sure && is_title_before(layout, line, d);
    return words <= (has_title ? 14 : 8) && line->last != '.';
}

/* Header lines above the anchor, at most `most`, not past `floor`. */
static size_t header_top(const struct reader *r, size_t anchor, size_t floor,
                         unsigned most)
{
    size_t top = anchor, i = anchor;
    unsigned n = 0, blanks = 0;

    while (i > floor && n < most) {
        i--;
        if (r->layout->lines[i].is_blank) {
            if (++blanks > 1)
                break;
            continue;
        }
        if (!is_header_like(r->layout, i))
            break;
        blanks = 0;
        top = i;
        n++;
    }
    return top;
}

/* The title may stand one line higher than in the first header: where that line
 * begins a block of its own. */
static void take_higher_title(const struct reader *r, struct header *h,
                              size_t floor, struct role_fields *fields)
{
    struct role_fields higher;
    size_t top = h->first;

    if (fields->is_title_known || top <= floor || top != h->anchor - 1 ||
        !r->layout->lines[top - 1].after_blank ||
        !is_header_like(r->layout, top - 1))
        return;
    role_fields_read(r->layout, top - 1, h->last, r->options, &higher);
    if (!higher.is_title_known)
        return;
    h->first = top - 1;
    *fields = higher;
}

/* Whether the line below a header says what is still missing there. */
static bool completes(const struct reader *r, const struct header *h, size_t i,
                      const struct role_fields *now)
{
    struct role_fields then;
    const struct layout_line *line = &r->layout->lines[i];

    if (line->n_words > 10 || is_anchor(r, i))
        return false;
    role_fields_read(r->layout, h->first, i, r->options, &then);
    if (!now->is_title_known && then.is_title_known)
        return true;
    if (span_is_empty(now->employer) || !now->is_employer_known)
        return then.is_employer_known ||
               (span_is_empty(now->employer) && !span_is_empty(then.employer) &&
                line->n_words <= 7);
    return span_is_empty(now->location) && !span_is_empty(then.location) &&
           line->n_words <= 5;
}

static void find_bottom(const struct reader *r, struct header *h,
                        struct role_fields *fields)
{
    size_t i = h->anchor;
    unsigned n = 0, blanks = 0;

    role_fields_read(r->layout, h->first, h->anchor, r->options, fields);
    while (i + 1 < r->end && n < MAX_BELOW) {
        i++;
        if (r->layout->lines[i].is_blank) {
            if (++blanks > 1)
                return;
            continue;
        }
        if (!is_header_like(r->layout, i) || !completes(r, h, i, fields))
            return;
        h->last = i;
        n++;
        role_fields_read(r->layout, h->first, i, r->options, fields);
    }
}

static bool has_word(struct str text, struct str word)
{
    return str_find_nocase(text, word, 0) != SIZE_MAX;
}

static rsc_status add(struct ctx *ctx, struct role_list *out,
                      const struct reader *r, const struct header *h,
                      const struct role_fields *fields)
{
    struct str text = r->layout->text;
    struct role *role = vec_push(ctx, out);

    if (!role)
        return ctx->error.status;
    *role = (struct role){
        .title = fields->title,
        .employer = fields->employer,
        .location = fields->location,
        .body = {r->layout->lines[h->first].start, r->section->body.end},
    };
    if (h->dates && !h->dates->is_refused) {
        role->dates = *h->dates;
        role->months = date_range_months(h->dates, r->layout->as_of);
    }
    struct str title = span_of(text, role->title);
    role->is_volunteer = r->section->kind == SECTION_VOLUNTEER ||
                         has_word(title, STR("volunteer"));
    role->is_internship =
        has_word(title, STR("intern")) && !has_word(title, STR("internal")) &&
        !has_word(title, STR("internat")) && !has_word(title, STR("internist"));
    return RSC_OK;
}

static bool is_within(const struct date_range *inner,
                      const struct date_range *outer)
{
    return inner->first.year >= outer->first.year &&
           inner->last.year <= outer->last.year;
}

/* An employer's own line with the dates of all that was done there. */
static bool is_umbrella(const struct reader *r, const struct header *h,
                        const struct role_fields *fields)
{
    size_t i = h->last + 1;

    if (fields->is_title_known)
        return false;
    while (i < r->end && r->layout->lines[i].is_blank)
        i++;
    for (unsigned n = 0; i < r->end && n < 2; n++, i++) {
        if (is_anchor(r, i))
            return is_within(best_date(r->layout, &r->layout->lines[i]),
                             h->dates);
        if (!is_header_like(r->layout, i))
            return false;
    }
    return false;
}

/* A role without an employer belongs to the one before, when that one's
 * employer stood above its title: two roles at one employer. */
static void inherit(struct reader *r, struct role_fields *fields)
{
    bool has_own = !span_is_empty(fields->employer);

    if (has_own && !fields->is_title_known && r->employer_is_above)
        has_own = false;
    /* "Associate, Litigation" below a line with the firm. */
    if (has_own && r->employer_is_above && !fields->is_employer_known &&
        fields->is_employer_joined) {
        fields->title.end = fields->employer.end;
        has_own = false;
    }
    if (has_own) {
        r->employer = fields->employer;
        r->employer_is_above = fields->is_employer_above;
        r->location = (struct span){0, 0};
    } else if (r->employer_is_above) {
        if (span_is_empty(fields->title))
            fields->title = fields->employer;
        fields->employer = r->employer;
        if (span_is_empty(fields->location))
            fields->location = r->location;
    }
}

/* "Assistant Curator, same institution": that of the role before. */
static void take_same(const struct role_list *out, const struct reader *r,
                      struct role_fields *fields)
{
    struct str employer = span_of(r->layout->text, fields->employer);

    if (out->len == 0 || !str_starts_nocase(employer, STR("same ")))
        return;
    fields->employer = out->items[out->len - 1].employer;
    if (span_is_empty(fields->location))
        fields->location = out->items[out->len - 1].location;
}

static void close_body(struct role_list *out, size_t first,
                       const struct layout *layout, size_t line)
{
    if (out->len > first)
        out->items[out->len - 1].body.end = layout->lines[line].start;
}

static rsc_status read_dated(struct ctx *ctx, struct role_list *out,
                             struct reader *r, size_t *n_found)
{
    size_t floor = r->first, first_role = out->len;

    for (size_t i = r->first; i < r->end && out->len < LIMIT_ROLES; i++) {
        struct role_fields fields;
        bool is_own = is_anchor(r, i);
        bool is_margin = !is_own && is_margin_anchor(r, i);
        if (!is_own && !is_margin)
            continue;
        unsigned most = r->has_above ? r->above : MAX_ABOVE;
        struct header h = {.anchor = i, .last = i};
        h.first = header_top(r, i, floor, most);
        h.dates = best_date(r->layout, &r->layout->lines[i]);
        if (is_margin && h.first == i)
            continue;
        if (is_margin)
            role_fields_read(r->layout, h.first, i - 1, r->options, &fields);
        else
            find_bottom(r, &h, &fields);
        take_higher_title(r, &h, floor, &fields);
        if (!r->is_sure && (!fields.is_title_known || !is_range(h.dates)))
            continue;
        if (!r->has_above) {
            r->has_above = true;
            for (size_t k = h.first; k < i; k++)
                r->above += !r->layout->lines[k].is_blank;
        }
        close_body(out, first_role, r->layout, h.first);
        (*n_found)++;
        if (is_umbrella(r, &h, &fields)) {
            r->employer =
                span_is_empty(fields.employer) ? fields.title : fields.employer;
            r->location = fields.location;
            r->employer_is_above = true;
            r->above = 0;
        } else {
            take_same(out, r, &fields);
            inherit(r, &fields);
            rsc_status st = add(ctx, out, r, &h, &fields);
            if (st)
                return st;
        }
        i = h.last;
        floor = i + 1;
    }
    return RSC_OK;
}

/* Without any date: short lines that are titles begin the roles. */
static rsc_status read_undated(struct ctx *ctx, struct role_list *out,
                               struct reader *r)
{
    size_t first_role = out->len;

    for (size_t i = r->first; i < r->end && out->len < LIMIT_ROLES; i++) {
        struct role_fields fields;
        struct header h = {.first = i, .anchor = i, .last = i};
        if (!is_header_like(r->layout, i) || r->layout->lines[i].n_words > 10)
            continue;
        role_fields_read(r->layout, i, i, r->options, &fields);
        if (!fields.is_title_known ||
            title_judge(span_of(r->layout->text, fields.title)) != TITLE_STRONG)
            continue;
        find_bottom(r, &h, &fields);
        close_body(out, first_role, r->layout, h.first);
        rsc_status st = add(ctx, out, r, &h, &fields);
        if (st)
            return st;
        i = h.last;
    }
    return RSC_OK;
}

rsc_status roles_read(struct ctx *ctx, struct role_list *out,
                      const struct layout *layout,
                      const struct section *section,
                      const struct resume_options *options, bool is_sure)
{
    struct reader r = {
        .layout = layout,
        .section = section,
        .options = options,
        .is_sure = is_sure,
        .first = layout_line_from(layout, section->body.start),
        .end = layout_line_from(layout, section->body.end),
    };
    size_t n_found = 0;
    rsc_status st = read_dated(ctx, out, &r, &n_found);

    if (st || n_found || !is_sure)
        return st;
    return read_undated(ctx, out, &r);
}
