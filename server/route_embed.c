/* SPDX-License-Identifier: MIT */
/*
 * Vectors, in the shapes of text-embeddings-inference and of the OpenAI
 * service, so that their clients need only another address.
 */

#include <sodium.h>

#include "base/clock.h"
#include "base/vec.h"
#include "body_json.h"
#include "handlers.h"
#include "server.h"

/* As the servers that these shapes come from. */
#define TEI_MAX_BATCH    32
#define OPENAI_MAX_BATCH 2048
/* A token is no longer than this on average, whatever the text. */
#define CHARS_PER_TOKEN 250

/* Texts, or token ids, and their vectors. */
struct inputs {
    VEC(const char *) texts;
    VEC(size_t) lengths;
    VEC(int32_t) ids;
    VEC(size_t) starts; /* of ids; one more than there are inputs */
    bool is_ids;
    size_t n, dim;
    float *vectors;
};

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

static bool add_text(struct request *rq, struct inputs *in, const json_t *text)
{
    size_t max = rsc_max_tokens(rq->server->engine);
    size_t len = json_string_length(text);
    const char **slot = vec_push(&rq->ctx, &in->texts);
    size_t *length = vec_push(&rq->ctx, &in->lengths);

    if (!slot || !length)
        return no_memory(rq);
    if (len == 0)
        return refuse_empty(rq);
    if (max && len > max * CHARS_PER_TOKEN)
        len = max * CHARS_PER_TOKEN;
    *slot = json_string_value(text);
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

static bool end_ids(struct request *rq, struct inputs *in)
{
    size_t max = rsc_max_tokens(rq->server->engine);
    size_t first = in->starts.len ? in->starts.items[in->starts.len - 1] : 0;

    if (in->starts.len == 0) {
        size_t *zero = vec_push(&rq->ctx, &in->starts);
        if (!zero)
            return no_memory(rq);
        *zero = 0;
    }
    size_t *slot = vec_push(&rq->ctx, &in->starts);
    if (!slot)
        return no_memory(rq);
    if (in->ids.len == first)
        return refuse_empty(rq);
    if (max && in->ids.len - first > max) {
        reply_error(rq, 422, "length",
                    "`inputs` must have less than %zu tokens. Given: %zu", max,
                    in->ids.len - first);
        return false;
    }
    *slot = in->ids.len;
    in->is_ids = true;
    in->n++;
    return true;
}

static bool add_ids(struct request *rq, struct inputs *in, const json_t *list)
{
    const json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
    {
        if (!add_id(rq, in, item))
            return false;
    }
    return end_ids(rq, in);
}

static bool refuse_inputs(struct request *rq)
{
    reply_error(rq, 422, "type",
                "the input must be a string, a list of strings, a list of "
                "token ids, or a list of such lists");
    return false;
}

/* "text", ["a", "b"], [ids] or [[ids], ...]. */
static bool read_inputs(struct request *rq, struct inputs *in,
                        const json_t *value, size_t max)
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
    if (json_array_size(value) > max) {
        reply_error(rq, 422, "batch",
                    "batch size %zu > maximum allowed batch size %zu",
                    json_array_size(value), max);
        return false;
    }
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

/* Computes the vectors; false with a reply. */
static bool run_inputs(struct request *rq, struct inputs *in, bool fail_cut)
{
    rsc_engine *engine = rq->server->engine;
    rsc_embed_counts counts = {0};
    rsc_error err;
    rsc_status st;

    in->dim = rsc_vector_size(engine);
    in->vectors = ctx_alloc_array(&rq->ctx, in->n,
                                  (in->dim ? in->dim : 1) * sizeof(float));
    if (!in->vectors)
        return no_memory(rq);
    if (in->is_ids) {
        int64_t start = clock_monotonic_ns();
        counts.tokens = in->ids.len;
        st = rsc_embed_ids(engine, in->vectors, in->ids.items, in->starts.items,
                           in->n, &err);
        counts.encode_ns = (uint64_t)(clock_monotonic_ns() - start);
    } else {
        st =
            rsc_embed_report(engine, in->vectors, in->texts.items,
                             in->lengths.items, in->n, fail_cut, &counts, &err);
    }
    rq->measure.tokens = counts.tokens;
    rq->measure.tokenize_ns = (int64_t)counts.tokenize_ns;
    rq->measure.infer_ns = (int64_t)counts.encode_ns;
    rq->measure.is_set = true;
    if (st)
        reply_failure(rq, &err);
    return !st;
}

/* `dimensions` must be that of the model: its vectors cannot be cut. */
static bool check_dimensions(struct request *rq, const json_t *root)
{
    json_int_t dim = (json_int_t)rsc_vector_size(rq->server->engine);
    json_int_t wanted = dim;

    if (!body_integer(rq, root, "dimensions", 1, 1 << 20, &wanted))
        return false;
    if (wanted == dim || dim == 0)
        return true;
    reply_error(rq, 422, "dimensions",
                "this model gives %" JSON_INTEGER_FORMAT " dimensions only",
                dim);
    return false;
}

static void write_vector(struct json *j, const float *vector, size_t dim)
{
    json_open(j, '[');
    for (size_t i = 0; i < dim; i++)
        json_float(j, vector[i]);
    json_close(j, ']');
}

static const float *row(const struct inputs *in, size_t i)
{
    return in->vectors + i * in->dim;
}

/* Vectors have unit length, so this is the cosine. */
static float dot(const struct inputs *in, size_t a, size_t b)
{
    double sum = 0;

    for (size_t i = 0; i < in->dim; i++)
        sum += (double)row(in, a)[i] * (double)row(in, b)[i];
    return (float)sum;
}

/* "truncate": false makes a long text an error, as null does here not. */
static bool read_truncate(struct request *rq, const json_t *root, bool *out)
{
    struct str direction;

    *out = true;
    if (!body_bool(rq, root, "truncate", out) ||
        !body_string(rq, root, "truncation_direction", &direction))
        return false;
    if (!direction.data || str_eq_nocase(direction, STR("right")))
        return true;
    reply_error(rq, 422, "direction",
                "`truncation_direction` can be \"Right\" only");
    return false;
}

static void embed(struct request *rq, const json_t *root)
{
    struct inputs in = {0};
    bool truncate, normalize = true;
    struct str prompt;

    if (!read_truncate(rq, root, &truncate) ||
        !body_bool(rq, root, "normalize", &normalize) ||
        !body_string(rq, root, "prompt_name", &prompt) ||
        !check_dimensions(rq, root))
        return;
    if (prompt.data || !normalize) {
        reply_error(rq, 422, "unsupported",
                    prompt.data ? "this model has no prompts"
                                : "this model's vectors are normalized");
        return;
    }
    if (!read_inputs(rq, &in, json_object_get(root, "inputs"), TEI_MAX_BATCH) ||
        !run_inputs(rq, &in, !truncate))
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    for (size_t i = 0; i < in.n; i++)
        write_vector(&j, row(&in, i), in.dim);
    json_close(&j, ']');
}

/* A list of strings under `name`. */
static bool add_list(struct request *rq, struct inputs *in, const json_t *list,
                     const char *name, size_t max)
{
    const json_t *item;
    size_t i;

    if (!json_is_array(list)) {
        reply_error(rq, 422, "type", "`%s` must be a list of strings", name);
        return false;
    }
    if (json_array_size(list) == 0) {
        reply_error(rq, 400, "empty", "`%s` cannot be empty", name);
        return false;
    }
    if (json_array_size(list) + 1 > max) {
        reply_error(rq, 422, "batch",
                    "batch size %zu > maximum allowed batch size %zu",
                    json_array_size(list) + 1, max);
        return false;
    }
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item)) {
            reply_error(rq, 422, "type", "`%s` must be a list of strings",
                        name);
            return false;
        }
        if (!add_text(rq, in, item))
            return false;
    }
    return true;
}

static bool add_single(struct request *rq, struct inputs *in,
                       const json_t *root, const char *name)
{
    const json_t *value = json_object_get(root, name);

    if (json_is_string(value))
        return add_text(rq, in, value);
    reply_error(rq, 422, "type", "`%s` must be a string", name);
    return false;
}

static void similarity(struct request *rq, const json_t *root)
{
    const json_t *inputs = json_object_get(root, "inputs");
    const json_t *parameters = json_object_get(root, "parameters");
    struct inputs in = {0};
    bool truncate = true;

    if (!json_is_object(inputs)) {
        reply_error(rq, 422, "type", "`inputs` must be an object");
        return;
    }
    if (json_is_object(parameters) && !read_truncate(rq, parameters, &truncate))
        return;
    if (!add_single(rq, &in, inputs, "source_sentence") ||
        !add_list(rq, &in, json_object_get(inputs, "sentences"), "sentences",
                  TEI_MAX_BATCH) ||
        !run_inputs(rq, &in, !truncate))
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    for (size_t i = 1; i < in.n; i++)
        json_float(&j, dot(&in, 0, i));
    json_close(&j, ']');
}

struct place {
    size_t index;
    float score;
};

static int by_score(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->score > y->score || x->score < y->score)
        return x->score > y->score ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

/* The texts behind the query (input 0), nearest first; NULL with a reply. */
static struct place *order(struct request *rq, const struct inputs *in)
{
    struct place *places = ctx_alloc_array(&rq->ctx, in->n, sizeof(*places));

    if (!places) {
        no_memory(rq);
        return NULL;
    }
    for (size_t i = 1; i < in->n; i++)
        places[i - 1] = (struct place){i - 1, dot(in, 0, i)};
    qsort(places, in->n - 1, sizeof(*places), by_score);
    return places;
}

static void rerank(struct request *rq, const json_t *root)
{
    struct inputs in = {0};
    bool truncate, raw = false, with_text = false;

    if (!read_truncate(rq, root, &truncate) ||
        !body_bool(rq, root, "raw_scores", &raw) ||
        !body_bool(rq, root, "return_text", &with_text) ||
        !add_single(rq, &in, root, "query") ||
        !add_list(rq, &in, json_object_get(root, "texts"), "texts",
                  TEI_MAX_BATCH) ||
        !run_inputs(rq, &in, !truncate))
        return;
    struct place *places = order(rq, &in);
    if (!places)
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    for (size_t i = 0; i + 1 < in.n; i++) {
        json_open(&j, '{');
        json_put_int(&j, "index", (int64_t)places[i].index);
        json_key(&j, "score");
        json_float(&j, places[i].score);
        if (with_text)
            json_put_str(&j, "text",
                         json_str_of(json_array_get(
                             json_object_get(root, "texts"), places[i].index)));
        json_close(&j, '}');
    }
    json_close(&j, ']');
}

static void put_usage(struct json *j, const struct request *rq)
{
    json_key(j, "usage");
    json_open(j, '{');
    json_put_int(j, "prompt_tokens", (int64_t)rq->measure.tokens);
    json_put_int(j, "total_tokens", (int64_t)rq->measure.tokens);
    json_close(j, '}');
}

static const char *model_name(const struct request *rq)
{
    rsc_model_info info;

    rsc_engine_model(rq->server->engine, &info);
    return info.name;
}

static void put_base64(struct request *rq, struct json *j, const float *vector,
                       size_t dim)
{
    size_t len = sodium_base64_encoded_len(dim * sizeof(float),
                                           sodium_base64_VARIANT_ORIGINAL);
    char *text = ctx_alloc(&rq->ctx, len);

    /* Little-endian, as all processors that we run on. */
    if (text)
        json_str(j, str_of(sodium_bin2base64(
                        text, len, (const unsigned char *)vector,
                        dim * sizeof(float), sodium_base64_VARIANT_ORIGINAL)));
    else
        j->out->failed = true;
}

static void embeddings(struct request *rq, const json_t *root)
{
    struct inputs in = {0};
    struct str format, model;

    if (!body_string(rq, root, "encoding_format", &format) ||
        !body_string(rq, root, "model", &model) || !check_dimensions(rq, root))
        return;
    bool base64 = format.data && str_eq(format, STR("base64"));
    if (format.data && !base64 && !str_eq(format, STR("float"))) {
        reply_error(rq, 422, "encoding_format",
                    "`encoding_format` is \"float\" or \"base64\"");
        return;
    }
    if (!read_inputs(rq, &in, json_object_get(root, "input"),
                     OPENAI_MAX_BATCH) ||
        !run_inputs(rq, &in, false))
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '{');
    json_put_str(&j, "object", STR("list"));
    json_key(&j, "data");
    json_open(&j, '[');
    for (size_t i = 0; i < in.n; i++) {
        json_open(&j, '{');
        json_put_str(&j, "object", STR("embedding"));
        json_put_int(&j, "index", (int64_t)i);
        json_key(&j, "embedding");
        if (base64)
            put_base64(rq, &j, row(&in, i), in.dim);
        else
            write_vector(&j, row(&in, i), in.dim);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_put_str(&j, "model", str_of(model_name(rq)));
    put_usage(&j, rq);
    json_close(&j, '}');
}

static void rerank_cohere(struct request *rq, const json_t *root)
{
    struct inputs in = {0};
    json_int_t top = OPENAI_MAX_BATCH;
    bool with_text = false, raw = false;
    const json_t *documents = json_object_get(root, "documents");

    if (!body_integer(rq, root, "top_n", 1, 1 << 20, &top) ||
        !body_bool(rq, root, "return_documents", &with_text) ||
        !body_bool(rq, root, "raw_scores", &raw) ||
        !add_single(rq, &in, root, "query") ||
        !add_list(rq, &in, documents, "documents", OPENAI_MAX_BATCH) ||
        !run_inputs(rq, &in, false))
        return;
    struct place *places = order(rq, &in);
    if (!places)
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '{');
    json_put_str(&j, "object", STR("rerank"));
    json_key(&j, "results");
    json_open(&j, '[');
    for (size_t i = 0; i + 1 < in.n && (json_int_t)i < top; i++) {
        json_open(&j, '{');
        json_put_int(&j, "index", (int64_t)places[i].index);
        json_key(&j, "relevance_score");
        json_float(&j, places[i].score);
        if (with_text)
            json_put_str(
                &j, "document",
                json_str_of(json_array_get(documents, places[i].index)));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_put_str(&j, "model", str_of(model_name(rq)));
    put_usage(&j, rq);
    json_close(&j, '}');
}

/* Parses the body and holds the engine while a function answers. */
static void with_body(struct request *rq,
                      void (*answer)(struct request *, const json_t *))
{
    json_t *root = body_object(rq);

    if (!root)
        return;
    pthread_rwlock_rdlock(&rq->server->engine_lock);
    answer(rq, root);
    pthread_rwlock_unlock(&rq->server->engine_lock);
    json_decref(root);
}

void handle_embed(struct request *rq)
{
    with_body(rq, embed);
}

void handle_similarity(struct request *rq)
{
    with_body(rq, similarity);
}

void handle_rerank(struct request *rq)
{
    with_body(rq, rerank);
}

void handle_embeddings(struct request *rq)
{
    with_body(rq, embeddings);
}

void handle_rerank_cohere(struct request *rq)
{
    with_body(rq, rerank_cohere);
}
