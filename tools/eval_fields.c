/* SPDX-License-Identifier: MIT */
/*
 * Does a resume score higher for a job of its own line of work than resumes
 * of others do? Scores each of our resumes for each of our jobs and prints,
 * by the table FITS (tests/cases/fits.txt): the share of pairs that stand in
 * the right order (AUC; a tie is half), the mean reciprocal rank of the best
 * fitting resume, and how high both groups score.
 *
 * Usage: eval_fields CASES PACK|- [-v]
 * CASES is tests/cases, PACK the packed encoder, "-" for none; -v prints the
 * totals of the fitting ones.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "text/plain.h"
#include "tools/eval_kit.h"

#define MAX_RESUMES 128

struct person {
    struct str name;
    struct eval_resume read;
};

struct eval {
    struct eval_kit kit;
    const char *cases;
    bool verbose;
    struct person people[MAX_RESUMES];
    size_t n_people;
};

enum fit {
    FIT_OTHER,
    FIT_NEAR,
    FIT_OWN,
    FITS
};

/* Sums over the jobs. */
struct sums {
    size_t jobs;
    double auc, reciprocal;
    double fit, other; /* mean totals */
    double in_band[FITS][CONFIG_BANDS], all[FITS];
    double duty_fit, duty_other;
    size_t duty_jobs;
};

static struct str read_case(struct eval *e, const char *folder, struct str name)
{
    char path[4096];
    struct str text;
    snprintf(path, sizeof(path), "%s/%s%.*s.txt", e->cases, folder,
             STR_ARG(name));
    if (file_read(&e->kit.ctx, &text, path, 1 << 20))
        eval_die(&e->kit, path);
    return text;
}

static struct person *open_person(struct eval *e, struct str name)
{
    for (size_t i = 0; i < e->n_people; i++)
        if (str_eq(e->people[i].name, name))
            return &e->people[i];
    struct person *p = &e->people[e->n_people++];
    if (e->n_people == MAX_RESUMES ||
        plain_document(&e->kit.ctx, &p->read.document,
                       read_case(e, "resumes/", name)) ||
        eval_read_resume(&e->kit, &p->read))
        eval_die(&e->kit, name.data);
    p->name = name;
    return p;
}

/* Total in points; the mean credit of the duties, in hundredths, where there
 * are any. */
static double score_one(struct eval *e, const struct eval_job *job,
                        const struct person *p, double *duties)
{
    struct ctx ctx;
    struct score score;
    double total = 0, sum = 0, n = 0;
    ctx_init(&ctx, &e->kit.mem);
    if (eval_score(&ctx, &score, &e->kit, job, &p->read) == RSC_OK) {
        total = score.total / 100.0;
        for (size_t r = 0; r < score.n_requirements; r++)
            if (job->job.requirements[r].kind == REQUIREMENT_DUTY &&
                score.requirements[r].assessed) {
                sum += score.requirements[r].credit / 10.0;
                n++;
            }
    }
    *duties = n > 0 ? sum / n : -1;
    ctx_clear(&ctx);
    return total;
}

/* The names in one half of a line. */
static void mark(struct eval *e, enum fit *fit, struct str names, enum fit as)
{
    struct str name;
    while (str_next_field(&names, ' ', &name)) {
        if (str_trim(name).len)
            fit[open_person(e, str_trim(name)) - e->people] = as;
    }
}

static double mean_of(const double *value, const enum fit *fit, size_t n,
                      enum fit which)
{
    double sum = 0, all = 0;
    for (size_t i = 0; i < n; i++)
        if (fit[i] == which && value[i] >= 0) {
            sum += value[i];
            all++;
        }
    return all > 0 ? sum / all : -1;
}

static void add_order(struct sums *sums, const double *total,
                      const enum fit *fit, size_t n)
{
    double right = 0, pairs = 0, best = 0;
    for (size_t i = 0; i < n; i++) {
        double above = 0;
        if (fit[i] != FIT_OWN)
            continue;
        for (size_t k = 0; k < n; k++) {
            if (fit[k] != FIT_OTHER)
                continue;
            double half = total[i] == total[k] ? 0.5 : 0;
            right += total[i] > total[k] ? 1 : half;
            above += total[k] > total[i] ? 1 : half;
            pairs++;
        }
        if (1 / (1 + above) > best)
            best = 1 / (1 + above);
    }
    sums->auc += right / pairs;
    sums->reciprocal += best;
}

static void add_bands(struct eval *e, struct sums *sums, const double *total,
                      const enum fit *fit)
{
    for (size_t i = 0; i < e->n_people; i++) {
        size_t band = 0;
        while (band + 1 < CONFIG_BANDS &&
               total[i] * 100 < e->kit.config.band[band].from)
            band++;
        sums->in_band[fit[i]][band]++;
        sums->all[fit[i]]++;
    }
}

static void add_job(struct eval *e, struct sums *sums, struct str name,
                    const enum fit *fit)
{
    double total[MAX_RESUMES], duties[MAX_RESUMES];
    struct eval_job *job = ctx_calloc(&e->kit.ctx, 1, sizeof(*job));
    if (!job || eval_read_job(&e->kit, job, read_case(e, "jobs/", name)))
        eval_die(&e->kit, name.data);
    for (size_t i = 0; i < e->n_people; i++)
        total[i] = score_one(e, job, &e->people[i], &duties[i]);
    double own = mean_of(total, fit, e->n_people, FIT_OWN);
    double other = mean_of(total, fit, e->n_people, FIT_OTHER);
    double duty = mean_of(duties, fit, e->n_people, FIT_OWN);
    add_order(sums, total, fit, e->n_people);
    add_bands(e, sums, total, fit);
    sums->jobs++;
    sums->fit += own;
    sums->other += other;
    if (duty >= 0) {
        sums->duty_jobs++;
        sums->duty_fit += duty;
        sums->duty_other += mean_of(duties, fit, e->n_people, FIT_OTHER);
    }
    for (size_t i = 0; i < e->n_people && e->verbose; i++)
        if (fit[i] == FIT_OWN)
            printf("  %-24.*s %-20.*s %6.2f  duties %5.1f  others %6.2f\n",
                   STR_ARG(name), STR_ARG(e->people[i].name), total[i],
                   duties[i], other);
}

/* All people of the table first: each is measured against all others. */
static void walk(struct eval *e, struct str fits, struct sums *sums)
{
    struct str line;
    while (str_next_field(&fits, '\n', &line)) {
        enum fit fit[MAX_RESUMES] = {FIT_OTHER};
        struct str job, own;
        if (line.len == 0 || line.data[0] == '#' ||
            !str_next_field(&line, ':', &job) ||
            !str_next_field(&line, '|', &own))
            continue;
        mark(e, fit, own, FIT_OWN);
        mark(e, fit, line, FIT_NEAR);
        if (sums && str_trim(own).len)
            add_job(e, sums, job, fit);
    }
}

int main(int argc, char **argv)
{
    static struct eval e = {
        .kit = {.program = "eval_fields", .as_of = {2026, 6}}};
    struct sums s = {0};
    if (argc < 3) {
        fprintf(stderr, "usage: eval_fields CASES PACK|- [-v]\n");
        return 2;
    }
    e.cases = argv[1];
    e.verbose = argc > 3;
    eval_kit_open(&e.kit, argv[2]);
    struct str fits = read_case(&e, "", STR("fits"));
    walk(&e, fits, NULL);
    walk(&e, fits, &s);
    double n = (double)s.jobs, d = (double)s.duty_jobs;
    printf("%zu jobs, %zu resumes%s\n", s.jobs, e.n_people,
           e.kit.embedder ? "" : "; without a model: by words alone");
    printf("right order of own and other lines of work (AUC)  %.3f\n",
           s.auc / n);
    printf("mean reciprocal rank of the best own one          %.3f\n",
           s.reciprocal / n);
    printf("mean total, own line of work / others             %.1f / %.1f\n",
           s.fit / n, s.other / n);
    printf("mean credit of duties, own / others (%zu jobs)     %.1f / %.1f\n",
           s.duty_jobs, s.duty_fit / d, s.duty_other / d);
    for (size_t b = 0; b < CONFIG_BANDS; b++)
        printf("%-14s own %5.1f %%  neighbouring %5.1f %%  others %5.1f %%\n",
               e.kit.config.band[b].name,
               100 * s.in_band[FIT_OWN][b] / s.all[FIT_OWN],
               100 * s.in_band[FIT_NEAR][b] / s.all[FIT_NEAR],
               100 * s.in_band[FIT_OTHER][b] / s.all[FIT_OTHER]);
    eval_kit_close(&e.kit);
    return 0;
}
