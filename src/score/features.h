/* SPDX-License-Identifier: MIT */
#ifndef RSC_FEATURES_H
#define RSC_FEATURES_H

/*
 * What is known of each sentence of a resume before any requirement is looked
 * at: its words, the skills it names, how close it is in meaning to each
 * requirement, and whether it may serve as evidence at all. Reads
 * sentence.blind only.
 */

#include "score/score.h"
#include "score/terms.h"

enum sentence_use {
    USE_EVIDENCE,
    USE_LISTED, /* evidence, but a claim in a list: shows no use */
    USE_REPEAT, /* says what an earlier one says */
    USE_COPIED, /* the job's own words */
    USE_IGNORED /* of another person: references */
};

struct sentence_features {
    struct terms terms;
    const struct skill_hit *hits;
    size_t n_hits;
    enum sentence_use use;
    bool is_bare;    /* too short to say more than a name */
    bool is_unheld;  /* "no experience with", "want to learn" */
    bool is_stuffed; /* names one skill again and again */
};

struct features {
    const struct score_input *in;
    struct sentence_features *sentences;
    size_t n_sentences;
    struct terms *requirements; /* words of each label */
    /* [requirement][sentence], thousandths, negative ones as 0; NULL without
     * vectors. */
    const uint16_t *cosine;
};

/* All of out lives in the arena. Fails with RSC_ENOMEM only. */
rsc_status features_make(struct ctx *ctx, struct features *out,
                         const struct score_input *in);

static inline bool use_is_evidence(enum sentence_use use)
{
    return use == USE_EVIDENCE || use == USE_LISTED;
}

static inline uint16_t features_cosine(const struct features *f,
                                       size_t requirement, size_t sentence)
{
    return f->cosine ? f->cosine[requirement * f->n_sentences + sentence] : 0;
}

#endif
