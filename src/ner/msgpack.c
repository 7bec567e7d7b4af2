/* SPDX-License-Identifier: MIT */
#include "ner/msgpack.h"

static rsc_status fail(struct ctx *ctx, const struct msgpack *m, size_t at,
                       const char *what)
{
    return ctx_fail_at(ctx, RSC_EFORMAT, at,
                       "%s: %s at byte %zu; the file is damaged", m->name, what,
                       at);
}

/* Takes n bytes, or returns NULL at the end of the data. */
static const unsigned char *take(struct msgpack *m, uint64_t n)
{
    if (n > m->len - m->at)
        return NULL;
    const unsigned char *bytes = m->data + m->at;
    m->at += (size_t)n;
    return bytes;
}

/* A big-endian number of n bytes. */
static bool take_number(struct msgpack *m, unsigned n, uint64_t *out)
{
    const unsigned char *bytes = take(m, n);

    *out = 0;
    for (unsigned i = 0; bytes && i < n; i++)
        *out = *out << 8 | bytes[i];
    return bytes != NULL;
}

static bool take_bytes(struct msgpack *m, uint64_t n, struct msgpack_value *out,
                       enum msgpack_type type)
{
    const unsigned char *bytes = take(m, n);

    out->type = type;
    out->bytes = (struct str){(const char *)bytes, bytes ? (size_t)n : 0};
    return bytes != NULL;
}

/* Every item has a byte at least, so a larger count is a lie. */
static bool take_count(struct msgpack *m, uint64_t n, struct msgpack_value *out,
                       enum msgpack_type type)
{
    size_t left = m->len - m->at;

    out->type = type;
    out->count = (uint32_t)n;
    return (type == MSGPACK_MAP ? 2 * n : n) <= left;
}

static bool take_int(struct msgpack *m, unsigned size, bool is_signed,
                     struct msgpack_value *out)
{
    if (!take_number(m, size, &out->as_uint))
        return false;
    out->type = MSGPACK_INT;
    uint64_t sign = (uint64_t)1 << (8 * size - 1);
    if (is_signed && (out->as_uint & sign)) {
        out->is_negative = true;
        out->as_uint |= ~(sign | (sign - 1));
    }
    return true;
}

static bool take_float(struct msgpack *m, unsigned size,
                       struct msgpack_value *out)
{
    uint64_t bits;

    out->type = MSGPACK_FLOAT;
    if (!take_number(m, size, &bits))
        return false;
    if (size == 4) {
        uint32_t low = (uint32_t)bits;
        float real;
        memcpy(&real, &low, sizeof(real));
        out->real = (double)real;
    } else {
        memcpy(&out->real, &bits, sizeof(out->real));
    }
    return true;
}

/* The forms whose length stands in 1, 2 or 4 bytes behind the head. */
static bool take_sized(struct msgpack *m, unsigned head,
                       struct msgpack_value *out)
{
    uint64_t n;

    switch (head) {
    case 0xc4:
    case 0xc5:
    case 0xc6:
        out->is_binary = true;
        return take_number(m, 1u << (head - 0xc4), &n) &&
               take_bytes(m, n, out, MSGPACK_STR);
    case 0xc7:
    case 0xc8:
    case 0xc9:
        return take_number(m, 1u << (head - 0xc7), &n) &&
               take_bytes(m, n + 1, out, MSGPACK_EXT);
    case 0xd9:
    case 0xda:
    case 0xdb:
        return take_number(m, 1u << (head - 0xd9), &n) &&
               take_bytes(m, n, out, MSGPACK_STR);
    case 0xdc:
    case 0xdd:
        return take_number(m, 2u << (head - 0xdc), &n) &&
               take_count(m, n, out, MSGPACK_ARRAY);
    default: /* 0xde, 0xdf */
        return take_number(m, 2u << (head - 0xde), &n) &&
               take_count(m, n, out, MSGPACK_MAP);
    }
}

/* The forms from 0xc0 to 0xdf. */
static bool take_long_form(struct msgpack *m, unsigned head,
                           struct msgpack_value *out)
{
    if (head == 0xc0) {
        out->type = MSGPACK_NIL;
        return true;
    }
    if (head == 0xc2 || head == 0xc3) {
        out->type = MSGPACK_BOOL;
        out->as_uint = head & 1;
        return true;
    }
    if (head == 0xca || head == 0xcb)
        return take_float(m, head == 0xca ? 4 : 8, out);
    if (head >= 0xcc && head <= 0xd3)
        return take_int(m, 1u << ((head - 0xcc) & 3), head >= 0xd0, out);
    if (head >= 0xd4 && head <= 0xd8)
        return take_bytes(m, (1u << (head - 0xd4)) + 1u, out, MSGPACK_EXT);
    return take_sized(m, head, out);
}

rsc_status msgpack_next(struct ctx *ctx, struct msgpack *m,
                        struct msgpack_value *out)
{
    size_t start = m->at;
    const unsigned char *first = take(m, 1);
    bool good;

    *out = (struct msgpack_value){.type = MSGPACK_NIL};
    if (!first)
        return fail(ctx, m, start, "the data ends too early");
    unsigned head = *first;
    if (head == 0xc1)
        return fail(ctx, m, start, "a byte that means nothing in msgpack");
    if (head < 0x80 || head >= 0xe0) {
        out->type = MSGPACK_INT;
        out->is_negative = head >= 0xe0;
        out->as_uint = out->is_negative ? head | ~(uint64_t)0xff : head;
        good = true;
    } else if (head < 0x90) {
        good = take_count(m, head & 15, out, MSGPACK_MAP);
    } else if (head < 0xa0) {
        good = take_count(m, head & 15, out, MSGPACK_ARRAY);
    } else if (head < 0xc0) {
        good = take_bytes(m, head & 31, out, MSGPACK_STR);
    } else {
        good = take_long_form(m, head, out);
    }
    return good ? RSC_OK : fail(ctx, m, start, "a value ends past the data");
}

rsc_status msgpack_skip(struct ctx *ctx, struct msgpack *m)
{
    /* Cannot run over: every open value still needs a byte. */
    uint64_t open = 1;

    while (open > 0) {
        struct msgpack_value value;
        rsc_status st = msgpack_next(ctx, m, &value);
        if (st)
            return st;
        open--;
        if (value.type == MSGPACK_ARRAY)
            open += value.count;
        else if (value.type == MSGPACK_MAP)
            open += 2 * (uint64_t)value.count;
    }
    return RSC_OK;
}

rsc_status msgpack_span(struct ctx *ctx, struct msgpack *m, struct str *out)
{
    size_t start = m->at;
    rsc_status st = msgpack_skip(ctx, m);

    *out = (struct str){(const char *)m->data + start, m->at - start};
    return st;
}

static rsc_status next_of(struct ctx *ctx, struct msgpack *m,
                          enum msgpack_type type, struct msgpack_value *out)
{
    static const char *const names[] = {
        "nothing was expected",  "a truth value was expected",
        "a number was expected", "a real number was expected",
        "a string was expected", "a list was expected",
        "a map was expected",    "an extension was expected",
    };
    size_t start = m->at;
    rsc_status st = msgpack_next(ctx, m, out);

    if (!st && out->type != type)
        return fail(ctx, m, start, names[type]);
    return st;
}

rsc_status msgpack_map(struct ctx *ctx, struct msgpack *m, uint32_t *n)
{
    struct msgpack_value value;
    rsc_status st = next_of(ctx, m, MSGPACK_MAP, &value);

    *n = value.count;
    return st;
}

rsc_status msgpack_array(struct ctx *ctx, struct msgpack *m, uint32_t *n)
{
    struct msgpack_value value;
    rsc_status st = next_of(ctx, m, MSGPACK_ARRAY, &value);

    *n = value.count;
    return st;
}

rsc_status msgpack_str(struct ctx *ctx, struct msgpack *m, struct str *out)
{
    struct msgpack_value value;
    rsc_status st = next_of(ctx, m, MSGPACK_STR, &value);

    *out = value.bytes;
    return st;
}

rsc_status msgpack_uint(struct ctx *ctx, struct msgpack *m, uint64_t *out)
{
    size_t start = m->at;
    struct msgpack_value value;
    rsc_status st = next_of(ctx, m, MSGPACK_INT, &value);

    *out = value.as_uint;
    if (!st && value.is_negative)
        return fail(ctx, m, start, "a number is negative");
    return st;
}

rsc_status msgpack_end(struct ctx *ctx, const struct msgpack *m)
{
    return m->at == m->len ? RSC_OK
                           : fail(ctx, m, m->at, "there is more than expected");
}
