/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "eval_parse.h"

#define MAX_ITEMS 200

struct matcher {
    struct eval *e;
    const struct job *job;
    bool used[MAX_ITEMS];
};

static enum tally_kind tally_of(enum requirement_kind kind)
{
    static const enum tally_kind kinds[] = {
        [REQUIREMENT_SKILL] = T_JOB_SKILL,
        [REQUIREMENT_YEARS] = T_JOB_YEARS,
        [REQUIREMENT_DEGREE] = T_JOB_DEGREE,
        [REQUIREMENT_CERTIFICATE] = T_JOB_CERTIFICATE,
        [REQUIREMENT_LANGUAGE] = T_JOB_LANGUAGE,
        [REQUIREMENT_DUTY] = T_JOB_DUTY,
        [REQUIREMENT_TITLE] = T_JOB_TITLE,
        [REQUIREMENT_LICENCE] = T_JOB_LICENCE,
    };

    return kinds[kind];
}

/* Whether the requirement's skills are those of "A / B", or its wording says
 * it where the ontology does not know it. */
static bool has_skills(const struct matcher *m, const struct requirement *r,
                       struct str names)
{
    size_t n = 0;
    bool known = true;
    struct str rest = names;

    while (rest.len) {
        size_t bar = str_find(rest, STR(" / "), 0);
        struct str name = str_slice(rest, 0, bar == SIZE_MAX ? rest.len : bar);
        uint32_t skill = ontology_find(m->e->ontology, name);
        bool found = false;
        for (size_t i = 0; i < r->n_skills; i++)
            found = found || r->skills[i] == skill;
        known = known && skill != UINT32_MAX && found;
        n++;
        rest = bar == SIZE_MAX ? STR("") : str_slice(rest, bar + 3, rest.len);
    }
    if (known && n == r->n_skills)
        return true;
    return str_find_nocase(r->text, names, 0) != SIZE_MAX && r->n_skills <= 1;
}

static bool is_match(const struct matcher *m, const struct requirement *r,
                     struct str value)
{
    struct str first = next_part(&value);

    switch (r->kind) {
    case REQUIREMENT_SKILL:
        return has_skills(m, r, first);
    case REQUIREMENT_YEARS: {
        struct str what = next_part(&value);
        struct str months = ctx_printf(&m->e->ctx, "%u", r->months);
        return str_eq(first, months) &&
               (what.len ? has_skills(m, r, what) : r->n_skills == 0);
    }
    case REQUIREMENT_DEGREE:
        return str_eq(first, str_of(degree_level_name(r->level))) &&
               same_text(next_part(&value), r->subject) &&
               (next_part(&value).len > 0) == r->or_experience;
    case REQUIREMENT_LANGUAGE:
        return same_text(first, r->language) &&
               str_eq(next_part(&value),
                      ctx_printf(&m->e->ctx, "%u", r->language_level));
    case REQUIREMENT_TITLE:
        return same_text(first, r->text);
    case REQUIREMENT_CERTIFICATE:
    case REQUIREMENT_LICENCE:
        return has_skills(m, r, first) ||
               str_find_nocase(r->text, first, 0) != SIZE_MAX;
    case REQUIREMENT_FIELD:
        return false; /* read from the others; not in the truth */
    case REQUIREMENT_DUTY:
        return str_find_nocase(r->text, first, 0) != SIZE_MAX;
    }
    return false;
}

static void eval_requirement(struct matcher *m, enum requirement_kind kind,
                             bool must, struct str value)
{
    for (size_t i = 0; i < m->job->n_requirements && i < MAX_ITEMS; i++) {
        const struct requirement *r = &m->job->requirements[i];
        if (m->used[i] || r->kind != kind || !is_match(m, r, value))
            continue;
        m->used[i] = true;
        count(m->e, tally_of(kind), true, value, value);
        if (kind != REQUIREMENT_TITLE && kind != REQUIREMENT_DUTY)
            count(m->e, T_JOB_STRENGTH, r->must == must, value,
                  r->must ? STR("must") : STR("nice"));
        return;
    }
    count(m->e, tally_of(kind), false, value, STR(""));
}

static void eval_left_out(struct matcher *m, struct str value)
{
    bool found = false;

    for (size_t i = 0; i < m->job->n_left_out; i++) {
        struct str text = span_of(m->e->doc.text, m->job->left_out[i]);
        found = found || str_find(text, value, 0) != SIZE_MAX;
    }
    for (size_t i = 0; i < m->job->n_unread; i++) {
        struct str text = span_of(m->e->doc.text, m->job->unread[i]);
        found = found || str_find(text, value, 0) != SIZE_MAX;
    }
    count(m->e, T_JOB_LEFT_OUT, found, value, STR(""));
}

static void eval_line(struct matcher *m, struct str line)
{
    struct str value;

    if (has_key(line, "left", &value)) {
        eval_left_out(m, value);
        return;
    }
    for (int kind = REQUIREMENT_SKILL; kind <= REQUIREMENT_LICENCE; kind++) {
        char key[40];
        const char *name = requirement_kind_name((enum requirement_kind)kind);
        snprintf(key, sizeof(key), "must %s", name);
        bool must = has_key(line, key, &value);
        snprintf(key, sizeof(key), "nice %s", name);
        if (must || has_key(line, key, &value) || has_key(line, name, &value)) {
            eval_requirement(m, (enum requirement_kind)kind, must, value);
            return;
        }
    }
    if (line.len && line.data[0] != '#')
        printf("%s.truth: unknown line: %.*s\n", m->e->name, STR_ARG(line));
}

rsc_status eval_job(struct eval *e)
{
    struct job job;
    struct matcher m = {.e = e, .job = &job};
    struct str line;
    rsc_status st = job_parse(&e->ctx, &job, &e->doc, e->ontology);

    if (st)
        return st;
    while (str_next_line(&e->truth, &line))
        eval_line(&m, line);
    for (size_t i = 0; i < job.n_requirements && i < MAX_ITEMS; i++) {
        const struct requirement *r = &job.requirements[i];
        if (!m.used[i] && r->kind != REQUIREMENT_FIELD)
            count(e, tally_of(r->kind), false, STR(""),
                  ctx_printf(&e->ctx, "%.*s (%s)", STR_ARG(r->label),
                             r->must ? "must" : "nice"));
    }
    return e->ctx.error.status;
}
