/* SPDX-License-Identifier: MIT */
#include "embed_inputs.h"

#include <math.h>

#include "base/clock.h"
#include "server.h"

/* A token is no longer than this on average, whatever the text. */
#define CHARS_PER_TOKEN 250

static bool refuse_empty(struct request *rq)
{
    bool tei = rq->handler->family == FAMILY_TEI;

    reply_error(rq, tei ? 400 : 422, "empty", "`%s` cannot be empty",
                tei ? "inputs" : "input");
    return false;
}

static bool no_memory(struct request *rq)
{
    reply_error(rq, 503, "memory", "out of memory");
    return false;
}

/* In the words that clients of the original server look for. */
static bool refuse_length(struct request *rq, size_t max, size_t n)
{
    reply_error(rq, 422, "length",
                "Input validation error: `inputs` must have less than %zu "
                "tokens. Given: %zu",
                max, n);
    return false;
}

static bool refuse_batch(struct request *rq, size_t n, size_t max)
{
    reply_error(rq, 422, "batch",
                "batch size %zu > maximum allowed batch size %zu", n, max);
    return false;
}

static bool add_text(struct request *rq, struct inputs *in, const json_t *text)
{
    size_t max = rsc_max_tokens(rq->server->engine) * CHARS_PER_TOKEN;
    size_t len = json_string_length(text), skip = 0;
    const char **slot = vec_push(&rq->ctx, &in->texts);
    size_t *length = vec_push(&rq->ctx, &in->lengths);

    if (!slot || !length)
        return no_memory(rq);
    if (len == 0)
        return refuse_empty(rq);
    if (max && len > max) {
        skip = in->cut_front ? len - max : 0;
        len = max;
    }
    *slot = json_string_value(text) + skip;
    *length = len;
    rq->measure.characters += json_string_length(text);
    in->n++;
    return true;
}

static bool add_id(struct request *rq, struct inputs *in, const json_t *value)
{
    json_int_t id = json_integer_value(value);

    if (!json_is_integer(value) || id < 0 || id > INT32_MAX) {
        reply_error(rq, 422, "type", "token ids must be whole numbers");
        return false;
    }
    int32_t *slot = vec_push(&rq->ctx, &in->ids);
    if (!slot)
        return no_memory(rq);
    *slot = (int32_t)id;
    return true;
}

/* Notes that the ids of an input end here; the first one begins at 0. */
static bool end_input(struct request *rq, struct inputs *in)
{
    size_t *slot;

    if (in->starts.len == 0) {
        if (!(slot = vec_push(&rq->ctx, &in->starts)))
            return no_memory(rq);
        *slot = 0;
    }
    if (!(slot = vec_push(&rq->ctx, &in->starts)))
        return no_memory(rq);
    *slot = in->ids.len;
    return true;
}

static bool add_ids(struct request *rq, struct inputs *in, const json_t *list)
{
    size_t max = rsc_max_tokens(rq->server->engine);
    size_t n = json_array_size(list), i;
    const json_t *item;

    if (n == 0)
        return refuse_empty(rq);
    if (max && n > max)
        return refuse_length(rq, max, n);
    json_array_foreach(list, i, item)
    {
        if (!add_id(rq, in, item))
            return false;
    }
    in->is_ids = true;
    in->n++;
    return end_input(rq, in);
}

static bool refuse_inputs(struct request *rq)
{
    reply_error(rq, 422, "type",
                "the input must be a string, a list of strings, a list of "
                "token ids, or a list of such lists");
    return false;
}

bool inputs_read(struct request *rq, struct inputs *in, const json_t *value,
                 size_t max)
{
    const json_t *item;
    size_t i;

    if (json_is_string(value))
        return add_text(rq, in, value);
    if (!json_is_array(value))
        return refuse_inputs(rq);
    if (json_array_size(value) == 0)
        return refuse_empty(rq);
    if (json_is_integer(json_array_get(value, 0)))
        return add_ids(rq, in, value);
    rq->measure.is_batch = true;
    if (json_array_size(value) > max)
        return refuse_batch(rq, json_array_size(value), max);
    json_array_foreach(value, i, item)
    {
        bool ok = json_is_string(item) ? !in->is_ids && add_text(rq, in, item)
                  : json_is_array(item)
                      ? !in->texts.len && add_ids(rq, in, item)
                      : false;
        if (!ok)
            return rq->reply.status ? false : refuse_inputs(rq);
    }
    return true;
}

bool inputs_add_single(struct request *rq, struct inputs *in,
                       const json_t *root, const char *name)
{
    const json_t *value = json_object_get(root, name);

    if (json_is_string(value))
        return add_text(rq, in, value);
    reply_error(rq, 422, "type", "`%s` must be a string", name);
    return false;
}

static bool refuse_list(struct request *rq, const char *name)
{
    reply_error(rq, 422, "type", "`%s` must be a list of strings", name);
    return false;
}

bool inputs_add_list(struct request *rq, struct inputs *in, const json_t *list,
                     const char *name, size_t max)
{
    const json_t *item;
    size_t i;

    rq->measure.is_batch = true;
    if (!json_is_array(list))
        return refuse_list(rq, name);
    if (json_array_size(list) == 0) {
        reply_error(rq, 400, "empty", "`%s` cannot be empty", name);
        return false;
    }
    if (json_array_size(list) + 1 > max)
        return refuse_batch(rq, json_array_size(list) + 1, max);
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item))
            return refuse_list(rq, name);
        if (!add_text(rq, in, item))
            return false;
    }
    return true;
}

bool inputs_read_cut(struct request *rq, struct inputs *in, const json_t *root)
{
    struct str direction, prompt;
    bool truncate = true;

    if (!body_bool(rq, root, "truncate", &truncate) ||
        !body_string(rq, root, "truncation_direction", &direction) ||
        !body_string(rq, root, "prompt_name", &prompt))
        return false;
    in->fail_cut = !truncate;
    in->cut_front = str_eq_nocase(direction, STR("left"));
    if (prompt.data) {
        reply_error(rq, 422, "unsupported", "this model has no prompts");
        return false;
    }
    if (!direction.data || in->cut_front ||
        str_eq_nocase(direction, STR("right")))
        return true;
    reply_error(rq, 422, "direction",
                "`truncation_direction` is \"Left\" or \"Right\"");
    return false;
}

bool inputs_read_size(struct request *rq, struct inputs *in, const json_t *root)
{
    json_int_t dim = (json_int_t)rsc_vector_size(rq->server->engine);
    json_int_t wanted = dim;

    if (!body_integer(rq, root, "dimensions", 1, 1 << 20, &wanted))
        return false;
    in->size = (size_t)wanted;
    if (wanted <= dim || dim == 0)
        return true;
    reply_error(rq, 422, "dimensions",
                "`dimensions` must be from 1 to the model's "
                "%" JSON_INTEGER_FORMAT,
                dim);
    return false;
}

/* --- tokens --------------------------------------------------------------- */

static bool add_tokens(struct request *rq, struct inputs *in, size_t i,
                       int32_t *ids)
{
    rsc_engine *engine = rq->server->engine;
    size_t max = rsc_max_tokens(engine), n, whole;
    rsc_error err;

    if (rsc_token_ids(engine, ids, &n, &whole, in->texts.items[i],
                      in->lengths.items[i], in->cut_front, &err)) {
        reply_failure(rq, &err);
        return false;
    }
    if (whole > max && in->fail_cut)
        return refuse_length(rq, max, whole);
    for (size_t k = 0; k < n; k++) {
        int32_t *slot = vec_push(&rq->ctx, &in->ids);
        if (!slot)
            return no_memory(rq);
        *slot = ids[k];
    }
    return end_input(rq, in);
}

bool inputs_tokenize(struct request *rq, struct inputs *in)
{
    size_t max = rsc_max_tokens(rq->server->engine);
    int64_t start = clock_monotonic_ns();
    int32_t *ids = ctx_alloc_array(&rq->ctx, max ? max : 1, sizeof(*ids));

    if (!ids)
        return no_memory(rq);
    for (size_t i = 0; !in->is_ids && i < in->n; i++)
        if (!add_tokens(rq, in, i, ids))
            return false;
    in->is_ids = true;
    rq->measure.tokens = in->ids.len;
    rq->measure.tokenize_ns = clock_monotonic_ns() - start;
    rq->measure.is_set = true;
    return true;
}

/* --- vectors -------------------------------------------------------------- */

static bool alloc_rows(struct request *rq, struct inputs *in, size_t rows)
{
    in->dim = rsc_vector_size(rq->server->engine);
    if (!in->size)
        in->size = in->dim;
    if (in->vectors)
        return true;
    in->vectors = ctx_alloc_array(&rq->ctx, rows,
                                  (in->dim ? in->dim : 1) * sizeof(float));
    return in->vectors || no_memory(rq);
}

bool inputs_run_each(struct request *rq, struct inputs *in, size_t i, size_t *n)
{
    rsc_engine *engine = rq->server->engine;
    const size_t *starts = in->starts.items + i;
    size_t own[2] = {0, starts[1] - starts[0]};
    int64_t start = clock_monotonic_ns();
    rsc_error err;

    *n = own[1];
    if (!alloc_rows(rq, in, rsc_max_tokens(engine)))
        return false;
    if (ctx_check(&rq->ctx)) {
        reply_error(rq, 503, "timeout", "the request took too long");
        return false;
    }
    if (rsc_embed_each(engine, in->vectors, in->ids.items + starts[0], own, 1,
                       &err)) {
        reply_failure(rq, &err);
        return false;
    }
    rq->measure.infer_ns += clock_monotonic_ns() - start;
    return true;
}

/* What pooling is without the last step: a mean, or the first token. */
static void pool(float *out, const float *rows, size_t n, size_t dim)
{
    for (size_t k = 0; k < dim; k++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += (double)rows[i * dim + k];
        out[k] = (float)(sum / (double)n);
    }
}

static bool run_raw(struct request *rq, struct inputs *in)
{
    rsc_model_info info;
    size_t n;

    rsc_engine_model(rq->server->engine, &info);
    bool first_only = strcmp(info.pooling, "cls") == 0;
    if (!inputs_tokenize(rq, in))
        return false;
    float *out = ctx_alloc_array(
        &rq->ctx, in->n, rsc_vector_size(rq->server->engine) * sizeof(float));
    if (!out)
        return no_memory(rq);
    for (size_t i = 0; i < in->n; i++) {
        if (!inputs_run_each(rq, in, i, &n))
            return false;
        pool(out + i * in->dim, in->vectors, first_only ? 1 : n, in->dim);
    }
    in->vectors = out;
    return true;
}

static bool run_ids(struct request *rq, struct inputs *in)
{
    int64_t start = clock_monotonic_ns();
    rsc_error err;

    if (rsc_embed_ids(rq->server->engine, in->vectors, in->ids.items,
                      in->starts.items, in->n, &err)) {
        reply_failure(rq, &err);
        return false;
    }
    rq->measure.infer_ns = clock_monotonic_ns() - start;
    return true;
}

/* Through the cache of vectors. */
static bool run_texts(struct request *rq, struct inputs *in)
{
    rsc_embed_counts counts = {0};
    rsc_error err;

    rsc_status st =
        rsc_embed_report(rq->server->engine, in->vectors, in->texts.items,
                         in->lengths.items, in->n, in->fail_cut, &counts, &err);
    rq->measure.tokens = counts.tokens;
    rq->measure.tokenize_ns = (int64_t)counts.tokenize_ns;
    rq->measure.infer_ns = (int64_t)counts.encode_ns;
    rq->measure.is_set = true;
    if (st && err.status == RSC_EINVALID && rq->handler->family == FAMILY_TEI)
        reply_error(rq, 422, "length", "Input validation error: %s",
                    err.message);
    else if (st)
        reply_failure(rq, &err);
    return !st;
}

/* Cuts the vectors to their first `size` floats, of unit length again. */
static void cut_vectors(struct inputs *in)
{
    for (size_t i = 0; i < in->n && in->size < in->dim; i++) {
        float *row = in->vectors + i * in->dim;
        double sum = 0;
        for (size_t k = 0; k < in->size; k++)
            sum += (double)row[k] * (double)row[k];
        double scale = in->is_raw || sum <= 0 ? 1 : 1 / sqrt(sum);
        for (size_t k = 0; k < in->size; k++)
            row[k] = (float)((double)row[k] * scale);
    }
}

bool inputs_run(struct request *rq, struct inputs *in)
{
    bool ok;

    if (in->is_raw)
        ok = run_raw(rq, in);
    else if (in->is_ids || in->cut_front)
        ok = inputs_tokenize(rq, in) && alloc_rows(rq, in, in->n) &&
             run_ids(rq, in);
    else
        ok = alloc_rows(rq, in, in->n) && run_texts(rq, in);
    if (ok)
        cut_vectors(in);
    return ok;
}
