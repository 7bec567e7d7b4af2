/* SPDX-License-Identifier: MIT */
#include "parse/job_field.h"

#include "base/limits.h"
#include "base/vec.h"
#include "parse/job_skills.h"

/* One skill is no line of work: that would count it twice. */
#define FIELD_SKILLS_MIN 2
/* A field that has one of this many of the job's skills belongs to its line
 * of work; fewer are a tool of every office. */
#define FIELD_PART 4

struct tally {
    struct str field;
    uint32_t skill; /* the first one in it */
    uint32_t n;     /* requirements that ask for it */
    size_t last;    /* 1 + the last of them: alternatives count once */
    size_t first;
};

struct tallies {
    struct tally *items;
    size_t len, cap;
};

/* Papers that any line of work may ask for. */
static bool is_for_everybody(struct str name)
{
    static const char *const papers[] = {"Driving licence", "DBS check",
                                         "CPR certification"};
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
        if (str_eq(name, str_of(papers[i])))
            return true;
    return false;
}

bool job_field_is_told_by(const struct ontology *ontology, uint32_t skill)
{
    enum skill_kind kind = ontology_kind(ontology, skill);
    if (is_for_everybody(ontology_name(ontology, skill)))
        return false;
    return kind != SKILL_SOFT && kind != SKILL_LANGUAGE;
}

static bool names_skills(enum requirement_kind kind)
{
    return kind == REQUIREMENT_SKILL || kind == REQUIREMENT_YEARS ||
           kind == REQUIREMENT_CERTIFICATE || kind == REQUIREMENT_LICENCE;
}

static rsc_status count(struct ctx *ctx, struct tallies *tallies,
                        const struct ontology *ontology, uint32_t skill,
                        size_t r)
{
    struct str field = ontology_field(ontology, skill);
    size_t i = 0;

    if (!job_field_is_told_by(ontology, skill))
        return RSC_OK;
    while (i < tallies->len && !str_eq(tallies->items[i].field, field))
        i++;
    if (i == tallies->len) {
        struct tally *fresh = vec_push(ctx, tallies);
        if (!fresh)
            return ctx->error.status;
        *fresh = (struct tally){.field = field, .skill = skill, .first = r};
    }
    struct tally *tally = &tallies->items[i];
    tally->n += tally->last != r + 1;
    tally->last = r + 1;
    return RSC_OK;
}

/* The title and the duties name no skills; their words do. */
static rsc_status count_words(struct ctx *ctx, struct tallies *tallies,
                              const struct requirement *want, size_t r,
                              const struct ontology *ontology)
{
    struct skill_hits hits = {0};
    rsc_status st = job_skills_find(ctx, &hits, ontology, want->text);

    for (size_t i = 0; i < hits.len && !st; i++)
        st = count(ctx, tallies, ontology, hits.items[i].skill, r);
    return st;
}

static rsc_status count_all(struct ctx *ctx, struct tallies *tallies,
                            const struct requirement_list *list,
                            const struct ontology *ontology)
{
    rsc_status st = RSC_OK;

    for (size_t r = 0; r < list->len && !st; r++) {
        const struct requirement *want = &list->items[r];
        if (want->kind == REQUIREMENT_TITLE || want->kind == REQUIREMENT_DUTY)
            st = count_words(ctx, tallies, want, r, ontology);
        for (size_t k = 0;
             names_skills(want->kind) && k < want->n_skills && !st; k++)
            st = count(ctx, tallies, ontology, want->skills[k], r);
    }
    return st;
}

/* Drops the fields that hold too few; false where none is left. */
static bool keep_main(struct tallies *tallies)
{
    uint32_t all = 0;
    size_t n = 0;
    for (size_t i = 0; i < tallies->len; i++)
        all += tallies->items[i].n;
    for (size_t i = 0; i < tallies->len; i++)
        if (tallies->items[i].n * FIELD_PART >= all)
            tallies->items[n++] = tallies->items[i];
    tallies->len = n;
    return all >= FIELD_SKILLS_MIN && n > 0;
}

rsc_status job_field_add(struct ctx *ctx, struct requirement_list *out,
                         const struct ontology *ontology)
{
    struct tallies tallies = {0};
    struct str label = STR("");
    if (!ontology || out->len >= LIMIT_REQUIREMENTS)
        return RSC_OK;
    rsc_status st = count_all(ctx, &tallies, out, ontology);
    if (st || !keep_main(&tallies))
        return st;
    uint32_t *skills = ctx_alloc_array(ctx, tallies.len, sizeof(*skills));
    if (!skills)
        return ctx->error.status;
    for (size_t i = 0; i < tallies.len; i++) {
        struct str title =
            ontology_field_title(ontology, tallies.items[i].skill);
        label = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(label), i ? ", " : "",
                           STR_ARG(title));
        skills[i] = tallies.items[i].skill;
    }
    label = ctx_printf(ctx, "Line of work: %.*s", STR_ARG(label));
    /* It is read from these requirements; the first shows where. */
    struct requirement from = out->items[tallies.items[0].first];
    struct requirement *slot = vec_push(ctx, out);
    if (!slot)
        return ctx->error.status;
    *slot = (struct requirement){.kind = REQUIREMENT_FIELD,
                                 .must = true,
                                 .label = label,
                                 .text = label,
                                 .source = from.source,
                                 .skills = skills,
                                 .n_skills = tallies.len,
                                 .at_least = 1};
    return ctx->error.status;
}
