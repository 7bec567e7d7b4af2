/* SPDX-License-Identifier: MIT */
#ifndef RSC_FORM_H
#define RSC_FORM_H

/*
 * multipart/form-data, read strictly from a body that is there as a whole.
 * Parts are slices of the body; nothing is copied but names.
 *
 * Caps: LIMIT of parts by the caller, 4 KB of header and 8 fields per part, a
 * boundary of 70 characters (RFC 2046), names of 64 and file names of 255
 * bytes. A file's name is a label: folders are cut off, it must be UTF-8
 * without control characters, and it is never used as a path.
 */

#include "request.h"

/* The boundary of a Content-Type of multipart/form-data; data NULL where it
 * is another type, or damaged. */
struct str form_boundary(struct str content_type);
/* Fails with RSC_EFORMAT, RSC_ELIMIT, RSC_ENOMEM. */
rsc_status form_parse(struct ctx *ctx, struct form_part **out, size_t *n,
                      struct str body, struct str boundary, size_t max_parts);

/* Whether the body says that it is a form. */
bool form_is_body(const struct request *rq);
/* Fills rq->parts, once; false with a reply where the body is no such form. */
bool form_read(struct request *rq);
/* The value of a text field, trimmed of nothing; data NULL where absent. */
struct str form_text(const struct request *rq, const char *name);
/* The one part of that name that is a file, or NULL. */
const struct form_part *form_file(const struct request *rq, const char *name);
/* Answers 422 and returns false when a part's name is not in the list, which
 * ends with NULL, or one of the names before `n_single` comes twice. */
bool form_allow(struct request *rq, const char *const *names, size_t n_single);
/* "true", "1", "on" or "yes". */
bool form_is_true(struct str value);

#endif
