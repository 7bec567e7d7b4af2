/* SPDX-License-Identifier: MIT */
/* Skills, duties, certificates, licences, titles: what sentences support. */
#include "base/vec.h"
#include "parse/titles.h"
#include "score/fixed.h"
#include "score/judge.h"

#define NEEDS_MODEL                                                            \
    STR("Not assessed: its wording was not found, and judging its meaning "    \
        "needs the language model, which is not installed.")

/* The most that a requirement can earn when `best` is its best evidence. */
static uint32_t ceiling_of(const struct features *f, const struct support *best,
                           size_t r)
{
    const struct score_config *config = f->in->config;
    switch (best->how) {
    case MATCH_WORDS:
        return config->words;
    case MATCH_PART:
    case MATCH_RELATED:
        return best->credit;
    case MATCH_MEANING:
        return f->in->job->requirements[r].kind == REQUIREMENT_DUTY
                   ? config->duty_meaning
                   : config->meaning;
    default:
        return fixed_max(config->exact, config->alias);
    }
}

static const struct support *best_of(const struct supports *s)
{
    const struct support *best = NULL;
    for (size_t i = 0; i < s->len; i++)
        if (!best || s->items[i].credit > best->credit)
            best = &s->items[i];
    return best;
}

static bool is_listed_only(const struct features *f, const struct supports *s)
{
    for (size_t i = 0; i < s->len; i++)
        if (how_is_named(s->items[i].how) &&
            f->sentences[s->items[i].sentence].use != USE_LISTED)
            return false;
    return true;
}

static bool is_stale(const struct features *f,
                     const struct requirement_score *out)
{
    struct month now = f->in->resume->as_of, last = out->last_used;
    if (last.year == 0)
        return false;
    int months = (now.year - last.year) * 12 + now.month -
                 (last.month ? last.month : 12);
    return months > (int)f->in->config->stale_months;
}

static struct credit_parts parts_of(const struct features *f,
                                    const struct requirement_score *out,
                                    const struct supports *s, size_t r)
{
    const struct score_config *config = f->in->config;
    const struct support *best = best_of(s);
    if (!best)
        return (struct credit_parts){0};
    uint32_t top = best->credit;
    if (how_is_named(best->how) && is_listed_only(f, s))
        top = fixed_scale(top, config->listed_only, 1000);
    if (is_stale(f, out))
        top = fixed_scale(top, config->stale, 1000);
    return (struct credit_parts){.best = top,
                                 .most = ceiling_of(f, best, r),
                                 .places = support_places(f, s),
                                 .sentences = support_weight(f, s)};
}

/* The part of the best sentence, plus those of how many sentences and how
 * many places there are. */
static uint32_t credit_of(const struct score_config *config,
                          const struct credit_parts *parts)
{
    uint32_t sentences =
        fixed_log_share(parts->sentences, config->support_full);
    uint32_t places =
        fixed_log_share(parts->places * 1000, config->places_full);
    uint32_t others =
        fixed_min(config->best_share + config->places_share, 1000);
    uint32_t for_sentences = 1000 - others;
    uint64_t breadth = (uint64_t)sentences * for_sentences +
                       (uint64_t)places * config->places_share;
    return fixed_scale((uint64_t)parts->best * config->best_share * 1000 +
                           breadth * parts->most,
                       1, 1000000);
}

static struct str name_of(const struct features *f, uint32_t skill)
{
    return ontology_name(f->in->ontology, skill);
}

static struct str relation_reason(struct ctx *ctx, const struct features *f,
                                  const struct support *best)
{
    struct str name = name_of(f, best->skill);
    switch (best->relation) {
    case RELATION_KIND_OF:
        return ctx_printf(ctx, "Not named, but %.*s is a kind of it.",
                          STR_ARG(name));
    case RELATION_PART_OF:
        return ctx_printf(ctx, "Not named, but %.*s is a part of it.",
                          STR_ARG(name));
    case RELATION_ALTERNATIVE:
        return ctx_printf(ctx,
                          "Not named; %.*s is an alternative, which earns a "
                          "part.",
                          STR_ARG(name));
    case RELATION_RELATED:
        break;
    }
    return ctx_printf(ctx, "Not named; %.*s is related, which earns a part.",
                      STR_ARG(name));
}

static struct str named_reason(struct ctx *ctx, const struct features *f,
                               const struct requirement_score *out,
                               const struct supports *s,
                               const struct support *best)
{
    uint32_t named = 0;
    for (size_t i = 0; i < s->len; i++)
        named += how_is_named(s->items[i].how);
    const char *how = best->how == MATCH_ALIAS   ? "Named by another name"
                      : best->how == MATCH_WORDS ? "Its words stand together"
                                                 : "Named";
    if (is_listed_only(f, s))
        return ctx_printf(ctx,
                          "%s in a list only; no role or project shows its "
                          "use.",
                          how);
    struct str where = named == 1
                           ? ctx_printf(ctx, "%s in one sentence", how)
                           : ctx_printf(ctx, "%s in %u sentences", how, named);
    if (out->months == 0)
        return ctx_printf(ctx, "%.*s.", STR_ARG(where));
    return ctx_printf(
        ctx, "%.*s, used for %.*s, last in %d%s.", STR_ARG(where),
        STR_ARG(judge_duration(ctx, out->months)), out->last_used.year,
        is_stale(f, out) ? " (long ago, which costs a part)" : "");
}

static struct str skill_reason(struct ctx *ctx, const struct features *f,
                               const struct requirement_score *out,
                               const struct supports *s)
{
    const struct support *best = best_of(s);
    if (!best)
        return STR("Not found in the resume.");
    if (best->how == MATCH_ASSUMED)
        return STR("Assumed for this question.");
    if (best->how == MATCH_RELATED)
        return relation_reason(ctx, f, best);
    if (best->how == MATCH_PART)
        return STR("Some of its words were found, not all of them.");
    if (best->how != MATCH_MEANING)
        return named_reason(ctx, f, out, s, best);
    if (s->len == 1)
        return STR("Not named; one sentence is close to it in meaning.");
    return ctx_printf(ctx,
                      "Not named; %zu sentences are close to it in "
                      "meaning.",
                      s->len);
}

static rsc_status add_assumed(struct ctx *ctx, struct supports *out,
                              const struct features *f, const uint32_t *skills,
                              size_t n)
{
    for (size_t i = 0; i < f->in->n_assumed; i++)
        for (size_t k = 0; k < n; k++) {
            if (f->in->assumed[i] != skills[k])
                continue;
            struct support *slot = vec_push(ctx, out);
            if (!slot)
                return ctx->error.status;
            *slot = (struct support){.sentence = UINT32_MAX,
                                     .how = MATCH_ASSUMED,
                                     .skill = UINT32_MAX,
                                     .credit = (uint16_t)f->in->config->exact};
            return RSC_OK;
        }
    return RSC_OK;
}

/* One alternative, or all of them where one is enough. */
static rsc_status judge_any(struct ctx *ctx, struct requirement_score *out,
                            struct supports *s, const struct features *f,
                            size_t r, const uint32_t *skills, size_t n)
{
    unsigned ways = BY_NAME | BY_WORDS | BY_RELATION | BY_MEANING;
    rsc_status st = support_find(ctx, s, f, r, skills, n, ways);
    if (st == RSC_OK)
        st = add_assumed(ctx, s, f, skills, n);
    if (st == RSC_OK)
        st = judge_use(ctx, out, f, s);
    if (st)
        return st;
    out->parts = parts_of(f, out, s, r);
    out->credit = credit_of(f->in->config, &out->parts);
    return RSC_OK;
}

/* "At least two of A, B, C": each of the places is filled by the best that is
 * left; the requirement earns their mean. */
static rsc_status judge_several(struct ctx *ctx, struct requirement_score *out,
                                const struct features *f, size_t r)
{
    const struct requirement *want = &f->in->job->requirements[r];
    unsigned places = want->at_least < want->n_skills
                          ? want->at_least
                          : (unsigned)want->n_skills;
    uint32_t *credit = ctx_calloc(ctx, want->n_skills, sizeof(*credit));
    struct supports all = {0};
    struct str found = STR("");
    unsigned n_found = 0;
    uint32_t sum = 0;
    if (!credit)
        return ctx->error.status;
    for (size_t k = 0; k < want->n_skills; k++) {
        struct requirement_score one = {0};
        struct supports s = {0};
        rsc_status st = judge_any(ctx, &one, &s, f, r, &want->skills[k], 1);
        if (st)
            return st;
        credit[k] = one.credit;
        out->months = fixed_max(out->months, one.months);
        const struct support *best = best_of(&s);
        if (!best || best->how == MATCH_MEANING)
            continue;
        n_found++;
        found =
            ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(found), found.len ? ", " : "",
                       STR_ARG(name_of(f, want->skills[k])));
        struct support *slot = vec_push(ctx, &all);
        if (!slot)
            return ctx->error.status;
        *slot = *best;
    }
    for (unsigned place = 0; place < places; place++) {
        size_t best = 0;
        for (size_t k = 1; k < want->n_skills; k++)
            if (credit[k] > credit[best])
                best = k;
        sum += credit[best];
        credit[best] = 0;
    }
    out->credit = fixed_scale(sum, 1, places);
    out->support = support_count(f, &all);
    out->reason = n_found
                      ? ctx_printf(ctx, "%u of at least %u found: %.*s.",
                                   n_found, places, STR_ARG(found))
                      : ctx_printf(ctx, "None of at least %u found.", places);
    return judge_show(ctx, out, f, &all);
}

rsc_status judge_skill(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r)
{
    const struct requirement *want = &f->in->job->requirements[r];
    if (want->at_least > 1 && want->n_skills > 1)
        return judge_several(ctx, out, f, r);
    struct supports s = {0};
    rsc_status st = judge_any(ctx, out, &s, f, r, want->skills, want->n_skills);
    if (st)
        return st;
    if (s.len == 0 && want->n_skills == 0 && !f->cosine) {
        out->assessed = false;
        out->reason = NEEDS_MODEL;
        return RSC_OK;
    }
    out->support = support_count(f, &s);
    out->reason = skill_reason(ctx, f, out, &s);
    return judge_show(ctx, out, f, &s);
}

/* To know engineering is no engineer's licence, and an educator's licence is
 * none either, though it shares words with its name. */
static void keep_credentials(struct supports *s, const struct features *f,
                             const struct requirement *want)
{
    size_t n = 0;
    for (size_t i = 0; i < s->len; i++) {
        const struct support *one = &s->items[i];
        bool is_skill =
            one->how == MATCH_RELATED &&
            ontology_kind(f->in->ontology, one->skill) != SKILL_CERTIFICATE;
        bool is_other = one->how == MATCH_PART && want->n_skills > 0;
        if (!is_skill && !is_other)
            s->items[n++] = *one;
    }
    s->len = n;
}

rsc_status judge_credential(struct ctx *ctx, struct requirement_score *out,
                            const struct features *f, size_t r)
{
    const struct requirement *want = &f->in->job->requirements[r];
    struct supports s = {0};
    /* A certificate is held or not: being close to it in meaning is not. */
    rsc_status st = support_find(ctx, &s, f, r, want->skills, want->n_skills,
                                 BY_NAME | BY_WORDS | BY_RELATION);
    if (st == RSC_OK)
        keep_credentials(&s, f, want);
    if (st == RSC_OK)
        st = add_assumed(ctx, &s, f, want->skills, want->n_skills);
    if (st)
        return st;
    const struct support *best = best_of(&s);
    const char *what =
        want->kind == REQUIREMENT_LICENCE ? "licence" : "certificate";
    out->credit = best ? best->credit : 0;
    out->support = support_count(f, &s);
    if (!best)
        out->reason = ctx_printf(ctx, "The resume names no such %s.", what);
    else if (best->how == MATCH_RELATED)
        out->reason = relation_reason(ctx, f, best);
    else if (best->how == MATCH_ASSUMED)
        out->reason = STR("Assumed for this question.");
    else
        out->reason = ctx_printf(ctx, "The resume names this %s.", what);
    return judge_show(ctx, out, f, &s);
}

/* How much of the wanted title's words a role's title has, 0 to 1000. That
 * both are managers says nothing. */
static uint32_t share_title(const struct terms *want, const struct terms *have)
{
    if (want->n_set == 0 || !terms_share_subject(want, have))
        return 0;
    return fixed_scale(terms_common(want, have), 1000, want->n_set);
}

/* The same for each of the titles in "Accounts Executive/Accountant". */
static rsc_status share_alternatives(struct ctx *ctx, uint32_t *share,
                                     struct str label, const struct terms *have)
{
    struct str one;
    if (str_find(label, STR("/"), 0) == SIZE_MAX)
        return RSC_OK;
    while (str_next_field(&label, '/', &one)) {
        struct terms want;
        if (title_judge(str_trim(one)) != TITLE_STRONG)
            continue;
        rsc_status st = terms_make(ctx, &want, one);
        if (st)
            return st;
        *share = fixed_max(*share, share_title(&want, have));
    }
    return RSC_OK;
}

/* The role whose title shares most words with the wanted one. */
static rsc_status best_role(struct ctx *ctx, uint32_t *role, uint32_t *share,
                            bool *any, const struct features *f, size_t r)
{
    const struct resume *resume = f->in->resume;
    for (uint32_t i = 0; i < resume->n_roles; i++) {
        struct terms have;
        struct str title;
        if (span_is_empty(resume->roles[i].title))
            continue;
        rsc_status st =
            judge_blind(ctx, &title, resume, resume->roles[i].title);
        if (st == RSC_OK)
            st = terms_make(ctx, &have, title);
        if (st)
            return st;
        *any = true;
        uint32_t now = share_title(&f->requirements[r], &have);
        st = share_alternatives(ctx, &now, f->in->job->requirements[r].label,
                                &have);
        if (st)
            return st;
        if (now > *share) {
            *share = now;
            *role = i;
        }
    }
    return RSC_OK;
}

rsc_status judge_title(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r)
{
    const struct score_config *config = f->in->config;
    const struct resume *resume = f->in->resume;
    uint32_t role = UINT32_MAX, share = 0;
    bool any = false;
    struct supports s = {0};
    rsc_status st = best_role(ctx, &role, &share, &any, f, r);
    if (st)
        return st;
    if (share >= 500) {
        bool whole = share == 1000;
        out->credit =
            whole ? config->exact : fixed_scale(share, config->words, 1000);
        out->support = 1;
        out->months = resume->roles[role].months;
        out->last_used = resume->roles[role].dates.last;
        out->reason = whole ? STR("A role had this title.")
                            : STR("A role had a title that shares words with "
                                  "it.");
        return judge_show_span(ctx, out, f, resume->roles[role].title,
                               whole ? MATCH_EXACT : MATCH_WORDS, role);
    }
    st = support_find(ctx, &s, f, r, NULL, 0, BY_WORDS | BY_MEANING);
    if (st)
        return st;
    const struct support *best = best_of(&s);
    if (!any && !best) {
        out->assessed = false;
        out->reason = STR("Not assessed: no role with a title was found.");
        return RSC_OK;
    }
    /* A title that is claimed, not held, earns no more than its words. */
    out->credit = best ? fixed_min(best->credit, config->words) : 0;
    out->support = support_count(f, &s);
    out->reason = !best ? STR("No role had this title or one like it.")
                  : best->how == MATCH_PART
                      ? STR("Named in part, but as no role's title.")
                  : how_is_named(best->how)
                      ? STR("Named, but as no role's title.")
                      : STR("No role had this title; a sentence is close to "
                            "it in meaning.");
    return judge_show(ctx, out, f, &s);
}
