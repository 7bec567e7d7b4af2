/* SPDX-License-Identifier: MIT */
#include "body_json.h"

#include "server.h"

#define MAX_DEPTH 64

/* jansson's own cap is 2048, which is more stack than a worker should use. */
static bool is_too_deep(struct str text)
{
    unsigned depth = 0;
    bool in_string = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > MAX_DEPTH)
                return true;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return false;
}

json_t *body_object(struct request *rq)
{
    json_error_t error;

    if (rq->body.len == 0) {
        reply_error(rq, 400, "json",
                    "the body is empty; a JSON object is "
                    "expected");
        return NULL;
    }
    if (is_too_deep(rq->body)) {
        reply_error(rq, 400, "json", "the JSON is nested deeper than %d",
                    MAX_DEPTH);
        return NULL;
    }
    json_t *root =
        json_loadb(rq->body.data, rq->body.len, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        reply_error(rq, 400, "json", "the body is not JSON: %s (line %d)",
                    error.text, error.line);
        return NULL;
    }
    if (!json_is_object(root)) {
        reply_error(rq, 422, "json", "the body is not a JSON object");
        json_decref(root);
        return NULL;
    }
    return root;
}

bool body_allow(struct request *rq, const json_t *object,
                const char *const *names)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        size_t i = 0;
        while (names[i] && strcmp(names[i], key) != 0)
            i++;
        if (names[i])
            continue;
        reply_unknown(rq, str_of(key), names);
        return false;
    }
    return true;
}

struct str json_str_of(const json_t *string)
{
    return (struct str){json_string_value(string), json_string_length(string)};
}

static bool refuse(struct request *rq, const char *name, const char *kind)
{
    reply_error(rq, 422, "type", "`%s` must be %s", name, kind);
    return false;
}

bool body_string(struct request *rq, const json_t *object, const char *name,
                 struct str *out)
{
    const json_t *value = json_object_get(object, name);

    *out = STR_NONE;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return refuse(rq, name, "a string");
    *out = json_str_of(value);
    return true;
}

bool body_bool(struct request *rq, const json_t *object, const char *name,
               bool *out)
{
    const json_t *value = json_object_get(object, name);

    if (!value || json_is_null(value))
        return true;
    if (!json_is_boolean(value))
        return refuse(rq, name, "true or false");
    *out = json_is_true(value);
    return true;
}

bool body_integer(struct request *rq, const json_t *object, const char *name,
                  json_int_t min, json_int_t max, json_int_t *out)
{
    const json_t *value = json_object_get(object, name);

    if (!value || json_is_null(value))
        return true;
    if (!json_is_integer(value))
        return refuse(rq, name, "a whole number");
    json_int_t number = json_integer_value(value);
    if (number < min || number > max) {
        reply_error(rq, 422, "range",
                    "`%s` must be from %" JSON_INTEGER_FORMAT
                    " to %" JSON_INTEGER_FORMAT,
                    name, min, max);
        return false;
    }
    *out = number;
    return true;
}

void body_answer(struct request *rq,
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
