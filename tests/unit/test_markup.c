/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "text/markup.h"

static struct str clear(struct ctx *ctx, struct str text)
{
    size_t len = text.len;

    assert_int_equal(markup_clear(ctx, &text), RSC_OK);
    assert_int_equal(text.len, len);
    return text;
}

static void tags_become_lines_and_signs(void **state)
{
    struct mem mem;
    struct ctx ctx;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    struct str got = clear(
        &ctx, STR("<b>You&rsquo;ll bring</b><ul class=\"x\"><li>SQL &amp; "
                  "R&amp;D</li></ul>"));
    assert_true(str_starts(got, STR("   You'll      ")));
    assert_true(str_find(got, STR(" bring    \n\n"), 0) != SIZE_MAX);
    assert_true(str_find(got, STR("\n-  SQL & "), 0) != SIZE_MAX);
    assert_true(str_find(got, STR(" R&D"), 0) != SIZE_MAX);
    ctx_clear(&ctx);
}

static void what_is_no_page_stays(void **state)
{
    static const char *const texts[] = {"",
                                        "<",
                                        "<b>Vec<i>",
                                        "if a<b and b>c then List<String> <br",
                                        "R&amp;D <b>only</b> this",
                                        "<x><y><z>"};
    struct mem mem;
    struct ctx ctx;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_true(str_eq(clear(&ctx, str_of(texts[i])), str_of(texts[i])));
    /* Cut off in the middle of everything. */
    struct str page = STR("<p><b>A</b><li>B &amp; C <a href=\"x>");
    for (size_t i = 0; i <= page.len; i++)
        (void)clear(&ctx, str_slice(page, 0, i));
    ctx_clear(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_become_lines_and_signs),
        cmocka_unit_test(what_is_no_page_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
