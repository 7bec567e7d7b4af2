/* SPDX-License-Identifier: MIT */
#ifndef RSC_VOCAB_SOURCE_H
#define RSC_VOCAB_SOURCE_H

/*
 * The vocabulary of a published model: vocab.txt, or where that is missing, as
 * newer programs leave it, what tokenizer.json says.
 */

#include "base/ctx.h"

/* One token per line, its number is its id, in the arena. */
rsc_status vocab_source_read(struct ctx *ctx, struct str *out,
                             const char *folder);
/* The same from the text of tokenizer.json, which is not trusted. Fails with
 * RSC_EFORMAT, RSC_EUNSUPPORTED on a tokenizer that is not BERT's in lower
 * case, RSC_ELIMIT above LIMIT_VOCAB_BYTES. */
rsc_status vocab_source_parse(struct ctx *ctx, struct str *out,
                              struct str tokenizer_json);

#endif
