/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__aarch64__)
#include <math.h>
#include <string.h>

#include "tensor/target.h"

#define LANES_I8MM
TARGET_BEGIN("arch=armv8.2-a+dotprod+i8mm")
#include "tensor/lanes_neon.h"
/* Behind the lanes. */
#include "tensor/kernel_i8mm.h"
/* Behind the product. */
#include "tensor/kernel_all.h"
TARGET_END

KERNELS_TABLE(kernels_i8mm, ISA_NEON_I8MM, "i8mm")
#endif
