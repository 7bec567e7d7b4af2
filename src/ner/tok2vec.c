/* SPDX-License-Identifier: MIT */
#include "ner/tok2vec.h"

#include "ner/msgpack.h"
#include "ner/string_id.h"

/* Rows whose outputs are held between product and norm: they stay in the
 * second-level cache together with a panel of weights. */
#define ROW_BLOCK 96
#define MAX_WIDTH 1024

/* ---- reading ---------------------------------------------------------- */

static rsc_status read_columns(struct ctx *ctx, struct tok2vec *self,
                               const struct thinc_model *model)
{
    const struct thinc_node *node = thinc_find(model, "extract_features", 0);
    struct str bytes = node ? thinc_attr(node, "columns") : STR_NONE;
    struct msgpack m = msgpack_of(bytes, model->file);
    uint32_t n;
    rsc_status st = msgpack_array(ctx, &m, &n);

    if (!st && n > TOK2VEC_COLUMNS)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s reads %u attributes per token; up to %d are "
                        "supported",
                        model->file, n, TOK2VEC_COLUMNS);
    for (uint32_t i = 0; !st && i < n; i++) {
        struct str name;
        st = msgpack_str(ctx, &m, &name);
        self->columns[i] = attribute_of(name);
        if (!st && self->columns[i] == ATTRIBUTE_UNKNOWN)
            return ctx_fail(ctx, RSC_EUNSUPPORTED,
                            "%s reads the attribute %.*s, which is not "
                            "supported",
                            model->file, (int)(name.len < 40 ? name.len : 40),
                            name.data);
    }
    self->n_columns = n;
    return st;
}

static rsc_status read_table(struct ctx *ctx, struct tok2vec *self,
                             const struct thinc_model *model, unsigned i)
{
    const struct thinc_node *node = thinc_find(model, "hashembed", i);
    struct embedding *table = &self->tables[i];
    const struct thinc_array *e;
    rsc_status st = thinc_array(ctx, model, node, "E", 2, &e);

    if (!st)
        st = thinc_attr_uint(ctx, model, node, "seed", &table->seed);
    if (!st)
        st = thinc_attr_uint(ctx, model, node, "column", &table->column);
    if (st)
        return st;
    if (i == 0)
        self->width = e->dims[1];
    if (e->dims[1] != self->width || self->width % 16 ||
        self->width > MAX_WIDTH || table->column >= self->n_columns)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s has embeddings of %u numbers; one width for all, a "
                        "multiple of 16 up to %d, is supported",
                        model->file, e->dims[1], MAX_WIDTH);
    float *rows = layer_floats(ctx, e->n);
    if (!rows)
        return ctx->error.status;
    thinc_floats(e, rows);
    table->rows = rows;
    table->n_rows = e->dims[0];
    return RSC_OK;
}

/* The numbers of layers say whether this is the tree that we know. */
static rsc_status check_tree(struct ctx *ctx, struct tok2vec *self,
                             const struct thinc_model *model)
{
    const struct thinc_node *node = NULL;
    unsigned maxouts = thinc_count(model, "maxout");

    self->n_tables = thinc_count(model, "hashembed");
    self->depth = thinc_count(model, "expand_window");
    if (self->n_tables == 0 || self->n_tables > TOK2VEC_COLUMNS ||
        self->depth > TOK2VEC_DEPTH || maxouts != self->depth + 1 ||
        thinc_count(model, "layernorm") != maxouts ||
        thinc_count(model, "extract_features") != 1)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s: a token-to-vector layer of this shape (%u "
                        "embeddings, %u windows, %u maxouts) is not supported",
                        model->file, self->n_tables, self->depth, maxouts);
    for (unsigned i = 0; i < self->depth; i++) {
        uint32_t size;
        node = thinc_find(model, "expand_window", i);
        rsc_status st = thinc_attr_uint(ctx, model, node, "window_size", &size);
        if (st)
            return st;
        if (size != 1)
            return ctx_fail(ctx, RSC_EUNSUPPORTED,
                            "%s looks at %u neighbours; only 1 is supported",
                            model->file, size);
    }
    return RSC_OK;
}

/* The rows around a text are as many as the windows reach. */
static rsc_status check_pad(struct ctx *ctx, const struct tok2vec *self,
                            const struct thinc_model *model)
{
    for (uint32_t i = 0; i < model->n; i++) {
        const struct thinc_node *node = &model->nodes[i];
        uint32_t pad;
        if (!str_starts(node->name, STR("with_array(residual(")))
            continue;
        rsc_status st = thinc_attr_uint(ctx, model, node, "pad", &pad);
        if (st)
            return st;
        if (pad == self->depth)
            return RSC_OK;
    }
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "%s pads its texts in a way that is not supported",
                    model->file);
}

rsc_status tok2vec_read(struct ctx *ctx, struct tok2vec *out,
                        const struct thinc_model *model)
{
    *out = (struct tok2vec){0};
    rsc_status st = check_tree(ctx, out, model);
    if (!st && out->depth)
        st = check_pad(ctx, out, model);
    if (!st)
        st = read_columns(ctx, out, model);
    for (unsigned i = 0; !st && i < out->n_tables; i++)
        st = read_table(ctx, out, model, i);
    if (!st)
        st = layer_read_maxout(ctx, &out->mix, model, 0, out->width,
                               out->n_tables * out->width);
    for (unsigned i = 0; !st && i < out->depth; i++)
        st = layer_read_maxout(ctx, &out->layers[i], model, i + 1, out->width,
                               3 * out->width);
    return st;
}

/* ---- a token's own part ----------------------------------------------- */

static uint64_t attribute_value(enum attribute attribute,
                                const struct lexeme *lexeme, bool space_after)
{
    if (attribute == ATTRIBUTE_SPACY)
        return space_after;
    if (attribute == ATTRIBUTE_IS_SPACE)
        return lexeme->is_space;
    return lexeme->ids[attribute];
}

/* The embeddings of one token, table after table. */
static void embed(const struct tok2vec_run *run, const struct lexeme *lexeme,
                  bool space_after, float *out)
{
    const struct tok2vec *model = run->model;

    for (unsigned i = 0; i < model->n_tables; i++) {
        const struct embedding *table = &model->tables[i];
        uint64_t id =
            attribute_value(model->columns[table->column], lexeme, space_after);
        const float *rows[4];
        uint32_t keys[4];
        string_id_keys(id, table->seed, keys);
        for (unsigned k = 0; k < 4; k++)
            rows[k] = table->rows + keys[k] % table->n_rows * model->width;
        const struct row_sum job = {.rows = rows,
                                    .n_rows = 4,
                                    .n = model->width,
                                    .pieces = 1,
                                    .out = out + i * model->width};
        run->kernels->row_sum(&job);
    }
}

/* m rows through one maxout layer. `skip` is added where it is not NULL. */
static void run_layer(const struct tok2vec_run *run,
                      const struct maxout_layer *layer, const float *x,
                      size_t lda, size_t m, const float *skip, float *out)
{
    const size_t width = run->model->width;

    for (size_t row = 0; row < m; row += ROW_BLOCK) {
        size_t rows = m - row < ROW_BLOCK ? m - row : ROW_BLOCK;
        const struct linear_io io = {.x = x + row * lda,
                                     .lda = lda,
                                     .m = rows,
                                     .y = run->space.y,
                                     .ldy = layer->linear.n};
        linear_run(run->kernels, &layer->linear, &io);
        const struct maxout_norm job = {.y = run->space.y,
                                        .m = rows,
                                        .n = width,
                                        .pieces = layer->pieces,
                                        .gain = layer->gain,
                                        .shift = layer->shift,
                                        .skip =
                                            skip ? skip + row * width : NULL,
                                        .out = out + row * width};
        run->kernels->maxout_norm(&job);
    }
}

/* Numbers the distinct (lexeme, space_after) of the tokens. Where the model
 * does not read SPACY, the flag makes no difference. */
static rsc_status number_rows(struct ctx *ctx, struct tok2vec_run *run,
                              const struct token_list *tokens,
                              uint32_t **distinct, size_t *n_distinct)
{
    bool reads_space = false;
    const size_t n_keys = 2 * tokens->lexemes.len;
    uint32_t *row_of = ctx_alloc_array(ctx, tokens->len, sizeof(row_of[0]));
    uint32_t *seen = ctx_alloc_array(ctx, n_keys, sizeof(seen[0]));
    uint32_t *keys = ctx_alloc_array(ctx, n_keys, sizeof(keys[0]));
    uint32_t n = 0;

    if (!row_of || !seen || !keys)
        return ctx->error.status;
    for (unsigned i = 0; i < run->model->n_columns; i++)
        reads_space |= run->model->columns[i] == ATTRIBUTE_SPACY;
    memset(seen, 0xff, n_keys * sizeof(seen[0]));
    for (size_t i = 0; i < tokens->len; i++) {
        const struct token *token = &tokens->items[i];
        uint32_t key = 2 * token->lexeme + (reads_space && token->space_after);
        if (seen[key] == UINT32_MAX) {
            keys[n] = key;
            seen[key] = n++;
        }
        row_of[i] = seen[key];
    }
    run->row_of = row_of;
    *distinct = keys;
    *n_distinct = n;
    return RSC_OK;
}

/* The greatest number of outputs of a layer. */
static size_t most_outputs(const struct tok2vec *model)
{
    size_t most = model->mix.linear.n;

    for (unsigned i = 0; i < model->depth; i++)
        if (model->layers[i].linear.n > most)
            most = model->layers[i].linear.n;
    return most;
}

/* Sees that a buffer has n floats. */
static bool reserve(struct ctx *ctx, float **buffer, size_t *has, size_t n)
{
    if (*buffer && *has >= n)
        return true;
    *buffer = layer_scratch(ctx, n);
    *has = n;
    return *buffer != NULL;
}

static rsc_status open_space(struct ctx *ctx, struct tok2vec_run *run)
{
    const struct tok2vec *model = run->model;
    struct tok2vec_space *space = &run->space;
    size_t n = run->n_tokens < TOK2VEC_BLOCK ? run->n_tokens : TOK2VEC_BLOCK;
    size_t floats = (n + 2 * (size_t)model->depth) * model->width;
    size_t had = space->block_floats;

    if (!reserve(ctx, &space->front, &space->block_floats, floats) ||
        !reserve(ctx, &space->back, &had, floats) ||
        !reserve(ctx, &space->y, &space->y_floats,
                 ROW_BLOCK * most_outputs(model)) ||
        !reserve(ctx, &space->x, &space->x_floats,
                 ROW_BLOCK * model->mix.linear.k))
        return ctx->error.status;
    return RSC_OK;
}

rsc_status tok2vec_begin(struct ctx *ctx, struct tok2vec_run *run,
                         const struct tok2vec *model,
                         const struct kernels *kernels,
                         const struct token_list *tokens)
{
    const size_t width = model->width, n_in = model->mix.linear.k;
    uint32_t *distinct = NULL;
    size_t n = 0;

    run->model = model;
    run->kernels = kernels;
    run->n_tokens = tokens->len;
    rsc_status st = number_rows(ctx, run, tokens, &distinct, &n);
    if (!st)
        st = open_space(ctx, run);
    run->mixed = st ? NULL : layer_scratch(ctx, n * width);
    if (!run->mixed)
        return ctx->error.status;
    float *x = run->space.x;
    for (size_t row = 0; row < n; row += ROW_BLOCK) {
        size_t rows = n - row < ROW_BLOCK ? n - row : ROW_BLOCK;
        st = ctx_check(ctx);
        if (st)
            return st;
        for (size_t i = 0; i < rows; i++)
            embed(run, &tokens->lexemes.items[distinct[row + i] / 2],
                  distinct[row + i] & 1, x + i * n_in);
        run_layer(run, &model->mix, x, n_in, rows, NULL,
                  run->mixed + row * width);
    }
    return RSC_OK;
}

/* ---- its window ------------------------------------------------------- */

void tok2vec_rows(struct tok2vec_run *run, size_t first, size_t n, float *out)
{
    const size_t width = run->model->width, depth = run->model->depth;
    size_t rows = n + 2 * depth;
    float *x = run->space.front, *next = run->space.back;

    /* Row i is token first + i - depth; those outside are zeros. */
    for (size_t i = 0; i < rows; i++) {
        size_t token = first + i - depth;
        if (first + i < depth || token >= run->n_tokens)
            memset(x + i * width, 0, width * sizeof(float));
        else
            memcpy(x + i * width, run->mixed + run->row_of[token] * width,
                   width * sizeof(float));
    }
    if (depth == 0)
        memcpy(out, x, n * width * sizeof(float));
    for (size_t i = 0; i < depth; i++) {
        float *to = i + 1 == depth ? out : next;
        /* Each row needs a neighbour at both sides, so two rows fall out. */
        rows -= 2;
        run_layer(run, &run->model->layers[i], x, width, rows, x + width, to);
        next = x;
        x = to;
    }
}
