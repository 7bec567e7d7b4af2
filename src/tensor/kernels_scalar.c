/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#include <math.h>
#include <string.h>

#include "tensor/target.h"

#include "tensor/lanes_scalar.h"
/* Behind the lanes. */
#include "tensor/kernel_all.h"

KERNELS_TABLE(kernels_scalar, ISA_SCALAR, "scalar")
