/* SPDX-License-Identifier: MIT */
#ifndef RSC_CPU_H
#define RSC_CPU_H

/*
 * What the processor can do and how much of it is ours: instruction sets (the
 * processor has them and the system saves their registers), cores that the
 * affinity mask allows, and the quota of the control group.
 *
 * Nothing is remembered: every call asks anew. The tiles of AMX have to be
 * asked of Linux once per process; cpu_detect does, and they count as there
 * when it says yes.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each has all that those before it on its processor have; best last. */
enum isa {
    ISA_SCALAR,
    ISA_AVX2,       /* with FMA */
    ISA_AVXVNNI,    /* the VNNI of processors without AVX-512 */
    ISA_AVX512,     /* F, BW, DQ, VL */
    ISA_AVX512VNNI, /* dot products of bytes */
    ISA_AVX512BF16, /* dot products of bfloat16, too */
    ISA_AMX,        /* products of tiles of bytes and of bfloat16 */
    ISA_NEON,
    ISA_NEON_DOT,  /* SDOT, UDOT */
    ISA_NEON_I8MM, /* products of 2x8 by 8x2 bytes */
    ISA_COUNT,
};

struct cpu {
    char model[64]; /* "AMD EPYC 9654", or "" */
    bool has[ISA_COUNT];
};

void cpu_detect(struct cpu *cpu);
static inline bool cpu_has(const struct cpu *cpu, enum isa isa)
{
    return isa < ISA_COUNT && cpu->has[isa];
}
/* "avx2", "avx512vnni", "dotprod", ... */
const char *isa_name(enum isa isa);
/* The instruction set of that name, or ISA_COUNT. */
enum isa isa_find(const char *name);

/* Cores that this process may run on, 1 or more. */
unsigned cpu_cores_allowed(void);
/* The quota of our control group or the smallest one above it (v1 or v2), in
 * thousandths of a core; 0 when there is none. `root` is the folder that
 * holds proc and sys: "" but in tests. */
uint64_t cpu_quota_millis(const char *root);
/* How many threads are of use: the cores allowed, and no more than the quota
 * gives whole cores, but 1 at the least. */
unsigned cpu_threads_useful(const char *root);

#endif
