/* SPDX-License-Identifier: MIT */
/* The small parts of the entity pipeline: ids, hashes, characters, shapes,
 * msgpack, patterns. Expected values are what Python and spaCy give. */
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "cmocka_all.h"
#include "ner/charclass.h"
#include "ner/lexeme.h"
#include "ner/msgpack.h"
#include "ner/pattern.h"
#include "ner/space_rules.h"
#include "ner/string_id.h"

static void ids_of_strings(void **state)
{
    (void)state;
    assert_true(string_id(STR("coffee")) == 3197928453018144401U);
    assert_true(string_id(STR("apple")) == 8566208034543834098U);
    assert_true(string_id(STR("hugo")) == 12495638813751339237U);
    assert_true(string_id(STR("Xxxx")) == 10887629174180191697U);
    assert_true(string_id(STR(".")) == 12646065887601541794U);
    assert_true(string_id(STR("\n")) == 962983613142996970U);
}

static void reserved_strings_have_small_ids(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t id;
    } rows[] = {
        {"", 0},
        {"IS_ALPHA", 1},
        {"FLAG19", 19},
        {"FLAG63", 63},
        {"ID", 64},
        {"ORTH", 65},
        {"X", 101},
        {"DEPRECATED001", 104},
        {"DEPRECATED276", 379},
        {"PERSON", 380},
        {"CARDINAL", 397},
        {"acomp", 398},
        {"number", 432},
        {"root", 449},
        {"acl", 451},
        {"ENT_KB_ID", 452},
        {"_", 456},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_true(string_id(str_of(rows[i].text)) == rows[i].id);
    /* Neighbours that are not reserved. */
    assert_true(string_id(STR("FLAG18")) > 456);
    assert_true(string_id(STR("FLAG64")) > 456);
    assert_true(string_id(STR("DEPRECATED277")) > 456);
    assert_true(string_id(STR("DEPRECATED1")) > 456);
    assert_true(string_id(STR("x")) > 456);
}

static void keys_of_ids(void **state)
{
    (void)state;
    uint32_t keys[4];
    const uint32_t a[] = {1504371752, 1761805357, 109073980, 2642708036};
    const uint32_t b[] = {3628889788, 3483432925, 485828337, 1486234390};
    const uint32_t c[] = {1266879892, 1356517611, 318478807, 3343674364};

    string_id_keys(101, 8, keys);
    assert_memory_equal(keys, a, sizeof(a));
    string_id_keys(0, 12, keys);
    assert_memory_equal(keys, b, sizeof(b));
    string_id_keys(1, 13, keys);
    assert_memory_equal(keys, c, sizeof(c));
}

static void lower_is(const char *text, const char *expected)
{
    struct mem mem;
    struct buf out;

    mem_init(&mem, "test", 0);
    buf_init(&out, &mem, 1000);
    str_put_lower(&out, str_of(text));
    assert_string_equal(buf_str(&out).data, expected);
    buf_clear(&out);
}

static void lower_case_as_python(void **state)
{
    (void)state;
    lower_is("ABC", "abc");
    lower_is("\u0130X", "i\u0307x");
    lower_is("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2");
    lower_is("\u03a3", "\u03c3");
    lower_is("A\u0301\u03a3", "a\u0301\u03c2");
    lower_is("A\u03a3\u0301B", "a\u03c3\u0301b");
    lower_is("\u03a3\u03a3 \u03a3", "\u03c3\u03c2 \u03c3");
    lower_is("\u023a\u1e9e\U00010400", "\u2c65\u00df\U00010428");
}

static void characters_as_python(void **state)
{
    (void)state;
    assert_true(char_is_space(0x1c) && char_is_space(0x85));
    assert_false(char_is_space(0x180e) || char_is_space(0x200b));
    assert_true(char_is_digit(0xb2) && char_is_digit(0x2460));
    assert_false(char_is_digit(0xbd) || char_is_digit(0x2160));
    assert_true(char_is_alpha(0x4e2d) && !char_is_alpha(0x301));
    assert_true(char_is_upper('X') && !char_is_upper(0x1c5));
    assert_false(char_is_alpha(0x10ffff) || char_is_alpha(UTF8_INVALID));
}

static void shape_is(const char *text, const char *expected)
{
    char out[SHAPE_BYTES];
    struct str s = str_of(text);
    size_t len = lexeme_shape(s, utf8_count(s), out);

    assert_int_equal(len, strlen(expected));
    assert_memory_equal(out, expected, len);
}

static void shapes_as_spacy(void **state)
{
    (void)state;
    char text[101];

    shape_is("iPhone7", "xXxxxxd");
    shape_is("$1,234.56", "$d,ddd.dd");
    shape_is("aaaaaaB", "xxxxX");
    shape_is("\u4e2d\u00b2\u0301", "xd\u0301");
    memset(text, 'z', 100);
    text[100] = '\0';
    shape_is(text, "LONG");
    text[99] = '\0';
    shape_is(text, "xxxx");
}

/* ---- msgpack ---------------------------------------------------------- */

static void all_forms_of_msgpack_are_read(void **state)
{
    (void)state;
    static const char bytes[] =
        "\x05\xff\xcd\x01\x00\xd1\xff\xfe\xca\x3f\x80\x00\x00\xa2hi\xd9\x01x"
        "\xc4\x01y\x92\x01\xc3\x81\xa1k\xc0\xd4\x01z";
    struct mem mem;
    struct ctx ctx;
    struct msgpack m = msgpack_of((struct str){bytes, sizeof(bytes) - 1}, "t");
    struct msgpack_value v[12];

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(msgpack_next(&ctx, &m, &v[i]), RSC_OK);
    assert_true(v[0].as_uint == 5 && v[1].is_negative);
    assert_true(v[2].as_uint == 256 && (int64_t)v[3].as_uint == -2);
    assert_true(v[4].type == MSGPACK_FLOAT && v[4].real == 1.0);
    assert_true(str_eq(v[5].bytes, STR("hi")) && !v[5].is_binary);
    assert_true(str_eq(v[6].bytes, STR("x")));
    assert_true(str_eq(v[7].bytes, STR("y")) && v[7].is_binary);
    /* [1, true], {"k": nil}, an extension. */
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(msgpack_skip(&ctx, &m), RSC_OK);
    assert_int_equal(msgpack_end(&ctx, &m), RSC_OK);
    ctx_clear(&ctx);
}

static void damaged(const char *bytes, size_t len)
{
    struct mem mem;
    struct ctx ctx;
    struct msgpack m = msgpack_of((struct str){bytes, len}, "file");

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(msgpack_skip(&ctx, &m), RSC_EFORMAT);
    assert_non_null(strstr(ctx.error.message, "file: "));
    ctx_clear(&ctx);
}

static void lies_in_msgpack_are_told(void **state)
{
    (void)state;
    damaged("", 0);
    damaged("\xc1", 1);
    damaged("\xa5hi", 3);
    damaged("\xdb\xff\xff\xff\xff", 5);
    damaged("\xdd\xff\xff\xff\xff", 5);
    damaged("\xdf\xff\xff\xff\xff\x01\x02", 7);
    damaged("\xc6\xff\xff\xff\xffx", 6);
    damaged("\x91\x91\x91", 3);
    damaged("\xcf\x00", 2);
}

/* ---- patterns --------------------------------------------------------- */

struct pattern_row {
    const char *pattern, *text;
    int start, end; /* start -1: no match */
};

static void check_pattern(struct ctx *ctx, struct mem *mem,
                          const struct pattern_row *row)
{
    struct pattern *pattern;
    struct matcher *matcher;
    struct match match = {0, 0};
    bool found;

    if (pattern_open(ctx, &pattern, mem, str_of(row->pattern), "p"))
        fail_msg("%s", ctx->error.message);
    assert_int_equal(matcher_new(ctx, &matcher, mem), RSC_OK);
    assert_int_equal(pattern_search(ctx, pattern, matcher, str_of(row->text), 0,
                                    &found, &match),
                     RSC_OK);
    assert_int_equal(found, row->start >= 0);
    if (found) {
        assert_int_equal(match.start, row->start);
        assert_int_equal(match.end, row->end);
    }
    matcher_free(matcher);
    pattern_close(pattern);
}

/* Three rules: on white space with a label, on white space, on the tag "_SP";
 * only the first two are for us. */
static void rules_on_white_space_are_found(void **state)
{
#define RULE(token, attributes)                                                \
    "\x83\xa8patterns\x91\x91" token "\xa5"                                    \
    "attrs" attributes "\xa5index\x00"
    static const char bytes[] = "\x93" RULE("\x82\xa8IS_SPACE\xc3\xa3"
                                            "DEP\x81\xa6NOT_IN\x91\xa0",
                                            "\x81\xa3"
                                            "DEP\xa3"
                                            "dep")
        RULE("\x81\xa8IS_SPACE\xc3", "\x82\xa3TAG\xa3_SP\xa3POS\xa5SPACE")
            RULE("\x81\xa3TAG\xa3_SP", "\x81\xa3TAG\xa2NN");
    const struct str whole = {bytes, sizeof(bytes) - 1};
    struct space_rules rules;
    struct mem mem;

    (void)state;
    mem_init(&mem, "test", 0);
    for (size_t len = 0; len <= whole.len; len++) {
        struct ctx ctx;
        ctx_init(&ctx, &mem);
        rsc_status st = space_rules_read(&ctx, &rules, str_slice(whole, 0, len),
                                         "patterns");
        assert_int_equal(st, len < whole.len ? RSC_EFORMAT : RSC_OK);
        ctx_clear(&ctx);
    }
    assert_true(str_eq(rules.tag, STR("_SP")));
    assert_true(str_eq(rules.dep, STR("dep")));
}

static void patterns_mean_what_they_mean_to_python(void **state)
{
    (void)state;
    static const struct pattern_row rows[] = {
        {"(?u)\\u00e9+", "caf\u00e9\u00e9", 3, 7},
        {"[\\U0001F600-\\U0001F64F]", "a\U0001F601", 1, 5},
        {"\\S+", "\u180e", 0, 3},
        {"\\S+", "\x1c\x1f", -1, 0},
        {"[\\w-]+", "\u0301a_1-\u203f", 2, 6},
        {"\\w", "\u203f\u0301", -1, 0},
        {"\\d", "\u0660\u00b2", 0, 2},
        {"^b", "ab", -1, 0},
        {"b$", "ab\n", 1, 2},
        {"[[:a]+", "[:a", 0, 3},
        {"[]a]+", "]a", 0, 2},
        {"(?<=[a-z])\\.(?=[A-Z])", "a.B", 1, 2},
    };
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_pattern(&ctx, &mem, &rows[i]);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

static void patterns_of_another_kind_are_refused(void **state)
{
    (void)state;
    static const char *const patterns[] = {"a\\b",    "(a)\\1",   "\\u00",
                                           "[a",      "a\\",      "[\\S]",
                                           "\\Qa\\E", "(?<=a+)b", "\\K"};
    struct mem mem;

    mem_init(&mem, "test", 0);
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        struct pattern *pattern;
        struct ctx ctx;
        ctx_init(&ctx, &mem);
        rsc_status st =
            pattern_open(&ctx, &pattern, &mem, str_of(patterns[i]), "rule");
        assert_true(st == RSC_EUNSUPPORTED || st == RSC_EFORMAT);
        assert_non_null(strstr(ctx.error.message, "rule"));
        assert_null(pattern);
        ctx_clear(&ctx);
    }
    assert_int_equal(mem.bytes, 0);
}

static void endless_backtracking_is_stopped(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct pattern *pattern;
    struct matcher *matcher;
    bool found;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(
        pattern_open(&ctx, &pattern, &mem, STR("^(?:a?a?)*b$"), "p"), RSC_OK);
    assert_int_equal(matcher_new(&ctx, &matcher, &mem), RSC_OK);
    assert_int_equal(
        pattern_match(&ctx, pattern, matcher,
                      STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!b"),
                      &found),
        RSC_ELIMIT);
    matcher_free(matcher);
    pattern_close(pattern);
    ctx_clear(&ctx);
}

/* As systemd's MemoryDenyWriteExecute has it; there is no way back, so a child
 * tries. Exit status 77: this kernel cannot forbid it. */
static int match_without_executable_memory(void)
{
    struct mem mem;
    struct ctx ctx;
    struct pattern *pattern;
    struct matcher *matcher;
    bool found = false;

    if (prctl(65 /* PR_SET_MDWE */, 1ul, 0ul, 0ul, 0ul))
        return 77;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    if (pattern_open(&ctx, &pattern, &mem, STR("^a+$"), "p") ||
        matcher_new(&ctx, &matcher, &mem) ||
        pattern_match(&ctx, pattern, matcher, STR("aaa"), &found) || !found)
        return 1;
    return 0;
}

static void patterns_need_no_executable_memory(void **state)
{
    int status;

    (void)state;
    pid_t pid = fork();
    if (pid == 0)
        _exit(match_without_executable_memory());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_of_strings),
        cmocka_unit_test(reserved_strings_have_small_ids),
        cmocka_unit_test(keys_of_ids),
        cmocka_unit_test(lower_case_as_python),
        cmocka_unit_test(characters_as_python),
        cmocka_unit_test(shapes_as_spacy),
        cmocka_unit_test(all_forms_of_msgpack_are_read),
        cmocka_unit_test(lies_in_msgpack_are_told),
        cmocka_unit_test(rules_on_white_space_are_found),
        cmocka_unit_test(patterns_mean_what_they_mean_to_python),
        cmocka_unit_test(patterns_of_another_kind_are_refused),
        cmocka_unit_test(endless_backtracking_is_stopped),
        cmocka_unit_test(patterns_need_no_executable_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
