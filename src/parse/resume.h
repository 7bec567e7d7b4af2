/* SPDX-License-Identifier: MIT */
#ifndef RSC_RESUME_H
#define RSC_RESUME_H

/*
 * A parsed resume: sections, dated roles, education, certificates, spoken
 * languages, the spans that say who the person is (found only to be kept
 * out), and the sentences that may serve as evidence.
 *
 * All spans are bytes in document->text. Owned by the request's arena.
 */

#include "base/document.h"
#include "parse/dates.h"
#include "skills/skill_match.h"

enum section_kind {
    SECTION_CONTACT, /* what stands before the first heading */
    SECTION_SUMMARY,
    SECTION_EXPERIENCE,
    SECTION_EDUCATION,
    SECTION_SKILLS,
    SECTION_PROJECTS,
    SECTION_CERTIFICATIONS,
    SECTION_LANGUAGES,
    SECTION_INTERESTS,
    SECTION_AWARDS,
    SECTION_PUBLICATIONS,
    SECTION_VOLUNTEER,
    SECTION_REFERENCES,
    SECTION_OTHER,
    SECTION_KINDS
};

struct section {
    enum section_kind kind;
    struct span heading; /* empty where it has none */
    struct span body;
};

struct role {
    struct span title; /* empty where not found, as all of these */
    struct span employer;
    struct span location;
    struct date_range dates; /* first.year 0 where undated */
    unsigned months;         /* 0 where undated */
    struct span body;        /* from its first line to its last */
    bool is_volunteer;
    bool is_internship;
};

enum degree_level {
    DEGREE_NONE,
    DEGREE_SCHOOL, /* secondary school */
    DEGREE_VOCATIONAL,
    DEGREE_ASSOCIATE,
    DEGREE_BACHELOR,
    DEGREE_MASTER,
    DEGREE_DOCTOR,
};

struct education {
    enum degree_level level;
    struct span degree; /* "BSc", "Master of Arts" */
    struct span subject;
    struct span institution;
    struct date_range dates;
    bool is_unfinished; /* "in progress", "expected 2027" */
    struct span body;
};

struct certificate {
    struct span name;
    struct span issuer;
    struct month issued;
    uint32_t skill; /* in the ontology, or UINT32_MAX */
};

/* As the Common European Framework: 1 = A1 ... 6 = C2, 7 = native. */
struct spoken_language {
    struct span name;
    struct str language; /* "English", in English */
    uint8_t level;       /* 0 where not said */
};

enum personal_kind {
    PERSONAL_NAME,
    PERSONAL_EMAIL,
    PERSONAL_PHONE,
    PERSONAL_ADDRESS, /* with postcode */
    PERSONAL_LINK,
    PERSONAL_BIRTH,  /* date or age */
    PERSONAL_GENDER, /* pronouns, honorifics, marital words */
    PERSONAL_NATIONALITY,
    PERSONAL_GRADUATION_YEAR,
    PERSONAL_PHOTO,
    PERSONAL_OTHER, /* religion, parents, height, identity numbers */
};

struct personal {
    struct span span;
    enum personal_kind kind;
};

/* From blind offset `blind` on, the bytes stand for those at `text`. A run
 * that stands for a personal span, or for folded white space, maps as a whole:
 * its length in the text is that of the next run's start. */
struct blind_run {
    uint32_t blind;
    uint32_t text;
    bool is_copy; /* byte for byte */
};

/* What stands for each personal span. */
#define BLIND_TOKEN "[\xE2\x80\xA6]"

/* The unit of evidence: a sentence or a list item. */
struct sentence {
    struct span span;
    uint32_t section; /* index */
    uint32_t role;    /* index, or UINT32_MAX */
    /* What is matched and embedded: the span's text with BLIND_TOKEN in place
     * of each personal span and white space folded. */
    struct str blind;
    const struct blind_run *runs;
    size_t n_runs;
};

struct resume {
    const struct document *document;
    struct section *sections;
    size_t n_sections;
    struct role *roles; /* as they stand in the text */
    size_t n_roles;
    struct education *education;
    size_t n_education;
    struct certificate *certificates;
    size_t n_certificates;
    struct spoken_language *languages;
    size_t n_languages;
    struct personal *personal; /* sorted, without overlap */
    size_t n_personal;
    struct sentence *sentences;
    size_t n_sentences;
    unsigned experience_months; /* union of the dated paid roles */
    struct month as_of;
    /* False where nothing of a resume was found: no contact data, no known
     * heading, no dated role, no education. Then a score means little. */
    bool looks_like_resume;
    const struct str *warnings; /* sentences for the user */
    size_t n_warnings;
};

/* A span that another component found, such as an organisation. */
struct entity_span {
    struct span span;
    struct str label; /* "ORG", "GPE", "DATE", "PERSON", ... */
};

struct resume_options {
    struct month as_of;
    const struct entity_span *entities; /* may be NULL */
    size_t n_entities;
};

/* Parses doc; out points into doc and the arena. ontology may be NULL: then
 * certificates have no skill. Fails with RSC_ENOTEXT where there is nothing to
 * read, RSC_ELIMIT above LIMIT_TEXT_CHARS, and RSC_ENOMEM. */
rsc_status resume_parse(struct ctx *ctx, struct resume *out,
                        const struct document *doc,
                        const struct ontology *ontology,
                        const struct resume_options *options);
/* The bytes of the document that [start, end) of the sentence's blind text
 * stands for. */
struct span sentence_origin(const struct sentence *sentence, size_t start,
                            size_t end);
const char *section_kind_name(enum section_kind kind);
const char *degree_level_name(enum degree_level level);

#endif
