/* SPDX-License-Identifier: MIT */
#ifndef RSC_DOCX_H
#define RSC_DOCX_H

/* The reader of .docx, once its container is open. */

#include "archive.h"
#include "reader.h"

rsc_status docx_read(struct ctx *ctx, struct builder *b,
                     struct reading_facts *facts, struct archive *archive);

#endif
