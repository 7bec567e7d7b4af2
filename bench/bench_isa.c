/* SPDX-License-Identifier: MIT */
/*
 * The encoder under each instruction set that this machine has, int8 beside
 * f32. Needs an installed model (RESUME_SCORER_MODELS).
 *
 *     bench_isa [ISA...]    "bench_isa avx512vnni amx" sets two side by side
 *
 * The instruction sets take turns, round by round, and the least time of each
 * counts: what another program takes away in one round, all lose alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "bench/packs.h"
#include "tensor/kernels.h"

#define ROUNDS     60
#define MAX_TOKENS 512

struct bench {
    struct mem mem;
    struct ctx ctx;
    struct pack pack[PRECISION_COUNT];
    struct encoder *encoder[PRECISION_COUNT][ISA_COUNT];
    int32_t ids[MAX_TOKENS];
    float *out;
};

static const size_t ONE[][1] = {{16}, {32}, {64}, {128}, {256}};

static const struct {
    const char *name;
    const size_t *lengths;
    size_t n;
} CASES[] = {{"16", ONE[0], 1},  {"32", ONE[1], 1},
             {"64", ONE[2], 1},  {"128", ONE[3], 1},
             {"256", ONE[4], 1}, {"line", LINES, LINE_COUNT}};
#define CASE_COUNT (sizeof(CASES) / sizeof(CASES[0]))

static bool is_wanted(enum isa isa, int argc, char **argv)
{
    bool wanted = argc == 1;

    for (int i = 1; i < argc; i++)
        wanted = wanted || isa_find(argv[i]) == isa;
    return wanted;
}

static rsc_status open_all(struct bench *b, int argc, char **argv)
{
    struct cpu cpu;
    rsc_status st = RSC_OK;

    cpu_detect(&cpu);
    printf("%s, one thread; ms per sequence\n", cpu.model);
    for (int p = PRECISION_INT8; p <= PRECISION_F32 && !st; p++) {
        st = pack_anew(&b->ctx, &b->pack[p], (enum encoder_precision)p);
        for (int isa = 0; isa < ISA_COUNT && !st; isa++) {
            struct encoder_options options = {(enum isa)isa, 1};
            if (kernels_find((enum isa)isa) && cpu_has(&cpu, (enum isa)isa) &&
                is_wanted((enum isa)isa, argc, argv))
                st = encoder_open(&b->ctx, &b->encoder[p][isa], &b->mem,
                                  &b->pack[p], &options);
        }
    }
    return st;
}

/* Processor time of one run, in ms per sequence. */
static double run_once(struct bench *b, struct encoder *encoder, size_t c)
{
    struct sequence sequences[LINE_COUNT];
    struct timespec from, to;

    for (size_t i = 0; i < CASES[c].n; i++)
        sequences[i] = (struct sequence){b->ids + i, CASES[c].lengths[i]};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    if (encoder_encode(&b->ctx, encoder, sequences, CASES[c].n, b->out)) {
        fprintf(stderr, "bench_isa: %s\n", b->ctx.error.message);
        exit(1);
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    return ((double)(to.tv_sec - from.tv_sec) * 1e3 +
            (double)(to.tv_nsec - from.tv_nsec) * 1e-6) /
           (double)CASES[c].n;
}

static void print_table(double least[PRECISION_COUNT][ISA_COUNT][CASE_COUNT],
                        const struct bench *b)
{
    printf("%-5s %-12s", "", "tokens");
    for (size_t c = 0; c < CASE_COUNT; c++)
        printf(" %9s", CASES[c].name);
    for (int p = PRECISION_INT8; p <= PRECISION_F32; p++)
        for (int isa = 0; isa < ISA_COUNT; isa++) {
            if (!b->encoder[p][isa])
                continue;
            printf("\n%-5s %-12s", precision_name((enum encoder_precision)p),
                   isa_name((enum isa)isa));
            for (size_t c = 0; c < CASE_COUNT; c++)
                printf(" %9.3f", least[p][isa][c]);
        }
    printf("\n");
}

static void measure(struct bench *b)
{
    static double least[PRECISION_COUNT][ISA_COUNT][CASE_COUNT];

    for (int round = 0; round < ROUNDS; round++)
        for (size_t c = 0; c < CASE_COUNT; c++)
            for (int p = PRECISION_INT8; p <= PRECISION_F32; p++)
                for (int isa = 0; isa < ISA_COUNT; isa++) {
                    /* The reference is slow, and nobody waits for it. */
                    if (!b->encoder[p][isa] || (isa == ISA_SCALAR && round > 3))
                        continue;
                    double ms = run_once(b, b->encoder[p][isa], c);
                    double *at = &least[p][isa][c];
                    *at = round && *at < ms ? *at : ms;
                }
    print_table(least, b);
}

int main(int argc, char **argv)
{
    static struct bench b;

    mem_init(&b.mem, "bench", 0);
    ctx_init(&b.ctx, &b.mem);
    for (int i = 0; i < MAX_TOKENS; i++)
        b.ids[i] = 1000 + i * 7919 % 25000;
    b.out = ctx_alloc_array(&b.ctx, LINE_COUNT * 1024, sizeof(float));
    if (!b.out || open_all(&b, argc, argv))
        /* Without a model there is nothing to measure, and that is no
         * failure of `make bench`. */
        fprintf(stderr, "SKIP bench_isa: %s\n", b.ctx.error.message);
    else
        measure(&b);
    for (int p = 0; p < PRECISION_COUNT; p++) {
        for (int isa = 0; isa < ISA_COUNT; isa++)
            encoder_close(b.encoder[p][isa]);
        pack_close(&b.pack[p]);
    }
    ctx_clear(&b.ctx);
    return 0;
}
