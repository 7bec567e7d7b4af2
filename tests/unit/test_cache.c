/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ctx.h"
#include "base/mem.h"
#include "cache/cache.h"
#include "cmocka_all.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    char folder[64];
    unsigned lines; /* logged */
};

static void count_line(void *user, const char *sentence)
{
    struct fixture *f = user;

    (void)sentence;
    f->lines++;
}

static int set_up(void **state)
{
    static struct fixture f;

    f = (struct fixture){.folder = "/tmp/rsc-cache-XXXXXX"};
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    assert_non_null(mkdtemp(f.folder));
    *state = &f;
    return 0;
}

static void path_of(char *out, size_t size, const struct fixture *f,
                    const char *name)
{
    snprintf(out, size, "%s/%s", f->folder, name);
}

static int tear_down(void **state)
{
    static const char *const names[] = {"vectors.db", "vectors.db-wal",
                                        "vectors.db-shm", "vectors.db.damaged",
                                        "secret"};
    struct fixture *f = *state;
    char path[128];

    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    chmod(f->folder, 0700);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        path_of(path, sizeof(path), f, names[i]);
        unlink(path);
    }
    rmdir(f->folder);
    return 0;
}

static struct cache_key key_of(unsigned i)
{
    struct cache_key key = {{0}};

    memcpy(key.bytes, &i, sizeof(i));
    key.bytes[31] = 7;
    return key;
}

static struct cache *open_at(struct fixture *f, const char *folder,
                             uint64_t rows)
{
    struct cache *cache;
    struct cache_options options = {.items = 100,
                                    .bytes = 1 << 20,
                                    .folder = folder,
                                    .disk_rows = rows,
                                    .disk_bytes = 1 << 24,
                                    .user = f,
                                    .log = count_line};

    assert_int_equal(cache_open(&f->ctx, &cache, &f->mem, &options), RSC_OK);
    return cache;
}

static void put(struct cache *cache, unsigned i, struct str value)
{
    struct cache_key key = key_of(i);

    cache_put(cache, &key, &value, 1);
}

static bool has(struct fixture *f, struct cache *cache, unsigned i,
                struct str value)
{
    struct cache_key key = key_of(i);
    struct str found = STR_NONE;

    return cache_find(&f->ctx, &found, cache, &key) && str_eq(found, value);
}

static void the_oldest_goes_first_and_bytes_are_counted(void **state)
{
    struct fixture *f = *state;
    struct lru *lru;
    struct lru_stats stats;
    struct str out;

    assert_int_equal(lru_open(&f->ctx, &lru, &f->mem, 3, 1 << 20), RSC_OK);
    for (unsigned i = 0; i < 3; i++) {
        struct cache_key key = key_of(i);
        lru_put(lru, &key, STR("value"), i);
    }
    struct cache_key first = key_of(0), second = key_of(1), fourth = key_of(3);
    assert_true(lru_find(&f->ctx, &out, lru, &first));
    lru_put(lru, &fourth, STR("more"), 3);
    assert_true(lru_find(&f->ctx, &out, lru, &first));
    assert_false(lru_find(&f->ctx, &out, lru, &second));
    lru_read_stats(lru, &stats);
    assert_int_equal(stats.items, 3);
    assert_int_equal(stats.hits, 2);
    assert_int_equal(stats.misses, 1);
    /* Tags 0, 2 and 3 are there; those under 3 go. */
    assert_int_equal(lru_forget(lru, 3), 2);
    lru_read_stats(lru, &stats);
    assert_int_equal(lru_shrink(lru, 0), stats.bytes);
    lru_close(lru);
}

static void an_lru_keeps_its_bytes_under_any_load(void **state)
{
    struct fixture *f = *state;
    struct lru *lru;
    struct lru_stats stats;
    char value[3000] = {0};

    assert_int_equal(lru_open(&f->ctx, &lru, &f->mem, 10000, 100000), RSC_OK);
    for (unsigned i = 0; i < 5000; i++) {
        struct cache_key key = key_of(i * 2654435761u);
        lru_put(lru, &key, (struct str){value, i % sizeof(value)}, 0);
        lru_read_stats(lru, &stats);
        assert_true(stats.bytes <= 100000);
    }
    /* One that could never fit is not let in. */
    lru_put(lru, &(struct cache_key){{1}}, (struct str){value, 3000}, 0);
    lru_close(lru);
}

static void an_lru_without_memory_only_misses(void **state)
{
    struct fixture *f = *state;
    struct cache_key key = key_of(1);
    struct lru *lru;
    struct str out;

    assert_int_equal(lru_open(&f->ctx, &lru, &f->mem, 10, 1000), RSC_OK);
    f->mem.fail_after = 0;
    lru_put(lru, &key, STR("value"), 0);
    assert_false(lru_find(&f->ctx, &out, lru, &key));
    f->mem.fail_after = -1;
    assert_int_equal(f->ctx.error.status, RSC_OK);
    lru_close(lru);
}

static void vectors_outlive_the_process(void **state)
{
    struct fixture *f = *state;
    struct cache *cache = open_at(f, f->folder, 1000);

    for (unsigned i = 0; i < 300; i++)
        put(cache, i, STR("a vector"));
    cache_close(cache);
    cache = open_at(f, f->folder, 1000);
    for (unsigned i = 0; i < 300; i++)
        assert_true(has(f, cache, i, STR("a vector")));
    struct cache_stats stats;
    cache_read_stats(cache, &stats);
    assert_int_equal(stats.disk_hits, 300);
    cache_clear(cache);
    assert_false(has(f, cache, 1, STR("a vector")));
    cache_close(cache);
    assert_int_equal(f->lines, 0);
}

static void the_file_keeps_its_bound_of_rows(void **state)
{
    struct fixture *f = *state;
    struct cache *cache = open_at(f, f->folder, 200);
    struct cache_stats stats;

    for (unsigned i = 0; i < 1000; i++)
        put(cache, i, STR("v"));
    cache_read_stats(cache, &stats);
    assert_true(stats.disk_rows <= 200 && stats.disk_rows >= 150);
    assert_true(has(f, cache, 999, STR("v")));
    assert_false(has(f, cache, 0, STR("v")));
    cache_close(cache);
}

static void a_key_depends_on_parts_and_folder(void **state)
{
    struct fixture *f = *state;
    struct cache *cache = open_at(f, NULL, 0), *other = open_at(f, NULL, 0);
    struct str ab_c[] = {STR("ab"), STR("c")}, a_bc[] = {STR("a"), STR("bc")};
    struct cache_key x, y;

    cache_make_key(&x, cache, ab_c, 2);
    cache_make_key(&y, cache, ab_c, 2);
    assert_memory_equal(&x, &y, sizeof(x));
    cache_make_key(&y, cache, a_bc, 2);
    assert_memory_not_equal(&x, &y, sizeof(x));
    cache_make_key(&y, other, ab_c, 2);
    assert_memory_not_equal(&x, &y, sizeof(x));
    cache_close(cache);
    cache_close(other);
}

static void overwrite(const struct fixture *f, const char *name, off_t at,
                      struct str bytes)
{
    char path[128];

    path_of(path, sizeof(path), f, name);
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes.data, bytes.len, at), bytes.len);
    close(fd);
}

static void a_damaged_file_is_set_aside_and_said_once(void **state)
{
    struct fixture *f = *state;
    struct cache *cache = open_at(f, f->folder, 1000);
    char path[128];

    put(cache, 1, STR("kept"));
    cache_close(cache);
    overwrite(f, "vectors.db", 0, STR("this is no database at all, really"));
    cache = open_at(f, f->folder, 1000);
    assert_false(has(f, cache, 1, STR("kept")));
    put(cache, 1, STR("new"));
    cache_close(cache);
    cache = open_at(f, f->folder, 1000);
    assert_true(has(f, cache, 1, STR("new")));
    cache_close(cache);
    assert_int_equal(f->lines, 1);
    path_of(path, sizeof(path), f, "vectors.db.damaged");
    assert_int_equal(access(path, F_OK), 0);
}

/* Every byte of the file in turn is turned over: what comes back is the value
 * that was put, or nothing. */
static void a_flipped_byte_is_a_miss_or_harmless(void **state)
{
    struct fixture *f = *state;
    struct cache *cache = open_at(f, f->folder, 1000);
    char path[128], byte;
    struct stat st;

    for (unsigned i = 0; i < 20; i++)
        put(cache, i, STR("the right value, long enough to be hit"));
    cache_close(cache);
    path_of(path, sizeof(path), f, "vectors.db");
    assert_int_equal(stat(path, &st), 0);
    for (off_t at = 100; at < st.st_size; at += 97) {
        int fd = open(path, O_RDWR);
        if (fd < 0 || pread(fd, &byte, 1, at) != 1) {
            close(fd);
            break; /* it was set aside and is small now */
        }
        byte = (char)~byte;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        close(fd);
        cache = open_at(f, f->folder, 1000);
        for (unsigned i = 0; i < 20; i++) {
            struct cache_key key = key_of(i);
            struct str out = STR_NONE;
            if (cache_find(&f->ctx, &out, cache, &key))
                assert_true(
                    str_eq(out, STR("the right value, long enough to be hit")));
        }
        cache_close(cache);
    }
}

static void another_version_is_not_read(void **state)
{
    struct fixture *f = *state;
    struct database database = {.user = f, .log = count_line};
    struct cache *cache = open_at(f, f->folder, 1000);

    put(cache, 1, STR("of version 1"));
    cache_close(cache);
    database_open(&database, f->folder, "vectors.db",
                  "CREATE TABLE vectors(something INTEGER)", 99);
    assert_non_null(database.db);
    assert_int_equal(f->lines, 1);
    database_close(&database);
    cache = open_at(f, f->folder, 1000);
    assert_false(has(f, cache, 1, STR("of version 1")));
    cache_close(cache);
    assert_int_equal(f->lines, 2);
}

static void a_folder_that_cannot_be_made_costs_only_the_file(void **state)
{
    struct fixture *f = *state;
    struct cache *cache = open_at(f, "/proc/nowhere/cache", 1000);

    put(cache, 1, STR("in memory"));
    assert_true(has(f, cache, 1, STR("in memory")));
    assert_int_equal(f->lines, 1);
    cache_close(cache);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_oldest_goes_first_and_bytes_are_counted),
        TEST(an_lru_keeps_its_bytes_under_any_load),
        TEST(an_lru_without_memory_only_misses),
        TEST(vectors_outlive_the_process),
        TEST(the_file_keeps_its_bound_of_rows),
        TEST(a_key_depends_on_parts_and_folder),
        TEST(a_damaged_file_is_set_aside_and_said_once),
        TEST(a_flipped_byte_is_a_miss_or_harmless),
        TEST(another_version_is_not_read),
        TEST(a_folder_that_cannot_be_made_costs_only_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
