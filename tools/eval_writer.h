/* SPDX-License-Identifier: MIT */
#ifndef RSC_EVAL_WRITER_H
#define RSC_EVAL_WRITER_H

/* Writes a text as the other formats that resumes come in, to see that the
 * format does not change what is read. */

#include "base/ctx.h"

/* A PDF in a fixed-width font, long lines wrapped, 54 lines per page. Letters
 * outside of Windows-1252 become '?'. */
rsc_status eval_write_pdf(struct ctx *ctx, struct str *out, struct str text);
/* A DOCX with one paragraph per line. */
rsc_status eval_write_docx(struct ctx *ctx, struct str *out, struct str text);

#endif
