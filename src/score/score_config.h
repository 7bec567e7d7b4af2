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
#define CONFIG_KINDS 9
#define CONFIG_BANDS 4

struct score_band {
    uint32_t from; /* total in hundredths */
    char name[32];
};

struct score_config {
    /* [weights]; nice is a part of a must, as all parts in thousandths. */
    uint32_t kind[CONFIG_KINDS];
    uint32_t nice;
    /* [credit]: parts of one requirement. */
    uint32_t exact, alias, words;
    uint32_t kind_of, part_of, alternative, related;
    uint32_t meaning, duty_meaning;
    uint32_t best_share, places_share, listed_only, stale;
    uint32_t degree_step, degree_other, degree_unfinished, degree_experience;
    uint32_t language_step, language_unsaid;
    /* [confidence] */
    uint32_t sure_exact, sure_alias, sure_words, sure_related, sure_computed;
    uint32_t sure_meaning_low, sure_meaning_high;
    /* [thresholds]: cosines and parts in thousandths, or counts. */
    uint32_t meaning_from, meaning_full, duty_full;
    uint32_t support_full, field_full, places_full, place_from;
    uint32_t bare_words, same_words, same_cosine, met;
    uint32_t equivalent_months, equivalent_skills, stale_months;
    uint32_t copy_run, copy_share, copy_refused, prose_words;
    uint32_t stuffed, stuffed_list;
    uint32_t evidence_shown, low_coverage;
    /* [bands], best first, and the best one that is left ([caps], 0 is the
     * best) when a required requirement is not met. */
    struct score_band band[CONFIG_BANDS];
    uint32_t required_missing;
};

/* The built-in numbers. Fails with RSC_EINVALID only if a damaged
 * data/scoring.ini was built in. */
rsc_status score_config_init(struct ctx *ctx, struct score_config *out);
/* The text that they are read from, data/scoring.ini, NUL-terminated. */
const char *score_config_default(void);
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

/* For sensitivity reports: sets the i-th number to percent of itself, within
 * its range, and names it. False past the last. */
bool score_config_vary(struct score_config *config, size_t i, unsigned percent,
                       const char **section, const char **key);

#endif
