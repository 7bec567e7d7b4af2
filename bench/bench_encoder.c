/* SPDX-License-Identifier: MIT */
/*
 * Speed of the encoder. Needs an installed model (RESUME_SCORER_MODELS).
 *
 *     bench_encoder           a table: ms, tokens per second, share of the
 *                             processor's peak, measured in the same run
 *     bench_encoder --pipe    for bench/peers/encoder_peer.py: a line
 *                             "PRECISION LENGTH..." in, milliseconds out
 *     bench_encoder --pack PRECISION FILE
 *     bench_encoder --once ISA FILE LENGTH
 *                             one forward pass over so many tokens, for
 *                             scripts/bench-callgrind.sh
 *
 * Times are processor time of one thread, the least of many runs: what
 * another program takes away does not count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "bench/packs.h"
#include "bench/peak.h"

#define MAX_SEQUENCES 64
#define MAX_TOKENS    512

struct bench {
    struct mem mem;
    struct ctx ctx;
    struct pack pack[PRECISION_COUNT];
    struct encoder *encoder[PRECISION_COUNT];
    int32_t ids[MAX_TOKENS];
    float *out;
};

static int fail(const struct bench *b)
{
    fprintf(stderr, "bench_encoder: %s\n", b->ctx.error.message);
    return 1;
}

static rsc_status open_encoder(struct bench *b, enum encoder_precision p,
                               enum isa isa)
{
    struct encoder_options options = {isa, 1};

    return encoder_open(&b->ctx, &b->encoder[p], &b->mem, &b->pack[p],
                        &options);
}

/* Packs the installed source anew, so that every precision is there. */
static rsc_status open_precision(struct bench *b, enum encoder_precision p)
{
    rsc_status st = pack_anew(&b->ctx, &b->pack[p], p);

    return st ? st : open_encoder(b, p, ISA_COUNT);
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static double run_once(struct bench *b, enum encoder_precision p,
                       const size_t *lengths, size_t n)
{
    struct sequence sequences[MAX_SEQUENCES];

    for (size_t i = 0; i < n; i++)
        sequences[i] = (struct sequence){b->ids + i, lengths[i]};
    double start = now_ms();
    if (encoder_encode(&b->ctx, b->encoder[p], sequences, n, b->out))
        exit(fail(b));
    return now_ms() - start;
}

/* Multiplications and additions of the linear layers per token. */
static double operations(const struct encoder_config *c)
{
    double hidden = c->hidden, inner = c->inner;

    return 2 * c->layers * (4 * hidden * hidden + 2 * hidden * inner);
}

/* Least time of enough runs to fill about 0.3 s. */
static double least_ms(struct bench *b, enum encoder_precision p,
                       const size_t *lengths, size_t n)
{
    double least = 1e9, total = 0;

    for (int i = 0; i < 400 && (i < 5 || total < 300); i++) {
        double ms = run_once(b, p, lengths, n);
        total += ms;
        least = ms < least ? ms : least;
    }
    return least;
}

static void row(struct bench *b, enum encoder_precision p, const char *name,
                const size_t *lengths, size_t n)
{
    double tokens = 0, ms = least_ms(b, p, lengths, n);
    double work = operations(encoder_config(b->encoder[p]));
    double peak = p == PRECISION_BF16 ? 0 : peak_of(p == PRECISION_INT8);

    for (size_t i = 0; i < n; i++)
        tokens += (double)lengths[i];
    printf("%-5s %-14s %8.3f ms %9.0f tokens/s %7.0f G/s", precision_name(p),
           name, ms / (double)n, tokens / ms * 1e3, tokens * work / ms / 1e6);
    if (peak > 0)
        printf("  %3.0f %% of the peak", tokens * work / ms / 1e6 / peak * 100);
    printf("\n");
}

static int table(struct bench *b)
{
    struct cpu cpu;

    cpu_detect(&cpu);
    printf("%s, %s, one thread; ms per sequence\n", cpu.model,
           encoder_isa(b->encoder[PRECISION_INT8]));
    for (int p = 0; p < PRECISION_COUNT; p++) {
        for (size_t length = 16; length <= 256; length *= 2) {
            size_t lengths[8];
            char name[32];
            for (size_t i = 0; i < 8; i++)
                lengths[i] = length;
            snprintf(name, sizeof(name), "%zu tokens", length);
            row(b, (enum encoder_precision)p, name, lengths, 1);
            snprintf(name, sizeof(name), "%zu x 8", length);
            row(b, (enum encoder_precision)p, name, lengths, 8);
        }
        row(b, (enum encoder_precision)p, "resume lines", LINES, LINE_COUNT);
    }
    return 0;
}

/* "int8 14 20 9" runs three sequences of these lengths once. */
static int serve(struct bench *b)
{
    char line[1024];

    while (fgets(line, sizeof(line), stdin)) {
        struct str rest = str_trim(str_of(line)), field;
        size_t lengths[MAX_SEQUENCES], n = 0;
        str_next_field(&rest, ' ', &field);
        enum encoder_precision p = precision_find(field);
        uint64_t length;
        while (n < MAX_SEQUENCES && str_next_field(&rest, ' ', &field)) {
            if (!str_to_u64(field, 256, &length) || !length)
                return 2;
            lengths[n++] = (size_t)length;
        }
        if (p == PRECISION_COUNT || !b->encoder[p] || !n)
            return 2;
        printf("%.6f\n", run_once(b, p, lengths, n));
        fflush(stdout);
    }
    return 0;
}

static int once(struct bench *b, const char *isa, const char *path,
                const char *tokens)
{
    uint64_t length;

    if (!str_to_u64(str_of(tokens), 256, &length) || !length)
        return 2;
    /* Whatever its precision, it is the only one. */
    if (pack_open(&b->ctx, &b->pack[PRECISION_F32], path) ||
        open_encoder(b, PRECISION_F32, isa_find(isa)))
        return fail(b);
    run_once(b, PRECISION_F32, &(size_t){(size_t)length}, 1);
    return 0;
}

static int compare(struct bench *b, bool pipe)
{
    for (int p = 0; p < PRECISION_COUNT; p++)
        if (open_precision(b, (enum encoder_precision)p)) {
            /* Without a model there is nothing to measure, and that is no
             * failure of `make bench`. */
            fprintf(stderr, "SKIP ");
            fail(b);
            return 0;
        }
    return pipe ? serve(b) : table(b);
}

static int run(struct bench *b, int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";

    if (argc == 5 && !strcmp(mode, "--once"))
        return once(b, argv[2], argv[3], argv[4]);
    if (argc == 4 && !strcmp(mode, "--pack")) {
        enum encoder_precision p = precision_find(str_of(argv[2]));
        return p == PRECISION_COUNT           ? 2
               : pack_to(&b->ctx, p, argv[3]) ? fail(b)
                                              : 0;
    }
    if (argc == 1 || (argc == 2 && !strcmp(mode, "--pipe")))
        return compare(b, argc == 2);
    return 2;
}

int main(int argc, char **argv)
{
    static struct bench b;

    mem_init(&b.mem, "bench", 0);
    ctx_init(&b.ctx, &b.mem);
    for (int i = 0; i < MAX_TOKENS; i++)
        b.ids[i] = 1000 + i * 7919 % 25000;
    b.out =
        ctx_alloc_array(&b.ctx, (size_t)MAX_SEQUENCES * 1024, sizeof(float));
    int status = b.out ? run(&b, argc, argv) : fail(&b);
    for (int p = 0; p < PRECISION_COUNT; p++) {
        encoder_close(b.encoder[p]);
        pack_close(&b.pack[p]);
    }
    ctx_clear(&b.ctx);
    return status;
}
