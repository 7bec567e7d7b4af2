/* SPDX-License-Identifier: MIT */
#include <stdint.h>

#include "base/mem.h"
#include "parse/jsonresume.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct str bytes = {(const char *)data, size};
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    struct resume resume;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    (void)jsonresume_detect(bytes);
    if (!jsonresume_read(&ctx, &doc, bytes))
        (void)resume_parse(&ctx, &resume, &doc, NULL, &options);
    ctx_clear(&ctx);
    return 0;
}
