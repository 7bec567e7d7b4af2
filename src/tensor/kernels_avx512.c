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
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_avx512, ISA_AVX512, "avx512")
#endif
