/* SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

static struct sha256_hex to_hex(const unsigned char digest[32])
{
    struct sha256_hex hex;

    sodium_bin2hex(hex.text, sizeof(hex.text), digest, 32);
    return hex;
}

struct sha256_hex hash_sha256(struct str bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, (const unsigned char *)bytes.data, bytes.len);
    return to_hex(digest);
}

static int hash_fd(int fd, unsigned char digest[32])
{
    crypto_hash_sha256_state state;
    unsigned char block[1 << 15];
    ssize_t n;

    crypto_hash_sha256_init(&state);
    while ((n = read(fd, block, sizeof(block))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        crypto_hash_sha256_update(&state, block, (unsigned long long)n);
    }
    crypto_hash_sha256_final(&state, digest);
    return 0;
}

rsc_status hash_sha256_file(struct ctx *ctx, struct sha256_hex *out,
                            const char *path)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char reason[128];
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0 || hash_fd(fd, digest)) {
        ctx_fail(ctx, RSC_EIO, "cannot read %s: %s", path,
                 strerror_r(errno, reason, sizeof(reason)));
    } else {
        *out = to_hex(digest);
    }
    if (fd >= 0)
        close(fd);
    return ctx->error.status;
}
