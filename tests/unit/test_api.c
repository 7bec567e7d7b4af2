/* SPDX-License-Identifier: MIT */
/* The public header as a host uses it: no model, no helper, text only. */
#include <jansson.h>
#include <pthread.h>
#include <resume_scorer.h>
#include <string.h>

#include "cmocka_all.h"

static const char job_text[] =
    "Data Analyst\n\nRequirements\n- 3 years of experience with SQL\n- Python "
    "or R\n- Bachelor's degree\n\nNice to have\n- Tableau\n";
static const char resume_text[] =
    "Rosa Lind\nrosa.lind@example.org\n\nEXPERIENCE\n\nData Analyst, Corvid "
    "Foods\nJanuary 2020 - Present\n- Answered sales questions in SQL every "
    "day\n- Built reports in Python\n\nEDUCATION\nBSc Statistics, 2016 - "
    "2019\n\nSKILLS\nSQL, Python, Excel\n";

struct fixture {
    rsc_engine *engine;
    rsc_job *job;
    rsc_document *resume;
};

static rsc_document *read_text(rsc_engine *engine, const char *text)
{
    rsc_document *document;
    rsc_error err = {0};

    if (rsc_document_from_text(&document, engine, text, strlen(text), &err))
        fail_msg("%s", err.message);
    return document;
}

static int open_fixture(void **state)
{
    static struct fixture f;
    rsc_options options;
    rsc_error err = {0};

    rsc_options_init(&options);
    if (rsc_engine_open(&f.engine, &options, &err))
        fail_msg("%s", err.message);
    rsc_document *job = read_text(f.engine, job_text);
    if (rsc_job_read(&f.job, f.engine, job, NULL, &err))
        fail_msg("%s", err.message);
    rsc_document_free(job);
    f.resume = read_text(f.engine, resume_text);
    *state = &f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;

    rsc_document_free(f->resume);
    rsc_job_free(f->job);
    rsc_engine_close(f->engine);
    return 0;
}

static rsc_result *score(struct fixture *f)
{
    rsc_score_options options;
    rsc_result *result;
    rsc_error err = {0};

    rsc_score_options_init(&options);
    options.as_of = "2026-11";
    if (rsc_score(&result, f->engine, f->job, f->resume, &options, &err))
        fail_msg("%s", err.message);
    return result;
}

static void points_add_up_to_the_total(void **state)
{
    rsc_result *result = score(*state);
    rsc_summary summary;
    rsc_requirement r;
    uint32_t points = 0, weights = 0;
    rsc_result_summary(result, &summary);
    assert_true(summary.n_requirements >= 4);
    for (size_t i = 0; i < summary.n_requirements; i++) {
        rsc_result_requirement(result, i, &r);
        assert_true(r.points <= r.weight);
        points += r.points;
        weights += r.weight;
    }
    assert_int_equal(points, summary.total);
    assert_int_equal(weights, 10000);
    assert_true(summary.low <= summary.total && summary.total <= summary.high);
    rsc_result_free(result);
}

static void the_json_is_json_and_says_the_same(void **state)
{
    rsc_result *result = score(*state);
    rsc_summary summary;
    size_t len;
    rsc_result_summary(result, &summary);
    const char *text = rsc_result_json(result, &len);
    assert_int_equal(strlen(text), len);
    json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    json_t *requirements = json_object_get(root, "requirements");
    assert_int_equal(json_array_size(requirements), summary.n_requirements);
    assert_non_null(json_object_get(root, "provenance"));
    json_decref(root);
    rsc_result_free(result);
}

static void the_person_is_not_in_the_result(void **state)
{
    rsc_result *result = score(*state);
    const char *text = rsc_result_json(result, NULL);
    assert_null(strstr(text, "Rosa"));
    assert_null(strstr(text, "rosa.lind"));
    rsc_result_free(result);
}

static void *score_in_thread(void *f)
{
    return score(f);
}

static void threads_give_the_same_bytes(void **state)
{
    rsc_result *alone = score(*state);
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, score_in_thread, *state), 0);
    for (size_t i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_string_equal(rsc_result_json(result, NULL),
                            rsc_result_json(alone, NULL));
        rsc_result_free(result);
    }
    rsc_result_free(alone);
}

static void vectors_need_a_model_and_say_so(void **state)
{
    struct fixture *f = *state;
    const char *texts[] = {"hello"};
    size_t lengths[] = {5};
    float vector[1];
    rsc_error err;
    assert_int_equal(rsc_vector_size(f->engine), 0);
    assert_int_equal(rsc_embed(f->engine, vector, texts, lengths, 1, &err),
                     RSC_ENOMODEL);
    assert_true(strlen(err.message) > 10);
}

static void nothing_to_judge_is_an_error(void **state)
{
    struct fixture *f = *state;
    rsc_document *document;
    rsc_job *job;
    rsc_error err;
    assert_int_equal(
        rsc_document_from_text(&document, f->engine, " \n ", 3, &err),
        RSC_ENOTEXT);
    document = read_text(f->engine, "Equal opportunity employer.");
    assert_int_equal(rsc_job_read(&job, f->engine, document, NULL, &err),
                     RSC_EINVALID);
    assert_null(job);
    rsc_document_free(document);
}

static void the_engine_describes_itself(void **state)
{
    struct fixture *f = *state;
    rsc_text *text;
    size_t len;
    assert_int_equal(rsc_engine_describe(&text, f->engine, NULL), RSC_OK);
    const char *data = rsc_text_data(text, &len);
    json_t *root = json_loadb(data, len, 0, NULL);
    assert_true(json_array_size(json_object_get(root, "parts")) >= 5);
    json_decref(root);
    rsc_text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_add_up_to_the_total),
        cmocka_unit_test(the_json_is_json_and_says_the_same),
        cmocka_unit_test(the_person_is_not_in_the_result),
        cmocka_unit_test(threads_give_the_same_bytes),
        cmocka_unit_test(vectors_need_a_model_and_say_so),
        cmocka_unit_test(nothing_to_judge_is_an_error),
        cmocka_unit_test(the_engine_describes_itself),
    };

    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
