/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENTITY_PIPELINE_H
#define RSC_ENTITY_PIPELINE_H

/*
 * spaCy's English pipelines (en_core_web_sm and those of its shape), from
 * their own folder:
 *
 *     text -> tokens -> shared vectors -> parser: sentences
 *                    -> own vectors    -> entities
 *
 * The entities depend on the parser: none goes over a sentence start.
 *
 * Threads: a pipeline is immutable; any number of threads may run it, each
 * with its own ctx.
 */

#include "ner/dep_parser.h"
#include "ner/entity.h"

struct mem;
struct entity_pipeline;

/* Everything lives in the ctx's arena or points into the text. */
struct entity_doc {
    struct str text; /* the input; a copy with U+FFFD where it was damaged */
    bool was_damaged;
    size_t n_chars;
    struct token_list tokens;
    struct parse parse; /* head is NULL without a parser */
    uint16_t *tags;     /* per token, or NULL */
    const struct str *tag_names;
    struct entities entities; /* in order, without overlap */
};

struct entity_options {
    bool with_tags; /* run the tagger, where there is one */
};

/* Loads the pipeline in folder. kernels may be NULL: the best ones. Fails
 * with RSC_ENOMODEL where there is no pipeline, RSC_EUNSUPPORTED, naming the
 * thing, on one that we do not run, and RSC_EFORMAT on damaged files. Freed by
 * entity_pipeline_close. */
rsc_status entity_pipeline_open(struct ctx *ctx, struct entity_pipeline **out,
                                struct mem *mem, const char *folder,
                                const struct kernels *kernels);
void entity_pipeline_close(struct entity_pipeline *pipeline);

/* Annotates text. Fails with RSC_ELIMIT above LIMIT_ENTITY_CHARS. options may
 * be NULL. */
rsc_status entity_pipeline_run(struct ctx *ctx,
                               const struct entity_pipeline *self,
                               struct str text,
                               const struct entity_options *options,
                               struct entity_doc *out);

/* "en_core_web_sm" and "3.8.0", out of meta.json; "" where it does not say. */
struct str entity_pipeline_name(const struct entity_pipeline *self);
struct str entity_pipeline_version(const struct entity_pipeline *self);
/* Of all files that decide what it finds. */
uint64_t entity_pipeline_hash(const struct entity_pipeline *self);

/* The bytes of an entity, and its code points: start and length. */
struct str entity_text(const struct entity_doc *doc,
                       const struct entity *entity);
uint32_t entity_char_start(const struct entity_doc *doc,
                           const struct entity *entity);
uint32_t entity_char_end(const struct entity_doc *doc,
                         const struct entity *entity);

#endif
