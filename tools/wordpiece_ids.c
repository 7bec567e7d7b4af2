/* SPDX-License-Identifier: MIT */
/*
 * Tokenises what tools/wordpiece_proof.py sends: usage `wordpiece_ids VOCAB
 * CAP`. Standard input holds texts, each behind its length (u32); the answer
 * to each is the number of tokens (u32) and their ids (i32), starts and ends
 * (u32), all in the machine's byte order.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "embed/wordpiece.h"

static void put_u32(size_t n)
{
    uint32_t value = (uint32_t)n;

    fwrite(&value, sizeof(value), 1, stdout);
}

static bool answer(const struct wordpiece *wp, struct tokens *tokens)
{
    uint32_t len;

    if (fread(&len, sizeof(len), 1, stdin) != 1)
        return false;
    char *text = malloc(len + (size_t)1);
    if (!text || fread(text, 1, len, stdin) != len) {
        free(text);
        return false;
    }
    wordpiece_encode(tokens, wp, (struct str){text, len});
    free(text);
    put_u32(tokens->len);
    fwrite(tokens->ids, sizeof(*tokens->ids), tokens->len, stdout);
    for (size_t i = 0; i < tokens->len; i++)
        put_u32(tokens->starts[i]);
    for (size_t i = 0; i < tokens->len; i++)
        put_u32(tokens->ends[i]);
    return fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
    struct mem mem;
    struct ctx ctx;
    struct str vocab, block;
    struct wordpiece wp;
    struct tokens tokens;

    if (argc != 3)
        return 2;
    mem_init(&mem, "tool", 0);
    ctx_init(&ctx, &mem);
    size_t cap = strtoul(argv[2], NULL, 10);
    rsc_status st = file_read(&ctx, &vocab, argv[1], (size_t)16 << 20);
    if (!st)
        st = wordpiece_build(&ctx, &block, vocab);
    if (!st)
        st = wordpiece_open(&ctx, &wp, block);
    if (!st)
        st = tokens_init(&ctx, &tokens, cap < 2 ? 2 : cap, true);
    if (st)
        fprintf(stderr, "%s\n", ctx.error.message);
    while (!st && answer(&wp, &tokens))
        ;
    ctx_clear(&ctx);
    return st ? 1 : 0;
}
