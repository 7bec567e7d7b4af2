/* SPDX-License-Identifier: MIT */
#include "tensor/kernels.h"

#include "tensor/kernel_tables.h"

static const struct kernels *const TABLES[ISA_COUNT] = {
    [ISA_SCALAR] = &kernels_scalar,
#if defined(__x86_64__)
    [ISA_AVX2] = &kernels_avx2,
    [ISA_AVXVNNI] = &kernels_avxvnni,
    [ISA_AVX512] = &kernels_avx512,
    [ISA_AVX512VNNI] = &kernels_avx512vnni,
    [ISA_AVX512BF16] = &kernels_avx512bf16,
    [ISA_AMX] = &kernels_amx,
#endif
#if defined(__aarch64__)
    [ISA_NEON] = &kernels_neon,
    [ISA_NEON_DOT] = &kernels_neondot,
    [ISA_NEON_I8MM] = &kernels_i8mm,
#endif
};

const struct kernels *kernels_find(enum isa isa)
{
    return isa < ISA_COUNT ? TABLES[isa] : NULL;
}

const struct kernels *kernels_best(const struct cpu *cpu)
{
    for (int isa = ISA_COUNT - 1; isa > ISA_SCALAR; isa--)
        if (TABLES[isa] && cpu_has(cpu, (enum isa)isa))
            return TABLES[isa];
    return &kernels_scalar;
}
