/* SPDX-License-Identifier: MIT */
/*
 * Tokenises what tools/entities_proof.py sends: usage `entities_tokens
 * PIPELINE`, the folder of a spaCy pipeline. Standard input holds texts, each
 * behind its length in bytes (u32). The answer to each is the number of tokens
 * (u32) and per token its start and length in code points, its flags (1: a
 * space follows, 2: white space) as u32, padding (u32), and the ids of NORM,
 * PREFIX, SUFFIX and SHAPE (u64), all in the machine's byte order.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "ner/tokenizer.h"

#define FILE_BYTES ((size_t)16 << 20)

struct answer {
    uint32_t start, chars, flags, padding;
    uint64_t ids[4];
};

struct rules {
    struct tokenizer *tokenizer;
    struct lexicon lexicon;
};

static rsc_status read_rules(struct ctx *ctx, struct rules *out,
                             struct mem *mem, const char *folder)
{
    struct str path = ctx_printf(ctx, "%s/tokenizer", folder), bytes;
    rsc_status st = file_read(ctx, &bytes, path.data, FILE_BYTES);

    if (!st)
        st = tokenizer_open(ctx, &out->tokenizer, mem, bytes, path.data);
    path = ctx_printf(ctx, "%s/vocab/lookups.bin", folder);
    if (!st)
        st = file_read(ctx, &bytes, path.data, FILE_BYTES);
    return st ? st : lexicon_read(ctx, &out->lexicon, bytes, path.data);
}

static void put_token(const struct token_list *tokens, size_t i)
{
    const struct token *token = &tokens->items[i];
    const struct lexeme *lexeme = &tokens->lexemes.items[token->lexeme];
    struct answer out = {
        .start = token->char_start,
        .chars = lexeme->chars,
        .flags = (token->space_after ? 1u : 0) | (lexeme->is_space ? 2u : 0),
    };

    for (size_t k = 0; k < 4; k++)
        out.ids[k] = lexeme->ids[ATTRIBUTE_NORM + k];
    fwrite(&out, sizeof(out), 1, stdout);
}

/* False at the end of the input or on a failure. */
static bool answer(struct mem *mem, const struct rules *rules)
{
    struct token_list tokens;
    struct ctx ctx;
    uint32_t len;

    if (fread(&len, sizeof(len), 1, stdin) != 1)
        return false;
    ctx_init(&ctx, mem);
    char *text = ctx_alloc(&ctx, len + (size_t)1);
    bool good = text && fread(text, 1, len, stdin) == len &&
                tokenizer_run(&ctx, rules->tokenizer, &rules->lexicon,
                              (struct str){text, len}, &tokens) == RSC_OK;
    if (good) {
        uint32_t n = (uint32_t)tokens.len;
        fwrite(&n, sizeof(n), 1, stdout);
        for (size_t i = 0; i < tokens.len; i++)
            put_token(&tokens, i);
        good = fflush(stdout) == 0;
    } else {
        fprintf(stderr, "%s\n", ctx.error.message);
    }
    ctx_clear(&ctx);
    return good;
}

int main(int argc, char **argv)
{
    struct mem mem;
    struct ctx ctx;
    struct rules rules = {0};

    if (argc != 2)
        return 2;
    mem_init(&mem, "tool", 0);
    ctx_init(&ctx, &mem);
    if (read_rules(&ctx, &rules, &mem, argv[1])) {
        fprintf(stderr, "%s\n", ctx.error.message);
        return 1;
    }
    while (answer(&mem, &rules))
        continue;
    tokenizer_close(rules.tokenizer);
    ctx_clear(&ctx);
    return 0;
}
