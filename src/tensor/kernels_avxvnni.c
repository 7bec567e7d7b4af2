/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "tensor/target.h"

#define LANES_VNNI
TARGET_BEGIN("avx2,fma,avxvnni")
#include "tensor/lanes_avx2.h"
/* Behind the lanes. */
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_avxvnni, ISA_AVXVNNI, "avxvnni")
#endif
