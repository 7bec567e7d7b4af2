/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "parse/job.h"
#include "text/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_job(const struct job *job)
{
    size_t len = job->document->text.len;

    if (job->n_requirements > LIMIT_REQUIREMENTS + 8)
        abort();
    for (size_t i = 0; i < job->n_requirements; i++) {
        const struct requirement *r = &job->requirements[i];
        if (r->source.start > r->source.end || r->source.end > len ||
            r->at_least > (r->n_skills ? r->n_skills : 1) || !r->text.len)
            abort();
    }
}

/* The ontology is opened once: it is immutable. */
static const struct ontology *built_in(void)
{
    static struct mem mem;
    static struct ontology *ontology;

    if (!ontology) {
        struct ctx ctx;
        mem_init(&mem, "ontology", 0);
        ctx_init(&ctx, &mem);
        if (ontology_open(&ctx, &ontology, &mem, STR_NONE, ""))
            abort();
        ctx_clear(&ctx);
    }
    return ontology;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    struct job job;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    if (!plain_document(&ctx, &doc, (struct str){(const char *)data, size}) &&
        !job_parse(&ctx, &job, &doc, built_in()))
        check_job(&job);
    ctx_clear(&ctx);
    return 0;
}
