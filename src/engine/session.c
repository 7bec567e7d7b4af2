/* SPDX-License-Identifier: MIT */
/*
 * One request, from a read document to a result: the only place that decides
 * the order.
 *
 *     as-of date, weights, what-if -> parse the resume -> vectors -> score
 *                                  -> JSON -> result
 */

#include "base/clock.h"
#include "engine/as_of.h"
#include "engine/entity_spans.h"
#include "engine/result.h"
#include "engine/vectors.h"
#include "score/analyze_json.h"
#include "score/require.h"
#include "score/sheet.h"

/* A result holds each requirement's evidence; this is far above any. */
#define MAX_JSON ((size_t)32 << 20)

struct request {
    struct ctx ctx;
    rsc_engine *engine;
    const rsc_job *job;
    const rsc_document *document;
    const rsc_score_options *options;
    struct as_of as_of;
    struct score_config config;
    struct job job_asked; /* what the options require is marked */
    struct resume resume;
    struct score_input input;
    struct score score;
    struct what_ifs what_ifs; /* where the options ask for it */
    bool has_entities, parse_entities;
    struct entity_found entities; /* where has_entities */
};

static rsc_status read_config(struct request *rq)
{
    rsc_status st = RSC_OK;

    rq->config = rq->engine->config;
    if (rq->options->config)
        st =
            score_config_read(&rq->ctx, &rq->config,
                              str_of(rq->options->config), "the configuration");
    if (st || !rq->options->weights)
        return st;
    return score_config_set_weights(&rq->ctx, &rq->config,
                                    str_of(rq->options->weights));
}

static rsc_status read_job(struct request *rq)
{
    rq->job_asked = rq->job->job;
    if (!rq->options->require)
        return RSC_OK;
    return require_mark(&rq->ctx, &rq->job_asked, &rq->job->job,
                        str_of(rq->options->require), rq->engine->ontology);
}

static rsc_status parse(struct request *rq)
{
    struct resume_options options = {.as_of = rq->as_of.month};
    const struct document *doc = &rq->document->doc;
    rsc_status st = RSC_OK;

    rq->parse_entities =
        rq->options->parse_entities || rq->engine->entity.for_parser;
    rq->has_entities = rq->options->entities || rq->parse_entities;
    if (rq->has_entities)
        st = entity_spans_find(&rq->ctx, rq->engine, doc->text, &rq->entities);
    if (rq->parse_entities) {
        options.entities = rq->entities.items;
        options.n_entities = rq->entities.n;
    }
    return st ? st
              : resume_parse(&rq->ctx, &rq->resume, doc, rq->engine->ontology,
                             &options);
}

static rsc_status embed(struct request *rq)
{
    size_t n = rq->resume.n_sentences;
    struct str *texts = ctx_alloc_array(&rq->ctx, n, sizeof(texts[0]));
    float *vectors;

    if (!texts)
        return rq->ctx.error.status;
    for (size_t i = 0; i < n; i++)
        texts[i] = rq->resume.sentences[i].blind;
    rsc_status st = vectors_make(&rq->ctx, &vectors, rq->engine, texts, n);
    rq->input.resume_vectors = vectors;
    return st;
}

static rsc_status score(struct request *rq)
{
    rq->input.resume = &rq->resume;
    rq->input.job = &rq->job_asked;
    rq->input.ontology = rq->engine->ontology;
    rq->input.config = &rq->config;
    rq->input.job_vectors = rq->job->vectors;
    rq->input.dim = rsc_vector_size(rq->engine);
    rq->input.entities_missing = rq->entities.is_missing;
    rsc_status st = score_run(&rq->ctx, &rq->score, &rq->input);
    if (st || !rq->options->what_if)
        return st;
    return what_if_run(&rq->ctx, &rq->what_ifs, &rq->input, &rq->score,
                       str_of(rq->options->what_if));
}

static rsc_status write_analyze(struct request *rq, struct buf *out,
                                const struct result_input *input)
{
    const rsc_analyze_options *wanted = rq->options->analyze;
    struct analyze_options options = {
        .job_title = str_of(wanted->job_title),
        .industry_override = str_of(wanted->industry_override),
        .translate = wanted->translate,
    };
    struct json j = json_to(out, 0);

    return analyze_json_write(&rq->ctx, &j, input, &options);
}

static rsc_status make_provenance(struct request *rq, struct provenance *out)
{
    const struct document *doc = &rq->document->doc;

    *out = (struct provenance){
        .engine_version = STR(RSC_VERSION),
        .ontology_hash = ontology_hash(rq->engine->ontology),
        .resume_file = str_of(rq->options->resume_name),
        .resume_sha256 = str_of(rq->document->file_hash.text),
        .resume_text_sha256 = str_of(rq->document->text_hash.text),
        .job_file = str_of(rq->options->job_name),
        .job_sha256 = str_of(rq->job->file_hash.text),
        .job_text_sha256 = str_of(rq->job->text_hash.text),
        .extractor = doc->method,
        .as_of = str_of(rq->as_of.text),
        .weights = str_of(rq->options->weights),
        .require = str_of(rq->options->require),
        .pipeline = rq->entities.pipeline,
        .pipeline_hash = rq->entities.hash,
        .parse_entities = rq->parse_entities,
    };
    if (doc->kind == DOCUMENT_PDF)
        out->pdf_library = doc->method;
    vectors_provenance(rq->engine, &out->model, &out->model_hash,
                       &out->precision);
    return score_config_hash(&rq->ctx, &out->config_hash, &rq->config);
}

/* The forms that a result is handed out in. */
struct outputs {
    struct buf json, sheet, analyze;
};

static rsc_status write_outputs(struct request *rq, struct outputs *out)
{
    const struct entity_list entities = {rq->entities.items, rq->entities.n};
    struct provenance provenance;
    struct result_input input = {
        .input = &rq->input,
        .score = &rq->score,
        .provenance = &provenance,
        .what_ifs = rq->options->what_if ? &rq->what_ifs : NULL,
        .entities =
            rq->has_entities && !rq->entities.is_missing ? &entities : NULL,
    };
    struct json j = json_to(&out->json, 2);

    rsc_status st = make_provenance(rq, &provenance);
    if (st)
        return st;
    result_json_write(&j, &input);
    if (rq->options->sheet)
        st = sheet_write(&rq->ctx, &out->sheet, &input);
    if (!st && rq->options->analyze)
        st = write_analyze(rq, &out->analyze, &input);
    if (st)
        return st;
    return out->json.failed || out->sheet.failed || out->analyze.failed
               ? ctx_fail(&rq->ctx, RSC_ENOMEM,
                          "out of memory while writing the result")
               : RSC_OK;
}

/* What the caller set, before anything costly is begun. */
static rsc_status read_options(struct request *rq)
{
    rsc_status st =
        as_of_read(&rq->ctx, &rq->as_of, rq->options->as_of, clock_wall_s());

    if (!st)
        st = read_config(rq);
    return st || !rq->job ? st : read_job(rq);
}

const char *rsc_score_config_default(void)
{
    return score_config_default();
}

rsc_status rsc_score_options_check(rsc_engine *engine, const rsc_job *job,
                                   const rsc_score_options *options,
                                   rsc_error *err)
{
    struct mem mem;
    struct request rq = {.engine = engine, .job = job, .options = options};

    mem_init(&mem, "requests", 0);
    ctx_init(&rq.ctx, &mem);
    read_options(&rq);
    rsc_status st = ctx_error(&rq.ctx, err);
    ctx_clear(&rq.ctx);
    return st;
}

static rsc_status run(struct request *rq, struct outputs *out)
{
    rsc_status st = read_options(rq);

    if (!st)
        st = parse(rq);
    if (!st)
        st = embed(rq);
    if (!st)
        st = score(rq);
    if (!st)
        st = write_outputs(rq, out);
    return st;
}

static rsc_status make_result(struct request *rq, rsc_result **out,
                              const struct outputs *outputs, rsc_error *err)
{
    rsc_result *result = result_new(err);
    rsc_status st;

    if (!result)
        return RSC_ENOMEM;
    result_fill(result, &rq->input, &rq->score, &rq->what_ifs,
                buf_str(&outputs->json));
    result->sheet = ctx_copy(&result->ctx, buf_str(&outputs->sheet));
    result->analyze = ctx_copy(&result->ctx, buf_str(&outputs->analyze));
    st = ctx_error(&result->ctx, err);
    if (st)
        rsc_result_free(result);
    else
        *out = result;
    return st;
}

void rsc_score_options_init(rsc_score_options *options)
{
    *options = (rsc_score_options){0};
}

rsc_status rsc_score(rsc_result **out, rsc_engine *engine, const rsc_job *job,
                     const rsc_document *resume,
                     const rsc_score_options *options, rsc_error *err)
{
    const rsc_score_options defaults = {0};
    struct mem mem;
    struct outputs outputs;
    struct request rq = {
        .engine = engine,
        .job = job,
        .document = resume,
        .options = options ? options : &defaults,
    };

    *out = NULL;
    mem_init(&mem, "requests", 0);
    ctx_init(&rq.ctx, &mem);
    if (rq.options->deadline_ms)
        rq.ctx.deadline_ns =
            clock_monotonic_ns() + (int64_t)rq.options->deadline_ms * 1000000;
    buf_init(&outputs.json, &mem, MAX_JSON);
    buf_init(&outputs.sheet, &mem, MAX_JSON);
    buf_init(&outputs.analyze, &mem, MAX_JSON);
    run(&rq, &outputs);
    rsc_status st = ctx_error(&rq.ctx, err);
    if (!st)
        st = make_result(&rq, out, &outputs, err);
    buf_clear(&outputs.json);
    buf_clear(&outputs.sheet);
    buf_clear(&outputs.analyze);
    ctx_clear(&rq.ctx);
    return st;
}
