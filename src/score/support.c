/* SPDX-License-Identifier: MIT */
#include "score/support.h"

#include "base/vec.h"
#include "score/fixed.h"

/* What naming `found` is worth where `wanted` is asked for; how says which. */
static struct support by_skill(const struct features *f, uint32_t found,
                               enum skill_how how, uint32_t wanted)
{
    const struct score_config *config = f->in->config;
    struct support s = {.skill = UINT32_MAX};
    if (found == wanted) {
        s.how = how == SKILL_BY_ALIAS ? MATCH_ALIAS : MATCH_EXACT;
        s.strength = 1000;
        s.credit =
            (uint16_t)(how == SKILL_BY_ALIAS ? config->alias : config->exact);
    }
    return s;
}

static uint16_t relation_credit(const struct score_config *config,
                                enum skill_relation relation)
{
    switch (relation) {
    case RELATION_KIND_OF:
        return (uint16_t)config->kind_of;
    case RELATION_PART_OF:
        return (uint16_t)config->part_of;
    case RELATION_ALTERNATIVE:
        return (uint16_t)config->alternative;
    case RELATION_RELATED:
        break;
    }
    return (uint16_t)config->related;
}

/* The best relation of `found` to `wanted`. From found to wanted every
 * relation counts as it is; the other way round only an alternative does: who
 * knows the whole or the general has not shown the part or the special, which
 * is a loose relation. */
static struct support by_relation(const struct features *f, uint32_t found,
                                  uint32_t wanted)
{
    struct support best = {.skill = found};
    size_t n;
    const struct skill_link *links = ontology_links(f->in->ontology, found, &n);
    for (size_t i = 0; i < n; i++) {
        uint16_t credit = relation_credit(f->in->config, links[i].relation);
        if (links[i].skill == wanted && credit > best.credit) {
            best.how = MATCH_RELATED;
            best.relation = links[i].relation;
            best.credit = best.strength = credit;
        }
    }
    links = ontology_links(f->in->ontology, wanted, &n);
    for (size_t i = 0; i < n; i++) {
        enum skill_relation relation = links[i].relation == RELATION_ALTERNATIVE
                                           ? RELATION_ALTERNATIVE
                                           : RELATION_RELATED;
        uint16_t credit = relation_credit(f->in->config, relation);
        if (links[i].skill == found && credit > best.credit) {
            best.how = MATCH_RELATED;
            best.relation = relation;
            best.credit = best.strength = credit;
        }
    }
    return best;
}

static void keep_best(struct support *best, struct support candidate)
{
    if (candidate.how != MATCH_NONE && candidate.credit > best->credit)
        *best = candidate;
}

/* By the skills that sentence s names. Returns false where the sentence says
 * that one of the wanted skills is not held: then nothing else counts. */
static bool match_skills(struct support *best, const struct features *f,
                         size_t s, const uint32_t *skills, size_t n_skills,
                         unsigned ways)
{
    const struct sentence_features *sentence = &f->sentences[s];
    for (size_t k = 0; k < n_skills; k++)
        for (size_t h = 0; h < sentence->n_hits; h++) {
            const struct skill_hit *hit = &sentence->hits[h];
            if (hit->stance != STANCE_HELD) {
                if (hit->skill == skills[k])
                    return false;
                continue;
            }
            if (ways & BY_NAME)
                keep_best(best, by_skill(f, hit->skill, hit->how, skills[k]));
            if (ways & BY_RELATION)
                keep_best(best, by_relation(f, hit->skill, skills[k]));
        }
    return true;
}

/* Whether the words of want stand in have side by side, in order. */
static bool has_phrase(const struct terms *have, const struct terms *want)
{
    for (size_t i = 0; i + want->n_words <= have->n_words; i++)
        if (!memcmp(have->words + i, want->words,
                    want->n_words * sizeof(*want->words)))
            return true;
    return false;
}

/* By the words of the label. One word alone is found or not; where it is a
 * skill of the ontology, its matcher decides, which knows the context. */
static void match_words(struct support *best, const struct features *f,
                        size_t s, size_t r, bool is_skill)
{
    const struct score_config *config = f->in->config;
    const struct terms *want = &f->requirements[r];
    const struct terms *have = &f->sentences[s].terms;
    size_t common = terms_common(want, have);
    struct support found = {.how = MATCH_PART, .skill = UINT32_MAX};
    if (common == 0 || common * 2 < want->n_set ||
        (want->n_set == 1 && is_skill) || !terms_share_subject(want, have))
        return;
    uint32_t credit =
        fixed_scale((uint64_t)config->words * common, 1, want->n_set);
    found.strength = (uint16_t)credit;
    if (common == want->n_set) {
        bool exact = want->n_set == 1 || has_phrase(have, want);
        found.how = exact ? MATCH_EXACT : MATCH_WORDS;
        found.strength = 1000;
        credit = exact ? config->exact : config->words;
    }
    found.credit = (uint16_t)credit;
    keep_best(best, found);
}

static void match_meaning(struct support *best, const struct features *f,
                          size_t s, size_t r)
{
    const struct score_config *config = f->in->config;
    enum requirement_kind kind = f->in->job->requirements[r].kind;
    uint16_t cosine = features_cosine(f, r, s);
    /* A word or two have no meaning to speak of ("Cell:" is close to a
     * spreadsheet): what they name is found by name. Titles are that short. */
    bool says_enough = !f->sentences[s].is_bare || kind == REQUIREMENT_TITLE;
    if (cosine <= config->meaning_from || !says_enough)
        return;
    bool is_duty = kind == REQUIREMENT_DUTY;
    uint32_t max = is_duty ? config->duty_meaning : config->meaning;
    uint32_t full = is_duty ? config->duty_full : config->meaning_full;
    uint32_t ramp = fixed_min(fixed_scale(cosine - config->meaning_from, 1000,
                                          full - config->meaning_from),
                              1000);
    best->cosine = cosine;
    uint16_t strength = best->strength;
    if (strength < ramp)
        strength = (uint16_t)ramp;
    keep_best(best, (struct support){
                        .how = MATCH_MEANING,
                        .skill = UINT32_MAX,
                        .cosine = cosine,
                        .credit = (uint16_t)fixed_scale(ramp, max, 1000)});
    best->strength = strength;
}

rsc_status support_find(struct ctx *ctx, struct supports *out,
                        const struct features *f, size_t r,
                        const uint32_t *skills, size_t n_skills, unsigned ways)
{
    for (size_t s = 0; s < f->n_sentences; s++) {
        const struct sentence_features *sentence = &f->sentences[s];
        struct support best = {.skill = UINT32_MAX};
        if (!use_is_evidence(sentence->use))
            continue;
        bool open = match_skills(&best, f, s, skills, n_skills, ways);
        if (open && !sentence->is_unheld && (ways & BY_WORDS))
            match_words(&best, f, s, r, n_skills > 0);
        if (open && !sentence->is_unheld && (ways & BY_MEANING))
            match_meaning(&best, f, s, r);
        if (!open || best.how == MATCH_NONE)
            continue;
        best.sentence = (uint32_t)s;
        struct support *slot = vec_push(ctx, out);
        if (!slot)
            return ctx->error.status;
        *slot = best;
    }
    return RSC_OK;
}

uint32_t support_count(const struct features *f, const struct supports *s)
{
    uint32_t n = 0;
    bool bare = false;
    for (size_t i = 0; i < s->len; i++) {
        uint32_t at = s->items[i].sentence;
        bool is_bare = at == UINT32_MAX || f->sentences[at].is_bare;
        n += !is_bare;
        bare |= is_bare;
    }
    return n + bare;
}

uint32_t support_weight(const struct features *f, const struct supports *s)
{
    uint32_t sum = 0, bare = 0;
    for (size_t i = 0; i < s->len; i++) {
        uint32_t at = s->items[i].sentence;
        if (at == UINT32_MAX || f->sentences[at].is_bare)
            bare = fixed_max(bare, s->items[i].strength);
        else
            sum += s->items[i].strength;
    }
    return sum + bare;
}

uint32_t support_places(const struct features *f, const struct supports *s)
{
    const struct resume *resume = f->in->resume;
    uint32_t n = 0;
    for (size_t i = 0; i < s->len; i++) {
        uint32_t at = s->items[i].sentence;
        bool again = at == UINT32_MAX || f->sentences[at].use == USE_LISTED ||
                     s->items[i].strength < f->in->config->place_from;
        for (size_t k = 0; k < i && !again; k++) {
            uint32_t other = s->items[k].sentence;
            again = other != UINT32_MAX &&
                    f->sentences[other].use != USE_LISTED &&
                    s->items[k].strength >= f->in->config->place_from &&
                    resume->sentences[other].role == resume->sentences[at].role;
        }
        n += !again;
    }
    return n;
}

bool how_is_named(enum match_how how)
{
    return how == MATCH_EXACT || how == MATCH_ALIAS || how == MATCH_WORDS;
}

uint16_t support_confidence(const struct score_config *config,
                            enum match_how how, uint16_t cosine)
{
    switch (how) {
    case MATCH_EXACT:
        return (uint16_t)config->sure_exact;
    case MATCH_ALIAS:
        return (uint16_t)config->sure_alias;
    case MATCH_WORDS:
        return (uint16_t)config->sure_words;
    case MATCH_PART:
    case MATCH_RELATED:
    case MATCH_FIELD:
        return (uint16_t)config->sure_related;
    case MATCH_COMPUTED:
        return (uint16_t)config->sure_computed;
    case MATCH_MEANING:
        break;
    default:
        return 0;
    }
    uint32_t low = config->sure_meaning_low;
    uint32_t high = fixed_max(low, config->sure_meaning_high);
    uint32_t above =
        cosine > config->meaning_from ? cosine - config->meaning_from : 0;
    uint32_t more = fixed_scale(above, high - low,
                                config->meaning_full - config->meaning_from);
    return (uint16_t)fixed_min(low + more, high);
}
