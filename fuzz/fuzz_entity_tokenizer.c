/* SPDX-License-Identifier: MIT */
/*
 * The tokenizer of the entity pipeline. The first byte chooses: a text with
 * the rules of the small pipeline (or of the file that ENTITY_TOKENIZER
 * names), or a `tokenizer` file that is not to be trusted, run on a text.
 * What must hold for any text: the tokens, with the spaces behind them, are
 * the text again, and none is empty.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ner/tokenizer.h"
#include "tests/tiny_pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MEMORY ((size_t)256 << 20)
/* A hostile pattern may backtrack for long; that is what deadlines are for. */
#define DEADLINE_NS 2000000000

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void run(struct ctx *ctx, const struct tokenizer *tokenizer,
                struct str text)
{
    static const struct lexicon none;
    struct token_list tokens;
    size_t at = 0, chars = 0;

    ctx->deadline_ns = clock_monotonic_ns() + DEADLINE_NS;
    if (tokenizer_run(ctx, tokenizer, &none, text, &tokens))
        return;
    for (size_t i = 0; i < tokens.len; i++) {
        const struct token *token = &tokens.items[i];
        demand(token->start == at && token->end > at);
        demand(token->char_start == chars);
        demand(token->lexeme < tokens.lexemes.len);
        at = token->end;
        chars += tokens.lexemes.items[token->lexeme].chars;
        if (!token->space_after)
            continue;
        demand(text.data[at] == ' ');
        at++;
        chars++;
    }
    demand(at == text.len && chars == utf8_count(text));
}

/* The rules of the file, or of the small pipeline. */
static struct str read_rules(struct ctx *ctx)
{
    const char *path = getenv("ENTITY_TOKENIZER");
    struct str bytes = STR_NONE;
    struct buf out;

    if (path) {
        demand(file_read(ctx, &bytes, path, 1 << 24) == RSC_OK);
        return bytes;
    }
    buf_init(&out, ctx->arena.mem, 1 << 20);
    tiny_write_tokenizer(&out);
    bytes = ctx_copy(ctx, buf_str(&out));
    buf_clear(&out);
    return bytes;
}

/* Opened once; a fuzzer calls the target a million times. */
static const struct tokenizer *shared_tokenizer(void)
{
    static struct tokenizer *tokenizer;
    static struct mem mem;
    static struct ctx ctx;

    if (tokenizer)
        return tokenizer;
    mem_init(&mem, "rules", 0);
    ctx_init(&ctx, &mem);
    struct str rules = read_rules(&ctx);
    demand(tokenizer_open(&ctx, &tokenizer, &mem, rules, "rules") == RSC_OK);
    return tokenizer;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct buf text;
    struct tokenizer *hostile = NULL;

    if (size == 0)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    mem_init(&mem, "fuzz", MEMORY);
    ctx_init(&ctx, &mem);
    if (data[0] & 1) {
        ctx.deadline_ns = clock_monotonic_ns() + DEADLINE_NS;
        if (!tokenizer_open(&ctx, &hostile, &mem, bytes, "tokenizer"))
            run(&ctx, hostile, STR("(can't) U.S. \xc3\xa9t\xc3\xa9--a.b  x"));
        tokenizer_close(hostile);
    } else {
        buf_init(&text, &mem, 4 * size);
        utf8_put_valid(&text, bytes);
        run(&ctx, shared_tokenizer(), buf_str(&text));
        buf_clear(&text);
    }
    ctx_clear(&ctx);
    demand(mem.bytes == 0);
    return 0;
}
