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

#endif
