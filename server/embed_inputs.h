/* SPDX-License-Identifier: MIT */
#ifndef RSC_EMBED_INPUTS_H
#define RSC_EMBED_INPUTS_H

/*
 * What the embedding routes are given, and its vectors. All functions return
 * false after they have replied with what is wrong. The caller holds the
 * engine; memory is the request's.
 */

#include "base/vec.h"
#include "body_json.h"

/* As the servers that these shapes come from. */
#define TEI_MAX_BATCH    32
#define OPENAI_MAX_BATCH 2048

/* Texts, or token ids, how they are to be taken, and their vectors. */
struct inputs {
    VEC(const char *) texts;
    VEC(size_t) lengths;
    VEC(int32_t) ids;
    VEC(size_t) starts; /* of ids; one more than there are inputs */
    bool is_ids;
    bool fail_cut;  /* a text that is too long is an error */
    bool cut_front; /* or loses its beginning */
    bool is_raw;    /* vectors are not brought to unit length */
    size_t n;
    size_t dim;  /* floats in a row of vectors */
    size_t size; /* of them, that are given out */
    float *vectors;
};

/* "text", ["a", "b"], [ids] or [[ids], ...]; up to max of them. */
bool inputs_read(struct request *rq, struct inputs *in, const json_t *value,
                 size_t max);
/* One text: the string under `name`. */
bool inputs_add_single(struct request *rq, struct inputs *in,
                       const json_t *root, const char *name);
/* A list of strings, which was found under `name`. */
bool inputs_add_list(struct request *rq, struct inputs *in, const json_t *list,
                     const char *name, size_t max);
/* "truncate", "truncation_direction", "prompt_name". */
bool inputs_read_cut(struct request *rq, struct inputs *in, const json_t *root);
/* "dimensions": fewer than the model has; the rest of a vector is cut off. */
bool inputs_read_size(struct request *rq, struct inputs *in,
                      const json_t *root);

/* One vector for each input. */
bool inputs_run(struct request *rq, struct inputs *in);
/* Token ids of the inputs, each cut to the model's length. */
bool inputs_tokenize(struct request *rq, struct inputs *in);
/* The vectors of the tokens of input i, after inputs_tokenize: *n rows in
 * memory that the next call uses again. */
bool inputs_run_each(struct request *rq, struct inputs *in, size_t i,
                     size_t *n);

static inline const float *inputs_row(const struct inputs *in, size_t i)
{
    return in->vectors + i * in->dim;
}

#endif
