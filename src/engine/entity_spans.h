/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENTITY_SPANS_H
#define RSC_ENTITY_SPANS_H

/* The entities of a document as the resume parser takes them. */

#include "engine/engine.h"

/* The folder of the pipeline, which is not opened. Fails with RSC_ENOMODEL
 * and the command that cures it. */
rsc_status entity_pipeline_find(struct ctx *ctx, const rsc_engine *engine,
                                struct str *out);
/* Borrows the pipeline of the engine, which is loaded where it is not yet.
 * Fails with RSC_ENOMODEL where it is not installed. */
rsc_status entity_pipeline_borrow(struct ctx *ctx, rsc_engine *engine,
                                  const struct entity_pipeline **out);

/* Puts the entities of text into options, in ctx's arena. Does nothing unless
 * the engine was opened with parse_entities; without an installed pipeline the
 * parser works without, and that is no failure. */
rsc_status entity_spans_add(struct ctx *ctx, rsc_engine *engine,
                            struct str text, struct resume_options *options);

#endif
