/* SPDX-License-Identifier: MIT */
/* Tokens, and what the embedding routes run on. */

#include "base/vec.h"
#include "body_json.h"
#include "handlers.h"
#include "server.h"

#define TEI_MAX_BATCH 32

static bool put_tokens(struct request *rq, struct json *j, struct str text,
                       bool special)
{
    rsc_text *tokens;
    rsc_error err;
    size_t len;

    if (rsc_tokenize(&tokens, rq->server->engine, text.data, text.len, special,
                     &err)) {
        reply_failure(rq, &err);
        return false;
    }
    const char *data = rsc_text_data(tokens, &len);
    json_raw(j, (struct str){data, len});
    rsc_text_free(tokens);
    return true;
}

static void tokenize(struct request *rq, const json_t *root)
{
    const json_t *inputs = json_object_get(root, "inputs"), *item;
    bool special = true;
    size_t i;

    if (!body_bool(rq, root, "add_special_tokens", &special))
        return;
    if (!json_is_string(inputs) && !json_is_array(inputs)) {
        reply_error(rq, 422, "type",
                    "`inputs` must be a string or a list of strings");
        return;
    }
    if (json_is_array(inputs) && json_array_size(inputs) > TEI_MAX_BATCH) {
        reply_error(rq, 422, "batch",
                    "batch size %zu > maximum allowed batch size %d",
                    json_array_size(inputs), TEI_MAX_BATCH);
        return;
    }
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    if (json_is_string(inputs) &&
        !put_tokens(rq, &j, json_str_of(inputs), special))
        return;
    json_array_foreach(inputs, i, item)
    {
        if (!json_is_string(item)) {
            reply_error(rq, 422, "type",
                        "`inputs` must be a string or a list of strings");
            return;
        }
        if (!put_tokens(rq, &j, json_str_of(item), special))
            return;
    }
    json_close(&j, ']');
}

static bool put_decoded(struct request *rq, struct json *j, const json_t *ids,
                        bool skip)
{
    VEC(int32_t) list = {0};
    const json_t *item;
    rsc_text *text;
    rsc_error err;
    size_t i, len;

    json_array_foreach(ids, i, item)
    {
        int32_t *slot = vec_push(&rq->ctx, &list);
        json_int_t id = json_integer_value(item);
        if (!slot || !json_is_integer(item) || id < 0 || id > INT32_MAX) {
            reply_error(rq, 422, "type",
                        "`ids` must be a list of token ids, or of such lists");
            return false;
        }
        *slot = (int32_t)id;
    }
    if (rsc_decode(&text, rq->server->engine, list.items, list.len, skip,
                   &err)) {
        reply_failure(rq, &err);
        return false;
    }
    const char *data = rsc_text_data(text, &len);
    json_str(j, (struct str){data, len});
    rsc_text_free(text);
    return true;
}

static void decode(struct request *rq, const json_t *root)
{
    const json_t *ids = json_object_get(root, "ids"), *item;
    bool skip = true;
    size_t i;

    if (!body_bool(rq, root, "skip_special_tokens", &skip))
        return;
    if (!json_is_array(ids)) {
        reply_error(rq, 422, "type",
                    "`ids` must be a list of token ids, or of such lists");
        return;
    }
    if (json_array_size(ids) == 0) {
        reply_error(rq, 400, "empty", "`ids` cannot be empty");
        return;
    }
    struct json j = reply_json(rq, 200);
    json_open(&j, '[');
    if (!json_is_array(json_array_get(ids, 0))) {
        if (!put_decoded(rq, &j, ids, skip))
            return;
    } else {
        json_array_foreach(ids, i, item)
        {
            if (!json_is_array(item)) {
                reply_error(rq, 422, "type", "`ids` mixes lists and numbers");
                return;
            }
            if (!put_decoded(rq, &j, item, skip))
                return;
        }
    }
    json_close(&j, ']');
}

void handle_tokenize(struct request *rq)
{
    body_answer(rq, tokenize);
}

void handle_decode(struct request *rq)
{
    body_answer(rq, decode);
}

static void write_info(struct request *rq, const rsc_model_info *info)
{
    const struct settings *s = rq->server->settings;
    struct json j = reply_json(rq, 200);

    json_open(&j, '{');
    json_put_str(&j, "model_id", str_of(info->name));
    json_put_str(&j, "model_sha", str_of(info->sha256));
    json_put_str(&j, "model_dtype", str_of(info->precision));
    json_put_str(&j, "served_model_name", str_of(info->name));
    json_key(&j, "model_type");
    json_open(&j, '{');
    json_key(&j, "embedding");
    json_open(&j, '{');
    json_put_str(&j, "pooling", str_of(info->pooling));
    json_close(&j, '}');
    json_close(&j, '}');
    json_put_int(&j, "max_concurrent_requests",
                 (int64_t)settings_number(s, SET_INPUTS));
    json_put_int(&j, "max_input_length", (int64_t)info->max_tokens);
    json_put_int(&j, "max_batch_tokens",
                 (int64_t)info->max_tokens * TEI_MAX_BATCH);
    json_put_int(&j, "max_batch_requests",
                 (int64_t)settings_number(s, SET_WORKERS));
    json_put_int(&j, "max_client_batch_size", TEI_MAX_BATCH);
    json_put_bool(&j, "auto_truncate", true);
    json_put_int(&j, "tokenization_workers",
                 (int64_t)settings_number(s, SET_WORKERS));
    json_put_str(&j, "version", str_of(rsc_version()));
    json_key(&j, "sha");
    json_null(&j);
    json_key(&j, "docker_label");
    json_null(&j);
    /* A cross-encoder's scores would be another thing. */
    json_put_str(&j, "rerank_scores", STR("cosine of the bi-encoder"));
    json_close(&j, '}');
}

void handle_info(struct request *rq)
{
    rsc_model_info info;

    pthread_rwlock_rdlock(&rq->server->engine_lock);
    rsc_engine_model(rq->server->engine, &info);
    write_info(rq, &info);
    pthread_rwlock_unlock(&rq->server->engine_lock);
}

void handle_models(struct request *rq)
{
    rsc_model_info info;

    pthread_rwlock_rdlock(&rq->server->engine_lock);
    rsc_engine_model(rq->server->engine, &info);
    struct json j = reply_json(rq, 200);
    json_open(&j, '{');
    json_put_str(&j, "object", STR("list"));
    json_key(&j, "data");
    json_open(&j, '[');
    if (info.name[0]) {
        json_open(&j, '{');
        json_put_str(&j, "id", str_of(info.name));
        json_put_str(&j, "object", STR("model"));
        json_put_int(&j, "created", 0);
        json_put_str(&j, "owned_by", STR("resume-scorer"));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    pthread_rwlock_unlock(&rq->server->engine_lock);
}
