/* SPDX-License-Identifier: MIT */
/* Opening and closing an engine: wiring, nothing else. */

#include "engine/engine.h"

#include "base/limits.h"
#include "engine/object.h"
#include "engine/vectors.h"
#include "ner/entity_pipeline.h"

#define DEFAULT_MODEL    "all-MiniLM-L6-v2"
#define DEFAULT_PIPELINE "en_core_web_sm"

void rsc_options_init(rsc_options *options)
{
    *options = (rsc_options){
        .limits =
            {
                .file_bytes = LIMIT_FILE_BYTES,
                .pages = LIMIT_PAGES,
                .text_chars = LIMIT_TEXT_CHARS,
                .extract_ms = LIMIT_EXTRACT_MS,
                .extract_bytes = LIMIT_EXTRACT_BYTES,
            },
    };
}

/* A copy that lives as long as the engine; NULL stays NULL. */
static const char *keep(rsc_engine *engine, const char *text)
{
    return text ? ctx_copy(&engine->ctx, str_of(text)).data : NULL;
}

static void copy_options(rsc_engine *engine, const rsc_options *options)
{
    const rsc_limits *limits = &options->limits;

    engine->extract = (struct extract_options){
        .helper = keep(engine, options->extractor),
        .max_bytes = limits->file_bytes,
        .max_pages = limits->pages,
        .max_chars = limits->text_chars,
        .memory_bytes = limits->extract_bytes,
        .timeout_ms = limits->extract_ms,
    };
    engine->isa = str_of(keep(engine, options->isa));
    engine->entity.models_dir = keep(engine, options->models_dir);
    engine->entity.name =
        keep(engine, options->pipeline ? options->pipeline : DEFAULT_PIPELINE);
    engine->entity.for_parser = options->parse_entities;
}

static rsc_status open_cache(rsc_engine *engine,
                             const rsc_cache_options *options)
{
    struct cache_options cache = {
        .items = options->items,
        .bytes = options->bytes,
        .folder = options->folder,
        .disk_rows = options->disk_items,
        .disk_bytes = options->disk_bytes,
        .user = options->user,
        .log = options->log,
    };

    mem_init(&engine->cache_mem, "cache", 0);
    if (!engine->embedder || options->items == 0)
        return RSC_OK;
    return cache_open(&engine->ctx, &engine->cache, &engine->cache_mem, &cache);
}

static rsc_status open_parts(rsc_engine *engine, const rsc_options *options)
{
    struct ctx *ctx = &engine->ctx;
    const char *model = options->model ? options->model : DEFAULT_MODEL;

    copy_options(engine, options);
    rsc_status st = score_config_init(ctx, &engine->config);
    if (!st)
        st = ontology_open(ctx, &engine->ontology, &engine->mem,
                           str_of(options->ontology), "own skills");
    if (!st && options->models_dir)
        st = vectors_open(ctx, engine, options, model);
    else if (!st)
        engine->model_missing = STR("no folder of models was given");
    engine->batch_size = options->batch_size;
    if (!st)
        st = open_cache(engine, &options->cache);
    return st ? st : ctx->error.status;
}

rsc_status rsc_engine_open(rsc_engine **out, const rsc_options *options,
                           rsc_error *err)
{
    rsc_engine *engine = object_new(sizeof(*engine), err);

    *out = NULL;
    if (!engine)
        return RSC_ENOMEM;
    mem_init(&engine->mem, "engine", 0);
    mem_init(&engine->model_mem, "model", 0);
    mem_init(&engine->entity.mem, "entities", 0);
    pthread_mutex_init(&engine->entity.lock, NULL);
    ctx_init(&engine->ctx, &engine->mem);
    open_parts(engine, options);
    rsc_status st = ctx_error(&engine->ctx, err);
    if (st)
        rsc_engine_close(engine);
    else
        *out = engine;
    return st;
}

void rsc_engine_close(rsc_engine *engine)
{
    if (!engine)
        return;
    cache_close(engine->cache);
    vectors_close(engine);
    entity_pipeline_close(engine->entity.pipeline);
    pthread_mutex_destroy(&engine->entity.lock);
    ontology_close(engine->ontology);
    ctx_clear(&engine->ctx);
    object_free(engine, sizeof(*engine));
}
