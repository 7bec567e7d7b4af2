/* SPDX-License-Identifier: MIT */
#ifndef RSC_WIRE_H
#define RSC_WIRE_H

/*
 * What the extraction helper writes to its pipe, and how the parent reads it.
 *
 *     "RSCX" version | tag length payload | tag length payload | ... | DONE
 *
 * All numbers are little-endian. A tag is four letters, a length counts the
 * payload. The helper has read an untrusted file and is not trusted itself:
 * the reader checks every length, offset, number and byte, so that a helper
 * taken over by a file can say something wrong about that file and nothing
 * else. docs/extraction.md names the limits.
 *
 * Threads: no state; contexts and buffers belong to the caller.
 */

#include "base/ctx.h"
#include "base/document.h"

#define WIRE_VERSION 1
/* Largest answer: 50,000 characters with a word box each take 1.5 MB; the
 * text limit may be raised by a caller. */
#define WIRE_MAX_BYTES ((size_t)64 << 20)

/* What the kernel granted the helper before it read the first byte. */
struct wire_sandbox {
    bool no_new_privs;
    bool seccomp;
    bool resource_limits;
    bool address_limit;    /* off in sanitizer builds */
    unsigned landlock_abi; /* 0 where the kernel has none */
};

struct wire_answer {
    struct wire_sandbox sandbox;
    bool has_document; /* else the helper only reported its sandbox */
    struct document document;
};

/* Writers: the sticky buffer remembers failures. */
void wire_put_start(struct buf *out, const struct wire_sandbox *sandbox);
void wire_put_document(struct buf *out, const struct document *doc);
void wire_put_failure(struct buf *out, const rsc_error *error);
void wire_put_end(struct buf *out);

/* Whether bytes end with a complete answer; then the helper has nothing more
 * to say. Cheap enough for each piece that arrives. */
bool wire_is_complete(struct str bytes);

/* Checks all of an answer and fills out, which points into the arena and
 * into bytes. A failure that the helper reported comes back as that failure;
 * an answer that breaks a rule above is RSC_EINTERNAL. */
rsc_status wire_read(struct ctx *ctx, struct wire_answer *out,
                     struct str bytes);

#endif
