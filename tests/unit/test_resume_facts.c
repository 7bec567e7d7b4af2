/* SPDX-License-Identifier: MIT */
/* Roles, education and certificates as they are read from small resumes. */
#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/resume.h"
#include "text/plain.h"

#include <stdio.h>

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct document doc;
    struct resume resume;
};

static int set_up(void **state)
{
    static struct fixture f;

    f = (struct fixture){0};
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    return ontology_open(&f.ctx, &f.ontology, &f.mem, STR_NONE, "") != 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ontology_close(f->ontology);
    ctx_clear(&f->ctx);
    return f->mem.bytes != 0;
}

static void parse(struct fixture *f, const char *text)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct mem *mem = f->ctx.arena.mem;

    ctx_clear(&f->ctx);
    ctx_init(&f->ctx, mem);
    assert_int_equal(plain_document(&f->ctx, &f->doc, str_of(text)), RSC_OK);
    assert_int_equal(
        resume_parse(&f->ctx, &f->resume, &f->doc, f->ontology, &options),
        RSC_OK);
}

static struct str at(const struct fixture *f, struct span span)
{
    return span_of(f->doc.text, span);
}

#define HEAD "Ann Moss\nann.moss@example.com\n\n"

/* "level / subject / school" of each entry, separated by '|'. */
static const char *education(struct fixture *f, const char *lines)
{
    static char out[600];
    size_t len = 0;
    char text[1000];

    snprintf(text, sizeof(text), HEAD "EDUCATION\n\n%s\n", lines);
    parse(f, text);
    out[0] = '\0';
    for (size_t i = 0; i < f->resume.n_education; i++) {
        const struct education *e = &f->resume.education[i];
        len += (size_t)snprintf(
            out + len, sizeof(out) - len, "%s%s / %.*s / %.*s", i ? "|" : "",
            degree_level_name(e->level), STR_ARG(at(f, e->subject)),
            STR_ARG(at(f, e->institution)));
    }
    return out;
}

static void a_school_needs_no_mark_behind_the_degree(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(education(f, "MBA Lebanon Valley College, 2012"),
                        "master /  / Lebanon Valley College");
    assert_string_equal(
        education(f, "Bachelor of Science Lewis University, 2010"),
        "bachelor /  / Lewis University");
    assert_string_equal(
        education(f, "PhD Princeton University, Computer Science, 2015"),
        "doctor / Computer Science / Princeton University");
    assert_string_equal(
        education(f, "B.A.: International Studies Elon University, 2007"),
        "bachelor / International Studies / Elon University");
    assert_string_equal(education(f, "MBA, INSEAD, 2012"),
                        "master /  / INSEAD");
    assert_string_equal(education(f, "BFA, Art Institute of Chicago, 2012"),
                        "bachelor /  / Art Institute of Chicago");
    assert_string_equal(education(f, "MSc, London School of Economics, 2012"),
                        "master /  / London School of Economics");
}

static void degrees_are_written_in_many_ways(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(education(f, "M. Ed : Teaching, Ohio University, 2016"),
                        "master / Teaching / Ohio University");
    assert_string_equal(
        education(f, "2008 BA (Hons) English Literature, Durham University"),
        "bachelor / English Literature / Durham University");
    assert_string_equal(
        education(f, "Dental Assisting Certificate, Valley College, 2017"),
        "vocational / Dental Assisting / Valley College");
    assert_string_equal(
        education(f, "Postgraduate certificate in Law, Leeds University, 2017"),
        "vocational / Law / Leeds University");
    assert_string_equal(education(f, "MSc Physics, Leeds University, 2017\n\n"
                                     "BSc Physics, same university, 2015"),
                        "master / Physics / Leeds University|"
                        "bachelor / Physics / Leeds University");
}

static void letters_among_tools_are_no_degree(void **state)
{
    struct fixture *f = *state;

    parse(f, HEAD "SOFTWARE\n\nPyCharm\tMD\tTerminal\n\nEXPERIENCE\n\n"
                  "Developer, Firth Ltd, 2019 - 2022\n- Built it\n");
    assert_int_equal(f->resume.n_education, 0);
}

/* "title / employer / location" of each role. */
static const char *roles(struct fixture *f, const char *lines)
{
    static char out[600];
    size_t len = 0;
    char text[1000];

    snprintf(text, sizeof(text), HEAD "EXPERIENCE\n\n%s\n", lines);
    parse(f, text);
    out[0] = '\0';
    for (size_t i = 0; i < f->resume.n_roles; i++) {
        const struct role *r = &f->resume.roles[i];
        len += (size_t)snprintf(
            out + len, sizeof(out) - len, "%s%.*s / %.*s / %.*s", i ? "|" : "",
            STR_ARG(at(f, r->title)), STR_ARG(at(f, r->employer)),
            STR_ARG(at(f, r->location)));
    }
    return out;
}

static void a_role_has_its_own_employer(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(
        roles(f, "Curator, City Museum, Leeds, 2016 - 2020\n- Planned shows\n\n"
                 "Assistant Curator, same institution, 2012 - 2016\n"),
        "Curator / City Museum / Leeds|"
        "Assistant Curator / City Museum / Leeds");
    assert_string_equal(
        roles(f, "Meridian Advisory Ltd\nPartner | 2017 - 2020\n- Led it\n\n"
                 "Board Adviser (part-time), GreenKart, 2019 - 2022\n"
                 "- Advised on it\n"),
        "Partner / Meridian Advisory Ltd / |Board Adviser / GreenKart / ");
}

static void the_foot_of_a_page_is_no_role(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(
        roles(f, "Nurse, Mercy Hospital, 2016 - 2020\n- Cared for patients\n\n"
                 "February 10, 2026\tAnn Moss - Resume\t1\n\n"
                 "Aide, Grace Hospital, 2012 - 2016\n- Helped patients\n"),
        "Nurse / Mercy Hospital / |Aide / Grace Hospital / ");
}

static void a_narrow_column_breaks_names(void **state)
{
    struct fixture *f = *state;

    parse(f, "CONTACT\n\nann.moss@example.com\n\nCERTIFICATES\n\n"
             "Certified Kubernetes\nApplication Developer\n(CNCF), 2024\n\n"
             "Ann Moss\n\nBackend engineer\n\nSUMMARY\nBuilds things.\n\n"
             "EXPERIENCE\nBackend Engineer, Firth Ltd\n2019 - 2022\n"
             "- Moved twelve services to it and described all in\n"
             "Terraform\n");
    assert_int_equal(f->resume.n_certificates, 1);
    assert_int_equal(f->resume.certificates[0].issued.year, 2024);
    assert_int_not_equal(f->resume.certificates[0].skill, UINT32_MAX);
    const struct sentence *last =
        &f->resume.sentences[f->resume.n_sentences - 1];
    assert_true(str_ends(last->blind, STR("all in Terraform")));
}

static void a_heading_may_be_a_list(void **state)
{
    struct fixture *f = *state;

    parse(f, HEAD "EDUCATION, CERTIFICATIONS, ENDORSEMENTS\n\n"
                  "BA Psychology, Ohio University, 2012\n");
    assert_int_equal(f->resume.n_education, 1);
    assert_int_equal(f->resume.sections[1].kind, SECTION_EDUCATION);
}

static void dates_between_a_title_and_its_employer_make_a_role(void **state)
{
    struct fixture *f = *state;

    parse(f, HEAD
          "EXPERIENCE\n\n"
          "Senior Vice President of Global Information Technology 06/2004 to "
          "Current Acme Foods Ltd Dallas, TX\n\n"
          "Ran the data centres of all plants.\n\n"
          "Practice Director 01/1995 to 05/2004 Birch Group Dallas, TX\n\n"
          "Led the practice.\n");
    assert_int_equal(f->resume.n_roles, 2);
    assert_true(str_eq(at(f, f->resume.roles[0].title),
                       STR("Senior Vice President of Global Information "
                           "Technology")));
    assert_int_equal(f->resume.roles[0].dates.first.year, 2004);
    assert_true(f->resume.roles[0].dates.is_present);
}

static void a_title_may_stand_higher_than_in_the_first_role(void **state)
{
    struct fixture *f = *state;

    parse(f, HEAD "Contracts\n\nCareer break - full-time carer\n"
                  "September 2021 to August 2025\n"
                  "Looked after my mother.\n\n"
                  "Payroll Officer\nSwansea Bay Foods\n"
                  "May 2012 to September 2021\nRan the payroll.\n");
    assert_int_equal(f->resume.n_roles, 2);
    assert_true(
        str_eq(at(f, f->resume.roles[1].title), STR("Payroll Officer")));
    assert_true(
        str_eq(at(f, f->resume.roles[1].employer), STR("Swansea Bay Foods")));
}

static void what_is_no_name_is_no_school(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(education(f, "5 2015\nLa Salle University\nMBA"),
                        "master /  / La Salle University");
    assert_string_equal(education(f, "MBA, Fordham University GPA: 3.9\n"
                                     "Associates Degree Program\n"),
                        "master /  / Fordham University|associate /  / ");
    assert_string_equal(
        education(f, "Bachelor's of Arts : Political Science 2007 Montclair "
                     "State University\n"
                     "Bachelor of Commerce Mysore University\n"),
        "bachelor / Political Science / Montclair State University|"
        "bachelor / Commerce / Mysore University");
}

static void sentences_about_work_are_no_certificates(void **state)
{
    struct fixture *f = *state;

    parse(f, HEAD "CERTIFICATIONS\n\n"
                  "Powered Industrial Truck Operator\n"
                  "Registered Yoga Teacher\n"
                  "Assisted in hosting open houses for possible buyers\n"
                  "Responsible for traveling with the team to recruit\n");
    assert_int_equal(f->resume.n_certificates, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_school_needs_no_mark_behind_the_degree),
        cmocka_unit_test(degrees_are_written_in_many_ways),
        cmocka_unit_test(letters_among_tools_are_no_degree),
        cmocka_unit_test(a_role_has_its_own_employer),
        cmocka_unit_test(the_foot_of_a_page_is_no_role),
        cmocka_unit_test(a_narrow_column_breaks_names),
        cmocka_unit_test(a_heading_may_be_a_list),
        cmocka_unit_test(dates_between_a_title_and_its_employer_make_a_role),
        cmocka_unit_test(a_title_may_stand_higher_than_in_the_first_role),
        cmocka_unit_test(what_is_no_name_is_no_school),
        cmocka_unit_test(sentences_about_work_are_no_certificates),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
