/* SPDX-License-Identifier: MIT */
/* The line of work: how much of the resume speaks of the job's fields. */
#include "base/vec.h"
#include "parse/job_field.h"
#include "score/fixed.h"
#include "score/judge.h"

static bool is_in_field(const struct features *f,
                        const struct requirement *want, uint32_t skill)
{
    const struct ontology *ontology = f->in->ontology;
    struct str field = ontology_field(ontology, skill);
    if (!job_field_is_told_by(ontology, skill))
        return false;
    for (size_t k = 0; k < want->n_skills; k++)
        if (str_eq(field, ontology_field(ontology, want->skills[k])))
            return true;
    return false;
}

/* Skills of the fields that sentence s holds; *first is the first of them. */
static uint32_t count_skills(const struct features *f,
                             const struct requirement *want, size_t s,
                             uint32_t *first)
{
    const struct sentence_features *sentence = &f->sentences[s];
    uint32_t n = 0;
    for (size_t h = 0; h < sentence->n_hits; h++) {
        const struct skill_hit *hit = &sentence->hits[h];
        if (hit->stance != STANCE_HELD || !is_in_field(f, want, hit->skill))
            continue;
        if (n++ == 0)
            *first = hit->skill;
    }
    return n;
}

static rsc_status find_support(struct ctx *ctx, struct supports *out,
                               const struct features *f,
                               const struct requirement *want)
{
    for (size_t s = 0; s < f->n_sentences; s++) {
        uint32_t skill = UINT32_MAX, n;
        if (!use_is_evidence(f->sentences[s].use) || f->sentences[s].is_unheld)
            continue;
        n = count_skills(f, want, s, &skill);
        if (n == 0)
            continue;
        struct support *slot = vec_push(ctx, out);
        if (!slot)
            return ctx->error.status;
        *slot = (struct support){.sentence = (uint32_t)s,
                                 .how = MATCH_FIELD,
                                 .skill = skill,
                                 /* Only for which ones are shown: those that
                                  * name most of them. */
                                 .credit = (uint16_t)(1000 - 1000 / (n + 1)),
                                 .strength = 1000};
    }
    return RSC_OK;
}

/* As a skill's, without the best sentence: no single one shows a line of
 * work. */
static uint32_t credit_of(const struct score_config *config,
                          const struct credit_parts *parts)
{
    uint32_t sentences = fixed_log_share(parts->sentences, config->field_full);
    uint32_t places =
        fixed_log_share(parts->places * 1000, config->places_full);
    uint32_t for_places = config->places_share;
    uint32_t for_sentences =
        1000 - fixed_min(config->best_share + for_places, 1000);
    if (for_places + for_sentences == 0)
        for_sentences = 1;
    return fixed_scale((uint64_t)sentences * for_sentences +
                           (uint64_t)places * for_places,
                       1, for_places + for_sentences);
}

rsc_status judge_field(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r)
{
    struct supports s = {0};
    rsc_status st = find_support(ctx, &s, f, &f->in->job->requirements[r]);
    if (st)
        return st;
    uint32_t places = support_places(f, &s);
    out->parts = (struct credit_parts){
        .most = 1000, .places = places, .sentences = support_weight(f, &s)};
    out->credit = credit_of(f->in->config, &out->parts);
    out->support = support_count(f, &s);
    if (s.len == 0)
        out->reason = STR("No sentence names a skill of this line of work.");
    else if (places == 0)
        out->reason = STR("Skills of it stand in lists only; no role or "
                          "project shows their use.");
    else
        out->reason = ctx_printf(
            ctx, "%u %s in %u %s skills of this line of work.", out->support,
            out->support == 1 ? "sentence" : "sentences", places,
            places == 1 ? "role or section name" : "roles or sections name");
    return judge_show(ctx, out, f, &s);
}
