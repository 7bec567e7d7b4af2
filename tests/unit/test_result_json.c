/* SPDX-License-Identifier: MIT */
/* The result against docs/result.schema.json, and the original's fields. */
#include <jansson.h>
#include <math.h>

/* Both jansson and our writer have a json_null. */
#define json_null json_null_writer
#include "base/file.h"
#include "score/analyze_json.h"
#include "score/sheet.h"
#include "score_fixture.h"
#undef json_null

#define SCHEMA "docs/result.schema.json"

static const struct provenance provenance = {
    .engine_version = {"1.0", 3},
    .model = {"m", 1},
    .model_hash = {"0123456789abcdef", 16},
    .precision = {"f32", 3},
    .ontology_hash = {"0123456789abcdef", 16},
    .config_hash = {"0123456789abcdef", 16},
    .as_of = {"2025-06-30", 10},
};

/* A resume and a job with every kind of requirement and verdict. */
static void fill(struct fixture *f)
{
    uint32_t role = add_role(f, 2019, 2021);
    ask(f, REQUIREMENT_SKILL, "Python")->required = true;
    ask(f, REQUIREMENT_SKILL, "C#");
    ask(f, REQUIREMENT_SKILL, "Kubernetes")->must = false;
    ask(f, REQUIREMENT_YEARS, "4 years of experience")->months = 48;
    ask(f, REQUIREMENT_DEGREE, "Bachelor")->level = DEGREE_BACHELOR;
    ask(f, REQUIREMENT_DUTY, "Hand over the state of the ward");
    ask(f, REQUIREMENT_LANGUAGE, "German")->language = STR("German");
    ask(f, REQUIREMENT_TITLE, "Developer");
    ask(f, REQUIREMENT_LICENCE, "forklift card");
    say_in(f, IN_WORK, role, "Wrote Python and Java tools for billing <&>");
    say_in(f, IN_SKILLS, UINT32_MAX, "SQL, Git, Linux and Docker");
    set_cosine(f, 5, say(f, "Informed the next shift"), 0.6f);
    f->job.title = STR("Developer");
    run(f);
}

static json_t *result_in(struct fixture *f, const struct result_input *in)
{
    struct buf out;
    buf_init(&out, &f->mem, 1 << 20);
    struct json j = json_to(&out, 2);
    result_json_write(&j, in);
    json_t *value = json_loadb(out.data, out.len, 0, NULL);
    assert_non_null(value);
    buf_clear(&out);
    return value;
}

static json_t *result_of(struct fixture *f)
{
    struct result_input in = {
        .input = &f->input, .score = &f->score, .provenance = &provenance};
    return result_in(f, &in);
}

static const json_t *resolve(const json_t *root, const json_t *schema)
{
    const char *ref = json_string_value(json_object_get(schema, "$ref"));
    if (!ref)
        return schema;
    /* "#/$defs/NAME" */
    const json_t *found =
        json_object_get(json_object_get(root, "$defs"), strrchr(ref, '/') + 1);
    assert_non_null(found);
    return found;
}

static bool type_fits(const char *type, const json_t *value)
{
    return (!strcmp(type, "object") && json_is_object(value)) ||
           (!strcmp(type, "array") && json_is_array(value)) ||
           (!strcmp(type, "string") && json_is_string(value)) ||
           (!strcmp(type, "integer") && json_is_integer(value)) ||
           (!strcmp(type, "number") && json_is_number(value)) ||
           (!strcmp(type, "boolean") && json_is_boolean(value)) ||
           (!strcmp(type, "null") && json_is_null(value));
}

static bool fits(const json_t *root, const json_t *schema, const json_t *value);

static bool members_fit(const json_t *root, const json_t *schema,
                        const json_t *value)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *required = json_object_get(schema, "required"), *member;
    const char *key;
    for (size_t i = 0; i < json_array_size(required); i++)
        if (!json_object_get(value,
                             json_string_value(json_array_get(required, i))))
            return false;
    json_object_foreach((json_t *)value, key, member)
    {
        /* A member that the schema does not know is a defect of one. */
        const json_t *known = json_object_get(properties, key);
        if (!known || !fits(root, known, member)) {
            print_message("member %s\n", key);
            return false;
        }
    }
    return true;
}

static bool fits(const json_t *root, const json_t *schema, const json_t *value)
{
    schema = resolve(root, schema);
    const json_t *type = json_object_get(schema, "type");
    const json_t *either = json_object_get(schema, "oneOf");
    const json_t *values = json_object_get(schema, "enum");
    bool good = !type && !either && !values;
    for (size_t i = 0; i < json_array_size(either); i++)
        good |= fits(root, json_array_get(either, i), value);
    for (size_t i = 0; i < json_array_size(values); i++)
        good |= json_equal(json_array_get(values, i), value);
    if (json_is_string(type))
        good = type_fits(json_string_value(type), value);
    for (size_t i = 0; i < json_array_size(type); i++)
        good |= type_fits(json_string_value(json_array_get(type, i)), value);
    if (json_object_get(schema, "const"))
        good = json_equal(json_object_get(schema, "const"), value);
    if (good && json_is_object(value) && !either)
        good = members_fit(root, schema, value);
    const json_t *items = json_object_get(schema, "items");
    for (size_t i = 0; good && items && i < json_array_size(value); i++)
        good = fits(root, items, json_array_get(value, i));
    return good;
}

static void a_result_keeps_its_contract(void **state)
{
    struct fixture *f = *state;
    fill(f);
    json_t *schema = json_load_file(SCHEMA, 0, NULL);
    json_t *result = result_of(f);
    assert_non_null(schema);
    assert_true(fits(schema, schema, result));
    /* The check can fail: a missing member and a wrong type. */
    json_object_set_new(result, "total", json_string("76"));
    assert_false(fits(schema, schema, result));
    json_object_del(result, "total");
    assert_false(fits(schema, schema, result));
    json_decref(result);
    json_decref(schema);
}

/* People and what overlaps personal data stay out of a result. */
static void entities_are_listed_blind(void **state)
{
    struct fixture *f = *state;
    struct provenance made = provenance;
    fill(f);
    const struct str text = f->resume.document->text;
    const uint32_t at = (uint32_t)str_find(text, STR("Python"), 0);
    struct personal personal = {{at + 20, at + 26}, PERSONAL_OTHER};
    const struct entity_span spans[] = {
        {{at, at + 6}, STR("PERSON")},     {{at, at + 6}, STR("NORP")},
        {{at + 7, at + 10}, STR("ORG")},   {{at + 11, at + 21}, STR("GPE")},
        {{at + 20, at + 26}, STR("DATE")}, {{at + 26, at + 30}, STR("LAW")},
    };
    const struct entity_list list = {spans, 6};
    f->resume.personal = &personal;
    f->resume.n_personal = 1;
    made.pipeline = STR("p 1");
    made.pipeline_hash = provenance.model_hash;
    struct result_input in = {.input = &f->input,
                              .score = &f->score,
                              .provenance = &made,
                              .entities = &list};
    json_t *schema = json_load_file(SCHEMA, 0, NULL);
    json_t *result = result_in(f, &in);
    const json_t *shown = json_object_get(result, "entities");
    assert_true(fits(schema, schema, result));
    assert_int_equal(json_array_size(shown), 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *e = json_array_get(shown, i);
        assert_string_equal(json_string_value(json_object_get(e, "label")),
                            i ? "LAW" : "ORG");
    }
    json_decref(result);
    json_decref(schema);
}

static void points_of_the_json_add_up(void **state)
{
    struct fixture *f = *state;
    fill(f);
    json_t *result = result_of(f);
    const json_t *all = json_object_get(result, "requirements");
    long points = 0;
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i);
        double p = json_number_value(json_object_get(one, "points"));
        points += (long)(p * 100 + 0.5);
    }
    double total = json_number_value(json_object_get(result, "total"));
    assert_int_equal(points, (long)(total * 100 + 0.5));
    json_decref(result);
}

static double number_of(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

/* As docs/scoring.md tells it, with our numbers, in floating point. */
static double credit_by_hand(const json_t *parts, bool is_field)
{
    double places = fmin(1, log(1 + number_of(parts, "places")) / log(1 + 6));
    double full = is_field ? 64 : 16;
    double sentences =
        fmin(1, log(1 + number_of(parts, "sentences")) / log(1 + full));
    double breadth = 0.5 * places + 0.25 * sentences;

    if (is_field)
        return breadth / 0.75;
    return 0.25 * number_of(parts, "best") + number_of(parts, "most") * breadth;
}

static void points_can_be_followed_by_hand(void **state)
{
    struct fixture *f = *state;
    unsigned followed = 0;
    fill(f);
    json_t *result = result_of(f);
    const json_t *all = json_object_get(result, "requirements"), *one;
    size_t i;
    json_array_foreach(all, i, one)
    {
        const json_t *parts = json_object_get(one, "parts");
        double credit = number_of(one, "credit");
        double points = number_of(one, "weight") * credit;
        bool is_field =
            !strcmp(json_string_value(json_object_get(one, "kind")), "field");
        assert_true(fabs(points - number_of(one, "points")) < 0.0051);
        if (json_is_null(parts))
            continue;
        assert_true(fabs(credit - credit_by_hand(parts, is_field)) < 0.0021);
        followed++;
    }
    assert_true(followed >= 2);
    json_decref(result);
}

static json_t *analysis_of(struct fixture *f, bool translate)
{
    struct result_input in = {
        .input = &f->input, .score = &f->score, .provenance = &provenance};
    struct analyze_options options = {.translate = translate};
    struct buf out;
    buf_init(&out, &f->mem, 1 << 20);
    struct json j = json_to(&out, 2);
    assert_int_equal(analyze_json_write(&f->ctx, &j, &in, &options), RSC_OK);
    json_t *value = json_loadb(out.data, out.len, 0, NULL);
    assert_non_null(value);
    buf_clear(&out);
    return value;
}

/* "path.to.member" must be there with the type. */
static void has(const json_t *value, const char *path, const char *type)
{
    struct str rest = str_of(path), key;
    while (str_next_field(&rest, '.', &key)) {
        char name[64] = {0};
        memcpy(name, key.data, key.len);
        value = json_object_get(value, name);
    }
    if (!value || !type_fits(type, value))
        fail_msg("%s is no %s", path, type);
}

static void the_originals_fields_have_their_types(void **state)
{
    static const char *const fields[][2] = {
        {"match_percentage", "string"},
        {"score", "number"},
        {"recommendation", "string"},
        {"job_title", "string"},
        {"analysis_date", "string"},
        {"resume_sections.summary", "string"},
        {"resume_sections.interests", "string"},
        {"skills_match.matched_skills", "array"},
        {"skills_match.missing_skills", "array"},
        {"skills_match.additional_skills", "array"},
        {"skills_match.alternative_skills", "object"},
        {"skills_match.match_ratio", "string"},
        {"skills_match.matched_count", "integer"},
        {"skills_match.required_count", "integer"},
        {"skills_match.skill_details", "array"},
        {"experience.required_years", "number"},
        {"experience.applicant_years", "number"},
        {"experience.percentage_impact", "number"},
        {"experience.job_titles", "array"},
        {"experience.employment_durations", "array"},
        {"experience.total_estimated_years", "number"},
        {"experience.company_names", "array"},
        {"experience.meets_requirement", "boolean"},
        {"education.requirement", "string"},
        {"education.applicant_education", "string"},
        {"education.assessment", "string"},
        {"education.degrees", "array"},
        {"education.institutions", "array"},
        {"education.dates", "array"},
        {"certifications.relevant_certs", "array"},
        {"certifications.has_certifications", "boolean"},
        {"certifications.job_requires_certs", "boolean"},
        {"keywords.matched", "integer"},
        {"keywords.total", "integer"},
        {"keywords.match_ratio", "string"},
        {"industry.detected", "string"},
        {"industry.confidence", "number"},
        {"benchmark.benchmarks.overall", "null"},
        {"improvement_suggestions.general", "array"},
        {"confidence_scores.overall", "number"},
        {"passing_details.status", "string"},
        {"passing_details.key_strengths", "array"},
        {"passing_details.education_analysis", "string"},
        {"requirements", "array"},
        {"coverage", "number"},
        {"range", "object"},
        {"provenance", "object"},
        {"warnings", "array"},
    };
    struct fixture *f = *state;
    fill(f);
    json_t *analysis = analysis_of(f, false);
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        has(analysis, fields[i][0], fields[i][1]);
    assert_null(json_object_get(analysis, "salary_estimate"));
    json_t *skills = json_object_get(analysis, "skills_match");
    assert_string_equal(
        json_string_value(json_object_get(skills, "match_ratio")), "1/3");
    const json_t *held =
        json_object_get(json_object_get(skills, "alternative_skills"), "C#");
    assert_string_equal(json_string_value(json_array_get(held, 0)), "Java");
    json_decref(analysis);
}

static void translation_is_answered_with_a_warning(void **state)
{
    struct fixture *f = *state;
    fill(f);
    size_t before = f->score.n_warnings;
    json_t *analysis = analysis_of(f, true);
    assert_int_equal(json_array_size(json_object_get(analysis, "warnings")),
                     before + 1);
    assert_int_equal(f->score.n_warnings, before);
    json_decref(analysis);
}

static void the_sheet_has_every_part_and_no_lie(void **state)
{
    struct fixture *f = *state;
    struct what_if items[] = {
        {.name = STR("Docker"), .is_asked = true, .gain = 161, .total = 3190},
        {.name = STR("Gardening"), .total = 3029}};
    struct what_ifs what_ifs = {.items = items, .len = 2};
    struct result_input in = {.input = &f->input,
                              .score = &f->score,
                              .provenance = &provenance,
                              .what_ifs = &what_ifs};
    struct buf out;
    fill(f);
    in.score = &f->score;
    buf_init(&out, &f->mem, 1 << 20);
    assert_int_equal(sheet_write(&f->ctx, &out, &in), RSC_OK);
    /* On one line, wherever it was wrapped. */
    struct str line = ctx_fold(&f->ctx, buf_str(&out));
    buf_reset(&out);
    buf_put(&out, line);
    buf_put_char(&out, '\0');
    static const char *const parts[] = {
        "What was found",
        "What was not found",
        "What was not assessed",
        "What you can do",
        "If something is wrong",
        "What was not looked at",
        "If you have worked with it",
        "If you hold it",
        "Docker, named once: 1.61 points more, 31.90 in all",
        "Gardening: nothing",
        "Add only what is true"};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (!strstr(out.data, parts[i]))
            fail_msg("the sheet lacks \"%s\"", parts[i]);
    /* Each suggestion about what was not found has its condition. */
    for (const char *at = out.data; (at = strstr(at, "was not found. ")); at++)
        assert_memory_equal(at + 15, "If ", 3);
    assert_null(strstr(out.data, "hire"));
    buf_clear(&out);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_result_keeps_its_contract),
        TEST(entities_are_listed_blind),
        TEST(points_of_the_json_add_up),
        TEST(points_can_be_followed_by_hand),
        TEST(the_originals_fields_have_their_types),
        TEST(translation_is_answered_with_a_warning),
        TEST(the_sheet_has_every_part_and_no_lie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
