/* SPDX-License-Identifier: MIT */
/*
 * How well do our scores rank resumes as people do? Reads a folder with
 * jobs.json {job: {skills}}, labels.json {job: {resume: label}} and
 * pdf/RESUME.pdf, scores every labelled pair, and prints the mean per-job
 * Spearman and nDCG beside BM25 and term coverage, then with each number of
 * the configuration halved and doubled.
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
#include "base/mem.h"
#include "base/vec.h"
#include "embed/embed.h"
#include "extract/extract.h"
#include "score/score.h"
#include "score/terms.h"
#include "text/plain.h"
#include "tools/eval_metrics.h"

#define MAX_PAIRS 64

struct candidate {
    struct str name;
    struct document document;
    struct resume resume;
    float *vectors;
    struct terms terms;
    double log_length; /* of the text in words */
};

struct question {
    struct str name;
    struct str *skills; /* as the job lists them */
    size_t n_skills;
    struct job job;
    float *vectors;
    size_t n;
    struct candidate *candidates[MAX_PAIRS];
    double label[MAX_PAIRS];
};

struct eval {
    struct ctx ctx;
    struct mem mem;
    struct ontology *ontology;
    struct embedder *embedder;
    size_t dim;
    struct score_config config;
    const char *data, *helper;
    VEC(struct candidate *) candidates;
    VEC(struct question *) questions;
    double mean_length; /* words per resume */
};

static void die(const struct eval *e, const char *what)
{
    fprintf(stderr, "eval_ranking: %s: %s\n", what, e->ctx.error.message);
    exit(1);
}

static json_t *load(struct eval *e, const char *name)
{
    char path[4096];
    json_error_t error;
    snprintf(path, sizeof(path), "%s/%s", e->data, name);
    json_t *value = json_load_file(path, 0, &error);
    if (!value) {
        ctx_fail(&e->ctx, RSC_EFORMAT, "%s", error.text);
        die(e, path);
    }
    return value;
}

static float *embed(struct eval *e, const struct str *texts, size_t n)
{
    if (!e->embedder)
        return NULL;
    float *out = ctx_alloc_array(&e->ctx, n * e->dim, sizeof(*out));
    if (!out || embed_texts(&e->ctx, e->embedder, texts, n, out, NULL))
        die(e, "vectors");
    return out;
}

static float *embed_sentences(struct eval *e, const struct resume *resume)
{
    struct str *texts =
        ctx_alloc_array(&e->ctx, resume->n_sentences, sizeof(*texts));
    if (!texts)
        die(e, "memory");
    for (size_t i = 0; i < resume->n_sentences; i++)
        texts[i] = resume->sentences[i].blind;
    return embed(e, texts, resume->n_sentences);
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
    /* A fixed date: nothing here may hang on today. */
    struct resume_options options = {.as_of = {2020, 1}};
    extract.helper = e->helper;
    snprintf(path, sizeof(path), "%s/pdf/%s.pdf", e->data, name);
    c = ctx_calloc(&e->ctx, 1, sizeof(*c));
    if (!c || file_read(&e->ctx, &bytes, path, LIMIT_FILE_BYTES) ||
        extract_document(&e->ctx, &c->document, &extract, bytes) ||
        resume_parse(&e->ctx, &c->resume, &c->document, e->ontology,
                     &options) ||
        terms_make(&e->ctx, &c->terms, c->document.text)) {
        fprintf(stderr, "eval_ranking: %s is left out: %s\n", name,
                e->ctx.error.message);
        memset(&e->ctx.error, 0, sizeof(e->ctx.error));
        return NULL;
    }
    c->name = ctx_copy(&e->ctx, str_of(name));
    c->vectors = embed_sentences(e, &c->resume);
    c->log_length = log(1.0 + (double)c->terms.n_words);
    struct candidate **slot = vec_push(&e->ctx, &e->candidates);
    if (!slot)
        die(e, "memory");
    return *slot = c;
}

/* The jobs are bare lists of skills: one per line, as a user would type. */
static void open_job(struct eval *e, struct question *q, const json_t *skills)
{
    struct str text = STR("");
    struct document *doc = ctx_calloc(&e->ctx, 1, sizeof(*doc));
    q->n_skills = json_array_size(skills);
    q->skills = ctx_calloc(&e->ctx, q->n_skills, sizeof(*q->skills));
    for (size_t i = 0; i < q->n_skills; i++) {
        q->skills[i] = ctx_copy(
            &e->ctx, str_of(json_string_value(json_array_get(skills, i))));
        text = ctx_printf(&e->ctx, "%.*s%.*s\n", STR_ARG(text),
                          STR_ARG(q->skills[i]));
    }
    if (plain_document(&e->ctx, doc, text) ||
        job_parse(&e->ctx, &q->job, doc, e->ontology))
        die(e, "job");
    struct str *texts =
        ctx_alloc_array(&e->ctx, q->job.n_requirements, sizeof(*texts));
    for (size_t r = 0; r < q->job.n_requirements; r++)
        texts[r] = q->job.requirements[r].text;
    q->vectors = embed(e, texts, q->job.n_requirements);
}

static void open_questions(struct eval *e)
{
    json_t *jobs = load(e, "jobs.json"), *labels = load(e, "labels.json");
    const char *name, *resume;
    json_t *labelled, *label;
    json_object_foreach(labels, name, labelled)
    {
        struct question *q = ctx_calloc(&e->ctx, 1, sizeof(*q));
        struct question **slot = vec_push(&e->ctx, &e->questions);
        if (!q || !slot)
            die(e, "memory");
        *slot = q;
        q->name = ctx_copy(&e->ctx, str_of(name));
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
    struct score_input in = {.resume = &c->resume,
                             .job = &q->job,
                             .ontology = e->ontology,
                             .config = &e->config,
                             .job_vectors = q->vectors,
                             .resume_vectors = c->vectors,
                             .dim = e->dim};
    ctx_init(&ctx, &e->mem);
    if (score_run(&ctx, &score, &in)) {
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
        all = ctx_printf(&e->ctx, "%.*s %.*s", STR_ARG(all),
                         STR_ARG(q->skills[i]));
    if (terms_make(&e->ctx, out, all))
        die(e, "terms");
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

static struct figures measure(struct eval *e, scorer *score, bool per_job)
{
    struct figures mean = {0};
    double n = (double)e->questions.len;
    for (size_t i = 0; i < e->questions.len; i++) {
        const struct question *q = e->questions.items[i];
        double s[MAX_PAIRS], length[MAX_PAIRS];
        for (size_t k = 0; k < q->n; k++) {
            s[k] = score(e, q, q->candidates[k]);
            length[k] = q->candidates[k]->log_length;
        }
        double rho = eval_spearman(s, q->label, q->n);
        double n5 = eval_ndcg(s, q->label, q->n, 5);
        double n10 = eval_ndcg(s, q->label, q->n, 10);
        eval_regress_out(s, length, q->n);
        double rest = eval_spearman(s, q->label, q->n);
        if (per_job)
            printf("  %.8s %3zu  %6.3f %6.3f %6.3f %6.3f\n", q->name.data, q->n,
                   rho, rest, n5, n10);
        mean.rho += rho / n;
        mean.rho_no_length += rest / n;
        mean.ndcg5 += n5 / n;
        mean.ndcg10 += n10 / n;
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
    struct score_config before = e->config;
    struct figures base = measure(e, ours, false);
    const char *section, *key;
    printf("\neach number halved and doubled (only what changes a figure)\n");
    for (size_t i = 0; score_config_vary(&e->config, i, 100, &section, &key);
         i++) {
        for (unsigned percent = 50; percent <= 200; percent += 150) {
            char name[64];
            e->config = before;
            score_config_vary(&e->config, i, percent, &section, &key);
            struct figures f = measure(e, ours, false);
            snprintf(name, sizeof(name), "%s.%s x%s", section, key,
                     percent == 50 ? "0.5" : "2");
            if (memcmp(&f, &base, sizeof(f)))
                print_line(name, f);
        }
        e->config = before;
    }
}

static void open_all(struct eval *e, const char *pack)
{
    mem_init(&e->mem, "eval", 0);
    ctx_init(&e->ctx, &e->mem);
    if (score_config_init(&e->ctx, &e->config) ||
        ontology_open(&e->ctx, &e->ontology, &e->mem, STR(""), ""))
        die(e, "open");
    struct encoder_options options = {.isa = ISA_COUNT, .threads = 1};
    if (!pack)
        return;
    if (embed_open(&e->ctx, &e->embedder, &e->mem, pack, &options))
        die(e, "model");
    e->dim = embed_config(e->embedder)->hidden;
}

static void report(struct eval *e)
{
    if (!e->embedder)
        printf("without a model: by words alone\n");
    printf("%zu jobs, %zu resumes; mean over the jobs\n", e->questions.len,
           e->candidates.len);
    printf("%-34s %6s %6s %6s %6s\n", "", "rho", "-len", "nDCG5", "nDCG10");
    print_line("ours", measure(e, ours, false));
    print_line("BM25", measure(e, bm25, false));
    print_line("term coverage", measure(e, coverage, false));
    print_line("log length alone", measure(e, length_only, false));
    printf("ours, job by job\n");
    measure(e, ours, true);
    print_sensitivity(e);
}

static void compare_configs(struct eval *e, char **paths)
{
    struct score_config before = e->config;
    for (; *paths; paths++) {
        struct str ini;
        e->config = before;
        if (file_read(&e->ctx, &ini, *paths, 65536) ||
            score_config_read(&e->ctx, &e->config, ini, *paths))
            die(e, *paths);
        print_line(*paths, measure(e, ours, false));
    }
}

int main(int argc, char **argv)
{
    static struct eval e;
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
    open_all(&e, argc > 3 ? argv[3] : NULL);
    open_questions(&e);
    if (argc > 4)
        compare_configs(&e, argv + 4);
    else
        report(&e);
    embed_close(e.embedder);
    ontology_close(e.ontology);
    ctx_clear(&e.ctx);
    return 0;
}
