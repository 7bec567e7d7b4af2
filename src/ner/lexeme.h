/* SPDX-License-Identifier: MIT */
#ifndef RSC_LEXEME_H
#define RSC_LEXEME_H

/*
 * What the models read of a token: ids of its norm, prefix, suffix and shape.
 * They are functions of its string (and of the norm that a special case
 * gives), so they are computed once per distinct string of a text.
 *
 * Threads: a lexicon is immutable; struct lexemes belongs to one request.
 */

#include "ner/keymap.h"

enum attribute {
    ATTRIBUTE_ORTH,
    ATTRIBUTE_NORM,
    ATTRIBUTE_PREFIX,
    ATTRIBUTE_SUFFIX,
    ATTRIBUTE_SHAPE,
    ATTRIBUTE_SPACY, /* of the token: one space follows */
    ATTRIBUTE_IS_SPACE,
    ATTRIBUTE_UNKNOWN,
};

/* Those that a lexeme stores. */
#define ATTRIBUTE_IDS ATTRIBUTE_SPACY

/* "NORM" -> ATTRIBUTE_NORM, or ATTRIBUTE_UNKNOWN. */
enum attribute attribute_of(struct str name);

/* The table lexeme_norm of a pipeline: id of a string -> id of its norm. */
struct lexicon {
    struct keymap norms; /* index in ids */
    const uint64_t *ids;
};

/* Reads vocab/lookups.bin; everything lives in ctx's arena. A file without
 * the table is an empty lexicon. */
rsc_status lexicon_read(struct ctx *ctx, struct lexicon *out, struct str bytes,
                        const char *name);

struct lexeme {
    struct str text;
    uint64_t ids[ATTRIBUTE_IDS];
    uint32_t chars; /* code points */
    uint32_t word;  /* the tokenizer's, KEYMAP_NONE when new */
    bool is_space;
};

/* The distinct lexemes of one text. A zeroed one is empty. */
struct lexemes {
    struct lexeme *items;
    size_t len, cap;
    struct keymap index;
};

/* The number of the lexeme with this text and this norm (STR_NONE for the
 * ordinary one), which is added when it is new. text is valid UTF-8 and
 * stays borrowed. */
rsc_status lexemes_add(struct ctx *ctx, struct lexemes *self,
                       const struct lexicon *lexicon, struct str text,
                       struct str norm, uint32_t *out);

/* Writes spaCy's shape of text ("Xxxx", "dd.d") and returns its length. */
#define SHAPE_BYTES 400
size_t lexeme_shape(struct str text, size_t chars, char out[SHAPE_BYTES]);

#endif
