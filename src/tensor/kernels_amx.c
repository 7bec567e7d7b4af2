/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "tensor/target.h"

#define LANES_VNNI
#define LANES_BF16
TARGET_BEGIN("avx512f,avx512bw,avx512dq,avx512vl,fma,avx512vnni,"
             "avx512bf16,amx-tile,amx-int8,amx-bf16")
#include "tensor/lanes_avx512.h"
/* Behind the lanes. */
#include "tensor/kernel_amx.h"
#include "tensor/kernel_amx_bf16.h"
/* Behind the products. */
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_amx, ISA_AMX, "amx")
#endif
