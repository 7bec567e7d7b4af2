/* SPDX-License-Identifier: MIT */
/* Vectors of the real model against those of sentence-transformers
 * (tests/golden/encoder.f32, by tools/encoder_golden.py). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmocka_all.h"
#include "embed/embed.h"
#include "model/store.h"

enum {
    LINES = 30,
    DIM = 384
};

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct str source;
    struct str texts[LINES];
    const float *expected;
};

static int setup(void **state)
{
    const char *dir = getenv("RESUME_SCORER_MODELS");
    struct fixture *f = calloc(1, sizeof(*f));
    struct str text, bytes, line;
    size_t n = 0;

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    if (!dir ||
        store_find_source(&f->ctx, &f->source, dir, STR("all-MiniLM-L6-v2"))) {
        f->source = STR_NONE;
        return 0;
    }
    assert_int_equal(
        file_read(&f->ctx, &text, "tests/golden/encoder.txt", 1 << 20), RSC_OK);
    assert_int_equal(
        file_read(&f->ctx, &bytes, "tests/golden/encoder.f32", 1 << 20),
        RSC_OK);
    while (n < LINES && str_next_line(&text, &line))
        f->texts[n++] = line;
    assert_int_equal(n, LINES);
    assert_int_equal(bytes.len, LINES * DIM * sizeof(float));
    f->expected = (const void *)bytes.data;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    ctx_clear(&f->ctx);
    free(f);
    return 0;
}

/* Packs the source in a precision and returns the vectors; `least` and `mean`
 * are of their cosines to the golden ones. */
static void check(struct fixture *f, enum encoder_precision precision,
                  double *least, double *mean)
{
    char path[] = "/tmp/rsc-golden-XXXXXX";
    struct embed_packing packing = {.precision = precision};
    struct encoder_options options = {ISA_COUNT, 2};
    static float out[LINES * DIM];
    struct embedder *e;

    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(embed_pack(&f->ctx, f->source.data, path, &packing),
                     RSC_OK);
    assert_int_equal(embed_verify(&f->ctx, path), RSC_OK);
    assert_int_equal(embed_open(&f->ctx, &e, &f->mem, path, &options), RSC_OK);
    unlink(path);
    assert_int_equal(embed_config(e)->cap, 256);
    assert_int_equal(embed_texts(&f->ctx, e, f->texts, LINES, out, NULL),
                     RSC_OK);
    embed_close(e);
    *least = 1;
    *mean = 0;
    for (size_t i = 0; i < LINES; i++) {
        double cosine = 0;
        for (size_t d = 0; d < DIM; d++)
            cosine +=
                (double)out[i * DIM + d] * (double)f->expected[i * DIM + d];
        *least = cosine < *least ? cosine : *least;
        *mean += cosine / LINES;
    }
}

static void f32_is_the_reference(void **state)
{
    struct fixture *f = *state;
    double least, mean;

    if (!f->source.data) {
        print_message("SKIP f32_is_the_reference: no model in "
                      "RESUME_SCORER_MODELS\n");
        skip();
    }
    check(f, PRECISION_F32, &least, &mean);
    assert_true(least >= 0.99999);
}

static void int8_is_near_the_reference(void **state)
{
    struct fixture *f = *state;
    double least, mean;

    if (!f->source.data) {
        print_message("SKIP int8_is_near_the_reference: no model in "
                      "RESUME_SCORER_MODELS\n");
        skip();
    }
    check(f, PRECISION_INT8, &least, &mean);
    print_message("int8: least cosine %.5f, mean %.5f\n", least, mean);
    /* One character, or none, is the hardest; real lines are above .998. */
    assert_true(least >= 0.995);
    assert_true(mean >= 0.9988);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(f32_is_the_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(int8_is_near_the_reference, setup,
                                        teardown),
    };
    return cmocka_run_group_tests_name("encoder", tests, NULL, NULL);
}
