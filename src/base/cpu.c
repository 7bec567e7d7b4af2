/* SPDX-License-Identifier: MIT */
#include "base/cpu.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

static const char *const NAMES[ISA_COUNT] = {
    [ISA_SCALAR] = "scalar",
    [ISA_AVX2] = "avx2",
    [ISA_AVXVNNI] = "avxvnni",
    [ISA_AVX512] = "avx512",
    [ISA_AVX512VNNI] = "avx512vnni",
    [ISA_AVX512BF16] = "avx512bf16",
    [ISA_AMX] = "amx",
    [ISA_NEON] = "neon",
    [ISA_NEON_DOT] = "dotprod",
    [ISA_NEON_I8MM] = "i8mm",
};

const char *isa_name(enum isa isa)
{
    return isa < ISA_COUNT ? NAMES[isa] : "unknown";
}

enum isa isa_find(const char *name)
{
    for (int i = 0; i < ISA_COUNT; i++)
        if (!strcmp(name, NAMES[i]))
            return (enum isa)i;
    return ISA_COUNT;
}

#if defined(__x86_64__)

static bool bit(uint32_t word, unsigned index)
{
    return word >> index & 1;
}

/* Register state that the system saves and restores (XCR0). */
static uint64_t saved_state(void)
{
    uint32_t low, high;

    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

/* Leave to use the state of the tiles, for all threads of this process. Linux
 * has given it since 5.16; it refuses where a thread's signal stack is too
 * small for the larger state. */
static bool tiles_granted(void)
{
#if defined(__linux__)
    enum {
        REQUEST_STATE = 0x1023,
        TILE_DATA = 18
    };

    return !syscall(SYS_arch_prctl, REQUEST_STATE, TILE_DATA);
#else
    return false;
#endif
}

static void detect_model(struct cpu *cpu)
{
    uint32_t word[13] = {0};

    if ((unsigned)__get_cpuid_max(0x80000000U, NULL) < 0x80000004U)
        return;
    for (unsigned i = 0; i < 3; i++)
        __get_cpuid(0x80000002U + i, &word[4 * i], &word[4 * i + 1],
                    &word[4 * i + 2], &word[4 * i + 3]);
    const char *name = (const char *)word;
    name += strspn(name, " ");
    snprintf(cpu->model, sizeof(cpu->model), "%s", name);
}

static void detect_isa(struct cpu *cpu)
{
    uint32_t a, b, c, d, b7 = 0, c7 = 0, d7 = 0, a71 = 0;

    if (!__get_cpuid(1, &a, &b, &c, &d))
        return;
    /* OSXSAVE, AVX, FMA; then the leaves of the later sets. */
    if (!bit(c, 27) || !bit(c, 28) || !bit(c, 12))
        return;
    uint64_t state = saved_state();
    if (!__get_cpuid_count(7, 0, &a, &b7, &c7, &d7))
        return;
    if (a >= 1)
        __get_cpuid_count(7, 1, &a71, &b, &c, &d);
    bool ymm = (state & 0x6) == 0x6, zmm = (state & 0xe6) == 0xe6;
    bool full512 =
        zmm && bit(b7, 16) && bit(b7, 17) && bit(b7, 30) && bit(b7, 31);

    cpu->has[ISA_AVX2] = ymm && bit(b7, 5);
    cpu->has[ISA_AVXVNNI] = cpu->has[ISA_AVX2] && bit(a71, 4);
    cpu->has[ISA_AVX512] = cpu->has[ISA_AVX2] && full512;
    cpu->has[ISA_AVX512VNNI] = cpu->has[ISA_AVX512] && bit(c7, 11);
    cpu->has[ISA_AVX512BF16] = cpu->has[ISA_AVX512VNNI] && bit(a71, 5);
    /* AMX-BF16, AMX-TILE, AMX-INT8; the system saves both parts of their state.
     */
    cpu->has[ISA_AMX] = cpu->has[ISA_AVX512BF16] && bit(d7, 22) &&
                        bit(d7, 24) && bit(d7, 25) && (state >> 17 & 3) == 3 &&
                        tiles_granted();
}

#elif defined(__aarch64__)

static void detect_model(struct cpu *cpu)
{
    cpu->model[0] = '\0';
}

static void detect_isa(struct cpu *cpu)
{
    /* Bits of the kernel's interface: HWCAP_ASIMDDP, HWCAP2_I8MM. */
    cpu->has[ISA_NEON] = true;
    cpu->has[ISA_NEON_DOT] = getauxval(AT_HWCAP) >> 20 & 1;
    cpu->has[ISA_NEON_I8MM] =
        cpu->has[ISA_NEON_DOT] && (getauxval(AT_HWCAP2) >> 13 & 1);
}

#else

static void detect_model(struct cpu *cpu)
{
    cpu->model[0] = '\0';
}

static void detect_isa(struct cpu *cpu)
{
    (void)cpu;
}

#endif

void cpu_detect(struct cpu *cpu)
{
    *cpu = (struct cpu){.has = {[ISA_SCALAR] = true}};
    detect_model(cpu);
    detect_isa(cpu);
}

unsigned cpu_cores_allowed(void)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    /* More than 1024 cores do not fit the set; they are enough as it is. */
    if (sched_getaffinity(0, sizeof(set), &set))
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? (unsigned)n : 1;
}

/* Up to two numbers from the first line of a file; "max" reads as 0. */
static int read_numbers(const char *path, uint64_t out[2])
{
    char line[64], *at = line;
    int n = 0;
    FILE *file = fopen(path, "re");

    if (!file)
        return 0;
    if (!fgets(line, sizeof(line), file))
        line[0] = '\0';
    fclose(file);
    while (n < 2 && *at && *at != '\n' && *at != '-') {
        uint64_t value = 0;
        for (; *at && *at != ' ' && *at != '\n'; at++)
            if (*at >= '0' && *at <= '9' && value < UINT32_MAX)
                value = value * 10 + (uint64_t)(*at - '0');
        out[n++] = value;
        at += *at == ' ';
    }
    return n;
}

/* The quota that one folder sets, in thousandths of a core; 0 for none. */
static uint64_t folder_quota(const char *folder)
{
    char path[1200];
    uint64_t v[3] = {0};

    snprintf(path, sizeof(path), "%s/cpu.max", folder);
    int n = read_numbers(path, v);
    if (n == 0) {
        snprintf(path, sizeof(path), "%s/cpu.cfs_quota_us", folder);
        n = read_numbers(path, v);
        snprintf(path, sizeof(path), "%s/cpu.cfs_period_us", folder);
        if (n == 1)
            n += read_numbers(path, v + 1) ? 1 : 0;
    }
    if (n < 2 || !v[0] || !v[1])
        return 0;
    uint64_t millis = v[0] * 1000 / v[1];
    return millis ? millis : 1;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return !a || (b && b < a) ? b : a;
}

/* From the group `path` below `mount` upwards; inside of a container the path
 * may not exist there, but the mount itself does. */
static uint64_t mount_quota(const char *mount, const char *path)
{
    char folder[1100];
    uint64_t least = 0;

    snprintf(folder, sizeof(folder), "%s%s", mount, path);
    size_t end = strlen(folder), stop = strlen(mount);
    while (end >= stop && end > 0) {
        folder[end] = '\0';
        least = smaller(least, folder_quota(folder));
        if (end == stop)
            break;
        while (end > stop && folder[end - 1] != '/')
            end--;
        end -= end > stop;
    }
    return least;
}

/* One line of /proc/self/cgroup is "id:controllers:path". */
static uint64_t line_quota(const char *root, char *line)
{
    static const char *const V1[] = {"cpu,cpuacct", "cpu", "cpuacct,cpu"};
    char mount[512];
    uint64_t least = 0;
    char *controllers = strchr(line, ':');
    char *path = controllers ? strchr(controllers + 1, ':') : NULL;

    if (!path)
        return 0;
    *path++ = '\0';
    controllers++;
    path[strcspn(path, "\n")] = '\0';
    if (!*controllers) {
        snprintf(mount, sizeof(mount), "%s/sys/fs/cgroup", root);
        return mount_quota(mount, path);
    }
    for (size_t i = 0; i < sizeof(V1) / sizeof(V1[0]); i++) {
        if (strcmp(controllers, V1[i]) != 0)
            continue;
        for (size_t j = 0; j < sizeof(V1) / sizeof(V1[0]); j++) {
            snprintf(mount, sizeof(mount), "%s/sys/fs/cgroup/%s", root, V1[j]);
            least = smaller(least, mount_quota(mount, path));
        }
    }
    return least;
}

uint64_t cpu_quota_millis(const char *root)
{
    char line[1024];
    uint64_t least = 0;

    snprintf(line, sizeof(line), "%s/proc/self/cgroup", root);
    FILE *file = fopen(line, "re");
    if (!file)
        return 0;
    while (fgets(line, sizeof(line), file))
        least = smaller(least, line_quota(root, line));
    fclose(file);
    return least;
}

unsigned cpu_threads_useful(const char *root)
{
    unsigned cores = cpu_cores_allowed();
    uint64_t quota = cpu_quota_millis(root);

    if (!quota || quota / 1000 >= cores)
        return cores;
    return quota < 2000 ? 1 : (unsigned)(quota / 1000);
}
