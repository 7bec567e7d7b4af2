/* SPDX-License-Identifier: MIT */
#include "embed/vocab_source.h"

#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "model/json_read.h"

/* Ids above it are those of no vocabulary within LIMIT_VOCAB_BYTES. */
#define MAX_ID (LIMIT_VOCAB_BYTES / 2)

static rsc_status damaged(struct ctx *ctx, const char *how)
{
    return ctx_fail(ctx, RSC_EFORMAT, "tokenizer.json %s", how);
}

/* The four digits behind "\u"; UINT32_MAX when they are none. */
static uint32_t four_digits(struct str text, size_t at)
{
    uint32_t value = 0;

    if (text.len < 4 || at > text.len - 4)
        return UINT32_MAX;
    for (size_t i = at; i < at + 4; i++) {
        unsigned char c = (unsigned char)text.data[i], low = c | 0x20;
        if (c >= '0' && c <= '9')
            value = value * 16 + (uint32_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            value = value * 16 + (uint32_t)(low - 'a') + 10;
        else
            return UINT32_MAX;
    }
    return value;
}

/* What stands behind a backslash at *at; moves *at behind it. No token has an
 * escape of a control character. */
static bool put_escape(struct buf *out, struct str text, size_t *at)
{
    char c = *at < text.len ? text.data[(*at)++] : '\0';

    if (c == '"' || c == '\\' || c == '/') {
        buf_put_char(out, c);
        return true;
    }
    uint32_t code = c == 'u' ? four_digits(text, *at) : UINT32_MAX;
    if (code == UINT32_MAX || code < 0x20)
        return false;
    *at += 4;
    if (code >= 0xd800 && code < 0xdc00) {
        uint32_t low = str_starts(str_slice(text, *at, text.len), STR("\\u"))
                           ? four_digits(text, *at + 2)
                           : UINT32_MAX;
        if (low < 0xdc00 || low > 0xdfff)
            return false;
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        *at += 6;
    }
    utf8_put(out, code);
    return true;
}

/* A token as a line of vocab.txt. */
static bool put_token(struct buf *out, struct str raw)
{
    for (size_t i = 0; i < raw.len;) {
        char c = raw.data[i++];
        if (c == '\n' || c == '\r')
            return false;
        if (c != '\\')
            buf_put_char(out, c);
        else if (!put_escape(out, raw, &i))
            return false;
    }
    buf_put_char(out, '\n');
    return true;
}

/* Tokens by their ids; *n is one more than the greatest. */
static rsc_status read_vocab(struct ctx *ctx, struct str **by_id, size_t *n,
                             struct str object)
{
    struct json_reader r = json_reader_of(object);
    struct str token;
    size_t count = 0;

    /* An entry takes at least five bytes: "":0, */
    size_t room = object.len / 5 + 1;
    *n = 0;
    *by_id = ctx_calloc(ctx, room, sizeof(**by_id));
    if (!*by_id)
        return ctx->error.status;
    json_enter(&r, '{');
    while (json_next_key(&r, &token)) {
        uint64_t id = json_read_u64(&r, MAX_ID);
        if (r.failed || id >= room || (*by_id)[id].data)
            return damaged(ctx, "has a vocabulary whose ids are not those of "
                                "one token each, from 0 on");
        (*by_id)[id] = token;
        *n = id >= *n ? (size_t)id + 1 : *n;
        count++;
    }
    if (r.failed || count != *n || !count)
        return damaged(ctx, "has a vocabulary with gaps, or none");
    return RSC_OK;
}

static bool says(struct str object, const char *key, const char *value)
{
    return str_eq(json_find(object, key), str_of(value));
}

/* That it cuts as wordpiece.h does. */
static rsc_status check_kind(struct ctx *ctx, struct str json, struct str model)
{
    struct str normalizer = json_find(json, "normalizer");
    struct str type = json_find(model, "type");

    if (type.data && !str_eq(type, STR("\"WordPiece\"")))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "tokenizer.json is not one of WordPiece; only this "
                        "family of sentence encoders can be used");
    if (!says(model, "continuing_subword_prefix", "\"##\"") ||
        !says(model, "unk_token", "\"[UNK]\""))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "tokenizer.json is not BERT's: its words go on with "
                        "something else than ##, or are unknown otherwise");
    if (!says(normalizer, "type", "\"BertNormalizer\"") ||
        !says(normalizer, "lowercase", "true") ||
        says(normalizer, "strip_accents", "false") ||
        says(normalizer, "handle_chinese_chars", "false"))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the model's texts are not lower-cased as BERT's "
                        "uncased models do it");
    return RSC_OK;
}

rsc_status vocab_source_parse(struct ctx *ctx, struct str *out,
                              struct str tokenizer_json)
{
    struct str model = json_find(tokenizer_json, "model");
    struct str *by_id;
    struct buf text;
    size_t n;

    *out = STR_NONE;
    if (!model.data)
        return damaged(ctx, "has no model");
    if (check_kind(ctx, tokenizer_json, model) ||
        read_vocab(ctx, &by_id, &n, json_find(model, "vocab")))
        return ctx->error.status;
    buf_init(&text, ctx->arena.mem, LIMIT_VOCAB_BYTES);
    for (size_t i = 0; i < n && !ctx->error.status; i++)
        if (!put_token(&text, by_id[i]))
            damaged(ctx, "has a token that no vocabulary can hold");
    if (text.failed)
        ctx_fail(ctx, RSC_ELIMIT, "the vocabulary is too large");
    if (!ctx->error.status)
        *out = ctx_copy(ctx, buf_str(&text));
    buf_clear(&text);
    return ctx->error.status;
}

rsc_status vocab_source_read(struct ctx *ctx, struct str *out,
                             const char *folder)
{
    struct str plain = ctx_printf(ctx, "%s/vocab.txt", folder);
    struct str json = ctx_printf(ctx, "%s/tokenizer.json", folder), text;

    if (!plain.data || !json.data)
        return ctx->error.status;
    if (!access(plain.data, F_OK))
        return file_read(ctx, out, plain.data, LIMIT_VOCAB_BYTES);
    if (access(json.data, F_OK))
        return ctx_fail(ctx, RSC_EIO,
                        "%s has neither vocab.txt nor tokenizer.json", folder);
    rsc_status st = file_read(ctx, &text, json.data, LIMIT_TOKENIZER_JSON);
    return st ? st : vocab_source_parse(ctx, out, text);
}
