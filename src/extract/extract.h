/* SPDX-License-Identifier: MIT */
#ifndef RSC_EXTRACT_H
#define RSC_EXTRACT_H

/*
 * Reads a document of any format through the helper process
 * resume-scorer-extract, which is started for this one file, locked down, and
 * killed when it is done or late. Whatever the file does to the helper (crash,
 * endless loop, all the memory, nonsense on the pipe) ends here as one status
 * and one sentence about that file.
 *
 * Threads: every call starts its own helper; any number may run at once.
 */

#include "base/ctx.h"
#include "base/document.h"
#include "base/limits.h"
#include "extract/wire.h"

struct extract_options {
    const char *helper;    /* path of resume-scorer-extract */
    size_t max_bytes;      /* of the file */
    unsigned max_pages;    /* more is RSC_ELIMIT */
    size_t max_chars;      /* text behind is cut off, with a warning */
    size_t memory_bytes;   /* address space of the helper */
    unsigned timeout_ms;   /* wall time; the deadline of ctx holds as well */
    bool keep_diagnostics; /* the helper's stderr stays ours, for tests */
};

#define EXTRACT_OPTIONS_DEFAULT                                                \
    {                                                                          \
        .max_bytes = LIMIT_FILE_BYTES, .max_pages = LIMIT_PAGES,               \
        .max_chars = LIMIT_TEXT_CHARS, .memory_bytes = LIMIT_EXTRACT_BYTES,    \
        .timeout_ms = LIMIT_EXTRACT_MS,                                        \
    }

/* Reads the document in bytes; out lives in ctx's arena. The format is told
 * by the content. Fails with
 *   RSC_ENOTEXT       a scan, or a file without any visible text
 *   RSC_EUNSUPPORTED  a format that is not read, or a file with a password
 *   RSC_EFORMAT       damaged, or built to break its reader
 *   RSC_ELIMIT        too large, too many pages, too much memory
 *   RSC_ETIMEOUT      not done in time
 *   RSC_EINVALID      empty
 *   RSC_EIO, RSC_EINTERNAL  the helper is missing or broken
 * and each message says what to do about it. */
rsc_status extract_document(struct ctx *ctx, struct document *out,
                            const struct extract_options *options,
                            struct str bytes);

/* Starts the helper without a file: what the kernel grants its sandbox. */
rsc_status extract_probe(struct ctx *ctx, struct wire_sandbox *out,
                         const struct extract_options *options);

#endif
