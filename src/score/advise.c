/* SPDX-License-Identifier: MIT */
#include "score/advise.h"

#include "base/vec.h"

/* Requirements with more points to gain than this, in hundredths, are worth a
 * suggestion; below, the list would only get long. */
#define WORTH 50

static rsc_status add(struct ctx *ctx, struct advices *out,
                      enum advice_kind kind, struct str text)
{
    struct advice *slot = text.data ? vec_push(ctx, out) : NULL;
    if (!slot)
        return ctx->error.status;
    *slot = (struct advice){kind, text};
    return RSC_OK;
}

static struct str on_skill(struct ctx *ctx, const struct score_input *in,
                           const struct requirement *want,
                           const struct requirement_score *one)
{
    switch (one->how) {
    case MATCH_NONE:
        return ctx_printf(
            ctx,
            "The job asks for \"%.*s\", which was not found. If you "
            "have %s it, say where and with what result.",
            STR_ARG(want->label),
            want->kind == REQUIREMENT_DUTY ? "done" : "worked with");
    case MATCH_RELATED:
        return ctx_printf(
            ctx,
            "You name %.*s; the job asks for %.*s. If you have "
            "worked with both, name both.",
            STR_ARG(ontology_name(in->ontology, one->evidence[0].skill)),
            STR_ARG(want->label));
    case MATCH_PART:
        return ctx_printf(ctx,
                          "Only a part of \"%.*s\" was found. If you have "
                          "done all of it, say so.",
                          STR_ARG(want->label));
    case MATCH_MEANING:
        return ctx_printf(
            ctx,
            "What you write comes close to \"%.*s\" without naming "
            "it. If that is what you did, call it so.",
            STR_ARG(want->label));
    default:
        break;
    }
    return ctx_printf(ctx,
                      "\"%.*s\" is named once. Say in which role or project, "
                      "and with what result.",
                      STR_ARG(want->label));
}

/* Whether it is named as it should be, and more of the same is all that could
 * be said: such requirements share one suggestion. */
static bool is_shown(const struct requirement *want,
                     const struct requirement_score *one)
{
    return (want->kind == REQUIREMENT_SKILL ||
            want->kind == REQUIREMENT_DUTY) &&
           (one->how == MATCH_EXACT || one->how == MATCH_ALIAS ||
            one->how == MATCH_WORDS) &&
           (one->support > 1 || one->months > 0);
}

static struct str on_years(struct ctx *ctx, const struct requirement *want,
                           const struct requirement_score *one)
{
    if (!one->assessed)
        return ctx_printf(ctx,
                          "%.*s could not be assessed. Give the first and the "
                          "last month of every role.",
                          STR_ARG(want->label));
    return ctx_printf(ctx,
                      "Your dated roles do not show all of %.*s. If a role is "
                      "missing or has no dates, add it.",
                      STR_ARG(want->label));
}

static struct str on_degree(struct ctx *ctx, const struct requirement *want,
                            const struct requirement_score *one)
{
    if (!one->assessed)
        return ctx_printf(ctx,
                          "The job asks for %.*s. If you hold a degree, name "
                          "it with its level and subject.",
                          STR_ARG(want->label));
    return ctx_printf(ctx,
                      "The job asks for %.*s. If a degree of yours is missing "
                      "above, name it with its level and subject; courses and "
                      "theses on the subject may stand beside it.",
                      STR_ARG(want->label));
}

static struct str on_language(struct ctx *ctx, const struct requirement *want,
                              const struct requirement_score *one)
{
    if (one->assessed && one->points > 0)
        return ctx_printf(ctx,
                          "The job asks for %.*s. Give your level as it is "
                          "today, from A1 to C2 or native.",
                          STR_ARG(want->label));
    return ctx_printf(ctx,
                      "The job asks for %.*s. If you speak it, list it with "
                      "your level.",
                      STR_ARG(want->label));
}

static rsc_status on_requirement(struct ctx *ctx, struct advices *out,
                                 const struct score_input *in,
                                 const struct requirement *want,
                                 const struct requirement_score *one)
{
    switch (want->kind) {
    case REQUIREMENT_SKILL:
    case REQUIREMENT_DUTY:
        return one->assessed
                   ? add(ctx, out, ADVICE_SKILLS, on_skill(ctx, in, want, one))
                   : RSC_OK;
    case REQUIREMENT_YEARS:
        return add(ctx, out, ADVICE_EXPERIENCE, on_years(ctx, want, one));
    case REQUIREMENT_DEGREE:
        return add(ctx, out, ADVICE_EDUCATION, on_degree(ctx, want, one));
    case REQUIREMENT_CERTIFICATE:
    case REQUIREMENT_LICENCE:
        return add(ctx, out, ADVICE_EDUCATION,
                   ctx_printf(ctx,
                              "The job asks for %.*s. If you hold it, name it "
                              "with who issued it and when.",
                              STR_ARG(want->label)));
    case REQUIREMENT_LANGUAGE:
        return add(ctx, out, ADVICE_SKILLS, on_language(ctx, want, one));
    case REQUIREMENT_TITLE:
    case REQUIREMENT_FIELD:
        break; /* what one has not done cannot be written better */
    }
    return RSC_OK;
}

static rsc_status on_warnings(struct ctx *ctx, struct advices *out,
                              const struct score *score)
{
    static const struct {
        const char *code, *text;
    } known[] = {
        {"hidden_text",
         "Some text of the file cannot be seen. Make it visible where it got "
         "lost by mistake, and take it out where not: it earns nothing, and "
         "people who find it may not trust the rest."},
        {"job_text_copied",
         "Describe what you did in your own words: sentences of the job earn "
         "nothing."},
        {"keyword_stuffing",
         "Name a skill once and show its use: repeating it earns nothing."},
        {"not_a_resume",
         "Use headings such as Experience, Education and Skills, so that "
         "people and programs find their way."},
    };
    for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
        for (size_t i = 0; i < score->n_warnings; i++) {
            if (strcmp(score->warnings[i].code, known[k].code))
                continue;
            rsc_status st =
                add(ctx, out, ADVICE_GENERAL, str_of(known[k].text));
            if (st)
                return st;
            break;
        }
    return RSC_OK;
}

static rsc_status on_dates(struct ctx *ctx, struct advices *out,
                           const struct resume *resume)
{
    size_t undated = 0;
    for (size_t i = 0; i < resume->n_roles; i++)
        undated += resume->roles[i].dates.first.year == 0;
    if (undated == 0)
        return RSC_OK;
    return add(ctx, out, ADVICE_EXPERIENCE,
               ctx_printf(ctx,
                          "%zu of %zu roles have no dates that could be "
                          "read; write them as 03/2019 - 05/2021.",
                          undated, resume->n_roles));
}

static rsc_status on_shown(struct ctx *ctx, struct advices *out,
                           struct str labels)
{
    if (labels.len == 0)
        return RSC_OK;
    return add(ctx, out, ADVICE_SKILLS,
               ctx_printf(ctx,
                          "Each further task or project that you describe and "
                          "that shows one of these counts: %.*s.",
                          STR_ARG(labels)));
}

static bool is_worth(const struct requirement_score *one)
{
    return !one->assessed || one->weight - one->points > WORTH;
}

rsc_status advise_make(struct ctx *ctx, struct advices *out,
                       const struct score_input *in, const struct score *score)
{
    unsigned char *done = ctx_calloc(ctx, score->n_requirements, 1);
    struct str shown = STR_NONE;
    if (!done)
        return ctx->error.status;
    for (;;) {
        /* The most points to gain first; the unknown at the end. */
        size_t best = score->n_requirements;
        for (size_t r = 0; r < score->n_requirements; r++) {
            const struct requirement_score *one = &score->requirements[r];
            if (done[r] || !is_worth(one))
                continue;
            if (best == score->n_requirements ||
                one->weight - one->points >
                    score->requirements[best].weight -
                        score->requirements[best].points)
                best = r;
        }
        if (best == score->n_requirements)
            break;
        done[best] = 1;
        const struct requirement *want = &in->job->requirements[best];
        if (is_shown(want, &score->requirements[best])) {
            shown = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(shown),
                               shown.len ? "; " : "", STR_ARG(want->label));
            continue;
        }
        rsc_status st =
            on_requirement(ctx, out, in, want, &score->requirements[best]);
        if (st)
            return st;
    }
    rsc_status st = on_shown(ctx, out, shown);
    if (!st)
        st = on_dates(ctx, out, in->resume);
    return st ? st : on_warnings(ctx, out, score);
}
