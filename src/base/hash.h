/* SPDX-License-Identifier: MIT */
#ifndef RSC_HASH_H
#define RSC_HASH_H

/* SHA-256, for comparing with published sums and for provenance. */

#include "base/ctx.h"

#define SHA256_HEX_LEN 64

struct sha256_hex {
    char text[SHA256_HEX_LEN + 1]; /* lower case, NUL-terminated */
};

struct sha256_hex hash_sha256(struct str bytes);
/* Of a file of any size, in constant memory. Fails with RSC_EIO. */
rsc_status hash_sha256_file(struct ctx *ctx, struct sha256_hex *out,
                            const char *path);

#endif
