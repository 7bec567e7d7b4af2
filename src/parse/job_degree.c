/* SPDX-License-Identifier: MIT */
#include "parse/job_degree.h"

#include "text/wordlist.h"

/* Words that one subject of a list has at the most: "Hospitality and Tourism
 * Management". */
#define SUBJECT_WORDS 5

/* "degree in Law or a related field": here no subject goes on. */
static bool ends_subject(struct str rest)
{
    static const char *const ends[] = {
        " or a ",       " or related", " or similar", " or equiv",
        " or compar",   " or another", " or other",   " or any ",
        " or relevant", " or higher",  " or above",   " or experience",
        " required",    " preferred",  " desired",    " is ",
        " from ",       " with ",      " plus ",      " desirable",
        " a plus",      " at ",        " would ",     " and/or ",
        " or working",  " or willing"};

    return STR_STARTS_ANY_NOCASE(rest, ends);
}

static uint32_t skip_comma(struct str s, uint32_t i)
{
    while (i < s.len && strchr(", ", s.data[i]))
        i++;
    return i;
}

/* Where the one subject at `start` ends: at a mark, an "or" or what ends it. */
static uint32_t one_subject_end(struct str s, uint32_t start)
{
    uint32_t end = start;

    while (end < s.len && !strchr(",.;:()\n", s.data[end])) {
        struct str rest = str_slice(s, end, s.len);
        /* "Travel and Tourism", but "law and two years of experience" */
        bool is_and =
            str_starts(rest, STR(" and ")) &&
            (rest.len < 6 || !ascii_is_upper((unsigned char)rest.data[5]));
        if (end > start && (is_and || ends_subject(rest) ||
                            str_starts_nocase(rest, STR(" or "))))
            break;
        end++;
    }
    return end;
}

/* A few words, and no number among them: not "3 years of experience". */
static bool is_short(struct str s, uint32_t start, uint32_t end)
{
    struct span run = {start, end};
    uint32_t at = start;
    size_t n = 0;

    struct span word;
    while (!span_is_empty(word = wordlist_next_word(s, run, &at))) {
        if (ascii_is_digit((unsigned char)s.data[word.start]))
            return false;
        n++;
    }
    return n > 0 && n <= SUBJECT_WORDS;
}

/* The end of the list "A, B or C" whose first subject ends at `end`; `end`
 * where it is none. Commas count once an "or" follows them. */
static uint32_t list_end(struct str s, uint32_t end)
{
    uint32_t last = end, at = end;

    for (;;) {
        struct str rest = str_slice(s, at, s.len);
        bool is_or = str_starts_nocase(rest, STR(" or ")) ||
                     str_starts_nocase(rest, STR(", or "));
        struct str behind = str_slice(s, skip_comma(s, at), s.len);
        if (is_or &&
            ends_subject(str_slice(rest, rest.data[0] == ',', rest.len)))
            return at;
        if (!is_or && !str_starts(rest, STR(", ")))
            return last;
        uint32_t start = (uint32_t)(behind.data - s.data);
        if (is_or)
            start += (uint32_t)sizeof("or");
        uint32_t to = one_subject_end(s, start);
        if (!is_short(s, start, to))
            return last;
        at = to;
        if (is_or)
            last = to;
    }
}

/* The subjects from `start` on, capitals or not: an advertisement writes them
 * in small letters as well. */
static struct span read_subjects(struct str s, uint32_t start)
{
    return (struct span){start, list_end(s, one_subject_end(s, start))};
}

/* What some countries call it; the lowest that it may be. */
static bool find_foreign(struct str s, struct degree *d)
{
    static const char *const names[] = {
        "tertiary qualification",    "tertiary education",
        "third level qualification", "third-level qualification",
        "completed training",        "completed vocational",
        "trade qualification",       "trade qualified"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        size_t at = str_find_nocase(s, str_of(names[i]), 0);
        if (at == SIZE_MAX)
            continue;
        *d = (struct degree){
            .level = DEGREE_VOCATIONAL,
            .name = {(uint32_t)at, (uint32_t)(at + strlen(names[i]))}};
        return true;
    }
    return false;
}

/* "Graduation from a four-year college with a major in psychology" */
static bool find_major(struct str s, struct degree *d)
{
    size_t at = str_find_nocase(s, STR(" major in "), 0);

    if (at == SIZE_MAX ||
        !(str_has_nocase(s, "college") || str_has_nocase(s, "university")))
        return false;
    *d = (struct degree){
        .level = DEGREE_BACHELOR,
        .name = {(uint32_t)at + 1, (uint32_t)(at + strlen(" major"))}};
    return true;
}

/* "supervising PhD students": theirs, not the applicant's. */
static bool is_of_students(struct str s, const struct degree *d)
{
    static const char *const others[] = {" student", " candidates", " theses",
                                         " supervision", " project"};
    struct str rest = str_slice(s, d->name.end, s.len);

    return STR_STARTS_ANY_NOCASE(rest, others);
}

static bool find_any_degree(struct str s, struct degree *d)
{
    if (!str_has_nocase(s, "degree") || str_has_nocase(s, "degree of") ||
        str_has_nocase(s, "degrees f") || str_has_nocase(s, "360"))
        return false;
    size_t at = str_find_nocase(s, STR("degree"), 0);
    bool is_higher = str_has_nocase(s, "advanced university degree") ||
                     str_has_nocase(s, "advanced degree") ||
                     str_has_nocase(s, "postgraduate degree");
    *d = (struct degree){.level = is_higher ? DEGREE_MASTER : DEGREE_BACHELOR,
                         .name = {(uint32_t)at, (uint32_t)at + 6}};
    if (str_starts_nocase(str_slice(s, at + 6, s.len), STR(" in ")))
        d->subject = read_subjects(s, d->name.end + 4);
    return true;
}

/* "Bachelor's degree in computer science", "vocational training as an
 * electrician"; true. */
static bool find_subject(struct str s, struct degree *d)
{
    static const char *const leads[] = {" in ", " as an ", " as a ", " as "};

    if (!span_is_empty(d->subject)) {
        d->subject.end = list_end(s, d->subject.end);
        return true;
    }
    /* "Master's degree (or equivalent) in physics" */
    size_t from = d->name.end;
    size_t or_equal = str_find_nocase(s, STR("(or equivalent)"), from);
    if (or_equal != SIZE_MAX)
        from = or_equal;
    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        size_t at = str_find_nocase(s, str_of(leads[i]), from);
        if (at == SIZE_MAX || at - from > sizeof("'s (hons) degree"))
            continue;
        d->subject = read_subjects(s, (uint32_t)(at + strlen(leads[i])));
        break;
    }
    return true;
}

/* "Trade certificate (Cert III in Plant Mechanics)" is about the mechanics. */
static void skip_inner_degree(struct str s, struct degree *d)
{
    struct degree inner;

    if (degree_find(span_of(s, d->subject), &inner) && inner.name.start == 0 &&
        !span_is_empty(inner.subject))
        d->subject.start += inner.subject.start;
}

bool job_degree_find(struct str s, struct degree *d)
{
    struct degree other;

    if (!degree_find_lowest(s, d))
        return find_foreign(s, d) || find_major(s, d) ? find_subject(s, d)
                                                      : find_any_degree(s, d);
    if (is_of_students(s, d))
        return false;
    /* A certificate is asked for by its name, not as a level. */
    if (d->level == DEGREE_VOCATIONAL &&
        str_starts_nocase(span_of(s, d->name), STR("certificate")))
        return find_any_degree(s, d);
    /* "Bachelor's or Master's degree in Law" */
    if (span_is_empty(d->subject) && degree_find(s, &other))
        d->subject = other.subject;
    find_subject(s, d);
    skip_inner_degree(s, d);
    return true;
}

static bool takes_experience(struct str s)
{
    static const char *const words[] = {"equivalent experience",
                                        "or experience",
                                        "or relevant experience",
                                        "or related experience",
                                        "equivalent work",
                                        "equivalent combination",
                                        "equivalent practical",
                                        "combination of education",
                                        "or equivalent professional",
                                        "or comparable experience"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_has_nocase(s, words[i]))
            return true;
    return false;
}

/* "training as an electrician" */
static bool is_trade(struct str s, const struct degree *d)
{
    struct str before = str_slice(s, 0, d->subject.start);

    return str_ends_nocase(before, STR(" as ")) ||
           str_ends_nocase(before, STR(" as a ")) ||
           str_ends_nocase(before, STR(" as an "));
}

rsc_status job_degree_add(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s, const struct degree *d)
{
    static const char *const names[] = {
        [DEGREE_SCHOOL] = "High school diploma",
        [DEGREE_VOCATIONAL] = "Vocational diploma",
        [DEGREE_ASSOCIATE] = "Associate degree",
        [DEGREE_BACHELOR] = "Bachelor's degree",
        [DEGREE_MASTER] = "Master's degree",
        [DEGREE_DOCTOR] = "Doctorate",
    };
    struct str subject = str_trim(span_of(s->text, d->subject));
    struct str label =
        subject.len
            ? ctx_printf(ctx, "%s %s %.*s", names[d->level],
                         is_trade(s->text, d) ? "as" : "in", STR_ARG(subject))
            : str_of(names[d->level]);
    struct requirement *r =
        job_skills_put(ctx, out, s, REQUIREMENT_DEGREE, label);

    if (!r)
        return ctx->error.status;
    r->level = d->level;
    r->subject = subject;
    r->or_experience = takes_experience(s->text);
    return RSC_OK;
}

/* "or a degree in computer science" */
static bool is_behind_degree(struct str text, uint32_t i)
{
    return str_ends_nocase(str_slice(text, 0, i), STR("degree in "));
}

void job_degree_drop_subjects(struct str text, const struct degree *d,
                              struct skill_hits *hits)
{
    static const char *const ends[] = {"field", "discipline", "subject",
                                       "science", "area"};
    uint32_t end = d->subject.end > d->name.end ? d->subject.end : d->name.end;
    /* "or" and commas of a list; "diploma, a driving licence" has none. */
    uint32_t slack = span_is_empty(d->subject) ? 0 : 5;
    size_t kept = 0;

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        size_t at = str_find_nocase(text, str_of(ends[i]), end);
        if (at != SIZE_MAX && at - end < 90)
            end = (uint32_t)at;
    }
    for (size_t i = 0; i < hits->len; i++) {
        struct span span = hits->items[i].span;
        bool in_list =
            (span.start >= d->name.start && span.start < end + slack) ||
            is_behind_degree(text, span.start);
        if (in_list && span.end > end)
            end = span.end;
        if (!in_list)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
}
