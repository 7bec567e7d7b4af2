/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "score/score_config.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct score_config config;
};

static int setup(void **state)
{
    static struct fixture f;
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    return score_config_init(&f.ctx, &f.config) != RSC_OK;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    ctx_clear(&f->ctx);
    return 0;
}

static void refused(struct fixture *f, const char *ini, const char *why)
{
    struct score_config before = f->config;
    memset(&f->ctx.error, 0, sizeof(f->ctx.error));
    assert_int_equal(score_config_read(&f->ctx, &f->config, str_of(ini), "x"),
                     RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, why));
    assert_memory_equal(&before, &f->config, sizeof(before));
}

static void the_built_in_file_sets_every_number(void **state)
{
    struct fixture *f = *state;
    /* None is zero, so a key that the file left out would show. */
    struct score_config a = f->config;
    assert_true(a.kind[0] > 0);
    assert_int_equal(a.meaning_from, 300);
    assert_int_equal(a.band[0].from, 6000);
    assert_string_equal(a.band[3].name, "weak match");
    assert_int_equal(a.required_missing, 3);
    const uint32_t *words = (const uint32_t *)&a;
    for (size_t i = 0; i < offsetof(struct score_config, band) / 4; i++)
        assert_int_not_equal(words[i], 0);
}

static void a_request_changes_single_numbers(void **state)
{
    struct fixture *f = *state;
    const char *ini = "[weights]\nskill = 7\n[thresholds]\nmeaning_from=0.5\n";
    assert_int_equal(score_config_read(&f->ctx, &f->config, str_of(ini), "x"),
                     RSC_OK);
    assert_int_equal(f->config.kind[0], 7);
    assert_int_equal(f->config.meaning_from, 500);
    assert_int_equal(f->config.meaning_full, 600);
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    struct fixture *f = *state;
    refused(f, "[weights]\nskil = 7\n", "line 2: [weights] has no key skil");
    refused(f, "[weights]\nskill = -1\n", "skill = -1 is out of range");
    refused(f, "[weights]\nskill = 1.5\n", "out of range");
    refused(f, "[weights]\nskill = 99999999999\n", "out of range");
    refused(f, "[credit]\nexact = 1.2\n", "out of range");
    refused(f, "[credit]\nexact = 0.1234\n", "out of range");
    refused(f, "[credit]\nexact\n", "line 2");
    refused(f, "[bands]\ngood = 50\n", "needs 4 bands");
    refused(f, "[bands]\na = 50\nb = 60\nc = 20\nd = 0\n", "best first");
    refused(f, "[bands]\na = 50\nb = 40\nc = 20\nd = 1\n", "from 0");
    refused(f, "[thresholds]\nmeaning_full = 0.3\n", "above meaning_from");
    refused(f, "[thresholds]\nduty_full = 0.3\n", "above meaning_from");
}

static void weights_are_read_from_one_line(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(score_config_set_weights(&f->ctx, &f->config,
                                              STR("skill=40, years=20,nice=0")),
                     RSC_OK);
    assert_int_equal(f->config.kind[0], 40);
    assert_int_equal(f->config.kind[1], 20);
    assert_int_equal(f->config.nice, 0);
    assert_int_equal(
        score_config_set_weights(&f->ctx, &f->config, STR("charm=3")),
        RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "\"charm\""));
}

static void all_weights_zero_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(
        score_config_set_weights(&f->ctx, &f->config,
                                 STR("skill=0,years=0,degree=0,certificate=0,"
                                     "language=0,duty=0,title=0,licence=0,"
                                     "field=0")),
        RSC_EINVALID);
}

static void the_hash_follows_the_numbers(void **state)
{
    struct fixture *f = *state;
    struct str a, b, c;
    assert_int_equal(score_config_hash(&f->ctx, &a, &f->config), RSC_OK);
    f->config.met++;
    assert_int_equal(score_config_hash(&f->ctx, &b, &f->config), RSC_OK);
    f->config.met--;
    assert_int_equal(score_config_hash(&f->ctx, &c, &f->config), RSC_OK);
    assert_int_equal(a.len, 16);
    assert_false(str_eq(a, b));
    assert_true(str_eq(a, c));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_built_in_file_sets_every_number),
        TEST(a_request_changes_single_numbers),
        TEST(what_is_wrong_is_named_with_its_line),
        TEST(weights_are_read_from_one_line),
        TEST(all_weights_zero_is_refused),
        TEST(the_hash_follows_the_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
