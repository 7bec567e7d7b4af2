/* SPDX-License-Identifier: MIT */
/* Any bytes as a text in the character set that the first one names, or that
 * is guessed. */
#include "reader_harness.h"

static rsc_status read_it(struct ctx *ctx, struct builder *b,
                          struct reading_facts *facts, struct str bytes)
{
    struct buf text;
    int charset = bytes.len > 0 ? (unsigned char)bytes.data[0] % 40 - 1 : -1;

    if (bytes.len > 0)
        bytes = str_slice(bytes, 1, bytes.len);
    buf_init(&text, ctx->arena.mem, 4 * bytes.len + 16);
    if (charset >= 0 && charset < 36)
        charset_convert(&text, charset, bytes);
    else
        charset_decode(&text, bytes, -1);
    rsc_status st =
        text_read(ctx, b, facts, &(struct source){buf_str(&text), 50});
    buf_clear(&text);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_reader(read_it, data, size);
    return 0;
}
