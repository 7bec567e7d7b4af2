/* SPDX-License-Identifier: MIT */
#ifndef RSC_READER_HARNESS_H
#define RSC_READER_HARNESS_H

/*
 * Runs a reader of the helper on any bytes. Whatever it makes of them must
 * keep the promises of base/document.h, and must arrive through the pipe's
 * protocol as it was sent.
 */

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "extract/wire.h"
#include "extract/wire_check.h"
#include "extractor/charset.h"
#include "extractor/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef rsc_status harness_fn(struct ctx *ctx, struct builder *b,
                              struct reading_facts *facts, struct str bytes);

static inline void demand(bool holds)
{
    if (!holds)
        abort();
}

static inline void send_and_receive(struct ctx *ctx, const struct document *doc)
{
    struct wire_sandbox sandbox = {0};
    struct wire_answer answer;
    struct buf out;

    buf_init(&out, ctx->arena.mem, WIRE_MAX_BYTES);
    wire_put_start(&out, &sandbox);
    wire_put_document(&out, doc);
    wire_put_end(&out);
    demand(!out.failed && wire_is_complete(buf_str(&out)));
    demand(wire_read(ctx, &answer, buf_str(&out)) == RSC_OK);
    demand(str_eq(answer.document.text, doc->text));
    buf_clear(&out);
}

static inline void run_reader(harness_fn *reader, const uint8_t *data,
                              size_t size)
{
    static bool is_prepared;
    struct mem mem;
    struct ctx ctx;
    struct builder b;
    struct document doc = {0};
    struct reading_facts facts = {.pages = 1};

    if (!is_prepared)
        charset_prepare();
    is_prepared = true;
    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    builder_init(&b, &ctx, 20000);
    rsc_status st =
        reader(&ctx, &b, &facts, (struct str){(const char *)data, size});
    if (!st && !builder_finish(&b, &doc)) {
        doc.kind = facts.kind;
        doc.pages = facts.pages;
        doc.method = facts.method;
        demand(wire_broken_rule(&doc) == NULL);
        send_and_receive(&ctx, &doc);
    }
    demand(st == ctx.error.status || !st);
    builder_clear(&b);
    ctx_clear(&ctx);
    demand(mem.bytes == 0);
}

#endif
