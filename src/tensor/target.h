/* SPDX-License-Identifier: MIT */
#ifndef RSC_TARGET_H
#define RSC_TARGET_H

/*
 * Code for one instruction set inside an ordinary translation unit: no -m
 * flag, so that nothing outside of the region may use it.
 *
 *     TARGET_BEGIN("avx2,fma")
 *     ... functions ...
 *     TARGET_END
 */

#define TARGET_PRAGMA(text) _Pragma(#text)
#if defined(__clang__)
#define TARGET_BEGIN(isa)                                                      \
    TARGET_PRAGMA(clang attribute push(__attribute__((target(isa))),           \
                                       apply_to = function))
#define TARGET_END TARGET_PRAGMA(clang attribute pop)
#define UNROLL     TARGET_PRAGMA(clang loop unroll(full))
#else
#define TARGET_BEGIN(isa)                                                      \
    TARGET_PRAGMA(GCC push_options) TARGET_PRAGMA(GCC target(isa))
#define TARGET_END TARGET_PRAGMA(GCC pop_options)
#define UNROLL     TARGET_PRAGMA(GCC unroll 32)
#endif

/* Steps of k that weights are asked for ahead of their use. */
#define AHEAD 16

#define ALIGNED       __attribute__((aligned(64)))
#define ALWAYS_INLINE static inline __attribute__((always_inline, unused))

#endif
