/* SPDX-License-Identifier: MIT */
#ifndef RSC_SCORE_CONFIG_H
#define RSC_SCORE_CONFIG_H

/*
 * Every number of the score: weights, credits, thresholds, bands. The
 * defaults are data/scoring.ini, which says the reason for each and is
 * compiled in. A request may set any of them.
 *
 * Immutable after it is made; all members are integers, so that the same
 * configuration gives the same score everywhere.
 */

#include "base/ctx.h"

/* As enum requirement_kind, in that order. */
#define CONFIG_KINDS 8
#define CONFIG_BANDS 4

struct score_band {
    uint32_t from; /* total in hundredths */
    char name[32];
};

struct score_config {
    /* [weights] */
    uint32_t kind[CONFIG_KINDS];
    uint32_t nice; /* part of a must, in thousandths */
    /* [credit] thousandths of a requirement */
    uint32_t exact, alias, words;
    uint32_t part_of, kind_of, alternative, related;
    uint32_t meaning_max;  /* by meaning, at meaning_full */
    uint32_t best_share;   /* of the best sentence; the rest is breadth */
    uint32_t degree_step;  /* kept per level that a degree is below */
    uint32_t degree_other; /* the level is there, the subject another one */
    uint32_t degree_unfinished;
    uint32_t degree_experience; /* "or equivalent experience" */
    uint32_t language_step;     /* lost per level below */
    uint32_t language_unsaid;   /* the language is there, its level is not */
    /* [thresholds] */
    uint32_t meaning_from;      /* cosine in thousandths: below is nothing */
    uint32_t meaning_full;      /* cosine that earns meaning_max */
    uint32_t support_from;      /* cosine of a sentence that supports */
    uint32_t support_full;      /* sentences that fill the breadth */
    uint32_t same_words;        /* overlap that makes two sentences one */
    uint32_t same_cosine;       /* or this cosine */
    uint32_t met;               /* credit that counts as met */
    uint32_t equivalent_months; /* experience in place of a degree */
    uint32_t copy_run;          /* words in a row as in the job */
    uint32_t copy_share;        /* of a sentence that makes it a copy */
    uint32_t stuffed;           /* same skill in one sentence */
    uint32_t evidence_shown;    /* per requirement */
    uint32_t low_coverage;      /* hundredths; below, a warning */
    /* [bands] best first */
    struct score_band band[CONFIG_BANDS];
    uint32_t cap_band; /* best band without a required one: index in band */
};

/* The built-in numbers. Fails with RSC_EINTERNAL only if data/scoring.ini was
 * built in damaged. */
rsc_status score_config_init(struct ctx *ctx, struct score_config *out);
/* Reads an ini text over what is there; `name` is for messages. Fails with
 * RSC_EINVALID, naming the line and the known keys. */
rsc_status score_config_read(struct ctx *ctx, struct score_config *config,
                             struct str ini, const char *name);
/* Reads "skill=10,years=0,nice=0.3": the weights of one request. Fails with
 * RSC_EINVALID, naming the known keys. */
rsc_status score_config_set_weights(struct ctx *ctx,
                                    struct score_config *config,
                                    struct str weights);
/* 16 hexadecimal digits that change with any effective number. */
rsc_status score_config_hash(struct ctx *ctx, struct str *out,
                             const struct score_config *config);

#endif
