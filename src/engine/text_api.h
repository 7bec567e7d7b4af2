/* SPDX-License-Identifier: MIT */
#ifndef RSC_TEXT_API_H
#define RSC_TEXT_API_H

/* The owned text that public functions hand out, and what they write it in. */

#include "base/ctx.h"
#include "base/mem.h"

/* Of one call: it is opened, buf is written, and it is closed. It must not
 * move in between. */
struct text_work {
    struct mem mem;
    struct ctx ctx;
    struct buf buf;
};

/* most: bytes that buf may hold. */
void text_open(struct text_work *w, size_t most);
/* Hands buf out as a text where ctx says that all went well, and frees the
 * rest; else *out is NULL. out may be NULL where no text was written. Returns
 * and fills err with what ctx says, RSC_ENOMEM, or RSC_ELIMIT where buf met its
 * cap. */
rsc_status text_close(struct text_work *w, rsc_text **out, rsc_error *err);

#endif
