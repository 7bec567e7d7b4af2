/* SPDX-License-Identifier: MIT */
#ifndef RSC_JSON_H
#define RSC_JSON_H

/*
 * Writes JSON into a struct buf; sticky as the buffer is. Commas, colons and
 * indentation are put by the writer:
 *
 *     struct json j = json_to(&out, 2);
 *     json_open(&j, '{');
 *     json_key(&j, "total");
 *     json_int(&j, 76);
 *     json_close(&j, '}');
 *
 * The same calls give the same bytes on every machine: numbers are written
 * as integers or with a fixed count of decimals.
 */

#include "base/str.h"

struct json {
    struct buf *out;
    unsigned indent; /* spaces per level; 0 writes one line */
    unsigned depth;
    bool has_item;  /* the open container has one already */
    bool after_key; /* a value must follow on the same line */
};

struct json json_to(struct buf *out, unsigned indent);
/* kind is '{' or '['; json_close takes the matching '}' or ']'. */
void json_open(struct json *j, char kind);
void json_close(struct json *j, char kind);
void json_key(struct json *j, const char *key);
void json_key_str(struct json *j, struct str key);
/* Bytes that are not UTF-8 are written as U+FFFD. */
void json_str(struct json *j, struct str value);
void json_int(struct json *j, int64_t value);
void json_bool(struct json *j, bool value);
void json_null(struct json *j);
/* With exactly `decimals` digits behind the point; NaN and infinity become
 * null. */
void json_decimal(struct json *j, double value, int decimals);
/* The shortest text that reads back as the same float. */
void json_float(struct json *j, float value);
/* value / 10^decimals exactly, from an integer: 7650, 2 gives 76.50. */
void json_fixed(struct json *j, int64_t value, int decimals);

/* A finished JSON value, written as it is. */
void json_raw(struct json *j, struct str value);

/* Key and value in one call. */
void json_put_str(struct json *j, const char *key, struct str value);
void json_put_int(struct json *j, const char *key, int64_t value);
void json_put_bool(struct json *j, const char *key, bool value);

#endif
