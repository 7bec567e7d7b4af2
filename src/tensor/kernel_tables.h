/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_TABLES_H
#define RSC_KERNEL_TABLES_H

/* The tables of this build; kernels_find chooses among them. */

#include "tensor/kernels.h"

extern const struct kernels kernels_scalar;
#if defined(__x86_64__)
extern const struct kernels kernels_avx2;
extern const struct kernels kernels_avxvnni;
extern const struct kernels kernels_avx512;
extern const struct kernels kernels_avx512vnni;
extern const struct kernels kernels_avx512bf16;
extern const struct kernels kernels_amx;
#endif
#if defined(__aarch64__)
extern const struct kernels kernels_neon;
extern const struct kernels kernels_neondot;
extern const struct kernels kernels_i8mm;
#endif

#endif
