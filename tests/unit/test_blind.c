/* SPDX-License-Identifier: MIT */
/*
 * Who the person is changes nothing: one resume is written with many names,
 * addresses and pronouns, and all that is parsed from it must be the same.
 */
#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/blind.h"
#include "parse/personal.h"
#include "parse/resume.h"
#include "text/plain.h"

#include <stdio.h>

struct person {
    const char *name, *first, *mail, *phone, *address, *link, *birth, *status,
        *nationality, *he, *his, *honorific, *graduated;
};

static const struct person people[] = {
    {"Jane Doe", "Jane", "jane.doe@example.com", "(512) 555-0143",
     "12 Oak St, Austin, TX 78701", "linkedin.com/in/janedoe",
     "Date of Birth: 3 May 1985", "Marital Status: single",
     "Nationality: American", "she", "her", "Ms.", "2009"},
    {"Ruby Jenkins", "Ruby", "rj@mail.example.org", "+1 512 555 0199",
     "4 Rue Neuve, 69003 Lyon, France", "www.rubyj.example.com",
     "DOB: 12/08/1961", "Marital Status: Married, two children",
     "Nationality: French", "they", "their", "Mx.", "1983"},
    {"John Cook", "John", "john.cook@example.net", "512-555-0111",
     "Flat 3, 27 Albion Road, Leeds LS7 4QX", "github.com/johncook",
     "Born: 1 January 1999", "Marital Status: divorced", "Nationality: British",
     "he", "his", "Mr.", "2021"},
    {"Mar\xC3\xAD"
     "a-Jos\xC3\xA9 Garc\xC3\xAD"
     "a L\xC3\xB3pez",
     "Mar\xC3\xAD"
     "a-Jos\xC3\xA9",
     "mj.garcia@ejemplo.example.es", "+34 600 123 456",
     "Calle Mayor 4, 28013 Madrid, Spain", "linkedin.com/in/mjgl",
     "Date of birth: 1990-02-28", "Marital Status: widowed",
     "Nationality: Spanish", "she", "her", "Mrs.", "2012"},
    {"AISHA VAN DER BERG", "Aisha", "aisha.vdb@example.nl", "+31 6 12345678",
     "Keizersgracht 12, Amsterdam, Netherlands", "aisha.example.dev/cv",
     "Age: 34", "Marital Status: N/A", "Nationality: Dutch", "she", "her",
     "Miss", "2014"},
    {"Nguyen Thi Minh Khai", "Khai", "khai@example.vn", "0412 555 019",
     "12/48 Beach Street, Coogee NSW 2034", "khai.example.com/work",
     "D.O.B: 2 Feb 1972", "Marital Status: Single", "Nationality: Vietnamese",
     "he", "his", "Mr.", "1995"},
    {"Lakshmi Subramaniam-O'Neil", "Lakshmi", "lso@example.in",
     "+91 98450 12345", "Plot 9, Sector 4, Pune, Maharashtra 411001, India",
     "linkedin.com/in/lso", "Date of Birth: 30.11.1979",
     "Marital Status: Married", "Nationality: Indian", "they", "their", "Ms.",
     "2001"},
    {"Will Young", "Will", "wyoung@example.com", "303.555.0170",
     "900 Park Avenue Apt 4B, New York, NY 10075", "@willyoung", "Age: 61",
     "Marital Status: married", "Nationality: Canadian", "he", "his", "Mr.",
     "1985"},
    {"Bo Li", "Bo", "bo.li@example.cn", "+86 138 0013 8000",
     "5 Nanjing Road, Shanghai, China", "bo.example.org/me", "Age: 22",
     "Marital Status: single", "Nationality: Chinese", "she", "her", "Ms.",
     "2025"},
};

static const char *const format =
    "%s\n"         /* name */
    "%s\n"         /* address */
    "%s | %s\n"    /* mail, phone */
    "%s\n"         /* link */
    "%s\n%s\n%s\n" /* birth, status, nationality */
    "\n"
    "SUMMARY\n"
    "Nurse with ten years of experience in women's health. %s has led teams "
    "of twelve and improved %s unit. French, native.\n"
    "\n"
    "EXPERIENCE\n"
    "Charge Nurse, Mercy Hospital, Dallas, TX\n"
    "June 2015 - Present\n"
    "- Led a ward of thirty beds with Epic and Python scripts\n"
    "- %s %s was named nurse of the year\n"
    "- Managed %s own budget; colleagues said %s is calm\n"
    "Line Cook, Blue Door Restaurant, Dallas, TX\n"
    "2012 - 2015\n"
    "- Will travel. Mark and pack orders; may close alone\n"
    "\n"
    "EDUCATION\n"
    "Bachelor of Science in Nursing, Baylor University, %s\n"
    "\n"
    "SKILLS\n"
    "Python, Ruby, Jenkins, wound care\n"
    "\n"
    "LANGUAGES\n"
    "French (native), English (C1)\n";

static rsc_status parse(struct ctx *ctx, struct document *doc,
                        struct resume *out, const char *text,
                        const struct ontology *ontology)
{
    struct resume_options options = {.as_of = {2026, 11}};
    rsc_status st = plain_document(ctx, doc, str_of(text));

    return st ? st : resume_parse(ctx, out, doc, ontology, &options);
}

static void put_span(struct buf *out, const struct resume *r, struct span s)
{
    buf_put(out, STR(" ["));
    if (!span_is_empty(s))
        buf_put(out, span_of(r->document->text, s));
    buf_put(out, STR("]"));
}

/* All that a score can see. */
static void describe(struct buf *out, const struct resume *r)
{
    for (size_t i = 0; i < r->n_sections; i++)
        buf_printf(out, "%s\n", section_kind_name(r->sections[i].kind));
    for (size_t i = 0; i < r->n_roles; i++) {
        buf_printf(out, "role %u", r->roles[i].months);
        put_span(out, r, r->roles[i].title);
        put_span(out, r, r->roles[i].employer);
        put_span(out, r, r->roles[i].location);
        buf_put(out, STR("\n"));
    }
    for (size_t i = 0; i < r->n_education; i++) {
        buf_printf(out, "edu %d", (int)r->education[i].level);
        put_span(out, r, r->education[i].subject);
        put_span(out, r, r->education[i].institution);
        buf_put(out, STR("\n"));
    }
    for (size_t i = 0; i < r->n_languages; i++)
        buf_printf(out, "language %.*s %d\n", STR_ARG(r->languages[i].language),
                   r->languages[i].level);
    for (size_t i = 0; i < r->n_sentences; i++)
        buf_printf(out, "%u %d %.*s\n", r->sentences[i].section,
                   (int)r->sentences[i].role, STR_ARG(r->sentences[i].blind));
    buf_printf(out, "%u\n", r->experience_months);
}

static void write_resume(char *out, size_t size, const struct person *p)
{
    char he[16];
    const char *surname = strrchr(p->name, ' ') + 1;

    snprintf(he, sizeof(he), "%s", p->he);
    he[0] = (char)(he[0] - 'a' + 'A');
    snprintf(out, size, format, p->name, p->address, p->mail, p->phone, p->link,
             p->birth, p->status, p->nationality, he, p->his, p->honorific,
             surname, p->his, p->he, p->graduated);
}

static void swapping_the_person_changes_nothing(void **state)
{
    (void)state;
    struct mem mem;
    struct buf first, now;
    char text[4096];
    struct ontology *ontology = NULL;
    struct ctx open;

    mem_init(&mem, "test", 0);
    ctx_init(&open, &mem);
    assert_int_equal(ontology_open(&open, &ontology, &mem, STR_NONE, ""),
                     RSC_OK);
    buf_init(&first, &mem, 1 << 20);
    buf_init(&now, &mem, 1 << 20);
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
        struct ctx ctx;
        struct document doc;
        struct resume r;
        struct buf *out = i ? &now : &first;
        ctx_init(&ctx, &mem);
        write_resume(text, sizeof(text), &people[i]);
        assert_int_equal(parse(&ctx, &doc, &r, text, ontology), RSC_OK);
        buf_reset(out);
        describe(out, &r);
        if (i && !str_eq(buf_str(&first), buf_str(&now)))
            print_error("%s:\n%s\ninstead of\n%s\n", people[i].name, now.data,
                        first.data);
        assert_true(i == 0 || str_eq(buf_str(&first), buf_str(&now)));
        ctx_clear(&ctx);
    }
    /* And the evidence is still there. */
    assert_non_null(strstr(first.data, "women's health"));
    assert_non_null(strstr(first.data, "Python, Ruby, Jenkins, wound care"));
    assert_non_null(strstr(first.data, "French, native"));
    assert_null(strstr(first.data, "Doe"));
    assert_null(strstr(first.data, "Austin"));
    assert_null(strstr(first.data, "2009"));
    buf_clear(&first);
    buf_clear(&now);
    ontology_close(ontology);
    ctx_clear(&open);
}

static void blind_text_maps_back(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    struct resume r;
    size_t n = 0;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(
        parse(&ctx, &doc, &r,
              "Jane Doe\njane@example.com\n\nEXPERIENCE\nNurse, Mercy "
              "Hospital, 2015 - 2018\n- Jane Doe   used Py\xC2\xADthon and "
              "con\xEF\xAC\x81g\tfiles with her team on big ward\n",
              NULL),
        RSC_OK);
    for (size_t i = 0; i < r.n_sentences; i++) {
        const struct sentence *s = &r.sentences[i];
        size_t at = str_find(s->blind, STR("Python"), 0);
        if (at == SIZE_MAX)
            continue;
        struct span back = sentence_origin(s, at, at + 6);
        assert_true(str_eq(span_of(doc.text, back), STR("Py\xC2\xADthon")));
        at = str_find(s->blind, STR("config"), 0);
        assert_true(at != SIZE_MAX);
        back = sentence_origin(s, at, at + 6);
        assert_true(str_eq(span_of(doc.text, back), STR("con\xEF\xAC\x81g")));
        at = str_find(s->blind, STR("[\xE2\x80\xA6]"), 0);
        assert_true(at != SIZE_MAX);
        back = sentence_origin(s, at, at + 5);
        assert_true(str_starts(span_of(doc.text, back), STR("Jane Doe")));
        n++;
    }
    assert_int_equal(n, 1);
    ctx_clear(&ctx);
}

/* What is judged has them taken out all the same. */
static void words_without_gender_are_shown(void **state)
{
#define TOKEN "[\xE2\x80\xA6]"
    static const struct {
        const char *text, *blind, *shown;
    } cases[] = {
        {"Moved twelve services and described them in Terraform",
         "Moved twelve services and described " TOKEN " in Terraform",
         "Moved twelve services and described them in Terraform"},
        {"Their  patients praised her, as they told him",
         TOKEN " patients praised " TOKEN ", as " TOKEN " told " TOKEN,
         "Their patients praised " TOKEN ", as they told " TOKEN},
        {"Trained new nurses, they/them, on two wards",
         "Trained new nurses, " TOKEN ", on two wards",
         "Trained new nurses, " TOKEN ", on two wards"},
    };
    struct mem mem;
    struct ctx ctx;

    (void)state;
    mem_init(&mem, "test", 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct document doc;
        struct resume r;
        struct str shown;
        char text[512];
        ctx_init(&ctx, &mem);
        snprintf(text, sizeof(text),
                 "Jo Doe\njo@example.com\n\nEXPERIENCE\nNurse, Mercy "
                 "Hospital, 2015 - 2018\n- %s\n",
                 cases[i].text);
        assert_int_equal(parse(&ctx, &doc, &r, text, NULL), RSC_OK);
        const struct sentence *last = &r.sentences[r.n_sentences - 1];
        assert_int_equal(blind_shown(&ctx, &shown, &r, last), RSC_OK);
        assert_true(str_eq(last->blind, str_of(cases[i].blind)));
        assert_true(str_eq(shown, str_of(cases[i].shown)));
        ctx_clear(&ctx);
    }
}

static void nothing_to_read_is_an_error(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    struct resume r;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(parse(&ctx, &doc, &r, " \n\t\n...\n", NULL), RSC_ENOTEXT);
    ctx_clear(&ctx);
    ctx_init(&ctx, &mem);
    assert_int_equal(parse(&ctx, &doc, &r,
                           "It was the best of times, it was the worst of "
                           "times, it was the age of wisdom.\n",
                           NULL),
                     RSC_OK);
    assert_false(r.looks_like_resume);
    ctx_clear(&ctx);
}

static struct span find(struct ctx *ctx, struct document *doc, const char *text,
                        float size_of_name)
{
    struct layout layout;

    assert_int_equal(plain_document(ctx, doc, str_of(text)), RSC_OK);
    for (size_t i = 0; i < doc->n_lines && size_of_name > 0; i++) {
        struct line *line = (struct line *)&doc->lines[i];
        struct str s = str_slice(doc->text, line->start, line->end);
        line->size = str_eq_nocase(s, STR("Amara Okafor")) ? size_of_name : 10;
    }
    assert_int_equal(layout_read(ctx, &layout, doc, (struct month){2026, 11}),
                     RSC_OK);
    return name_find(&layout, NULL);
}

static void name_behind_a_sidebar_is_found(void **state)
{
#define SIDEBAR "CONTACT\n\n%s\n\nSKILLS\n\nTerraform, AWS\nGitLab Runner\n\n"
#define MAIN                                                                   \
    "%s\n\nBackend Engineer\n\nSUMMARY\nBuilds things.\n\n"                    \
    "EXPERIENCE\nBackend Engineer, Firth Ltd\n2019 - 2022\n- Built it\n"
    static const struct {
        const char *mail, *name;
        float size;
        bool is_found;
    } cases[] = {
        {"amara.okafor@example.com", "Amara Okafor", 0, true},
        {"aokafor7@example.com", "AMARA OKAFOR", 0, true},
        {"hello@example.com", "Amara Okafor", 24, true},
        {"hello@example.com", "Amara Okafor", 10, false},
        {"backend@example.com", "Lead Engineer", 0, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct mem mem;
        struct ctx ctx;
        struct document doc;
        char text[512];

        mem_init(&mem, "test", 0);
        ctx_init(&ctx, &mem);
        snprintf(text, sizeof(text), SIDEBAR MAIN, cases[i].mail,
                 cases[i].name);
        struct span name = find(&ctx, &doc, text, cases[i].size);
        assert_int_equal(!span_is_empty(name), cases[i].is_found);
        if (cases[i].is_found)
            assert_true(str_eq(span_of(doc.text, name), str_of(cases[i].name)));
        ctx_clear(&ctx);
    }
    (void)state;
}

/* The sentences that may be evidence, separated by '|'. */
static const char *evidence(struct ctx *ctx, const char *text)
{
    static char out[1000];
    struct document doc;
    struct resume resume;
    struct resume_options options = {.as_of = {2026, 11}};
    size_t len = 0;

    assert_int_equal(plain_document(ctx, &doc, str_of(text)), RSC_OK);
    assert_int_equal(resume_parse(ctx, &resume, &doc, NULL, &options), RSC_OK);
    out[0] = '\0';
    for (size_t i = 0; i < resume.n_sentences; i++)
        len +=
            (size_t)snprintf(out + len, sizeof(out) - len, "%s%.*s",
                             i ? "|" : "", STR_ARG(resume.sentences[i].blind));
    return out;
}

static void what_a_page_repeats_is_no_evidence(void **state)
{
    struct mem mem;
    struct ctx ctx;

    (void)state;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_string_equal(evidence(&ctx,
                                 "Jane Doe\njane.doe@example.com\n\nSKILLS\n"
                                 "Welding\n\nCURRICULUM VITAE\n"
                                 "Mill Lane, jane.doe@example.com\n"),
                        "Welding");
    ctx_clear(&ctx);
}

/* Not where it cuts a section in two: a page may begin with it. */
static void contact_data_at_the_end_are_no_evidence(void **state)
{
#define TOP  "Ann Moss\nann.moss@example.com\n\nSKILLS\nWelding\n\n"
#define FOOT "4 Mill Lane, Active clearance\nann.moss@example.com\n\n"
    struct mem mem;
    struct ctx ctx;

    (void)state;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_string_equal(evidence(&ctx, TOP FOOT), "Welding");
    assert_string_equal(evidence(&ctx, TOP FOOT "HOBBIES\nChess clubs\n"),
                        "Welding|Chess clubs");
    assert_non_null(
        strstr(evidence(&ctx, TOP FOOT "Brazing\nSoldering\n"), "Brazing"));
    ctx_clear(&ctx);
}

/* How far a column is moved, and whether a line was broken in the middle of a
 * school's name, says nothing. */
static void layout_of_the_file_changes_no_sentence(void **state)
{
    static const char *const texts[][2] = {
        {"EXPERIENCE\n\nHelp Desk Analyst, Carolina Health Partners",
         "08/2020 - Present\nResolve 25 tickets a day and write articles.\n"},
        {"EDUCATION\nAssociate of Applied Science, Logistics Management, "
         "Fayetteville Technical Community",
         "College, 2019\nBachelor of Science in Supply Chain Management, "
         "Excelsior University\n"}};
    static const char *const gaps[][2] = {{"\t", "                  "},
                                          {" ", "\n"}};
    struct mem mem;
    struct ctx ctx;

    (void)state;
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    for (size_t i = 0; i < 2; i++) {
        char first[1000], text[1000];
        snprintf(text, sizeof(text), "%s%s%s", texts[i][0], gaps[i][0],
                 texts[i][1]);
        snprintf(first, sizeof(first), "%s", evidence(&ctx, text));
        assert_non_null(strchr(first, '|'));
        snprintf(text, sizeof(text), "%s%s%s", texts[i][0], gaps[i][1],
                 texts[i][1]);
        assert_string_equal(evidence(&ctx, text), first);
    }
    ctx_clear(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapping_the_person_changes_nothing),
        cmocka_unit_test(name_behind_a_sidebar_is_found),
        cmocka_unit_test(blind_text_maps_back),
        cmocka_unit_test(words_without_gender_are_shown),
        cmocka_unit_test(what_a_page_repeats_is_no_evidence),
        cmocka_unit_test(contact_data_at_the_end_are_no_evidence),
        cmocka_unit_test(layout_of_the_file_changes_no_sentence),
        cmocka_unit_test(nothing_to_read_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
