/* SPDX-License-Identifier: MIT */
#include "server/permits.h"

#include "cmocka_all.h"

static void inputs_are_counted_without_parsing(void **state)
{
    static const struct {
        const char *body;
        size_t n;
    } rows[] = {
        {"{\"inputs\":\"one\"}", 1},
        {"{\"inputs\":[\"a\",\"b\",\"c\"],\"truncate\":true}", 3},
        {"{\"inputs\": [ 101, 7592, 102 ]}", 1},
        {"{\"inputs\":[[101,102],[101,103,102]]}", 2},
        {"{\"inputs\":{\"source_sentence\":\"a, b\",\"sentences\":[\"c\"]}}",
         1},
        {"{\"inputs\":[\"a,[b\",\"\\\"],[\",\"c\"]}", 3},
        {"{\"[\\\"inputs\":\"a, b\"}", 1},
        {"{\"inputs\":[]}", 1},
        {"{\"query\":\"q\",\"texts\":[\"a\",{\"b\":[1,2]}]}", 2},
        {"", 1},
        {"[", 1},
        {"[\"", 1},
        {"[\"\\", 1},
        {"]]]][\"a\",", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(permits_count(str_of(rows[i].body)), rows[i].n);
}

static void none_free_is_refused_but_one_alone_is_taken(void **state)
{
    struct permits permits = {.max = 10};

    (void)state;
    assert_true(permits_take(&permits, 2048));
    assert_false(permits_take(&permits, 1));
    permits_give(&permits, 2048);
    assert_true(permits_take(&permits, 9));
    assert_false(permits_take(&permits, 2));
    assert_true(permits_take(&permits, 1));
    permits_give(&permits, 9);
    permits_give(&permits, 1);
    assert_int_equal(permits.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_are_counted_without_parsing),
        cmocka_unit_test(none_free_is_refused_but_one_alone_is_taken),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
