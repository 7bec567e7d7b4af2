/* SPDX-License-Identifier: MIT */
/* The n-th allocation fails, for every n: the answer is RSC_ENOMEM, nothing
 * leaks, nothing crashes. */
#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/job.h"
#include "parse/jsonresume.h"
#include "text/plain.h"

static const char *const resume_text =
    "Jane Doe\njane@example.com\n\nEXPERIENCE\n"
    "Nurse, Mercy Hospital, Dallas, TX, 2015 - 2018\n- Led a ward\n"
    "EDUCATION\nBSc Nursing, Baylor University, 2014\n"
    "CERTIFICATIONS\nACLS, 2020\nLANGUAGES\nFrench (C1)\n";
static const char *const job_text =
    "Nurse\nRequirements:\n- 3 years of nursing\n- Python or Java\n"
    "- Bachelor's degree in Nursing\n- Fluent French\n- RN license\n";
static const char *const json_text =
    "{\"basics\":{\"name\":\"Jane\"},\"work\":[{\"name\":\"Mercy\","
    "\"position\":\"Nurse\",\"startDate\":\"2015\"}]}";

/* Blocks of the arena hide single failures; text of this length needs more
 * than one. */
static struct str repeat(const char *text, char *out, size_t size)
{
    size_t len = strlen(text), at = 0;

    while (at + len < size) {
        memcpy(out + at, text, len);
        at += len;
    }
    return (struct str){out, at};
}

static rsc_status run_resume(struct ctx *ctx, struct str text,
                             const struct ontology *ontology)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct document doc;
    struct resume resume;
    struct buf out;
    rsc_status st = plain_document(ctx, &doc, text);

    if (!st)
        st = resume_parse(ctx, &resume, &doc, ontology, &options);
    if (st)
        return st;
    buf_init(&out, ctx->arena.mem, 1 << 22);
    st = resume_write_jsonresume(ctx, &out, &resume, ontology, false);
    buf_clear(&out);
    return st;
}

static rsc_status run_job(struct ctx *ctx, struct str text,
                          const struct ontology *ontology)
{
    struct document doc;
    struct job job;
    rsc_status st = plain_document(ctx, &doc, text);

    return st ? st : job_parse(ctx, &job, &doc, ontology);
}

static rsc_status run_json(struct ctx *ctx, struct str text,
                           const struct ontology *ontology)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct document doc;
    struct resume resume;
    rsc_status st = jsonresume_read(ctx, &doc, text);

    return st ? st : resume_parse(ctx, &resume, &doc, ontology, &options);
}

typedef rsc_status (*run_fn)(struct ctx *, struct str, const struct ontology *);

static void fail_each(run_fn run, struct str text)
{
    struct ontology *ontology = NULL;
    struct mem kept;
    struct ctx open;
    long n = 0;
    rsc_status st = RSC_ENOMEM;

    mem_init(&kept, "kept", 0);
    ctx_init(&open, &kept);
    assert_int_equal(ontology_open(&open, &ontology, &kept, STR_NONE, ""),
                     RSC_OK);
    for (; st != RSC_OK && n < 1000; n++) {
        struct mem mem;
        struct ctx ctx;
        mem_init(&mem, "test", 0);
        mem.fail_after = n;
        ctx_init(&ctx, &mem);
        st = run(&ctx, text, ontology);
        assert_true(st == RSC_OK || st == RSC_ENOMEM);
        ctx_clear(&ctx);
        assert_int_equal(mem.bytes, 0);
    }
    assert_true(st == RSC_OK);
    assert_true(n > 1);
    ontology_close(ontology);
    ctx_clear(&open);
}

static void a_resume_without_memory_fails_cleanly(void **state)
{
    (void)state;
    static char text[40000];
    fail_each(run_resume, repeat(resume_text, text, sizeof(text)));
}

static void a_job_without_memory_fails_cleanly(void **state)
{
    (void)state;
    static char text[40000];
    fail_each(run_job, repeat(job_text, text, sizeof(text)));
}

static void a_json_resume_without_memory_fails_cleanly(void **state)
{
    (void)state;
    fail_each(run_json, str_of(json_text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resume_without_memory_fails_cleanly),
        cmocka_unit_test(a_job_without_memory_fails_cleanly),
        cmocka_unit_test(a_json_resume_without_memory_fails_cleanly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
