/* SPDX-License-Identifier: MIT */
#include "tools/eval_metrics.h"

#include <math.h>

static void ranks_of(double *rank, const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t below = 0, same = 0;
        for (size_t k = 0; k < n; k++) {
            below += value[k] < value[i];
            same += value[k] == value[i];
        }
        rank[i] = (double)below + ((double)same - 1) / 2;
    }
}

static double mean_of(const double *value, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return sum / (double)n;
}

double eval_spearman(const double *score, const double *label, size_t n)
{
    double a[EVAL_MOST], b[EVAL_MOST], ab = 0, aa = 0, bb = 0;
    if (n < 2 || n > EVAL_MOST)
        return 0;
    ranks_of(a, score, n);
    ranks_of(b, label, n);
    double ma = mean_of(a, n), mb = mean_of(b, n);
    for (size_t i = 0; i < n; i++) {
        ab += (a[i] - ma) * (b[i] - mb);
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* Discounts of the places [from, to) that lie within the first k. */
static double discounts(size_t from, size_t to, size_t k)
{
    double sum = 0;
    for (size_t i = from; i < to && i < k; i++)
        sum += 1 / log2((double)i + 2);
    return sum;
}

static double gain_by(const double *key, const double *label, size_t n,
                      size_t k)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        size_t above = 0, same = 0;
        for (size_t j = 0; j < n; j++) {
            above += key[j] > key[i];
            same += key[j] == key[i];
        }
        sum += (exp2(label[i]) - 1) * discounts(above, above + same, k) /
               (double)same;
    }
    return sum;
}

double eval_ndcg(const double *score, const double *label, size_t n, size_t k)
{
    double best = gain_by(label, label, n, k);
    return best > 0 ? gain_by(score, label, n, k) / best : 0;
}

void eval_regress_out(double *score, const double *by, size_t n)
{
    double ms = mean_of(score, n), mb = mean_of(by, n), sb = 0, bb = 0;
    for (size_t i = 0; i < n; i++) {
        sb += (score[i] - ms) * (by[i] - mb);
        bb += (by[i] - mb) * (by[i] - mb);
    }
    for (size_t i = 0; i < n && bb > 0; i++)
        score[i] -= sb / bb * (by[i] - mb);
}
