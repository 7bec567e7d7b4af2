/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"
#include "tensor/lanes_scalar.h"
/* Behind the lanes. */
#include "tensor/kernel_gemm.h"

const struct kernels kernels_scalar = {
    .name = "scalar",
    .isa = ISA_SCALAR,
    .gemm = gemm_panel,
};
