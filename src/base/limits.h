/* SPDX-License-Identifier: MIT */
#ifndef RSC_LIMITS_H
#define RSC_LIMITS_H

/*
 * Every cap of the program, with its reason. Those that a user may change
 * are defaults of rsc_limits in the public header.
 */

/* A scanned resume of some pages stays below; a video does not. */
#define LIMIT_FILE_BYTES ((size_t)20 << 20)
/* Nobody reads a longer resume, and a longer PDF is a portfolio. */
#define LIMIT_PAGES 50
/* Code points; the limit of the service that this program replaces. */
#define LIMIT_TEXT_CHARS 50000
/* A resume has about ten sections, roles and degrees; more than these is not
 * one, and every sentence costs a run of the encoder. */
#define LIMIT_SECTIONS  200
#define LIMIT_ROLES     200
#define LIMIT_EDUCATION 100
#define LIMIT_SENTENCES 2000
/* A long job advertisement has about 40. */
#define LIMIT_REQUIREMENTS 200
/* Wall time of one extraction; an ordinary file needs 0.1 s. */
#define LIMIT_EXTRACT_MS 10000
/* Address space of the extraction helper; poppler needs about 60 MB. */
#define LIMIT_EXTRACT_BYTES ((size_t)256 << 20)
/* Code points; above it spaCy refuses a text, and so do we. */
#define LIMIT_ENTITY_CHARS 1000000

/* vocab.txt; the largest of a BERT model, 120,000 tokens, has 1 MB. */
#define LIMIT_VOCAB_BYTES ((size_t)4 << 20)
/* tokenizer.json: each token of it with quotes and its id on a line. */
#define LIMIT_TOKENIZER_JSON ((size_t)16 << 20)
/* manifest.json of an installed model; the largest lists 40 files. */
#define LIMIT_MANIFEST_BYTES ((size_t)1 << 20)
/* The user's text of an ontology: ten times the built-in one. */
#define LIMIT_ONTOLOGY_BYTES ((size_t)16 << 20)
/* Its compiled table, together with ours. */
#define LIMIT_ONTOLOGY_TABLE ((size_t)256 << 20)
/* All public taxonomies together have fewer. */
#define LIMIT_SKILLS 100000
/* The fields of work that are near a field are a set of 64 bits. */
#define LIMIT_SKILL_FIELDS 64
/* Bytes of a skill's name or alias; certificates have about 70. */
#define LIMIT_SKILL_NAME 120
/* Header of a safetensors file; the encoder's has 10 KB, and the format's own
 * reader stops at 100 MB. */
#define LIMIT_SAFETENSORS_HEADER ((size_t)16 << 20)
/* One configuration file of a model; the largest has some KB. */
#define LIMIT_MODEL_CONFIG ((size_t)1 << 20)

#endif
