/* SPDX-License-Identifier: MIT */
#include "engine/entity_spans.h"

#include "ner/entity_pipeline.h"

static rsc_status fill(struct ctx *ctx, const struct entity_doc *doc,
                       struct resume_options *options)
{
    const size_t n = doc->entities.len;
    struct entity_span *spans = ctx_alloc_array(ctx, n, sizeof(spans[0]));

    if (!spans)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        const struct entity *e = &doc->entities.items[i];
        spans[i] = (struct entity_span){
            .span = {doc->tokens.items[e->first].start,
                     doc->tokens.items[e->end - 1].end},
            .label = ctx_copy(ctx, e->label),
        };
        if (!spans[i].label.data)
            return ctx->error.status;
    }
    options->entities = spans;
    options->n_entities = n;
    return RSC_OK;
}

rsc_status entity_spans_add(struct ctx *ctx, rsc_engine *engine,
                            struct str text, struct resume_options *options)
{
    const struct entity_pipeline *pipeline;
    struct entity_doc doc;
    struct ctx work; /* far larger than what is kept of it */

    if (!engine->entity.for_parser)
        return RSC_OK;
    ctx_init(&work, ctx->arena.mem);
    work.deadline_ns = ctx->deadline_ns;
    work.cancelled = ctx->cancelled;
    rsc_status st = entity_pipeline_borrow(&work, engine, &pipeline);
    if (!st)
        st = entity_pipeline_run(&work, pipeline, text, NULL, &doc);
    if (!st)
        st = fill(ctx, &doc, options);
    else if (st == RSC_ENOMODEL)
        st = RSC_OK;
    else
        ctx_fail(ctx, st, "%s", work.error.message);
    ctx_clear(&work);
    return st;
}
