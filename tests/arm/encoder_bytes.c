/* SPDX-License-Identifier: MIT */
/*
 * Proves "the same bytes on every processor" across architectures: computes
 * with every instruction set that the processor has, fails where two differ,
 * and prints checksums that do not name the processor. `make test-arm` runs
 * it natively and as arm64 under qemu, and compares what they print. Needs
 * base, tensor, model and embed only; no library.
 */
#include <stdio.h>
#include <stdlib.h>

#include "embed/encoder.h"
#include "model/checksum.h"
#include "tensor/linear_s8.h"
#include "tiny_model.h"

#define HIDDEN 64
#define TEXTS  24
#define CAP    40

static struct mem mem;

static void die(const char *what, const char *why)
{
    fprintf(stderr, "encoder_bytes: %s: %s\n", what, why);
    exit(1);
}

static void pack_model(struct ctx *ctx, struct pack *out,
                       enum encoder_precision precision,
                       const struct sequence *texts)
{
    static const struct encoder_config SIZES = {.layers = 2,
                                                .hidden = HIDDEN,
                                                .heads = 2,
                                                .inner = 128,
                                                .vocab = 50,
                                                .cap = CAP,
                                                .normalize = true,
                                                .eps = 1e-12F};
    struct encoder_conversion conversion = {
        .precision = precision, .calibration = texts, .n_calibration = TEXTS};
    struct tiny_model model;
    struct str bytes;

    if (tiny_model_make(ctx, &model, SIZES) ||
        encoder_convert(ctx, &bytes, &model.source, &conversion) ||
        pack_parse(ctx, out, bytes, "tiny"))
        die("pack", ctx->error.message);
    printf("pack %s %016llx\n", precision_name(precision),
           (unsigned long long)checksum64(bytes.data, bytes.len, 0));
}

static uint64_t encode(struct ctx *ctx, const struct pack *pack, enum isa isa,
                       const struct sequence *texts)
{
    static float out[TEXTS * HIDDEN];
    struct encoder_options options = {isa, 1};
    struct encoder *encoder;

    if (encoder_open(ctx, &encoder, &mem, pack, &options) ||
        encoder_encode(ctx, encoder, texts, TEXTS, out))
        die(isa_name(isa), ctx->error.message);
    encoder_close(encoder);
    return checksum64(out, sizeof(out), 0);
}

static void check_encoder(enum encoder_precision precision)
{
    static int32_t ids[TEXTS][CAP];
    struct sequence texts[TEXTS];
    struct ctx ctx;
    struct pack pack;
    struct cpu cpu;

    for (size_t t = 0; t < TEXTS; t++) {
        texts[t] = (struct sequence){ids[t], 1 + t * (CAP - 1) / (TEXTS - 1)};
        for (size_t i = 0; i < CAP; i++)
            ids[t][i] = (int32_t)((t * 7 + i * 13) % 50);
    }
    ctx_init(&ctx, &mem);
    cpu_detect(&cpu);
    pack_model(&ctx, &pack, precision, texts);
    uint64_t expected = encode(&ctx, &pack, ISA_SCALAR, texts);
    printf("vectors %s %016llx\n", precision_name(precision),
           (unsigned long long)expected);
    for (int isa = 1; isa < ISA_COUNT; isa++) {
        if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
            continue;
        /* How an instruction for bf16 rounds is the processor's. */
        if (precision == PRECISION_BF16 && isa >= ISA_AVX512BF16 &&
            isa < ISA_NEON)
            continue;
        if (encode(&ctx, &pack, (enum isa)isa, texts) != expected)
            die(isa_name((enum isa)isa), "other bytes than scalar");
        fprintf(stderr, "%s %s: as scalar\n", precision_name(precision),
                isa_name((enum isa)isa));
    }
    ctx_clear(&ctx);
}

/* Products of bytes at the ends of their range, of odd sizes. */
static uint64_t products(enum isa isa, uint32_t round)
{
    enum {
        K = 100,
        M = 13
    };
    static uint8_t a[M * K];
    static int8_t w[K * PANEL];
    static float y[M * PANEL], scale[PANEL], bias[PANEL];
    static int32_t sum[PANEL];
    struct row_quant quant[M];
    uint32_t random = round * 2654435761U + 1;
    size_t k = 4 * (1 + round % 25), m = 1 + round % M;

    for (size_t i = 0; i < K * PANEL; i++) {
        random = random * 1664525U + 1013904223U;
        uint32_t byte = random >> 24;
        w[i] = (int8_t)(round % 3 ? (byte & 1 ? 127 : -127)
                                  : (int32_t)(byte % 255) - 127);
        if (i < M * K)
            a[i] = (uint8_t)(round % 3 == 1 ? 255 : byte);
    }
    for (size_t j = 0; j < PANEL; j++) {
        scale[j] = 0.01F * (float)(j + 1);
        bias[j] = (float)j;
        sum[j] = 0;
        for (size_t i = 0; i < k; i++)
            sum[j] += w[i / 4 * 4 * PANEL + j * 4 + i % 4];
    }
    for (size_t i = 0; i < M; i++)
        quant[i] = (struct row_quant){0.1F, (int32_t)(i * 21)};
    struct linear_s8 layer = {w, scale, sum, bias, PANEL, k, round & 1};
    struct linear_s8_io io = {a, quant, m, y};
    linear_s8_run(kernels_find(isa), &layer, &io);
    return checksum64(y, m * PANEL * sizeof(float), 0);
}

static void check_products(void)
{
    struct cpu cpu;
    uint64_t all = 0;

    cpu_detect(&cpu);
    for (uint32_t round = 0; round < 300; round++) {
        uint64_t expected = products(ISA_SCALAR, round);
        all = all * 31 + expected;
        for (int isa = 1; isa < ISA_COUNT; isa++)
            if (cpu_has(&cpu, (enum isa)isa) && kernels_find((enum isa)isa) &&
                products((enum isa)isa, round) != expected)
                die(isa_name((enum isa)isa), "other products than scalar");
    }
    printf("products %016llx\n", (unsigned long long)all);
}

int main(void)
{
    mem_init(&mem, "test", 0);
    check_products();
    check_encoder(PRECISION_F32);
    check_encoder(PRECISION_INT8);
    check_encoder(PRECISION_BF16);
    return 0;
}
