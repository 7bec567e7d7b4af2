/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__aarch64__)
#include "tensor/lanes_neon.h"
/* Behind the lanes. */
#include "tensor/kernel_gemm.h"

const struct kernels kernels_neon = {
    .name = "neon",
    .isa = ISA_NEON,
    .gemm = gemm_panel,
};
#endif
