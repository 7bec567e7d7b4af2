/* SPDX-License-Identifier: MIT */
/* Any bytes as OpenDocument in one XML file. */
#include "extractor/odt.h"
#include "reader_harness.h"

static rsc_status read_it(struct ctx *ctx, struct builder *b,
                          struct reading_facts *facts, struct str bytes)
{
    return fodt_read(ctx, b, facts, &(struct source){bytes, 50});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    run_reader(read_it, data, size);
    return 0;
}
