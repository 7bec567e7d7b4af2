/* SPDX-License-Identifier: MIT */
/*
 * Text through WordPiece with a small vocabulary, and the input as a packed
 * vocabulary that is not to be trusted. What must hold for any bytes: ids are
 * of the vocabulary, spans are inside the text. (They are in order but for
 * marks that canonical ordering has sorted.)
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "embed/wordpiece.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    CAP = 48,
};

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void check(const struct wordpiece *wp, struct tokens *tokens,
                  struct str text)
{
    wordpiece_encode(tokens, wp, text);
    demand(tokens->len >= 2 && tokens->len <= CAP);
    for (size_t i = 0; i < tokens->len; i++) {
        demand(tokens->ids[i] >= 0 && tokens->ids[i] < wp->n_tokens);
        demand(tokens->starts[i] <= tokens->ends[i]);
        demand(tokens->ends[i] <= text.len);
        wordpiece_token(wp, tokens->ids[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct str vocab =
        STR("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nan\nand\n##d\n##a\n##and\n"
            "b\n##b\n.\n[\n]\n\xE4\xB8\xAD\n\xE1\x84\x80\n##\xE1\x85\xA1\n"
            "\xF0\x9D\x85\xA5\n##\xF0\x9D\x85\xA5\n##\xF0\x9D\x85\xAD\n");
    struct mem mem;
    struct ctx ctx;
    struct wordpiece wp;
    struct tokens tokens;
    struct str block, input = {(const char *)data, size};

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    demand(!tokens_init(&ctx, &tokens, CAP, true));
    demand(!wordpiece_build(&ctx, &block, vocab));
    demand(!wordpiece_open(&ctx, &wp, block));
    check(&wp, &tokens, input);
    /* A copy, because the fuzzer's buffer need not be aligned. */
    struct str copy = ctx_copy(&ctx, input);
    if (!wordpiece_open(&ctx, &wp, copy))
        check(&wp, &tokens, STR("and a \xE4\xB8\xAD band, [MASK] \xCC\x81"));
    ctx_clear(&ctx);

    ctx_init(&ctx, &mem);
    if (!wordpiece_build(&ctx, &block, input))
        demand(!wordpiece_open(&ctx, &wp, block));
    ctx_clear(&ctx);
    demand(mem.bytes == 0);
    return 0;
}
