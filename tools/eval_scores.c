/* SPDX-License-Identifier: MIT */
/*
 * What must not change a score, measured on whole resumes:
 *  - the same resume of other people (at least 10,000 swaps): change 0;
 *  - the same resume as TXT, PDF and DOCX: at most 1 point;
 *  - a resume with a copy of itself appended: at most 1 point.
 *
 * Usage: eval_scores HELPER PACK|- RESUME.txt... -- JOB...
 * PACK is the packed encoder, "-" for none.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "embed/embed.h"
#include "extract/extract.h"
#include "score/score.h"
#include "score/swap.h"
#include "text/plain.h"
#include "tools/eval_writer.h"

#define SWAPS    10000
#define MAX_JOBS 256

struct asked {
    const char *path;
    struct document document;
    struct job job;
    float *vectors;
};

struct eval {
    struct mem mem;
    struct ctx ctx; /* of what lives to the end */
    struct ontology *ontology;
    struct embedder *embedder;
    size_t dim;
    struct score_config config;
    struct extract_options extract;
    struct asked jobs[MAX_JOBS];
    size_t n_jobs;
};

/* A document read and scored against all jobs. */
struct reading {
    struct document document;
    struct resume resume;
    float *vectors;
    uint32_t total[MAX_JOBS];
};

/* What a comparison found. */
struct change {
    size_t n;
    uint32_t max;
    uint64_t sum;
    size_t above; /* more than a point */
    struct str where;
};

static void die(const struct ctx *ctx, const char *what)
{
    fprintf(stderr, "eval_scores: %s: %s\n", what, ctx->error.message);
    exit(1);
}

static float *embed(struct eval *e, struct ctx *ctx, const struct str *texts,
                    size_t n)
{
    if (!e->embedder)
        return NULL;
    float *out = ctx_alloc_array(ctx, n * e->dim, sizeof(*out));
    if (!out || embed_texts(ctx, e->embedder, texts, n, out, NULL))
        die(ctx, "vectors");
    return out;
}

static bool same_blind(const struct resume *a, const struct resume *b)
{
    if (a->n_sentences != b->n_sentences)
        return false;
    for (size_t i = 0; i < a->n_sentences; i++)
        if (!str_eq(a->sentences[i].blind, b->sentences[i].blind))
            return false;
    return true;
}

/* `like` may hold vectors of the same sentences; NULL for none. */
static void score_all(struct eval *e, struct ctx *ctx, struct reading *r,
                      const struct reading *like)
{
    struct resume_options options = {.as_of = {2026, 11}};
    if (resume_parse(ctx, &r->resume, &r->document, e->ontology, &options))
        die(ctx, "parse");
    size_t n = r->resume.n_sentences;
    if (like && same_blind(&r->resume, &like->resume)) {
        r->vectors = like->vectors;
    } else {
        struct str *texts = ctx_alloc_array(ctx, n, sizeof(*texts));
        for (size_t i = 0; texts && i < n; i++)
            texts[i] = r->resume.sentences[i].blind;
        r->vectors = embed(e, ctx, texts, n);
    }
    for (size_t k = 0; k < e->n_jobs; k++) {
        struct score score;
        struct score_input in = {.resume = &r->resume,
                                 .job = &e->jobs[k].job,
                                 .ontology = e->ontology,
                                 .config = &e->config,
                                 .job_vectors = e->jobs[k].vectors,
                                 .resume_vectors = r->vectors,
                                 .dim = e->dim};
        if (score_run(ctx, &score, &in))
            die(ctx, "score");
        r->total[k] = score.total;
    }
}

static void compare(struct eval *e, struct change *change,
                    const struct reading *a, const struct reading *b,
                    const char *name)
{
    for (size_t k = 0; k < e->n_jobs; k++) {
        uint32_t d = a->total[k] > b->total[k] ? a->total[k] - b->total[k]
                                               : b->total[k] - a->total[k];
        change->n++;
        change->sum += d;
        change->above += d > 100;
        if (d > change->max) {
            change->max = d;
            change->where =
                ctx_printf(&e->ctx, "%s for %s", name, e->jobs[k].path);
        }
        if (d > 100 && getenv("EVAL_DETAILS"))
            printf("  %s for %s: %u -> %u\n", name, e->jobs[k].path,
                   a->total[k], b->total[k]);
    }
}

static void report(const char *what, const struct change *change)
{
    printf("%-28s %7zu scores, largest change %u.%02u, mean %.3f, %zu above "
           "a point%s%.*s\n",
           what, change->n, change->max / 100, change->max % 100,
           change->n ? (double)change->sum / 100 / (double)change->n : 0,
           change->above, change->max ? "; largest: " : "",
           STR_ARG(change->where));
}

static void run_swaps(struct eval *e, const struct reading *base, size_t n,
                      struct change *change, size_t *places, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        struct ctx ctx;
        struct reading other = {0};
        struct swap_counts counts;
        struct str text;
        ctx_init(&ctx, &e->mem);
        if (swap_make(&ctx, &text, &counts, &base->resume, (uint32_t)i) ||
            plain_document(&ctx, &other.document, text))
            die(&ctx, name);
        score_all(e, &ctx, &other, base);
        compare(e, change, base, &other, name);
        *places += counts.all;
        ctx_clear(&ctx);
    }
}

static void run_formats(struct eval *e, struct ctx *ctx,
                        const struct reading *base, struct change *change,
                        const char *name)
{
    rsc_status (*const write[])(struct ctx *, struct str *,
                                struct str) = {eval_write_pdf, eval_write_docx};
    for (size_t i = 0; i < 2; i++) {
        struct reading other = {0};
        struct str bytes;
        if (write[i](ctx, &bytes, base->document.text) ||
            extract_document(ctx, &other.document, &e->extract, bytes))
            die(ctx, name);
        score_all(e, ctx, &other, NULL);
        compare(e, change, base, &other,
                ctx_printf(&e->ctx, "%s as %s", name, i ? "DOCX" : "PDF").data);
    }
}

static void run_twice(struct eval *e, struct ctx *ctx,
                      const struct reading *base, struct change *change,
                      const char *name)
{
    struct reading twice = {0};
    struct str text = base->document.text;
    if (plain_document(
            ctx, &twice.document,
            ctx_printf(ctx, "%.*s\n\n%.*s", STR_ARG(text), STR_ARG(text))))
        die(ctx, name);
    score_all(e, ctx, &twice, NULL);
    compare(e, change, base, &twice, name);
}

static void open_job(struct eval *e, const char *path)
{
    struct asked *job = &e->jobs[e->n_jobs];
    struct str text;
    if (e->n_jobs == MAX_JOBS) {
        fprintf(stderr, "eval_scores: %s is left out: it takes %d jobs\n", path,
                MAX_JOBS);
        return;
    }
    if (file_read(&e->ctx, &text, path, LIMIT_FILE_BYTES) ||
        plain_document(&e->ctx, &job->document, text) ||
        job_parse(&e->ctx, &job->job, &job->document, e->ontology)) {
        fprintf(stderr, "eval_scores: %s is left out: %s\n", path,
                e->ctx.error.message);
        e->ctx.error = (rsc_error){0};
        return;
    }
    size_t n = job->job.n_requirements;
    struct str *texts = ctx_alloc_array(&e->ctx, n, sizeof(*texts));
    for (size_t i = 0; texts && i < n; i++)
        texts[i] = requirement_meaning(&job->job.requirements[i]);
    job->vectors = embed(e, &e->ctx, texts, n);
    job->path = path;
    e->n_jobs++;
}

static void open_all(struct eval *e, char **argv)
{
    struct encoder_options options = {.isa = ISA_COUNT, .threads = 1};
    e->extract = (struct extract_options)EXTRACT_OPTIONS_DEFAULT;
    e->extract.helper = argv[1];
    mem_init(&e->mem, "eval", 0);
    ctx_init(&e->ctx, &e->mem);
    if (score_config_init(&e->ctx, &e->config) ||
        ontology_open(&e->ctx, &e->ontology, &e->mem, STR(""), ""))
        die(&e->ctx, "open");
    if (!strcmp(argv[2], "-"))
        return;
    if (embed_open(&e->ctx, &e->embedder, &e->mem, argv[2], &options))
        die(&e->ctx, argv[2]);
    e->dim = embed_config(e->embedder)->hidden;
}

int main(int argc, char **argv)
{
    static struct eval e;
    struct change swaps = {0}, formats = {0}, copies = {0};
    size_t places = 0, n_resumes = 0;
    int end = 3;
    while (end < argc && strcmp(argv[end], "--"))
        end++;
    if (argc < 5 || end >= argc - 1) {
        fprintf(stderr, "usage: eval_scores HELPER PACK|- RESUME.txt... -- "
                        "JOB...\n");
        return 2;
    }
    open_all(&e, argv);
    for (int i = end + 1; i < argc; i++)
        open_job(&e, argv[i]);
    for (int i = 3; i < end && e.n_jobs; i++) {
        struct ctx ctx;
        struct reading base = {0};
        struct str text;
        size_t each = SWAPS / ((size_t)(end - 3) * e.n_jobs) + 1;
        ctx_init(&ctx, &e.mem);
        if (file_read(&ctx, &text, argv[i], LIMIT_FILE_BYTES) ||
            plain_document(&ctx, &base.document, text))
            die(&ctx, argv[i]);
        score_all(&e, &ctx, &base, NULL);
        run_swaps(&e, &base, each, &swaps, &places, argv[i]);
        run_formats(&e, &ctx, &base, &formats, argv[i]);
        run_twice(&e, &ctx, &base, &copies, argv[i]);
        ctx_clear(&ctx);
        n_resumes++;
    }
    printf("%zu resumes, %zu jobs%s; %zu places swapped\n", n_resumes, e.n_jobs,
           e.embedder ? "" : ", without a model", places);
    report("another person", &swaps);
    report("PDF and DOCX against TXT", &formats);
    report("a copy of itself appended", &copies);
    embed_close(e.embedder);
    ontology_close(e.ontology);
    ctx_clear(&e.ctx);
    return swaps.max > 0;
}
