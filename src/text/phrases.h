/* SPDX-License-Identifier: MIT */
#ifndef RSC_PHRASES_H
#define RSC_PHRASES_H

/*
 * Many phrases found in one pass: a table of word forms and a tree of words.
 *
 *     forms: "databases" -> token 7, "database" -> token 7, ...
 *     tree:  root --relational--> . --database(7)--> values of that phrase
 *
 * A word of the text costs one look-up; only a word that may start a phrase
 * walks the tree. Words that a phrase never starts with are mostly dropped by
 * a bit set that stays in the nearest cache.
 *
 * All arrays are borrowed and immutable: a part of a compiled table.
 */

#include "text/wordscan.h"

struct phrase_form {
    uint32_t name; /* offset in strings; a multiple of eight */
    uint32_t token;
};

struct phrase_node {
    uint32_t first_edge, n_edges;
    uint32_t first_value, n_values; /* of phrases that end here */
};

#define PHRASE_STARTS_BITS 18

struct phrases {
    uint32_t form_mask;        /* slots - 1, a power of two */
    uint32_t n_tokens;         /* token 0 is "unknown" */
    const uint32_t *form_hash; /* [slots]; 0 is empty */
    const struct phrase_form *forms;
    const char *strings;    /* each with zeros up to the next multiple of 8 */
    const uint64_t *starts; /* bit set over hashes of first words */
    const uint32_t *root;   /* [n_tokens]: node after a first word, or 0 */
    const struct phrase_node *nodes;
    const uint32_t *edge_token; /* sorted within a node */
    const uint32_t *edge_node;
    const uint32_t *values;
    /* Numbers of items, for those who write the table. */
    uint32_t n_nodes, n_edges, n_values, strings_len;
};

/* Never 0. At least eight zeros must stand behind fold. */
static inline uint32_t phrases_hash(const char *fold, size_t len)
{
    uint64_t h = 0x9E3779B97F4A7C15u * (len + 1);
    for (size_t i = 0; i < len; i += 8) {
        uint64_t part;
        memcpy(&part, fold + i, 8);
        h = (h ^ part) * 0xD6E8FEB86659FD93u;
        h ^= h >> 32;
    }
    return (uint32_t)h | 1u;
}

static inline bool phrases_may_start(const struct phrases *p, uint32_t hash)
{
    uint32_t bit = hash >> (32 - PHRASE_STARTS_BITS);
    return p->starts[bit / 64] >> (bit % 64) & 1;
}

/* The token of a folded word, or 0 when unknown; zeros behind it as above. */
uint32_t phrases_token(const struct phrases *p, const char *fold, size_t len,
                       uint32_t hash);
/* The token of a word of the text, hash being that of its fold. Where it is
 * unknown as it stands, its suffix, prefix, possessive s and final digits are
 * tried without; start, end and fold move accordingly. */
uint32_t phrases_token_of(const struct phrases *p, struct scan_word *word,
                          uint32_t hash);
/* The node behind token, or 0. */
uint32_t phrases_step(const struct phrases *p, uint32_t node, uint32_t token);

#endif
