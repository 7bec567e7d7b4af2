/* SPDX-License-Identifier: MIT */
#include "model/json_read.h"

/* Model files nest three levels deep. */
#define MAX_DEPTH 64

struct json_reader json_reader_of(struct str text)
{
    return (struct json_reader){.text = text};
}

static void fail(struct json_reader *r)
{
    r->failed = true;
}

/* The next byte that is no white space, or 0 at the end. */
static char peek(struct json_reader *r)
{
    while (r->at < r->text.len) {
        char c = r->text.data[r->at];
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return r->failed ? '\0' : c;
        r->at++;
    }
    return '\0';
}

static bool accept(struct json_reader *r, char c)
{
    if (!c || peek(r) != c)
        return false;
    r->at++;
    return true;
}

void json_enter(struct json_reader *r, char open)
{
    if (!accept(r, open))
        fail(r);
    r->first = true;
}

/* Between two items stands a comma, before the first none. */
static bool next(struct json_reader *r, char close)
{
    if (accept(r, close)) {
        r->first = false;
        return false;
    }
    if (!r->first && !accept(r, ','))
        fail(r);
    r->first = false;
    return !r->failed;
}

bool json_next_key(struct json_reader *r, struct str *key)
{
    if (!next(r, '}'))
        return false;
    *key = json_read_str(r);
    if (!accept(r, ':'))
        fail(r);
    return !r->failed;
}

bool json_next_item(struct json_reader *r)
{
    return next(r, ']');
}

struct str json_read_str(struct json_reader *r)
{
    if (!accept(r, '"')) {
        fail(r);
        return STR_NONE;
    }
    size_t start = r->at;
    for (; r->at < r->text.len; r->at++) {
        if (r->text.data[r->at] == '"')
            return str_slice(r->text, start, r->at++);
        if (r->text.data[r->at] == '\\')
            r->at++;
    }
    r->at = r->text.len;
    fail(r);
    return STR_NONE;
}

uint64_t json_read_u64(struct json_reader *r, uint64_t max)
{
    uint64_t value = 0;

    peek(r);
    size_t start = r->at;
    while (r->at < r->text.len &&
           ascii_is_digit((unsigned char)r->text.data[r->at]))
        r->at++;
    if (!str_to_u64(str_slice(r->text, start, r->at), max, &value))
        fail(r);
    return value;
}

void json_end(struct json_reader *r)
{
    peek(r);
    if (r->at != r->text.len)
        fail(r);
}

/* A number or a word such as true. */
static void skip_plain(struct json_reader *r)
{
    size_t start = r->at;

    while (r->at < r->text.len) {
        unsigned char c = (unsigned char)r->text.data[r->at];
        if (!ascii_is_alnum(c) && c != '-' && c != '+' && c != '.')
            break;
        r->at++;
    }
    if (r->at == start)
        fail(r);
}

struct str json_skip(struct json_reader *r)
{
    unsigned depth = 0;

    char c = peek(r);
    size_t start = r->at;
    do {
        if (c == '"') {
            json_read_str(r);
        } else if (c == '{' || c == '[') {
            depth++;
            r->at++;
        } else if ((c == '}' || c == ']') && depth) {
            depth--;
            r->at++;
        } else if ((c == ',' || c == ':') && depth) {
            r->at++;
        } else {
            skip_plain(r);
        }
        if (depth > MAX_DEPTH)
            fail(r);
        c = depth ? peek(r) : c;
        if (depth && !c)
            fail(r);
    } while (depth && !r->failed);
    return r->failed ? STR_NONE : str_slice(r->text, start, r->at);
}

struct str json_find(struct str text, const char *key)
{
    struct json_reader r = json_reader_of(text);
    struct str name;

    json_enter(&r, '{');
    while (json_next_key(&r, &name)) {
        struct str value = json_skip(&r);
        if (!r.failed && str_eq(name, str_of(key)))
            return value;
    }
    return STR_NONE;
}
