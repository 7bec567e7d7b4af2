/* SPDX-License-Identifier: MIT */
/* The public functions of jobs. */

#include "base/json.h"
#include "engine/engine.h"
#include "engine/object.h"
#include "engine/text_api.h"
#include "engine/vectors.h"

#define MAX_JSON ((size_t)16 << 20)

static rsc_job *new_job(rsc_error *err)
{
    rsc_job *job = object_new(sizeof(*job), err);

    if (!job)
        return NULL;
    mem_init(&job->mem, "requests", 0);
    ctx_init(&job->ctx, &job->mem);
    return job;
}

void rsc_job_free(rsc_job *job)
{
    if (job)
        ctx_clear(&job->ctx);
    object_free(job, sizeof(*job));
}

static rsc_status embed_requirements(rsc_job *job, rsc_engine *engine)
{
    struct ctx *ctx = &job->ctx;
    size_t n = job->job.n_requirements;
    struct str *texts = ctx_alloc_array(ctx, n, sizeof(texts[0]));

    if (!texts)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        texts[i] = requirement_meaning(&job->job.requirements[i]);
    return vectors_make(ctx, &job->vectors, engine, texts, n);
}

static rsc_status read_job(rsc_job *job, rsc_engine *engine,
                           const rsc_document *document, const char *title)
{
    struct ctx *ctx = &job->ctx;

    rsc_status st = document_copy(ctx, &job->doc, &document->doc);
    if (!st)
        st = job_parse(ctx, &job->job, &job->doc, engine->ontology);
    if (!st && title && title[0])
        job->job.title = ctx_copy(ctx, str_of(title));
    if (!st)
        st = embed_requirements(job, engine);
    return st;
}

rsc_status rsc_job_read(rsc_job **out, rsc_engine *engine,
                        const rsc_document *document, const char *title,
                        rsc_error *err)
{
    rsc_job *job = new_job(err);

    *out = NULL;
    if (!job)
        return RSC_ENOMEM;
    job->file_hash = document->file_hash;
    job->text_hash = document->text_hash;
    read_job(job, engine, document, title);
    rsc_status st = ctx_error(&job->ctx, err);
    if (st)
        rsc_job_free(job);
    else
        *out = job;
    return st;
}

static void write_requirement(struct json *j, const struct requirement *r)
{
    json_open(j, '{');
    json_put_str(j, "kind", str_of(requirement_kind_name(r->kind)));
    json_put_str(j, "label", r->label);
    json_put_bool(j, "must", r->must);
    json_put_bool(j, "required", r->required);
    json_put_str(j, "text", r->text);
    json_put_int(j, "start", r->source.start);
    json_put_int(j, "end", r->source.end);
    json_close(j, '}');
}

rsc_status rsc_job_json(rsc_text **out, const rsc_job *job, rsc_error *err)
{
    struct text_work w;

    text_open(&w, MAX_JSON);
    struct json j = json_to(&w.buf, 2);
    json_open(&j, '{');
    json_put_str(&j, "title", job->job.title);
    json_key(&j, "requirements");
    json_open(&j, '[');
    for (size_t i = 0; i < job->job.n_requirements; i++)
        write_requirement(&j, &job->job.requirements[i]);
    json_close(&j, ']');
    json_key(&j, "left_out");
    json_open(&j, '[');
    for (size_t i = 0; i < job->job.n_left_out; i++)
        json_str(&j, span_of(job->job.document->text, job->job.left_out[i]));
    json_close(&j, ']');
    json_key(&j, "not_understood");
    json_open(&j, '[');
    for (size_t i = 0; i < job->job.n_unread; i++)
        json_str(&j, span_of(job->job.document->text, job->job.unread[i]));
    json_close(&j, ']');
    json_key(&j, "warnings");
    json_open(&j, '[');
    for (size_t i = 0; i < job->job.n_warnings; i++)
        json_str(&j, job->job.warnings[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    return text_close(&w, out, err);
}
