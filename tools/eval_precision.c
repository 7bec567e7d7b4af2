/* SPDX-License-Identifier: MIT */
/*
 * Whether the precision of the encoder changes who comes before whom: every
 * resume is scored against every job with vectors in f32 and in int8, packed
 * from the same source, and the final scores are compared.
 *
 * Usage: eval_precision SOURCE RESUME.txt... -- JOB.txt...
 * SOURCE is the folder of the model's published files. Fails where Spearman
 * over all pairs is below .999.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "embed/embed.h"
#include "score/score.h"
#include "text/plain.h"
#include "tools/eval_metrics.h"

#define MAX_JOBS 256
#define LEAST    0.999

struct eval {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct score_config config;
    struct embedder *embedder[2]; /* f32, int8 */
    size_t dim;
    struct job jobs[MAX_JOBS];
    float *job_vectors[MAX_JOBS][2];
    size_t n_jobs;
    double score[2][EVAL_MOST];
    size_t n;
};

static void die(const struct ctx *ctx, const char *what)
{
    fprintf(stderr, "eval_precision: %s: %s\n", what, ctx->error.message);
    exit(1);
}

static void open_precision(struct eval *e, size_t which, const char *source,
                           enum encoder_precision precision)
{
    char path[] = "/tmp/eval-precision-XXXXXX";
    struct embed_packing packing = {.precision = precision};
    struct encoder_options options = {.isa = ISA_COUNT, .threads = 1};
    struct ctx ctx;

    ctx_init(&ctx, &e->mem);
    int fd = mkstemp(path);
    if (fd < 0 || close(fd))
        die(&ctx, "cannot write to /tmp");
    rsc_status st = embed_pack(&ctx, source, path, &packing);
    if (!st)
        st = embed_open(&ctx, &e->embedder[which], &e->mem, path, &options);
    unlink(path);
    if (st)
        die(&ctx, source);
    ctx_clear(&ctx);
    e->dim = embed_config(e->embedder[which])->hidden;
}

static float *embed(struct eval *e, struct ctx *ctx, size_t which,
                    const struct str *texts, size_t n)
{
    float *out = ctx_alloc_array(ctx, n, e->dim * sizeof(*out));

    if (!out || embed_texts(ctx, e->embedder[which], texts, n, out, NULL))
        die(ctx, "vectors");
    return out;
}

static void open_document(struct ctx *ctx, struct document *out,
                          const char *path)
{
    struct str text;

    if (file_read(ctx, &text, path, LIMIT_FILE_BYTES) ||
        plain_document(ctx, out, text))
        die(ctx, path);
}

/* A text that is no job in English is no matter of precision. */
static void open_job(struct eval *e, const char *path)
{
    struct job *job = &e->jobs[e->n_jobs];
    struct document document;

    open_document(&e->ctx, &document, path);
    if (job_parse(&e->ctx, job, &document, e->ontology)) {
        e->ctx.error = (rsc_error){0};
        return;
    }
    size_t n = job->n_requirements;
    struct str *texts = ctx_alloc_array(&e->ctx, n, sizeof(*texts));
    for (size_t i = 0; texts && i < n; i++)
        texts[i] = requirement_meaning(&job->requirements[i]);
    for (size_t which = 0; which < 2; which++)
        e->job_vectors[e->n_jobs][which] = embed(e, &e->ctx, which, texts, n);
    e->n_jobs++;
}

static void score_resume(struct eval *e, const char *path)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct document document;
    struct resume resume;
    float *vectors[2];
    struct ctx ctx;

    ctx_init(&ctx, &e->mem);
    open_document(&ctx, &document, path);
    if (resume_parse(&ctx, &resume, &document, e->ontology, &options))
        die(&ctx, path);
    size_t n = resume.n_sentences;
    struct str *texts = ctx_alloc_array(&ctx, n, sizeof(*texts));
    for (size_t i = 0; texts && i < n; i++)
        texts[i] = resume.sentences[i].blind;
    for (size_t which = 0; which < 2; which++)
        vectors[which] = embed(e, &ctx, which, texts, n);
    for (size_t k = 0; k < e->n_jobs && e->n < EVAL_MOST; k++, e->n++)
        for (size_t which = 0; which < 2; which++) {
            struct score score;
            struct score_input in = {.resume = &resume,
                                     .job = &e->jobs[k],
                                     .ontology = e->ontology,
                                     .config = &e->config,
                                     .job_vectors = e->job_vectors[k][which],
                                     .resume_vectors = vectors[which],
                                     .dim = e->dim};
            if (score_run(&ctx, &score, &in))
                die(&ctx, "score");
            e->score[which][e->n] = score.total / 100.0;
        }
    ctx_clear(&ctx);
}

static bool report(const struct eval *e)
{
    double rank = eval_spearman(e->score[0], e->score[1], e->n);
    double greatest = 0, sum = 0;
    size_t equal = 0;

    for (size_t i = 0; i < e->n; i++) {
        double d = e->score[0][i] - e->score[1][i];
        d = d < 0 ? -d : d;
        greatest = d > greatest ? d : greatest;
        sum += d;
        equal += d < 0.005;
    }
    printf("f32 against int8: %zu scores, Spearman %.5f (at least %.3f)\n"
           "%.1f %% are the same, mean difference %.3f points, largest %.2f\n",
           e->n, rank, LEAST, 100.0 * (double)equal / (double)e->n,
           sum / (double)e->n, greatest);
    return rank >= LEAST;
}

int main(int argc, char **argv)
{
    static struct eval e;
    int end = 2;

    while (end < argc && strcmp(argv[end], "--"))
        end++;
    if (end < 3 || end >= argc - 1) {
        fprintf(stderr, "usage: eval_precision SOURCE RESUME.txt... -- "
                        "JOB.txt...\n");
        return 2;
    }
    mem_init(&e.mem, "eval", 0);
    ctx_init(&e.ctx, &e.mem);
    if (score_config_init(&e.ctx, &e.config) ||
        ontology_open(&e.ctx, &e.ontology, &e.mem, STR(""), ""))
        die(&e.ctx, "open");
    open_precision(&e, 0, argv[1], PRECISION_F32);
    open_precision(&e, 1, argv[1], PRECISION_INT8);
    if (argc - end - 1 > MAX_JOBS)
        fprintf(stderr, "eval_precision: only the first %d jobs are read\n",
                MAX_JOBS);
    for (int i = end + 1; i < argc && e.n_jobs < MAX_JOBS; i++)
        open_job(&e, argv[i]);
    for (int i = 2; i < end; i++)
        score_resume(&e, argv[i]);
    bool good = e.n && report(&e);
    embed_close(e.embedder[0]);
    embed_close(e.embedder[1]);
    ontology_close(e.ontology);
    ctx_clear(&e.ctx);
    return good ? 0 : 1;
}
