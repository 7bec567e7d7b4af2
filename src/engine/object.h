/* SPDX-License-Identifier: MIT */
#ifndef RSC_OBJECT_H
#define RSC_OBJECT_H

/*
 * The blocks that engines, documents, jobs and results live in. An account
 * cannot stand in a block that it pays for, so these are in none; what an
 * object holds is in the account that it holds.
 */

#include <resume_scorer.h>

/* A block of zeros, or NULL with err (which may be NULL) filled. Freed by
 * object_free with the same size. */
void *object_new(size_t bytes, rsc_error *err);
/* object may be NULL. */
void object_free(void *object, size_t bytes);

#endif
