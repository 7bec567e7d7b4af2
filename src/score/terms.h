/* SPDX-License-Identifier: MIT */
#ifndef RSC_TERMS_H
#define RSC_TERMS_H

/*
 * A text as words that can be compared: lower case, plural and -ing endings
 * taken off, function words dropped, each word a 64-bit hash. Two texts that
 * differ in case, punctuation, spacing or inflection only have equal terms.
 */

#include "base/ctx.h"

struct terms {
    const uint64_t *words; /* in order, function words included */
    size_t n_words;
    const uint64_t *set; /* content words: sorted, each once */
    size_t n_set;
    /* Those of them that name a subject: "sales" of "senior sales manager". */
    const uint64_t *subjects;
    size_t n_subjects;
};

/* All of out lives in the arena. Fails with RSC_ENOMEM only. */
rsc_status terms_make(struct ctx *ctx, struct terms *out, struct str text);
/* Content words that both have. */
size_t terms_common(const struct terms *a, const struct terms *b);
/* Whether have shares a word with want that names a subject; where want has
 * none ("manager"), any content word will do. */
bool terms_share_subject(const struct terms *want, const struct terms *have);
/* Shared content words among all of both, in thousandths. */
uint32_t terms_overlap(const struct terms *a, const struct terms *b);

#endif
