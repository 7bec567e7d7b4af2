/* SPDX-License-Identifier: MIT */
#ifndef RSC_EVAL_PARSE_H
#define RSC_EVAL_PARSE_H

/* Shared by the two halves of eval_parse: resumes and jobs. */

#include "parse/job.h"

enum tally_kind {
    T_SECTION,
    T_NAME,
    T_ROLE,
    T_TITLE,
    T_EMPLOYER,
    T_LOCATION,
    T_DATES,
    T_FLAG,
    T_EDUCATION,
    T_LEVEL,
    T_SUBJECT,
    T_SCHOOL,
    T_SCHOOL_DATES,
    T_UNFINISHED,
    T_CERTIFICATE,
    T_ISSUER,
    T_ISSUED,
    T_LANGUAGE,
    T_LANGUAGE_LEVEL,
    T_HIDE,
    T_KEEP,
    T_JOB_TITLE,
    T_JOB_SKILL,
    T_JOB_YEARS,
    T_JOB_DEGREE,
    T_JOB_CERTIFICATE,
    T_JOB_LANGUAGE,
    T_JOB_LICENCE,
    T_JOB_DUTY,
    T_JOB_STRENGTH,
    T_JOB_LEFT_OUT,
};

struct tally {
    const char *name;
    unsigned right, wrong, missed;
};

struct entity_pipeline;

extern struct tally tallies[];
extern bool show_errors;

struct eval {
    char name[64];
    struct ctx ctx;
    struct document doc;
    struct str truth;
    const struct ontology *ontology;
    const struct entity_pipeline *pipeline; /* NULL: parse without entities */
};

/* Puts the entities of the document into options, where there is a pipeline. */
rsc_status eval_entities(struct eval *e, struct resume_options *options);

/* One field of one item: right, or wanted but missed and got but wrong. */
void count(struct eval *e, enum tally_kind kind, bool is_right,
           struct str wanted, struct str got);
/* The next part of "a | b | -"; "-" is empty. */
struct str next_part(struct str *rest);
bool same_text(struct str a, struct str b);
/* Whether line is "key = value". */
bool has_key(struct str line, const char *key, struct str *value);

rsc_status eval_resume(struct eval *e);
rsc_status eval_job(struct eval *e);

#endif
