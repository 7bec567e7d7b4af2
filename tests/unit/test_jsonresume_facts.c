/* SPDX-License-Identifier: MIT */
/* What is written as a JSON Resume against the published schema (1.0.0): its
 * field names, the type of each, its form of dates; over all labelled
 * resumes. The schema allows more members; what we write is known by it. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/jsonresume.h"
#include "text/plain.h"

#define CASES "tests/cases/resumes"

/* The members of each item and its type: s string, d date, u URL, l list of
 * strings. */
struct field {
    const char *list; /* "" for basics */
    const char *name;
    char type;
};

static const struct field fields[] = {
    {"", "name", 's'},
    {"", "email", 's'},
    {"", "phone", 's'},
    {"", "summary", 's'},
    {"location", "address", 's'},
    {"profiles", "url", 'u'},
    {"work", "name", 's'},
    {"work", "position", 's'},
    {"work", "location", 's'},
    {"work", "startDate", 'd'},
    {"work", "endDate", 'd'},
    {"work", "highlights", 'l'},
    {"volunteer", "organization", 's'},
    {"volunteer", "position", 's'},
    {"volunteer", "startDate", 'd'},
    {"volunteer", "endDate", 'd'},
    {"volunteer", "highlights", 'l'},
    {"education", "institution", 's'},
    {"education", "area", 's'},
    {"education", "studyType", 's'},
    {"education", "startDate", 'd'},
    {"education", "endDate", 'd'},
    {"certificates", "name", 's'},
    {"certificates", "date", 'd'},
    {"certificates", "issuer", 's'},
    {"skills", "name", 's'},
    {"skills", "keywords", 'l'},
    {"languages", "language", 's'},
    {"languages", "fluency", 's'},
    {"projects", "name", 's'},
    {"projects", "highlights", 'l'},
    {"awards", "title", 's'},
    {"publications", "name", 's'},
    {"interests", "name", 's'},
};

/* "2014-06-29", "2014-06" or "2014", as the schema's iso8601 has it. */
static bool is_date(const char *text)
{
    static const char form[] = "dddd-dd-dd";
    size_t len = strlen(text);

    if ((len != 4 && len != 7 && len != 10) ||
        (text[0] != '1' && text[0] != '2'))
        return false;
    for (size_t i = 0; i < len; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-')
            return false;
    return len < 7 || text[5] <= '1';
}

static bool has_type(const json_t *value, char type)
{
    const json_t *item;
    size_t i;

    if (type == 'l') {
        json_array_foreach(value, i,
                           item) if (!json_is_string(item)) return false;
        return json_is_array(value);
    }
    const char *text = json_string_value(value);
    if (!text || !text[0])
        return false;
    return type == 'd'   ? is_date(text)
           : type == 'u' ? strstr(text, "://") != NULL
                         : true;
}

static void check_object(const char *list, json_t *object)
{
    const char *key;
    json_t *value;

    assert_true(json_is_object(object));
    json_object_foreach(object, key, value)
    {
        size_t i = 0, n = sizeof(fields) / sizeof(fields[0]);
        if (json_is_object(value)) {
            check_object(key, value);
            continue;
        }
        while (i < n && (strcmp(fields[i].list, list) != 0 ||
                         strcmp(fields[i].name, key) != 0))
            i++;
        if (i < n && has_type(value, fields[i].type))
            continue;
        if (list[0] == '\0' && strcmp(key, "profiles") == 0)
            continue;
        fail_msg("%s.%s is not of the schema", list, key);
    }
}

static void check_facts(const char *text)
{
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_t *value, *item;
    const char *key;
    size_t i;

    assert_non_null(root);
    json_object_foreach(root, key, value)
    {
        if (json_is_string(value))
            assert_string_equal(key, "$schema");
        else if (json_is_object(value))
            check_object("", value);
        else
            json_array_foreach(value, i, item) check_object(key, item);
    }
    json_array_foreach(
        json_object_get(json_object_get(root, "basics"), "profiles"), i, item)
        check_object("profiles", item);
    json_decref(root);
}

static void check_blind(const struct resume *r, const char *blind)
{
    for (size_t i = 0; i < r->n_personal; i++) {
        char text[300];
        struct str s = span_of(r->document->text, r->personal[i].span);
        if (r->personal[i].kind != PERSONAL_EMAIL &&
            r->personal[i].kind != PERSONAL_PHONE)
            continue;
        snprintf(text, sizeof(text), "%.*s", STR_ARG(s));
        assert_null(strstr(blind, text));
    }
}

static void write_one(struct ctx *ctx, struct buf *out, struct str text)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct document doc, again;
    struct resume r, back;

    assert_int_equal(plain_document(ctx, &doc, text), RSC_OK);
    assert_int_equal(resume_parse(ctx, &r, &doc, NULL, &options), RSC_OK);
    assert_int_equal(resume_write_jsonresume(ctx, out, &r, NULL, true), RSC_OK);
    check_facts(out->data);
    check_blind(&r, out->data);
    buf_reset(out);
    assert_int_equal(resume_write_jsonresume(ctx, out, &r, NULL, false),
                     RSC_OK);
    check_facts(out->data);
    assert_true(jsonresume_detect(buf_str(out)));
    assert_int_equal(jsonresume_read(ctx, &again, buf_str(out)), RSC_OK);
    assert_int_equal(resume_parse(ctx, &back, &again, NULL, &options), RSC_OK);
    assert_true(back.looks_like_resume);
    buf_reset(out);
}

static void labelled_resumes_become_json_resumes(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct buf out;
    size_t n = 0;
    DIR *dir = opendir(CASES);

    assert_non_null(dir);
    mem_init(&mem, "test", 0);
    buf_init(&out, &mem, 1 << 20);
    for (struct dirent *e; (e = readdir(dir));) {
        char path[512];
        struct str text;
        if (!str_ends(str_of(e->d_name), STR(".txt")))
            continue;
        snprintf(path, sizeof(path), CASES "/%s", e->d_name);
        ctx_init(&ctx, &mem);
        assert_int_equal(file_read(&ctx, &text, path, 1 << 20), RSC_OK);
        write_one(&ctx, &out, text);
        ctx_clear(&ctx);
        n++;
    }
    closedir(dir);
    buf_clear(&out);
    assert_true(n >= 60);
    assert_int_equal(mem.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labelled_resumes_become_json_resumes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
