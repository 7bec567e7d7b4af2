/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_SOURCE_H
#define RSC_ENCODER_SOURCE_H

/*
 * A sentence encoder as its authors publish it: a folder with config.json,
 * model.safetensors, and the sentence-transformers files that say how to pool,
 * whether to normalise, and how many tokens count.
 */

#include "embed/encoder_format.h"
#include "model/safetensors.h"

struct encoder_source {
    struct encoder_config config; /* precision is left to the converter */
    struct safetensors tensors;
};

/* Opens and checks the files; their paths name what is wrong. The table of
 * tensors lives in the arena. Closed by encoder_source_close. */
rsc_status encoder_source_open(struct ctx *ctx, struct encoder_source *out,
                               const char *folder);
void encoder_source_close(struct encoder_source *source);

/* The sizes from the text of config.json, and where they are there, of
 * 1_Pooling/config.json, modules.json, sentence_bert_config.json and
 * tokenizer_config.json (empty when they are not). Fails with
 * RSC_EUNSUPPORTED on what would be computed in another way. */
struct encoder_source_text {
    struct str config, pooling, modules, length, tokenizer;
};
rsc_status encoder_source_config(struct ctx *ctx, struct encoder_config *out,
                                 const struct encoder_source_text *text);

/* A tensor by the name that BertModel gives it, with or without "bert." in
 * front, into out [rows][columns]. */
rsc_status encoder_source_floats(struct ctx *ctx, float *out,
                                 const struct encoder_source *source,
                                 struct str name, size_t rows, size_t columns);

#endif
