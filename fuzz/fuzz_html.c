/* SPDX-License-Identifier: MIT */
/* Any bytes as HTML with its style sheets; the reader gets UTF-8, so the
 * bytes are made so first. */
#include "reader_harness.h"

static rsc_status read_it(struct ctx *ctx, struct builder *b,
                          struct reading_facts *facts, struct str bytes)
{
    struct buf text;

    buf_init(&text, ctx->arena.mem, 4 * bytes.len + 16);
    charset_decode(&text, bytes, -1);
    rsc_status st =
        html_read(ctx, b, facts, &(struct source){buf_str(&text), 50});
    buf_clear(&text);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_reader(read_it, data, size);
    return 0;
}
