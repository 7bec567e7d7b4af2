/* SPDX-License-Identifier: MIT */
#include "model/safetensors.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "model/json_read.h"

/* What tensor names look like in messages. */
#define MAX_NAME 200

static uint64_t little_u64(const unsigned char *p)
{
    uint64_t value = 0;

    for (int i = 7; i >= 0; i--)
        value = value << 8 | p[i];
    return value;
}

/* Bytes per element, or 0 for a type that the format does not have. */
static size_t dtype_size(struct str dtype)
{
    static const struct {
        const char *name;
        size_t size;
    } TYPES[] = {
        {"F64", 8},     {"I64", 8},     {"U64", 8},  {"F32", 4}, {"I32", 4},
        {"U32", 4},     {"F16", 2},     {"BF16", 2}, {"I16", 2}, {"U16", 2},
        {"F8_E5M2", 1}, {"F8_E4M3", 1}, {"I8", 1},   {"U8", 1},  {"BOOL", 1},
    };

    for (size_t i = 0; i < sizeof(TYPES) / sizeof(TYPES[0]); i++)
        if (str_eq(dtype, str_of(TYPES[i].name)))
            return TYPES[i].size;
    return 0;
}

static void read_shape(struct json_reader *r, struct tensor *t)
{
    json_enter(r, '[');
    while (json_next_item(r)) {
        uint64_t size = json_read_u64(r, (uint64_t)1 << 40);
        if (t->rank == SAFETENSORS_MAX_RANK)
            r->failed = true;
        else
            t->shape[t->rank++] = size;
    }
}

static void read_offsets(struct json_reader *r, uint64_t offsets[2])
{
    unsigned n = 0;

    json_enter(r, '[');
    while (json_next_item(r)) {
        uint64_t offset = json_read_u64(r, (uint64_t)1 << 48);
        if (n < 2)
            offsets[n] = offset;
        n++;
    }
    if (n != 2)
        r->failed = true;
}

/* Checks that the offsets lie in the data and hold what the shape says. */
static rsc_status place(struct ctx *ctx, struct tensor *t, struct str data,
                        const uint64_t offsets[2])
{
    size_t size = dtype_size(t->dtype), count = 1;
    int name_len = (int)(t->name.len < MAX_NAME ? t->name.len : MAX_NAME);

    if (!size)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the tensor %.*s has an unknown type; fetch the "
                        "model again",
                        name_len, t->name.data);
    for (unsigned i = 0; i < t->rank; i++)
        count = mem_array_size(count, (size_t)t->shape[i]);
    if (offsets[0] > offsets[1] || offsets[1] > data.len ||
        mem_array_size(count, size) != offsets[1] - offsets[0])
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the tensor %.*s does not fit its shape or the file; "
                        "fetch the model again",
                        name_len, t->name.data);
    t->data = (const unsigned char *)data.data + offsets[0];
    t->len = (size_t)(offsets[1] - offsets[0]);
    t->count = count;
    return RSC_OK;
}

static rsc_status read_tensor(struct ctx *ctx, struct json_reader *r,
                              struct tensor *t, struct str data)
{
    uint64_t offsets[2] = {1, 0}; /* absent reads as invalid */
    struct str key;

    json_enter(r, '{');
    while (json_next_key(r, &key)) {
        if (str_eq(key, STR("dtype")))
            t->dtype = json_read_str(r);
        else if (str_eq(key, STR("shape")) && t->rank == 0)
            read_shape(r, t);
        else if (str_eq(key, STR("data_offsets")))
            read_offsets(r, offsets);
        else
            r->failed = true;
    }
    if (r->failed)
        return ctx_fail_at(ctx, RSC_EFORMAT, 8 + r->at,
                           "the header of the safetensors file is damaged at "
                           "byte %zu; fetch the model again",
                           8 + r->at);
    return place(ctx, t, data, offsets);
}

static int by_place(const void *a, const void *b)
{
    const struct tensor *x = a, *y = b;

    if (x->data != y->data)
        return x->data < y->data ? -1 : 1;
    return (x->len > y->len) - (x->len < y->len);
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct tensor *)a)->name,
                       ((const struct tensor *)b)->name);
}

/* No gap, no overlap, no name twice; leaves the tensors sorted by name. */
static rsc_status check_all(struct ctx *ctx, struct tensor *tensors, size_t n,
                            struct str data)
{
    const unsigned char *at = (const unsigned char *)data.data;

    if (n)
        qsort(tensors, n, sizeof(tensors[0]), by_place);
    for (size_t i = 0; i < n; i++) {
        if (tensors[i].data != at)
            return ctx_fail(ctx, RSC_EFORMAT,
                            "tensors overlap or leave a gap; fetch the model "
                            "again");
        at += tensors[i].len;
    }
    if (at != (const unsigned char *)data.data + data.len)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the safetensors file is longer than its tensors; "
                        "fetch the model again");
    if (n)
        qsort(tensors, n, sizeof(tensors[0]), by_name);
    for (size_t i = 1; i < n; i++)
        if (str_eq(tensors[i - 1].name, tensors[i].name))
            return ctx_fail(ctx, RSC_EFORMAT,
                            "a tensor stands in the file twice; fetch the "
                            "model again");
    return RSC_OK;
}

rsc_status safetensors_parse(struct ctx *ctx, struct safetensors *out,
                             struct str bytes)
{
    VEC(struct tensor) tensors = {0};
    struct str key;

    *out = (struct safetensors){0};
    uint64_t header =
        bytes.len < 8 ? 0 : little_u64((const unsigned char *)bytes.data);
    if (header < 2 || header > LIMIT_SAFETENSORS_HEADER ||
        header > bytes.len - 8)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "not a safetensors file, or it is cut off; fetch the "
                        "model again");
    struct str data = str_slice(bytes, 8 + (size_t)header, bytes.len);
    struct json_reader r =
        json_reader_of(str_slice(bytes, 8, 8 + (size_t)header));
    json_enter(&r, '{');
    while (json_next_key(&r, &key)) {
        if (str_eq(key, STR("__metadata__"))) {
            json_skip(&r);
            continue;
        }
        struct tensor *t = vec_push(ctx, &tensors);
        if (!t)
            return ctx->error.status;
        *t = (struct tensor){.name = key};
        rsc_status st = read_tensor(ctx, &r, t, data);
        if (st)
            return st;
    }
    json_end(&r);
    if (r.failed)
        return ctx_fail_at(ctx, RSC_EFORMAT, 8 + r.at,
                           "the header of the safetensors file is damaged at "
                           "byte %zu; fetch the model again",
                           8 + r.at);
    out->tensors = tensors.items;
    out->n = tensors.len;
    return check_all(ctx, tensors.items, tensors.len, data);
}

rsc_status safetensors_open(struct ctx *ctx, struct safetensors *out,
                            const char *path)
{
    struct file_map map;

    *out = (struct safetensors){0};
    rsc_status st = file_map_open(ctx, &map, path);
    if (st)
        return st;
    st = safetensors_parse(ctx, out,
                           (struct str){(const char *)map.data, map.len});
    out->map = map;
    if (st)
        safetensors_close(out);
    return st;
}

void safetensors_close(struct safetensors *file)
{
    if (!file)
        return;
    file_map_close(&file->map);
    *file = (struct safetensors){0};
}

const struct tensor *safetensors_find(const struct safetensors *file,
                                      struct str name)
{
    struct tensor wanted = {.name = name};

    return file->n ? bsearch(&wanted, file->tensors, file->n, sizeof(wanted),
                             by_name)
                   : NULL;
}

static float float_of(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof(value));
    return value;
}

/* IEEE half precision, with its subnormal numbers. */
static float float_of_half(uint32_t h)
{
    uint32_t sign = (h & 0x8000U) << 16, exponent = h >> 10 & 31,
             fraction = h & 0x3ffU;

    if (exponent == 31)
        return float_of(sign | 0x7f800000U | fraction << 13);
    if (exponent)
        return float_of(sign | (exponent + 112) << 23 | fraction << 13);
    float value = (float)fraction * 0x1p-24F;
    return sign ? -value : value;
}

static float element(const unsigned char *p, size_t size, bool half)
{
    uint32_t bits = p[0] | (uint32_t)p[1] << 8;

    if (size == 4)
        return float_of(bits | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24);
    return half ? float_of_half(bits) : float_of(bits << 16);
}

rsc_status tensor_floats(struct ctx *ctx, float *out,
                         const struct tensor *tensor)
{
    bool half = str_eq(tensor->dtype, STR("F16"));
    int len = (int)(tensor->name.len < MAX_NAME ? tensor->name.len : MAX_NAME);

    if (!half && !str_eq(tensor->dtype, STR("F32")) &&
        !str_eq(tensor->dtype, STR("BF16")))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the tensor %.*s is %.*s; only F32, F16 and BF16 can "
                        "be read",
                        len, tensor->name.data, STR_ARG(tensor->dtype));
    size_t size = dtype_size(tensor->dtype);
    for (size_t i = 0; i < tensor->count; i++) {
        out[i] = element(tensor->data + i * size, size, half);
        /* False for NaN, too. */
        if (!(out[i] <= 3.4e38F && out[i] >= -3.4e38F))
            return ctx_fail(ctx, RSC_EFORMAT,
                            "the tensor %.*s holds a value that is not a "
                            "finite number; fetch the model again",
                            len, tensor->name.data);
    }
    return RSC_OK;
}
