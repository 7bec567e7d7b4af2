/* SPDX-License-Identifier: MIT */
#include "parse/job_facts.h"

#include "base/vec.h"
#include "parse/job_clauses.h"
#include "parse/job_degree.h"
#include "parse/job_words.h"
#include "parse/spoken.h"
#include "parse/titles.h"
#include "text/wordlist.h"

/* Of a phrase that says nothing beside the years and what they are about. */
#define SHORT_BYTES 30

/* "min 2 yrs heavy industry", "you've got at least two years on the line":
 * whoever asks for a least time asks for experience, unless a contract takes
 * that long. `end` is behind the amount. */
static bool asks_for_least(struct str s, size_t end)
{
    static const char *const least[] = {"at least ", "min ", "min. ",
                                        "minimum ", "minimum of "};
    static const char *const terms[] = {"contract", "fixed",    "term",
                                        "commit",   "warranty", "stay",
                                        "notice",   "probation"};
    struct str before = str_slice(s, 0, end);
    /* "welder, 3 years" */
    bool is_least = str_has_nocase(before, "+") || s.len < SHORT_BYTES ||
                    (end < s.len && s.data[end] == '+');

    for (size_t i = 0; i < sizeof(least) / sizeof(least[0]); i++)
        is_least = is_least || str_has_nocase(before, least[i]);
    for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
        is_least = is_least && !str_has_nocase(s, terms[i]);
    return is_least;
}

/* A sentence that names years of something other than experience. `end` is
 * behind the amount. */
/* "2-4 years closing deals" */
static bool is_of_doing(struct str s, size_t end)
{
    struct span all = {0, (uint32_t)s.len};
    uint32_t at = (uint32_t)end;
    struct str next = span_of(s, wordlist_next_word(s, all, &at));

    return next.len > 5 && str_ends_nocase(next, STR("ing"));
}

static bool asks_for_years(struct str s, size_t end)
{
    return (str_has_nocase(s, "experience") || str_has_nocase(s, "years of") ||
            str_has_nocase(s, "years in") || str_has_nocase(s, "year of") ||
            str_has_nocase(s, "year in") || str_has_nocase(s, "yrs of") ||
            str_has_nocase(s, "yrs in") || str_has_nocase(s, "yr of") ||
            str_has_nocase(s, "years as") || str_has_nocase(s, "years'") ||
            str_has_nocase(s, "background") ||
            str_has_nocase(s, "years with") || is_of_doing(s, end) ||
            str_has_nocase(s, "post-qualif") || str_has_nocase(s, "pqe") ||
            asks_for_least(s, end)) &&
           !str_has_nocase(s, "we have been") &&
           !str_has_nocase(s, "founded") &&
           !str_has_nocase(s, "over the past") &&
           !str_has_nocase(s, "for over") &&
           !str_has_nocase(s, "within the first");
}

/* "Spanish is a plus", "Spanish or French", not "French cuisine". */
static bool names_language_alone(struct str s)
{
    static const char *const next[] = {
        "a",     "and",    "are",       "is",        "or",
        "would", "as",     "at",        "desirable", "essential",
        "to",    "needed", "preferred", "required",  "will"};
    struct span all = {0, (uint32_t)s.len}, name;
    uint32_t at = 0;

    while (spoken_next(s, all, &at, &name)) {
        uint32_t behind = at;
        struct str word = span_of(s, wordlist_next_word(s, all, &behind));
        if (!word.len || strchr(",;.:()/", s.data[at]))
            return true;
        for (size_t i = 0; i < sizeof(next) / sizeof(next[0]); i++)
            if (str_eq_nocase(word, str_of(next[i])))
                return true;
    }
    return false;
}

/* Whether a language is asked for, not a subject or a people. */
static bool asks_for_language(struct str s)
{
    static const char *const cues[] = {"fluen",
                                       "speak",
                                       "language",
                                       "written",
                                       "verbal",
                                       "spoken",
                                       "native",
                                       "bilingual",
                                       "proficien",
                                       "command of",
                                       "oral",
                                       "communicat",
                                       "mother",
                                       "conversational",
                                       "reading",
                                       "b1",
                                       "b2",
                                       "c1",
                                       "c2",
                                       "a2",
                                       "working knowledge"};

    for (size_t i = 0; i < sizeof(cues) / sizeof(cues[0]); i++) {
        if (str_has_nocase(s, cues[i]))
            return true;
    }
    return s.len < 30 || ((str_has_nocase(s, "knowledge") ||
                           job_words_are_nice(s) || job_words_are_must(s)) &&
                          names_language_alone(s));
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
        struct requirement *r = job_skills_put(
            ctx, out, s, REQUIREMENT_LANGUAGE, list.items[i].language);
        if (!r)
            return ctx->error.status;
        r->language = list.items[i].language;
        r->language_level = list.items[i].level;
        if (!r->language_level)
            r->language_level = spoken_level(s->text, all);
    }
    return st;
}

static bool is_certificate(const struct ontology *ontology, uint32_t skill)
{
    return ontology_kind(ontology, skill) == SKILL_CERTIFICATE;
}

static bool asks_for_licence(struct str s)
{
    if (!str_has_nocase(s, "licen") &&
        !str_has_nocase(s, "registration with") && !str_has_nocase(s, " cdl"))
        return false;
    return !str_has_nocase(s, "licensing") &&
           !str_has_nocase(s, "software licen") &&
           !str_has_nocase(s, "license management") &&
           !str_has_nocase(s, "licence fee") &&
           !str_has_nocase(s, "license agreement");
}

/* Whether the words of the hit, or those right behind it, call it a licence:
 * "driver's license", "RN license". */
static bool is_licence(struct str text, struct span hit)
{
    uint32_t end = hit.end + 16 < text.len ? hit.end + 16 : (uint32_t)text.len;
    struct str near = str_slice(text, hit.start, end);

    for (size_t i = hit.end - hit.start; i < near.len; i++) {
        if (strchr(",;.", near.data[i]) ||
            str_starts_nocase(str_slice(near, i, near.len), STR(" and "))) {
            near.len = i;
            break;
        }
    }
    return str_has_nocase(near, "licen") ||
           str_has_nocase(near, "registration") || str_has_nocase(near, "cdl");
}

/* "Dental hygiene license with anesthesia endorsement": what it is for. */
static bool is_what_for(struct str text, struct span hit)
{
    struct str rest = str_slice(text, hit.end, text.len);

    return str_starts_nocase(rest, STR(" licen")) ||
           str_starts_nocase(rest, STR(" endorsement"));
}

/* Takes the licences among the hits into the set: those that are called one,
 * or all certificates where none is. Beside a short phrase's licence nothing
 * else is asked for. */
static void take_licences(struct skill_set *set, const struct job_sentence *s,
                          const struct ontology *ontology,
                          struct skill_hits *hits)
{
    bool any = false;
    size_t kept = 0;

    for (size_t i = 0; i < hits->len; i++)
        any |= is_certificate(ontology, hits->items[i].skill) &&
               is_licence(s->text, hits->items[i].span);
    for (size_t i = 0; i < hits->len; i++) {
        uint32_t skill = hits->items[i].skill;
        bool is_one = is_certificate(ontology, skill);
        if (is_one && (!any || is_licence(s->text, hits->items[i].span))) {
            if (!skill_set_has(set, skill))
                set->items[set->n++] = skill;
        } else if (is_one || (s->text.len > 60 &&
                              !is_what_for(s->text, hits->items[i].span))) {
            hits->items[kept++] = hits->items[i];
        }
    }
    hits->len = kept;
}

static rsc_status add_licence(struct ctx *ctx, struct requirement_list *out,
                              const struct job_sentence *s,
                              const struct ontology *ontology,
                              struct skill_hits *hits)
{
    struct skill_set set = {
        ctx_alloc_array(ctx, hits->len + 1, sizeof(uint32_t)), 0};

    if (!set.items)
        return ctx->error.status;
    take_licences(&set, s, ontology, hits);
    struct str label = s->text;
    if (set.n == 1 && s->text.len > 60)
        label = ontology_name(ontology, set.items[0]);
    struct requirement *r =
        job_skills_put(ctx, out, s, REQUIREMENT_LICENCE, label);
    if (!r)
        return ctx->error.status;
    r->skills = set.items;
    r->n_skills = set.n;
    return RSC_OK;
}

static bool has_certificate(const struct ontology *ontology,
                            const struct skill_hits *hits)
{
    for (size_t i = 0; i < hits->len; i++) {
        if (is_certificate(ontology, hits->items[i].skill))
            return true;
    }
    return false;
}

/* "cashiers" of a Cashier / Sales Assistant */
static bool is_of_title(const struct job_sentence *s, struct span span)
{
    struct str name = span_of(s->text, span);

    if (str_ends_nocase(name, STR("s")))
        name.len--;
    return str_find_nocase(s->title, name, 0) != SIZE_MAX;
}

/* "seeking a Maths Teacher" asks for no mathematics beyond the title. */
static void drop_title(const struct job_sentence *s, struct skill_hits *hits)
{
    size_t at = s->title.len ? str_find_nocase(s->text, s->title, 0) : SIZE_MAX;
    bool is_call = s->title.len && job_clause_is_call(s->text);
    size_t kept = 0;

    for (size_t i = 0; i < hits->len; i++) {
        struct span span = hits->items[i].span;
        bool in_title =
            at != SIZE_MAX && span.start >= at && span.end <= at + s->title.len;
        if (!in_title && !(is_call && is_of_title(s, span)))
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

/* "Certificate in emergency care" asks for the certificate. */
static void drop_certified(struct str text, struct skill_hits *hits)
{
    static const char *const leads[] = {
        "certificate in ",  "certificate of ", "certification in ",
        "certificates in ", "certified in ",   "certification as "};
    size_t from = SIZE_MAX, kept = 0;

    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        size_t at = str_find_nocase(text, str_of(leads[i]), 0);
        from = at < from ? at : from;
    }
    if (from == SIZE_MAX)
        return;
    size_t comma = str_find(text, STR(","), from);
    for (size_t i = 0; i < hits->len; i++) {
        struct span span = hits->items[i].span;
        if (span.start < from || span.start > comma)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
}

/* "A friendly nursery needs a nurse", not "Discretion is a must". */
static bool is_about_employer(const struct job_sentence *s)
{
    bool names_title =
        s->title.len && str_find_nocase(s->text, s->title, 0) != SIZE_MAX;

    return s->is_prose && (!s->required || names_title) &&
           !job_clause_is_about_you(s->text);
}

static rsc_status read_facts(struct ctx *ctx, struct requirement_list *out,
                             const struct job_sentence *s,
                             const struct ontology *ontology)
{
    struct skill_hits hits = {0};
    struct degree d;
    size_t behind = 0, first = out->len;
    bool has_years =
        job_skills_months(s->text, &behind) && asks_for_years(s->text, behind);
    rsc_status st = job_skills_find(ctx, &hits, ontology, s->text);

    drop_title(s, &hits);
    if (!st && job_degree_find(s->text, &d)) {
        st = job_degree_add(ctx, out, s, &d);
        job_degree_drop_subjects(s->text, &d, &hits);
    }
    bool names_certificate = has_certificate(ontology, &hits);
    size_t before = out->len;
    if (!st)
        st = add_languages(ctx, out, s);
    /* Nor is one who can lift or work nights asked to be fit or flexible. */
    bool is_of_us = is_about_employer(s);
    if (out->len > before || is_of_us || job_words_are_condition(s->text))
        drop_soft(ontology, &hits);
    if (!st && asks_for_licence(s->text))
        st = add_licence(ctx, out, s, ontology, &hits);
    if (!st && has_years)
        st = job_skills_years(ctx, out, s, ontology, &hits);
    bool is_degree =
        out->len > first && out->items[first].kind == REQUIREMENT_DEGREE;
    if (!st && str_has_nocase(s->text, "certif") && !names_certificate &&
        !is_degree) {
        if (!job_skills_put(ctx, out, s, REQUIREMENT_CERTIFICATE, s->text))
            return ctx->error.status;
        drop_certified(s->text, &hits);
    }
    bool is_plain = out->len == first && !s->is_prose;
    if (!st && hits.len)
        st = job_skills_add(ctx, out, s, ontology, &hits);
    if (!st && hits.len && is_plain)
        st = job_skills_rest(ctx, out, s, &hits);
    return st;
}

rsc_status job_facts_read(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology, size_t *n)
{
    size_t before = out->len;
    rsc_status st = RSC_OK;

    if (s->is_duty) {
        if (!job_skills_put(ctx, out, s, REQUIREMENT_DUTY, s->text))
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
    rsc_status st = job_skills_find(ctx, &hits, ontology, s->text);

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
    /* "C and Linux" as one item of a list asks for both. */
    if (skill == UINT32_MAX && kind == REQUIREMENT_SKILL && hits.len > 1)
        return job_skills_add(ctx, out, s, ontology, &hits);
    struct requirement *r = job_skills_put(ctx, out, s, kind, s->text);
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
