/* SPDX-License-Identifier: MIT */
#include "tensor/kernel_tables.h"
#include "tensor/lanes_scalar.h"
/* Behind the lanes. */
#include "tensor/kernel_attention.h"
#include "tensor/kernel_maxout.h"
#include "tensor/kernel_rows.h"

const struct kernels kernels_scalar = {
    .name = "scalar",
    .isa = ISA_SCALAR,
    .gemm = gemm_panel,
    .add_norm = add_norm,
    .embed_row = embed_row,
    .attend = attend,
    .pool = pool_rows,
    .maxout_norm = maxout_norm,
    .row_sum = row_sum,
    .gemv = gemv,
};
