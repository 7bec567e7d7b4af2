/* SPDX-License-Identifier: MIT */
#include "score/analyze_json.h"

#include <stdio.h>

#include "score/advise.h"
#include "score/fixed.h"
#include "score/judge.h"
#include "score/profile.h"

/* What all parts of the answer read. */
struct answer {
    struct ctx *ctx;
    struct json *j;
    const struct result_input *in;
    const struct score *score;
    const struct job *job;
    const struct resume *resume;
    const struct ontology *ontology;
    const struct analyze_options *options;
    struct profile profile;
    struct advices advices;
};

static void key_open(struct json *j, const char *key, char kind)
{
    json_key(j, key);
    json_open(j, kind);
}

static void put_blind(const struct answer *a, struct span span)
{
    struct str text;
    if (judge_blind(a->ctx, &text, a->resume, span) == RSC_OK)
        json_str(a->j, ctx_fold(a->ctx, text));
    else
        json_null(a->j);
}

static struct str percent(const struct answer *a)
{
    return ctx_printf(a->ctx, "%u%%", (a->score->total + 50) / 100);
}

static bool is_kind(const struct answer *a, size_t r,
                    enum requirement_kind kind)
{
    return a->job->requirements[r].kind == kind;
}

/* Points that the requirements of a kind earned, as the original's impact. */
static void put_impact(const struct answer *a, enum requirement_kind kind,
                       enum requirement_kind or_kind)
{
    uint32_t points = 0;
    for (size_t r = 0; r < a->score->n_requirements; r++)
        if (is_kind(a, r, kind) || is_kind(a, r, or_kind))
            points += a->score->requirements[r].points;
    json_key(a->j, "percentage_impact");
    json_fixed(a->j, points, 2);
}

static void put_sections(const struct answer *a)
{
    static const struct {
        const char *key;
        enum section_kind kind;
    } sections[] = {
        {"summary", SECTION_SUMMARY},
        {"experience", SECTION_EXPERIENCE},
        {"education", SECTION_EDUCATION},
        {"skills", SECTION_SKILLS},
        {"projects", SECTION_PROJECTS},
        {"certifications", SECTION_CERTIFICATIONS},
        {"languages", SECTION_LANGUAGES},
        {"interests", SECTION_INTERESTS},
    };
    key_open(a->j, "resume_sections", '{');
    for (size_t k = 0; k < sizeof(sections) / sizeof(sections[0]); k++) {
        struct str text = STR("");
        for (size_t i = 0; i < a->resume->n_sections; i++) {
            struct str part;
            if (a->resume->sections[i].kind != sections[k].kind ||
                judge_blind(a->ctx, &part, a->resume,
                            a->resume->sections[i].body))
                continue;
            text = ctx_printf(a->ctx, "%.*s%s%.*s", STR_ARG(text),
                              text.len ? "\n" : "", STR_ARG(str_trim(part)));
        }
        json_put_str(a->j, sections[k].key, text.data ? text : STR(""));
    }
    json_close(a->j, '}');
}

/* Labels of the skill requirements that are met, or are not. */
static unsigned put_skill_list(const struct answer *a, const char *key,
                               bool met)
{
    unsigned n = 0;
    key_open(a->j, key, '[');
    for (size_t r = 0; r < a->score->n_requirements; r++) {
        const struct requirement_score *one = &a->score->requirements[r];
        if (!is_kind(a, r, REQUIREMENT_SKILL) || !one->assessed ||
            one->met != met)
            continue;
        json_str(a->j, a->job->requirements[r].label);
        n++;
    }
    json_close(a->j, ']');
    return n;
}

static bool is_asked(const struct answer *a, uint32_t skill)
{
    for (size_t r = 0; r < a->job->n_requirements; r++)
        for (size_t k = 0; k < a->job->requirements[r].n_skills; k++)
            if (a->job->requirements[r].skills[k] == skill)
                return true;
    return false;
}

static void put_alternatives(const struct answer *a)
{
    key_open(a->j, "alternative_skills", '{');
    for (size_t r = 0; r < a->score->n_requirements; r++) {
        const struct requirement_score *one = &a->score->requirements[r];
        if (!is_kind(a, r, REQUIREMENT_SKILL) || one->how != MATCH_RELATED)
            continue;
        json_key_str(a->j, a->job->requirements[r].label);
        json_open(a->j, '[');
        for (size_t i = 0; i < one->n_evidence; i++) {
            uint32_t skill = one->evidence[i].skill;
            bool again = skill == UINT32_MAX;
            for (size_t k = 0; k < i && !again; k++)
                again = one->evidence[k].skill == skill;
            if (!again)
                json_str(a->j, ontology_name(a->ontology, skill));
        }
        json_close(a->j, ']');
    }
    json_close(a->j, '}');
}

static void put_skill_detail(const struct answer *a,
                             const struct held_skill *held)
{
    struct json *j = a->j;
    struct str name = ontology_name(a->ontology, held->skill);
    size_t n;
    json_open(j, '{');
    json_put_str(j, "name", name);
    json_put_str(j, "normalized_name", name);
    /* What can be seen: used in a role or project, or only listed. */
    json_put_str(j, "proficiency", held->in_use ? STR("used") : STR("listed"));
    key_open(j, "experience", '{');
    json_put_str(j, "context", held->context);
    json_key(j, "years");
    json_fixed(j, held->months * 10 / 12, 1);
    json_close(j, '}');
    json_put_str(j, "category", ontology_category(a->ontology, held->skill));
    key_open(j, "related", '[');
    const struct skill_link *links =
        ontology_links(a->ontology, held->skill, &n);
    for (size_t i = 0; i < n; i++)
        json_str(j, ontology_name(a->ontology, links[i].skill));
    json_close(j, ']');
    json_close(j, '}');
}

static void put_skills(const struct answer *a)
{
    struct json *j = a->j;
    key_open(j, "skills_match", '{');
    unsigned matched = put_skill_list(a, "matched_skills", true);
    unsigned all = matched + put_skill_list(a, "missing_skills", false);
    key_open(j, "additional_skills", '[');
    for (size_t i = 0; i < a->profile.n_held; i++)
        if (!is_asked(a, a->profile.held[i].skill))
            json_str(j, ontology_name(a->ontology, a->profile.held[i].skill));
    json_close(j, ']');
    put_alternatives(a);
    json_put_str(j, "match_ratio", ctx_printf(a->ctx, "%u/%u", matched, all));
    json_put_int(j, "matched_count", matched);
    json_put_int(j, "required_count", all);
    key_open(j, "skill_details", '[');
    for (size_t i = 0; i < a->profile.n_held; i++)
        put_skill_detail(a, &a->profile.held[i]);
    json_close(j, ']');
    json_close(j, '}');
}

static struct str month_text(const struct answer *a, struct month m)
{
    if (m.year == 0)
        return STR("");
    return m.month ? ctx_printf(a->ctx, "%04d-%02d", m.year, m.month)
                   : ctx_printf(a->ctx, "%04d", m.year);
}

static void put_role_spans(const struct answer *a, const char *key, bool title)
{
    key_open(a->j, key, '[');
    for (size_t i = 0; i < a->resume->n_roles; i++) {
        struct span span =
            title ? a->resume->roles[i].title : a->resume->roles[i].employer;
        if (!span_is_empty(span))
            put_blind(a, span);
    }
    json_close(a->j, ']');
}

static void put_durations(const struct answer *a)
{
    key_open(a->j, "employment_durations", '[');
    for (size_t i = 0; i < a->resume->n_roles; i++) {
        const struct role *role = &a->resume->roles[i];
        if (role->dates.first.year == 0)
            continue;
        json_open(a->j, '{');
        json_put_str(a->j, "start_date", month_text(a, role->dates.first));
        json_put_str(a->j, "end_date",
                     role->dates.is_present ? STR("present")
                                            : month_text(a, role->dates.last));
        json_key(a->j, "text");
        put_blind(a, role->dates.span);
        json_put_int(a->j, "months", role->months);
        json_close(a->j, '}');
    }
    json_close(a->j, ']');
}

/* The longest time that the job asks for, its verdict, and its reason. */
static const struct requirement_score *find_years(const struct answer *a,
                                                  unsigned *months)
{
    const struct requirement_score *found = NULL;
    *months = 0;
    for (size_t r = 0; r < a->score->n_requirements; r++)
        if (is_kind(a, r, REQUIREMENT_YEARS) &&
            (!found || a->job->requirements[r].months > *months)) {
            *months = a->job->requirements[r].months;
            found = &a->score->requirements[r];
        }
    return found;
}

static void put_experience(const struct answer *a)
{
    unsigned wanted;
    const struct requirement_score *years = find_years(a, &wanted);
    struct json *j = a->j;
    key_open(j, "experience", '{');
    json_key(j, "required_years");
    json_fixed(j, wanted * 10 / 12, 1);
    json_key(j, "applicant_years");
    json_fixed(j,
               (years && years->assessed ? years->months
                                         : a->resume->experience_months) *
                   10 / 12,
               1);
    put_impact(a, REQUIREMENT_YEARS, REQUIREMENT_YEARS);
    put_role_spans(a, "job_titles", true);
    put_durations(a);
    json_key(j, "total_estimated_years");
    json_fixed(j, a->resume->experience_months * 10 / 12, 1);
    put_role_spans(a, "company_names", false);
    json_key(j, "meets_requirement");
    if (!years)
        json_bool(j, true); /* nothing is asked, so nothing is missing */
    else if (years->assessed)
        json_bool(j, years->credit == 1000);
    else
        json_null(j);
    json_close(j, '}');
}

static size_t find_kind(const struct answer *a, enum requirement_kind kind)
{
    for (size_t r = 0; r < a->score->n_requirements; r++)
        if (is_kind(a, r, kind))
            return r;
    return SIZE_MAX;
}

static enum degree_level best_level(const struct resume *resume)
{
    enum degree_level best = DEGREE_NONE;
    for (size_t i = 0; i < resume->n_education; i++)
        if (resume->education[i].level > best &&
            !resume->education[i].is_unfinished)
            best = resume->education[i].level;
    return best;
}

static void put_education(const struct answer *a)
{
    struct json *j = a->j;
    size_t r = find_kind(a, REQUIREMENT_DEGREE);
    enum degree_level level = best_level(a->resume);
    key_open(j, "education", '{');
    json_put_str(j, "requirement",
                 r == SIZE_MAX ? STR("none") : a->job->requirements[r].label);
    json_put_str(j, "applicant_education",
                 level == DEGREE_NONE ? STR("not found")
                                      : str_of(degree_level_name(level)));
    json_put_str(j, "assessment",
                 r == SIZE_MAX ? STR("The job asks for no degree.")
                               : a->score->requirements[r].reason);
    key_open(j, "degrees", '[');
    for (size_t i = 0; i < a->resume->n_education; i++)
        if (!span_is_empty(a->resume->education[i].degree))
            put_blind(a, a->resume->education[i].degree);
    json_close(j, ']');
    key_open(j, "institutions", '[');
    for (size_t i = 0; i < a->resume->n_education; i++)
        if (!span_is_empty(a->resume->education[i].institution))
            put_blind(a, a->resume->education[i].institution);
    json_close(j, ']');
    key_open(j, "dates", '[');
    json_close(j, ']');
    json_close(j, '}');
}

static void put_certifications(const struct answer *a)
{
    struct json *j = a->j;
    key_open(j, "certifications", '{');
    key_open(j, "relevant_certs", '[');
    for (size_t i = 0; i < a->resume->n_certificates; i++)
        put_blind(a, a->resume->certificates[i].name);
    json_close(j, ']');
    put_impact(a, REQUIREMENT_CERTIFICATE, REQUIREMENT_LICENCE);
    json_put_bool(j, "has_certifications", a->resume->n_certificates > 0);
    json_put_bool(j, "job_requires_certs",
                  find_kind(a, REQUIREMENT_CERTIFICATE) != SIZE_MAX ||
                      find_kind(a, REQUIREMENT_LICENCE) != SIZE_MAX);
    json_close(j, '}');
}

/* The content words of what the job asks for, and which of them stand in the
 * resume. Names nothing twice. */
static rsc_status put_keywords(const struct answer *a)
{
    struct str job = STR(""), resume;
    struct terms wanted, held;
    for (size_t r = 0; r < a->job->n_requirements; r++)
        if (!is_kind(a, r, REQUIREMENT_FIELD)) /* its words are ours */
            job = ctx_printf(a->ctx, "%.*s %.*s", STR_ARG(job),
                             STR_ARG(a->job->requirements[r].label));
    struct buf text;
    buf_init(&text, a->ctx->arena.mem, SIZE_MAX / 2);
    for (size_t s = 0; s < a->resume->n_sentences; s++) {
        buf_put(&text, a->resume->sentences[s].blind);
        buf_put_char(&text, ' ');
    }
    resume = ctx_copy(a->ctx, buf_str(&text));
    if (text.failed)
        ctx_fail(a->ctx, RSC_ENOMEM, "out of memory");
    buf_clear(&text);
    rsc_status st = terms_make(a->ctx, &wanted, job);
    if (st == RSC_OK)
        st = terms_make(a->ctx, &held, resume);
    if (st)
        return st;
    size_t matched = terms_common(&wanted, &held);
    key_open(a->j, "keywords", '{');
    json_put_int(a->j, "matched", (int64_t)matched);
    json_put_int(a->j, "total", (int64_t)wanted.n_set);
    json_put_str(a->j, "match_ratio",
                 ctx_printf(a->ctx, "%zu/%zu", matched, wanted.n_set));
    json_close(a->j, '}');
    return RSC_OK;
}

static void put_industry(const struct answer *a)
{
    struct json *j = a->j;
    bool told = a->options->industry_override.len > 0;
    struct str field = told ? a->options->industry_override : a->profile.field;
    if (field.len == 0)
        field = STR("not assessed");
    key_open(j, "industry", '{');
    json_put_str(j, "detected", field);
    json_key(j, "confidence");
    json_fixed(j, told ? 1000 : a->profile.field_part, 3);
    json_close(j, '}');
    /* No table of other applicants stands behind a benchmark. */
    key_open(j, "benchmark", '{');
    json_put_str(j, "industry", field);
    key_open(j, "benchmarks", '{');
    static const char *const names[] = {"skills", "experience", "education",
                                        "overall"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        json_key(j, names[i]);
        json_null(j);
    }
    json_close(j, '}');
    json_put_str(j, "note", STR("not assessed"));
    json_close(j, '}');
}

static void put_suggestions(const struct answer *a)
{
    static const char *const names[ADVICE_KINDS] = {"skills", "experience",
                                                    "education", "general"};
    key_open(a->j, "improvement_suggestions", '{');
    for (enum advice_kind kind = 0; kind < ADVICE_KINDS; kind++) {
        key_open(a->j, names[kind], '[');
        for (size_t i = 0; i < a->advices.len; i++)
            if (a->advices.items[i].kind == kind)
                json_str(a->j, a->advices.items[i].text);
        json_close(a->j, ']');
    }
    json_close(a->j, '}');
}

/* Mean confidence of the best evidence; null where there is none. */
static void put_confidence(const struct answer *a, const char *key, bool all,
                           enum requirement_kind kind)
{
    uint32_t sum = 0, n = 0;
    for (size_t r = 0; r < a->score->n_requirements; r++) {
        const struct requirement_score *one = &a->score->requirements[r];
        if ((!all && !is_kind(a, r, kind)) || one->n_evidence == 0)
            continue;
        sum += one->evidence[0].confidence;
        n++;
    }
    json_key(a->j, key);
    if (n)
        json_fixed(a->j, fixed_scale(sum, 1, n), 3);
    else
        json_null(a->j);
}

static struct str title_of(const struct answer *a)
{
    return a->options->job_title.len ? a->options->job_title : a->job->title;
}

/* What earned most, as "Python (7.50 points)". */
static void put_strengths(const struct answer *a)
{
    key_open(a->j, "key_strengths", '[');
    for (size_t r = 0; r < a->score->n_requirements; r++) {
        const struct requirement_score *one = &a->score->requirements[r];
        /* Met, and with more than half of the part that breadth can add. */
        if (one->met && one->credit >= 700)
            json_str(a->j,
                     ctx_printf(a->ctx, "%.*s (%u.%02u of %u.%02u points)",
                                STR_ARG(a->job->requirements[r].label),
                                one->points / 100, one->points % 100,
                                one->weight / 100, one->weight % 100));
    }
    json_close(a->j, ']');
}

static void put_passing(const struct answer *a)
{
    struct json *j = a->j;
    unsigned wanted, met = 0, all = 0;
    const struct requirement_score *years = find_years(a, &wanted);
    size_t degree = find_kind(a, REQUIREMENT_DEGREE);
    for (size_t r = 0; r < a->score->n_requirements; r++)
        if (is_kind(a, r, REQUIREMENT_SKILL) &&
            a->score->requirements[r].assessed) {
            all++;
            met += a->score->requirements[r].met;
        }
    key_open(j, "passing_details", '{');
    json_put_str(j, "job_title", title_of(a));
    json_put_str(j, "match_percentage", percent(a));
    json_put_str(j, "status", a->score->band);
    put_strengths(a);
    json_put_str(j, "skills_analysis",
                 ctx_printf(a->ctx, "%u of %u skills were found.", met, all));
    json_put_str(j, "experience_analysis",
                 years ? years->reason
                       : STR("The job asks for no number of years."));
    json_put_str(j, "education_analysis",
                 degree == SIZE_MAX ? STR("The job asks for no degree.")
                                    : a->score->requirements[degree].reason);
    json_close(j, '}');
}

static rsc_status put_all(const struct answer *a)
{
    struct json *j = a->j;
    json_open(j, '{');
    json_put_str(j, "match_percentage", percent(a));
    json_key(j, "score");
    json_fixed(j, a->score->total, 2);
    json_put_str(j, "recommendation", a->score->band);
    json_put_str(j, "job_title", title_of(a));
    json_put_str(j, "analysis_date", a->in->provenance->as_of);
    put_sections(a);
    put_skills(a);
    put_experience(a);
    put_education(a);
    put_certifications(a);
    rsc_status st = put_keywords(a);
    put_industry(a);
    put_suggestions(a);
    key_open(j, "confidence_scores", '{');
    put_confidence(a, "skills_match", false, REQUIREMENT_SKILL);
    put_confidence(a, "experience_match", false, REQUIREMENT_YEARS);
    put_confidence(a, "education_match", false, REQUIREMENT_DEGREE);
    put_confidence(a, "overall", true, REQUIREMENT_SKILL);
    json_close(j, '}');
    put_passing(a);
    result_json_members(j, a->in);
    json_close(j, '}');
    return st ? st : a->ctx->error.status;
}

/* The score with one more warning. */
static rsc_status warn_translate(struct ctx *ctx, struct score *out,
                                 const struct score *score)
{
    size_t n = score->n_warnings;
    *out = *score;
    out->warnings = ctx_alloc_array(ctx, n + 1, sizeof(*out->warnings));
    if (!out->warnings)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        out->warnings[i] = score->warnings[i];
    out->warnings[n] = (struct score_warning){
        "not_translated",
        STR("A translation was asked for; texts are read as they are, and "
            "nothing is translated.")};
    out->n_warnings = n + 1;
    return RSC_OK;
}

rsc_status analyze_json_write(struct ctx *ctx, struct json *j,
                              const struct result_input *in,
                              const struct analyze_options *options)
{
    struct score warned;
    struct result_input with = *in;
    if (options->translate) {
        if (warn_translate(ctx, &warned, in->score))
            return ctx->error.status;
        with.score = &warned;
    }
    struct answer a = {.ctx = ctx,
                       .j = j,
                       .in = &with,
                       .score = with.score,
                       .job = in->input->job,
                       .resume = in->input->resume,
                       .ontology = in->input->ontology,
                       .options = options};
    rsc_status st = profile_make(ctx, &a.profile, in->input);
    if (st == RSC_OK)
        st = advise_make(ctx, &a.advices, in->input, in->score);
    return st ? st : put_all(&a);
}
