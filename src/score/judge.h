/* SPDX-License-Identifier: MIT */
#ifndef RSC_JUDGE_H
#define RSC_JUDGE_H

/*
 * One requirement judged: its credit from 0 to 1000, the evidence, and one
 * sentence that says why; or not assessed, and why not. Weights and points
 * come later (score.c).
 */

#include "score/support.h"

/* Fills out but for weight and points. Fails with RSC_ENOMEM only. */
rsc_status judge_requirement(struct ctx *ctx, struct requirement_score *out,
                             const struct features *f, size_t r);

/* For the judges of the kinds, which are spread over two files. */
rsc_status judge_skill(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r);
rsc_status judge_credential(struct ctx *ctx, struct requirement_score *out,
                            const struct features *f, size_t r);
rsc_status judge_title(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r);
rsc_status judge_years(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r);
rsc_status judge_degree(struct ctx *ctx, struct requirement_score *out,
                        const struct features *f, size_t r);
rsc_status judge_language(struct ctx *ctx, struct requirement_score *out,
                          const struct features *f, size_t r);
rsc_status judge_field(struct ctx *ctx, struct requirement_score *out,
                       const struct features *f, size_t r);

/* Sets the evidence to the best of s, best first, as many as are shown. */
rsc_status judge_show(struct ctx *ctx, struct requirement_score *out,
                      const struct features *f, const struct supports *s);
/* Sets the evidence to one span of the resume's text. */
rsc_status judge_show_span(struct ctx *ctx, struct requirement_score *out,
                           const struct features *f, struct span span,
                           enum match_how how, uint32_t role);
/* Months that the dated roles of named support cover, and the last of them. */
rsc_status judge_use(struct ctx *ctx, struct requirement_score *out,
                     const struct features *f, const struct supports *s);
/* The text of a span without what says who the person is. */
rsc_status judge_blind(struct ctx *ctx, struct str *out,
                       const struct resume *resume, struct span span);
/* "3 years", "7 months", "2 years and 6 months". */
struct str judge_duration(struct ctx *ctx, unsigned months);

#endif
