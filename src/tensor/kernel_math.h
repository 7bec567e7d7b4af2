/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_MATH_H
#define RSC_KERNEL_MATH_H

/* exp and GELU over lanes. To be included behind one of the lanes_*.h. */

#ifndef ROWS
#include "tensor/lanes_scalar.h"
#endif

/* c[0] + x * (c[1] + x * (...)) for `n` coefficients. */
ALWAYS_INLINE vf polynomial(vf x, const float *c, const int n)
{
    vf r = vf_set(c[n - 1]);

    UNROLL for (int i = n - 2; i >= 0; i--) r = vf_fma(r, x, vf_set(c[i]));
    return r;
}

/* exp(x) for x <= 0, within 2e-7 of its value; below -87 as at -87.
 * 2^n * exp(r) with |r| <= ln(2) / 2 and a polynomial for exp(r) - 1 - r that
 * has the least greatest error. */
ALWAYS_INLINE vf vf_exp(vf x)
{
    static const float C[] = {1.0F,           1.0F,          0.499991477F,
                              0.16666457057F, 0.0418981947F, 0.00837463513F};

    x = vf_max(x, vf_set(-87.0F));
    vi n = vf_round(vf_mul(x, vf_set(1.44269504F)));
    vf f = vi_to_vf(n);
    /* ln(2) in two parts: the product of the first with n is exact. */
    vf r = vf_fma(f, vf_set(-0.693359375F), x);
    r = vf_fma(f, vf_set(2.12194440e-4F), r);
    return vf_scale2(polynomial(r, C, 6), n);
}

/* x * Phi(x), Phi the normal distribution (the erf form of GELU), within 5e-6:
 * Phi(x) - 1/2 = x * p(x^2) for |x| <= 5, with the argument of p mapped to
 * [-1, 1], where its coefficients stay small. */
ALWAYS_INLINE vf vf_gelu(vf x)
{
    static const float C[] = {
        0.141363755F,  -0.0702982321F,  0.0515253991F,  -0.0403919853F,
        0.0313567184F, -0.0236249417F,  0.0169101581F,  -0.0101654856F,
        0.005113237F,  -0.00388683076F, 0.00319447275F, -0.00109637447F,
    };
    vf c = vf_max(vf_min(x, vf_set(5.0F)), vf_set(-5.0F));
    vf s = vf_fma(vf_mul(c, c), vf_set(0.08F), vf_set(-1.0F));
    vf phi = vf_fma(c, polynomial(s, C, 12), vf_set(0.5F));
    return vf_mul(x, phi);
}

/* The same for n registers side by side, within 2e-4, for what becomes bytes
 * next: those have steps of a hundredth. Side by side, because a chain of
 * multiply-adds alone leaves the processor waiting. */
ALWAYS_INLINE void vf_gelu_bytes(vf *x, const int n)
{
    static const float C[] = {
        0.175970212F,  -0.084426619F,  0.055410195F,   -0.035462338F,
        0.0240910463F, -0.0165509004F, 0.00597203802F,
    };
    vf c[MANY], s[MANY], phi[MANY];

    UNROLL for (int i = 0; i < n; i++)
    {
        c[i] = vf_max(vf_min(x[i], vf_set(4.0F)), vf_set(-4.0F));
        s[i] = vf_fma(vf_mul(c[i], c[i]), vf_set(0.125F), vf_set(-1.0F));
        phi[i] = vf_set(C[6]);
    }
    UNROLL for (int k = 5; k >= 0; k--) UNROLL for (int i = 0; i < n; i++)
        phi[i] = vf_fma(phi[i], s[i], vf_set(C[k]));
    UNROLL for (int i = 0; i < n; i++) x[i] =
        vf_mul(x[i], vf_fma(c[i], phi[i], vf_set(0.5F)));
}

/* round(255 * 2^x) for x <= 0, n registers side by side; 2^x within 1e-4 of
 * its value. */
ALWAYS_INLINE void vf_exp2_bytes(vi *out, const vf *x, const int n)
{
    static const float C[] = {254.981655F, 176.781547F, 61.8658369F,
                              14.0687756F};
    vf r[MANY], f[MANY];
    vi whole[MANY];

    UNROLL for (int i = 0; i < n; i++)
    {
        f[i] = vf_max(x[i], vf_set(-60.0F));
        whole[i] = vf_round(f[i]);
        f[i] = vf_sub(f[i], vi_to_vf(whole[i]));
        r[i] = vf_set(C[3]);
    }
    UNROLL for (int k = 2; k >= 0; k--) UNROLL for (int i = 0; i < n; i++)
        r[i] = vf_fma(r[i], f[i], vf_set(C[k]));
    UNROLL for (int i = 0; i < n; i++) out[i] =
        vf_round(vf_scale2(r[i], whole[i]));
}

#endif
