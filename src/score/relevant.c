/* SPDX-License-Identifier: MIT */
#include "score/relevant.h"

#include "base/vec.h"
#include "score/support.h"

/* How many of the job's skills each role names: counts[role]. Returns through
 * *asked how many skills the job asks for. */
static rsc_status count_skills(struct ctx *ctx, unsigned *counts,
                               unsigned *asked, const struct features *f)
{
    const struct resume *resume = f->in->resume;
    const struct job *job = f->in->job;
    bool *seen = ctx_alloc_array(ctx, resume->n_roles, sizeof(*seen));

    if (!seen)
        return ctx->error.status;
    for (size_t r = 0; r < job->n_requirements; r++) {
        const struct requirement *want = &job->requirements[r];
        struct supports named = {0};
        if (want->kind != REQUIREMENT_SKILL || want->n_skills == 0)
            continue;
        ++*asked;
        rsc_status st = support_find(ctx, &named, f, r, want->skills,
                                     want->n_skills, BY_NAME);
        if (st)
            return st;
        memset(seen, 0, resume->n_roles * sizeof(*seen));
        for (size_t i = 0; i < named.len; i++) {
            if (named.items[i].sentence == UINT32_MAX)
                continue;
            uint32_t role = resume->sentences[named.items[i].sentence].role;
            if (role >= resume->n_roles || seen[role])
                continue;
            seen[role] = true;
            counts[role]++;
        }
    }
    return RSC_OK;
}

rsc_status relevant_months(struct ctx *ctx, unsigned *out,
                           const struct features *f, unsigned names)
{
    const struct resume *resume = f->in->resume;
    unsigned *counts = ctx_calloc(ctx, resume->n_roles, sizeof(*counts));
    VEC(struct date_range) ranges = {0};
    unsigned asked = 0;

    *out = 0;
    if (!counts)
        return ctx->error.status;
    rsc_status st = count_skills(ctx, counts, &asked, f);
    if (st || asked == 0)
        return st;
    for (size_t i = 0; i < resume->n_roles; i++) {
        if (counts[i] < (asked < names ? asked : names) ||
            resume->roles[i].dates.first.year == 0)
            continue;
        struct date_range *range = vec_push(ctx, &ranges);
        if (!range)
            return ctx->error.status;
        *range = resume->roles[i].dates;
    }
    *out = dates_union_months(ctx, ranges.items, ranges.len, resume->as_of);
    return ctx->error.status;
}
