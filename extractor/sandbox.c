/* SPDX-License-Identifier: MIT */
#include "sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A sanitizer reserves terabytes of address space for its shadow. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SHADOW 1
#else
#define HAS_SHADOW 0
#endif

static bool set_limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit old;

    /* Never above what we were given. */
    if (getrlimit(resource, &old) == 0 && old.rlim_max != RLIM_INFINITY) {
        if (hard > old.rlim_max)
            hard = old.rlim_max;
        if (soft > hard)
            soft = hard;
    }
    return setrlimit(resource, &(struct rlimit){soft, hard}) == 0;
}

static void limit_resources(struct wire_sandbox *report,
                            const struct sandbox_limits *limits)
{
    bool ok = set_limit(RLIMIT_CORE, 0, 0);

    /* The hard limit kills one second after the soft one asked. */
    ok &= set_limit(RLIMIT_CPU, limits->cpu_s, limits->cpu_s + 1);
    ok &= set_limit(RLIMIT_FSIZE, 0, 0);
    ok &= set_limit(RLIMIT_NOFILE, 3, 3);
    report->resource_limits = ok;
    if (!HAS_SHADOW && limits->memory_bytes)
        report->address_limit =
            set_limit(RLIMIT_AS, limits->memory_bytes, limits->memory_bytes);
}

/* The interface of landlock, which the headers of older systems know in part
 * or not at all. */
struct landlock_rules {
    uint64_t handled_fs;
    uint64_t handled_net;
    uint64_t scoped;
};

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self  446
#endif
#define LANDLOCK_ASK_VERSION 1u

/* What each version of landlock can forbid; we forbid all of it. */
static struct landlock_rules rules_of(long abi)
{
    struct landlock_rules r = {.handled_fs = (UINT64_C(1) << 13) - 1};

    if (abi >= 2)
        r.handled_fs |= UINT64_C(1) << 13; /* refer */
    if (abi >= 3)
        r.handled_fs |= UINT64_C(1) << 14; /* truncate */
    if (abi >= 5)
        r.handled_fs |= UINT64_C(1) << 15; /* ioctl on devices */
    if (abi >= 4)
        r.handled_net = 3; /* bind, connect */
    if (abi >= 6)
        r.scoped = 3; /* abstract sockets, signals */
    return r;
}

static void enter_landlock(struct wire_sandbox *report)
{
    long abi =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_ASK_VERSION);
    if (abi < 1)
        return;
    struct landlock_rules rules = rules_of(abi);
    size_t size = sizeof(rules);
    if (abi < 4)
        size = 8;
    else if (abi < 6)
        size = 16;
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (fd < 0)
        return;
    if (syscall(SYS_landlock_restrict_self, fd, 0) == 0)
        report->landlock_abi = (unsigned)abi;
    close(fd);
}

/* Everything that reading memory, writing a pipe and ending needs. */
static const int allowed_calls[] = {
    SCMP_SYS(read),          SCMP_SYS(pread64),
    SCMP_SYS(readv),         SCMP_SYS(write),
    SCMP_SYS(writev),        SCMP_SYS(close),
    SCMP_SYS(fstat),         SCMP_SYS(lseek),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),
    SCMP_SYS(brk),           SCMP_SYS(madvise),
    SCMP_SYS(futex),         SCMP_SYS(exit),
    SCMP_SYS(exit_group),    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),     SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(sched_yield),
    SCMP_SYS(sigaltstack),   SCMP_SYS(restart_syscall),
};

static int allow_calls(scmp_filter_ctx filter)
{
    int failed = 0;

    for (size_t i = 0; i < sizeof(allowed_calls) / sizeof(int); i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_calls[i], 0);
    /* Memory may be had, but never made executable. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    /* abort() signals itself; nobody else may be signalled. */
    failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                               SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
    return failed;
}

static void enter_seccomp(struct wire_sandbox *report)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

    if (!filter)
        return;
    if (allow_calls(filter) == 0 && seccomp_load(filter) == 0)
        report->seccomp = true;
    seccomp_release(filter);
}

void sandbox_enter(struct wire_sandbox *report,
                   const struct sandbox_limits *limits)
{
    *report = (struct wire_sandbox){0};
    /* Nobody reads our memory, and we end with the one who asked. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    report->no_new_privs = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    enter_landlock(report);
    limit_resources(report, limits);
    /* Last: it also forbids what the steps before need. */
    enter_seccomp(report);
}
