/* SPDX-License-Identifier: MIT */
/* Entities through the public header, with the small random pipeline. */

#include <ftw.h>
#include <jansson.h>
#include <pthread.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "tiny_pipeline.h"

#define TEXT "Dr. X can't see Jan in Berlin, the U.S. colour. <b>"

struct fixture {
    char folder[64];
    rsc_engine *engine;
};

static int remove_entry(const char *path, const struct stat *info, int kind,
                        struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

static int open_fixture(void **state)
{
    static struct fixture f;
    rsc_options options;
    struct mem mem;
    struct ctx ctx;

    f = (struct fixture){.folder = "/tmp/rsc-tiny-XXXXXX"};
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    *state = &f;
    if (!mkdtemp(f.folder) || tiny_pipeline_write(&ctx, f.folder))
        return -1;
    ctx_clear(&ctx);
    rsc_options_init(&options);
    options.pipeline = f.folder;
    return rsc_engine_open(&f.engine, &options, NULL) ? -1 : 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;

    rsc_engine_close(f->engine);
    nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}

static void a_list_outlives_the_engine(void **state)
{
    struct fixture *f = *state;
    rsc_entity_list *list;
    rsc_error err;

    if (rsc_entities(&list, f->engine, TEXT, strlen(TEXT), &err))
        fail_msg("%s", err.message);
    rsc_engine_close(f->engine);
    f->engine = NULL;
    assert_string_equal(list->text, TEXT);
    assert_string_equal(list->pipeline, "en_tiny 0.0.0");
    assert_false(list->was_damaged);
    assert_true(list->n_entities > 0);
    assert_true(list->tokens[0].sentence_start);
    size_t at = 0;
    for (size_t i = 0; i < list->n_tokens; i++) {
        const rsc_token *t = &list->tokens[i];
        assert_int_equal(t->start, at);
        assert_true(t->head < list->n_tokens);
        assert_true(t->dep[0] != '\0');
        at = t->end + t->space_after;
    }
    assert_int_equal(at, list->text_len);
    for (size_t i = 0; i < list->n_entities; i++) {
        const rsc_entity *e = &list->entities[i];
        assert_int_equal(e->start, list->tokens[e->first_token].start);
        assert_int_equal(e->end, list->tokens[e->end_token - 1].end);
        assert_true(e->label[0] != '\0');
    }
    rsc_entities_free(list);
    rsc_entities_free(NULL);
}

static void json_has_the_shape_of_doc_to_json(void **state)
{
    struct fixture *f = *state;
    rsc_entity_list *list;
    rsc_text *text;
    size_t len;

    assert_int_equal(rsc_entities(&list, f->engine, TEXT, strlen(TEXT), NULL),
                     RSC_OK);
    assert_int_equal(rsc_entities_json(&text, list, NULL), RSC_OK);
    const char *data = rsc_text_data(text, &len);
    json_t *json = json_loadb(data, len, 0, NULL);
    assert_non_null(json);
    assert_string_equal(json_string_value(json_object_get(json, "text")), TEXT);
    assert_int_equal(json_array_size(json_object_get(json, "ents")),
                     list->n_entities);
    const json_t *tokens = json_object_get(json, "tokens");
    assert_int_equal(json_array_size(tokens), list->n_tokens);
    const json_t *token = json_array_get(tokens, 3);
    assert_int_equal(json_integer_value(json_object_get(token, "id")), 3);
    assert_int_equal(json_integer_value(json_object_get(token, "head")),
                     list->tokens[3].head);
    /* Sentences cover the text. */
    const json_t *sents = json_object_get(json, "sents");
    const json_t *last = json_array_get(sents, json_array_size(sents) - 1);
    assert_int_equal(json_integer_value(json_object_get(last, "end")),
                     strlen(TEXT));
    json_decref(json);
    rsc_text_free(text);
    rsc_entities_free(list);
}

static void without_a_pipeline_it_says_so(void **state)
{
    (void)state;
    rsc_options options;
    rsc_engine *engine;
    rsc_entity_list *list;
    rsc_error err;

    rsc_options_init(&options);
    assert_int_equal(rsc_engine_open(&engine, &options, &err), RSC_OK);
    assert_int_equal(rsc_entities(&list, engine, "x", 1, &err), RSC_ENOMODEL);
    assert_null(list);
    rsc_engine_close(engine);
    options.models_dir = "/nonexistent";
    assert_int_equal(rsc_engine_open(&engine, &options, &err), RSC_OK);
    assert_int_equal(rsc_entities(&list, engine, "x", 1, &err), RSC_ENOMODEL);
    assert_non_null(strstr(err.message, "models pull en_core_web_sm"));
    rsc_engine_close(engine);
}

static void *run_many(void *argument)
{
    struct fixture *f = argument;
    rsc_entity_list *list;
    size_t total = 0;

    for (int i = 0; i < 20; i++) {
        if (rsc_entities(&list, f->engine, TEXT, strlen(TEXT), NULL))
            return NULL;
        total += list->n_entities;
        rsc_entities_free(list);
    }
    return (void *)(uintptr_t)total; /* NOLINT */
}

static void threads_share_one_pipeline(void **state)
{
    pthread_t threads[4];
    void *totals[4];

    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, run_many, *state),
                         0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], &totals[i]);
    assert_non_null(totals[0]);
    for (int i = 1; i < 4; i++)
        assert_ptr_equal(totals[i], totals[0]);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_list_outlives_the_engine),
        TEST(json_has_the_shape_of_doc_to_json),
        cmocka_unit_test(without_a_pipeline_it_says_so),
        TEST(threads_share_one_pipeline),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
