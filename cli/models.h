/* SPDX-License-Identifier: MIT */
#ifndef RSC_MODELS_H
#define RSC_MODELS_H

/* What the `models` commands share. */

#include "base/ctx.h"
#include "base/mem.h"
#include "cli.h"
#include "model/store.h"

#define MODELS_DEFAULT "all-MiniLM-L6-v2"

/* One entry of an option table. */
/* clang-format off */
#define MODELS_OPTION                                                          \
    {"models", 0, "DIR", "Folder of the installed models"}
/* clang-format on */

struct models {
    struct cli *cli;
    struct mem mem;
    struct ctx ctx;
    const char *dir; /* --models, $RESUME_SCORER_MODELS, or the user's own */
};

/* False with the error in models->ctx; models_close is due in both cases. */
bool models_open(struct models *models, struct cli *cli);
/* Prints the error, if there is one, and returns the exit code for it. */
enum exit_code models_close(struct models *models);
/* The first argument, or the default model. */
struct str models_name(const struct cli *cli);
/* What is opened to use the model: a pack, of *precision unless that is empty,
 * or a folder. */
rsc_status models_path(struct models *models, struct str *path,
                       struct str *precision, struct str name);
/* A JSON document and a newline to standard output. */
void models_print(const struct buf *out);

#endif
