/* SPDX-License-Identifier: MIT */
/* Any bytes as a text: hits lie inside of it, in order, without overlap. */
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "skills/skill_match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct skill_hits hits = {0};
    uint32_t end = 0;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    if (ontology_open(&ctx, &ontology, &mem, STR_NONE, ""))
        abort();
    if (skill_match(&ctx, &hits, ontology,
                    (struct str){(const char *)data, size}))
        abort();
    for (size_t i = 0; i < hits.len; i++) {
        struct span span = hits.items[i].span;
        if (span.start < end || span.end <= span.start || span.end > size ||
            hits.items[i].skill >= ontology_count(ontology))
            abort();
        end = span.end;
    }
    ontology_close(ontology);
    ctx_clear(&ctx);
    if (mem.bytes != 0)
        abort();
    return 0;
}
