/* SPDX-License-Identifier: MIT */
#include "ner/thinc.h"

#include "ner/msgpack.h"

/* The largest file here has 65 nodes. */
#define MAX_NODES 1024
/* Of references, attributes or arrays of one node; the largest has 4. */
#define MAX_ITEMS 64

/* What the layers of the pipelines that we run are called. A node's name is
 * made of its parts' names: "expand_window>>maxout>>layernorm". */
static const char *const known_layers[] = {
    "parser_model",     "precomputable_affine",
    "linear",           "softmax",
    "tok2vec-listener", "list2array",
    "list2ragged",      "ragged2list",
    "extract_features", "ints-getitem",
    "hashembed",        "maxout",
    "layernorm",        "dropout",
    "expand_window",    "residual",
    "with_array",
};

static bool is_known(struct str layer)
{
    for (size_t i = 0; i < sizeof(known_layers) / sizeof(known_layers[0]); i++)
        if (str_eq(layer, str_of(known_layers[i])))
            return true;
    return false;
}

static rsc_status check_name(struct ctx *ctx, const struct thinc_model *model,
                             struct str name)
{
    for (size_t i = 0; i < name.len;) {
        size_t end = i;
        while (end < name.len && !memchr(">|()", name.data[end], 4))
            end++;
        struct str layer = str_slice(name, i, end);
        if (layer.len && !is_known(layer))
            return ctx_fail(
                ctx, RSC_EUNSUPPORTED,
                "%s has a layer \"%.*s\", which is not supported", model->file,
                STR_ARG(str_slice(layer, 0, layer.len < 60 ? layer.len : 60)));
        i = end + 1;
    }
    return RSC_OK;
}

static rsc_status damaged(struct ctx *ctx, const struct thinc_model *model,
                          const char *what)
{
    return ctx_fail(ctx, RSC_EFORMAT, "%s is damaged: %s", model->file, what);
}

/* Memory for the items of a node. */
static rsc_status open_items(struct ctx *ctx, struct msgpack *m, uint32_t *n,
                             void **out, size_t size)
{
    rsc_status st = msgpack_map(ctx, m, n);

    if (!st && *n > MAX_ITEMS)
        return ctx_fail(ctx, RSC_ELIMIT, "%s: a node with %u items", m->name,
                        *n);
    if (st)
        return st;
    *out = ctx_calloc(ctx, *n, size);
    return *out ? RSC_OK : ctx->error.status;
}

/* ---- nodes ------------------------------------------------------------ */

static rsc_status read_refs(struct ctx *ctx, struct thinc_node *node,
                            struct msgpack *m)
{
    void *items = NULL;
    rsc_status st =
        open_items(ctx, m, &node->n_refs, &items, sizeof(node->refs[0]));

    node->refs = items;
    for (uint32_t i = 0; !st && i < node->n_refs; i++) {
        struct msgpack_value value;
        st = msgpack_str(ctx, m, &node->refs[i].key);
        if (!st)
            st = msgpack_next(ctx, m, &value);
        if (!st && value.type != MSGPACK_INT && value.type != MSGPACK_NIL)
            return ctx_fail(ctx, RSC_EFORMAT,
                            "%s is damaged: a reference is not a node",
                            m->name);
        /* Checked against the number of nodes where it is used. */
        node->refs[i].node =
            st || value.type == MSGPACK_NIL || value.as_uint >= MAX_NODES
                ? UINT32_MAX
                : (uint32_t)value.as_uint;
    }
    return st;
}

static rsc_status read_node(struct ctx *ctx, struct thinc_model *self,
                            struct thinc_node *node, struct msgpack *m)
{
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, m, &key);
        if (st)
            break;
        if (str_eq(key, STR("name")))
            st = msgpack_str(ctx, m, &node->name);
        else if (str_eq(key, STR("refs")))
            st = read_refs(ctx, node, m);
        else
            st = msgpack_skip(ctx, m);
    }
    return st ? st : check_name(ctx, self, node->name);
}

static rsc_status read_attrs(struct ctx *ctx, struct thinc_node *node,
                             struct msgpack *m)
{
    void *items = NULL;
    rsc_status st =
        open_items(ctx, m, &node->n_attrs, &items, sizeof(node->attrs[0]));

    node->attrs = items;
    for (uint32_t i = 0; !st && i < node->n_attrs; i++) {
        st = msgpack_str(ctx, m, &node->attrs[i].key);
        if (!st)
            st = msgpack_str(ctx, m, &node->attrs[i].value);
    }
    return st;
}

/* ---- arrays ----------------------------------------------------------- */

static rsc_status read_shape(struct ctx *ctx, struct thinc_array *out,
                             struct msgpack *m)
{
    rsc_status st = msgpack_array(ctx, m, &out->n_dims);

    if (!st && (out->n_dims > THINC_DIMS || out->n_dims == 0))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s is damaged: an array with %u dimensions", m->name,
                        out->n_dims);
    out->n = 1;
    for (uint32_t i = 0; !st && i < out->n_dims; i++) {
        uint64_t size;
        st = msgpack_uint(ctx, m, &size);
        if (!st && (size == 0 || size > UINT32_MAX ||
                    __builtin_mul_overflow(out->n, size, &out->n)))
            return ctx_fail(ctx, RSC_EFORMAT,
                            "%s is damaged: an array of impossible size",
                            m->name);
        if (!st)
            out->dims[i] = (uint32_t)size;
    }
    return st;
}

/* {nd: true, type: "<f4", shape: [...], data: bytes} */
static rsc_status read_array(struct ctx *ctx, struct thinc_array *out,
                             struct msgpack *m, uint32_t n)
{
    struct str data = STR_NONE, type = STR_NONE;
    rsc_status st = RSC_OK;

    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, m, &key);
        if (st)
            break;
        if (str_eq(key, STR("type")))
            st = msgpack_str(ctx, m, &type);
        else if (str_eq(key, STR("shape")))
            st = read_shape(ctx, out, m);
        else if (str_eq(key, STR("data")))
            st = msgpack_str(ctx, m, &data);
        else
            st = msgpack_skip(ctx, m);
    }
    if (st)
        return st;
    if (!str_eq(type, STR("<f4")))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s has numbers that are not 32-bit floats", m->name);
    if (out->n_dims == 0 || data.len / sizeof(float) != out->n ||
        data.len % sizeof(float) != 0)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s is damaged: an array's size is not its shape's",
                        m->name);
    out->data = (const unsigned char *)data.data;
    return RSC_OK;
}

static rsc_status read_params(struct ctx *ctx, struct thinc_node *node,
                              struct msgpack *m)
{
    void *items = NULL;
    rsc_status st =
        open_items(ctx, m, &node->n_params, &items, sizeof(node->params[0]));

    node->params = items;
    for (uint32_t i = 0; !st && i < node->n_params; i++) {
        struct msgpack_value value;
        st = msgpack_str(ctx, m, &node->params[i].key);
        if (!st)
            st = msgpack_next(ctx, m, &value);
        if (!st && value.type == MSGPACK_MAP)
            st = read_array(ctx, &node->params[i].array, m, value.count);
        else if (!st && value.type != MSGPACK_NIL)
            return ctx_fail(ctx, RSC_EFORMAT,
                            "%s is damaged: a parameter is not an array",
                            m->name);
    }
    return st;
}

/* ---- the file --------------------------------------------------------- */

/* All four lists have one entry per node. */
static rsc_status open_list(struct ctx *ctx, struct thinc_model *self,
                            struct msgpack *m)
{
    uint32_t n;
    rsc_status st = msgpack_array(ctx, m, &n);

    if (st)
        return st;
    if (n == 0 || n > MAX_NODES || (self->nodes && n != self->n))
        return damaged(ctx, self, "its lists of nodes do not agree");
    if (self->nodes)
        return RSC_OK;
    self->nodes = ctx_calloc(ctx, n, sizeof(self->nodes[0]));
    self->n = n;
    return self->nodes ? RSC_OK : ctx->error.status;
}

static rsc_status read_list(struct ctx *ctx, struct thinc_model *self,
                            struct msgpack *m, struct str key)
{
    rsc_status st = open_list(ctx, self, m);

    for (uint32_t i = 0; !st && i < self->n; i++) {
        struct thinc_node *node = &self->nodes[i];
        if (str_eq(key, STR("nodes")))
            st = read_node(ctx, self, node, m);
        else if (str_eq(key, STR("attrs")))
            st = read_attrs(ctx, node, m);
        else
            st = read_params(ctx, node, m);
    }
    return st;
}

rsc_status thinc_read(struct ctx *ctx, struct thinc_model *out,
                      struct str bytes, const char *file)
{
    struct msgpack m = msgpack_of(bytes, file);
    uint32_t n;
    rsc_status st = msgpack_map(ctx, &m, &n);

    *out = (struct thinc_model){.file = file};
    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, &m, &key);
        if (st)
            break;
        if (str_eq(key, STR("nodes")) || str_eq(key, STR("attrs")) ||
            str_eq(key, STR("params")))
            st = read_list(ctx, out, &m, key);
        else
            st = msgpack_skip(ctx, &m);
    }
    if (!st)
        st = msgpack_end(ctx, &m);
    if (!st && !out->nodes)
        return damaged(ctx, out, "it has no nodes");
    return st;
}

/* ---- looking up ------------------------------------------------------- */

const struct thinc_node *thinc_find(const struct thinc_model *model,
                                    const char *name, unsigned i)
{
    for (uint32_t n = 0; n < model->n; n++)
        if (str_eq(model->nodes[n].name, str_of(name)) && i-- == 0)
            return &model->nodes[n];
    return NULL;
}

unsigned thinc_count(const struct thinc_model *model, const char *name)
{
    unsigned n = 0;

    while (thinc_find(model, name, n))
        n++;
    return n;
}

rsc_status thinc_ref(struct ctx *ctx, const struct thinc_model *model,
                     const char *key, const struct thinc_node **out)
{
    const struct thinc_node *root = &model->nodes[0];

    for (uint32_t i = 0; i < root->n_refs; i++) {
        if (!str_eq(root->refs[i].key, str_of(key)) ||
            root->refs[i].node >= model->n)
            continue;
        *out = &model->nodes[root->refs[i].node];
        return RSC_OK;
    }
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "%s has no part \"%s\"; such a model is not supported",
                    model->file, key);
}

rsc_status thinc_array(struct ctx *ctx, const struct thinc_model *model,
                       const struct thinc_node *node, const char *key,
                       unsigned n_dims, const struct thinc_array **out)
{
    for (uint32_t i = 0; i < node->n_params; i++) {
        const struct thinc_param *param = &node->params[i];
        if (!str_eq(param->key, str_of(key)) || param->array.n_dims != n_dims)
            continue;
        *out = &param->array;
        return RSC_OK;
    }
    return ctx_fail(
        ctx, RSC_EFORMAT,
        "%s is damaged: a layer \"%.*s\" has no %s of %u dimensions",
        model->file, STR_ARG(node->name), key, n_dims);
}

struct str thinc_attr(const struct thinc_node *node, const char *key)
{
    for (uint32_t i = 0; i < node->n_attrs; i++)
        if (str_eq(node->attrs[i].key, str_of(key)))
            return node->attrs[i].value;
    return STR_NONE;
}

rsc_status thinc_attr_uint(struct ctx *ctx, const struct thinc_model *model,
                           const struct thinc_node *node, const char *key,
                           uint32_t *out)
{
    struct msgpack m = msgpack_of(thinc_attr(node, key), model->file);
    uint64_t value;
    rsc_status st = msgpack_uint(ctx, &m, &value);

    if (!st && value > UINT32_MAX)
        return damaged(ctx, model, "a number is too large");
    *out = (uint32_t)value;
    return st;
}

void thinc_floats(const struct thinc_array *array, float *out)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (size_t i = 0; i < array->n; i++) {
        uint32_t bits;
        memcpy(&bits, array->data + 4 * i, sizeof(bits));
        bits = __builtin_bswap32(bits);
        memcpy(&out[i], &bits, sizeof(bits));
    }
#else
    memcpy(out, array->data, array->n * sizeof(float));
#endif
}
