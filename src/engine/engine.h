/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENGINE_H
#define RSC_ENGINE_H

/*
 * What an engine holds and its documents, jobs and results are made of.
 *
 * An engine is immutable after open but for the encoder's work space and the
 * entity pipeline, which have locks of their own. A document, a job and a
 * result each own one context with the arena that everything in them lives in.
 */

#include <pthread.h>

#include "base/document.h"
#include "base/hash.h"
#include "base/mem.h"
#include "cache/cache.h"
#include "embed/embed.h"
#include "extract/extract.h"
#include "score/score.h"

struct entity_pipeline;

/* The entity pipeline, which the first text that needs it loads. */
struct entity_slot {
    pthread_mutex_t lock; /* of pipeline */
    struct mem mem;
    struct entity_pipeline *pipeline; /* NULL until then */
    const char *models_dir;           /* NULL: none */
    const char *name;                 /* or a path */
    bool for_parser; /* the resume parser gets its entities, too */
};

struct rsc_engine {
    struct mem mem;       /* the engine's own tables */
    struct mem model_mem; /* the encoder's work space */
    struct ctx ctx;       /* strings and tables that live as long as we do */
    struct extract_options extract;
    struct ontology *ontology;
    struct embedder *embedder; /* NULL without a model */
    struct mem cache_mem;
    struct cache *cache;      /* of vectors; NULL for none */
    unsigned batch_size;      /* texts that are encoded together; 0: all */
    struct str model_missing; /* why, as one sentence */
    struct str model_name, model_hash, model_precision;
    struct entity_slot entity;
    struct str isa;             /* as forced; empty for the best */
    struct score_config config; /* the built-in numbers */
};

struct rsc_document {
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    const char *hidden_note; /* a sentence, or NULL where nothing is hidden */
    struct sha256_hex file_hash, text_hash;
};

struct rsc_job {
    struct mem mem;
    struct ctx ctx;
    struct document doc; /* a copy of the text */
    struct job job;
    float *vectors; /* [n_requirements][dim], NULL without a model */
    struct sha256_hex file_hash, text_hash;
};

#endif
