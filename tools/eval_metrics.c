/* SPDX-License-Identifier: MIT */
#include "tools/eval_metrics.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

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

#define DRAWS 10000

static int compare_doubles(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

struct eval_interval eval_bootstrap(const double *value, size_t n)
{
    static double means[DRAWS];
    uint64_t state = 1; /* Knuth's generator; its upper bits are random */
    if (n == 0)
        return (struct eval_interval){0, 0};
    for (size_t d = 0; d < DRAWS; d++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            sum += value[(state >> 33) % n];
        }
        means[d] = sum / (double)n;
    }
    qsort(means, DRAWS, sizeof(means[0]), compare_doubles);
    return (struct eval_interval){means[DRAWS / 40],
                                  means[DRAWS - 1 - DRAWS / 40]};
}

struct eval_interval eval_leave_one_out(const double *value, size_t n)
{
    struct eval_interval out = {0, 0};
    double sum = mean_of(value, n) * (double)n;
    for (size_t i = 0; n > 1 && i < n; i++) {
        double mean = (sum - value[i]) / (double)(n - 1);
        out.low = i == 0 || mean < out.low ? mean : out.low;
        out.high = i == 0 || mean > out.high ? mean : out.high;
    }
    return out;
}
