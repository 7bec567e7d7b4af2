/* SPDX-License-Identifier: MIT */
#include "base/cpu.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/pool.h"
#include "cmocka_all.h"

/* A folder that stands for the root of the file system. */
static char root[64];

static void put(const char *path, const char *content)
{
    char full[512];

    snprintf(full, sizeof(full), "%s%s", root, path);
    for (char *slash = full + strlen(root) + 1; (slash = strchr(slash, '/'));
         slash++) {
        *slash = '\0';
        mkdir(full, 0755);
        *slash = '/';
    }
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static int setup(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/rsc-cpu-XXXXXX");
    return mkdtemp(root) ? 0 : -1;
}

static int teardown(void **state)
{
    static const char *const FILES[] = {
        "/sys/fs/cgroup/a/b/cpu.max",
        "/sys/fs/cgroup/a/b",
        "/sys/fs/cgroup/a/cpu.max",
        "/sys/fs/cgroup/a",
        "/sys/fs/cgroup/cpu.max",
        "/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us",
        "/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_period_us",
        "/sys/fs/cgroup/cpu,cpuacct/x",
        "/sys/fs/cgroup/cpu,cpuacct",
        "/sys/fs/cgroup",
        "/sys/fs",
        "/sys",
        "/proc/self/cgroup",
        "/proc/self",
        "/proc",
        ""};
    char full[512];

    (void)state;
    for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]); i++) {
        snprintf(full, sizeof(full), "%s%s", root, FILES[i]);
        remove(full);
    }
    return 0;
}

static void without_a_group_there_is_no_quota(void **state)
{
    (void)state;
    assert_int_equal(cpu_quota_millis(root), 0);
    assert_int_equal(cpu_threads_useful(root), cpu_cores_allowed());
    put("/proc/self/cgroup", "0::/a\n");
    put("/sys/fs/cgroup/a/cpu.max", "max 100000\n");
    assert_int_equal(cpu_quota_millis(root), 0);
}

static void the_smallest_quota_on_the_way_up_counts(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "0::/a/b\n");
    put("/sys/fs/cgroup/a/b/cpu.max", "400000 100000\n");
    assert_int_equal(cpu_quota_millis(root), 4000);
    put("/sys/fs/cgroup/a/cpu.max", "10000 100000\n");
    assert_int_equal(cpu_quota_millis(root), 100);
    put("/sys/fs/cgroup/cpu.max", "50000 100000\n");
    assert_int_equal(cpu_quota_millis(root), 100);
}

static void the_first_version_of_groups_is_read(void **state)
{
    (void)state;
    put("/proc/self/cgroup", "5:memory:/y\n3:cpu,cpuacct:/x\n");
    put("/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us", "-1\n");
    put("/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_period_us", "100000\n");
    assert_int_equal(cpu_quota_millis(root), 0);
    put("/sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us", "150000\n");
    assert_int_equal(cpu_quota_millis(root), 1500);
}

static void below_two_whole_cores_there_is_one_thread(void **state)
{
    static const char *const ONE[] = {"1000 100000\n", "99999 100000\n",
                                      "100000 100000\n", "199999 100000\n"};

    (void)state;
    put("/proc/self/cgroup", "0::/a\n");
    for (size_t i = 0; i < sizeof(ONE) / sizeof(ONE[0]); i++) {
        put("/sys/fs/cgroup/a/cpu.max", ONE[i]);
        assert_int_equal(cpu_threads_useful(root), 1);
    }
    put("/sys/fs/cgroup/a/cpu.max", "200000 100000\n");
    assert_int_equal(cpu_threads_useful(root), cpu_cores_allowed() < 2 ? 1 : 2);
}

static void files_of_nonsense_are_no_quota(void **state)
{
    static const char *const BAD[] = {"",        "x\n",     "5\n",
                                      "100 0\n", "0 100\n", "-5 100000\n"};

    (void)state;
    put("/proc/self/cgroup", "0::/a\nnonsense\n::\n");
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
        put("/sys/fs/cgroup/a/cpu.max", BAD[i]);
        assert_int_equal(cpu_quota_millis(root), 0);
    }
}

/* Work for a pool: `left` pieces, and how often somebody asked. */
struct queue {
    pthread_mutex_t lock;
    pthread_cond_t done;
    size_t left, asked;
};

static bool work(void *arg, unsigned index)
{
    struct queue *q = arg;

    assert_true(index < 3);
    pthread_mutex_lock(&q->lock);
    q->asked++;
    bool worked = q->left > 0;
    q->left -= worked;
    pthread_cond_signal(&q->done);
    pthread_mutex_unlock(&q->lock);
    return worked;
}

/* A thread that finds nothing sleeps until it is woken: it has asked once at
 * its start, once per piece, and once in vain after each call. */
static void idle_threads_do_not_spin(void **state)
{
    enum {
        THREADS = 3,
        ROUNDS = 200,
        PIECES = 4
    };
    struct queue q = {.lock = PTHREAD_MUTEX_INITIALIZER,
                      .done = PTHREAD_COND_INITIALIZER};
    struct pool *pool;
    struct mem mem;
    struct ctx ctx;

    (void)state;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(pool_open(&ctx, &pool, &mem, THREADS, work, &q), RSC_OK);
    for (int round = 0; round < ROUNDS; round++) {
        pthread_mutex_lock(&q.lock);
        q.left += PIECES;
        pool_wake(pool, THREADS);
        while (q.left)
            pthread_cond_wait(&q.done, &q.lock);
        pthread_mutex_unlock(&q.lock);
    }
    pool_close(pool);
    assert_int_equal(q.left, 0);
    assert_in_range(q.asked, ROUNDS * PIECES,
                    ROUNDS * PIECES + THREADS * (ROUNDS + 1));
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(without_a_group_there_is_no_quota),
        TEST(the_smallest_quota_on_the_way_up_counts),
        TEST(the_first_version_of_groups_is_read),
        TEST(below_two_whole_cores_there_is_one_thread),
        TEST(files_of_nonsense_are_no_quota),
        cmocka_unit_test(idle_threads_do_not_spin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
