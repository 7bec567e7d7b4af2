/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "tensor/target.h"

TARGET_BEGIN("avx512f,avx512bw,avx512dq,avx512vl,fma")
#include "tensor/lanes_avx512.h"
/* Behind the lanes. */
#include "tensor/kernel_attention.h"
#include "tensor/kernel_maxout.h"
#include "tensor/kernel_rows.h"
TARGET_END

const struct kernels kernels_avx512 = {
    .name = "avx512",
    .isa = ISA_AVX512,
    .gemm = gemm_panel,
    .add_norm = add_norm,
    .embed_row = embed_row,
    .attend = attend,
    .pool = pool_rows,
    .maxout_norm = maxout_norm,
    .row_sum = row_sum,
    .gemv = gemv,
};
#endif
