/* SPDX-License-Identifier: MIT */
#ifndef RSC_TOK2VEC_H
#define RSC_TOK2VEC_H

/*
 * A vector per token, out of its attributes and those of its neighbours:
 *
 *     attributes -> hash embeddings -> mix: maxout, norm       one token
 *     depth x:  x[i] += maxout, norm of x[i-1] | x[i] | x[i+1]  its window
 *
 * Before the first and behind the last token stand `depth` rows that begin
 * as zeros. A row depends on the `depth` rows at its sides and no others, so
 * a long text is worked off in blocks and gives the same bytes.
 *
 * Threads: struct tok2vec is immutable; struct tok2vec_run belongs to one
 * request.
 */

#include "ner/layer.h"
#include "ner/tokenizer.h"

#define TOK2VEC_COLUMNS 8
#define TOK2VEC_DEPTH   8

struct embedding {
    const float *rows; /* [n_rows][width] */
    uint32_t n_rows, seed, column;
};

struct tok2vec {
    size_t width;
    unsigned n_columns, n_tables, depth;
    enum attribute columns[TOK2VEC_COLUMNS];
    struct embedding tables[TOK2VEC_COLUMNS];
    struct maxout_layer mix, layers[TOK2VEC_DEPTH];
};

/* Builds it from the nodes of a model file. Fails with RSC_EUNSUPPORTED, by
 * name, on what we do not run. */
rsc_status tok2vec_read(struct ctx *ctx, struct tok2vec *out,
                        const struct thinc_model *model);

/* Work space, which the next model may use when this one is done. */
struct tok2vec_space {
    float *front, *back; /* [block + 2 * depth][width] */
    float *y;            /* outputs of some rows of a layer */
    float *x;            /* inputs of some rows of the mix */
    size_t block_floats, y_floats, x_floats;
};

/* A zeroed one has no work space yet. */
struct tok2vec_run {
    const struct tok2vec *model;
    const struct kernels *kernels;
    size_t n_tokens;
    const uint32_t *row_of; /* of each token, in mixed */
    float *mixed;           /* [distinct][width] */
    struct tok2vec_space space;
};

/* Tokens of one block at the most. */
#define TOK2VEC_BLOCK 256

/* Works the tokens' own part out, once per distinct one. Keeps the work space
 * that run has, where it is large enough. */
rsc_status tok2vec_begin(struct ctx *ctx, struct tok2vec_run *run,
                         const struct tok2vec *model,
                         const struct kernels *kernels,
                         const struct token_list *tokens);
/* The vectors of n tokens from first on, n <= TOK2VEC_BLOCK: out [n][width].
 */
void tok2vec_rows(struct tok2vec_run *run, size_t first, size_t n, float *out);

#endif
