/* SPDX-License-Identifier: MIT */
#ifndef RSC_EMBED_H
#define RSC_EMBED_H

/*
 * From texts to vectors: the packed model, its tokenizer and its encoder as
 * one thing. A text that comes twice is computed once; the vector of a text
 * does not depend on the others.
 *
 * Threads: an embedder is immutable after open but for the encoder's work
 * space, which takes care of itself: call from any thread.
 */

#include "embed/encoder.h"

struct embedder;
struct wordpiece;

/* Opens a pack (models/NAME/PRECISION.pack). What it allocates is counted in
 * mem; the pack itself is mapped. Closed by embed_close. */
rsc_status embed_open(struct ctx *ctx, struct embedder **out, struct mem *mem,
                      const char *pack_path,
                      const struct encoder_options *options);
void embed_close(struct embedder *embedder);

/* Sizes, pooling and precision of the model. */
const struct encoder_config *embed_config(const struct embedder *embedder);
/* The instruction set that computes, as isa_name gives it. */
const char *embed_isa(const struct embedder *embedder);
/* Workers, the caller's thread included. */
unsigned embed_threads(const struct embedder *embedder);

/* What is worth a warning about the texts of one call. */
struct embed_report {
    size_t n_unique;  /* texts that were computed */
    size_t n_tokens;  /* of those, [CLS] and [SEP] not counted */
    size_t n_unknown; /* words of them that are [UNK] to the model */
    size_t n_cut;     /* texts that go on behind the model's length */
};

/* Writes the vectors of n texts to out [n][hidden], in order. Any bytes are a
 * text, an empty one has a vector, too; a longer one than the model takes is
 * cut. The report may be NULL. Fails with RSC_ENOMEM, RSC_EFORMAT when the
 * model is damaged, and when ctx says so. */
rsc_status embed_texts(struct ctx *ctx, struct embedder *embedder,
                       const struct str *texts, size_t n, float *out,
                       struct embed_report *report);

/* The tokenizer, and the prefix that goes before every text. */
const struct wordpiece *embed_wordpiece(const struct embedder *embedder,
                                        struct str *prefix);
/* Vectors of sequences of ids, as encoder_encode. */
rsc_status embed_sequences(struct ctx *ctx, struct embedder *embedder,
                           const struct sequence *sequences, size_t n,
                           float *out);
/* Vectors of their tokens, as encoder_encode_each. */
rsc_status embed_sequences_each(struct ctx *ctx, struct embedder *embedder,
                                const struct sequence *sequences, size_t n,
                                float *out);
/* The mapped bytes of the pack; empty where it is not mapped. */
struct str embed_mapped(const struct embedder *embedder);

/* Opens a pack and reads all of it: fails with RSC_EFORMAT where it does, or
 * where a byte is not as it was written. */
rsc_status embed_verify(struct ctx *ctx, const char *pack_path);

/* How embed_pack makes a pack. */
struct embed_packing {
    enum encoder_precision precision;
    struct str prefix; /* put before every text; may be empty */
};

/* Packs the published files in `folder` (config.json, model.safetensors,
 * vocab.txt, ...) into pack_path, which is replaced at once or not at all.
 * Needs about twice the model's size of memory. */
rsc_status embed_pack(struct ctx *ctx, const char *folder,
                      const char *pack_path,
                      const struct embed_packing *packing);

#endif
