/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmocka_all.h"
#include "server/store.h"

#define LATER (INT64_C(1) << 40)

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct store store;
    char folder[64];
};

static void no_log(void *user, const char *sentence)
{
    (void)user;
    (void)sentence;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    snprintf(f->folder, sizeof(f->folder), "/tmp/rsc-results-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    store_open(&f->store, f->folder, true, NULL, no_log);
    assert_true(f->store.is_open);
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"results.db", "results.db-wal",
                                        "results.db-shm", "secret", "forget"};
    struct fixture *f = *state;
    char path[128];

    store_close(&f->store);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", f->folder, names[i]);
        unlink(path);
    }
    rmdir(f->folder);
    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    free(f);
    return 0;
}

static bool has_answer(struct fixture *f, unsigned char which)
{
    struct cache_key key = {.bytes = {which}};
    struct str body;

    return store_find_answer(&f->ctx, &body, &f->store, &key);
}

static void put_answer(struct fixture *f, unsigned char which, int64_t expires)
{
    struct cache_key key = {.bytes = {which}};

    store_put_answer(&f->store, &key, STR("{\"score\":1}"), expires);
}

static bool has_batch(struct fixture *f, const char *id, const char *state)
{
    struct stored_batch batch;
    struct buf results;

    buf_init(&results, &f->mem, 1 << 20);
    bool found = store_read_batch(&f->ctx, &batch, &results, &f->store, id) &&
                 str_eq(batch.state, str_of(state));
    buf_clear(&results);
    return found;
}

static void what_expired_is_not_found_and_then_gone(void **state)
{
    struct fixture *f = *state;

    put_answer(f, 1, 10);
    put_answer(f, 2, LATER);
    assert_false(has_answer(f, 1));
    assert_true(has_answer(f, 2));
    store_put_batch(&f->store, "old", 1, 10);
    store_put_batch(&f->store, "new", 1, LATER);
    store_put_result(&f->store, "new", 0, STR("a.txt"), STR("{}"));
    assert_false(has_batch(f, "old", "processing"));
    assert_true(has_batch(f, "new", "processing"));
    store_expire(&f->store, 11);
    assert_true(has_answer(f, 2));
    store_expire(&f->store, LATER);
    assert_false(has_answer(f, 2));
    assert_false(has_batch(f, "new", "processing"));
    assert_int_equal(store_delete(f->folder, INT64_MAX), 0);
}

static void a_restart_keeps_what_is_stored(void **state)
{
    struct fixture *f = *state;

    put_answer(f, 1, LATER);
    store_put_batch(&f->store, "done", 1, LATER);
    store_put_result(&f->store, "done", 0, STR("a.txt"), STR("{}"));
    store_end_batch(&f->store, "done", "done");
    store_put_batch(&f->store, "cut", 2, LATER);
    store_close(&f->store);
    store_open(&f->store, f->folder, true, NULL, no_log);
    store_fail_unfinished(&f->store);
    assert_true(has_answer(f, 1));
    assert_true(has_batch(f, "done", "done"));
    assert_true(has_batch(f, "cut", "failed"));
}

static void what_is_older_is_deleted_while_the_service_runs(void **state)
{
    struct fixture *f = *state;
    int64_t before;

    put_answer(f, 1, LATER);
    store_put_batch(&f->store, "b", 1, LATER);
    store_end_batch(&f->store, "b", "done");
    assert_int_equal(store_delete(f->folder, 1000), 0);
    assert_true(has_answer(f, 1));
    assert_true(store_marker(&f->store, &before));
    assert_int_equal(before, 1000);
    assert_false(store_marker(&f->store, &before));
    assert_true(store_delete(f->folder, LATER) >= 2);
    assert_false(has_answer(f, 1));
    assert_false(has_batch(f, "b", "done"));
    assert_true(store_marker(&f->store, &before));
    assert_int_equal(before, LATER);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_expired_is_not_found_and_then_gone),
        TEST(a_restart_keeps_what_is_stored),
        TEST(what_is_older_is_deleted_while_the_service_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
