/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_FIXTURE_H
#define RSC_JOB_FIXTURE_H

/* One parsed job and the built-in skills, for the tests of how jobs are
 * read. */

#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/job.h"
#include "text/plain.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct document doc;
    struct job job;
};

static inline int set_up(void **state)
{
    static struct fixture f;
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    return ontology_open(&f.ctx, &f.ontology, &f.mem, STR_NONE, "") ? -1 : 0;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    ctx_clear(&f->ctx);
    ontology_close(f->ontology);
    return f->mem.bytes == 0 ? 0 : -1;
}

static inline rsc_status parse(struct fixture *f, struct str text)
{
    struct mem *mem = f->ctx.arena.mem;

    ctx_clear(&f->ctx);
    ctx_init(&f->ctx, mem);
    rsc_status st = plain_document(&f->ctx, &f->doc, text);
    return st ? st : job_parse(&f->ctx, &f->job, &f->doc, f->ontology);
}

static inline const struct requirement *
find(const struct fixture *f, enum requirement_kind kind, size_t nth)
{
    for (size_t i = 0; i < f->job.n_requirements; i++) {
        if (f->job.requirements[i].kind == kind && nth-- == 0)
            return &f->job.requirements[i];
    }
    return NULL;
}

/* Whether the nth requirement of the kind has the label and strength. */
static inline bool has_label(const struct fixture *f,
                             enum requirement_kind kind, size_t nth,
                             const char *label, bool must)
{
    const struct requirement *r = find(f, kind, nth);

    return r && str_eq(r->label, str_of(label)) && r->must == must;
}

#endif
