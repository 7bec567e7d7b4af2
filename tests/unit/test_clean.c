/* SPDX-License-Identifier: MIT */
/* Characters that are cleaned, and those that are kept. */
#include "base/mem.h"
#include "cmocka_all.h"
#include "extractor/clean.h"
#include "extractor/item.h"

struct result {
    struct mem mem;
    struct buf out, hidden;
    struct clean_note note;
};

static const char *clean(struct result *r, const char *word)
{
    mem_init(&r->mem, "test", 0);
    buf_init(&r->out, &r->mem, 1000);
    buf_init(&r->hidden, &r->mem, 1000);
    r->note = (struct clean_note){0};
    clean_word(&r->out, &r->hidden, &r->note, str_of(word));
    buf_put_char(&r->out, '\0');
    return r->out.data;
}

static void release(struct result *r)
{
    buf_clear(&r->out);
    buf_clear(&r->hidden);
    assert_int_equal(r->mem.bytes, 0);
}

static void expect(const char *word, const char *wanted)
{
    struct result r;

    assert_string_equal(clean(&r, word), wanted);
    release(&r);
}

static void letters_are_composed_and_expanded(void **state)
{
    (void)state;
    expect("caf\x65\xcc\x81", "caf\xc3\xa9");
    expect("o\xef\xac\x83"
           "ce",
           "office");
    expect("na\xc3\xafve", "na\xc3\xafve");
    expect("co\xc2\xad"
           "operate",
           "cooperate");
    expect("\xef\x82\xb7", "\xe2\x80\xa2"); /* a bullet of Symbol */
    expect("\xee\x80\x80", "");             /* a glyph without meaning */
    expect("a\xef\xbf\xbf", "a");           /* no character */
    expect("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
    expect("\xff\xfe", "");
}

static void zero_width_is_noted_between_letters_only(void **state)
{
    struct result r;

    (void)state;
    assert_string_equal(clean(&r, "pyth\xe2\x80\x8bon"), "python");
    assert_true(r.note.zero_width);
    release(&r);
    assert_string_equal(clean(&r, "end\xe2\x80\x8b"), "end");
    assert_false(r.note.zero_width);
    release(&r);
    /* Persian needs its joiners, and so do emoji. */
    assert_string_equal(clean(&r, "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae"),
                        "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae");
    assert_false(r.note.zero_width);
    release(&r);
    assert_string_equal(clean(&r, "a\xf3\xa0\x81\xa8\xf3\xa0\x81\xa9"), "a");
    assert_true(r.note.tags);
    assert_true(str_eq(buf_str(&r.hidden), STR("hi")));
    release(&r);
}

static void words_end_at_every_kind_of_space(void **state)
{
    struct str rest = STR(" a\xc2\xa0"
                          "b\tc\xe3\x80\x80"
                          "d\x01 ");
    const char *const words[] = {"a", "b", "c", "d"};
    struct str word;
    bool tab;

    (void)state;
    for (int i = 0; i < 4; i++) {
        assert_true(clean_next_word(&rest, &word, &tab));
        assert_true(str_eq(word, str_of(words[i])));
        assert_int_equal(tab, i == 2);
    }
    assert_false(clean_next_word(&rest, &word, &tab));
}

static void three_spaces_part_columns(void **state)
{
    struct str rest = STR("   a  b   c");
    struct str word;
    bool tab;

    (void)state;
    assert_true(clean_next_word(&rest, &word, &tab));
    assert_true(clean_next_word(&rest, &word, &tab));
    assert_false(tab);
    assert_true(clean_next_word(&rest, &word, &tab));
    assert_true(tab);
}

static void items_begin_with_a_label(void **state)
{
    (void)state;
    assert_true(item_begins(STR("\xe2\x80\xa2 one")));
    assert_true(item_begins(STR("- one")));
    assert_true(item_begins(STR("12. one")));
    assert_true(item_begins(STR("a) one")));
    assert_true(item_begins(STR("o one")));
    assert_false(item_begins(STR("one")));
    assert_false(item_begins(STR("-one")));
    assert_false(item_begins(STR("2019 - 2021")));
    assert_false(item_begins(STR("")));
    assert_true(item_is_label(STR("\xe2\x80\xa2")));
    assert_true(item_is_label(STR("3.")));
    assert_false(item_is_label(STR("C")));
    assert_false(item_is_label(STR("2019")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_composed_and_expanded),
        cmocka_unit_test(zero_width_is_noted_between_letters_only),
        cmocka_unit_test(words_end_at_every_kind_of_space),
        cmocka_unit_test(three_spaces_part_columns),
        cmocka_unit_test(items_begin_with_a_label),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
