/* SPDX-License-Identifier: MIT */
#include "embed/encoder.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "cmocka_all.h"
#include "tensor/fpenv.h"
#include "tensor/kernels.h"
#include "tiny_model.h"

#define HIDDEN 64
#define CAP    40
#define VOCAB  50

static const struct encoder_config TINY = {.layers = 2,
                                           .hidden = HIDDEN,
                                           .heads = 2,
                                           .inner = 128,
                                           .vocab = VOCAB,
                                           .cap = CAP,
                                           .normalize = true,
                                           .eps = 1e-12F};

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct pack pack;
    int32_t ids[16][CAP];
    struct sequence sequences[16];
};

/* The test's own sequences calibrate int8. */
static void pack_tiny(struct fixture *f, enum encoder_precision precision)
{
    struct tiny_model model;
    struct encoder_conversion conversion = {.precision = precision,
                                            .calibration = f->sequences,
                                            .n_calibration = 16};
    struct str bytes;

    assert_int_equal(tiny_model_make(&f->ctx, &model, TINY), RSC_OK);
    assert_int_equal(
        encoder_convert(&f->ctx, &bytes, &model.source, &conversion), RSC_OK);
    assert_int_equal(pack_parse(&f->ctx, &f->pack, bytes, "tiny"), RSC_OK);
    assert_int_equal(pack_verify(&f->ctx, &f->pack), RSC_OK);
}

static int setup_precision(void **state, enum encoder_precision precision)
{
    struct fixture *f = calloc(1, sizeof(*f));

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    for (size_t s = 0; s < 16; s++) {
        f->sequences[s] = (struct sequence){f->ids[s], 1 + s * 39 / 15};
        for (size_t i = 0; i < CAP; i++)
            f->ids[s][i] = (int32_t)((s * 7 + i * 13) % VOCAB);
    }
    pack_tiny(f, precision);
    return 0;
}

static int setup(void **state)
{
    return setup_precision(state, PRECISION_F32);
}

static int setup_int8(void **state)
{
    return setup_precision(state, PRECISION_INT8);
}

static int setup_bf16(void **state)
{
    return setup_precision(state, PRECISION_BF16);
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    free(f);
    return 0;
}

static void encode(struct fixture *f, enum isa isa, unsigned threads,
                   const struct sequence *sequences, size_t n, float *out)
{
    struct encoder *encoder;
    struct encoder_options options = {isa, threads};

    assert_int_equal(
        encoder_open(&f->ctx, &encoder, &f->mem, &f->pack, &options), RSC_OK);
    assert_int_equal(encoder_encode(&f->ctx, encoder, sequences, n, out),
                     RSC_OK);
    encoder_close(encoder);
}

/* The least cosine of two tables of unit vectors. */
static double least_cosine(const float *a, const float *b)
{
    double least = 1;

    for (size_t s = 0; s < 16; s++) {
        double cosine = 0;
        for (size_t i = s * HIDDEN; i < (s + 1) * HIDDEN; i++)
            cosine += (double)a[i] * (double)b[i];
        assert_true(cosine < 1.000001);
        least = cosine < least ? cosine : least;
    }
    return least;
}

/* Products of bf16 by an instruction for them are the processor's own. */
static bool is_exact(const struct fixture *f, enum isa isa)
{
    const struct pack_section *config = pack_find(&f->pack, SECTION_CONFIG, 0);
    const uint32_t *word = (const void *)(f->pack.data + config->offset);

    return word[CONFIG_PRECISION] != PRECISION_BF16 || isa < ISA_AVX512BF16 ||
           isa >= ISA_NEON;
}

static void every_isa_gives_the_bytes_of_scalar(void **state)
{
    struct fixture *f = *state;
    float expected[16 * HIDDEN], out[16 * HIDDEN];
    struct cpu cpu;

    cpu_detect(&cpu);
    encode(f, ISA_SCALAR, 1, f->sequences, 16, expected);
    for (size_t s = 0; s < 16; s++) {
        double length = 0;
        for (size_t i = 0; i < HIDDEN; i++)
            length += (double)expected[s * HIDDEN + i] *
                      (double)expected[s * HIDDEN + i];
        assert_true(fabs(length - 1) < 1e-5);
    }
    for (int isa = 1; isa < ISA_COUNT; isa++) {
        if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
            continue;
        encode(f, (enum isa)isa, 1, f->sequences, 16, out);
        if (is_exact(f, (enum isa)isa))
            assert_memory_equal(out, expected, sizeof(out));
        assert_true(least_cosine(out, expected) > 0.9999);
    }
}

static void neighbours_order_and_threads_change_nothing(void **state)
{
    struct fixture *f = *state;
    struct sequence reversed[16];
    float expected[16 * HIDDEN], out[16 * HIDDEN];

    encode(f, ISA_COUNT, 1, f->sequences, 16, expected);
    for (size_t s = 0; s < 16; s++) {
        encode(f, ISA_COUNT, 1, &f->sequences[s], 1, out);
        assert_memory_equal(out, expected + s * HIDDEN, HIDDEN * sizeof(float));
        reversed[15 - s] = f->sequences[s];
    }
    encode(f, ISA_COUNT, 3, reversed, 16, out);
    for (size_t s = 0; s < 16; s++)
        assert_memory_equal(out + (15 - s) * HIDDEN, expected + s * HIDDEN,
                            HIDDEN * sizeof(float));
}

/* Its mean over a sequence is the vector before it gets unit length. */
static void a_vector_is_the_mean_of_its_tokens(void **state)
{
    struct fixture *f = *state;
    float expected[3 * HIDDEN], each[3 * CAP * HIDDEN];
    struct sequence sequences[3] = {f->sequences[2], f->sequences[15],
                                    f->sequences[7]};
    struct encoder_options options = {ISA_COUNT, 2};
    struct encoder *encoder;
    const float *row = each;

    encode(f, ISA_COUNT, 1, sequences, 3, expected);
    assert_int_equal(
        encoder_open(&f->ctx, &encoder, &f->mem, &f->pack, &options), RSC_OK);
    assert_int_equal(encoder_encode_each(&f->ctx, encoder, sequences, 3, each),
                     RSC_OK);
    encoder_close(encoder);
    for (size_t s = 0; s < 3; s++) {
        double mean[HIDDEN] = {0}, length = 0;
        for (size_t t = 0; t < sequences[s].len; t++, row += HIDDEN)
            for (size_t i = 0; i < HIDDEN; i++)
                mean[i] += (double)row[i];
        for (size_t i = 0; i < HIDDEN; i++)
            length += mean[i] * mean[i];
        for (size_t i = 0; i < HIDDEN; i++)
            assert_true(fabs(mean[i] / sqrt(length) -
                             (double)expected[s * HIDDEN + i]) < 1e-5);
    }
}

static void int8_is_close_to_f32(void **state)
{
    struct fixture *f = *state;
    float bytes[16 * HIDDEN], floats[16 * HIDDEN];

    encode(f, ISA_COUNT, 1, f->sequences, 16, bytes);
    pack_tiny(f, PRECISION_F32);
    encode(f, ISA_COUNT, 1, f->sequences, 16, floats);
    assert_true(least_cosine(bytes, floats) > 0.999);
}

static void bf16_is_closer_to_f32(void **state)
{
    struct fixture *f = *state;
    float rounded[16 * HIDDEN], floats[16 * HIDDEN];

    encode(f, ISA_COUNT, 1, f->sequences, 16, rounded);
    pack_tiny(f, PRECISION_F32);
    encode(f, ISA_COUNT, 1, f->sequences, 16, floats);
    double least = least_cosine(rounded, floats);
    assert_true(least > 0.9999 && least < 0.9999999);
}

struct caller {
    struct fixture *fixture;
    struct encoder *encoder;
    const float *expected;
    pthread_t thread;
};

static void *call_often(void *arg)
{
    struct caller *c = arg;
    struct ctx ctx;
    float out[16 * HIDDEN];

    ctx_init(&ctx, &c->fixture->mem);
    for (int round = 0; round < 20; round++) {
        size_t first = (size_t)round % 8, n = 1 + (size_t)round % 9;
        rsc_status st = encoder_encode(&ctx, c->encoder,
                                       c->fixture->sequences + first, n, out);
        if (st || memcmp(out, c->expected + first * HIDDEN,
                         n * HIDDEN * sizeof(float)) != 0)
            return c;
    }
    ctx_clear(&ctx);
    return NULL;
}

static void callers_in_many_threads_get_their_own_vectors(void **state)
{
    struct fixture *f = *state;
    struct encoder_options options = {ISA_COUNT, 2};
    struct encoder *encoder;
    struct caller callers[4];
    float expected[16 * HIDDEN];

    encode(f, ISA_COUNT, 1, f->sequences, 16, expected);
    assert_int_equal(
        encoder_open(&f->ctx, &encoder, &f->mem, &f->pack, &options), RSC_OK);
    for (int i = 0; i < 4; i++) {
        callers[i] = (struct caller){f, encoder, expected, 0};
        assert_int_equal(
            pthread_create(&callers[i].thread, NULL, call_often, &callers[i]),
            0);
    }
    for (int i = 0; i < 4; i++) {
        void *failed;
        pthread_join(callers[i].thread, &failed);
        assert_null(failed);
    }
    encoder_close(encoder);
}

static void a_host_with_flush_to_zero_gets_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    float expected[16 * HIDDEN], out[16 * HIDDEN];

    encode(f, ISA_COUNT, 1, f->sequences, 16, expected);
#if defined(__x86_64__)
    uint32_t mode = _mm_getcsr();
    /* Flush to zero, round down. */
    _mm_setcsr(mode | 0x8040 | 0x2000);
    encode(f, ISA_COUNT, 1, f->sequences, 16, out);
    assert_int_equal(_mm_getcsr() & 0xffc0U,
                     (mode | 0x8040 | 0x2000) & 0xffc0U);
    _mm_setcsr(mode);
    assert_memory_equal(out, expected, sizeof(out));
#else
    (void)out;
#endif
}

static void what_the_model_does_not_have_is_refused(void **state)
{
    struct fixture *f = *state;
    struct encoder_options options = {ISA_COUNT, 1};
    struct encoder *encoder;
    float out[HIDDEN];
    int32_t bad[] = {1, VOCAB};

    assert_int_equal(
        encoder_open(&f->ctx, &encoder, &f->mem, &f->pack, &options), RSC_OK);
    struct sequence sequences[] = {
        {bad, 2}, {f->ids[0], 0}, {f->ids[0], CAP + 1}};
    for (size_t i = 0; i < 3; i++) {
        struct ctx ctx;
        ctx_init(&ctx, &f->mem);
        assert_int_equal(encoder_encode(&ctx, encoder, &sequences[i], 1, out),
                         RSC_EINVALID);
        ctx_clear(&ctx);
    }
    atomic_bool cancelled = true;
    struct ctx ctx;
    ctx_init(&ctx, &f->mem);
    ctx.cancelled = &cancelled;
    assert_int_equal(encoder_encode(&ctx, encoder, f->sequences, 16, out),
                     RSC_ECANCELLED);
    ctx_clear(&ctx);
    encoder_close(encoder);
    options.isa = ISA_COUNT - 1;
    struct cpu cpu;
    cpu_detect(&cpu);
    if (!cpu_has(&cpu, options.isa)) {
        ctx_init(&ctx, &f->mem);
        assert_int_equal(
            encoder_open(&ctx, &encoder, &f->mem, &f->pack, &options),
            RSC_EUNSUPPORTED);
        ctx_clear(&ctx);
    }
}

static void a_pack_of_another_revision_is_refused(void **state)
{
    struct fixture *f = *state;
    struct encoder_options options = {ISA_COUNT, 1};
    const struct pack_section *config = pack_find(&f->pack, SECTION_CONFIG, 0);
    uint32_t *word = (uint32_t *)(uintptr_t)(f->pack.data + config->offset);

    for (uint32_t revision = 0; revision < ENCODER_REVISION + 2; revision++) {
        struct encoder *encoder;
        struct ctx ctx;
        ctx_init(&ctx, &f->mem);
        word[CONFIG_REVISION] = revision;
        rsc_status st =
            encoder_open(&ctx, &encoder, &f->mem, &f->pack, &options);
        assert_int_equal(st,
                         revision == ENCODER_REVISION ? RSC_OK : RSC_EFORMAT);
        if (st)
            assert_non_null(strstr(ctx.error.message, "models pack"));
        encoder_close(encoder);
        ctx_clear(&ctx);
    }
}

static void memory_that_ends_is_an_error_and_no_leak(void **state)
{
    struct fixture *f = *state;
    struct encoder_options options = {ISA_COUNT, 3};

    for (long after = 0; after < 6; after++) {
        struct mem mem;
        struct ctx ctx;
        struct encoder *encoder = NULL;
        mem_init(&mem, "test", 0);
        mem.fail_after = after;
        ctx_init(&ctx, &f->mem);
        rsc_status st = encoder_open(&ctx, &encoder, &mem, &f->pack, &options);
        assert_int_equal(st, RSC_ENOMEM);
        assert_null(encoder);
        assert_int_equal(mem.bytes, 0);
        ctx_clear(&ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_isa_gives_the_bytes_of_scalar,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            neighbours_order_and_threads_change_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(every_isa_gives_the_bytes_of_scalar,
                                        setup_int8, teardown),
        cmocka_unit_test_setup_teardown(
            neighbours_order_and_threads_change_nothing, setup_int8, teardown),
        cmocka_unit_test_setup_teardown(every_isa_gives_the_bytes_of_scalar,
                                        setup_bf16, teardown),
        cmocka_unit_test_setup_teardown(
            neighbours_order_and_threads_change_nothing, setup_bf16, teardown),
        cmocka_unit_test_setup_teardown(a_vector_is_the_mean_of_its_tokens,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_vector_is_the_mean_of_its_tokens,
                                        setup_int8, teardown),
        cmocka_unit_test_setup_teardown(int8_is_close_to_f32, setup_int8,
                                        teardown),
        cmocka_unit_test_setup_teardown(bf16_is_closer_to_f32, setup_bf16,
                                        teardown),
        cmocka_unit_test_setup_teardown(
            callers_in_many_threads_get_their_own_vectors, setup, teardown),
        cmocka_unit_test_setup_teardown(
            a_host_with_flush_to_zero_gets_the_same_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(what_the_model_does_not_have_is_refused,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_pack_of_another_revision_is_refused,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(
            memory_that_ends_is_an_error_and_no_leak, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
