/* SPDX-License-Identifier: MIT */
#ifndef RSC_TOKENIZER_H
#define RSC_TOKENIZER_H

/*
 * spaCy's rule tokenizer, run from a pipeline's own `tokenizer` file:
 * exceptions ("can't" -> "ca" "n't") and four patterns that cut prefixes,
 * suffixes and infixes off, and keep URLs whole.
 *
 * Invariant: the tokens of a text, each followed by one space where its
 * space_after is set, are the text again.
 *
 * Threads: a tokenizer is immutable and shared.
 */

#include "ner/lexeme.h"

struct mem;
struct tokenizer;

struct token {
    uint32_t start, end; /* bytes */
    uint32_t char_start; /* code points before it */
    uint32_t lexeme;     /* in struct token_list */
    bool space_after;    /* exactly one ' ' */
};

struct token_list {
    struct token *items;
    size_t len, cap;
    struct lexemes lexemes;
};

/* Reads a `tokenizer` file; bytes and ctx's arena must outlive it. Freed by
 * tokenizer_close, with the same mem. Fails with RSC_EFORMAT on a damaged
 * file and RSC_EUNSUPPORTED on a pattern that cannot be run. */
rsc_status tokenizer_open(struct ctx *ctx, struct tokenizer **out,
                          struct mem *mem, struct str bytes, const char *name);
void tokenizer_close(struct tokenizer *tokenizer);

/* Cuts text, which is valid UTF-8 of less than 2 GB, into tokens. They live
 * in ctx's arena and point into text. */
rsc_status tokenizer_run(struct ctx *ctx, const struct tokenizer *self,
                         const struct lexicon *lexicon, struct str text,
                         struct token_list *out);

#endif
