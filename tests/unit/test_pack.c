/* SPDX-License-Identifier: MIT */
#include "model/pack.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmocka_all.h"
#include "model/checksum.h"

static struct mem mem;

static struct str make(struct ctx *ctx, float value)
{
    struct pack_plan plan = {0};
    struct pack_want small = {1, 0, PACK_U8, 1, 5};
    struct pack_want large = {2, 7, PACK_F32, 3, 4};

    assert_int_equal(pack_plan_add(ctx, &plan, small), RSC_OK);
    assert_int_equal(pack_plan_add(ctx, &plan, large), RSC_OK);
    assert_int_equal(pack_plan_alloc(ctx, &plan), RSC_OK);
    memcpy(pack_plan_section(&plan, 1, 0), "hello", 5);
    assert_null(pack_plan_section(&plan, 2, 0));
    float *f = pack_plan_section(&plan, 2, 7);
    for (int i = 0; i < 12; i++)
        f[i] = value;
    return pack_plan_finish(&plan);
}

static void what_was_written_is_found(void **state)
{
    struct ctx ctx;
    struct pack pack;

    (void)state;
    ctx_init(&ctx, &mem);
    struct str bytes = make(&ctx, 2.5F);
    assert_int_equal(pack_parse(&ctx, &pack, bytes, "test"), RSC_OK);
    assert_int_equal(pack_verify(&ctx, &pack), RSC_OK);
    const float *f =
        pack_want(&ctx, &pack, (struct pack_want){2, 7, PACK_F32, 3, 4});
    assert_non_null(f);
    assert_true(f[11] == 2.5F);
    assert_int_equal((uintptr_t)f % PACK_ALIGN, 0);
    assert_null(pack_find(&pack, 2, 6));
    assert_null(pack_find(&pack, 3, 0));
    assert_null(
        pack_want(&ctx, &pack, (struct pack_want){2, 7, PACK_F32, 4, 3}));
    assert_int_equal(ctx.error.status, RSC_EFORMAT);
    ctx_clear(&ctx);
}

static void every_flipped_bit_is_noticed(void **state)
{
    struct ctx ctx;

    (void)state;
    ctx_init(&ctx, &mem);
    struct str bytes = make(&ctx, 1.0F);
    char *data = (char *)(uintptr_t)bytes.data;
    for (size_t i = 0; i < bytes.len * 8; i++) {
        struct ctx inner;
        struct pack pack;
        ctx_init(&inner, &mem);
        data[i / 8] = (char)(data[i / 8] ^ (1 << i % 8));
        rsc_status st = pack_parse(&inner, &pack, bytes, "test");
        if (!st)
            st = pack_verify(&inner, &pack);
        assert_int_equal(st, RSC_EFORMAT);
        data[i / 8] = (char)(data[i / 8] ^ (1 << i % 8));
        ctx_clear(&inner);
    }
    ctx_clear(&ctx);
}

static void every_cut_is_noticed(void **state)
{
    struct ctx ctx;

    (void)state;
    ctx_init(&ctx, &mem);
    struct str bytes = make(&ctx, 1.0F);
    for (size_t len = 0; len < bytes.len; len++) {
        struct ctx inner;
        struct pack pack;
        ctx_init(&inner, &mem);
        assert_int_equal(
            pack_parse(&inner, &pack, str_slice(bytes, 0, len), "test"),
            RSC_EFORMAT);
        ctx_clear(&inner);
    }
    ctx_clear(&ctx);
}

static void values_that_are_no_numbers_are_refused(void **state)
{
    float bad[] = {(float)__builtin_nan(""), (float)__builtin_inf(),
                   -(float)__builtin_inf()};

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct ctx ctx;
        struct pack pack;
        ctx_init(&ctx, &mem);
        assert_int_equal(pack_parse(&ctx, &pack, make(&ctx, bad[i]), "test"),
                         RSC_OK);
        assert_int_equal(pack_verify(&ctx, &pack), RSC_EFORMAT);
        ctx_clear(&ctx);
    }
}

static void the_sum_is_the_published_one(void **state)
{
    (void)state;
    /* Test vectors of XXH64. */
    assert_true(checksum64("", 0, 0) == 0xEF46DB3751D8E999U);
    assert_true(checksum64("abc", 3, 0) == 0x44BC2CF5AD770999U);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_found),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(every_cut_is_noticed),
        cmocka_unit_test(values_that_are_no_numbers_are_refused),
        cmocka_unit_test(the_sum_is_the_published_one),
    };
    mem_init(&mem, "test", 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
