/* SPDX-License-Identifier: MIT */
#ifndef RSC_EVAL_METRICS_H
#define RSC_EVAL_METRICS_H

/* Figures of a ranking against human labels. Ties share their ranks, and a
 * group of ties shares its gain, so that no order of files decides. */

#include <stddef.h>

/* Values that can be ranked; more give 0. */
#define EVAL_MOST 16384

/* Rank correlation, 0 where one side is constant. */
double eval_spearman(const double *score, const double *label, size_t n);
/* Normalised discounted gain of the first k, with the gain 2^label - 1. */
double eval_ndcg(const double *score, const double *label, size_t n, size_t k);
/* Takes the part of score that a line through `by` explains out of it. */
void eval_regress_out(double *score, const double *by, size_t n);

struct eval_interval {
    double low, high;
};

/* Where 95 of 100 means of n values lie that are drawn anew from these, with
 * repetition; the draws are the same in every run. */
struct eval_interval eval_bootstrap(const double *value, size_t n);
/* The least and the most mean with one of the values left out. */
struct eval_interval eval_leave_one_out(const double *value, size_t n);

#endif
