/* SPDX-License-Identifier: MIT */
#ifndef RSC_JSONRESUME_H
#define RSC_JSONRESUME_H

/*
 * JSON Resume (jsonresume.org, schema 1.x) in and out. In: the file becomes a
 * document with headings, which resume_parse reads as any other. Out: what
 * was parsed, in the schema's fields.
 */

#include "parse/resume.h"

/* Whether bytes are a JSON object that has a key of the schema. */
bool jsonresume_detect(struct str bytes);
/* Makes a document of a JSON Resume. Fails with RSC_EFORMAT, naming line and
 * column, RSC_ELIMIT, RSC_ENOTEXT where it holds no text, and RSC_ENOMEM. */
rsc_status jsonresume_read(struct ctx *ctx, struct document *out,
                           struct str bytes);
/* Writes resume as a JSON Resume; out is sticky, as buffers are. Skills are
 * the items of the skills sections as written; of prose, those that ontology
 * (which may be NULL) knows. is_blind leaves the person and the years of
 * degrees out. Fails with RSC_ENOMEM only. */
rsc_status resume_write_jsonresume(struct ctx *ctx, struct buf *out,
                                   const struct resume *resume,
                                   const struct ontology *ontology,
                                   bool is_blind);

#endif
