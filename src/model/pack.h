/* SPDX-License-Identifier: MIT */
#ifndef RSC_PACK_H
#define RSC_PACK_H

/*
 * The packed model: one file that is mapped and used as it is, on every
 * processor. Little-endian; sections are aligned to 64 bytes:
 *
 *     | header 64 | table: one 48-byte entry per section | sections |
 *
 * The file is not trusted. Opening checks the header, the table (by checksum)
 * and that every section lies in the file, without overlap and with the size
 * that its shape and type ask for. pack_verify reads all of it and compares
 * the checksum of the content, too.
 *
 * Packs are replaced by rename and never rewritten in place. A program that
 * truncates one while it is mapped kills every reader with SIGBUS: there is
 * no cure for that, so do not.
 *
 * Threads: a struct pack is immutable after pack_open.
 */

#include "base/file.h"

#define PACK_VERSION 1
#define PACK_ALIGN   64

enum pack_type {
    PACK_F32 = 1,
    PACK_S8,
    PACK_U8,
    PACK_S32,
    PACK_U32,
    PACK_BF16,
};

/* An entry of the table, as it stands in the file. */
struct pack_section {
    uint32_t kind;  /* what it is: numbers of the module that wrote it */
    uint32_t index; /* which one, such as the layer */
    uint32_t type;  /* enum pack_type */
    uint32_t zero;
    uint64_t rows, columns;
    uint64_t offset; /* from the file's start */
    uint64_t len;    /* rows * columns * size of the type */
};

struct pack {
    struct file_map map; /* empty when made from bytes */
    const unsigned char *data;
    size_t len;
    const struct pack_section *sections; /* sorted by kind, then index */
    size_t n;
};

rsc_status pack_open(struct ctx *ctx, struct pack *out, const char *path);
/* The same from bytes aligned to 64, which must outlive `out`. `name` is for
 * messages. */
rsc_status pack_parse(struct ctx *ctx, struct pack *out, struct str bytes,
                      const char *name);
void pack_close(struct pack *pack);
/* Reads everything: fails with RSC_EFORMAT when a byte is not as written, or
 * when an f32 or bf16 value is not finite. */
rsc_status pack_verify(struct ctx *ctx, const struct pack *pack);

/* Borrowed, or NULL. */
const struct pack_section *pack_find(const struct pack *pack, uint32_t kind,
                                     uint32_t index);

/* What a section must be. */
struct pack_want {
    uint32_t kind, index;
    enum pack_type type;
    uint64_t rows, columns;
};

/* The section's content, or NULL with RSC_EFORMAT when there is none of just
 * this shape and type. */
const void *pack_want(struct ctx *ctx, const struct pack *pack,
                      struct pack_want want);

/*
 * Writing: first all sections are planned, then one block is allocated, then
 * each is filled in place, then the checksums are put.
 */

struct pack_plan {
    struct pack_section *sections;
    size_t n, cap;
    unsigned char *data;
    size_t len;
};

/* In order of kind and index, each once. The plan lives in the arena. */
rsc_status pack_plan_add(struct ctx *ctx, struct pack_plan *plan,
                         struct pack_want section);
rsc_status pack_plan_alloc(struct ctx *ctx, struct pack_plan *plan);
/* Zero-filled, to be filled in; the section must have been planned. */
void *pack_plan_section(struct pack_plan *plan, uint32_t kind, uint32_t index);
/* The finished file; its bytes live in the arena. */
struct str pack_plan_finish(struct pack_plan *plan);

#endif
