/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_H
#define RSC_JOB_H

/*
 * A parsed job: its title and its requirements, each with the sentence that
 * it was read from. Owned by the request's arena.
 */

#include "parse/resume.h"

enum requirement_kind {
    REQUIREMENT_SKILL,
    REQUIREMENT_YEARS,
    REQUIREMENT_DEGREE,
    REQUIREMENT_CERTIFICATE,
    REQUIREMENT_LANGUAGE,
    REQUIREMENT_DUTY,
    REQUIREMENT_TITLE,
    REQUIREMENT_LICENCE,
    REQUIREMENT_FIELD, /* the line of work that the skills belong to */
};

struct requirement {
    enum requirement_kind kind;
    bool must;
    bool required;      /* a knock-out: without it the band is capped */
    bool is_condition;  /* lifting, travel, shifts, a permit: resumes hardly
                           ever say it, so silence is no answer */
    struct str label;   /* short, for tables: "Python", "5 years of SQL" */
    struct str text;    /* what is embedded: the phrase or sentence */
    struct span source; /* the sentence in the job's text */
    /* SKILL, CERTIFICATE, LICENCE, and YEARS of a skill: alternatives of which
     * at least `at_least` are wanted ("A or B" has 1). FIELD: one skill of
     * each field. */
    const uint32_t *skills;
    size_t n_skills; /* 0: known by its wording and meaning only */
    unsigned at_least;
    unsigned months;         /* YEARS */
    enum degree_level level; /* DEGREE */
    struct str subject;      /* DEGREE, where named */
    bool or_experience;      /* DEGREE: "or equivalent experience" */
    struct str language;     /* LANGUAGE, in English */
    uint8_t language_level;  /* as struct spoken_language; 0 if not said */
};

struct job {
    const struct document *document; /* without tags; lengths are as given */
    struct str title;                /* empty where not found */
    struct requirement *requirements;
    size_t n_requirements;
    struct span *left_out; /* boilerplate that was not read as requirements */
    size_t n_left_out;
    struct span *unread; /* sentences in which nothing was understood */
    size_t n_unread;
    const struct str *warnings; /* sentences for the user */
    size_t n_warnings;
};

/* Parses doc: an advertisement with or without headings, or a bare list of
 * skills, one per line or separated by commas. ontology may be NULL: then no
 * requirement has skills. Fails with RSC_ENOTEXT on an empty job, RSC_EINVALID
 * where no requirement can be found, RSC_EUNSUPPORTED where it is not in
 * English, RSC_ELIMIT above LIMIT_TEXT_CHARS, and RSC_ENOMEM. */
rsc_status job_parse(struct ctx *ctx, struct job *out,
                     const struct document *doc,
                     const struct ontology *ontology);
/* The text whose vector stands for the requirement: of a degree its subject,
 * because "Bachelor of Science in" is near to every other degree. */
struct str requirement_meaning(const struct requirement *r);
const char *requirement_kind_name(enum requirement_kind kind);

#endif
