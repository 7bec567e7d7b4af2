/* SPDX-License-Identifier: MIT */
#include "parse/education.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parse/education_line.h"

struct reader {
    const struct layout *layout;
    struct education_list *out;
    bool is_sure;
    bool is_open; /* the last entry may take more lines */
};

/* Lines about an entry, not entries: "GPA 3.9", "Thesis: ...". */
static bool is_detail(const struct layout *layout, size_t i)
{
    static const char *const starts[] = {
        "gpa",          "graduated with", "grade",         "thesis",
        "dissertation", "relevant",       "coursework",    "courses",
        "modules",      "honors",         "honours",       "activities",
        "dean",         "minor",          "advisor",       "supervisor",
        "award",        "scholarship",    "cgpa",          "percentage",
        "key modules",  "subjects",       "concentration", "major gpa",
        "project",      "member of",
    };
    const struct layout_line *line = &layout->lines[i];
    struct str text = span_of(layout->text, line->span);

    if (line->n_words > 24 || line->begins_small)
        return true;
    return STR_STARTS_ANY_NOCASE(text, starts);
}

/* Whether a line with these facts begins a new entry. */
static bool begins_entry(const struct reader *r,
                         const struct education_facts *f,
                         const struct layout_line *line)
{
    if (!r->is_open)
        return true;
    const struct education *e = &r->out->items[r->out->len - 1];
    bool has_degree = e->level != DEGREE_NONE;
    bool has_school = !span_is_empty(e->institution);
    /* "Alhambra High School", then "Diploma, 2013". */
    bool is_same_school = e->level == DEGREE_SCHOOL &&
                          f->degree.level <= DEGREE_VOCATIONAL &&
                          span_is_empty(f->school) && !e->dates.first.year;
    if (f->degree.level != DEGREE_NONE && has_degree)
        return !is_same_school;
    if (!span_is_empty(f->school) && has_school)
        return true;
    return line->after_blank && f->dates && e->dates.first.year &&
           (has_degree || has_school) &&
           (f->degree.level != DEGREE_NONE || !span_is_empty(f->school));
}

static bool is_range(const struct date_range *d)
{
    return d->is_present || d->first.year != d->last.year ||
           d->first.month != d->last.month;
}

static void fill(struct education *e, const struct education_facts *f,
                 const struct layout *layout, size_t i, bool is_second)
{
    if (f->degree.level != DEGREE_NONE && e->level == DEGREE_NONE) {
        e->level = f->degree.level;
        e->degree = f->degree.name;
        e->subject = f->degree.subject;
    }
    if (span_is_empty(e->institution))
        e->institution = f->school;
    /* "MSc, same university": that of the entry before. */
    if (is_second &&
        str_starts_nocase(span_of(layout->text, e->institution), STR("same ")))
        e->institution = e[-1].institution;
    bool is_better = !e->dates.first.year ||
                     (!is_range(&e->dates) && f->dates && is_range(f->dates));
    if (f->dates && is_better) {
        if (f->dates->is_refused) {
            int now = layout->as_of.year * 12 + layout->as_of.month;
            int end = f->dates->last.year * 12 + f->dates->last.month;
            e->is_unfinished = e->is_unfinished || end > now;
        } else {
            e->dates = *f->dates;
            e->is_unfinished = e->is_unfinished || f->dates->is_present;
        }
    }
    e->is_unfinished = e->is_unfinished || f->is_unfinished;
    e->body.end = layout->lines[i].end;
}

static rsc_status take_line(struct ctx *ctx, struct reader *r, size_t i)
{
    const struct layout_line *line = &r->layout->lines[i];
    struct education_facts f = education_line_read(r->layout, i);
    bool is_degree = f.degree.level != DEGREE_NONE;

    if (!r->is_sure && f.degree.level < DEGREE_ASSOCIATE && !r->is_open)
        return RSC_OK;
    /* Two letters alone among other things: "PyCharm  MD  Terminal". */
    if (!r->is_sure && f.degree.name.end - f.degree.name.start <= 3 &&
        span_is_empty(f.degree.subject) && span_is_empty(f.school) && !f.dates)
        return RSC_OK;
    if (is_detail(r->layout, i)) {
        /* Its dates may stand in the margin of such a line. */
        struct education_facts dates = {.degree = {.level = DEGREE_NONE}};
        if (f.dates && is_range(f.dates))
            dates.dates = f.dates;
        if (r->is_open)
            fill(&r->out->items[r->out->len - 1], &dates, r->layout, i,
                 r->out->len > 1);
        return RSC_OK;
    }
    if (!is_degree && span_is_empty(f.school)) {
        if (r->is_open) {
            struct education *e = &r->out->items[r->out->len - 1];
            if (span_is_empty(e->institution) && r->is_sure &&
                !e->dates.first.year)
                e->institution = education_line_school(r->layout, i);
            fill(e, &f, r->layout, i, r->out->len > 1);
            return RSC_OK;
        }
        if (!r->is_sure || !f.dates)
            return RSC_OK;
        f.school = education_line_school(r->layout, i);
        if (span_is_empty(f.school))
            return RSC_OK;
    }
    if (r->is_open && f.school.start < line->start && f.school.end) {
        r->out->items[r->out->len - 1].institution = f.school;
        f.school = (struct span){0, 0};
    }
    if (begins_entry(r, &f, line)) {
        if (r->out->len >= LIMIT_EDUCATION)
            return RSC_OK;
        struct education *e = vec_push(ctx, r->out);
        if (!e)
            return ctx->error.status;
        *e = (struct education){.body = {line->start, line->end}};
        /* Several degrees as a list below their school. */
        if (line->is_item && r->is_open && span_is_empty(f.school))
            e->institution = e[-1].institution;
        r->is_open = true;
    }
    fill(&r->out->items[r->out->len - 1], &f, r->layout, i, r->out->len > 1);
    return RSC_OK;
}

rsc_status education_read(struct ctx *ctx, struct education_list *out,
                          const struct layout *layout,
                          const struct section *section, bool is_sure)
{
    struct reader r = {.layout = layout, .out = out, .is_sure = is_sure};
    size_t end = layout_line_from(layout, section->body.end);
    rsc_status st = RSC_OK;

    for (size_t i = layout_line_at(layout, section->body.start); i < end && !st;
         i++) {
        const struct layout_line *line = &layout->lines[i];
        if (line->is_blank) {
            /* Outside of its section an entry is one block of lines. */
            if (!is_sure)
                r.is_open = false;
            continue;
        }
        if (line->span.end <= section->body.start)
            continue;
        st = take_line(ctx, &r, i);
    }
    return st;
}
