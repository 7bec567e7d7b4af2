/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_ALL_H
#define RSC_KERNEL_ALL_H

/* Every function of a table, and the table. To be included behind one of the
 * lanes_*.h, inside of its target region. */

#include "tensor/kernel_attention.h"
#include "tensor/kernel_attention_s8.h"
#include "tensor/kernel_bf16.h"
#include "tensor/kernel_maxout.h"
#include "tensor/kernel_rows.h"

#define KERNELS_TABLE(table_name, table_isa, isa_text)                         \
    const struct kernels table_name = {                                        \
        .name = isa_text,                                                      \
        .isa = table_isa,                                                      \
        .gemm = gemm_panel,                                                    \
        .add_norm = add_norm,                                                  \
        .embed_row = embed_row,                                                \
        .attend = attend,                                                      \
        .attend_s8 = attend_s8,                                                \
        .pool = pool_rows,                                                     \
        .gemm_s8 = GEMM_S8,                                                    \
        .quantize = quantize_rows,                                             \
        .gemm_bf16 = GEMM_BF16,                                                \
        .narrow = narrow,                                                      \
        .maxout_norm = maxout_norm,                                            \
        .row_sum = row_sum,                                                    \
        .gemv = gemv,                                                          \
    };

#endif
