/* SPDX-License-Identifier: MIT */
#include "parse/education_line.h"

#include "parse/places.h"
#include "parse/subjects.h"

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

static bool is_capital(struct str text, struct span s)
{
    return !span_is_empty(s) &&
           ascii_is_upper((unsigned char)text.data[s.start]);
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
        /* "MBA Lebanon Valley College" */
        struct span behind = trim(text, (struct span){degree.end, piece.end});
        if (is_own && degree.start == piece.start && is_capital(text, behind) &&
            degree_is_school(span_of(text, behind)))
            return behind;
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
        if (str_has_nocase(line, words[i]))
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

/* "PhD Princeton University, Computer Science": the piece behind the school,
 * where it is named as subjects are. */
static struct span subject_behind(const struct layout *layout,
                                  const struct layout_line *line,
                                  struct span school)
{
    struct str text = layout->text;
    uint32_t end = line->span.end, i = school.end;

    if (i + 2 >= end || text.data[i] != ',')
        return (struct span){0, 0};
    uint32_t start = ++i;
    while (i < end && !strchr(",|\t(", text.data[i]))
        i++;
    struct span piece = trim(text, (struct span){start, i});
    struct str name = span_of(text, piece);
    bool is_one = subject_is_likely(name) && !degree_is_school(name) &&
                  place_judge(name) == PLACE_NO && is_capital(text, piece);
    return is_one ? piece : (struct span){0, 0};
}

/* Sorts out what of a line is the school and what the subject. */
static void settle_subject(const struct layout *layout,
                           const struct layout_line *line,
                           struct education_facts *f)
{
    struct str text = layout->text;

    if (f->degree.level < DEGREE_ASSOCIATE ||
        f->school.start >= line->span.end || f->school.start < line->start)
        return;
    /* "B.A.: International Studies Elon University" */
    size_t split = subject_split(span_of(text, f->school));
    if (split && f->school.start >= f->degree.name.end) {
        uint32_t at = f->school.start + (uint32_t)split;
        if (span_is_empty(f->degree.subject))
            f->degree.subject = trim(text, (struct span){f->school.start, at});
        f->school.start = at;
    }
    if (span_is_empty(f->degree.subject))
        f->degree.subject = subject_behind(layout, line, f->school);
}

/* "MBA, INSEAD, 2012": one word in capitals names no subject. */
static bool is_school_in_capitals(struct str text, struct span s)
{
    if (subject_is_likely(span_of(text, s)))
        return false;
    for (uint32_t i = s.start; i < s.end; i++)
        if (!ascii_is_upper((unsigned char)text.data[i]))
            return false;
    return s.end - s.start >= 4;
}

/* "Dental Assisting Certificate, San Joaquin Valley College": a certificate
 * that a school gives, its subject before it. */
static void read_certificate(const struct layout *layout,
                             const struct layout_line *line,
                             struct education_facts *f)
{
    struct str text = span_of(layout->text, line->span);
    size_t at = str_find_nocase(text, STR(" certificate"), 0);

    if (f->degree.level != DEGREE_NONE || span_is_empty(f->school) ||
        at == SIZE_MAX || line->span.start + at > f->school.start)
        return;
    uint32_t end = line->span.start + (uint32_t)at;
    uint32_t start = end;
    while (start > line->span.start &&
           !strchr("\t|,;:(", layout->text.data[start - 1]))
        start--;
    f->degree = (struct degree){
        .level = DEGREE_VOCATIONAL,
        .name = {end + 1, end + 12},
        .subject = trim(layout->text, (struct span){start, end})};
}

/* "School", the end of a broken line: not a name. */
static bool is_bare(struct str school)
{
    return school.len && str_find(school, STR(" "), 0) == SIZE_MAX &&
           degree_is_school(school);
}

/* "and Special Needs work within the school": the rest of a sentence. */
static bool is_rest(struct str school)
{
    static const char *const starts[] = {"and ", "for ", "in ",
                                         "or ",  "to ",  "with "};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (str_starts(school, str_of(starts[i])))
            return true;
    return false;
}

/* "Fordham University GPA: 3.5" without its end. */
static void cut_grade(struct str text, struct span *school)
{
    size_t at = str_find(span_of(text, *school), STR(" GPA"), 0);

    if (at != SIZE_MAX)
        *school = trim(
            text, (struct span){school->start, school->start + (uint32_t)at});
}

/* "Associate Degree Program" has no subject. */
static bool is_program(struct str subject)
{
    return str_eq_nocase(subject, STR("program")) ||
           str_eq_nocase(subject, STR("programme"));
}

/* "5 2015" has none. */
static bool has_letters(struct str s)
{
    unsigned n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ascii_is_alpha((unsigned char)s.data[i]) ||
             (unsigned char)s.data[i] >= 0x80;
    return n >= 2;
}

struct education_facts education_line_read(const struct layout *layout,
                                           size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    struct str text = span_of(layout->text, line->span);
    struct education_facts f = {.degree = {.level = DEGREE_NONE}};

    if (degree_find(text, &f.degree)) {
        shift(&f.degree.name, line->span.start);
        shift(&f.degree.subject, line->span.start);
    }
    f.school = find_school(layout, line, f.degree.name);
    if (span_is_empty(f.school) && f.degree.level >= DEGREE_BACHELOR &&
        !span_is_empty(f.degree.subject))
        f.school = school_behind(layout, line, &f.degree);
    if (span_is_empty(f.school) &&
        is_school_in_capitals(layout->text, f.degree.subject)) {
        f.school = f.degree.subject;
        f.degree.subject = (struct span){0, 0};
    }
    settle_subject(layout, line, &f);
    read_certificate(layout, line, &f);
    if (!span_is_empty(f.school) && f.school.start == line->span.start &&
        layout_is_tail(layout, i))
        f.school = with_head(layout, i, f.school);
    cut_grade(layout->text, &f.school);
    if (is_bare(span_of(layout->text, f.school)) ||
        is_rest(span_of(layout->text, f.school)))
        f.school = (struct span){0, 0};
    if (is_program(span_of(layout->text, f.degree.subject)))
        f.degree.subject = (struct span){0, 0};
    if (line->n_dates)
        f.dates = &layout->dates[line->first_date];
    /* "Diploma" in the name of a school or course is not a second degree. */
    f.is_unfinished = says_unfinished(text);
    return f;
}

struct span education_line_school(const struct layout *layout, size_t i)
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
    if (place_judge(span_of(layout->text, piece)) != PLACE_NO ||
        !has_letters(span_of(layout->text, piece)))
        return (struct span){0, 0};
    return piece;
}
