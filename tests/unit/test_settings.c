/* SPDX-License-Identifier: MIT */
#include "server/settings.h"

#include "base/mem.h"
#include "cmocka_all.h"

static const char *const *variables; /* name, value, ..., NULL */

static const char *test_env(const char *name)
{
    for (size_t i = 0; variables && variables[i]; i += 2)
        if (strcmp(variables[i], name) == 0)
            return variables[i + 1];
    return NULL;
}

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct settings settings;
};

static int set_up(void **state)
{
    static struct fixture f;

    variables = NULL;
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    return 0;
}

static rsc_status load(struct fixture *f)
{
    /* "" is no file, also where the machine has one. */
    return settings_load(&f->ctx, &f->settings, "", test_env);
}

static void defaults_are_those_of_the_service_we_replace(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(load(f), RSC_OK);
    assert_string_equal(settings_text(&f->settings, SET_HOST), "127.0.0.1");
    assert_int_equal(settings_number(&f->settings, SET_PORT), 8000);
    assert_int_equal(settings_number(&f->settings, SET_BATCH_SIZE), 8);
    assert_int_equal(settings_number(&f->settings, SET_TEXT_CHARS), 50000);
    assert_int_equal(settings_number(&f->settings, SET_EMBEDDINGS), 2000);
    assert_int_equal(settings_number(&f->settings, SET_WORKERS), 1);
    assert_int_equal(settings_number(&f->settings, SET_MONITOR_S), 60);
    assert_int_equal(settings_number(&f->settings, SET_OFFLOAD), 1);
    assert_int_equal(settings_number(&f->settings, SET_STORE), 0);
    assert_int_equal(settings_check(&f->ctx, &f->settings), RSC_OK);
}

static void render_has_a_profile_and_its_port(void **state)
{
    struct fixture *f = *state;
    static const char *const env[] = {"RENDER", "true", NULL};
    static const char *const port[] = {"RENDER", "true", "PORT", "12345", NULL};

    variables = env;
    assert_int_equal(load(f), RSC_OK);
    assert_string_equal(settings_text(&f->settings, SET_HOST), "0.0.0.0");
    assert_int_equal(settings_number(&f->settings, SET_PORT), 10000);
    assert_int_equal(settings_number(&f->settings, SET_BATCH_SIZE), 4);
    assert_int_equal(f->settings.values[SET_BATCH_SIZE].origin, FROM_RENDER);
    assert_true(f->settings.is_render);
    variables = port;
    assert_int_equal(load(f), RSC_OK);
    assert_int_equal(settings_number(&f->settings, SET_PORT), 12345);
    assert_int_equal(settings_check(&f->ctx, &f->settings), RSC_OK);
}

static void levels_may_have_their_python_names(void **state)
{
    struct fixture *f = *state;
    static const char *const warning[] = {"LOG_LEVEL", "WARNING", NULL};
    static const char *const info[] = {"LOG_LEVEL", "Info", NULL};

    variables = warning;
    assert_int_equal(load(f), RSC_OK);
    assert_string_equal(settings_text(&f->settings, SET_LOG_LEVEL), "warn");
    assert_false(f->settings.is_render);
    variables = info;
    assert_int_equal(load(f), RSC_OK);
    assert_string_equal(settings_text(&f->settings, SET_LOG_LEVEL), "info");
}

static void later_sources_win_and_are_named(void **state)
{
    struct fixture *f = *state;
    static const char *const env[] = {"RESUME_SCORER_SERVER_QUEUE",
                                      "7",
                                      "OMP_NUM_THREADS",
                                      "2",
                                      "RESUME_SCORER_MODEL_THREADS",
                                      "3",
                                      NULL};

    variables = env;
    assert_int_equal(load(f), RSC_OK);
    assert_int_equal(settings_number(&f->settings, SET_THREADS), 3);
    assert_string_equal(f->settings.values[SET_QUEUE].where.data,
                        "$RESUME_SCORER_SERVER_QUEUE");
    assert_int_equal(settings_read(&f->ctx, &f->settings,
                                   STR("[server]\nqueue = 9 ; why\n"), "x.ini"),
                     RSC_OK);
    assert_int_equal(settings_number(&f->settings, SET_QUEUE), 9);
    assert_int_equal(
        settings_option(&f->ctx, &f->settings, SET_QUEUE, "queue", "11"),
        RSC_OK);
    assert_int_equal(settings_number(&f->settings, SET_QUEUE), 11);
    assert_string_equal(f->settings.values[SET_QUEUE].where.data, "--queue");
}

static void a_mistake_names_its_line(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[server]\nport = 1\nprot = 2\n",
         "x.ini, line 3: there is no setting server.prot"},
        {"[server]\n\nport = 70000\n",
         "x.ini, line 3: server.port must be a whole number from 0 to 65535, "
         "not '70000'"},
        {"[server]\nport = -1\n",
         "x.ini, line 2: server.port must be a whole number from 0 to 65535, "
         "not '-1'"},
        {"[server]\nport = 1\nport = 2\n",
         "x.ini, line 3: server.port is given twice"},
        {"[data]\nstore = perhaps\n",
         "x.ini, line 2: data.store must be true or false, not 'perhaps'"},
        {"[log]\nlevel = loud\n", "x.ini, line 2: log.level must be one of "
                                  "debug|info|warn|error, not 'loud'"},
        {"[server]\nnonsense\n", "x.ini, line 2: this is not \"name = value\""},
        {"port = 1\n", "x.ini, line 1: there is no setting (no section).port"},
        {"[keys]\nx = secret\n",
         "x.ini, line 2: the key 'x' must be \"blake2b:\" and 64 hexadecimal "
         "digits, as 'resume-scorer config key' prints them"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        tear_down(state);
        set_up(state);
        struct fixture *f = *state;
        assert_int_equal(load(f), RSC_OK);
        assert_int_equal(settings_read(&f->ctx, &f->settings,
                                       str_of(cases[i].text), "x.ini"),
                         RSC_EINVALID);
        assert_string_equal(f->ctx.error.message, cases[i].message);
    }
}

static void values_that_contradict_each_other_name_a_line(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(load(f), RSC_OK);
    assert_int_equal(settings_read(&f->ctx, &f->settings,
                                   STR("[server]\nqueue = 3\n\n[memory]\n"
                                       "; standard = 1\n standard=95\n"),
                                   "x.ini"),
                     RSC_OK);
    assert_string_equal(f->settings.values[SET_QUEUE].where.data, "x.ini:2");
    assert_int_equal(settings_check(&f->ctx, &f->settings), RSC_EINVALID);
    assert_ptr_equal(strstr(f->ctx.error.message, "x.ini:6: memory.standard"),
                     f->ctx.error.message);
}

static void a_wrong_variable_is_named(void **state)
{
    struct fixture *f = *state;
    static const char *const env[] = {"PORT", "http", NULL};

    variables = env;
    assert_int_equal(load(f), RSC_EINVALID);
    assert_string_equal(f->ctx.error.message,
                        "$PORT must be a whole number from 0 to 65535, not "
                        "'http'");
}

static void the_example_reads_back_as_the_defaults(void **state)
{
    struct fixture *f = *state;
    struct buf out, plain;
    struct str rest, line;

    assert_int_equal(load(f), RSC_OK);
    buf_init(&out, &f->mem, 1 << 20);
    buf_init(&plain, &f->mem, 1 << 20);
    settings_write_example(&out);
    rest = buf_str(&out);
    while (str_next_line(&rest, &line)) {
        if (line.len > 1 && line.data[0] == ';' && line.data[1] != ' ')
            line = str_slice(line, 1, line.len);
        buf_put(&plain, line);
        buf_put_char(&plain, '\n');
    }
    struct settings before = f->settings;
    assert_int_equal(
        settings_read(&f->ctx, &f->settings, buf_str(&plain), "example"),
        RSC_OK);
    for (int i = 0; i < SETTING_COUNT; i++) {
        assert_int_equal(f->settings.values[i].origin, FROM_FILE);
        assert_int_equal(f->settings.values[i].number, before.values[i].number);
        assert_string_equal(settings_text(&f->settings, (enum setting_id)i),
                            settings_text(&before, (enum setting_id)i));
    }
    buf_clear(&out);
    buf_clear(&plain);
}

static void an_open_address_wants_a_key(void **state)
{
    struct fixture *f = *state;
    static const char *const open[] = {"HOST", "0.0.0.0", NULL};
    static const char *const with_key[] = {"HOST", "0.0.0.0", "API_TOKEN",
                                           "0123456789abcdef", NULL};

    variables = with_key;
    assert_int_equal(load(f), RSC_OK);
    assert_int_equal(settings_check(&f->ctx, &f->settings), RSC_OK);
    assert_int_equal(f->settings.n_keys, 1);
    variables = open;
    assert_int_equal(load(f), RSC_OK);
    assert_int_equal(settings_check(&f->ctx, &f->settings), RSC_EINVALID);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(defaults_are_those_of_the_service_we_replace),
        TEST(render_has_a_profile_and_its_port),
        TEST(levels_may_have_their_python_names),
        TEST(later_sources_win_and_are_named),
        TEST(a_mistake_names_its_line),
        TEST(values_that_contradict_each_other_name_a_line),
        TEST(a_wrong_variable_is_named),
        TEST(the_example_reads_back_as_the_defaults),
        TEST(an_open_address_wants_a_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
