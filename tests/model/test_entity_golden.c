/* SPDX-License-Identifier: MIT */
/*
 * Compares the entity pipeline with what Python spaCy made of the same texts:
 * tokens, attribute ids, heads, labels, sentence starts, tags and entities.
 *
 * en_core_web_sm itself, where it is installed, on tests/golden/
 * entities_real.jsonl, under every instruction set of this processor. A
 * pipeline of the same shape on many more texts, which stand beside the
 * checkout, in ../shared/spacy, or where ENTITY_GOLDEN says. What is not there
 * is skipped by name.
 */
#include <ftw.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "entity_compare.h"

#define GOLDEN_BYTES ((size_t)64 << 20)

static const char *root(void)
{
    const char *given = getenv("ENTITY_GOLDEN");

    return given ? given : "../shared/spacy";
}

static void compare_lines(const char *folder, const char *path,
                          const struct kernels *kernels)
{
    struct mem mem;
    struct ctx ctx;
    struct str text, line;
    struct entity_pipeline *pipeline = NULL;
    struct tally t = {0};

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(file_read(&ctx, &text, path, GOLDEN_BYTES), RSC_OK);
    if (entity_pipeline_open(&ctx, &pipeline, &mem, folder, kernels))
        fail_msg("%s", ctx.error.message);
    while (str_next_line(&text, &line))
        compare_text(&mem, pipeline, line, &t);
    print_message("%s: %zu texts, %zu tokens, %zu entities; different: %zu "
                  "tokens, %zu attributes, %zu heads, %zu sentence starts, "
                  "%zu tags, %zu entities\n",
                  path, t.texts, t.tokens, t.entities, t.bad_tokens, t.bad_ids,
                  t.bad_heads, t.bad_starts, t.bad_tags, t.bad_entities);
    entity_pipeline_close(pipeline);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
    assert_int_equal(total_bad(&t), 0);
    assert_true(t.texts > 0);
}

static void compare_file(const char *folder, const char *name)
{
    char path[512];

    snprintf(path, sizeof(path), "%s/golden/%s", root(), name);
    if (access(path, R_OK) || access(folder, R_OK)) {
        print_message("SKIP %s: %s is not here\n", name, path);
        skip();
    }
    compare_lines(folder, path, NULL);
}

static void en_core_web_sm_equals_python(void **state)
{
    const char *dir = getenv("RESUME_SCORER_MODELS");
    char folder[512];
    struct cpu cpu;

    (void)state;
    snprintf(folder, sizeof(folder), "%s/en_core_web_sm/source",
             dir ? dir : "");
    if (access(folder, R_OK)) {
        print_message("SKIP en_core_web_sm_equals_python: no pipeline in "
                      "RESUME_SCORER_MODELS\n");
        skip();
    }
    cpu_detect(&cpu);
    for (int isa = 0; isa < ISA_COUNT; isa++)
        if (cpu_has(&cpu, (enum isa)isa) && kernels_find((enum isa)isa))
            compare_lines(folder, "tests/golden/entities_real.jsonl",
                          kernels_find((enum isa)isa));
}

static void compare_trained(const char *name)
{
    char folder[512];

    snprintf(folder, sizeof(folder), "%s/pipeline", root());
    compare_file(folder, name);
}

static void resumes_equal_python(void **state)
{
    (void)state;
    compare_trained("resumes.jsonl");
}

static void web_texts_equal_python(void **state)
{
    (void)state;
    compare_trained("ewt.jsonl");
}

static void nasty_texts_equal_python(void **state)
{
    (void)state;
    compare_trained("nasty.jsonl");
}

/* Runs the tool that writes a random pipeline; it needs the standard library
 * of Python only. Returns false where there is no Python. */
static bool make_random(char *folder, char *seed)
{
    char tool[512], python[] = "python3";
    pid_t child;
    int status = 1;

    snprintf(tool, sizeof(tool), "%s/mk_tiny.py", root());
    char *const args[] = {python, tool, folder, seed, NULL};
    if (access(tool, R_OK) ||
        posix_spawnp(&child, python, NULL, NULL, args, environ))
        return false;
    return waitpid(child, &status, 0) == child && status == 0;
}

static int remove_entry(const char *path, const struct stat *info, int kind,
                        struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

static void compare_random(char *seed)
{
    char folder[] = "/tmp/rsc-tiny-XXXXXX", name[64];

    assert_non_null(mkdtemp(folder));
    if (!make_random(folder, seed)) {
        nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
        print_message("SKIP tiny%s: python3 or the generator is not here\n",
                      seed);
        skip();
    }
    snprintf(name, sizeof(name), "tiny%s.jsonl", seed);
    compare_file(folder, name);
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void random_pipeline_1_equals_python(void **state)
{
    (void)state;
    char seed[] = "1";
    compare_random(seed);
}

static void random_pipeline_2_equals_python(void **state)
{
    (void)state;
    char seed[] = "2";
    compare_random(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(en_core_web_sm_equals_python),
        cmocka_unit_test(web_texts_equal_python),
        cmocka_unit_test(nasty_texts_equal_python),
        cmocka_unit_test(resumes_equal_python),
        cmocka_unit_test(random_pipeline_1_equals_python),
        cmocka_unit_test(random_pipeline_2_equals_python),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
