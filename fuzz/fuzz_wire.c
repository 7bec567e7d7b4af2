/* SPDX-License-Identifier: MIT */
/* Any bytes as an answer of the helper: what is let in keeps every rule. */
#include "extract/wire.h"
#include "reader_harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct wire_answer answer;
    struct str bytes = {(const char *)data, size};

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    wire_is_complete(bytes);
    if (!wire_read(&ctx, &answer, bytes) && answer.has_document) {
        demand(wire_broken_rule(&answer.document) == NULL);
        for (size_t i = 0; i < answer.document.text.len; i++)
            document_page_at(&answer.document, i);
        send_and_receive(&ctx, &answer.document);
    }
    ctx_clear(&ctx);
    return 0;
}
