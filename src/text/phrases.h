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
 * together with the word behind it walks the tree. That is told from the slot
 * of the first one without a branch: whether a word is known is a toss-up that
 * no processor guesses.
 *
 * All arrays are borrowed and immutable: a part of a compiled table.
 */

#include "text/wordscan.h"

/* All that most first words need stands side by side: one line of the cache
 * is read, and none of the tree. */
struct phrase_form {
    uint32_t hash; /* 0: an empty slot */
    uint32_t name; /* offset in strings; a multiple of eight */
    uint32_t token;
    uint32_t root : 30;     /* node after it as a first word, or 0 */
    uint32_t is_whole : 1;  /* that node has values */
    uint32_t is_passed : 1; /* a word of this slot had to go to another one */
    uint64_t next;          /* of that node */
    char first[8];          /* bytes of the name */
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
    const char *strings; /* each with zeros up to the next multiple of 8 */
    const struct phrase_node *nodes;
    const struct phrase_edge *edges; /* sorted by token within a node */
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

/* False where no phrase starts with a word of this hash, as it stands, that
 * goes on with a word of one of the `next` bits; rarely true for nothing. */
static inline bool phrases_may_start(const struct phrases *p, uint32_t hash,
                                     uint64_t next)
{
    const struct phrase_form *f = &p->forms[hash & p->form_mask];
    return f->is_passed |
           ((f->hash == hash) & (f->is_whole | ((f->next & next) != 0)));
}

/* "manage the projects": words that a phrase may pass over. At least eight
 * zeros must stand behind fold. */
#define PHRASES_LITTLE     8
#define PHRASES_LITTLE_LEN 5
extern const char phrases_little[PHRASES_LITTLE][8];
bool phrases_is_little(const char *fold);

/* The word of the text, hash being that of its fold; NULL when unknown. Where
 * it is unknown as it stands, its suffix, prefix, possessive s and final
 * digits are tried without; start, end and fold move accordingly. */
const struct phrase_form *
phrases_form_of(const struct phrases *p, struct scan_word *word, uint32_t hash);
/* The node behind token, or 0. */
uint32_t phrases_step(const struct phrases *p, uint32_t node, uint32_t token);

#endif
