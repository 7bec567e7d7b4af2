/* SPDX-License-Identifier: MIT */
#ifndef RSC_FPENV_H
#define RSC_FPENV_H

/*
 * The processor's floating-point mode. A host program that was linked with
 * -ffast-math flushes subnormals to zero in every thread; the same text must
 * give the same bytes there, too. So whoever runs kernels does:
 *
 *     uint64_t mode = fpenv_enter();   // nearest, subnormals kept
 *     ...
 *     fpenv_leave(mode);
 */

#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

static inline uint64_t fpenv_enter(void)
{
#if defined(__x86_64__)
    uint32_t old = _mm_getcsr();
    /* All exceptions masked, nearest, no flush to zero. */
    _mm_setcsr(0x1f80);
    return old;
#elif defined(__aarch64__)
    uint64_t old;
    __asm__ volatile("mrs %0, fpcr" : "=r"(old));
    __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)0));
    return old;
#else
    return 0;
#endif
}

static inline void fpenv_leave(uint64_t old)
{
#if defined(__x86_64__)
    _mm_setcsr((uint32_t)old);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(old));
#else
    (void)old;
#endif
}

#endif
