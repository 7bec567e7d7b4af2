/* SPDX-License-Identifier: MIT */
#include "engine/entity_spans.h"

#include <inttypes.h>

#include "ner/entity_pipeline.h"

static rsc_status fill(struct ctx *ctx, const struct entity_doc *doc,
                       struct entity_found *out)
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
    out->items = spans;
    out->n = n;
    return RSC_OK;
}

rsc_status entity_spans_find(struct ctx *ctx, rsc_engine *engine,
                             struct str text, struct entity_found *out)
{
    const struct entity_pipeline *pipeline;
    struct entity_doc doc;
    struct ctx work; /* far larger than what is kept of it */

    *out = (struct entity_found){.is_missing = true};
    ctx_init(&work, ctx->arena.mem);
    work.deadline_ns = ctx->deadline_ns;
    work.cancelled = ctx->cancelled;
    rsc_status st = entity_pipeline_borrow(&work, engine, &pipeline);
    if (!st)
        st = entity_pipeline_run(&work, pipeline, text, NULL, &doc);
    /* It is the pipeline's form that is wrong then, not the document's. */
    if (st == RSC_EFORMAT || st == RSC_EUNSUPPORTED)
        st = RSC_EIO;
    if (st && st != RSC_ENOMODEL)
        ctx_fail(ctx, st, "%s", work.error.message);
    if (!st) {
        out->is_missing = false;
        out->pipeline = entity_pipeline_shown(ctx, engine, pipeline);
        out->hash =
            ctx_printf(ctx, "%016" PRIx64, entity_pipeline_hash(pipeline));
        fill(ctx, &doc, out);
    }
    ctx_clear(&work);
    return ctx->error.status;
}

rsc_status entity_spans_add(struct ctx *ctx, rsc_engine *engine,
                            struct str text, struct resume_options *options)
{
    struct entity_found found;

    if (!engine->entity.for_parser)
        return RSC_OK;
    rsc_status st = entity_spans_find(ctx, engine, text, &found);
    options->entities = found.items;
    options->n_entities = found.n;
    return st;
}
