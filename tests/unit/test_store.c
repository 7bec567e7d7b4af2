/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cmocka_all.h"
#include "model/store.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    char dir[64];
};

static const struct str name = {"some-model", 10};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));

    *state = f;
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    strncpy(f->dir, "/tmp/rsc-store-XXXXXX", sizeof(f->dir) - 1);
    assert_non_null(mkdtemp(f->dir));
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    struct str lock = ctx_printf(&f->ctx, "%s/.lock", f->dir);

    ctx_clear(&f->ctx);
    ctx_init(&f->ctx, &f->mem);
    store_remove(&f->ctx, f->dir, name, false);
    store_remove(&f->ctx, f->dir, name, true);
    lock = ctx_printf(&f->ctx, "%s/.lock", f->dir);
    unlink(lock.data);
    rmdir(ctx_printf(&f->ctx, "%s/.partial", f->dir).data);
    assert_int_equal(rmdir(f->dir), 0);
    ctx_clear(&f->ctx);
    assert_int_equal(f->mem.bytes, 0);
    free(f);
    return 0;
}

static void put_file(struct fixture *f, const char *path, const char *text)
{
    struct str full = ctx_printf(&f->ctx, "%s/%s", f->dir, path);
    assert_int_equal(file_replace(&f->ctx, full.data, str_of(text)), RSC_OK);
}

/* Installs source/a and an int8 pack. */
static void install(struct fixture *f, const char *content)
{
    struct ctx *ctx = &f->ctx;
    struct str partial = store_partial(ctx, f->dir, name);
    struct store_manifest m = {.name = name,
                               .kind = STR("encoder"),
                               .license = STR("MIT"),
                               .origin = STR("a \"folder\""),
                               .prefix = STR("query: ")};

    assert_int_equal(store_make_folders(ctx, partial.data), RSC_OK);
    put_file(f, ".partial/some-model/a", content);
    assert_int_equal(store_install(ctx, f->dir, name, partial.data), RSC_OK);
    put_file(f, "some-model/int8.pack", "packed");
    assert_int_equal(store_add_file(ctx, &m, f->dir, STR("source/a")), RSC_OK);
    assert_int_equal(store_add_file(ctx, &m, f->dir, STR("int8.pack")), 0);
    assert_int_equal(store_write(ctx, f->dir, &m), RSC_OK);
}

static void names_cannot_leave_the_folder(void **state)
{
    (void)state;
    assert_true(store_is_name(STR("all-MiniLM-L6-v2")));
    assert_true(store_is_name(STR("en_core_web_sm")));
    assert_false(store_is_name(STR("")));
    assert_false(store_is_name(STR("..")));
    assert_false(store_is_name(STR(".partial")));
    assert_false(store_is_name(STR("a/b")));
    assert_false(store_is_name(STR("a b")));
}

static void what_is_installed_is_listed_and_found(void **state)
{
    struct fixture *f = *state;
    store_names names = {0};
    struct store_manifest m;
    struct str path, precision = STR("");

    install(f, "content");
    assert_int_equal(store_list(&f->ctx, &names, f->dir), RSC_OK);
    assert_int_equal(names.len, 1);
    assert_true(str_eq(names.items[0], name));
    assert_int_equal(store_read(&f->ctx, &m, f->dir, name), RSC_OK);
    assert_true(str_eq(m.origin, STR("a \"folder\"")));
    assert_true(str_eq(m.prefix, STR("query: ")));
    assert_false(m.pinned);
    assert_int_equal(m.files.len, 2);
    assert_int_equal(store_find_pack(&f->ctx, &path, &precision, f->dir, name),
                     RSC_OK);
    assert_true(str_eq(precision, STR("int8")));
    assert_true(str_ends(path, STR("/some-model/int8.pack")));
    assert_int_equal(store_find_source(&f->ctx, &path, f->dir, name), RSC_OK);
}

static void what_is_missing_says_how_to_get_it(void **state)
{
    struct fixture *f = *state;
    struct str path, precision = STR("");

    assert_int_equal(store_find_pack(&f->ctx, &path, &precision, f->dir, name),
                     RSC_ENOMODEL);
    assert_non_null(strstr(f->ctx.error.message, "models pull some-model"));
}

static void another_precision_says_how_to_pack_it(void **state)
{
    struct fixture *f = *state;
    struct str path, precision = STR("f32");

    install(f, "content");
    assert_int_equal(store_find_pack(&f->ctx, &path, &precision, f->dir, name),
                     RSC_ENOMODEL);
    assert_non_null(
        strstr(f->ctx.error.message, "models pack some-model --precision f32"));
}

static void a_changed_file_is_noticed(void **state)
{
    struct fixture *f = *state;
    struct store_manifest m;
    struct sha256_hex actual;
    enum store_state good, different, missing;

    install(f, "content");
    assert_int_equal(store_read(&f->ctx, &m, f->dir, name), RSC_OK);
    const struct store_file *file = store_file_find(&m, STR("source/a"));
    assert_non_null(file);
    store_verify(&f->ctx, &good, &actual, f->dir, &m, file);
    put_file(f, "some-model/source/a", "Content");
    store_verify(&f->ctx, &different, &actual, f->dir, &m, file);
    unlink(ctx_printf(&f->ctx, "%s/some-model/source/a", f->dir).data);
    store_verify(&f->ctx, &missing, &actual, f->dir, &m, file);
    assert_int_equal(good, STORE_GOOD);
    assert_int_equal(different, STORE_DIFFERENT);
    assert_int_equal(missing, STORE_MISSING);
}

static void installing_again_replaces_the_files(void **state)
{
    struct fixture *f = *state;
    struct str text;

    install(f, "old");
    install(f, "new");
    struct str path = ctx_printf(&f->ctx, "%s/some-model/source/a", f->dir);
    assert_int_equal(file_read(&f->ctx, &text, path.data, 100), RSC_OK);
    assert_true(str_eq(text, STR("new")));
    struct stat info;
    path = ctx_printf(&f->ctx, "%s/some-model/old", f->dir);
    assert_int_equal(stat(path.data, &info), -1);
}

static void the_lock_is_held_by_one(void **state)
{
    struct fixture *f = *state;
    int first, second;

    assert_int_equal(store_lock(&f->ctx, &first, f->dir, false), RSC_OK);
    assert_true(first >= 0);
    assert_int_equal(store_lock(&f->ctx, &second, f->dir, false), RSC_OK);
    assert_int_equal(second, -1);
    store_unlock(first);
    assert_int_equal(store_lock(&f->ctx, &second, f->dir, true), RSC_OK);
    assert_true(second >= 0);
    store_unlock(second);
}

static void a_damaged_manifest_is_an_error(void **state)
{
    struct fixture *f = *state;
    const char *bad[] = {
        "",
        "{",
        "[]",
        "{\"name\": \"other\", \"files\": []}",
        "{\"name\": \"some-model\"}",
        "{\"name\": \"some-model\", \"files\": [{\"path\": \"../x\"}]}",
        "{\"name\": \"some-model\", \"files\": [{\"path\": \"a\","
        "\"bytes\": 1, \"sha256\": \"zz\"}]}",
    };

    install(f, "content");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct ctx ctx;
        struct store_manifest m;
        put_file(f, "some-model/manifest.json", bad[i]);
        ctx_init(&ctx, &f->mem);
        assert_int_equal(store_read(&ctx, &m, f->dir, name), RSC_EFORMAT);
        ctx_clear(&ctx);
    }
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_cannot_leave_the_folder),
        TEST(what_is_installed_is_listed_and_found),
        TEST(what_is_missing_says_how_to_get_it),
        TEST(another_precision_says_how_to_pack_it),
        TEST(a_changed_file_is_noticed),
        TEST(installing_again_replaces_the_files),
        TEST(the_lock_is_held_by_one),
        TEST(a_damaged_manifest_is_an_error),
    };

    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
