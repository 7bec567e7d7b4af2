/* SPDX-License-Identifier: MIT */
/*
 * Times the entity pipeline on one thread.
 *
 * usage: bench_entities [PIPELINE TEXTS.jsonl [ROUNDS]]
 *        bench_entities PIPELINE TEXTS.jsonl --step
 *
 * Without arguments it takes the installed en_core_web_sm and the few texts of
 * its golden test. Each line of the file is a JSON object with "text". Prints
 * the processor time of loading, the resident memory, the time per 1,000
 * tokens, and the share of the processor's peak that the window layers reach
 * (peak: fused multiply-adds in registers, measured in the same run). With
 * --step it runs one round for every line on standard input and prints
 * "NANOSECONDS TOKENS ENTITIES", so that another program can run its rounds in
 * between (bench/peers/entities_peer.py). All times are processor time.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "bench/peak.h"
#include "ner/entity_pipeline.h"

#define DEFAULT_TEXTS "tests/golden/entities_real.jsonl"

struct texts {
    struct str *items;
    size_t len, cap;
};

/* Processor time of this process: what else runs does not count. */
static int64_t cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Of this process now, in kB. */
static long resident_kb(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kb = 0;

    while (file && fgets(line, sizeof(line), file))
        if (!strncmp(line, "VmRSS:", 6))
            kb = strtol(line + 6, NULL, 10);
    if (file)
        fclose(file);
    return kb;
}

static rsc_status read_texts(struct ctx *ctx, struct texts *out,
                             const char *path)
{
    struct str bytes, line;
    rsc_status st = file_read(ctx, &bytes, path, (size_t)256 << 20);

    while (!st && str_next_line(&bytes, &line)) {
        json_t *row = json_loadb(line.data, line.len, JSON_ALLOW_NUL, NULL);
        const json_t *text = json_object_get(row, "text");
        struct str *item = vec_push(ctx, out);
        if (!item)
            return ctx->error.status;
        *item = ctx_copy(ctx, (struct str){json_string_value(text),
                                           json_string_length(text)});
        json_decref(row);
    }
    return st;
}

/* A window layer as the pipeline runs it: 96 rows at a time, each the 288
 * numbers of a row and its two neighbours, to 3 pieces of 96 units. */
static double measure_window(const struct kernels *kernels)
{
    enum {
        WIDTH = 96,
        ROWS_AT_ONCE = 96,
        ROUNDS = 200
    };
    static float x[(ROWS_AT_ONCE + 2) * WIDTH], w[288 * 288];
    static _Alignas(64) float panels[288 * 288], y[ROWS_AT_ONCE * 288];
    int64_t best = INT64_MAX;

    for (size_t i = 0; i < sizeof(w) / sizeof(w[0]); i++)
        w[i] = (float)(i % 7) * 0.01F;
    for (size_t i = 0; i < sizeof(x) / sizeof(x[0]); i++)
        x[i] = (float)(i % 5) * 0.1F;
    linear_pack(panels, w, 288, 288);
    struct linear layer = {.panels = panels, .n = 288, .k = 288};
    const struct linear_io io = {x, WIDTH, ROWS_AT_ONCE, y, 288};
    for (int i = 0; i < ROUNDS; i++) {
        int64_t start = cpu_ns();
        linear_run(kernels, &layer, &io);
        int64_t ns = cpu_ns() - start;
        best = ns < best ? ns : best;
    }
    return 2.0 * ROWS_AT_ONCE * 288 * 288 / (double)best;
}

static void print_share(void)
{
    struct cpu cpu;

    cpu_detect(&cpu);
    const struct kernels *kernels = kernels_best(&cpu);
    double peak = peak_of(false), window = measure_window(kernels);
    printf("window layers: %.0f GFLOP/s with %s", window, kernels->name);
    if (peak > 0)
        printf(", %.0f %% of the peak of %.0f", 100 * window / peak, peak);
    printf("\n");
}

struct round {
    int64_t ns;
    size_t tokens, entities;
};

static rsc_status run_round(struct mem *mem,
                            const struct entity_pipeline *pipeline,
                            const struct texts *texts, struct round *out)
{
    int64_t start = cpu_ns();

    *out = (struct round){0};
    for (size_t i = 0; i < texts->len; i++) {
        struct ctx ctx;
        struct entity_doc doc;
        ctx_init(&ctx, mem);
        rsc_status st =
            entity_pipeline_run(&ctx, pipeline, texts->items[i], NULL, &doc);
        if (st) {
            fprintf(stderr, "%s\n", ctx.error.message);
            ctx_clear(&ctx);
            return st;
        }
        out->tokens += doc.tokens.len;
        out->entities += doc.entities.len;
        ctx_clear(&ctx);
    }
    out->ns = cpu_ns() - start;
    return RSC_OK;
}

static int compare_ns(const void *a, const void *b)
{
    const struct round *x = a, *y = b;

    return x->ns < y->ns ? -1 : x->ns > y->ns;
}

static int run_rounds(struct mem *mem, const struct entity_pipeline *pipeline,
                      const struct texts *texts, size_t n)
{
    struct round rounds[64];

    n = n < 1 ? 1 : n > 64 ? 64 : n;
    for (size_t i = 0; i < n; i++)
        if (run_round(mem, pipeline, texts, &rounds[i]))
            return 1;
    qsort(rounds, n, sizeof(rounds[0]), compare_ns);
    double per = (double)rounds[n / 2].ns / 1e3 / (double)rounds[0].tokens;
    printf("%zu texts, %zu tokens, %zu entities\n", texts->len,
           rounds[0].tokens, rounds[0].entities);
    printf("%.2f ms per 1,000 tokens (median of %zu rounds; best %.2f)\n", per,
           n, (double)rounds[0].ns / 1e3 / (double)rounds[0].tokens);
    return 0;
}

static int run_steps(struct mem *mem, const struct entity_pipeline *pipeline,
                     const struct texts *texts)
{
    char line[64];
    struct round round;

    while (fgets(line, sizeof(line), stdin)) {
        if (run_round(mem, pipeline, texts, &round))
            return 1;
        printf("%lld %zu %zu\n", (long long)round.ns, round.tokens,
               round.entities);
        fflush(stdout);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct mem mem, run_mem;
    struct ctx ctx;
    struct entity_pipeline *pipeline;
    struct texts texts = {0};

    const char *models = getenv("RESUME_SCORER_MODELS");
    char installed[512];
    snprintf(installed, sizeof(installed), "%s/en_core_web_sm/source",
             models ? models : "");
    const char *folder = argc > 2 ? argv[1] : installed;
    const char *path = argc > 2 ? argv[2] : DEFAULT_TEXTS;
    if (argc < 3 && access(folder, R_OK)) {
        printf("SKIP bench_entities: no en_core_web_sm in "
               "RESUME_SCORER_MODELS\n");
        return 0;
    }
    mem_init(&mem, "pipeline", 0);
    mem_init(&run_mem, "run", 0);
    ctx_init(&ctx, &run_mem);
    int64_t start = cpu_ns();
    long before = resident_kb();
    if (entity_pipeline_open(&ctx, &pipeline, &mem, folder, NULL)) {
        fprintf(stderr, "%s\n", ctx.error.message);
        return 1;
    }
    fprintf(stderr,
            "load %.1f ms of processor time, resident +%ld kB (%zu kB "
            "accounted)\n",
            (double)(cpu_ns() - start) / 1e6, resident_kb() - before,
            mem.bytes / 1024);
    if (read_texts(&ctx, &texts, path)) {
        fprintf(stderr, "%s\n", ctx.error.message);
        return 1;
    }
    if (argc <= 3 || strcmp(argv[3], "--step") != 0)
        print_share();
    int failed = argc > 3 && !strcmp(argv[3], "--step")
                     ? run_steps(&run_mem, pipeline, &texts)
                     : run_rounds(&run_mem, pipeline, &texts,
                                  argc > 3 ? strtoul(argv[3], NULL, 10) : 5);
    entity_pipeline_close(pipeline);
    ctx_clear(&ctx);
    return failed;
}
