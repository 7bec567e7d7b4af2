/* SPDX-License-Identifier: MIT */
#ifndef RSC_WORDPIECE_H
#define RSC_WORDPIECE_H

/*
 * BERT's WordPiece, token for token as the `tokenizers` package does it:
 * lower case, accents stripped, control characters removed, words split at
 * white space, punctuation and CJK, then the longest pieces of the vocabulary
 * from left to right. A word of more than 100 characters, or one that the
 * vocabulary cannot spell, is [UNK]. The literal texts "[CLS]", "[SEP]",
 * "[UNK]", "[PAD]" and "[MASK]" are those tokens, as in the package.
 *
 * The vocabulary is one flat little-endian block that a packed model file can
 * hold as it is. In it stands a double-array trie: node u has its child for
 * byte c at index base(u) ^ c, and that unit carries c as its label.
 *
 *     unit, 32 bits:   0 | base:22 | accepts:1 | label:8
 *     value:           1 | token id:31           at base(u) ^ 0
 *
 * The pieces that continue a word ("##ing") hang below the node of "##".
 *
 * Threads: everything here is immutable after open; share it freely.
 */

#include "base/ctx.h"

/* Longer words become [UNK], as in the package. */
#define WORDPIECE_WORD_CHARS 100

struct wordpiece {
    const uint32_t *units;
    uint32_t n_units;
    uint32_t continuation; /* index of the node of "##" */
    int32_t n_tokens;
    int32_t pad, unk, cls, sep, mask; /* ids; mask may be -1 */
    /* n_tokens + 1 offsets into texts: what each token says. */
    const uint32_t *text_starts;
    struct str texts;
};

/* Token ids of one text. The arrays belong to whoever set them up. */
struct tokens {
    int32_t *ids;          /* room for cap */
    size_t *starts, *ends; /* bytes of the text, room for cap; or both NULL */
    size_t cap;            /* at least 2: [CLS] and [SEP] are counted */
    size_t len;
    size_t n_unknown; /* words among them that became [UNK] */
    bool truncated;   /* the text goes on behind the last token */
};

/* Makes the block from the content of vocab.txt (one token per line, its
 * number is its id); it is owned by the arena of ctx. Fails with RSC_EFORMAT
 * when the text is not such a vocabulary, RSC_ELIMIT when it is too large. */
rsc_status wordpiece_build(struct ctx *ctx, struct str *block,
                           struct str vocab);

/* Opens a block that stays where it is, aligned to 4 bytes, for as long as
 * `out` is in use. It is not trusted: RSC_EFORMAT when any offset in it would
 * lead outside. */
rsc_status wordpiece_open(struct ctx *ctx, struct wordpiece *out,
                          struct str block);

/* The text of a token, "##ing"; empty when id is not one. */
struct str wordpiece_token(const struct wordpiece *wp, int32_t id);

/* Storage for cap tokens from the arena of ctx; spans adds the offsets. */
rsc_status tokens_init(struct ctx *ctx, struct tokens *out, size_t cap,
                       bool spans);

/* Writes [CLS], the tokens of text, as many as fit, and [SEP]. Any bytes are
 * a valid text: what is not UTF-8 is left out, as U+FFFD is. */
void wordpiece_encode(struct tokens *out, const struct wordpiece *wp,
                      struct str text);

#endif
