/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENTITY_SPANS_H
#define RSC_ENTITY_SPANS_H

/* The entities of a document, for the resume parser and for results. */

#include "engine/engine.h"

/* The folder of the pipeline, which is not opened. Fails with RSC_ENOMODEL
 * and the command that cures it. */
rsc_status entity_pipeline_find(struct ctx *ctx, const rsc_engine *engine,
                                struct str *out);
/* Borrows the pipeline of the engine, which is loaded where it is not yet.
 * Fails with RSC_ENOMODEL where it is not installed. */
rsc_status entity_pipeline_borrow(struct ctx *ctx, rsc_engine *engine,
                                  const struct entity_pipeline **out);

/* "en_core_web_sm 3.8.0"; data is NULL when memory is used up. An installed
 * pipeline has the name that it is installed by: who packs one again often
 * gives it another. */
struct str entity_pipeline_shown(struct ctx *ctx, const rsc_engine *engine,
                                 const struct entity_pipeline *pipeline);

/* Everything lives in the arena. */
struct entity_found {
    const struct entity_span *items;
    size_t n;
    struct str pipeline, hash; /* which one found them */
    bool is_missing;           /* no pipeline is installed: nothing was found */
};

/* Finds the entities of text. That no pipeline is installed is no failure. */
rsc_status entity_spans_find(struct ctx *ctx, rsc_engine *engine,
                             struct str text, struct entity_found *out);
/* The same for the parser, into options. Does nothing unless the engine was
 * opened with parse_entities. */
rsc_status entity_spans_add(struct ctx *ctx, rsc_engine *engine,
                            struct str text, struct resume_options *options);

#endif
