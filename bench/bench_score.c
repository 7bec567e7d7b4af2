/* SPDX-License-Identifier: MIT */
/*
 * Time of a whole analysis without the encoder: reading the resume, scoring it
 * against a job with vectors of 384 numbers, writing the JSON.
 *
 * Usage: bench_score [JOB.txt [RESUME.txt...]]
 * The resumes are read as one text, cut after 700 words.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "score/result_json.h"
#include "text/plain.h"

#define WORDS  700
#define ROUNDS 200
#define DIM    384

struct bench {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct score_config config;
    struct document job_text, resume_text;
    struct job job;
    float *vectors; /* enough for both sides */
    int64_t parse_ns, score_ns, json_ns;
    size_t json_bytes, n_sentences;
};

static void die(const struct ctx *ctx, const char *what)
{
    fprintf(stderr, "bench_score: %s: %s\n", what, ctx->error.message);
    exit(1);
}

/* Time of the processor, so that what else runs does not count. */
static int64_t cpu_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The first WORDS words, line ends kept. */
static struct str cut(struct str text)
{
    size_t words = 0, i = 0;
    while (i < text.len && words < WORDS) {
        while (i < text.len && ascii_is_space((unsigned char)text.data[i]))
            i++;
        while (i < text.len && !ascii_is_space((unsigned char)text.data[i]))
            i++;
        words++;
    }
    return str_slice(text, 0, i);
}

static void open_all(struct bench *b, const char *job,
                     const char *const *resumes)
{
    struct str text, all = STR("");
    mem_init(&b->mem, "bench", 0);
    ctx_init(&b->ctx, &b->mem);
    if (score_config_init(&b->ctx, &b->config) ||
        ontology_open(&b->ctx, &b->ontology, &b->mem, STR(""), "") ||
        file_read(&b->ctx, &text, job, LIMIT_FILE_BYTES) ||
        plain_document(&b->ctx, &b->job_text, text) ||
        job_parse(&b->ctx, &b->job, &b->job_text, b->ontology))
        die(&b->ctx, job);
    for (; *resumes; resumes++) {
        if (file_read(&b->ctx, &text, *resumes, LIMIT_FILE_BYTES))
            die(&b->ctx, *resumes);
        all = ctx_printf(&b->ctx, "%.*s\n%.*s", STR_ARG(all), STR_ARG(text));
    }
    if (plain_document(&b->ctx, &b->resume_text, cut(all)))
        die(&b->ctx, "resume");
    size_t n = (b->job.n_requirements + WORDS) * DIM;
    b->vectors = ctx_alloc_array(&b->ctx, n, sizeof(*b->vectors));
    if (!b->vectors)
        die(&b->ctx, "memory");
    /* Of about unit length; what they mean does not matter for time. */
    for (size_t i = 0; i < n; i++)
        b->vectors[i] =
            (float)((i * 2654435761u >> 16) % 1000) / 1000 * 0.1f - 0.05f;
}

static void run_once(struct bench *b)
{
    struct ctx ctx;
    struct resume resume;
    struct score score;
    struct resume_options options = {.as_of = {2026, 1}};
    struct buf out;
    struct provenance provenance = {.as_of = STR("2026-01")};
    ctx_init(&ctx, &b->mem);
    int64_t start = cpu_ns();
    if (resume_parse(&ctx, &resume, &b->resume_text, b->ontology, &options))
        die(&ctx, "parse");
    int64_t parsed = cpu_ns();
    struct score_input in = {.resume = &resume,
                             .job = &b->job,
                             .ontology = b->ontology,
                             .config = &b->config,
                             .job_vectors = b->vectors,
                             .resume_vectors =
                                 b->vectors + b->job.n_requirements * DIM,
                             .dim = DIM};
    if (score_run(&ctx, &score, &in))
        die(&ctx, "score");
    int64_t scored = cpu_ns();
    struct result_input result = {&in, &score, &provenance, NULL};
    buf_init(&out, &b->mem, (size_t)1 << 24);
    struct json j = json_to(&out, 2);
    result_json_write(&j, &result);
    b->json_ns += cpu_ns() - scored;
    b->score_ns += scored - parsed;
    b->parse_ns += parsed - start;
    b->json_bytes = out.len;
    b->n_sentences = resume.n_sentences;
    buf_clear(&out);
    ctx_clear(&ctx);
}

int main(int argc, char **argv)
{
    static struct bench b;
    static const char *const usual[] = {"tests/cases/resumes/developer_us.txt",
                                        "tests/cases/resumes/accountant_uk.txt",
                                        "tests/cases/resumes/hr_manager_de.txt",
                                        "tests/cases/resumes/designer_eu.txt",
                                        "tests/cases/resumes/chef_fr.txt",
                                        NULL};
    open_all(&b, argc > 1 ? argv[1] : "data/samples/job.txt",
             argc > 2 ? (const char *const *)argv + 2 : usual);
    for (int i = 0; i < ROUNDS; i++)
        run_once(&b);
    double ms = 1e6 * ROUNDS;
    printf("%zu sentences, %zu requirements, %zu bytes of JSON, mean of %d\n",
           b.n_sentences, b.job.n_requirements, b.json_bytes, ROUNDS);
    printf("parse %.3f ms, score %.3f ms, JSON %.3f ms, all %.3f ms\n",
           (double)b.parse_ns / ms, (double)b.score_ns / ms,
           (double)b.json_ns / ms,
           (double)(b.parse_ns + b.score_ns + b.json_ns) / ms);
    ontology_close(b.ontology);
    ctx_clear(&b.ctx);
    return 0;
}
