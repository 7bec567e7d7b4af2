/* SPDX-License-Identifier: MIT */
#include "governor/governor.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmocka_all.h"

static char root[64];

static void write_file(const char *name, const char *text)
{
    char path[256];

    snprintf(path, sizeof(path), "%s/%s", root, name);
    for (char *p = path + strlen(root) + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *p = '/';
    }
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(root, sizeof(root), "/tmp/rsc-tree-XXXXXX");
    assert_non_null(mkdtemp(root));
    write_file("proc/meminfo", "MemTotal:  1000 kB\nMemFree: 100 kB\n"
                               "MemAvailable:  400 kB\n");
    write_file("proc/self/status", "Name:\tx\nVmRSS:\t  90 kB\nRssAnon:\t 50 "
                                   "kB\nRssFile:\t 30 kB\nRssShmem:\t10 kB\n");
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    return nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void version_two_takes_the_tightest_limit_on_the_way_up(void **state)
{
    (void)state;
    struct pressure p;

    write_file("proc/self/cgroup", "0::/a/b\n");
    write_file("sys/fs/cgroup/a/b/memory.max", "max\n");
    write_file("sys/fs/cgroup/a/b/memory.high", "900\n");
    write_file("sys/fs/cgroup/a/b/memory.current", "700\n");
    write_file("sys/fs/cgroup/a/b/memory.pressure",
               "some avg10=12.34 avg60=1.00 avg300=0.10 total=5\n");
    write_file("sys/fs/cgroup/a/memory.max", "600\n");
    write_file("sys/fs/cgroup/a/memory.current", "590\n");
    write_file("sys/fs/cgroup/a/memory.stat",
               "anon 100\ninactive_file 200\nactive_file 90\n");
    pressure_read(&p, root, 0);
    assert_int_equal(p.source, PRESSURE_CGROUP2);
    assert_int_equal(p.limit, 600);
    assert_int_equal(p.use, 300);
    assert_int_equal(p.file, 290);
    assert_int_equal(p.percent, 50);
    assert_true(p.has_stall);
    assert_int_equal(p.stall_centi, 1234);
}

static void
version_one_and_a_container_that_sees_its_group_as_root(void **state)
{
    (void)state;
    struct pressure p;

    write_file("proc/self/cgroup", "4:memory:/docker/0123\n0::/docker/0123\n");
    write_file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");
    write_file("sys/fs/cgroup/memory/memory.usage_in_bytes", "950\n");
    write_file("sys/fs/cgroup/memory/memory.stat",
               "inactive_file 1\ntotal_inactive_file 30\n"
               "total_active_file 20\n");
    pressure_read(&p, root, 0);
    assert_int_equal(p.source, PRESSURE_CGROUP1);
    assert_int_equal(p.use, 900);
    assert_int_equal(p.percent, 90);
    pressure_read(&p, root, 2000);
    assert_int_equal(p.source, PRESSURE_CONFIGURED);
    assert_int_equal(p.percent, 45);
}

static void without_a_group_the_machine_counts(void **state)
{
    (void)state;
    struct pressure p;

    write_file("proc/self/cgroup", "4:memory:/\n");
    write_file("sys/fs/cgroup/memory/memory.limit_in_bytes",
               "9223372036854771712\n");
    pressure_read(&p, root, 0);
    assert_int_equal(p.source, PRESSURE_MACHINE);
    assert_int_equal(p.limit, 1000 * 1024);
    assert_int_equal(p.percent, 60);
    /* With a limit of our own, what we hold ourselves counts. */
    pressure_read(&p, root, 120 * 1024);
    assert_int_equal(p.use, 60 * 1024);
    assert_int_equal(p.percent, 50);
}

static void nothing_readable_is_no_failure(void **state)
{
    (void)state;
    struct pressure p;

    pressure_read(&p, "/nonexistent", 0);
    assert_int_equal(p.source, PRESSURE_UNKNOWN);
    assert_int_equal(p.percent, 0);
}

struct owner {
    uint64_t bytes;
    int asked[4];
};

static uint64_t held(void *user)
{
    return ((struct owner *)user)->bytes;
}

static uint64_t give_back(void *user, enum governor_stage stage)
{
    struct owner *owner = user;

    owner->asked[stage]++;
    return owner->bytes / 2;
}

struct log {
    unsigned changes, gifts;
    enum governor_stage last;
};

static void report(void *user, const struct governor_event *event)
{
    struct log *log = user;

    if (event->owner) {
        log->gifts++;
    } else {
        log->changes++;
        log->last = event->stage;
    }
}

static void use_percent(unsigned percent)
{
    char text[32];

    snprintf(text, sizeof(text), "%u\n", percent * 10);
    write_file("proc/self/cgroup", "4:memory:/\n");
    write_file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");
    write_file("sys/fs/cgroup/memory/memory.usage_in_bytes", text);
}

static void stages_rise_at_their_doors_and_fall_late(void **state)
{
    (void)state;
    static const struct {
        unsigned percent;
        enum governor_stage stage;
    } steps[] = {
        {10, STAGE_CALM},       {69, STAGE_CALM},       {70, STAGE_STANDARD},
        {66, STAGE_STANDARD},   {64, STAGE_CALM},       {81, STAGE_AGGRESSIVE},
        {76, STAGE_AGGRESSIVE}, {74, STAGE_STANDARD},   {95, STAGE_EMERGENCY},
        {86, STAGE_EMERGENCY},  {84, STAGE_AGGRESSIVE}, {5, STAGE_CALM},
    };
    struct mem mem;
    struct ctx ctx;
    struct governor *governor;
    struct log log = {0};
    struct owner owner = {.bytes = 1000};
    struct governor_options options = {
        .root = root, .percent = {70, 80, 90}, .user = &log, .report = report};

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(governor_open(&ctx, &governor, &mem, &options), RSC_OK);
    governor_add(governor,
                 &(struct governor_owner){"cache", &owner, held, give_back});
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        use_percent(steps[i].percent);
        assert_int_equal(governor_check(governor, 0), steps[i].stage);
        assert_int_equal(governor_stage(governor), steps[i].stage);
    }
    /* Asked once on the way up into each stage, not while it lasts. */
    assert_int_equal(owner.asked[STAGE_STANDARD], 1);
    assert_int_equal(owner.asked[STAGE_AGGRESSIVE], 1);
    assert_int_equal(owner.asked[STAGE_EMERGENCY], 1);
    assert_int_equal(log.changes, 7);
    assert_int_equal(log.gifts, 3);
    /* A reading may be used again while it is young. */
    use_percent(99);
    assert_int_equal(governor_check(governor, 60000), STAGE_CALM);
    uint64_t bytes = 0;
    assert_string_equal(governor_owner_at(governor, 0, &bytes), "cache");
    assert_int_equal(bytes, 1000);
    assert_null(governor_owner_at(governor, 1, &bytes));
    governor_close(governor);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(version_two_takes_the_tightest_limit_on_the_way_up),
        TEST(version_one_and_a_container_that_sees_its_group_as_root),
        TEST(without_a_group_the_machine_counts),
        TEST(nothing_readable_is_no_failure),
        TEST(stages_rise_at_their_doors_and_fall_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
