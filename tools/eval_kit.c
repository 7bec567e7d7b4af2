/* SPDX-License-Identifier: MIT */
#include "tools/eval_kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/plain.h"

void eval_die(const struct eval_kit *kit, const char *what)
{
    fprintf(stderr, "%s: %s: %s\n", kit->program, what, kit->ctx.error.message);
    exit(1);
}

void eval_kit_open(struct eval_kit *kit, const char *pack)
{
    struct encoder_options options = {.isa = ISA_COUNT, .threads = 1};

    mem_init(&kit->mem, "eval", 0);
    ctx_init(&kit->ctx, &kit->mem);
    if (score_config_init(&kit->ctx, &kit->config) ||
        ontology_open(&kit->ctx, &kit->ontology, &kit->mem, STR(""), ""))
        eval_die(kit, "open");
    if (!pack || !strcmp(pack, "-"))
        return;
    if (embed_open(&kit->ctx, &kit->embedder, &kit->mem, pack, &options))
        eval_die(kit, "model");
    kit->dim = embed_config(kit->embedder)->hidden;
}

void eval_kit_close(struct eval_kit *kit)
{
    embed_close(kit->embedder);
    ontology_close(kit->ontology);
    ctx_clear(&kit->ctx);
}

static float *embed(struct eval_kit *kit, const struct str *texts, size_t n)
{
    if (!kit->embedder)
        return NULL;
    float *out = ctx_alloc_array(&kit->ctx, n * kit->dim, sizeof(*out));
    if (!out || embed_texts(&kit->ctx, kit->embedder, texts, n, out, NULL))
        eval_die(kit, "vectors");
    return out;
}

rsc_status eval_read_resume(struct eval_kit *kit, struct eval_resume *out)
{
    struct resume_options options = {.as_of = kit->as_of};
    struct resume *r = &out->resume;

    if (resume_parse(&kit->ctx, r, &out->document, kit->ontology, &options))
        return kit->ctx.error.status;
    struct str *texts =
        ctx_alloc_array(&kit->ctx, r->n_sentences, sizeof(*texts));
    if (!texts)
        eval_die(kit, "memory");
    for (size_t i = 0; i < r->n_sentences; i++)
        texts[i] = r->sentences[i].blind;
    out->vectors = embed(kit, texts, r->n_sentences);
    return RSC_OK;
}

rsc_status eval_read_job(struct eval_kit *kit, struct eval_job *out,
                         struct str text)
{
    struct job *job = &out->job;

    if (plain_document(&kit->ctx, &out->document, text) ||
        job_parse(&kit->ctx, job, &out->document, kit->ontology))
        return kit->ctx.error.status;
    struct str *texts =
        ctx_alloc_array(&kit->ctx, job->n_requirements, sizeof(*texts));
    if (!texts)
        eval_die(kit, "memory");
    for (size_t r = 0; r < job->n_requirements; r++)
        texts[r] = requirement_meaning(&job->requirements[r]);
    out->vectors = embed(kit, texts, job->n_requirements);
    return RSC_OK;
}

rsc_status eval_score(struct ctx *ctx, struct score *out,
                      const struct eval_kit *kit, const struct eval_job *job,
                      const struct eval_resume *resume)
{
    struct score_input in = {.resume = &resume->resume,
                             .job = &job->job,
                             .ontology = kit->ontology,
                             .config = &kit->config,
                             .job_vectors = job->vectors,
                             .resume_vectors = resume->vectors,
                             .dim = kit->dim};

    return score_run(ctx, out, &in);
}
