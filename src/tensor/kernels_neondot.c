/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__aarch64__)
#include <math.h>
#include <string.h>

#include "tensor/target.h"

#define LANES_DOT
TARGET_BEGIN("arch=armv8.2-a+dotprod")
#include "tensor/lanes_neon.h"
/* Behind the lanes. */
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_neondot, ISA_NEON_DOT, "dotprod")
#endif
