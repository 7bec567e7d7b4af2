/* SPDX-License-Identifier: MIT */
#include "score/profile.h"

#include "base/vec.h"
#include "parse/blind.h"

struct held_list {
    struct held_skill *items;
    size_t len, cap;
};

static struct held_skill *find_held(struct held_list *list, uint32_t skill)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i].skill == skill)
            return &list->items[i];
    return NULL;
}

static bool is_in_use(const struct resume *resume, const struct sentence *s)
{
    if (s->role != UINT32_MAX)
        return true;
    return s->section < resume->n_sections &&
           resume->sections[s->section].kind == SECTION_PROJECTS;
}

static rsc_status hold(struct ctx *ctx, struct held_list *list,
                       const struct resume *resume, uint32_t skill,
                       const struct sentence *sentence, bool in_use)
{
    struct held_skill *held = find_held(list, skill);
    if (!held) {
        held = vec_push(ctx, list);
        if (!held)
            return ctx->error.status;
        *held = (struct held_skill){.skill = skill};
        if (blind_shown(ctx, &held->context, resume, sentence))
            return ctx->error.status;
    }
    held->in_use |= in_use;
    return RSC_OK;
}

/* The dated roles that name each skill, one pass per skill. */
static rsc_status add_months(struct ctx *ctx, struct held_list *list,
                             const struct resume *resume,
                             const struct skill_hits *hits)
{
    for (size_t i = 0; i < list->len; i++) {
        VEC(struct date_range) ranges = {0};
        for (size_t s = 0; s < resume->n_sentences; s++) {
            uint32_t role = resume->sentences[s].role;
            bool names = false;
            for (size_t h = 0; h < hits[s].len; h++)
                names |= hits[s].items[h].skill == list->items[i].skill &&
                         hits[s].items[h].stance == STANCE_HELD;
            if (!names || role >= resume->n_roles ||
                resume->roles[role].dates.first.year == 0)
                continue;
            struct date_range *range = vec_push(ctx, &ranges);
            if (!range)
                return ctx->error.status;
            *range = resume->roles[role].dates;
        }
        if (ranges.len)
            list->items[i].months = dates_union_months(
                ctx, ranges.items, ranges.len, resume->as_of);
    }
    return ctx->error.status;
}

/* The field that most of the job's skills belong to; the first wins a tie. */
static void find_field(struct profile *out, const struct score_input *in)
{
    const struct job *job = in->job;
    uint32_t all = 0, best = 0;
    for (size_t r = 0; r < job->n_requirements; r++)
        for (size_t k = 0; k < job->requirements[r].n_skills; k++) {
            struct str field =
                ontology_field(in->ontology, job->requirements[r].skills[k]);
            uint32_t same = 0;
            all++;
            for (size_t q = 0; q < job->n_requirements; q++)
                for (size_t m = 0; m < job->requirements[q].n_skills; m++)
                    same += str_eq(
                        field, ontology_field(in->ontology,
                                              job->requirements[q].skills[m]));
            if (same > best) {
                best = same;
                out->field = field;
            }
        }
    out->field_part = all ? best * 1000 / all : 0;
}

rsc_status profile_make(struct ctx *ctx, struct profile *out,
                        const struct score_input *in)
{
    const struct resume *resume = in->resume;
    struct held_list list = {0};
    *out = (struct profile){0};
    struct skill_hits *hits =
        ctx_calloc(ctx, resume->n_sentences, sizeof(*hits));
    if (!hits)
        return ctx->error.status;
    for (size_t s = 0; s < resume->n_sentences; s++) {
        const struct sentence *sentence = &resume->sentences[s];
        rsc_status st =
            skill_match(ctx, &hits[s], in->ontology, sentence->blind);
        if (st)
            return st;
        for (size_t h = 0; h < hits[s].len && !st; h++)
            if (hits[s].items[h].stance == STANCE_HELD)
                st = hold(ctx, &list, in->resume, hits[s].items[h].skill,
                          sentence, is_in_use(resume, sentence));
        if (st)
            return st;
    }
    out->held = list.items;
    out->n_held = list.len;
    find_field(out, in);
    return add_months(ctx, &list, resume, hits);
}
