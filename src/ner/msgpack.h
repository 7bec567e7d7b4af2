/* SPDX-License-Identifier: MIT */
#ifndef RSC_MSGPACK_H
#define RSC_MSGPACK_H

/*
 * Reads msgpack, value by value, out of untrusted bytes. A map of n pairs is
 * one value with count n, followed by 2n values; an array likewise:
 *
 *     uint32_t n;
 *     rsc_status st = msgpack_map(ctx, &m, &n);
 *     while (!st && n--)
 *         st = read_pair(ctx, &m);
 *
 * Strings are views into the bytes. A count is never larger than the number
 * of bytes that are left, so a caller may allocate by it. All failures are
 * RSC_EFORMAT with the name of the file and the offset.
 */

#include "base/ctx.h"

struct msgpack {
    const unsigned char *data;
    size_t len, at;
    const char *name; /* of the file, for messages */
};

enum msgpack_type {
    MSGPACK_NIL,
    MSGPACK_BOOL,
    MSGPACK_INT,   /* integer; as_uint has the bits of a negative one */
    MSGPACK_FLOAT, /* real */
    MSGPACK_STR,   /* text or binary: bytes */
    MSGPACK_ARRAY, /* count */
    MSGPACK_MAP,   /* count, in pairs */
    MSGPACK_EXT,
};

struct msgpack_value {
    enum msgpack_type type;
    bool is_binary, is_negative;
    uint64_t as_uint; /* INT and BOOL */
    double real;
    struct str bytes;
    uint32_t count;
};

static inline struct msgpack msgpack_of(struct str bytes, const char *name)
{
    return (struct msgpack){(const unsigned char *)bytes.data, bytes.len, 0,
                            name};
}

/* The next value, or the head of an array or map. */
rsc_status msgpack_next(struct ctx *ctx, struct msgpack *m,
                        struct msgpack_value *out);
/* Passes over the next whole value, however deep it is. */
rsc_status msgpack_skip(struct ctx *ctx, struct msgpack *m);
/* The same, and *out has the bytes of it. */
rsc_status msgpack_span(struct ctx *ctx, struct msgpack *m, struct str *out);

/* The next value must be of this type. A string may be text or binary. */
rsc_status msgpack_map(struct ctx *ctx, struct msgpack *m, uint32_t *n);
rsc_status msgpack_array(struct ctx *ctx, struct msgpack *m, uint32_t *n);
rsc_status msgpack_str(struct ctx *ctx, struct msgpack *m, struct str *out);
/* A whole number of 0 or more. */
rsc_status msgpack_uint(struct ctx *ctx, struct msgpack *m, uint64_t *out);
/* Fails unless all bytes were read. */
rsc_status msgpack_end(struct ctx *ctx, const struct msgpack *m);

#endif
