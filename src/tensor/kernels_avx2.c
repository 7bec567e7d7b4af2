/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include "tensor/target.h"

TARGET_BEGIN("avx2,fma")
#include "tensor/lanes_avx2.h"
/* Behind the lanes. */
#include "tensor/kernel_gemm.h"
TARGET_END

const struct kernels kernels_avx2 = {
    .name = "avx2",
    .isa = ISA_AVX2,
    .gemm = gemm_panel,
};
#endif
