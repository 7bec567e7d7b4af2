/* SPDX-License-Identifier: MIT */
#ifndef RSC_STORE_H
#define RSC_STORE_H

/*
 * The folder of installed models. It knows no network: files come in from
 * whoever fetched them.
 *
 *     models/
 *       .lock                     taken by whoever installs or removes
 *       .partial/NAME/            a download that is not complete
 *       NAME/
 *         manifest.json           what was installed, with SHA-256 of each file
 *         source/                 the files as their authors published them
 *         int8.pack  f32.pack     made from source/, one per precision
 *
 * A model is installed once its manifest is there. Files are put in place by
 * rename and never rewritten, so a reader keeps what it has mapped.
 *
 * Threads: functions here share nothing; writers hold the lock.
 */

#include "base/ctx.h"
#include "base/hash.h"
#include "base/vec.h"

/* A model's name becomes a folder: letters, digits, '.', '_' and '-', not
 * beginning with a dot, at most 64. */
bool store_is_name(struct str name);

/* Paths, made from their parts; nothing is looked up. NUL-terminated, in the
 * arena; data is NULL when memory is used up. */
struct str store_folder(struct ctx *ctx, const char *dir, struct str name);
struct str store_source(struct ctx *ctx, const char *dir, struct str name);
struct str store_partial(struct ctx *ctx, const char *dir, struct str name);
struct str store_pack(struct ctx *ctx, const char *dir, struct str name,
                      struct str precision);

/* The pack to open: of that precision, or with an empty one the best that is
 * installed (int8, then bf16, then f32). Fails with RSC_ENOMODEL and the
 * command that cures it. *precision is what was chosen. */
rsc_status store_find_pack(struct ctx *ctx, struct str *path,
                           struct str *precision, const char *dir,
                           struct str name);
/* The folder of the files of a model that needs no pack (entities). Fails
 * with RSC_ENOMODEL. */
rsc_status store_find_source(struct ctx *ctx, struct str *path, const char *dir,
                             struct str name);

struct store_file {
    struct str path; /* below the model's folder: "source/vocab.txt" */
    uint64_t bytes;
    struct sha256_hex sha256;
};

/* What manifest.json says. */
struct store_manifest {
    struct str name;
    struct str kind;    /* "encoder" or "entities" */
    struct str license; /* may be empty */
    struct str origin;  /* where the files came from, for a person */
    struct str prefix;  /* goes before every text; mostly empty */
    bool pinned;        /* the hashes were known before the files came */
    VEC(struct store_file) files;
};

/* Fails with RSC_ENOMODEL where the model is not installed, RSC_EFORMAT where
 * the manifest is damaged. */
rsc_status store_read(struct ctx *ctx, struct store_manifest *out,
                      const char *dir, struct str name);
/* The same from the text of a manifest; `path` is for messages. */
rsc_status store_parse(struct ctx *ctx, struct store_manifest *out,
                       struct str text, struct str name, const char *path);
/* Replaces the manifest. */
rsc_status store_write(struct ctx *ctx, const char *dir,
                       const struct store_manifest *manifest);
/* Adds the file or replaces what is known of it: its size and hash are taken
 * from the installed one. */
rsc_status store_add_file(struct ctx *ctx, struct store_manifest *manifest,
                          const char *dir, struct str path);
/* The file's entry, or NULL. */
const struct store_file *store_file_find(const struct store_manifest *manifest,
                                         struct str path);

typedef VEC(struct str) store_names;

/* Names of what is installed, sorted. A folder that is not there holds none. */
rsc_status store_list(struct ctx *ctx, store_names *out, const char *dir);

enum store_state {
    STORE_GOOD,
    STORE_MISSING,
    STORE_DIFFERENT, /* another hash */
};

/* Reads the file again; *actual is set unless it is missing. */
rsc_status store_verify(struct ctx *ctx, enum store_state *out,
                        struct sha256_hex *actual, const char *dir,
                        const struct store_manifest *manifest,
                        const struct store_file *file);

/* Makes the folder and takes its lock, so that two installers do not meet.
 * With wait false, *lock is -1 where another process holds it. */
rsc_status store_lock(struct ctx *ctx, int *lock, const char *dir, bool wait);
void store_unlock(int lock);

/* Moves a complete folder to be the model's source/; what was there before is
 * removed after the new one is in place. The lock must be held. */
rsc_status store_install(struct ctx *ctx, const char *dir, struct str name,
                         const char *complete);
/* Removes a model, or its download when partial is true, with all files.
 * What is not there is no error. The lock must be held. */
rsc_status store_remove(struct ctx *ctx, const char *dir, struct str name,
                        bool partial);

/* mkdir -p. Fails with RSC_EIO and one sentence. */
rsc_status store_make_folders(struct ctx *ctx, const char *path);

#endif
