/* SPDX-License-Identifier: MIT */
/* The vocabulary of the real model against ids of the `tokenizers` package. */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmocka_all.h"
#include "embed/wordpiece.h"
#include "model/store.h"
#include "wordpiece_golden.h"

enum {
    GOLDEN_CAP = 64, /* as in tools/wordpiece_golden.py */
};

static void ids_are_those_of_the_package(void **state)
{
    const char *dir = getenv("RESUME_SCORER_MODELS");
    struct str path, vocab, block;
    struct wordpiece wp;
    struct mem mem;
    struct ctx ctx;

    (void)state;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    if (!dir || store_find_source(&ctx, &path, dir, STR("all-MiniLM-L6-v2"))) {
        ctx_clear(&ctx);
        print_message("SKIP ids_are_those_of_the_package: no model in "
                      "RESUME_SCORER_MODELS\n");
        skip();
    }
    path = ctx_printf(&ctx, "%.*s/vocab.txt", STR_ARG(path));
    assert_int_equal(file_read(&ctx, &vocab, path.data, 1 << 20), RSC_OK);
    assert_int_equal(wordpiece_build(&ctx, &block, vocab), RSC_OK);
    assert_int_equal(wordpiece_open(&ctx, &wp, block), RSC_OK);
    assert_int_equal(wp.n_tokens, 30522);
    assert_int_equal(wp.cls, 101);
    assert_true(check_golden(&ctx, &wp, GOLDEN_CAP,
                             "tests/golden/wordpiece_model.tsv") > 300);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_those_of_the_package),
    };

    return cmocka_run_group_tests_name("wordpiece model", tests, NULL, NULL);
}
