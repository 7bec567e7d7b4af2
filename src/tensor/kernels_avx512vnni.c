/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "tensor/target.h"

#define LANES_VNNI
TARGET_BEGIN("avx512f,avx512bw,avx512dq,avx512vl,fma,avx512vnni")
#include "tensor/lanes_avx512.h"
/* Behind the lanes. */
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_avx512vnni, ISA_AVX512VNNI, "avx512vnni")
#endif
