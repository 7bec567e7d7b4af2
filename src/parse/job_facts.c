/* SPDX-License-Identifier: MIT */
#include "parse/job_facts.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parse/degrees.h"
#include "parse/spoken.h"
#include "parse/titles.h"
#include "text/wordlist.h"

#define LABEL_BYTES 70 /* what a table shows */

static bool has(struct str text, const char *word)
{
    return str_find_nocase(text, str_of(word), 0) != SIZE_MAX;
}

/* The first words of s, at most LABEL_BYTES. */
static struct str shorten(struct str s)
{
    size_t end = 0;

    s = str_trim(s);
    while (s.len && strchr(".;,:", s.data[s.len - 1]))
        s.len--;
    if (s.len <= LABEL_BYTES)
        return s;
    for (size_t i = 0; i < LABEL_BYTES; i++) {
        if (s.data[i] == ' ')
            end = i;
    }
    if (!end) {
        end = LABEL_BYTES;
        while (end > 0 && ((unsigned char)s.data[end] & 0xC0) == 0x80)
            end--;
    }
    return str_slice(s, 0, end);
}

struct requirement *job_facts_add(struct ctx *ctx, struct requirement_list *out,
                                  const struct job_sentence *s,
                                  enum requirement_kind kind, struct str label)
{
    struct requirement *r = vec_push(ctx, out);

    if (!r)
        return NULL;
    *r = (struct requirement){
        .kind = kind,
        .must = s->must,
        .required = s->required,
        .label = shorten(label),
        .text = str_trim(s->text),
        .source = s->span,
        .at_least = 1,
    };
    return r;
}

/* "three" to 3, "3" to 3; 0 if the word is no number up to 40. */
static unsigned number_of(struct str word)
{
    static const char *const names[] = {
        "",      "one",   "two",  "three", "four",   "five",  "six",
        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    uint64_t value;

    for (unsigned i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_eq_nocase(word, str_of(names[i])))
            return i;
    }
    if (str_eq_nocase(word, STR("fifteen")))
        return 15;
    if (str_eq_nocase(word, STR("twenty")))
        return 20;
    /* "3-5" is one word: its first number counts. */
    size_t n = 0;
    while (n < word.len && ascii_is_digit((unsigned char)word.data[n]))
        n++;
    if (n && str_to_u64(str_slice(word, 0, n), 40, &value))
        return (unsigned)value;
    return 0;
}

static bool is_unit(struct str word, bool *is_years)
{
    *is_years = str_starts_nocase(word, STR("year")) ||
                str_eq_nocase(word, STR("yrs")) ||
                str_eq_nocase(word, STR("yr"));
    return *is_years || str_eq_nocase(word, STR("months")) ||
           str_eq_nocase(word, STR("month"));
}

/* Words between a number and its unit: "3 or more years", "2 to 4 years". */
static bool is_between(struct str word)
{
    static const char *const words[] = {"or",  "more", "to",       "plus",
                                        "and", "full", "calendar", "of",
                                        "at",  "least"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    }
    return number_of(word) > 0;
}

unsigned job_facts_months(struct str sentence, size_t *end)
{
    struct span all = {0, (uint32_t)sentence.len}, span;
    uint32_t at = 0;
    unsigned first = 0;
    bool is_years;

    while (!span_is_empty(span = wordlist_next_word(sentence, all, &at))) {
        struct str word = span_of(sentence, span);
        unsigned n = number_of(word);
        if (is_unit(word, &is_years) && first) {
            struct str rest = str_slice(sentence, at, sentence.len);
            /* "18 years old", "5 years of age", "within two years" */
            if (!str_starts_nocase(rest, STR(" old")) &&
                !str_starts_nocase(rest, STR(" of age"))) {
                if (end)
                    *end = at;
                return is_years ? first * 12 : first;
            }
            first = 0;
        } else if (n && !first) {
            first = n;
        } else if (!n && !is_between(word)) {
            first = 0;
        }
    }
    return 0;
}

/* A sentence that names years of something other than experience. */
static bool asks_for_years(struct str s)
{
    return (has(s, "experience") || has(s, "years of") || has(s, "years in") ||
            has(s, "years as") || has(s, "years'") || has(s, "background") ||
            has(s, "years working") || has(s, "years with") ||
            has(s, "post-qualif") || has(s, "pqe")) &&
           !has(s, "we have been") && !has(s, "founded") &&
           !has(s, "over the past") && !has(s, "for over") &&
           !has(s, "within the first");
}

/* Skills of the sentence as a set for one requirement. */
struct skill_set {
    uint32_t *items;
    size_t n;
};

static bool is_in(const struct skill_set *set, uint32_t skill)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->items[i] == skill)
            return true;
    }
    return false;
}

/* The word "or" or a stroke between two hits, and nothing else but the rest
 * of a list. */
static bool is_or(struct str text, size_t from, size_t to)
{
    struct str gap = str_slice(text, from, to);

    if (gap.len > 24)
        return false;
    struct str t = str_trim(gap);
    return str_eq_nocase(t, STR("or")) || str_eq_nocase(t, STR(", or")) ||
           str_eq(t, STR("/")) || str_eq_nocase(t, STR("and/or")) ||
           str_eq_nocase(t, STR(", and/or")) ||
           str_eq_nocase(t, STR("or equivalent")) ||
           (str_starts_nocase(t, STR("or ")) && t.len < 20) ||
           str_ends_nocase(t, STR(" or"));
}

static bool is_comma(struct str text, size_t from, size_t to)
{
    struct str t = str_trim(str_slice(text, from, to));

    return str_eq(t, STR(","));
}

/* How many of a list are wanted: "at least two of", "one or more of". */
static unsigned wanted_of_list(struct str text)
{
    static const char *const leads[] = {
        "at least ", "one or more of", "one of",        "any of",
        "either ",   "any one of",     "two or more of"};
    size_t at = str_find_nocase(text, STR("at least "), 0);

    if (at != SIZE_MAX) {
        uint32_t i = (uint32_t)at + 9;
        struct span all = {0, (uint32_t)text.len};
        unsigned n =
            number_of(span_of(text, wordlist_next_word(text, all, &i)));
        struct str rest = str_slice(text, i, text.len);
        if (n && (str_starts_nocase(rest, STR(" of")) ||
                  str_starts_nocase(rest, STR(" or more of"))))
            return n;
    }
    if (has(text, "two or more of"))
        return 2;
    for (size_t i = 1; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (has(text, leads[i]))
            return 1;
    }
    return 0;
}

static struct str join_label(struct ctx *ctx, const struct ontology *ontology,
                             const struct skill_set *set, unsigned at_least)
{
    struct str label = ontology_name(ontology, set->items[0]);

    for (size_t i = 1; i < set->n && i < 4; i++) {
        struct str name = ontology_name(ontology, set->items[i]);
        label = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(label),
                           i + 1 == set->n ? " or " : ", ", STR_ARG(name));
    }
    if (set->n > 4)
        label = ctx_printf(ctx, "%.*s, ...", STR_ARG(label));
    if (at_least > 1)
        label = ctx_printf(ctx, "%u of %.*s", at_least, STR_ARG(label));
    return label;
}

static rsc_status add_skills(struct ctx *ctx, struct requirement_list *out,
                             const struct job_sentence *s,
                             const struct ontology *ontology,
                             struct skill_set set, unsigned at_least,
                             struct str text)
{
    bool is_certificate =
        ontology_kind(ontology, set.items[0]) == SKILL_CERTIFICATE;
    struct str label = join_label(ctx, ontology, &set, at_least);
    struct requirement *r = job_facts_add(
        ctx, out, s,
        is_certificate ? REQUIREMENT_CERTIFICATE : REQUIREMENT_SKILL, label);

    if (!r)
        return ctx->error.status;
    r->skills = set.items;
    r->n_skills = set.n;
    r->at_least = at_least < set.n ? at_least : (unsigned)set.n;
    r->text = text;
    return RSC_OK;
}

/* The first hit behind the alternatives that begin with hit i. */
static size_t group_end(const struct skill_hits *hits, size_t i,
                        struct str text)
{
    size_t end = i + 1, k = i;
    bool has_or = false;

    /* "A, B or C": commas count once an "or" follows them. */
    while (k + 1 < hits->len) {
        size_t from = hits->items[k].span.end;
        size_t to = hits->items[k + 1].span.start;
        if (is_or(text, from, to)) {
            has_or = true;
            end = k + 2;
        } else if (!is_comma(text, from, to)) {
            break;
        }
        k++;
    }
    return has_or ? end : i + 1;
}

static rsc_status add_groups(struct ctx *ctx, struct requirement_list *out,
                             const struct job_sentence *s,
                             const struct ontology *ontology,
                             const struct skill_hits *hits)
{
    unsigned wanted = wanted_of_list(s->text);
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < hits->len && !st;) {
        size_t end = wanted && hits->len > wanted ? hits->len
                                                  : group_end(hits, i, s->text);
        struct skill_set set = {ctx_alloc_array(ctx, end - i, sizeof(uint32_t)),
                                0};
        if (!set.items)
            return ctx->error.status;
        for (size_t k = i; k < end; k++) {
            if (!is_in(&set, hits->items[k].skill))
                set.items[set.n++] = hits->items[k].skill;
        }
        struct str text = str_slice(s->text, hits->items[i].span.start,
                                    hits->items[end - 1].span.end);
        st = add_skills(ctx, out, s, ontology, set, wanted ? wanted : 1, text);
        i = end;
    }
    return st;
}

/* "and", a comma or an "or" between two hits of one list. */
static bool is_listed(struct str text, size_t from, size_t to)
{
    struct str t = str_trim(str_slice(text, from, to));

    return is_or(text, from, to) || is_comma(text, from, to) ||
           str_eq_nocase(t, STR("and")) || str_eq_nocase(t, STR(", and")) ||
           str_eq(t, STR("&"));
}

/* The hits [*from, *to) that the years are about: the first list behind them,
 * or the hit right before ("Python: 3 years"). */
static void find_subject(const struct ontology *ontology, struct str text,
                         const struct skill_hits *hits, size_t end,
                         size_t *from, size_t *to)
{
    size_t i = 0;

    while (i < hits->len && hits->items[i].span.start < end)
        i++;
    if (i == hits->len && i > 0)
        i--;
    *from = *to = i;
    if (i == hits->len ||
        ontology_kind(ontology, hits->items[i].skill) == SKILL_CERTIFICATE ||
        ontology_kind(ontology, hits->items[i].skill) == SKILL_SOFT)
        return;
    /* A far one belongs to something else that the sentence says. */
    if (hits->items[i].span.start > end + 60)
        return;
    *to = i + 1;
    while (*to < hits->len && is_listed(text, hits->items[*to - 1].span.end,
                                        hits->items[*to].span.start))
        (*to)++;
}

/* Adds the years and takes the hits that they are about out of the list. */
static rsc_status add_years(struct ctx *ctx, struct requirement_list *out,
                            const struct job_sentence *s,
                            const struct ontology *ontology,
                            struct skill_hits *hits)
{
    size_t end = 0, from = 0, to = 0;
    unsigned months = job_facts_months(s->text, &end);
    struct skill_set set = {
        ctx_alloc_array(ctx, hits->len + 1, sizeof(uint32_t)), 0};
    struct str amount = months % 12 ? ctx_printf(ctx, "%u months", months)
                                    : ctx_printf(ctx, "%u year%s", months / 12,
                                                 months == 12 ? "" : "s");
    if (!set.items || !amount.data)
        return ctx->error.status;
    find_subject(ontology, s->text, hits, end, &from, &to);
    for (size_t i = from; i < to; i++) {
        if (!is_in(&set, hits->items[i].skill))
            set.items[set.n++] = hits->items[i].skill;
    }
    struct str what =
        set.n ? join_label(ctx, ontology, &set, 1) : STR("experience");
    struct requirement *r = job_facts_add(
        ctx, out, s, REQUIREMENT_YEARS,
        ctx_printf(ctx, "%.*s of %.*s", STR_ARG(amount), STR_ARG(what)));
    if (!r)
        return ctx->error.status;
    r->months = months;
    r->skills = set.items;
    r->n_skills = set.n;
    for (size_t i = to; i < hits->len; i++)
        hits->items[from + i - to] = hits->items[i];
    hits->len -= to - from;
    return RSC_OK;
}

/* "degree in Law or a related field" */
static bool ends_subject(struct str rest)
{
    static const char *const ends[] = {
        " or a ",     " or related", " or similar", " or equivalent",
        " or compar", " or another", " and ",       " or other"};

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (str_starts_nocase(rest, str_of(ends[i])))
            return true;
    }
    return false;
}

static bool asks_for_degree(struct str s, struct degree *d)
{
    if (degree_find_lowest(s, d)) {
        struct degree other;
        /* "Bachelor's or Master's degree in Law" */
        if (span_is_empty(d->subject) && degree_find(s, &other))
            d->subject = other.subject;
        return true;
    }
    if (!has(s, "degree") || has(s, "degree of") || has(s, "degrees f") ||
        has(s, "360"))
        return false;
    size_t at = str_find_nocase(s, STR("degree"), 0);
    *d = (struct degree){.level = DEGREE_BACHELOR,
                         .name = {(uint32_t)at, (uint32_t)at + 6}};
    if (str_starts_nocase(str_slice(s, at + 6, s.len), STR(" in "))) {
        uint32_t start = (uint32_t)at + 10, end = start;
        while (end < s.len && !strchr(",.;(", s.data[end]) &&
               !ends_subject(str_slice(s, end, s.len)))
            end++;
        d->subject = (struct span){start, end};
    }
    return true;
}

static rsc_status add_degree(struct ctx *ctx, struct requirement_list *out,
                             const struct job_sentence *s,
                             const struct degree *d)
{
    static const char *const names[] = {
        [DEGREE_SCHOOL] = "High school diploma",
        [DEGREE_VOCATIONAL] = "Vocational diploma",
        [DEGREE_ASSOCIATE] = "Associate degree",
        [DEGREE_BACHELOR] = "Bachelor's degree",
        [DEGREE_MASTER] = "Master's degree",
        [DEGREE_DOCTOR] = "Doctorate",
    };
    struct str subject = span_of(s->text, d->subject);
    struct str label =
        subject.len
            ? ctx_printf(ctx, "%s in %.*s", names[d->level], STR_ARG(subject))
            : str_of(names[d->level]);
    struct requirement *r =
        job_facts_add(ctx, out, s, REQUIREMENT_DEGREE, label);

    if (!r)
        return ctx->error.status;
    r->level = d->level;
    r->subject = subject;
    r->or_experience = has(s->text, "equivalent experience") ||
                       has(s->text, "or experience") ||
                       has(s->text, "or relevant experience") ||
                       has(s->text, "or related experience") ||
                       has(s->text, "equivalent work") ||
                       has(s->text, "equivalent combination") ||
                       has(s->text, "equivalent practical") ||
                       has(s->text, "combination of education") ||
                       has(s->text, "or equivalent professional") ||
                       has(s->text, "or comparable experience");
    return RSC_OK;
}

/* Whether a language is asked for, not a subject or a people. */
static bool asks_for_language(struct str s)
{
    static const char *const cues[] = {"fluen",     "speak",
                                       "language",  "written",
                                       "verbal",    "spoken",
                                       "native",    "bilingual",
                                       "proficien", "command of",
                                       "oral",      "communicat",
                                       "mother",    "conversational",
                                       "b1",        "b2",
                                       "c1",        "c2",
                                       "a2",        "working knowledge"};

    for (size_t i = 0; i < sizeof(cues) / sizeof(cues[0]); i++) {
        if (has(s, cues[i]))
            return true;
    }
    return s.len < 30;
}

static rsc_status add_languages(struct ctx *ctx, struct requirement_list *out,
                                const struct job_sentence *s)
{
    struct spoken_list list = {0};
    struct span all = {0, (uint32_t)s->text.len};

    if (!asks_for_language(s->text))
        return RSC_OK;
    rsc_status st = spoken_read(ctx, &list, s->text, all);
    for (size_t i = 0; i < list.len && !st; i++) {
        struct requirement *r = job_facts_add(ctx, out, s, REQUIREMENT_LANGUAGE,
                                              list.items[i].language);
        if (!r)
            return ctx->error.status;
        r->language = list.items[i].language;
        r->language_level = list.items[i].level;
        if (!r->language_level)
            r->language_level = spoken_level(s->text, all);
    }
    return st;
}

static bool asks_for_licence(struct str s)
{
    if (!has(s, "licen") && !has(s, "registration with") && !has(s, " cdl"))
        return false;
    return !has(s, "licensing") && !has(s, "software licen") &&
           !has(s, "license management") && !has(s, "licence fee") &&
           !has(s, "license agreement");
}

static rsc_status find_hits(struct ctx *ctx, struct skill_hits *hits,
                            const struct ontology *ontology, struct str text)
{
    size_t kept = 0;

    if (!ontology)
        return RSC_OK;
    rsc_status st = skill_match(ctx, hits, ontology, text);
    for (size_t i = 0; i < hits->len && !st; i++) {
        if (hits->items[i].stance != STANCE_NEGATED &&
            ontology_kind(ontology, hits->items[i].skill) != SKILL_LANGUAGE)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
    return st;
}

/* Licences: the hits of kind certificate say which, if they do. */
static rsc_status add_licence(struct ctx *ctx, struct requirement_list *out,
                              const struct job_sentence *s,
                              const struct ontology *ontology,
                              struct skill_hits *hits)
{
    struct requirement *r =
        job_facts_add(ctx, out, s, REQUIREMENT_LICENCE, s->text);
    struct skill_set set = {
        ctx_alloc_array(ctx, hits->len + 1, sizeof(uint32_t)), 0};
    size_t kept = 0;

    if (!r || !set.items)
        return ctx->error.status;
    for (size_t i = 0; i < hits->len; i++) {
        uint32_t skill = hits->items[i].skill;
        if (ontology_kind(ontology, skill) == SKILL_CERTIFICATE) {
            if (!is_in(&set, skill))
                set.items[set.n++] = skill;
        } else if (s->text.len > 60) {
            /* A short phrase has nothing beside the licence. */
            hits->items[kept++] = hits->items[i];
        }
    }
    hits->len = kept;
    r->skills = set.items;
    r->n_skills = set.n;
    return RSC_OK;
}

static bool has_certificate(const struct ontology *ontology,
                            const struct skill_hits *hits)
{
    for (size_t i = 0; i < hits->len; i++) {
        if (ontology_kind(ontology, hits->items[i].skill) == SKILL_CERTIFICATE)
            return true;
    }
    return false;
}

/* What is studied is no skill of its own: "degree in Nursing, Midwifery or a
 * related field". Drops the hits from the degree's name to the list's end. */
static void drop_subjects(struct str text, const struct degree *d,
                          struct skill_hits *hits)
{
    static const char *const ends[] = {"field", "discipline", "subject",
                                       "area"};
    uint32_t end = d->subject.end > d->name.end ? d->subject.end : d->name.end;
    size_t kept = 0;

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        size_t at = str_find_nocase(text, str_of(ends[i]), end);
        if (at != SIZE_MAX && at - end < 90)
            end = (uint32_t)at;
    }
    for (size_t i = 0; i < hits->len; i++) {
        struct span span = hits->items[i].span;
        bool in_list = span.start >= d->name.start && span.start < end + 5;
        if (in_list && span.end > end)
            end = span.end;
        if (!in_list)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
}

/* "seeking a Maths Teacher" asks for no mathematics beyond the title. */
static void drop_title(const struct job_sentence *s, struct skill_hits *hits)
{
    size_t at = s->title.len ? str_find_nocase(s->text, s->title, 0) : SIZE_MAX;
    size_t kept = 0;

    if (at == SIZE_MAX)
        return;
    for (size_t i = 0; i < hits->len; i++) {
        struct span span = hits->items[i].span;
        if (span.start >= at + s->title.len || span.end <= at)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
}

/* "Good written English" asks for no skill in writing, and what employers say
 * of themselves ("a friendly team") for none at all. */
static void drop_soft(const struct ontology *ontology, struct skill_hits *hits)
{
    size_t kept = 0;

    for (size_t i = 0; i < hits->len; i++) {
        if (ontology_kind(ontology, hits->items[i].skill) != SKILL_SOFT)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
}

static rsc_status read_facts(struct ctx *ctx, struct requirement_list *out,
                             const struct job_sentence *s,
                             const struct ontology *ontology)
{
    struct skill_hits hits = {0};
    struct degree d;
    bool has_years = job_facts_months(s->text, NULL) && asks_for_years(s->text);
    rsc_status st = find_hits(ctx, &hits, ontology, s->text);

    drop_title(s, &hits);
    if (!st && asks_for_degree(s->text, &d)) {
        st = add_degree(ctx, out, s, &d);
        drop_subjects(s->text, &d, &hits);
    }
    size_t before = out->len;
    if (!st)
        st = add_languages(ctx, out, s);
    if (out->len > before || s->is_prose)
        drop_soft(ontology, &hits);
    if (!st && asks_for_licence(s->text))
        st = add_licence(ctx, out, s, ontology, &hits);
    if (!st && has_years)
        st = add_years(ctx, out, s, ontology, &hits);
    if (!st && has(s->text, "certif") && !has_certificate(ontology, &hits) &&
        !job_facts_add(ctx, out, s, REQUIREMENT_CERTIFICATE, s->text))
        return ctx->error.status;
    if (!st && hits.len)
        st = add_groups(ctx, out, s, ontology, &hits);
    return st;
}

rsc_status job_facts_read(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology, size_t *n)
{
    size_t before = out->len;
    rsc_status st = RSC_OK;

    if (s->is_duty) {
        if (!job_facts_add(ctx, out, s, REQUIREMENT_DUTY, s->text))
            st = ctx->error.status;
    } else {
        st = read_facts(ctx, out, s, ontology);
    }
    *n = out->len - before;
    return st;
}

rsc_status job_facts_item(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology)
{
    struct skill_hits hits = {0};
    uint32_t skill = ontology ? ontology_find(ontology, s->text) : UINT32_MAX;
    rsc_status st = find_hits(ctx, &hits, ontology, s->text);

    if (st)
        return st;
    bool is_whole = hits.len == 1 && hits.items[0].span.start == 0 &&
                    hits.items[0].span.end == s->text.len;
    if (skill == UINT32_MAX && is_whole)
        skill = hits.items[0].skill;
    enum requirement_kind kind = REQUIREMENT_SKILL;
    if (skill == UINT32_MAX && title_judge(s->text) != TITLE_NO)
        kind = REQUIREMENT_TITLE;
    else if (skill != UINT32_MAX &&
             ontology_kind(ontology, skill) == SKILL_CERTIFICATE)
        kind = REQUIREMENT_CERTIFICATE;
    struct requirement *r = job_facts_add(ctx, out, s, kind, s->text);
    if (!r)
        return ctx->error.status;
    if (skill != UINT32_MAX) {
        uint32_t *one = ctx_alloc(ctx, sizeof(*one));
        if (!one)
            return ctx->error.status;
        *one = skill;
        r->skills = one;
        r->n_skills = 1;
    }
    return RSC_OK;
}
