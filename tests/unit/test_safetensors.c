/* SPDX-License-Identifier: MIT */
#include "model/safetensors.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmocka_all.h"
#include "model/json_read.h"

static struct mem mem;

/* A file of this header and `n` bytes of data that count up. */
static rsc_status parse(struct ctx *ctx, struct safetensors *out,
                        const char *header, size_t n)
{
    size_t len = strlen(header);
    uint64_t field = len;
    char *bytes = ctx_alloc(ctx, 8 + len + n);

    memcpy(bytes, &field, 8);
    memcpy(bytes + 8, header, len);
    for (size_t i = 0; i < n; i++)
        bytes[8 + len + i] = (char)i;
    return safetensors_parse(ctx, out, (struct str){bytes, 8 + len + n});
}

static void tensors_are_found_by_name(void **state)
{
    struct ctx ctx;
    struct safetensors file;

    (void)state;
    ctx_init(&ctx, &mem);
    assert_int_equal(
        parse(&ctx, &file,
              "{ \"__metadata__\":{\"a\":\"}\"}, \"b\" : {\"dtype\":\"F16\","
              "\"shape\":[2,3],\"data_offsets\":[4,16]},\"a\":{"
              "\"data_offsets\":[0,4],\"shape\":[],\"dtype\":\"F32\"}}  ",
              16),
        RSC_OK);
    const struct tensor *b = safetensors_find(&file, STR("b"));
    assert_non_null(b);
    assert_int_equal(b->rank, 2);
    assert_int_equal(b->count, 6);
    assert_int_equal(b->data[0], 4);
    assert_int_equal(safetensors_find(&file, STR("a"))->count, 1);
    assert_null(safetensors_find(&file, STR("c")));
    ctx_clear(&ctx);
}

static void damaged_files_are_refused(void **state)
{
    static const struct {
        const char *header;
        size_t n;
    } BAD[] = {
        {"", 0},
        {"[]", 0},
        {"{", 0},
        {"{}x", 0},
        {"{}", 1},
        {"{\"a\":1}", 0},
        {"{\"a\":{}}", 0},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4},
        {"{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}", 4},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", 4},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
         4},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1099511627776,1099511627776],"
         "\"data_offsets\":[0,0]}}",
         0},
        {"{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1,1,1,1,1,1,1,1,1],"
         "\"data_offsets\":[0,1]}}",
         1},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
         "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
         2},
        {"{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
         "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}}",
         3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        struct ctx ctx;
        struct safetensors file;
        ctx_init(&ctx, &mem);
        assert_int_equal(parse(&ctx, &file, BAD[i].header, BAD[i].n),
                         RSC_EFORMAT);
        ctx_clear(&ctx);
    }
}

static rsc_status convert(struct ctx *ctx, float *out, const char *dtype,
                          const void *data, size_t len, size_t n)
{
    struct tensor t = {.name = STR("x"),
                       .dtype = str_of(dtype),
                       .data = data,
                       .len = len,
                       .count = n};

    return tensor_floats(ctx, out, &t);
}

static void half_precisions_are_converted_exactly(void **state)
{
    /* 1, -2, the largest, the smallest normal, the smallest, -0 */
    static const uint16_t HALF[] = {0x3c00, 0xc000, 0x7bff,
                                    0x0400, 0x0001, 0x8000};
    static const float HALF_VALUE[] = {1, -2, 65504, 0x1p-14F, 0x1p-24F, -0.0F};
    static const uint16_t BRAIN[] = {0x3f80, 0xc000, 0x3fc0};
    static const float BRAIN_VALUE[] = {1, -2, 1.5F};
    float out[6];
    struct ctx ctx;

    (void)state;
    ctx_init(&ctx, &mem);
    assert_int_equal(convert(&ctx, out, "F16", HALF, 12, 6), RSC_OK);
    assert_memory_equal(out, HALF_VALUE, sizeof(HALF_VALUE));
    assert_int_equal(convert(&ctx, out, "BF16", BRAIN, 6, 3), RSC_OK);
    assert_memory_equal(out, BRAIN_VALUE, sizeof(BRAIN_VALUE));
    assert_int_equal(convert(&ctx, out, "I64", BRAIN, 6, 3), RSC_EUNSUPPORTED);
    ctx_clear(&ctx);
}

static void values_that_are_no_numbers_are_refused(void **state)
{
    static const uint16_t BAD[] = {0x7c00, 0xfc00, 0x7e00};
    float out[1];

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct ctx ctx;
        ctx_init(&ctx, &mem);
        assert_int_equal(convert(&ctx, out, "F16", &BAD[i], 2, 1), RSC_EFORMAT);
        ctx_clear(&ctx);
    }
}

static void values_are_found_in_json(void **state)
{
    struct str text = STR(" {\"a\": [1, {\"b\": \"]\\\"\"}], \"b\": 12 , "
                          "\"c\":\"x\", \"d\": true}");

    (void)state;
    assert_true(str_eq(json_find(text, "a"), STR("[1, {\"b\": \"]\\\"\"}]")));
    assert_true(str_eq(json_find(text, "b"), STR("12")));
    assert_true(str_eq(json_find(text, "d"), STR("true")));
    assert_null(json_find(text, "e").data);
    assert_null(json_find(STR("{\"a\":[1"), "a").data);
    assert_null(json_find(STR("{\"a\""), "a").data);
    assert_null(json_find(STR_NONE, "a").data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tensors_are_found_by_name),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(half_precisions_are_converted_exactly),
        cmocka_unit_test(values_that_are_no_numbers_are_refused),
        cmocka_unit_test(values_are_found_in_json),
    };
    mem_init(&mem, "test", 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
