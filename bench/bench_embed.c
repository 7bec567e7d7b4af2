/* SPDX-License-Identifier: MIT */
/*
 * `resume-scorer embed` from outside, per precision: processor time from the
 * start of the process to the first vector, resident memory, how much two
 * threads are faster than one, and the cosine to f32. Needs an installed model
 * (RESUME_SCORER_MODELS); packs its source anew, in a folder of its own.
 *
 *     bench_embed [LINES]    one text per line (data/calibration.txt)
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "embed/embed.h"
#include "embed/encoder_convert.h"
#include "model/store.h"

#define PROGRAM "build/resume-scorer"
#define MODEL   "all-MiniLM-L6-v2"
/* Starts of the program; the least counts. */
#define STARTS 15
#define ROUNDS 7

struct bench {
    struct mem mem;
    struct ctx ctx;
    char folder[32]; /* of models */
    const char *lines;
    VEC(struct str) texts;
    size_t size;                     /* floats per vector */
    float *vectors[PRECISION_COUNT]; /* of all texts */
};

static int fail(const struct bench *b)
{
    fprintf(stderr, "%sbench_embed: %s\n",
            b->ctx.error.status == RSC_ENOMODEL ? "SKIP " : "",
            b->ctx.error.message);
    return b->ctx.error.status == RSC_ENOMODEL ? 0 : 1;
}

/* In a process of its own: a child begins with what its parent has in memory,
 * and packing takes much. */
static rsc_status pack(struct bench *b, const char *source,
                       const char *precision)
{
    struct str path =
        ctx_printf(&b->ctx, "%s/" MODEL "/%s.pack", b->folder, precision);
    int status = 1;

    if (!path.data)
        return b->ctx.error.status;
    pid_t child = fork();
    if (child == 0) {
        rsc_error err;
        rsc_status st =
            rsc_model_pack(path.data, source, precision, NULL, &err);
        if (st)
            fprintf(stderr, "bench_embed: %s\n", err.message);
        _exit(st ? 1 : 0);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || status)
        return ctx_fail(&b->ctx, RSC_EIO, "cannot pack as %s", precision);
    return RSC_OK;
}

/* A folder of models with links to what is installed, and packs. */
static rsc_status make_folder(struct bench *b)
{
    const char *dir = getenv("RESUME_SCORER_MODELS");
    struct str source, model, manifest, to;

    if (!dir)
        return ctx_fail(&b->ctx, RSC_ENOMODEL,
                        "set RESUME_SCORER_MODELS to the folder of models");
    if (store_find_source(&b->ctx, &source, dir, STR(MODEL)))
        return b->ctx.error.status;
    snprintf(b->folder, sizeof(b->folder), "/tmp/bench-embed-XXXXXX");
    if (!mkdtemp(b->folder))
        return ctx_fail(&b->ctx, RSC_EIO, "cannot write to /tmp");
    model = ctx_printf(&b->ctx, "%s/" MODEL, b->folder);
    manifest = ctx_printf(&b->ctx, "%s/" MODEL "/manifest.json", b->folder);
    to = ctx_printf(&b->ctx, "%s/" MODEL "/manifest.json", dir);
    if (!model.data || !manifest.data || !to.data ||
        store_make_folders(&b->ctx, model.data))
        return b->ctx.error.status;
    if (symlink(to.data, manifest.data))
        return ctx_fail(&b->ctx, RSC_EIO, "cannot write to /tmp");
    for (int p = 0; p < PRECISION_COUNT; p++)
        if (pack(b, source.data, precision_name((enum encoder_precision)p)))
            return b->ctx.error.status;
    return RSC_OK;
}

static void remove_folder(struct bench *b)
{
    if (b->folder[0])
        store_remove(&b->ctx, b->folder, STR(MODEL), false);
    if (b->folder[0] && rmdir(b->folder))
        fprintf(stderr, "bench_embed: %s is left over\n", b->folder);
}

/* Runs the program over a file; its processor time and greatest memory. */
static rsc_status run(struct bench *b, const char *precision, const char *file,
                      double *ms, double *mb)
{
    struct rusage usage;
    int status = 1;

    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (dup2(null, STDOUT_FILENO) >= 0)
            execl(PROGRAM, PROGRAM, "embed", "--format", "f32", "--threads",
                  "1", "--models", b->folder, "--precision", precision, file,
                  (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status)
        return ctx_fail(&b->ctx, RSC_EIO, PROGRAM " does not run");
    *ms = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
          (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-3;
    *mb = (double)usage.ru_maxrss / 1024;
    return RSC_OK;
}

static rsc_status show_start(struct bench *b, const char *precision,
                             const char *one_line)
{
    double least = 1e9, ms, mb, first_mb = 0;

    for (int i = 0; i < STARTS; i++) {
        if (run(b, precision, one_line, &ms, &first_mb))
            return b->ctx.error.status;
        least = ms < least ? ms : least;
    }
    if (run(b, precision, b->lines, &ms, &mb))
        return b->ctx.error.status;
    printf("%-5s %5.1f ms of processor time to the first vector; %4.1f MB "
           "resident with it, %4.1f MB after %zu lines\n",
           precision, least, first_mb, mb, b->texts.len);
    return RSC_OK;
}

static double now_ms(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static rsc_status show_threads(struct bench *b, enum encoder_precision p)
{
    const char *precision = precision_name(p);
    double wall[2] = {1e9, 1e9}, cpu[2] = {1e9, 1e9};
    struct embedder *e[2] = {NULL, NULL};
    struct str path =
        ctx_printf(&b->ctx, "%s/" MODEL "/%s.pack", b->folder, precision);
    rsc_status st = b->ctx.error.status;

    for (unsigned i = 0; !st && i < 2; i++)
        st = embed_open(&b->ctx, &e[i], &b->mem, path.data,
                        &(struct encoder_options){ISA_COUNT, i + 1});
    if (!st) {
        b->size = embed_config(e[0])->hidden;
        b->vectors[p] =
            ctx_alloc_array(&b->ctx, b->texts.len, b->size * sizeof(float));
        st = b->ctx.error.status;
    }
    for (int i = 0; !st && i < 2 * ROUNDS; i++) {
        double start = now_ms(CLOCK_MONOTONIC);
        double used = now_ms(CLOCK_PROCESS_CPUTIME_ID);
        st = embed_texts(&b->ctx, e[i & 1], b->texts.items, b->texts.len,
                         b->vectors[p], NULL);
        double ms = now_ms(CLOCK_MONOTONIC) - start;
        used = now_ms(CLOCK_PROCESS_CPUTIME_ID) - used;
        wall[i & 1] = ms < wall[i & 1] ? ms : wall[i & 1];
        cpu[i & 1] = used < cpu[i & 1] ? used : cpu[i & 1];
    }
    if (!st)
        printf("%-5s %6.1f ms with one thread, %6.1f with two: %.2fx, for "
               "%.2fx the processor time\n",
               precision, wall[0], wall[1], wall[0] / wall[1], cpu[1] / cpu[0]);
    embed_close(e[0]);
    embed_close(e[1]);
    return st;
}

/* Vectors are of unit length. */
static void show_cosine(const struct bench *b, enum encoder_precision p)
{
    double least = 1, sum = 0;

    for (size_t t = 0; t < b->texts.len; t++) {
        double cosine = 0;
        for (size_t i = t * b->size; i < (t + 1) * b->size; i++)
            cosine +=
                (double)b->vectors[p][i] * (double)b->vectors[PRECISION_F32][i];
        least = cosine < least ? cosine : least;
        sum += cosine;
    }
    printf("%-5s cosine to f32: least %.5f, mean %.5f\n", precision_name(p),
           least, sum / (double)b->texts.len);
}

/* Comments of data/calibration.txt begin with a semicolon. */
static rsc_status read_lines(struct bench *b)
{
    struct str text, line;

    if (file_read(&b->ctx, &text, b->lines, (size_t)1 << 26))
        return b->ctx.error.status;
    while (str_next_line(&text, &line)) {
        if (!line.len || line.data[0] == ';')
            continue;
        struct str *slot = vec_push(&b->ctx, &b->texts);
        if (!slot)
            return b->ctx.error.status;
        *slot = line;
    }
    return b->texts.len
               ? RSC_OK
               : ctx_fail(&b->ctx, RSC_EINVALID, "%s has no lines", b->lines);
}

static rsc_status show(struct bench *b)
{
    struct str one = ctx_printf(&b->ctx, "%s/one.txt", b->folder);

    if (!one.data ||
        file_replace(&b->ctx, one.data, STR("Built REST services.\n")))
        return b->ctx.error.status;
    rsc_status st = RSC_OK;
    for (int p = 0; !st && p < PRECISION_COUNT; p++)
        st = show_start(b, precision_name((enum encoder_precision)p), one.data);
    unlink(one.data);
    if (!st)
        printf("\nall %zu lines at once; this process may use %u threads%s\n",
               b->texts.len, cpu_threads_useful(""),
               cpu_threads_useful("") < 2 ? ", so two are of no use" : "");
    for (int p = 0; !st && p < PRECISION_COUNT; p++)
        st = show_threads(b, (enum encoder_precision)p);
    for (int p = 0; !st && p < PRECISION_COUNT; p++)
        if (p != PRECISION_F32)
            show_cosine(b, (enum encoder_precision)p);
    return st;
}

int main(int argc, char **argv)
{
    static struct bench b;
    int status = 0;

    mem_init(&b.mem, "bench", 0);
    ctx_init(&b.ctx, &b.mem);
    b.lines = argc > 1 ? argv[1] : "data/calibration.txt";
    if (read_lines(&b) || make_folder(&b) || show(&b))
        status = fail(&b);
    b.ctx.error.status = RSC_OK;
    remove_folder(&b);
    ctx_clear(&b.ctx);
    return status;
}
