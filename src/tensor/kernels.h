/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNELS_H
#define RSC_KERNELS_H

/*
 * The arithmetic of the models: one constant table of functions per
 * instruction set, chosen once and passed along.
 *
 * Every table computes the same bytes. Products of matrices use one
 * accumulator per output and add in the order of k with a fused multiply-add;
 * everything else works on blocks of 16 lanes with one tree for sums; nothing
 * comes from libm but the exactly rounded fma. The caller's thread rounds to
 * nearest and keeps subnormals (fpenv.h).
 *
 * Threads: tables are constant; every function may run in any thread.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"

/* Columns of one panel of weights. */
#define PANEL 32

/* y = a * b + bias for m rows; b is a panel [k][ldb] of which n columns are
 * used, n a multiple of PANEL. */
struct gemm {
    const float *a; /* [m][lda]; rows may overlap */
    size_t lda;
    const float *b;
    size_t ldb;
    size_t m, k;
    float *y; /* [m][ldy] */
    size_t ldy;
    const float *bias; /* [PANEL], or NULL */
    bool gelu;         /* applied last */
};

/* One panel of columns of a product of matrices, in each instruction set. */
struct kernels {
    const char *name;
    enum isa isa;
    /* Exactly PANEL columns. */
    void (*gemm)(const struct gemm *job);
};

/* The table for an instruction set; NULL when this build has none. The
 * processor must have it (cpu_has). */
const struct kernels *kernels_find(enum isa isa);
/* The fastest one that the processor has. */
const struct kernels *kernels_best(const struct cpu *cpu);

#endif
