/* SPDX-License-Identifier: MIT */
#ifndef RSC_BLIND_H
#define RSC_BLIND_H

/*
 * The sentences of a resume without the person: one fixed token in place of
 * each personal span, neighbouring tokens made one, white space folded, soft
 * hyphens and ligatures resolved.
 */

#include "parse/layout.h"
#include "parse/resume.h"

struct sentence_list {
    struct sentence *items;
    size_t len, cap;
};

/* Fills in blind and runs of sentence, whose span is set. Fails with
 * RSC_ENOMEM only. */
rsc_status blind_write(struct ctx *ctx, struct sentence *sentence,
                       struct str text, const struct personal *personal,
                       size_t n_personal);
/* The sentence as it is shown, not as it is judged: the same, but for "they",
 * "them" and "their", which mostly stand for things and whose lack makes a
 * quotation unreadable. Beside another pronoun ("they/them") they tell about
 * the person and stay out. Fails with RSC_ENOMEM only. */
rsc_status blind_shown(struct ctx *ctx, struct str *out,
                       const struct resume *resume,
                       const struct sentence *sentence);
/* Cuts resume's sections into sentences, at most LIMIT_SENTENCES; sections,
 * roles and personal are set. Fails with RSC_ENOMEM only. */
rsc_status blind_sentences(struct ctx *ctx, struct sentence_list *out,
                           const struct layout *layout,
                           const struct resume *resume);

#endif
