/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__aarch64__)
#include <math.h>
#include <string.h>

#include "tensor/target.h"

#include "tensor/lanes_neon.h"
/* Behind the lanes. */
#include "tensor/kernel_all.h"

KERNELS_TABLE(kernels_neon, ISA_NEON, "neon")
#endif
