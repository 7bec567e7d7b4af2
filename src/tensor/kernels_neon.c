/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"

#if defined(__aarch64__)
#include <math.h>
#include <string.h>

#include "tensor/lanes_neon.h"
/* Behind the lanes. */
#include "tensor/kernel_attention.h"
#include "tensor/kernel_maxout.h"
#include "tensor/kernel_rows.h"

const struct kernels kernels_neon = {
    .name = "neon",
    .isa = ISA_NEON,
    .gemm = gemm_panel,
    .add_norm = add_norm,
    .embed_row = embed_row,
    .attend = attend,
    .pool = pool_rows,
    .maxout_norm = maxout_norm,
    .row_sum = row_sum,
    .gemv = gemv,
};
#endif
