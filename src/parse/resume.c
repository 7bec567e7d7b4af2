/* SPDX-License-Identifier: MIT */
#include "parse/resume.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "parse/blind.h"
#include "parse/certificates.h"
#include "parse/education.h"
#include "parse/layout.h"
#include "parse/personal.h"
#include "parse/roles.h"
#include "parse/sections.h"
#include "parse/spoken.h"

struct parts {
    struct layout layout;
    struct span name;
    struct section_list sections;
    struct role_list roles;
    struct education_list education;
    struct certificate_list certificates;
    struct spoken_list languages;
    struct personal_list personal;
    struct sentence_list sentences;
    VEC(struct str) warnings;
};

static bool has_section(const struct parts *p, enum section_kind kind)
{
    for (size_t i = 0; i < p->sections.len; i++) {
        if (p->sections.items[i].kind == kind)
            return true;
    }
    return false;
}

static rsc_status warn(struct ctx *ctx, struct parts *p, struct str text)
{
    struct str *slot = text.data ? vec_push(ctx, &p->warnings) : NULL;

    if (!slot)
        return ctx->error.status;
    *slot = text;
    return RSC_OK;
}

static rsc_status read_roles(struct ctx *ctx, struct parts *p,
                             const struct resume_options *options)
{
    bool has_experience = has_section(p, SECTION_EXPERIENCE);
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < p->sections.len && !st; i++) {
        const struct section *s = &p->sections.items[i];
        bool is_sure =
            s->kind == SECTION_EXPERIENCE || s->kind == SECTION_VOLUNTEER;
        bool is_maybe = !has_experience && (s->kind == SECTION_CONTACT ||
                                            s->kind == SECTION_SUMMARY ||
                                            s->kind == SECTION_OTHER);
        if (is_sure || is_maybe)
            st = roles_read(ctx, &p->roles, &p->layout, s, options, is_sure);
    }
    return st;
}

static rsc_status read_education(struct ctx *ctx, struct parts *p)
{
    bool has_education = has_section(p, SECTION_EDUCATION);
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < p->sections.len && !st; i++) {
        const struct section *s = &p->sections.items[i];
        if (s->kind == SECTION_EDUCATION)
            st = education_read(ctx, &p->education, &p->layout, s, true);
        else if (!has_education && s->kind != SECTION_EXPERIENCE &&
                 s->kind != SECTION_REFERENCES && s->kind != SECTION_INTERESTS)
            st = education_read(ctx, &p->education, &p->layout, s, false);
    }
    return st;
}

static rsc_status read_lists(struct ctx *ctx, struct parts *p,
                             const struct ontology *ontology)
{
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < p->sections.len && !st; i++) {
        const struct section *s = &p->sections.items[i];
        if (s->kind == SECTION_CERTIFICATIONS)
            st = certificates_read(ctx, &p->certificates, &p->layout, s,
                                   ontology);
        else if (s->kind == SECTION_LANGUAGES)
            st = spoken_read(ctx, &p->languages, p->layout.text, s->body);
    }
    return st;
}

/* The years of an education say how old somebody is. */
static rsc_status mark_section_years(struct ctx *ctx, struct parts *p)
{
    rsc_status st = RSC_OK;
    size_t d = 0;

    for (size_t i = 0; i < p->sections.len; i++) {
        const struct section *s = &p->sections.items[i];
        while (d < p->layout.n_dates &&
               p->layout.dates[d].span.start < s->body.start)
            d++;
        for (; d < p->layout.n_dates && !st &&
               p->layout.dates[d].span.start < s->body.end;
             d++) {
            const struct date_range *date = &p->layout.dates[d];
            if (s->kind == SECTION_EDUCATION)
                st = personal_add(ctx, &p->personal, date->span.start,
                                  date->span.end, PERSONAL_GRADUATION_YEAR);
        }
    }
    return st;
}

/* The same for degrees that were found elsewhere. */
static rsc_status mark_degree_years(struct ctx *ctx, struct parts *p)
{
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < p->education.len && !st; i++) {
        struct span date = p->education.items[i].dates.span;
        if (!span_is_empty(date))
            st = personal_add(ctx, &p->personal, date.start, date.end,
                              PERSONAL_GRADUATION_YEAR);
    }
    personal_sort(&p->personal);
    return st;
}

/* The first section up to the first line with a range of dates: a resume
 * without headings has its roles there. */
static struct span contact_block(const struct parts *p)
{
    struct span block = p->sections.items[0].body;

    for (size_t i = 0; i < p->layout.n_dates; i++) {
        const struct date_range *d = &p->layout.dates[i];
        bool is_range = d->is_present || d->first.year != d->last.year ||
                        d->first.month != d->last.month;
        if (d->span.start >= block.end)
            break;
        if (is_range && !d->is_refused) {
            size_t line = layout_line_at(&p->layout, d->span.start);
            block.end = p->layout.lines[line].start;
            break;
        }
    }
    return block;
}

static rsc_status find_contact(struct ctx *ctx, struct parts *p)
{
    size_t n = 0;
    struct span *contact =
        ctx_alloc_array(ctx, p->sections.len, sizeof(contact[0]));

    if (!contact)
        return ctx->error.status;
    contact[n++] = contact_block(p);
    for (size_t i = 1; i < p->sections.len; i++) {
        if (p->sections.items[i].kind == SECTION_CONTACT)
            contact[n++] = p->sections.items[i].body;
    }
    return personal_find(ctx, &p->personal, &p->layout, contact, n);
}

/* Comes before all that looks at the form of lines, so that the length of a
 * name or an address decides nothing there. */
static rsc_status read_personal(struct ctx *ctx, struct parts *p,
                                const struct ontology *ontology)
{
    rsc_status st = find_contact(ctx, p);

    if (!st)
        st = name_mark(ctx, &p->personal, &p->layout, p->name, ontology);
    if (!st)
        st = mark_section_years(ctx, p);
    if (st)
        return st;
    personal_sort(&p->personal);
    struct span *spans = ctx_alloc_array(ctx, p->personal.len, sizeof(*spans));
    if (!spans)
        return ctx->error.status;
    for (size_t i = 0; i < p->personal.len; i++)
        spans[i] = p->personal.items[i].span;
    layout_set_personal(&p->layout, spans, p->personal.len);
    return RSC_OK;
}

static rsc_status add_warnings(struct ctx *ctx, struct parts *p)
{
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < p->layout.n_dates && !st; i++) {
        const struct date_range *d = &p->layout.dates[i];
        int first = d->first.year * 12 + d->first.month;
        int last = d->last.year * 12 + (d->last.month ? d->last.month : 12);
        if (d->is_refused && last < first)
            st = warn(ctx, p,
                      ctx_printf(ctx,
                                 "the dates \"%.*s\" end before they "
                                 "start and were left out",
                                 STR_ARG(span_of(p->layout.text, d->span))));
        if (p->warnings.len >= 8)
            break;
    }
    if (!st && p->sentences.len >= LIMIT_SENTENCES)
        st = warn(ctx, p,
                  ctx_printf(ctx, "only the first %d sentences were read",
                             LIMIT_SENTENCES));
    return st;
}

static bool is_resume(const struct parts *p)
{
    bool has_reach = false;

    for (size_t i = 0; i < p->personal.len; i++)
        has_reach = has_reach || p->personal.items[i].kind == PERSONAL_EMAIL ||
                    p->personal.items[i].kind == PERSONAL_PHONE;
    return p->roles.len > 0 || p->education.len > 0 || p->sections.len >= 3 ||
           (has_reach && p->sections.len >= 2);
}

static unsigned paid_months(struct ctx *ctx, const struct resume *r)
{
    struct date_range *paid = ctx_alloc_array(ctx, r->n_roles, sizeof(*paid));
    size_t n = 0;

    if (!paid)
        return 0;
    for (size_t i = 0; i < r->n_roles; i++) {
        if (r->roles[i].months && !r->roles[i].is_volunteer)
            paid[n++] = r->roles[i].dates;
    }
    return dates_union_months(ctx, paid, n, r->as_of);
}

static void publish(const struct parts *p, struct resume *out)
{
    out->sections = p->sections.items;
    out->n_sections = p->sections.len;
    out->roles = p->roles.items;
    out->n_roles = p->roles.len;
    out->education = p->education.items;
    out->n_education = p->education.len;
    out->certificates = p->certificates.items;
    out->n_certificates = p->certificates.len;
    out->languages = p->languages.items;
    out->n_languages = p->languages.len;
    out->personal = p->personal.items;
    out->n_personal = p->personal.len;
    out->sentences = p->sentences.items;
    out->n_sentences = p->sentences.len;
    out->warnings = p->warnings.items;
    out->n_warnings = p->warnings.len;
    out->looks_like_resume = is_resume(p);
}

/* Refuses what cannot be a resume before any work is done. */
static rsc_status check_text(struct ctx *ctx, struct str text)
{
    bool has_letter = false;

    if (text.len > LIMIT_TEXT_CHARS && utf8_count(text) > LIMIT_TEXT_CHARS)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the resume has more than %d characters; give a "
                        "shorter one",
                        LIMIT_TEXT_CHARS);
    for (size_t i = 0; i < text.len && !has_letter; i++)
        has_letter = ascii_is_alpha((unsigned char)text.data[i]) ||
                     (unsigned char)text.data[i] >= 0xC3;
    if (!has_letter)
        return ctx_fail(ctx, RSC_ENOTEXT,
                        "the resume has no text that can be read");
    return RSC_OK;
}

static rsc_status read_parts(struct ctx *ctx, struct parts *p,
                             const struct document *doc,
                             const struct ontology *ontology,
                             const struct resume_options *options)
{
    rsc_status st = layout_read(ctx, &p->layout, doc, options->as_of);

    if (st)
        return st;
    p->name = name_find(&p->layout, options);
    st = sections_read(ctx, &p->sections, &p->layout, p->name);
    if (!st)
        st = read_personal(ctx, p, ontology);
    if (!st)
        st = read_roles(ctx, p, options);
    if (!st)
        st = read_education(ctx, p);
    if (!st)
        st = read_lists(ctx, p, ontology);
    if (!st)
        st = mark_degree_years(ctx, p);
    return st ? st : ctx_check(ctx);
}

static bool is_in_employer(const struct parts *p, struct span span)
{
    for (size_t i = 0; i < p->roles.len; i++) {
        if (span_contains(p->roles.items[i].employer, span))
            return true;
    }
    return false;
}

/* A word of the name inside of an employer ("Yoder Family Farm") is a fact
 * about the work, for everybody: whether it is the person's name, too, must
 * change nothing. The whole name stays personal wherever it stands. */
static void keep_employers(struct parts *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->personal.len; i++) {
        const struct personal *one = &p->personal.items[i];
        bool is_word = !memchr(p->layout.text.data + one->span.start, ' ',
                               one->span.end - one->span.start);
        if (one->kind == PERSONAL_NAME && is_word &&
            is_in_employer(p, one->span))
            continue;
        p->personal.items[n++] = *one;
    }
    p->personal.len = n;
}

rsc_status resume_parse(struct ctx *ctx, struct resume *out,
                        const struct document *doc,
                        const struct ontology *ontology,
                        const struct resume_options *options)
{
    struct parts p = {0};
    rsc_status st = check_text(ctx, doc->text);

    *out = (struct resume){.document = doc, .as_of = options->as_of};
    if (!st)
        st = read_parts(ctx, &p, doc, ontology, options);
    if (st)
        return st;
    keep_employers(&p);
    publish(&p, out);
    st = blind_sentences(ctx, &p.sentences, &p.layout, out);
    if (!st)
        st = add_warnings(ctx, &p);
    if (st)
        return st;
    publish(&p, out);
    out->experience_months = paid_months(ctx, out);
    return ctx->error.status;
}

const char *section_kind_name(enum section_kind kind)
{
    static const char *const names[] = {
        [SECTION_CONTACT] = "contact",
        [SECTION_SUMMARY] = "summary",
        [SECTION_EXPERIENCE] = "experience",
        [SECTION_EDUCATION] = "education",
        [SECTION_SKILLS] = "skills",
        [SECTION_PROJECTS] = "projects",
        [SECTION_CERTIFICATIONS] = "certifications",
        [SECTION_LANGUAGES] = "languages",
        [SECTION_INTERESTS] = "interests",
        [SECTION_AWARDS] = "awards",
        [SECTION_PUBLICATIONS] = "publications",
        [SECTION_VOLUNTEER] = "volunteer",
        [SECTION_REFERENCES] = "references",
        [SECTION_OTHER] = "other",
    };

    return names[kind];
}

const char *degree_level_name(enum degree_level level)
{
    static const char *const names[] = {
        [DEGREE_NONE] = "none",
        [DEGREE_SCHOOL] = "school",
        [DEGREE_VOCATIONAL] = "vocational",
        [DEGREE_ASSOCIATE] = "associate",
        [DEGREE_BACHELOR] = "bachelor",
        [DEGREE_MASTER] = "master",
        [DEGREE_DOCTOR] = "doctor",
    };

    return names[level];
}
