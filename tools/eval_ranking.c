/* SPDX-License-Identifier: MIT */
/*
 * How well do our scores rank resumes as people do? Reads a folder with
 * jobs.json {job: {skills}}, labels.json {job: {resume: label}} and
 * pdf/RESUME.pdf, scores every labelled pair, and prints the mean per-job
 * Spearman and nDCG beside BM25 and term coverage, how much of that hangs on
 * the choice of the jobs, and the same with each number of the configuration
 * halved and doubled.
 *
 * Usage: eval_ranking DATA HELPER [PACK [CONFIG...]]
 * HELPER is resume-scorer-extract, PACK the packed encoder. With configuration
 * files, one line is printed for each instead.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/vec.h"
#include "extract/extract.h"
#include "score/terms.h"
#include "tools/eval_kit.h"
#include "tools/eval_metrics.h"

#define MAX_PAIRS 64
#define MAX_JOBS  256

struct candidate {
    struct str name;
    struct eval_resume read;
    struct terms terms;
    double log_length; /* of the text in words */
};

struct question {
    struct str name;
    struct str *skills; /* as the job lists them */
    size_t n_skills;
    struct eval_job read;
    size_t n;
    struct candidate *candidates[MAX_PAIRS];
    double label[MAX_PAIRS];
};

struct eval {
    struct eval_kit kit;
    const char *data, *helper;
    VEC(struct candidate *) candidates;
    VEC(struct question *) questions;
    double mean_length; /* words per resume */
};

static json_t *load(struct eval *e, const char *name)
{
    char path[4096];
    json_error_t error;
    snprintf(path, sizeof(path), "%s/%s", e->data, name);
    json_t *value = json_load_file(path, 0, &error);
    if (!value) {
        ctx_fail(&e->kit.ctx, RSC_EFORMAT, "%s", error.text);
        eval_die(&e->kit, path);
    }
    return value;
}

static struct candidate *find_candidate(struct eval *e, const char *name)
{
    for (size_t i = 0; i < e->candidates.len; i++)
        if (str_eq(e->candidates.items[i]->name, str_of(name)))
            return e->candidates.items[i];
    return NULL;
}

/* Reads, parses and embeds a resume once. NULL where it cannot be read. */
static struct candidate *open_candidate(struct eval *e, const char *name)
{
    struct candidate *c = find_candidate(e, name);
    if (c)
        return c;
    char path[4096];
    struct str bytes;
    struct extract_options extract = EXTRACT_OPTIONS_DEFAULT;
    extract.helper = e->helper;
    snprintf(path, sizeof(path), "%s/pdf/%s.pdf", e->data, name);
    c = ctx_calloc(&e->kit.ctx, 1, sizeof(*c));
    if (!c || file_read(&e->kit.ctx, &bytes, path, LIMIT_FILE_BYTES) ||
        extract_document(&e->kit.ctx, &c->read.document, &extract, bytes) ||
        eval_read_resume(&e->kit, &c->read) ||
        terms_make(&e->kit.ctx, &c->terms, c->read.document.text)) {
        fprintf(stderr, "eval_ranking: %s is left out: %s\n", name,
                e->kit.ctx.error.message);
        memset(&e->kit.ctx.error, 0, sizeof(e->kit.ctx.error));
        return NULL;
    }
    c->name = ctx_copy(&e->kit.ctx, str_of(name));
    c->log_length = log(1.0 + (double)c->terms.n_words);
    struct candidate **slot = vec_push(&e->kit.ctx, &e->candidates);
    if (!slot)
        eval_die(&e->kit, "memory");
    return *slot = c;
}

/* The jobs are bare lists of skills: one per line, as a user would type. */
static void open_job(struct eval *e, struct question *q, const json_t *skills)
{
    struct str text = STR("");
    q->n_skills = json_array_size(skills);
    q->skills = ctx_calloc(&e->kit.ctx, q->n_skills, sizeof(*q->skills));
    for (size_t i = 0; i < q->n_skills; i++) {
        q->skills[i] = ctx_copy(
            &e->kit.ctx, str_of(json_string_value(json_array_get(skills, i))));
        text = ctx_printf(&e->kit.ctx, "%.*s%.*s\n", STR_ARG(text),
                          STR_ARG(q->skills[i]));
    }
    if (eval_read_job(&e->kit, &q->read, text))
        eval_die(&e->kit, "job");
}

static void open_questions(struct eval *e)
{
    json_t *jobs = load(e, "jobs.json"), *labels = load(e, "labels.json");
    const char *name, *resume;
    json_t *labelled, *label;
    json_object_foreach(labels, name, labelled)
    {
        if (e->questions.len == MAX_JOBS)
            break;
        struct question *q = ctx_calloc(&e->kit.ctx, 1, sizeof(*q));
        struct question **slot = vec_push(&e->kit.ctx, &e->questions);
        if (!q || !slot)
            eval_die(&e->kit, "memory");
        *slot = q;
        q->name = ctx_copy(&e->kit.ctx, str_of(name));
        open_job(e, q, json_object_get(json_object_get(jobs, name), "skills"));
        json_object_foreach(labelled, resume, label)
        {
            struct candidate *c = open_candidate(e, resume);
            if (!c || q->n == MAX_PAIRS)
                continue;
            q->label[q->n] = json_number_value(label);
            q->candidates[q->n++] = c;
        }
    }
    json_decref(jobs);
    json_decref(labels);
    double words = 0;
    for (size_t i = 0; i < e->candidates.len; i++)
        words += (double)e->candidates.items[i]->terms.n_words;
    e->mean_length = words / (double)e->candidates.len;
}

/* --- the ways of scoring ------------------------------------------------ */

typedef double scorer(struct eval *e, const struct question *q,
                      const struct candidate *c);

static double ours(struct eval *e, const struct question *q,
                   const struct candidate *c)
{
    struct ctx ctx;
    struct score score;
    ctx_init(&ctx, &e->kit.mem);
    if (eval_score(&ctx, &score, &e->kit, &q->read, &c->read)) {
        /* What cannot be judged stands last. */
        score.total = 0;
    }
    double total = score.total;
    ctx_clear(&ctx);
    return total;
}

static double length_only(struct eval *e, const struct question *q,
                          const struct candidate *c)
{
    (void)e;
    (void)q;
    return c->log_length;
}

static void job_terms(struct eval *e, struct terms *out,
                      const struct question *q)
{
    struct str all = STR("");
    for (size_t i = 0; i < q->n_skills; i++)
        all = ctx_printf(&e->kit.ctx, "%.*s %.*s", STR_ARG(all),
                         STR_ARG(q->skills[i]));
    if (terms_make(&e->kit.ctx, out, all))
        eval_die(&e->kit, "terms");
}

static double coverage(struct eval *e, const struct question *q,
                       const struct candidate *c)
{
    struct terms job;
    job_terms(e, &job, q);
    return (double)terms_common(&job, &c->terms) / (double)job.n_set;
}

static double bm25(struct eval *e, const struct question *q,
                   const struct candidate *c)
{
    const double k1 = 1.2, b = 0.75;
    struct terms job;
    double sum = 0, n = (double)e->candidates.len;
    job_terms(e, &job, q);
    for (size_t i = 0; i < job.n_set; i++) {
        struct terms one = {.set = &job.set[i], .n_set = 1};
        double df = 0, tf = 0;
        for (size_t d = 0; d < e->candidates.len; d++)
            df += (double)terms_common(&one, &e->candidates.items[d]->terms);
        for (size_t w = 0; w < c->terms.n_words; w++)
            tf += c->terms.words[w] == job.set[i];
        double idf = log(1 + (n - df + 0.5) / (df + 0.5));
        double norm = 1 - b + b * (double)c->terms.n_words / e->mean_length;
        sum += idf * tf * (k1 + 1) / (tf + k1 * norm);
    }
    return sum;
}

struct figures {
    double rho, rho_no_length, ndcg5, ndcg10;
};

/* Of one job. */
static struct figures measure_job(struct eval *e, scorer *score,
                                  const struct question *q)
{
    double s[MAX_PAIRS], length[MAX_PAIRS];
    struct figures f;
    for (size_t k = 0; k < q->n; k++) {
        s[k] = score(e, q, q->candidates[k]);
        length[k] = q->candidates[k]->log_length;
    }
    f.rho = eval_spearman(s, q->label, q->n);
    f.ndcg5 = eval_ndcg(s, q->label, q->n, 5);
    f.ndcg10 = eval_ndcg(s, q->label, q->n, 10);
    eval_regress_out(s, length, q->n);
    f.rho_no_length = eval_spearman(s, q->label, q->n);
    return f;
}

/* The mean over the jobs; by_job, unless NULL, gets those of each. */
static struct figures measure(struct eval *e, scorer *score,
                              struct figures *by_job)
{
    struct figures mean = {0};
    double n = (double)e->questions.len;
    for (size_t i = 0; i < e->questions.len; i++) {
        struct figures f = measure_job(e, score, e->questions.items[i]);
        if (by_job)
            by_job[i] = f;
        mean.rho += f.rho / n;
        mean.rho_no_length += f.rho_no_length / n;
        mean.ndcg5 += f.ndcg5 / n;
        mean.ndcg10 += f.ndcg10 / n;
    }
    return mean;
}

static void print_line(const char *name, struct figures f)
{
    printf("%-34s %6.3f %6.3f %6.3f %6.3f\n", name, f.rho, f.rho_no_length,
           f.ndcg5, f.ndcg10);
}

static void print_sensitivity(struct eval *e)
{
    struct score_config before = e->kit.config;
    struct figures base = measure(e, ours, NULL);
    const char *section, *key;
    printf("\neach number halved and doubled (only what changes a figure)\n");
    for (size_t i = 0;
         score_config_vary(&e->kit.config, i, 100, &section, &key); i++) {
        for (unsigned percent = 50; percent <= 200; percent += 150) {
            char name[64];
            e->kit.config = before;
            score_config_vary(&e->kit.config, i, percent, &section, &key);
            struct figures f = measure(e, ours, NULL);
            snprintf(name, sizeof(name), "%s.%s x%s", section, key,
                     percent == 50 ? "0.5" : "2");
            if (memcmp(&f, &base, sizeof(f)))
                print_line(name, f);
        }
        e->kit.config = before;
    }
}

static void print_interval(const char *name, struct eval_interval rho,
                           struct eval_interval ndcg)
{
    printf("%-44s %6.3f to %6.3f  %6.3f to %6.3f\n", name, rho.low, rho.high,
           ndcg.low, ndcg.high);
}

/* How much hangs on which jobs these are: the figures with other draws of
 * them, with any one left out, and what is left of the lead over BM25. */
static void print_spread(const struct figures *ours,
                         const struct figures *others, size_t n)
{
    double rho[MAX_JOBS], ndcg[MAX_JOBS], rho_lead[MAX_JOBS],
        ndcg_lead[MAX_JOBS];
    for (size_t i = 0; i < n; i++) {
        rho[i] = ours[i].rho;
        ndcg[i] = ours[i].ndcg5;
        rho_lead[i] = ours[i].rho - others[i].rho;
        ndcg_lead[i] = ours[i].ndcg5 - others[i].ndcg5;
    }
    printf("\nhow sure the means are %22s rho %13s nDCG5\n", "", "");
    print_interval("95 % of draws of the jobs", eval_bootstrap(rho, n),
                   eval_bootstrap(ndcg, n));
    print_interval("least and most with one job left out",
                   eval_leave_one_out(rho, n), eval_leave_one_out(ndcg, n));
    print_interval("95 % of draws: ours less BM25", eval_bootstrap(rho_lead, n),
                   eval_bootstrap(ndcg_lead, n));
}

static void report(struct eval *e)
{
    struct figures by_job[MAX_JOBS], others[MAX_JOBS];
    if (!e->kit.embedder)
        printf("without a model: by words alone\n");
    printf("%zu jobs, %zu resumes; mean over the jobs\n", e->questions.len,
           e->candidates.len);
    printf("%-34s %6s %6s %6s %6s\n", "", "rho", "-len", "nDCG5", "nDCG10");
    print_line("ours", measure(e, ours, by_job));
    print_line("BM25", measure(e, bm25, others));
    print_line("term coverage", measure(e, coverage, NULL));
    print_line("log length alone", measure(e, length_only, NULL));
    print_spread(by_job, others, e->questions.len);
    printf("\nours, job by job\n");
    for (size_t i = 0; i < e->questions.len; i++) {
        const struct question *q = e->questions.items[i];
        printf("  %.8s %3zu  %6.3f %6.3f %6.3f %6.3f\n", q->name.data, q->n,
               by_job[i].rho, by_job[i].rho_no_length, by_job[i].ndcg5,
               by_job[i].ndcg10);
    }
    print_sensitivity(e);
}

static void compare_configs(struct eval *e, char **paths)
{
    struct score_config before = e->kit.config;
    for (; *paths; paths++) {
        struct str ini;
        e->kit.config = before;
        if (file_read(&e->kit.ctx, &ini, *paths, 65536) ||
            score_config_read(&e->kit.ctx, &e->kit.config, ini, *paths))
            eval_die(&e->kit, *paths);
        print_line(*paths, measure(e, ours, NULL));
    }
}

int main(int argc, char **argv)
{
    static struct eval e = {
        .kit = {.program = "eval_ranking", .as_of = {2020, 1}}};
    if (argc < 3) {
        fprintf(stderr, "usage: eval_ranking DATA HELPER [PACK]\n");
        return 2;
    }
    e.data = argv[1];
    e.helper = argv[2];
    FILE *probe = fopen(argv[1], "r");
    if (!probe) {
        printf("eval_ranking: skipped, %s is not there\n", argv[1]);
        return 0;
    }
    fclose(probe);
    eval_kit_open(&e.kit, argc > 3 ? argv[3] : NULL);
    open_questions(&e);
    if (argc > 4)
        compare_configs(&e, argv + 4);
    else
        report(&e);
    eval_kit_close(&e.kit);
    return 0;
}
