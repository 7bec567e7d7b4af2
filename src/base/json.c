/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

struct json json_to(struct buf *out, unsigned indent)
{
    return (struct json){.out = out, .indent = indent};
}

static void new_line(struct json *j)
{
    if (!j->indent)
        return;
    buf_put_char(j->out, '\n');
    for (unsigned i = 0; i < j->depth * j->indent; i++)
        buf_put_char(j->out, ' ');
}

/* What stands before a value or a key. */
static void begin_item(struct json *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->has_item)
        buf_put_char(j->out, ',');
    if (j->depth)
        new_line(j);
    j->has_item = true;
}

void json_open(struct json *j, char kind)
{
    begin_item(j);
    buf_put_char(j->out, kind);
    j->depth++;
    j->has_item = false;
}

void json_close(struct json *j, char kind)
{
    j->depth--;
    if (j->has_item)
        new_line(j);
    buf_put_char(j->out, kind);
    j->has_item = true;
}

static void put_escaped(struct buf *out, unsigned char c)
{
    switch (c) {
    case '"':
        buf_put(out, STR("\\\""));
        break;
    case '\\':
        buf_put(out, STR("\\\\"));
        break;
    case '\n':
        buf_put(out, STR("\\n"));
        break;
    case '\r':
        buf_put(out, STR("\\r"));
        break;
    case '\t':
        buf_put(out, STR("\\t"));
        break;
    default:
        buf_printf(out, "\\u%04x", c);
    }
}

static void put_quoted(struct buf *out, struct str s)
{
    size_t clean = 0; /* start of the bytes not yet written */
    size_t i = 0;

    buf_put_char(out, '"');
    while (i < s.len) {
        unsigned char c = (unsigned char)s.data[i];
        size_t start = i;
        bool valid = true;
        if (c < 0x80)
            i++;
        else
            valid = utf8_next(s, &i) != UTF8_INVALID;
        if (valid && c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        buf_put(out, str_slice(s, clean, start));
        if (valid)
            put_escaped(out, c);
        else
            buf_put(out, STR("\xEF\xBF\xBD"));
        clean = i;
    }
    buf_put(out, str_slice(s, clean, s.len));
    buf_put_char(out, '"');
}

void json_key_str(struct json *j, struct str key)
{
    begin_item(j);
    put_quoted(j->out, key);
    buf_put(j->out, j->indent ? STR(": ") : STR(":"));
    j->after_key = true;
}

void json_key(struct json *j, const char *key)
{
    json_key_str(j, str_of(key));
}

void json_str(struct json *j, struct str value)
{
    begin_item(j);
    put_quoted(j->out, value);
}

void json_int(struct json *j, int64_t value)
{
    begin_item(j);
    buf_printf(j->out, "%" PRId64, value);
}

void json_bool(struct json *j, bool value)
{
    begin_item(j);
    buf_put(j->out, value ? STR("true") : STR("false"));
}

void json_null(struct json *j)
{
    begin_item(j);
    buf_put(j->out, STR("null"));
}

void json_decimal(struct json *j, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    begin_item(j);
    buf_printf(j->out, "%.*f", decimals, value);
}

void json_float(struct json *j, float value)
{
    char text[32];

    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    begin_item(j);
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value)
            break;
    }
    buf_put(j->out, str_of(text));
}

void json_fixed(struct json *j, int64_t value, int decimals)
{
    int64_t unit = 1;

    for (int i = 0; i < decimals; i++)
        unit *= 10;
    begin_item(j);
    int64_t whole = value / unit;
    int64_t part = value % unit;
    if (value < 0)
        buf_put_char(j->out, '-');
    buf_printf(j->out, "%" PRId64 ".%0*" PRId64, whole < 0 ? -whole : whole,
               decimals, part < 0 ? -part : part);
}

void json_raw(struct json *j, struct str value)
{
    begin_item(j);
    buf_put(j->out, value);
}

void json_put_str(struct json *j, const char *key, struct str value)
{
    json_key(j, key);
    json_str(j, value);
}

void json_put_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

void json_put_bool(struct json *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}
