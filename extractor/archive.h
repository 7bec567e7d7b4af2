/* SPDX-License-Identifier: MIT */
#ifndef RSC_ARCHIVE_H
#define RSC_ARCHIVE_H

/*
 * The ZIP container of .docx and .odt, read by libzip under our own caps:
 * number of members, bytes unpacked in all, and the ratio of each. Only
 * members that are asked for are unpacked, never one inside another.
 */

#include "base/ctx.h"
#include "xml.h"

struct archive;

/* Bytes must stay valid until archive_close. */
rsc_status archive_open(struct ctx *ctx, struct archive **out,
                        struct str bytes);
void archive_close(struct archive *archive);
bool archive_has(const struct archive *archive, const char *name);
/* Whether the name of any member begins with prefix. */
bool archive_has_folder(const struct archive *archive, const char *prefix);
/* Unpacks up to max bytes of a small member into the arena; a longer one is
 * cut. Without it, out is empty. */
rsc_status archive_head(struct ctx *ctx, struct str *out,
                        struct archive *archive, const char *name, size_t max);
/* Streams a member through the XML reader. A member that is not there is
 * RSC_OK and calls nothing. */
rsc_status archive_parse(struct ctx *ctx, struct archive *archive,
                         const char *name, const char *what,
                         const struct xml_handler *handler);

#endif
