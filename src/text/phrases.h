/* SPDX-License-Identifier: MIT */
#ifndef RSC_PHRASES_H
#define RSC_PHRASES_H

/*
 * Many phrases found in one pass: a table of word forms and a tree of words.
 *
 *     forms: "databases" -> token 7, "database" -> token 7, ...
 *     tree:  root --relational--> . --database(7)--> values of that phrase
 *
 * Most words start no phrase together with the word behind them. That is told
 * from a set of bits, two of which are read without a branch: whether a word
 * starts something is a toss-up that no processor guesses. Only the others are
 * looked up and walk the tree.
 *
 * All arrays are borrowed and immutable: a part of a compiled table.
 */

#include "text/wordscan.h"

struct phrase_form {
    uint32_t hash; /* 0: an empty slot */
    uint32_t name; /* offset in strings; a multiple of eight */
    uint32_t token;
    uint32_t root; /* node after it as a first word, or 0 */
    char first[8]; /* bytes of the name */
};

struct phrase_node {
    uint32_t first_edge, n_edges;
    uint32_t first_value, n_values; /* of phrases that end here; a single one
                                       stands in first_value itself */
    uint64_t next; /* bit set over hashes of the words that may follow, those
                      that may be passed over among them */
};

struct phrase_edge {
    uint32_t token, node;
};

struct phrases {
    uint32_t form_mask;              /* slots - 1, a power of two */
    const struct phrase_form *forms; /* [slots] */
    const uint64_t *starts;          /* set of struct phrase_start */
    uint32_t start_mask;             /* elements - 1, a power of two */
    const char *strings; /* each with zeros up to the next multiple of 8 */
    const struct phrase_node *nodes;
    const struct phrase_edge *edges; /* sorted by token within a node */
    const uint32_t *values;
    /* Numbers of items, for those who write the table. */
    uint32_t n_nodes, n_edges, n_values, strings_len;
};

static inline uint64_t phrases_mix(uint64_t hash, uint64_t part)
{
    hash = (hash ^ part) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

/* Never 0. FOLD_ZEROS must stand behind fold, so that most words need no loop
 * whose end could be guessed wrong. */
static inline uint32_t phrases_hash(const char *fold, size_t len)
{
    uint64_t h = 0x9E3779B97F4A7C15u * (len + 1), part;

    for (size_t i = 0; i < 16; i += 8) {
        memcpy(&part, fold + i, 8);
        h = phrases_mix(h, part);
    }
    for (size_t i = 16; i < len; i += 8) {
        memcpy(&part, fold + i, 8);
        h = phrases_mix(h, part);
    }
    return (uint32_t)h | 1u;
}

/* The hash of a phrase, one word's hash after the other; 0 before the first. */
static inline uint32_t phrases_chain(uint32_t chain, uint32_t hash)
{
    return (chain ^ hash) * 0x9E3779B1u;
}

static inline uint32_t phrases_value(const struct phrases *p,
                                     const struct phrase_node *node, uint32_t i)
{
    return node->n_values == 1 ? node->first_value
                               : p->values[node->first_value + i];
}

/* Whether a word of this hash may be a step from the node. */
static inline uint64_t phrases_next_bit(uint32_t hash)
{
    return (uint64_t)1 << (hash >> 26);
}

/* Instead of the second word's hash, which is odd: a phrase ends with the first
 * word, or goes on with whichever word. */
#define START_WHOLE 0u
#define START_ANY   2u

/* Where the set says that a phrase may start so: two bits of one element. */
struct phrase_start {
    uint32_t at;
    uint64_t bits;
};

static inline struct phrase_start phrases_start(const struct phrases *p,
                                                uint32_t first, uint32_t second)
{
    uint64_t h = (first ^ (uint64_t)second << 32) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    return (struct phrase_start){(uint32_t)(h >> 12) & p->start_mask,
                                 (uint64_t)1 << (h & 63) |
                                     (uint64_t)1 << (h >> 6 & 63)};
}

static inline bool phrases_has_start(const struct phrases *p, uint32_t first,
                                     uint32_t second)
{
    struct phrase_start s = phrases_start(p, first, second);
    return (p->starts[s.at] & s.bits) == s.bits;
}

/* False where no phrase starts with a word of this hash, as it stands, or goes
 * on with the second hash; rarely true for nothing. */
static inline bool phrases_may_start(const struct phrases *p, uint32_t first,
                                     uint32_t second)
{
    /* Both are looked up: a branch between them costs more. */
    int whole = phrases_has_start(p, first, START_WHOLE);
    int longer = phrases_has_start(p, first, second);
    return whole | longer;
}

/* "manage the projects": words that a phrase may pass over. FOLD_ZEROS must
 * stand behind fold. */
#define PHRASES_LITTLE     8
#define PHRASES_LITTLE_LEN 5
extern const char phrases_little[PHRASES_LITTLE]
                                [PHRASES_LITTLE_LEN + 1 + FOLD_ZEROS];
bool phrases_is_little(const char *fold);

/* The word of the text, hash being that of its fold; NULL when unknown. Where
 * it is unknown as it stands, its suffix, prefix, possessive s and final
 * digits are tried without; start, end and fold move accordingly. */
const struct phrase_form *
phrases_form_of(const struct phrases *p, struct scan_word *word, uint32_t hash);
/* The node behind token, or 0. */
uint32_t phrases_step(const struct phrases *p, uint32_t node, uint32_t token);

#endif
