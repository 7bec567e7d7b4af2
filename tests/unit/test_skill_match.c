/* SPDX-License-Identifier: MIT */
#include "skills/skill_match.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmocka_all.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof(*f));
    mem_init(&f->mem, "test", 0);
    ctx_init(&f->ctx, &f->mem);
    *state = f;
    return ontology_open(&f->ctx, &f->ontology, &f->mem, STR_NONE, "") != 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ontology_close(f->ontology);
    ctx_clear(&f->ctx);
    size_t left = f->mem.bytes;
    free(f);
    return left != 0;
}

/* The names of the skills in text, separated by '|'; '-' in front of what is
 * negated, '?' in front of what is wished. */
static const char *found(struct fixture *f, const char *text)
{
    static char out[2000];
    struct skill_hits hits = {0};
    size_t len = 0;

    assert_int_equal(skill_match(&f->ctx, &hits, f->ontology, str_of(text)),
                     RSC_OK);
    out[0] = '\0';
    for (size_t i = 0; i < hits.len; i++) {
        struct str name = ontology_name(f->ontology, hits.items[i].skill);
        const char *sign = hits.items[i].stance == STANCE_NEGATED  ? "-"
                           : hits.items[i].stance == STANCE_WISHED ? "?"
                                                                   : "";
        len += (size_t)snprintf(out + len, sizeof(out) - len, "%s%s%.*s",
                                i ? "|" : "", sign, STR_ARG(name));
        if (i > 0)
            assert_true(hits.items[i].span.start >= hits.items[i - 1].span.end);
    }
    return out;
}

static void names_end_at_boundaries(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(found(f, "JavaScript"), "JavaScript");
    assert_string_equal(found(f, "Java, C, C++ and C#/.NET"),
                        "Java|C|C++|C#|.NET");
    assert_string_equal(found(f, "a digital reactive lawson"), "");
    assert_string_equal(found(f, "Python-based, Python3 and Python's"),
                        "Python|Python|Python");
    assert_string_equal(found(f, "our Go-to-market plan, go to a market"), "");
    assert_string_equal(found(f, "me@python.org www.python.org/java"), "");
}

static void variants_are_found(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(found(f, "node js, nodejs, Node.JS, node-js"),
                        "Node.js|Node.js|Node.js|Node.js");
    assert_string_equal(found(f, "ci/cd, CI CD, CI-CD"), "CI/CD|CI/CD|CI/CD");
    assert_string_equal(found(f, "power bi, PowerBI, Power-BI"),
                        "Power BI|Power BI|Power BI");
    assert_string_equal(found(f, "data visualisation, relational database"),
                        "Data visualization|Relational databases");
    assert_string_equal(found(f, "analysed the data, Power\xC2\xA0Point"),
                        "Data analysis|Microsoft PowerPoint");
    /* A version behind a word that begins other names. */
    assert_string_equal(found(f, "test python3"), "Python");
}

static void common_words_need_context(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(found(f, "I go home and rest in spring"), "");
    assert_string_equal(found(f, "python, go, sql"), "Python|Go|SQL");
    assert_string_equal(found(f, "Docker, Go and Kubernetes"),
                        "Docker|Go|Kubernetes");
    assert_string_equal(found(f, "you excel at home, vitamin C"), "");
    assert_string_equal(found(f, "Statistics in R, Python, SPSS"),
                        "Statistics|R|Python|SPSS");
}

static void negated_and_wished_skills_are_marked(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(found(f, "No experience with Java or Python."),
                        "-Java|-Python");
    assert_string_equal(found(f, "No experience with Java, but Python."),
                        "-Java|Python");
    assert_string_equal(found(f, "I want to learn Docker. Linux daily."),
                        "?Docker|Linux");
    assert_string_equal(found(f, "Docker (learning), Linux"), "?Docker|Linux");
    assert_string_equal(found(f, "Java is not required. Python is."),
                        "-Java|Python");
}

static void an_own_text_adds_skills(void **state)
{
    struct fixture *f = *state;
    struct ontology *own;
    struct str text = STR("Frobnication = frob, to frobnicate; kind: soft\n"
                          "Python = snake charming\n");
    assert_int_equal(ontology_open(&f->ctx, &own, &f->mem, text, "own.txt"),
                     RSC_OK);
    assert_int_equal(ontology_count(own), ontology_count(f->ontology) + 1);
    uint32_t skill = ontology_find(own, STR("frobnication"));
    assert_int_equal(ontology_kind(own, skill), SKILL_SOFT);
    assert_int_equal(ontology_find(own, STR("frobnicated")), skill);
    assert_int_equal(ontology_find(own, STR("snake charming")),
                     ontology_find(own, STR("python")));
    assert_false(str_eq(ontology_hash(own), ontology_hash(f->ontology)));
    ontology_close(own);
}

static void mistakes_in_an_own_text_name_the_line(void **state)
{
    struct fixture *f = *state;
    struct ontology *own;
    assert_int_equal(ontology_open(&f->ctx, &own, &f->mem,
                                   STR("Good\nBad = ; part-of: Nowhere\n"),
                                   "own.txt"),
                     RSC_EFORMAT);
    assert_non_null(strstr(f->ctx.error.message, "own.txt:2"));
    assert_null(own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_end_at_boundaries, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(variants_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(common_words_need_context, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(negated_and_wished_skills_are_marked,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_own_text_adds_skills, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(mistakes_in_an_own_text_name_the_line,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
