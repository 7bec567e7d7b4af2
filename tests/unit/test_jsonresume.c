/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/jsonresume.h"

static const char *const sample =
    "{\"basics\":{\"name\":\"Jane Doe\",\"label\":\"Registered Nurse\","
    "\"email\":\"jane@example.com\",\"phone\":\"+1 512 555 0143\","
    "\"url\":\"https://jane.example.com\",\"summary\":\"Ten years in acute "
    "care.\",\"location\":{\"city\":\"Austin\",\"region\":\"TX\","
    "\"countryCode\":\"US\"}},"
    "\"work\":[{\"name\":\"Mercy Hospital\",\"position\":\"Charge Nurse\","
    "\"startDate\":\"2019-06-01\",\"summary\":\"Ward of thirty beds.\","
    "\"highlights\":[\"Led\\nrounds\",\"Trained staff\"]},"
    "{\"name\":\"Lakeside\",\"position\":\"Staff Nurse\","
    "\"startDate\":\"2016-07\",\"endDate\":\"2019-05\"}],"
    "\"volunteer\":[{\"organization\":\"Red Cross\",\"position\":\"Driver\","
    "\"startDate\":\"2014\",\"endDate\":\"2015\"}],"
    "\"education\":[{\"institution\":\"Baylor "
    "University\",\"area\":\"Nursing\","
    "\"studyType\":\"Bachelor of Science\",\"startDate\":\"2011-09\","
    "\"endDate\":\"2015-05\"}],"
    "\"certificates\":[{\"name\":\"ACLS\",\"issuer\":\"AHA\","
    "\"date\":\"2025-01-01\"}],"
    "\"skills\":[{\"name\":\"Care\",\"keywords\":[\"triage\",\"wound "
    "care\"]}],"
    "\"languages\":[{\"language\":\"Spanish\",\"fluency\":\"Fluent\"}],"
    "\"interests\":[{\"name\":\"Chess\"}],"
    "\"references\":[{\"name\":\"A. Boss\",\"reference\":\"Good.\"}]}";

static rsc_status read_and_parse(struct ctx *ctx, struct document *doc,
                                 struct resume *out, struct str bytes)
{
    struct resume_options options = {.as_of = {2026, 11}};
    rsc_status st = jsonresume_read(ctx, doc, bytes);

    return st ? st : resume_parse(ctx, out, doc, NULL, &options);
}

static struct str text(const struct resume *r, struct span s)
{
    return span_of(r->document->text, s);
}

static void check_sample(const struct resume *r)
{
    assert_int_equal(r->n_roles, 3);
    assert_true(str_eq(text(r, r->roles[0].title), STR("Charge Nurse")));
    assert_true(str_eq(text(r, r->roles[0].employer), STR("Mercy Hospital")));
    assert_true(r->roles[0].dates.is_present);
    assert_int_equal(r->roles[0].dates.first.month, 6);
    assert_true(str_eq(text(r, r->roles[1].employer), STR("Lakeside")));
    assert_int_equal(r->roles[1].months, 35);
    assert_true(r->roles[2].is_volunteer);
    assert_int_equal(r->n_education, 1);
    assert_int_equal(r->education[0].level, DEGREE_BACHELOR);
    assert_true(str_eq(text(r, r->education[0].subject), STR("Nursing")));
    assert_true(
        str_eq(text(r, r->education[0].institution), STR("Baylor University")));
    assert_int_equal(r->n_certificates, 1);
    assert_int_equal(r->certificates[0].issued.year, 2025);
    assert_int_equal(r->n_languages, 1);
    assert_int_equal(r->languages[0].level, 5);
}

static void a_file_becomes_a_resume(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    struct resume r;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_true(jsonresume_detect(str_of(sample)));
    assert_int_equal(read_and_parse(&ctx, &doc, &r, str_of(sample)), RSC_OK);
    check_sample(&r);
    for (size_t i = 0; i < r.n_sentences; i++) {
        assert_true(str_find(r.sentences[i].blind, STR("Jane"), 0) == SIZE_MAX);
        assert_true(str_find(r.sentences[i].blind, STR("Boss"), 0) == SIZE_MAX);
    }
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct document doc, again;
    struct resume r, back;
    struct buf out;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    buf_init(&out, &mem, 1 << 20);
    assert_int_equal(read_and_parse(&ctx, &doc, &r, str_of(sample)), RSC_OK);
    assert_int_equal(resume_write_jsonresume(&ctx, &out, &r, NULL, false),
                     RSC_OK);
    assert_true(jsonresume_detect(buf_str(&out)));
    assert_int_equal(read_and_parse(&ctx, &again, &back, buf_str(&out)),
                     RSC_OK);
    check_sample(&back);
    assert_non_null(strstr(out.data, "Led rounds"));
    assert_non_null(strstr(out.data, "wound care"));
    buf_clear(&out);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        rsc_status status;
    } cases[] = {
        {"{\"basics\": {\"name\": \"x\"", RSC_EFORMAT},
        {"{\"basics\": {}}", RSC_ENOTEXT},
        {"{\"work\": 3, \"basics\": []}", RSC_ENOTEXT},
        {"{\"work\": [null, 1, \"x\", []]}", RSC_OK},
        {"[1,2]", RSC_ENOTEXT},
        {"", RSC_EFORMAT},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct mem mem;
        struct ctx ctx;
        struct document doc;
        mem_init(&mem, "test", 0);
        ctx_init(&ctx, &mem);
        assert_int_equal(jsonresume_read(&ctx, &doc, str_of(cases[i].bytes)),
                         cases[i].status);
        ctx_clear(&ctx);
        assert_int_equal(mem.bytes, 0);
    }
    assert_false(jsonresume_detect(STR("Jane Doe\nNurse")));
    assert_false(jsonresume_detect(STR("{\"a\": 1}")));
    assert_false(jsonresume_detect(STR("[]")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_becomes_a_resume),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(bad_files_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
