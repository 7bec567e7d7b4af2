/* SPDX-License-Identifier: MIT */
#ifndef RSC_THINC_H
#define RSC_THINC_H

/*
 * Reads a `model` file of a spaCy component: a tree of layers, as a list of
 * nodes in breadth-first order, each with attributes and arrays of numbers.
 *
 *     {nodes: [{name, refs}], attrs: [{key: bytes}], params: [{W: array}]}
 *
 * Everything points into the file's bytes, which must outlive it, and into
 * ctx's arena. All counts and sizes are checked here; a layer that we do not
 * know is refused by name.
 */

#include "base/ctx.h"

#define THINC_DIMS 4

struct thinc_array {
    uint32_t n_dims, dims[THINC_DIMS];
    size_t n;                  /* product of dims */
    const unsigned char *data; /* n floats, little-endian, not aligned */
};

struct thinc_attr {
    struct str key, value; /* value is msgpack */
};

struct thinc_param {
    struct str key;
    struct thinc_array array;
};

struct thinc_ref {
    struct str key;
    uint32_t node;
};

struct thinc_node {
    struct str name;
    struct thinc_ref *refs;
    struct thinc_attr *attrs;
    struct thinc_param *params;
    uint32_t n_refs, n_attrs, n_params;
};

struct thinc_model {
    const char *file; /* for messages; borrowed */
    struct thinc_node *nodes;
    uint32_t n;
};

rsc_status thinc_read(struct ctx *ctx, struct thinc_model *out,
                      struct str bytes, const char *file);

/* The i-th node of that name in file order, or NULL. */
const struct thinc_node *thinc_find(const struct thinc_model *model,
                                    const char *name, unsigned i);
unsigned thinc_count(const struct thinc_model *model, const char *name);
/* The node that a reference of the root names; fails where there is none. */
rsc_status thinc_ref(struct ctx *ctx, const struct thinc_model *model,
                     const char *key, const struct thinc_node **out);
/* An array with n_dims dimensions; fails where it is missing or other. */
rsc_status thinc_array(struct ctx *ctx, const struct thinc_model *model,
                       const struct thinc_node *node, const char *key,
                       unsigned n_dims, const struct thinc_array **out);
/* The msgpack bytes of an attribute; data is NULL where it is missing. */
struct str thinc_attr(const struct thinc_node *node, const char *key);
/* A whole number below 2^32; fails where it is missing. */
rsc_status thinc_attr_uint(struct ctx *ctx, const struct thinc_model *model,
                           const struct thinc_node *node, const char *key,
                           uint32_t *out);
/* Copies the numbers of an array to where floats belong. */
void thinc_floats(const struct thinc_array *array, float *out);

#endif
