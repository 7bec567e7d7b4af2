/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "eval_parse.h"

#define MAX_ITEMS 64

static struct str text_of(const struct eval *e, struct span s)
{
    return span_is_empty(s) ? STR("") : span_of(e->doc.text, s);
}

/* "2018-01..2020-03", "2018..present", "2019"; empty for none. */
static struct str date_text(struct eval *e, const struct date_range *d)
{
    char first[16], last[16];

    if (!d->first.year)
        return STR("");
    snprintf(first, sizeof(first), d->first.month ? "%d-%02d" : "%d",
             d->first.year, d->first.month);
    snprintf(last, sizeof(last), d->last.month ? "%d-%02d" : "%d", d->last.year,
             d->last.month);
    if (d->is_present)
        return ctx_printf(&e->ctx, "%s..present", first);
    if (strcmp(first, last) == 0)
        return ctx_printf(&e->ctx, "%s", first);
    return ctx_printf(&e->ctx, "%s..%s", first, last);
}

static void compare(struct eval *e, enum tally_kind kind, struct str wanted,
                    struct str got)
{
    if (wanted.len || got.len)
        count(e, kind, same_text(wanted, got), wanted, got);
}

static void eval_sections(struct eval *e, const struct resume *r,
                          struct str wanted)
{
    bool used[MAX_ITEMS] = {false};
    struct str word;

    while (str_next_field(&wanted, ' ', &word)) {
        bool found = false;
        for (size_t i = 1; i < r->n_sections && i < MAX_ITEMS; i++) {
            if (used[i] ||
                !str_eq(word, str_of(section_kind_name(r->sections[i].kind))))
                continue;
            used[i] = found = true;
            break;
        }
        count(e, T_SECTION, found, word, STR(""));
    }
    for (size_t i = 1; i < r->n_sections && i < MAX_ITEMS; i++) {
        if (!used[i])
            count(e, T_SECTION, false, STR(""),
                  text_of(e, r->sections[i].heading));
    }
}

struct wanted_role {
    struct str title, employer, location, dates, flags;
};

static unsigned role_likeness(struct eval *e, const struct wanted_role *w,
                              const struct role *r)
{
    return 3U * same_text(w->dates, date_text(e, &r->dates)) +
           2U * same_text(w->title, text_of(e, r->title)) +
           same_text(w->employer, text_of(e, r->employer));
}

static void eval_role(struct eval *e, const struct resume *r, bool *used,
                      struct str line)
{
    struct wanted_role w = {0};
    size_t best = SIZE_MAX;
    unsigned most = 0;

    w.title = next_part(&line);
    w.employer = next_part(&line);
    w.location = next_part(&line);
    w.dates = next_part(&line);
    w.flags = next_part(&line);
    for (size_t i = 0; i < r->n_roles && i < MAX_ITEMS; i++) {
        unsigned like = used[i] ? 0 : role_likeness(e, &w, &r->roles[i]);
        if (like > most) {
            most = like;
            best = i;
        }
    }
    struct role none = {0};
    const struct role *got = best == SIZE_MAX ? &none : &r->roles[best];
    count(e, T_ROLE, best != SIZE_MAX, w.title, STR(""));
    if (best != SIZE_MAX)
        used[best] = true;
    compare(e, T_TITLE, w.title, text_of(e, got->title));
    compare(e, T_EMPLOYER, w.employer, text_of(e, got->employer));
    compare(e, T_LOCATION, w.location, text_of(e, got->location));
    compare(e, T_DATES, w.dates, date_text(e, &got->dates));
    compare(e, T_FLAG, w.flags,
            got->is_volunteer    ? STR("volunteer")
            : got->is_internship ? STR("internship")
                                 : STR(""));
}

struct wanted_education {
    struct str level, subject, school, dates, flags;
};

static void eval_education(struct eval *e, const struct resume *r, bool *used,
                           struct str line)
{
    struct wanted_education w = {0};
    size_t best = SIZE_MAX;
    unsigned most = 0;

    w.level = next_part(&line);
    w.subject = next_part(&line);
    w.school = next_part(&line);
    w.dates = next_part(&line);
    w.flags = next_part(&line);
    for (size_t i = 0; i < r->n_education && i < MAX_ITEMS; i++) {
        const struct education *d = &r->education[i];
        unsigned like =
            used[i]
                ? 0
                : 2U * same_text(w.level, str_of(degree_level_name(d->level))) +
                      3U * (w.school.len &&
                            same_text(w.school, text_of(e, d->institution))) +
                      (w.subject.len &&
                       same_text(w.subject, text_of(e, d->subject))) +
                      (w.dates.len &&
                       same_text(w.dates, date_text(e, &d->dates)));
        if (like > most) {
            most = like;
            best = i;
        }
    }
    struct education none = {0};
    const struct education *got =
        best == SIZE_MAX ? &none : &r->education[best];
    count(e, T_EDUCATION, best != SIZE_MAX, w.school.len ? w.school : w.level,
          STR(""));
    if (best != SIZE_MAX)
        used[best] = true;
    compare(e, T_LEVEL, w.level, str_of(degree_level_name(got->level)));
    compare(e, T_SUBJECT, w.subject, text_of(e, got->subject));
    compare(e, T_SCHOOL, w.school, text_of(e, got->institution));
    compare(e, T_SCHOOL_DATES, w.dates, date_text(e, &got->dates));
    compare(e, T_UNFINISHED, w.flags,
            got->is_unfinished ? STR("unfinished") : STR(""));
}

static void eval_certificate(struct eval *e, const struct resume *r, bool *used,
                             struct str line)
{
    struct str name = next_part(&line), issuer = next_part(&line);
    struct str year = next_part(&line);

    for (size_t i = 0; i < r->n_certificates && i < MAX_ITEMS; i++) {
        const struct certificate *c = &r->certificates[i];
        if (used[i] || !same_text(name, text_of(e, c->name)))
            continue;
        used[i] = true;
        count(e, T_CERTIFICATE, true, name, name);
        compare(e, T_ISSUER, issuer, text_of(e, c->issuer));
        compare(e, T_ISSUED, year,
                c->issued.year ? ctx_printf(&e->ctx, "%d", c->issued.year)
                               : STR(""));
        return;
    }
    count(e, T_CERTIFICATE, false, name, STR(""));
}

static void eval_language(struct eval *e, const struct resume *r, bool *used,
                          struct str line)
{
    struct str name = str_slice(line, 0, line.len - 2);
    uint8_t level = (uint8_t)(line.data[line.len - 1] - '0');

    for (size_t i = 0; i < r->n_languages && i < MAX_ITEMS; i++) {
        if (used[i] || !str_eq(name, r->languages[i].language))
            continue;
        used[i] = true;
        count(e, T_LANGUAGE, true, name, name);
        count(e, T_LANGUAGE_LEVEL, r->languages[i].level == level, line,
              ctx_printf(&e->ctx, "%d", r->languages[i].level));
        return;
    }
    count(e, T_LANGUAGE, false, name, STR(""));
}

static bool any_blind_has(const struct resume *r, struct str text)
{
    for (size_t i = 0; i < r->n_sentences; i++) {
        if (str_find(r->sentences[i].blind, text, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void eval_name(struct eval *e, const struct resume *r, struct str name)
{
    for (size_t i = 0; i < r->n_personal; i++) {
        if (r->personal[i].kind == PERSONAL_NAME) {
            compare(e, T_NAME, name, text_of(e, r->personal[i].span));
            return;
        }
    }
    count(e, T_NAME, false, name, STR(""));
}

struct used {
    bool roles[MAX_ITEMS], education[MAX_ITEMS], certificates[MAX_ITEMS],
        languages[MAX_ITEMS];
};

static void eval_line(struct eval *e, const struct resume *r, struct used *u,
                      struct str line)
{
    struct str value;

    if (has_key(line, "name", &value))
        eval_name(e, r, value);
    else if (has_key(line, "sections", &value))
        eval_sections(e, r, value);
    else if (has_key(line, "role", &value))
        eval_role(e, r, u->roles, value);
    else if (has_key(line, "edu", &value))
        eval_education(e, r, u->education, value);
    else if (has_key(line, "cert", &value))
        eval_certificate(e, r, u->certificates, value);
    else if (has_key(line, "lang", &value))
        eval_language(e, r, u->languages, value);
    else if (has_key(line, "hide", &value))
        count(e, T_HIDE, !any_blind_has(r, value), value, STR(""));
    else if (has_key(line, "keep", &value))
        count(e, T_KEEP, any_blind_has(r, value), value, STR(""));
    else if (line.len && line.data[0] != '#')
        printf("%s.truth: unknown line: %.*s\n", e->name, STR_ARG(line));
}

/* What was found and is not in the truth. */
static void eval_rest(struct eval *e, const struct resume *r,
                      const struct used *u)
{
    for (size_t i = 0; i < r->n_roles && i < MAX_ITEMS; i++) {
        if (!u->roles[i])
            count(e, T_ROLE, false, STR(""),
                  ctx_printf(&e->ctx, "%.*s / %.*s",
                             STR_ARG(text_of(e, r->roles[i].title)),
                             STR_ARG(text_of(e, r->roles[i].employer))));
    }
    for (size_t i = 0; i < r->n_education && i < MAX_ITEMS; i++) {
        if (!u->education[i])
            count(e, T_EDUCATION, false, STR(""),
                  ctx_printf(&e->ctx, "%s / %.*s",
                             degree_level_name(r->education[i].level),
                             STR_ARG(text_of(e, r->education[i].institution))));
    }
    for (size_t i = 0; i < r->n_certificates && i < MAX_ITEMS; i++) {
        if (!u->certificates[i])
            count(e, T_CERTIFICATE, false, STR(""),
                  text_of(e, r->certificates[i].name));
    }
    for (size_t i = 0; i < r->n_languages && i < MAX_ITEMS; i++) {
        if (!u->languages[i])
            count(e, T_LANGUAGE, false, STR(""), r->languages[i].language);
    }
}

rsc_status eval_resume(struct eval *e)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct resume resume;
    struct used used = {0};
    struct str line;
    rsc_status st = eval_entities(e, &options);

    if (!st)
        st = resume_parse(&e->ctx, &resume, &e->doc, e->ontology, &options);
    if (st)
        return st;
    while (str_next_line(&e->truth, &line))
        eval_line(e, &resume, &used, line);
    eval_rest(e, &resume, &used);
    return e->ctx.error.status;
}
