/* SPDX-License-Identifier: MIT */
#include "score/score.h"

#include <assert.h>

#include "base/vec.h"
#include "score/fixed.h"
#include "score/guard.h"
#include "score/judge.h"

/* The whole, in hundredths. */
#define WHOLE 10000

const char *match_how_name(enum match_how how)
{
    static const char *const names[MATCH_HOWS] = {
        "none",    "exact",   "alias", "words",    "part",
        "related", "meaning", "field", "computed", "assumed"};
    assert((unsigned)how < MATCH_HOWS);
    return names[how];
}

/* What requirement r weighs beside the others, in thousandths of a must. */
static uint32_t raw_weight(const struct score_input *in, size_t r)
{
    const struct requirement *want = &in->job->requirements[r];
    uint32_t part = want->must || want->required ? 1000 : in->config->nice;
    return in->config->kind[want->kind] * part;
}

/* Weights over what was assessed; points; their sum. Then the same over all
 * requirements, with the unknown at nothing and at everything: the range. */
static rsc_status add_up(struct ctx *ctx, struct score *out,
                         const struct score_input *in)
{
    size_t n = out->n_requirements;
    uint32_t *raw = ctx_alloc_array(ctx, n, sizeof(*raw));
    uint32_t *known = ctx_alloc_array(ctx, n, sizeof(*known));
    uint32_t *share = ctx_alloc_array(ctx, n, sizeof(*share));
    if (!raw || !known || !share)
        return ctx->error.status;
    for (size_t r = 0; r < n; r++) {
        raw[r] = raw_weight(in, r);
        known[r] = out->requirements[r].assessed ? raw[r] : 0;
    }
    fixed_split(share, known, n, WHOLE);
    for (size_t r = 0; r < n; r++) {
        struct requirement_score *one = &out->requirements[r];
        one->weight = share[r];
        one->points = fixed_scale(one->weight, one->credit, 1000);
        out->total += one->points;
    }
    fixed_split(share, raw, n, WHOLE);
    uint32_t sum = 0, unknown = 0;
    for (size_t r = 0; r < n; r++) {
        const struct requirement_score *one = &out->requirements[r];
        if (one->assessed)
            sum += fixed_scale(share[r], one->credit, 1000);
        else
            unknown += share[r];
    }
    out->coverage = WHOLE - unknown;
    /* Rounding could put an end of the range a hundredth inside. */
    out->low = unknown ? fixed_min(sum, out->total) : out->total;
    out->high = unknown ? fixed_max(sum + unknown, out->total) : out->total;
    return RSC_OK;
}

/* The labels of what is required, was judged, and is not met. */
static struct str missing_required(struct ctx *ctx, const struct score *score,
                                   const struct score_input *in)
{
    struct str missing = STR("");
    for (size_t r = 0; r < score->n_requirements; r++) {
        const struct requirement *want = &in->job->requirements[r];
        const struct requirement_score *one = &score->requirements[r];
        if (want->required && one->assessed && !one->met)
            missing = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(missing),
                                 missing.len ? "; " : "", STR_ARG(want->label));
    }
    return missing;
}

static void set_band(struct ctx *ctx, struct score *out,
                     const struct score_input *in)
{
    const struct score_config *config = in->config;
    uint32_t band = 0;
    while (band + 1 < CONFIG_BANDS && out->total < config->band[band].from)
        band++;
    struct str missing = missing_required(ctx, out, in);
    if (missing.len && band < config->required_missing) {
        band = config->required_missing;
        out->band_reason =
            ctx_printf(ctx,
                       "Required and not found: %.*s. Without that the band "
                       "is at best \"%s\".",
                       STR_ARG(missing), config->band[band].name);
    }
    out->band = str_of(config->band[band].name);
}

static bool any_weight(const struct score *score)
{
    for (size_t r = 0; r < score->n_requirements; r++)
        if (score->requirements[r].weight > 0)
            return true;
    return false;
}

rsc_status score_run(struct ctx *ctx, struct score *out,
                     const struct score_input *in)
{
    struct features features;
    *out = (struct score){.n_requirements = in->job->n_requirements};
    out->requirements =
        ctx_calloc(ctx, out->n_requirements, sizeof(*out->requirements));
    if (!out->requirements)
        return ctx->error.status;
    rsc_status st = features_make(ctx, &features, in);
    if (st == RSC_OK)
        st = guard_check(ctx, &features);
    for (size_t r = 0; r < out->n_requirements && !st; r++)
        st = judge_requirement(ctx, &out->requirements[r], &features, r);
    if (st == RSC_OK)
        st = add_up(ctx, out, in);
    if (st)
        return st;
    if (!any_weight(out))
        return ctx_fail(ctx, RSC_EINVALID,
                        "nothing that this job asks for could be assessed in "
                        "this resume, so there is no score; check that both "
                        "files hold what they should");
    set_band(ctx, out, in);
    st = guard_warn(ctx, out, &features);
    return st ? st : ctx->error.status;
}
