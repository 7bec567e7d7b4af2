/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <unistd.h>

#include "base/ctx.h"
#include "base/document.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "cmocka_all.h"

static void mem_counts_bytes_and_keeps_the_limit(void **state)
{
    (void)state;
    struct mem mem;
    mem_init(&mem, "test", 100);
    void *a = mem_alloc(&mem, 60);
    assert_non_null(a);
    assert_null(mem_alloc(&mem, 41));
    a = mem_realloc(&mem, a, 60, 30);
    assert_int_equal(mem.bytes, 30);
    assert_true(mem.peak >= 60 && mem.peak <= 100);
    mem_free(&mem, a, 30);
    assert_int_equal(mem.bytes, 0);
    assert_null(mem_calloc(&mem, SIZE_MAX / 2, 3));
}

static void mem_fails_on_request(void **state)
{
    (void)state;
    struct mem mem;
    mem_init(&mem, "test", 0);
    mem.fail_after = 1;
    void *a = mem_alloc(&mem, 8);
    assert_non_null(a);
    assert_null(mem_alloc(&mem, 8));
    assert_null(mem_alloc(&mem, 8));
    mem_free(&mem, a, 8);
    assert_int_equal(mem.bytes, 0);
}

static void ctx_keeps_the_first_error(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    rsc_error err;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(ctx_error(&ctx, &err), RSC_OK);
    assert_int_equal(ctx_fail_at(&ctx, RSC_EFORMAT, 7, "bad %d", 1),
                     RSC_EFORMAT);
    assert_int_equal(ctx_fail(&ctx, RSC_EIO, "later"), RSC_EFORMAT);
    assert_int_equal(ctx_error(&ctx, &err), RSC_EFORMAT);
    assert_string_equal(err.message, "bad 1");
    assert_int_equal(err.position, 7);
    ctx_clear(&ctx);
}

static void arena_serves_large_and_small(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    VEC(size_t) v = {0};
    for (size_t i = 0; i < 100000; i++) {
        size_t *slot = vec_push(&ctx, &v);
        assert_non_null(slot);
        *slot = i;
    }
    for (size_t i = 0; i < v.len; i++)
        assert_int_equal(v.items[i], i);
    assert_null(ctx_alloc_array(&ctx, SIZE_MAX / 4, 8));
    assert_int_equal(ctx.error.status, RSC_ENOMEM);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

static void buf_stops_at_its_cap(void **state)
{
    (void)state;
    struct mem mem;
    struct buf b;
    mem_init(&mem, "test", 0);
    buf_init(&b, &mem, 10);
    buf_printf(&b, "%s", "12345678");
    assert_false(b.failed);
    buf_put(&b, STR("90"));
    assert_false(b.failed);
    buf_put_char(&b, 'x');
    assert_true(b.failed);
    assert_true(str_eq(buf_str(&b), STR("1234567890")));
    buf_clear(&b);
    assert_int_equal(mem.bytes, 0);
}

static void str_splits_and_finds(void **state)
{
    (void)state;
    struct str rest = STR("a\r\n\nlast"), line;
    assert_true(str_next_line(&rest, &line) && str_eq(line, STR("a")));
    assert_true(str_next_line(&rest, &line) && line.len == 0);
    assert_true(str_next_line(&rest, &line) && str_eq(line, STR("last")));
    assert_false(str_next_line(&rest, &line));
    assert_int_equal(str_find_nocase(STR("no C++ here"), STR("c++"), 0), 3);
    assert_true(str_find(STR("abc"), STR("abcd"), 0) == SIZE_MAX);
    assert_true(str_eq(str_trim(STR(" \t x \n")), STR("x")));
    uint64_t n;
    assert_true(str_to_u64(STR("255"), 255, &n) && n == 255);
    assert_false(str_to_u64(STR("256"), 255, &n));
    assert_false(str_to_u64(STR("1x"), 255, &n));
    assert_false(str_to_u64(STR("18446744073709551616"), UINT64_MAX, &n));
}

static void utf8_refuses_what_the_standard_refuses(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",     "\xC0\xAF",         "\xE0\x80\x80", "\xED\xA0\x80",
        "\xF5\x80", "\xF4\x90\x80\x80", "\xE2\x82",     "\xFF",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(utf8_valid_len(str_of(bad[i])), 0);
    for (uint32_t c = 1; c < 0x110000; c++) {
        char bytes[4];
        if (c >= 0xD800 && c < 0xE000)
            continue;
        struct str s = {bytes, utf8_encode(c, bytes)};
        size_t at = 0;
        assert_int_equal(utf8_next(s, &at), c);
        assert_int_equal(at, s.len);
    }
}

static void json_writes_what_json_needs(void **state)
{
    (void)state;
    struct mem mem;
    struct buf out;
    mem_init(&mem, "test", 0);
    buf_init(&out, &mem, 1000);
    struct json j = json_to(&out, 0);
    json_open(&j, '{');
    json_put_str(&j, "a\"", STR("x\n\x01\xFFq\xC3\xA9"));
    json_key(&j, "b");
    json_open(&j, '[');
    json_int(&j, -3);
    json_fixed(&j, 7650, 2);
    json_fixed(&j, -5, 2);
    json_decimal(&j, 0.0 / 1.0, 1);
    json_float(&j, 0.1f);
    json_null(&j);
    json_bool(&j, true);
    json_close(&j, ']');
    json_key(&j, "c");
    json_open(&j, '[');
    json_close(&j, ']');
    json_close(&j, '}');
    assert_string_equal(out.data,
                        "{\"a\\\"\":\"x\\n\\u0001\xEF\xBF\xBDq\xC3\xA9\","
                        "\"b\":[-3,76.50,-0.05,0.0,0.1,null,true],\"c\":[]}");
    buf_clear(&out);
}

static void document_finds_line_and_page(void **state)
{
    (void)state;
    struct line lines[] = {{.start = 0, .end = 4, .page = 1},
                           {.start = 6, .end = 9, .page = 2}};
    struct document doc = {.lines = lines, .n_lines = 2};
    assert_int_equal(document_line_at(&doc, 4), 0);
    assert_true(document_line_at(&doc, 5) == SIZE_MAX);
    assert_int_equal(document_page_at(&doc, 8), 2);
}

static void file_map_copies_with_and_without_a_file(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct file_map map;
    char path[] = "/tmp/test-base-XXXXXX", out[5] = "";

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "0123456789", 10), 10);
    close(fd);
    assert_int_equal(file_map_open(&ctx, &map, path), RSC_OK);
    file_map_copy(&map, out, map.data + 3, 4);
    assert_string_equal(out, "3456");

    struct file_map unreadable = {map.data, map.len, -1};
    file_map_copy(&unreadable, out, map.data + 6, 4);
    assert_string_equal(out, "6789");
    file_map_copy(&(struct file_map){NULL, 0, -1}, out, "abcd", 4);
    assert_string_equal(out, "abcd");
    file_map_close(&map);
    unlink(path);
    ctx_clear(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mem_counts_bytes_and_keeps_the_limit),
        cmocka_unit_test(mem_fails_on_request),
        cmocka_unit_test(ctx_keeps_the_first_error),
        cmocka_unit_test(arena_serves_large_and_small),
        cmocka_unit_test(buf_stops_at_its_cap),
        cmocka_unit_test(str_splits_and_finds),
        cmocka_unit_test(utf8_refuses_what_the_standard_refuses),
        cmocka_unit_test(json_writes_what_json_needs),
        cmocka_unit_test(document_finds_line_and_page),
        cmocka_unit_test(file_map_copies_with_and_without_a_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
