/* SPDX-License-Identifier: MIT */
#ifndef RSC_SPECIAL_CASE_H
#define RSC_SPECIAL_CASE_H

/*
 * The tokenizer's exceptions: strings with tokens of their own. Those that
 * the affix rules would cut apart ("a.m." -> "a.m" ".") are also found by
 * the words that they are cut into, in a second pass over the tokens:
 *
 *     words -> nodes of a trie, as (node, word) -> node
 *
 * Threads: immutable once the tokenizer is open.
 */

#include "ner/keymap.h"
#include "ner/msgpack.h"

struct special_token {
    struct str orth;
    struct str norm; /* STR_NONE where it has none of its own */
};

struct special_case {
    struct str text; /* its tokens' orths joined */
    const struct special_token *tokens;
    uint32_t n;
};

struct special_cases {
    struct special_case *items;
    size_t len, cap;
    struct keymap index; /* text -> item */
    struct keymap words; /* word -> its number */
    struct keymap trie;  /* node << 32 | word -> node */
    bool *is_end;        /* of a node: words end here; [0] is the root */
    size_t n_nodes, cap_nodes;
};

struct token_span {
    uint32_t start, end;
};

struct token_spans {
    struct token_span *items;
    size_t len, cap;
};

/* Reads the map `exceptions`; everything lives in ctx's arena and points
 * into the file's bytes. */
rsc_status special_cases_read(struct ctx *ctx, struct special_cases *self,
                              struct msgpack *m);
/* Adds the words of an exception to the trie. */
rsc_status special_cases_learn(struct ctx *ctx, struct special_cases *self,
                               const struct str *words, size_t n);

/* The exception that is exactly s, borrowed, or NULL. */
const struct special_case *special_cases_find(const struct special_cases *self,
                                              struct str s);
/* The number of a word of the trie, or KEYMAP_NONE. */
uint32_t special_cases_word(const struct special_cases *self, struct str s);
/* The spans of tokens whose words are those of an exception; where they
 * overlap, the longest wins, then the first. In order. */
rsc_status special_cases_spans(struct ctx *ctx,
                               const struct special_cases *self,
                               const uint32_t *words, size_t n,
                               struct token_spans *out);

#endif
