/* SPDX-License-Identifier: MIT */
#ifndef RSC_SAFETENSORS_H
#define RSC_SAFETENSORS_H

/*
 * Reads a safetensors file: eight bytes with the length of a JSON header, the
 * header, then the tensors, one behind the other:
 *
 *     | u64 n | {"name": {"dtype", "shape", "data_offsets": [from, to]}} | data
 *
 * The file is not trusted: every length, shape, type and offset is checked
 * when it is opened; the tensors must fill the file without gap or overlap,
 * as the format demands. Immutable after that; shared among threads.
 */

#include "base/file.h"

#define SAFETENSORS_MAX_RANK 8

struct tensor {
    struct str name;
    struct str dtype; /* "F32", "F16", "BF16", "I64", ... */
    unsigned rank;
    uint64_t shape[SAFETENSORS_MAX_RANK];
    const unsigned char *data; /* of any alignment, little-endian */
    size_t len;                /* bytes */
    size_t count;              /* elements */
};

struct safetensors {
    struct file_map map; /* empty when made from bytes */
    const struct tensor *tensors;
    size_t n;
};

/* Maps the file; the table of tensors lives in the arena of ctx. */
rsc_status safetensors_open(struct ctx *ctx, struct safetensors *out,
                            const char *path);
void safetensors_close(struct safetensors *file);
/* The same from bytes, which must outlive `out`. */
rsc_status safetensors_parse(struct ctx *ctx, struct safetensors *out,
                             struct str bytes);

/* Borrowed, or NULL. */
const struct tensor *safetensors_find(const struct safetensors *file,
                                      struct str name);
/* Converts F32, F16 or BF16 into out [count]. Fails with RSC_EUNSUPPORTED on
 * another type and with RSC_EFORMAT on NaN and infinity. */
rsc_status tensor_floats(struct ctx *ctx, float *out,
                         const struct tensor *tensor);

#endif
