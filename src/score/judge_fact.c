/* SPDX-License-Identifier: MIT */
/* Years, degrees, languages: judged by the facts that the parser found. */
#include "base/vec.h"
#include "score/fixed.h"
#include "score/judge.h"
#include "score/relevant.h"

/* Words of a years requirement that name no subject; what is left does:
 * "5 years of nursing experience" is about nursing. */
#define YEARS_WORDS                                                            \
    "year years yrs month months experience experienced work working worked "  \
    "minimum least relevant professional proven plus more than over total "    \
    "overall job paid employment full time hands strong solid similar role "   \
    "required preferred industry background position field one two three "     \
    "four five six seven eight nine ten fifteen twenty"

/* Words of a subject that many others have, too: civil engineering is not
 * computer engineering. */
#define STUDY_WORDS                                                            \
    "science sciences engineering studies technology technologies management " \
    "administration arts applied general related"

/* The words of text that are none of `generic`. */
static rsc_status words_without(struct ctx *ctx, struct terms *out,
                                struct str text, struct str generic_words)
{
    struct terms generic, all;
    rsc_status st = terms_make(ctx, &generic, generic_words);

    if (st == RSC_OK)
        st = terms_make(ctx, &all, text);
    if (st)
        return st;
    uint64_t *set = ctx_alloc_array(ctx, all.n_set, sizeof(*set));
    if (!set)
        return ctx->error.status;
    size_t n = 0;
    for (size_t i = 0; i < all.n_set; i++) {
        struct terms one = {.set = &all.set[i], .n_set = 1};
        if (terms_common(&one, &generic) == 0)
            set[n++] = all.set[i];
    }
    *out = (struct terms){.set = set, .n_set = n};
    return RSC_OK;
}

static rsc_status subject_words(struct ctx *ctx, struct terms *out,
                                struct str label)
{

    struct str plain = ctx_copy(ctx, label);
    if (!plain.data)
        return ctx->error.status;
    char *letters = (char *)plain.data;
    for (size_t i = 0; i < plain.len; i++)
        if (ascii_is_digit((unsigned char)letters[i]) || letters[i] == '+')
            letters[i] = ' ';
    return words_without(ctx, out, plain, STR(YEARS_WORDS));
}

/* What decides which roles count for a number of years. */
struct years_question {
    const struct features *f;
    size_t r;
    struct supports named; /* of its skills */
    struct terms subject;  /* else of its wording; may be empty */
    bool by_skill;
};

static bool sentence_counts(const struct years_question *q, size_t s)
{
    const struct sentence_features *sentence = &q->f->sentences[s];
    if (!use_is_evidence(sentence->use) || sentence->is_unheld)
        return false;
    if (terms_common(&q->subject, &sentence->terms) == q->subject.n_set)
        return true;
    return features_cosine(q->f, q->r, s) >= q->f->in->config->meaning_from;
}

static rsc_status role_counts(struct ctx *ctx, bool *counts,
                              const struct years_question *q, uint32_t role)
{
    const struct resume *resume = q->f->in->resume;
    *counts = false;
    if (q->by_skill) {
        for (size_t i = 0; i < q->named.len && !*counts; i++) {
            const struct support *s = &q->named.items[i];
            *counts = resume->sentences[s->sentence].role == role;
        }
        return RSC_OK;
    }
    if (q->subject.n_set == 0) {
        *counts = !resume->roles[role].is_volunteer;
        return RSC_OK;
    }
    struct str title;
    struct terms words;
    rsc_status st = judge_blind(ctx, &title, resume, resume->roles[role].title);
    if (st == RSC_OK)
        st = terms_make(ctx, &words, title);
    if (st)
        return st;
    *counts = terms_common(&q->subject, &words) > 0;
    for (size_t s = 0; s < q->f->n_sentences && !*counts; s++)
        *counts = resume->sentences[s].role == role && sentence_counts(q, s);
    return RSC_OK;
}

/* Sums the counting roles up, overlaps once. Says whether any role counted,
 * and whether one of them had dates. */
static rsc_status sum_roles(struct ctx *ctx, struct requirement_score *out,
                            const struct years_question *q, bool *counted,
                            uint32_t *dated_role)
{
    const struct resume *resume = q->f->in->resume;
    VEC(struct date_range) ranges = {0};
    for (uint32_t i = 0; i < resume->n_roles; i++) {
        bool counts;
        rsc_status st = role_counts(ctx, &counts, q, i);
        if (st)
            return st;
        *counted |= counts;
        if (!counts || resume->roles[i].dates.first.year == 0)
            continue;
        struct date_range *range = vec_push(ctx, &ranges);
        if (!range)
            return ctx->error.status;
        *range = resume->roles[i].dates;
        if (*dated_role == UINT32_MAX ||
            resume->roles[i].months > resume->roles[*dated_role].months)
            *dated_role = i;
        if (out->last_used.year < range->last.year)
            out->last_used = range->last;
    }
    if (ranges.len)
        out->months =
            dates_union_months(ctx, ranges.items, ranges.len, resume->as_of);
    return ctx->error.status;
}

static rsc_status not_assessed(struct requirement_score *out, struct str why)
{
    out->assessed = false;
    out->reason = why;
    return RSC_OK;
}

rsc_status judge_years(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r)
{
    const struct requirement *want = &f->in->job->requirements[r];
    struct years_question q = {.f = f, .r = r, .by_skill = want->n_skills > 0};
    bool counted = false;
    uint32_t role = UINT32_MAX;
    rsc_status st = subject_words(ctx, &q.subject, want->label);
    if (st == RSC_OK && q.by_skill)
        st = support_find(ctx, &q.named, f, r, want->skills, want->n_skills,
                          BY_NAME);
    if (st == RSC_OK)
        st = sum_roles(ctx, out, &q, &counted, &role);
    if (st)
        return st;
    if (role == UINT32_MAX) {
        if (counted || q.named.len > 0)
            return not_assessed(out, STR("Not assessed: it is named, but in "
                                         "no role with dates."));
        if (f->in->resume->n_roles == 0)
            return not_assessed(out, STR("Not assessed: no role with dates "
                                         "was found."));
        out->reason = STR("No role shows it.");
        return RSC_OK;
    }
    /* Counted up to what is asked: more never earns more, or less. */
    unsigned months = want->months ? want->months : 1;
    out->credit = fixed_scale(fixed_min(out->months, months), 1000, months);
    out->support = 1;
    out->reason = ctx_printf(ctx,
                             out->months >= months
                                 ? "Dated roles show %.*s; %.*s are asked "
                                   "for."
                                 : "Dated roles show %.*s of the %.*s that "
                                   "are asked for.",
                             STR_ARG(judge_duration(ctx, out->months)),
                             STR_ARG(judge_duration(ctx, months)));
    struct span where = f->in->resume->roles[role].dates.span;
    if (span_is_empty(where))
        where = f->in->resume->roles[role].title;
    return judge_show_span(ctx, out, f, where, MATCH_COMPUTED, role);
}

/* Whether a sentence that holds part of the span is the job's own text. */
static bool is_copied(const struct features *f, struct span span)
{
    for (size_t s = 0; s < f->n_sentences; s++)
        if (f->sentences[s].use == USE_COPIED &&
            span_overlaps(f->in->resume->sentences[s].span, span))
            return true;
    return false;
}

/* How near in meaning a sentence comes to the wanted one, 0 to 1000. It grows
 * step by step: a letter that one format loses must not decide over a degree.
 */
static uint32_t nearness(const struct features *f, size_t r, size_t s)
{
    const struct score_config *config = f->in->config;
    uint16_t cosine = features_cosine(f, r, s);
    if (cosine <= config->meaning_from)
        return 0;
    return fixed_min(fixed_scale(cosine - config->meaning_from, 1000,
                                 config->meaning_full - config->meaning_from),
                     1000);
}

/* The next of "Statistics, Mathematics or Economics"; false at the end. */
static bool next_subject(struct str *rest, struct str *subject)
{
    struct str s = str_trim(*rest);
    if (str_starts_nocase(s, STR("or ")))
        s = str_slice(s, 3, s.len);
    if (s.len == 0)
        return false;
    size_t end = str_find_nocase(s, STR(" or "), 0);
    size_t comma = str_find(s, STR(","), 0);
    end = comma < end ? comma : end;
    *subject = str_slice(s, 0, end < s.len ? end : s.len);
    *rest = end < s.len ? str_slice(s, end + 1, s.len) : STR("");
    return true;
}

/* Whether half of the words of any wanted subject are there; those that every
 * other subject has, too, say nothing. */
static rsc_status names_subject(struct ctx *ctx, bool *out, struct str wanted,
                                const struct terms *had)
{
    struct str subject;
    *out = false;
    while (!*out && next_subject(&wanted, &subject)) {
        struct terms terms;
        rsc_status st = words_without(ctx, &terms, subject, STR(STUDY_WORDS));
        if (st == RSC_OK && terms.n_set == 0) /* "Engineering" alone */
            st = terms_make(ctx, &terms, subject);
        if (st)
            return st;
        *out = terms.n_set > 0 && terms_common(&terms, had) * 2 >= terms.n_set;
    }
    return RSC_OK;
}

/* How well the subject of one education fits the wanted one, 0 to 1000. Its
 * words may stand anywhere in the entry; by meaning only the sentence counts
 * that names the degree, since an entry may hold anything else. */
static rsc_status subject_fits(struct ctx *ctx, uint32_t *fits,
                               const struct features *f, size_t r,
                               const struct education *education)
{
    const struct requirement *want = &f->in->job->requirements[r];
    const struct resume *resume = f->in->resume;
    struct terms had;
    struct str body;
    bool is_named;
    *fits = 1000;
    if (want->subject.len == 0)
        return RSC_OK;
    rsc_status st = judge_blind(ctx, &body, resume, education->body);
    if (st == RSC_OK)
        st = terms_make(ctx, &had, body);
    if (st == RSC_OK)
        st = names_subject(ctx, &is_named, want->subject, &had);
    if (st || is_named)
        return st;
    *fits = 0;
    for (size_t s = 0; s < f->n_sentences; s++) {
        struct span span = resume->sentences[s].span;
        if (span_overlaps(span, education->degree) ||
            span_overlaps(span, education->subject))
            *fits = fixed_max(*fits, nearness(f, r, s));
    }
    return RSC_OK;
}

struct degree_verdict {
    uint32_t credit;
    bool is_lower, is_unfinished;
    bool is_other, is_near; /* another subject; one near to it in meaning */
};

static rsc_status judge_education(struct ctx *ctx, struct degree_verdict *out,
                                  const struct features *f, size_t r,
                                  const struct education *education)
{
    const struct score_config *config = f->in->config;
    const struct requirement *want = &f->in->job->requirements[r];
    uint32_t fits;
    rsc_status st = subject_fits(ctx, &fits, f, r, education);
    *out = (struct degree_verdict){.credit = 1000};
    for (int level = education->level; level < (int)want->level; level++) {
        out->credit = fixed_scale(out->credit, config->degree_step, 1000);
        out->is_lower = true;
    }
    if (fits < 1000) {
        uint32_t other = fixed_min(config->degree_other, 1000);
        uint32_t kept = other + fixed_scale(1000 - other, fits, 1000);
        out->credit = fixed_scale(out->credit, kept, 1000);
        out->is_near = fits >= 500;
        out->is_other = !out->is_near;
    }
    if (education->is_unfinished) {
        out->credit = fixed_scale(out->credit, config->degree_unfinished, 1000);
        out->is_unfinished = true;
    }
    return st;
}

static struct str degree_reason(struct ctx *ctx, const struct degree_verdict *v,
                                const struct education *education)
{
    const char *level = degree_level_name(education->level);
    if (!v->is_lower && !v->is_other && !v->is_near && !v->is_unfinished)
        return ctx_printf(ctx, "The degree is there: %s.", level);
    return ctx_printf(ctx, "The highest that counts is %s%s%s%s.", level,
                      v->is_lower ? ", below the level asked for" : "",
                      v->is_near    ? ", in a subject that is near to it"
                      : v->is_other ? ", in another subject"
                                    : "",
                      v->is_unfinished ? ", not finished" : "");
}

static rsc_status judge_by_experience(struct ctx *ctx,
                                      struct requirement_score *out,
                                      const struct score_config *config,
                                      unsigned months)
{
    out->credit = config->degree_experience;
    out->months = months;
    out->how = MATCH_COMPUTED;
    out->reason = ctx_printf(ctx,
                             "%.*s of experience with the job's skills stand "
                             "for the degree, as the job allows.",
                             STR_ARG(judge_duration(ctx, months)));
    return ctx->error.status;
}

rsc_status judge_degree(struct ctx *ctx, struct requirement_score *out,
                        const struct features *f, size_t r)
{
    const struct score_config *config = f->in->config;
    const struct requirement *want = &f->in->job->requirements[r];
    const struct resume *resume = f->in->resume;
    const struct education *best = NULL;
    struct degree_verdict verdict = {0}, now;
    for (size_t i = 0; i < resume->n_education; i++) {
        const struct education *education = &resume->education[i];
        if (education->level == DEGREE_NONE || is_copied(f, education->body))
            continue;
        rsc_status st = judge_education(ctx, &now, f, r, education);
        if (st)
            return st;
        if (!best || now.credit > verdict.credit) {
            best = education;
            verdict = now;
        }
    }
    if (want->or_experience && verdict.credit < config->degree_experience) {
        unsigned months;
        rsc_status st =
            relevant_months(ctx, &months, f, config->equivalent_skills);
        if (st)
            return st;
        if (months >= config->equivalent_months)
            return judge_by_experience(ctx, out, config, months);
    }
    if (!best)
        return not_assessed(
            out, STR("Not assessed: no degree was found in the resume."));
    out->credit = verdict.credit;
    out->support = 1;
    out->reason = degree_reason(ctx, &verdict, best);
    return judge_show_span(
        ctx, out, f, span_is_empty(best->degree) ? best->body : best->degree,
        MATCH_COMPUTED, UINT32_MAX);
}

static const char *const levels[] = {"no level", "A1", "A2", "B1",
                                     "B2",       "C1", "C2", "native"};

static const char *level_name(uint8_t level)
{
    return level < sizeof(levels) / sizeof(levels[0]) ? levels[level] : "?";
}

static rsc_status judge_spoken(struct ctx *ctx, struct requirement_score *out,
                               const struct features *f, size_t r,
                               const struct spoken_language *spoken)
{
    const struct score_config *config = f->in->config;
    const struct requirement *want = &f->in->job->requirements[r];
    out->support = 1;
    if (want->language_level == 0 || spoken->level >= want->language_level) {
        out->credit = 1000;
        out->reason = spoken->level
                          ? ctx_printf(ctx, "Named with the level %s.",
                                       level_name(spoken->level))
                          : STR("Named.");
    } else if (spoken->level == 0) {
        out->credit = config->language_unsaid;
        out->reason =
            ctx_printf(ctx, "Named, but without a level; %s is asked for.",
                       level_name(want->language_level));
    } else {
        uint32_t lost = config->language_step *
                        (uint32_t)(want->language_level - spoken->level);
        out->credit = lost < 1000 ? 1000 - lost : 0;
        out->reason = ctx_printf(ctx,
                                 "Named with the level %s; %s is asked "
                                 "for.",
                                 level_name(spoken->level),
                                 level_name(want->language_level));
    }
    return judge_show_span(ctx, out, f, spoken->name, MATCH_COMPUTED,
                           UINT32_MAX);
}

rsc_status judge_language(struct ctx *ctx, struct requirement_score *out,
                          const struct features *f, size_t r)
{
    const struct requirement *want = &f->in->job->requirements[r];
    const struct resume *resume = f->in->resume;
    for (size_t i = 0; i < resume->n_languages; i++)
        if (str_eq_nocase(resume->languages[i].language, want->language) &&
            !is_copied(f, resume->languages[i].name))
            return judge_spoken(ctx, out, f, r, &resume->languages[i]);
    struct supports s = {0};
    rsc_status st = support_find(ctx, &s, f, r, want->skills, want->n_skills,
                                 want->n_skills ? BY_NAME : 0);
    if (st)
        return st;
    if (s.len > 0) {
        out->credit =
            want->language_level ? f->in->config->language_unsaid : 1000;
        out->support = support_count(f, &s);
        out->reason = STR("Named, but not in a list of languages.");
        return judge_show(ctx, out, f, &s);
    }
    if (resume->n_languages == 0)
        return not_assessed(
            out, STR("Not assessed: the resume lists no languages."));
    out->reason = STR("The resume lists languages, and not this one.");
    return RSC_OK;
}
