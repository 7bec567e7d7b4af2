/* SPDX-License-Identifier: MIT */
#ifndef RSC_PEAK_H
#define RSC_PEAK_H

/*
 * What one core could do at the most, in 10^9 operations per second: a loop
 * of independent multiply-adds that touches no memory, by the best
 * instructions that the processor has. 0 where none is known here.
 */

#include <time.h>

#include "base/cpu.h"
#include "tensor/target.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define PEAK_ROUNDS 20000
#define PEAK_CHAINS 12

TARGET_BEGIN("avx512f,avx512bw,avx512vnni")
static inline void peak_vnni(void)
{
    __m512i sum[PEAK_CHAINS], a = _mm512_set1_epi32(0x01020304);

    UNROLL for (int i = 0; i < PEAK_CHAINS; i++) sum[i] = _mm512_set1_epi32(i);
    for (int r = 0; r < PEAK_ROUNDS; r++) {
        UNROLL for (int i = 0; i < PEAK_CHAINS; i++)
        {
            sum[i] = _mm512_dpbusd_epi32(sum[i], a, a);
            __asm__ volatile("" : "+v"(sum[i]));
        }
    }
}

static inline void peak_fma512(void)
{
    __m512 sum[PEAK_CHAINS], a = _mm512_set1_ps(1e-3F);

    UNROLL for (int i = 0; i < PEAK_CHAINS; i++) sum[i] =
        _mm512_set1_ps((float)i);
    for (int r = 0; r < PEAK_ROUNDS; r++) {
        UNROLL for (int i = 0; i < PEAK_CHAINS; i++)
        {
            sum[i] = _mm512_fmadd_ps(sum[i], a, a);
            __asm__ volatile("" : "+v"(sum[i]));
        }
    }
}
TARGET_END

TARGET_BEGIN("avx2,fma")
static inline void peak_fma256(void)
{
    __m256 sum[PEAK_CHAINS], a = _mm256_set1_ps(1e-3F);

    UNROLL for (int i = 0; i < PEAK_CHAINS; i++) sum[i] =
        _mm256_set1_ps((float)i);
    for (int r = 0; r < PEAK_ROUNDS; r++) {
        UNROLL for (int i = 0; i < PEAK_CHAINS; i++)
        {
            sum[i] = _mm256_fmadd_ps(sum[i], a, a);
            __asm__ volatile("" : "+v"(sum[i]));
        }
    }
}
TARGET_END

static inline double peak_time(void (*loop)(void))
{
    double least = 1e9;

    for (int i = 0; i < 50; i++) {
        struct timespec a, b;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
        loop();
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
        double s = (double)(b.tv_sec - a.tv_sec) +
                   (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
        least = s < least ? s : least;
    }
    return least;
}

static inline double peak_of(bool bytes)
{
    struct cpu cpu;
    double chains = (double)PEAK_ROUNDS * PEAK_CHAINS * 1e-9;

    cpu_detect(&cpu);
    if (bytes)
        return cpu_has(&cpu, ISA_AVX512VNNI)
                   ? chains * 128 / peak_time(peak_vnni)
                   : 0;
    if (cpu_has(&cpu, ISA_AVX512))
        return chains * 32 / peak_time(peak_fma512);
    return cpu_has(&cpu, ISA_AVX2) ? chains * 16 / peak_time(peak_fma256) : 0;
}

#else

static inline double peak_of(bool bytes)
{
    (void)bytes;
    return 0;
}

#endif

#endif
