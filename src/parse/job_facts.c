/* SPDX-License-Identifier: MIT */
#include "parse/job_facts.h"

#include "base/vec.h"
#include "parse/degrees.h"
#include "parse/spoken.h"
#include "parse/titles.h"

static bool has(struct str text, const char *word)
{
    return str_find_nocase(text, str_of(word), 0) != SIZE_MAX;
}

/* A sentence that names years of something other than experience. */
static bool asks_for_years(struct str s)
{
    return (has(s, "experience") || has(s, "years of") || has(s, "years in") ||
            has(s, "yrs of") || has(s, "yrs in") || has(s, "yr of") ||
            has(s, "years as") || has(s, "years'") || has(s, "background") ||
            has(s, "years working") || has(s, "years with") ||
            has(s, "post-qualif") || has(s, "pqe")) &&
           !has(s, "we have been") && !has(s, "founded") &&
           !has(s, "over the past") && !has(s, "for over") &&
           !has(s, "within the first");
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

/* The subject behind " in ", capitals or not: an advertisement writes it in
 * small letters as well. */
static struct span read_subject(struct str s, size_t in)
{
    uint32_t start = (uint32_t)in + 4, end = start;

    while (end < s.len && !strchr(",.;(", s.data[end]) &&
           !ends_subject(str_slice(s, end, s.len)))
        end++;
    return (struct span){start, end};
}

static bool asks_for_degree(struct str s, struct degree *d)
{
    if (degree_find_lowest(s, d)) {
        struct degree other;
        /* "Bachelor's or Master's degree in Law" */
        if (span_is_empty(d->subject) && degree_find(s, &other))
            d->subject = other.subject;
        /* "Bachelor's degree in computer science" */
        size_t in = str_find_nocase(s, STR(" in "), d->name.end);
        if (span_is_empty(d->subject) && in != SIZE_MAX &&
            in - d->name.end <= sizeof("'s (hons) degree"))
            d->subject = read_subject(s, in);
        return true;
    }
    if (!has(s, "degree") || has(s, "degree of") || has(s, "degrees f") ||
        has(s, "360"))
        return false;
    size_t at = str_find_nocase(s, STR("degree"), 0);
    *d = (struct degree){.level = DEGREE_BACHELOR,
                         .name = {(uint32_t)at, (uint32_t)at + 6}};
    if (str_starts_nocase(str_slice(s, at + 6, s.len), STR(" in ")))
        d->subject = read_subject(s, at + 6);
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
        job_skills_put(ctx, out, s, REQUIREMENT_DEGREE, label);

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

static bool asks_for_licence(struct str s)
{
    if (!has(s, "licen") && !has(s, "registration with") && !has(s, " cdl"))
        return false;
    return !has(s, "licensing") && !has(s, "software licen") &&
           !has(s, "license management") && !has(s, "licence fee") &&
           !has(s, "license agreement");
}

/* Licences: the hits of kind certificate say which, if they do. */
static rsc_status add_licence(struct ctx *ctx, struct requirement_list *out,
                              const struct job_sentence *s,
                              const struct ontology *ontology,
                              struct skill_hits *hits)
{
    struct requirement *r =
        job_skills_put(ctx, out, s, REQUIREMENT_LICENCE, s->text);
    struct skill_set set = {
        ctx_alloc_array(ctx, hits->len + 1, sizeof(uint32_t)), 0};
    size_t kept = 0;

    if (!r || !set.items)
        return ctx->error.status;
    for (size_t i = 0; i < hits->len; i++) {
        uint32_t skill = hits->items[i].skill;
        if (ontology_kind(ontology, skill) == SKILL_CERTIFICATE) {
            if (!skill_set_has(&set, skill))
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
    bool has_years =
        job_skills_months(s->text, NULL) && asks_for_years(s->text);
    rsc_status st = job_skills_find(ctx, &hits, ontology, s->text);

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
        st = job_skills_years(ctx, out, s, ontology, &hits);
    if (!st && has(s->text, "certif") && !has_certificate(ontology, &hits) &&
        !job_skills_put(ctx, out, s, REQUIREMENT_CERTIFICATE, s->text))
        return ctx->error.status;
    if (!st && hits.len)
        st = job_skills_add(ctx, out, s, ontology, &hits);
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
