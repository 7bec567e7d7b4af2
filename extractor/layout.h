/* SPDX-License-Identifier: MIT */
#ifndef RSC_LAYOUT_H
#define RSC_LAYOUT_H

/* From the characters of a page to its words and lines in reading order. */

#include "builder.h"
#include "pdf.h"

/* Puts the visible text of the page into b, then what is hidden. */
rsc_status layout_page(struct ctx *ctx, struct builder *b,
                       const struct pdf_page *page);

#endif
