/* SPDX-License-Identifier: MIT */
#include "parse/education.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parse/degrees.h"
#include "parse/places.h"
#include "text/wordlist.h"

/* What one line says. */
struct facts {
    struct degree degree;
    struct span school;
    const struct date_range *dates;
    bool is_unfinished;
};

struct reader {
    const struct layout *layout;
    struct education_list *out;
    bool is_sure;
    bool is_open; /* the last entry may take more lines */
};

static struct span trim(struct str text, struct span s)
{
    while (s.start < s.end && strchr(" \t,;|-(", text.data[s.start]))
        s.start++;
    while (s.end > s.start && strchr(" \t,;|-(.", text.data[s.end - 1]))
        s.end--;
    return s;
}

static size_t mark_len(struct str line, size_t i)
{
    static const char *const marks[] = {"\t",
                                        "|",
                                        ",",
                                        ";",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " \xE2\x80\xA2 ",
                                        " \xC2\xB7 ",
                                        "   ",
                                        " (",
                                        ")",
                                        ": ",
                                        " at ",
                                        " from "};
    struct str rest = str_slice(line, i, line.len);

    for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
        if (str_starts(rest, str_of(marks[k])))
            return strlen(marks[k]);
    }
    return 0;
}

/* The first piece of the run that is the name of a school. A comma inside of
 * it ("University of California, Los Angeles") is kept where a school word
 * or "of" stands before it and a city behind. */
static struct span find_school_in(struct str text, struct span run,
                                  struct span degree)
{
    struct str line = str_slice(text, 0, run.end);
    uint32_t start = run.start;

    for (uint32_t i = run.start; i <= run.end; i++) {
        size_t len = i < run.end ? mark_len(line, i) : 1;
        if (!len)
            continue;
        struct span piece = trim(text, (struct span){start, i});
        /* "University of Illinois at Chicago" is one name. */
        if (i < run.end &&
            str_starts(str_slice(line, i, run.end), STR(" at ")) &&
            degree_is_school(span_of(text, piece)) &&
            !span_overlaps(piece, degree))
            continue;
        bool is_own = span_overlaps(piece, degree);
        /* "Scott High School" is a school, "High School" alone is not. */
        if (is_own &&
            degree.end - degree.start + 2 <= piece.end - piece.start &&
            degree.start > piece.start &&
            (str_starts_nocase(span_of(text, degree), STR("high school")) ||
             str_starts_nocase(span_of(text, degree), STR("secondary school"))))
            is_own = false;
        if (!span_is_empty(piece) && !is_own &&
            degree_is_school(span_of(text, piece)))
            return piece;
        if (i < run.end)
            i += (uint32_t)len - 1;
        start = i + 1;
    }
    return (struct span){0, 0};
}

/* The same in a line; dates end a piece too. */
static struct span find_school(const struct layout *layout,
                               const struct layout_line *line,
                               struct span degree)
{
    uint32_t at = line->span.start;
    struct span school = {0, 0};

    for (uint32_t k = 0; k < line->n_dates && span_is_empty(school); k++) {
        struct span date = layout->dates[line->first_date + k].span;
        if (date.start > at)
            school = find_school_in(layout->text, (struct span){at, date.start},
                                    degree);
        at = date.end;
    }
    if (span_is_empty(school) && at < line->span.end)
        school = find_school_in(layout->text, (struct span){at, line->span.end},
                                degree);
    return school;
}

static bool has(struct str text, const char *word)
{
    return str_find_nocase(text, str_of(word), 0) != SIZE_MAX;
}

static bool says_unfinished(struct str line)
{
    static const char *const words[] = {
        "expected",       "anticipated",    "in progress",
        "pursuing",       "candidate",      "incomplete",
        "not completed",  "currently",      "to be completed",
        "ongoing",        "undergoing",     "coursework toward",
        "did not finish", "credits toward", "towards a",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (has(line, words[i]))
            return true;
    }
    return false;
}

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
    for (size_t k = 0; k < sizeof(starts) / sizeof(starts[0]); k++) {
        if (str_starts_nocase(text, str_of(starts[k])))
            return true;
    }
    return false;
}

static void shift(struct span *s, uint32_t by)
{
    if (span_is_empty(*s))
        return;
    s->start += by;
    s->end += by;
}

/* "Master of Laws, European Law, KU Leuven": the piece behind the subject,
 * when no word says which one is the school. */
static struct span school_behind(const struct layout *layout,
                                 const struct layout_line *line,
                                 const struct degree *d)
{
    struct str text = layout->text;
    uint32_t i = d->subject.end > d->name.end ? d->subject.end : d->name.end;
    uint32_t end = line->span.end;

    if (line->n_dates && layout->dates[line->first_date].span.start >= i)
        end = layout->dates[line->first_date].span.start;
    while (i < end && !strchr(",|\t", text.data[i]))
        i++;
    uint32_t start = i < end ? i + 1 : end;
    i = start;
    while (i < end && !strchr(",|\t(", text.data[i]))
        i++;
    struct span piece = trim(text, (struct span){start, i});
    struct str name = span_of(text, piece);
    if (name.len < 4 || !ascii_is_upper((unsigned char)name.data[0]) ||
        place_judge(name) != PLACE_NO || str_find(name, STR(":"), 0) < 6 ||
        str_starts_nocase(name, STR("gpa")) ||
        str_starts_nocase(name, STR("minor")) ||
        str_starts_nocase(name, STR("expected")) ||
        str_starts_nocase(name, STR("graduat")))
        return (struct span){0, 0};
    return piece;
}

/* Makes the school of a broken line whole: its name begins behind the last mark
 * of the line before. */
static struct span with_head(const struct layout *layout, size_t i,
                             struct span school)
{
    const struct layout_line *before = &layout->lines[i - 1];
    struct str line = str_slice(layout->text, 0, before->span.end);
    uint32_t start = before->span.start;

    for (uint32_t at = start; at < before->span.end; at++) {
        size_t len = mark_len(line, at);
        if (len)
            start = at + (uint32_t)len;
    }
    return trim(layout->text, (struct span){start, school.end});
}

static struct facts read_line(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    struct str text = span_of(layout->text, line->span);
    struct facts f = {.degree = {.level = DEGREE_NONE}};

    if (degree_find(text, &f.degree)) {
        shift(&f.degree.name, line->span.start);
        shift(&f.degree.subject, line->span.start);
    }
    f.school = find_school(layout, line, f.degree.name);
    if (span_is_empty(f.school) && f.degree.level >= DEGREE_BACHELOR &&
        !span_is_empty(f.degree.subject))
        f.school = school_behind(layout, line, &f.degree);
    if (!span_is_empty(f.school) && f.school.start == line->span.start &&
        layout_is_tail(layout, i))
        f.school = with_head(layout, i, f.school);
    if (line->n_dates)
        f.dates = &layout->dates[line->first_date];
    /* "Diploma" in the name of a school or course is not a second degree. */
    f.is_unfinished = says_unfinished(text);
    return f;
}

/* Whether a line with these facts begins a new entry. */
static bool begins_entry(const struct reader *r, const struct facts *f,
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

static void fill(struct education *e, const struct facts *f,
                 const struct layout *layout, size_t i)
{
    if (f->degree.level != DEGREE_NONE && e->level == DEGREE_NONE) {
        e->level = f->degree.level;
        e->degree = f->degree.name;
        e->subject = f->degree.subject;
    }
    if (span_is_empty(e->institution))
        e->institution = f->school;
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

/* The part before the first mark names a school that no word betrays: "ETH
 * Zurich", when the line has nothing else. */
static struct span guess_school(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    struct str text = str_slice(layout->text, 0, line->span.end);
    uint32_t end = line->span.start;

    if (line->n_words > 8 || line->is_item)
        return (struct span){0, 0};
    if (line->n_dates &&
        layout->dates[line->first_date].span.start == line->span.start)
        return (struct span){0, 0};
    while (
        end < line->span.end && !mark_len(text, end) &&
        !(line->n_dates && end == layout->dates[line->first_date].span.start))
        end++;
    struct span piece =
        trim(layout->text, (struct span){line->span.start, end});
    if (place_judge(span_of(layout->text, piece)) != PLACE_NO)
        return (struct span){0, 0};
    return piece;
}

static rsc_status take_line(struct ctx *ctx, struct reader *r, size_t i)
{
    const struct layout_line *line = &r->layout->lines[i];
    struct facts f = read_line(r->layout, i);
    bool is_degree = f.degree.level != DEGREE_NONE;

    if (!r->is_sure && f.degree.level < DEGREE_ASSOCIATE && !r->is_open)
        return RSC_OK;
    if (is_detail(r->layout, i)) {
        /* Its dates may stand in the margin of such a line. */
        struct facts dates = {.degree = {.level = DEGREE_NONE}};
        if (f.dates && is_range(f.dates))
            dates.dates = f.dates;
        if (r->is_open)
            fill(&r->out->items[r->out->len - 1], &dates, r->layout, i);
        return RSC_OK;
    }
    if (!is_degree && span_is_empty(f.school)) {
        if (r->is_open) {
            struct education *e = &r->out->items[r->out->len - 1];
            if (span_is_empty(e->institution) && r->is_sure &&
                !e->dates.first.year)
                e->institution = guess_school(r->layout, i);
            fill(e, &f, r->layout, i);
            return RSC_OK;
        }
        if (!r->is_sure || !f.dates)
            return RSC_OK;
        f.school = guess_school(r->layout, i);
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
    fill(&r->out->items[r->out->len - 1], &f, r->layout, i);
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
