/* SPDX-License-Identifier: MIT */
/*
 * Vectors, in the shapes of text-embeddings-inference and of the OpenAI
 * service, so that their clients need only another address.
 */

#include <sodium.h>

#include "embed_inputs.h"
#include "handlers.h"
#include "server.h"

static void write_vector(struct json *j, const float *vector, size_t dim)
{
    json_open(j, '[');
    for (size_t i = 0; i < dim; i++)
        json_float(j, vector[i]);
    json_close(j, ']');
}

/* Vectors have unit length, so this is the cosine. */
static float dot(const struct inputs *in, size_t a, size_t b)
{
    double sum = 0;

    for (size_t i = 0; i < in->dim; i++)
        sum += (double)inputs_row(in, a)[i] * (double)inputs_row(in, b)[i];
    return (float)sum;
}

/* "normalize": false gives the pooled vector as it is. */
static void embed(struct request *rq, const json_t *root)
{
    struct inputs in = {0};
    bool normalize = true;

    if (!inputs_read_cut(rq, &in, root) ||
        !body_bool(rq, root, "normalize", &normalize) ||
        !inputs_read_size(rq, &in, root))
        return;
    in.is_raw = !normalize;
    if (!inputs_read(rq, &in, json_object_get(root, "inputs"), TEI_MAX_BATCH) ||
        !inputs_run(rq, &in))
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    for (size_t i = 0; i < in.n; i++)
        write_vector(&j, inputs_row(&in, i), in.size);
    json_close(&j, ']');
}

/* Vectors of the tokens, [CLS] and [SEP] among them, not normalized. */
static void embed_all(struct request *rq, const json_t *root)
{
    struct inputs in = {0};
    size_t n;

    if (!inputs_read_cut(rq, &in, root) ||
        !inputs_read(rq, &in, json_object_get(root, "inputs"), TEI_MAX_BATCH) ||
        !inputs_tokenize(rq, &in))
        return;
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    for (size_t i = 0; i < in.n; i++) {
        if (!inputs_run_each(rq, &in, i, &n))
            return;
        json_open(&j, '[');
        for (size_t k = 0; k < n; k++)
            write_vector(&j, inputs_row(&in, k), in.dim);
        json_close(&j, ']');
    }
    json_close(&j, ']');
}

static void similarity(struct request *rq, const json_t *root)
{
    const json_t *inputs = json_object_get(root, "inputs");
    const json_t *parameters = json_object_get(root, "parameters");
    struct inputs in = {0};

    if (!json_is_object(inputs)) {
        reply_error(rq, 422, "type", "`inputs` must be an object");
        return;
    }
    if (json_is_object(parameters) && !inputs_read_cut(rq, &in, parameters))
        return;
    if (!inputs_add_single(rq, &in, inputs, "source_sentence") ||
        !inputs_add_list(rq, &in, json_object_get(inputs, "sentences"),
                         "sentences", TEI_MAX_BATCH) ||
        !inputs_run(rq, &in))
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
        reply_error(rq, 503, "memory", "out of memory");
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
    bool raw = false, with_text = false;

    if (!inputs_read_cut(rq, &in, root) ||
        !body_bool(rq, root, "raw_scores", &raw) ||
        !body_bool(rq, root, "return_text", &with_text) ||
        !inputs_add_single(rq, &in, root, "query") ||
        !inputs_add_list(rq, &in, json_object_get(root, "texts"), "texts",
                         TEI_MAX_BATCH) ||
        !inputs_run(rq, &in))
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
    struct str format, model, user;

    if (!body_string(rq, root, "encoding_format", &format) ||
        !body_string(rq, root, "model", &model) ||
        !body_string(rq, root, "user", &user) ||
        !inputs_read_size(rq, &in, root))
        return;
    bool base64 = format.data && str_eq(format, STR("base64"));
    if (format.data && !base64 && !str_eq(format, STR("float"))) {
        reply_error(rq, 422, "encoding_format",
                    "`encoding_format` is \"float\" or \"base64\"");
        return;
    }
    if (!inputs_read(rq, &in, json_object_get(root, "input"),
                     OPENAI_MAX_BATCH) ||
        !inputs_run(rq, &in))
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
            put_base64(rq, &j, inputs_row(&in, i), in.size);
        else
            write_vector(&j, inputs_row(&in, i), in.size);
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
        !inputs_add_single(rq, &in, root, "query") ||
        !inputs_add_list(rq, &in, documents, "documents", OPENAI_MAX_BATCH) ||
        !inputs_run(rq, &in))
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

void handle_embed(struct request *rq)
{
    body_answer(rq, embed);
}

void handle_embed_all(struct request *rq)
{
    body_answer(rq, embed_all);
}

void handle_similarity(struct request *rq)
{
    body_answer(rq, similarity);
}

void handle_rerank(struct request *rq)
{
    body_answer(rq, rerank);
}

void handle_embeddings(struct request *rq)
{
    body_answer(rq, embeddings);
}

void handle_rerank_cohere(struct request *rq)
{
    body_answer(rq, rerank_cohere);
}
