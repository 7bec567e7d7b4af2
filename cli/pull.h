/* SPDX-License-Identifier: MIT */
#ifndef RSC_PULL_H
#define RSC_PULL_H

/*
 * Installs a model: tries the sources in their order, checks every hash,
 * packs, and only then puts the new files in the place of old ones. What
 * worked before works until the last moment, and after any failure.
 */

#include "cli.h"
#include "registry.h"

#define PULL_HUB "https://huggingface.co"

struct pull {
    struct cli *cli;
    struct ctx *ctx;
    const char *dir;       /* of the installed models; the lock is held */
    const char *hub;       /* address of the hub */
    const char *from;      /* folder, wheel or zip: the only source; or NULL */
    const char *precision; /* or NULL: int8 */
    const char *prefix;    /* or NULL: the registry's */
    bool force;            /* also when it is installed already */
    const struct registry_model *model;

    /* Filled by pull_model: */
    bool was_installed; /* nothing was to be done */
    bool pinned;
    struct str origin;
    VEC(struct pull_attempt) failed;
};

struct pull_attempt {
    struct str source;
    struct str reason;
};

/* Each source that fails is reported on standard error in one line. */
rsc_status pull_model(struct pull *pull);
/* Makes one more pack of an installed encoder. precision NULL is int8. */
rsc_status pull_pack(struct ctx *ctx, const char *dir, struct str name,
                     const char *precision, struct str *path);

#endif
