/* SPDX-License-Identifier: MIT */
/*
 * The vocabulary of a tokenizer.json. What is read of it has as many lines as
 * it has tokens, and the vocabulary's own reader takes or refuses it.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "embed/vocab_source.h"
#include "embed/wordpiece.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size}, vocab, block;
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    if (!vocab_source_parse(&ctx, &vocab, text)) {
        demand(vocab.len && vocab.len <= LIMIT_VOCAB_BYTES);
        demand(vocab.data[vocab.len - 1] == '\n');
        wordpiece_build(&ctx, &block, vocab);
    }
    ctx_clear(&ctx);
    demand(mem.bytes == 0);
    return 0;
}
