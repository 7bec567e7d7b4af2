/* SPDX-License-Identifier: MIT */
#ifndef RSC_ARCHIVE_H
#define RSC_ARCHIVE_H

/*
 * Takes a model's files out of a folder, a wheel or a zip file that the user
 * has or that was fetched. The model's folder may lie deeper inside; it is
 * found by its anchor (model.safetensors, config.cfg). Nothing in an archive
 * is trusted: names that lead out of the target, links, too many files and
 * too many bytes are refused.
 */

#include "model/store.h"
#include "registry.h"

/* The kind of model that is in there: "encoder", "entities", or empty with
 * RSC_ENOMODEL in ctx. */
struct str archive_kind(struct ctx *ctx, const char *from);

/* Names of all files in there, relative, in no order. */
rsc_status archive_list(struct ctx *ctx, store_names *out, const char *from);

/* Copies the files of model into the folder `into`, which exists. Fails with
 * RSC_EFORMAT where one that is needed is missing, or has another hash than
 * the pinned one; the message names both. */
rsc_status archive_copy(struct ctx *ctx, const struct registry_model *model,
                        const char *from, const char *into);

/* Fails with RSC_EFORMAT, naming both hashes, unless the file has this one.
 * `what` is for the message. */
rsc_status archive_check(struct ctx *ctx, const char *path, struct str sha256,
                         const char *what);

#endif
