/* SPDX-License-Identifier: MIT */
#ifndef RSC_BODY_JSON_H
#define RSC_BODY_JSON_H

/*
 * JSON bodies, strictly: UTF-8, no duplicate keys, no numbers out of range, a
 * depth of 64. On any fault the reply is written and NULL or false returned.
 */

#include "jansson_names.h"
#include "request.h"

/* The body as an object; freed by json_decref. */
json_t *body_object(struct request *rq);
/* Answers 422 naming the first key that the list, ending with NULL, lacks. */
bool body_allow(struct request *rq, const json_t *object,
                const char *const *names);
/* A string, or data NULL where absent or null; false when it is not one. */
bool body_string(struct request *rq, const json_t *object, const char *name,
                 struct str *out);
/* Keeps *out where absent or null. */
bool body_bool(struct request *rq, const json_t *object, const char *name,
               bool *out);
bool body_integer(struct request *rq, const json_t *object, const char *name,
                  json_int_t min, json_int_t max, json_int_t *out);
/* Parses the body and holds the engine while a function answers. */
void body_answer(struct request *rq,
                 void (*answer)(struct request *, const json_t *));
struct str json_str_of(const json_t *string);

#endif
