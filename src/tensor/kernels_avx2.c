/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "tensor/target.h"

TARGET_BEGIN("avx2,fma")
#include "tensor/lanes_avx2.h"
/* Behind the lanes. */
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_avx2, ISA_AVX2, "avx2")
#endif
