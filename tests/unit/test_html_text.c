/* SPDX-License-Identifier: MIT */
#include "base/html_text.h"
#include "base/mem.h"
#include "cmocka_all.h"

static void text_stays_text(void **state)
{
    struct mem mem;
    struct buf out;

    (void)state;
    mem_init(&mem, "test", 0);
    buf_init(&out, &mem, 1 << 10);
    html_text_put(&out,
                  STR("<b title=\"x\" id='y'>R&D\r\n\t\x1b[31m caf\xc3\xa9"));
    buf_put_char(&out, '\0');
    assert_string_equal(out.data,
                        "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;R&amp;D"
                        "\n\t\xef\xbf\xbd[31m caf\xc3\xa9");
    buf_clear(&out);
    assert_int_equal(mem.bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
