/* SPDX-License-Identifier: MIT */
#include "score/what_if.h"

#include "base/vec.h"

/* Each name costs one more scoring. */
#define MAX_NAMES 50

static bool is_asked(const struct job *job, uint32_t skill)
{
    for (size_t r = 0; r < job->n_requirements; r++)
        for (size_t k = 0; k < job->requirements[r].n_skills; k++)
            if (job->requirements[r].skills[k] == skill)
                return true;
    return false;
}

static rsc_status total_with(struct ctx *ctx, uint32_t *total,
                             const struct score_input *in,
                             const uint32_t *skills, size_t n)
{
    struct score_input with = *in;
    struct score score;
    with.assumed = skills;
    with.n_assumed = n;
    rsc_status st = score_run(ctx, &score, &with);
    *total = score.total;
    return st;
}

static rsc_status read_names(struct ctx *ctx, struct what_ifs *out,
                             const struct score_input *in, struct str names)
{
    struct str rest = names, name;
    while (str_next_field(&rest, ',', &name)) {
        name = str_trim(name);
        if (name.len == 0)
            continue;
        uint32_t skill = ontology_find(in->ontology, name);
        if (skill == UINT32_MAX)
            return ctx_fail(ctx, RSC_EINVALID,
                            "what-if knows no skill \"%.*s\"; `skills list` "
                            "shows the known ones",
                            STR_ARG(name));
        if (out->len == MAX_NAMES)
            return ctx_fail(ctx, RSC_ELIMIT, "what-if takes up to %d skills",
                            MAX_NAMES);
        struct what_if *slot = vec_push(ctx, out);
        if (!slot)
            return ctx->error.status;
        *slot = (struct what_if){.skill = skill,
                                 .name = ontology_name(in->ontology, skill),
                                 .is_asked = is_asked(in->job, skill)};
    }
    return RSC_OK;
}

rsc_status what_if_run(struct ctx *ctx, struct what_ifs *out,
                       const struct score_input *in, const struct score *score,
                       struct str names)
{
    uint32_t skills[MAX_NAMES];
    *out = (struct what_ifs){.total = score->total};
    rsc_status st = read_names(ctx, out, in, names);
    for (size_t i = 0; i < out->len && !st; i++) {
        struct what_if *one = &out->items[i];
        skills[i] = one->skill;
        st = total_with(ctx, &one->total, in, &one->skill, 1);
        /* Naming a skill never costs points. */
        if (st == RSC_OK && one->total < score->total)
            one->total = score->total;
        one->gain = one->total - score->total;
    }
    if (st == RSC_OK && out->len)
        st = total_with(ctx, &out->total, in, skills, out->len);
    return st;
}
