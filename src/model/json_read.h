/* SPDX-License-Identifier: MIT */
#ifndef RSC_JSON_READ_H
#define RSC_JSON_READ_H

/*
 * Reads the JSON of model files in place: no copies, no recursion, no tree.
 * Strings come back as they stand between the quotes, with their escapes; no
 * name that we look for has one.
 *
 *     struct json_reader r = json_reader_of(text);
 *     struct str key;
 *     json_enter(&r, '{');
 *     while (json_next_key(&r, &key))
 *         if (str_eq(key, STR("shape"))) ... else json_skip(&r);
 *     if (r.failed) ...
 *
 * After a failure every call returns nothing, so one check at the end is
 * enough. Threads: a reader belongs to one.
 */

#include "base/str.h"

struct json_reader {
    struct str text;
    size_t at; /* where reading stands, or failed */
    bool failed;
    bool first; /* no item of the open container was read yet */
};

struct json_reader json_reader_of(struct str text);
/* Expects '{' or '['. */
void json_enter(struct json_reader *r, char open);
/* In an object: the next key, with its value to be read; false behind the
 * closing brace and after a failure. */
bool json_next_key(struct json_reader *r, struct str *key);
/* In an array: whether an item follows; false behind the bracket. */
bool json_next_item(struct json_reader *r);
struct str json_read_str(struct json_reader *r);
/* Digits only; fails above max. */
uint64_t json_read_u64(struct json_reader *r, uint64_t max);
/* Fails behind the value if anything but white space follows. */
void json_end(struct json_reader *r);
/* Passes over a value of any kind and returns its text. */
struct str json_skip(struct json_reader *r);

/* The text of a value of the outermost object, or STR_NONE when text is no
 * object or has no such key. */
struct str json_find(struct str text, const char *key);

#endif
