/* SPDX-License-Identifier: MIT */
/*
 * Shows what the parser reads in a plain text: parse_show resume|job FILE.
 * For looking at single cases while working on src/parse.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "parse/job.h"
#include "parse/jsonresume.h"
#include "text/plain.h"

static struct str text;

static void show(const char *name, struct span s)
{
    if (!span_is_empty(s))
        printf("  %s=[%.*s]", name, STR_ARG(span_of(text, s)));
}

static void show_dates(struct date_range d)
{
    if (d.first.year)
        printf("  %d-%02d..%s%d-%02d", d.first.year, d.first.month,
               d.is_present ? "present " : "", d.last.year, d.last.month);
}

static void show_facts(const struct resume *r)
{
    for (size_t i = 0; i < r->n_education; i++) {
        const struct education *e = &r->education[i];
        printf("EDUCATION %s", degree_level_name(e->level));
        show("degree", e->degree);
        show("subject", e->subject);
        show("school", e->institution);
        show_dates(e->dates);
        printf("%s\n", e->is_unfinished ? "  unfinished" : "");
    }
    for (size_t i = 0; i < r->n_certificates; i++) {
        printf("CERTIFICATE");
        show("name", r->certificates[i].name);
        show("issuer", r->certificates[i].issuer);
        printf("  %d skill %d\n", r->certificates[i].issued.year,
               (int)r->certificates[i].skill);
    }
    for (size_t i = 0; i < r->n_languages; i++)
        printf("LANGUAGE %.*s %d\n", STR_ARG(r->languages[i].language),
               r->languages[i].level);
    for (size_t i = 0; i < r->n_personal; i++)
        printf("PERSONAL %d [%.*s]\n", (int)r->personal[i].kind,
               STR_ARG(span_of(text, r->personal[i].span)));
}

static void show_resume(const struct resume *r)
{
    for (size_t i = 0; i < r->n_sections; i++) {
        printf("SECTION %s", section_kind_name(r->sections[i].kind));
        show("heading", r->sections[i].heading);
        putchar('\n');
    }
    for (size_t i = 0; i < r->n_roles; i++) {
        const struct role *role = &r->roles[i];
        printf("ROLE");
        show("title", role->title);
        show("employer", role->employer);
        show("location", role->location);
        show_dates(role->dates);
        printf("  %u months%s%s\n", role->months,
               role->is_volunteer ? " volunteer" : "",
               role->is_internship ? " internship" : "");
    }
    printf("EXPERIENCE %u months\n", r->experience_months);
    show_facts(r);
    for (size_t i = 0; i < r->n_sentences; i++)
        printf("S %d %s: %.*s\n", (int)r->sentences[i].role,
               section_kind_name(r->sections[r->sentences[i].section].kind),
               STR_ARG(r->sentences[i].blind));
    for (size_t i = 0; i < r->n_warnings; i++)
        printf("WARNING %.*s\n", STR_ARG(r->warnings[i]));
    if (!r->looks_like_resume)
        puts("NOT LIKE A RESUME");
}

static void show_requirement(const struct requirement *r,
                             const struct ontology *ontology)
{
    printf("%-11s %s%s [%.*s] <%.*s>", requirement_kind_name(r->kind),
           r->must ? "must" : "nice", r->required ? " REQUIRED" : "",
           STR_ARG(r->label), STR_ARG(r->text));
    for (size_t k = 0; k < r->n_skills; k++)
        printf(" %.*s;", STR_ARG(ontology_name(ontology, r->skills[k])));
    if (r->n_skills > 1)
        printf(" at least %u", r->at_least);
    if (r->months)
        printf(" %u months", r->months);
    if (r->level)
        printf(" %s%s (%.*s)", degree_level_name(r->level),
               r->or_experience ? " or experience" : "", STR_ARG(r->subject));
    if (r->language.len)
        printf(" %.*s %d", STR_ARG(r->language), r->language_level);
    putchar('\n');
}

static void show_job(const struct job *job, const struct ontology *ontology)
{
    printf("TITLE %.*s\n", STR_ARG(job->title));
    for (size_t i = 0; i < job->n_requirements; i++)
        show_requirement(&job->requirements[i], ontology);
    for (size_t i = 0; i < job->n_left_out; i++)
        printf("LEFT OUT [%.*s]\n", STR_ARG(span_of(text, job->left_out[i])));
    for (size_t i = 0; i < job->n_warnings; i++)
        printf("WARNING %.*s\n", STR_ARG(job->warnings[i]));
}

static rsc_status run(struct ctx *ctx, const char *kind, const char *path,
                      struct ontology *ontology)
{
    struct str bytes;
    struct document doc;
    rsc_status st = file_read(ctx, &bytes, path, (size_t)20 << 20);

    if (!st)
        st = jsonresume_detect(bytes) ? jsonresume_read(ctx, &doc, bytes)
                                      : plain_document(ctx, &doc, bytes);
    if (st)
        return st;
    text = doc.text;
    if (strcmp(kind, "job") == 0) {
        struct job job;
        st = job_parse(ctx, &job, &doc, ontology);
        if (!st)
            show_job(&job, ontology);
        return st;
    }
    struct resume resume;
    struct resume_options options = {.as_of = {2026, 11}};
    st = resume_parse(ctx, &resume, &doc, ontology, &options);
    if (!st)
        show_resume(&resume);
    return st;
}

int main(int argc, char **argv)
{
    struct mem mem;
    struct ctx ctx;
    rsc_error err;
    struct ontology *ontology = NULL;

    if (argc != 3) {
        fputs("usage: parse_show resume|job FILE\n", stderr);
        return 2;
    }
    mem_init(&mem, "show", 0);
    ctx_init(&ctx, &mem);
    rsc_status st = ontology_open(&ctx, &ontology, &mem, STR_NONE, "");
    if (!st)
        st = run(&ctx, argv[1], argv[2], ontology);
    if (ctx_error(&ctx, &err))
        fprintf(stderr, "%s\n", err.message);
    ctx_clear(&ctx);
    ontology_close(ontology);
    return st ? 1 : 0;
}
