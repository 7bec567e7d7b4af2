/* SPDX-License-Identifier: MIT */
/* The same resume of other people, with the real parser. */
#include "base/mem.h"
#include "cmocka_all.h"
#include "score/redact.h"
#include "score/swap.h"
#include "text/plain.h"

static const char text[] = "Ruby Jenkins\n"
                           "12 Elm Street, Leeds LS1 4AB\n"
                           "ruby.jenkins@example.com | +44 113 496 0123\n"
                           "Date of birth: 4 May 1988\n"
                           "Nationality: British\n"
                           "Gender: female\n"
                           "\n"
                           "SUMMARY\n"
                           "Developer who writes Python and speaks French.\n"
                           "\n"
                           "EXPERIENCE\n"
                           "Developer, Acme Ltd, 03/2019 - 05/2021\n"
                           "- Wrote Python tools for the billing team\n"
                           "\n"
                           "EDUCATION\n"
                           "BSc Computer Science, University of Leeds, 2009\n"
                           "\n"
                           "LANGUAGES\n"
                           "English (native), French (B2)\n";

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct document doc;
    struct resume resume;
};

static void read_text(struct fixture *f, struct ctx *ctx, struct document *doc,
                      struct resume *resume, struct str content)
{
    struct resume_options options = {.as_of = {2025, 6}};
    assert_int_equal(plain_document(ctx, doc, content), RSC_OK);
    assert_int_equal(resume_parse(ctx, resume, doc, f->ontology, &options),
                     RSC_OK);
}

static int setup(void **state)
{
    static struct fixture f;
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    if (ontology_open(&f.ctx, &f.ontology, &f.mem, STR(""), ""))
        return 1;
    read_text(&f, &f.ctx, &f.doc, &f.resume, str_of(text));
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    ontology_close(f->ontology);
    ctx_clear(&f->ctx);
    return 0;
}

static void other_people_have_the_same_blind_resume(void **state)
{
    struct fixture *f = *state;
    for (uint32_t seed = 0; seed < swap_names() * 2; seed++) {
        struct ctx ctx;
        struct document doc;
        struct resume other;
        struct swap_counts counts;
        struct str variant;
        ctx_init(&ctx, &f->mem);
        assert_int_equal(swap_make(&ctx, &variant, &counts, &f->resume, seed),
                         RSC_OK);
        assert_true(counts.of[PERSONAL_NAME] > 0);
        assert_true(counts.of[PERSONAL_EMAIL] > 0);
        assert_true(counts.of[PERSONAL_GENDER] > 0);
        read_text(f, &ctx, &doc, &other, variant);
        assert_int_equal(other.n_sentences, f->resume.n_sentences);
        for (size_t i = 0; i < other.n_sentences; i++)
            assert_true(
                str_eq(other.sentences[i].blind, f->resume.sentences[i].blind));
        assert_int_equal(other.experience_months, f->resume.experience_months);
        ctx_clear(&ctx);
    }
}

static void what_is_swapped_is_gone_and_what_is_not_stays(void **state)
{
    struct fixture *f = *state;
    struct swap_counts counts;
    struct str a, b;
    assert_int_equal(swap_make(&f->ctx, &a, &counts, &f->resume, 5), RSC_OK);
    static const char *const gone[] = {
        "Ruby", "Jenkins", "Elm Street", "496 0123", "1988", "female", "2009"};
    static const char *const stays[] = {"Python",
                                        "French (B2)",
                                        "English (native)",
                                        "03/2019 - 05/2021",
                                        "Acme Ltd",
                                        "University of Leeds",
                                        "BSc Computer Science"};
    for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++)
        if (strstr(a.data, gone[i]))
            fail_msg("%s is still there:\n%s", gone[i], a.data);
    for (size_t i = 0; i < sizeof(stays) / sizeof(stays[0]); i++)
        if (!strstr(a.data, stays[i]))
            fail_msg("%s is gone:\n%s", stays[i], a.data);
    assert_int_equal(swap_make(&f->ctx, &b, &counts, &f->resume, 5), RSC_OK);
    assert_true(str_eq(a, b));
}

static void a_redacted_copy_names_what_it_took_out(void **state)
{
    struct fixture *f = *state;
    struct redact_counts counts;
    struct buf out;
    buf_init(&out, &f->mem, 1 << 16);
    redact_write(&out, &counts, &f->resume);
    buf_put_char(&out, '\0');
    assert_null(strstr(out.data, "Jenkins"));
    assert_null(strstr(out.data, "example.com"));
    assert_non_null(strstr(out.data, "[name]"));
    assert_non_null(strstr(out.data, "[e-mail]"));
    assert_non_null(strstr(out.data, "Wrote Python tools"));
    assert_int_equal(counts.all, f->resume.n_personal);
    buf_clear(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(other_people_have_the_same_blind_resume),
        TEST(what_is_swapped_is_gone_and_what_is_not_stays),
        TEST(a_redacted_copy_names_what_it_took_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
