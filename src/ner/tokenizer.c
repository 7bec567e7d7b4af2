/* SPDX-License-Identifier: MIT */
#include "ner/tokenizer.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "ner/charclass.h"
#include "ner/pattern.h"
#include "ner/special_case.h"

/* Bytes that the patterns for prefixes and suffixes may look at in one text.
 * Real text needs some ten times its length. Each bracket of a run of n is
 * one more look at all that follows: 10,000 of them need 2.5 * 10^7, 0.8 s. */
#define AFFIX_BYTES ((uint64_t)1 << 25)

/*
 * A text is cut at white space into chunks. What a chunk becomes depends on
 * the chunk alone, so it is worked out once per distinct chunk and kept as a
 * run of pieces:
 *
 *     "(can't!)"  ->  ( | ca | n't | ! | )
 */
struct piece {
    uint32_t start, end; /* bytes in the chunk */
    struct str norm;     /* of a special case, or STR_NONE */
    uint32_t lexeme;
};

struct pieces {
    struct piece *items;
    size_t len, cap;
};

struct tokenizer {
    struct mem *mem;
    struct pattern *prefix, *suffix, *infix, *token_match, *url_match;
    struct special_cases specials;
};

/* One text being cut. */
struct run {
    struct ctx *ctx;
    const struct tokenizer *self;
    const struct lexicon *lexicon;
    struct matcher *matcher;
    const struct special_cases *specials; /* NULL: use none */
    struct token_list *out;
    struct keymap chunks; /* chunk -> index in ranges */
    struct {
        struct range {
            uint32_t first, n;
        } * items;
        size_t len, cap;
    } ranges; /* in pieces */
    struct pieces pieces;
    struct pieces suffixes; /* of the chunk at hand, last one first */
    uint64_t affix_bytes;   /* looked at so far */
};

/* ---- one chunk -------------------------------------------------------- */

static rsc_status put_piece(struct run *r, struct pieces *to, size_t start,
                            size_t end)
{
    struct piece *piece = vec_push(r->ctx, to);

    if (!piece)
        return r->ctx->error.status;
    *piece = (struct piece){.start = (uint32_t)start, .end = (uint32_t)end};
    return RSC_OK;
}

static const struct special_case *find_special(const struct run *r,
                                               struct str s)
{
    return r->specials ? special_cases_find(r->specials, s) : NULL;
}

static rsc_status put_special(struct run *r, const struct special_case *special,
                              size_t start)
{
    for (uint32_t i = 0; i < special->n; i++) {
        size_t end = start + special->tokens[i].orth.len;
        rsc_status st = put_piece(r, &r->pieces, start, end);
        if (st)
            return st;
        r->pieces.items[r->pieces.len - 1].norm = special->tokens[i].norm;
        start = end;
    }
    return RSC_OK;
}

/* Python cuts as many characters as the match has off an end of s, wherever
 * the match was. Returns that many characters in bytes. */
static size_t bytes_at_start(struct str s, struct match match)
{
    if (match.start == 0)
        return match.end;
    size_t n = utf8_count(str_slice(s, match.start, match.end)), i = 0;
    while (n-- && i < s.len)
        utf8_next(s, &i);
    return i;
}

static size_t bytes_at_end(struct str s, struct match match)
{
    if (match.end == s.len)
        return match.end - match.start;
    size_t n = utf8_count(str_slice(s, match.start, match.end)), i = s.len;
    while (n-- && i > 0)
        while (--i > 0 && ((unsigned char)s.data[i] & 0xC0) == 0x80)
            ;
    return s.len - i;
}

/* Length of the prefix of s in bytes, 0 where there is none. */
static rsc_status find_prefix(struct run *r, struct str s, size_t *out)
{
    struct match match = {0, 0};
    bool found;
    rsc_status st = pattern_search(r->ctx, r->self->prefix, r->matcher, s, 0,
                                   &found, &match);

    *out = found ? bytes_at_start(s, match) : 0;
    return st;
}

static rsc_status find_suffix(struct run *r, struct str s, size_t *out)
{
    struct match match = {0, 0};
    bool found = false;
    rsc_status st = RSC_OK;

    if (s.len)
        st = pattern_search(r->ctx, r->self->suffix, r->matcher, s, 0, &found,
                            &match);
    *out = found ? bytes_at_end(s, match) : 0;
    return st;
}

static rsc_status check_work(struct run *r, struct str s, struct str chunk)
{
    r->affix_bytes += s.len;
    if (r->affix_bytes > AFFIX_BYTES)
        return ctx_fail(r->ctx, RSC_ELIMIT,
                        "a run of %zu bytes without white space has too many "
                        "prefixes and suffixes to cut off",
                        chunk.len);
    return ctx_check(r->ctx);
}

/*
 * Takes prefixes and suffixes off chunk[*start, *end) until none is left, or
 * the rest is a special case. Prefixes go to pieces, suffixes to suffixes.
 */
static rsc_status cut_affixes(struct run *r, struct str chunk, size_t *start,
                              size_t *end)
{
    size_t last = SIZE_MAX;
    rsc_status st = RSC_OK;

    while (!st && *start < *end && *end - *start != last) {
        struct str s = str_slice(chunk, *start, *end);
        size_t p, q;
        bool whole;
        st = check_work(r, s, chunk);
        if (!st)
            st = pattern_match(r->ctx, r->self->token_match, r->matcher, s,
                               &whole);
        if (st || whole || find_special(r, s))
            break;
        last = s.len;
        st = find_prefix(r, s, &p);
        if (st)
            break;
        struct str rest = str_slice(s, p, s.len);
        if (p && rest.len && find_special(r, rest)) {
            st = put_piece(r, &r->pieces, *start, *start + p);
            *start += p;
            break;
        }
        st = find_suffix(r, rest, &q);
        if (st)
            break;
        bool special =
            q && s.len > q && find_special(r, str_slice(s, 0, s.len - q));
        if (p && !special)
            st = put_piece(r, &r->pieces, *start, *start + p);
        if (q && !st)
            st = put_piece(r, &r->suffixes, *end - q, *end);
        *start += special ? 0 : p;
        *end -= q;
        if (special)
            break;
    }
    return st;
}

/* Cuts chunk[start, end) at its infixes; a match at the very start does not
 * count. */
static rsc_status cut_infixes(struct run *r, struct str chunk, size_t start,
                              size_t end)
{
    struct str s = str_slice(chunk, start, end);
    size_t done = 0, from = 0;
    bool found = true;
    rsc_status st = RSC_OK;

    while (!st && from < s.len) {
        struct match m = {0, 0};
        st = pattern_search(r->ctx, r->self->infix, r->matcher, s, from, &found,
                            &m);
        if (st || !found)
            break;
        from = m.end;
        if (m.start == m.end && from < s.len)
            utf8_next(s, &from);
        if (m.start == 0)
            continue;
        if (m.start != done)
            st = put_piece(r, &r->pieces, start + done, start + m.start);
        if (!st && m.start != m.end)
            st = put_piece(r, &r->pieces, start + m.start, start + m.end);
        done = m.end;
        /* An empty match behind the last character ends the search. */
        if (m.start == s.len)
            break;
    }
    if (!st && done < s.len)
        st = put_piece(r, &r->pieces, start + done, start + s.len);
    return st;
}

/* What is left when the affixes are off. */
static rsc_status cut_middle(struct run *r, struct str chunk, size_t start,
                             size_t end)
{
    struct str s = str_slice(chunk, start, end);
    const struct special_case *special = find_special(r, s);
    bool whole = false;

    if (special)
        return put_special(r, special, start);
    rsc_status st =
        pattern_match(r->ctx, r->self->token_match, r->matcher, s, &whole);
    if (!st && !whole)
        st = pattern_match(r->ctx, r->self->url_match, r->matcher, s, &whole);
    if (st)
        return st;
    return whole ? put_piece(r, &r->pieces, start, end)
                 : cut_infixes(r, chunk, start, end);
}

/* Appends the pieces of chunk. */
static rsc_status cut_chunk(struct run *r, struct str chunk)
{
    const struct special_case *special = find_special(r, chunk);
    size_t start = 0, end = chunk.len;
    rsc_status st;

    if (special)
        return put_special(r, special, 0);
    r->suffixes.len = 0;
    st = cut_affixes(r, chunk, &start, &end);
    if (!st && start < end)
        st = cut_middle(r, chunk, start, end);
    for (size_t i = r->suffixes.len; !st && i > 0; i--)
        st = put_piece(r, &r->pieces, r->suffixes.items[i - 1].start,
                       r->suffixes.items[i - 1].end);
    return st;
}

/* ---- the text --------------------------------------------------------- */

static rsc_status add_lexeme(struct run *r, struct str text, struct str norm,
                             uint32_t *out)
{
    struct lexemes *lexemes = &r->out->lexemes;
    size_t known = lexemes->len;
    rsc_status st = lexemes_add(r->ctx, lexemes, r->lexicon, text, norm, out);

    if (!st && lexemes->len > known && r->specials)
        lexemes->items[*out].word = special_cases_word(r->specials, text);
    return st;
}

/* The pieces of chunk, from memory or worked out now. */
static rsc_status find_range(struct run *r, struct str chunk, struct range *out)
{
    uint32_t known = keymap_find(&r->chunks, key_of(chunk));

    if (known != KEYMAP_NONE) {
        *out = r->ranges.items[known];
        return RSC_OK;
    }
    out->first = (uint32_t)r->pieces.len;
    rsc_status st = cut_chunk(r, chunk);
    out->n = (uint32_t)r->pieces.len - out->first;
    for (uint32_t i = 0; !st && i < out->n; i++) {
        struct piece *piece = &r->pieces.items[out->first + i];
        st = add_lexeme(r, str_slice(chunk, piece->start, piece->end),
                        piece->norm, &piece->lexeme);
    }
    struct range *kept = st ? NULL : vec_push(r->ctx, &r->ranges);
    if (!kept)
        return r->ctx->error.status;
    *kept = *out;
    return keymap_add(r->ctx, &r->chunks, key_of(chunk),
                      (uint32_t)(r->ranges.len - 1));
}

static rsc_status put_chunk(struct run *r, struct str text, size_t start,
                            size_t end)
{
    struct range range;
    rsc_status st = find_range(r, str_slice(text, start, end), &range);

    for (uint32_t i = 0; !st && i < range.n; i++) {
        const struct piece *piece = &r->pieces.items[range.first + i];
        struct token *token = vec_push(r->ctx, r->out);
        if (!token)
            return r->ctx->error.status;
        *token = (struct token){
            .start = (uint32_t)start + piece->start,
            .end = (uint32_t)start + piece->end,
            .lexeme = piece->lexeme,
        };
    }
    return st;
}

/* Cuts at white space. One ' ' behind a word belongs to the word; every other
 * run of white space is a chunk of its own. */
static rsc_status cut_text(struct run *r, struct str text)
{
    size_t start = 0;
    bool in_space = false;
    rsc_status st = RSC_OK;

    for (size_t i = 0; !st && i < text.len;) {
        size_t at = i;
        uint32_t c = utf8_next(text, &i);
        bool is_space = char_is_space(c);
        if (at == 0)
            in_space = is_space;
        if (is_space == in_space)
            continue;
        if (start < at)
            st = put_chunk(r, text, start, at);
        start = at;
        if (!st && c == ' ') {
            r->out->items[r->out->len - 1].space_after = true;
            start = i;
        }
        in_space = !in_space;
    }
    if (!st && start < text.len)
        st = put_chunk(r, text, start, text.len);
    return st;
}

/* ---- special cases that affixes cut apart ----------------------------- */

static rsc_status replace_span(struct run *r, struct token_list *from,
                               struct str text, struct token_span span,
                               struct token_list *to)
{
    struct token last = from->items[span.end - 1];
    size_t start = from->items[span.start].start;
    const struct special_case *special =
        special_cases_find(r->specials, str_slice(text, start, last.end));

    if (!special) {
        for (uint32_t i = span.start; i < span.end; i++) {
            struct token *token = vec_push(r->ctx, to);
            if (!token)
                return r->ctx->error.status;
            *token = from->items[i];
        }
        return RSC_OK;
    }
    for (uint32_t i = 0; i < special->n; i++) {
        struct token *token = vec_push(r->ctx, to);
        if (!token)
            return r->ctx->error.status;
        size_t end = start + special->tokens[i].orth.len;
        *token = (struct token){.start = (uint32_t)start,
                                .end = (uint32_t)end,
                                .space_after =
                                    i + 1 == special->n && last.space_after};
        rsc_status st = add_lexeme(r, str_slice(text, start, end),
                                   special->tokens[i].norm, &token->lexeme);
        if (st)
            return st;
        start = end;
    }
    return RSC_OK;
}

static rsc_status join_specials(struct run *r, struct str text)
{
    struct token_spans spans;
    struct token_list *out = r->out, joined = {0};
    size_t n = 0;
    uint32_t *words = ctx_alloc_array(r->ctx, out->len, sizeof(words[0]));

    if (!words)
        return r->ctx->error.status;
    for (size_t i = 0; i < out->len; i++)
        words[i] = out->lexemes.items[out->items[i].lexeme].word;
    rsc_status st =
        special_cases_spans(r->ctx, r->specials, words, out->len, &spans);
    if (st || spans.len == 0)
        return st;
    for (uint32_t i = 0; !st && i < out->len;) {
        if (n < spans.len && spans.items[n].start == i) {
            st = replace_span(r, out, text, spans.items[n], &joined);
            i = spans.items[n++].end;
            continue;
        }
        struct token *token = vec_push(r->ctx, &joined);
        if (!token)
            return r->ctx->error.status;
        *token = out->items[i++];
    }
    out->items = joined.items;
    out->len = joined.len;
    out->cap = joined.cap;
    return st;
}

static void number_chars(struct token_list *tokens)
{
    uint32_t at = 0;

    for (size_t i = 0; i < tokens->len; i++) {
        struct token *token = &tokens->items[i];
        token->char_start = at;
        at += tokens->lexemes.items[token->lexeme].chars + token->space_after;
    }
}

rsc_status tokenizer_run(struct ctx *ctx, const struct tokenizer *self,
                         const struct lexicon *lexicon, struct str text,
                         struct token_list *out)
{
    struct run r = {.ctx = ctx,
                    .self = self,
                    .lexicon = lexicon,
                    .specials = &self->specials,
                    .out = out};

    *out = (struct token_list){0};
    rsc_status st = matcher_new(ctx, &r.matcher, ctx->arena.mem);
    if (!st)
        st = cut_text(&r, text);
    matcher_free(r.matcher);
    if (!st && out->len)
        st = join_specials(&r, text);
    if (!st)
        number_chars(out);
    return st;
}

/* ---- opening ---------------------------------------------------------- */

static rsc_status read_pattern(struct ctx *ctx, struct tokenizer *self,
                               struct msgpack *m, struct pattern **out,
                               const char *what)
{
    struct msgpack_value value;
    rsc_status st = msgpack_next(ctx, m, &value);

    if (st || value.type == MSGPACK_NIL)
        return st;
    if (value.type != MSGPACK_STR || *out)
        return ctx_fail(ctx, RSC_EFORMAT, "%s: %s is not a pattern", m->name,
                        what);
    struct str name = ctx_printf(ctx, "%s: %s", m->name, what);
    if (!name.data)
        return ctx->error.status;
    return pattern_open(ctx, out, self->mem, value.bytes, name.data);
}

static rsc_status read_file(struct ctx *ctx, struct tokenizer *self,
                            struct msgpack *m, bool *fast)
{
    const struct {
        const char *key;
        struct pattern **pattern;
    } patterns[] = {
        {"prefix_search", &self->prefix}, {"suffix_search", &self->suffix},
        {"infix_finditer", &self->infix}, {"token_match", &self->token_match},
        {"url_match", &self->url_match},
    };
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    while (!st && n--) {
        struct str key;
        size_t i = 0;
        st = msgpack_str(ctx, m, &key);
        while (i < 5 && !str_eq(key, str_of(patterns[i].key)))
            i++;
        if (st)
            break;
        if (i < 5) {
            st = read_pattern(ctx, self, m, patterns[i].pattern,
                              patterns[i].key);
        } else if (str_eq(key, STR("exceptions"))) {
            st = special_cases_read(ctx, &self->specials, m);
        } else if (str_eq(key, STR("faster_heuristics"))) {
            struct msgpack_value value;
            st = msgpack_next(ctx, m, &value);
            *fast = value.type != MSGPACK_BOOL || value.as_uint;
        } else {
            st = msgpack_skip(ctx, m);
        }
    }
    return st ? st : msgpack_end(ctx, m);
}

/* Whether the affix rules may cut the exception, so that the first pass can
 * miss it. */
static rsc_status may_be_cut(struct run *r, struct str text, bool *out)
{
    struct match match;
    size_t prefix;
    rsc_status st = find_prefix(r, text, &prefix);

    *out = prefix || memchr(text.data, ' ', text.len);
    if (!st && !*out)
        st = pattern_search(r->ctx, r->self->infix, r->matcher, text, 0, out,
                            &match);
    if (!st && !*out)
        st = pattern_search(r->ctx, r->self->suffix, r->matcher, text, 0, out,
                            &match);
    return st;
}

/* Tells the special cases into which words the affix rules alone cut each of
 * them. */
static rsc_status learn_words(struct ctx *ctx, struct run *r,
                              struct special_cases *specials, bool fast)
{
    struct token_list tokens = {0};
    VEC(struct str) words = {0};
    rsc_status st = matcher_new(r->ctx, &r->matcher, r->self->mem);

    r->out = &tokens;
    for (uint32_t i = 0; !st && i < specials->len; i++) {
        struct str text = specials->items[i].text;
        bool cut = true;
        if (fast)
            st = may_be_cut(r, text, &cut);
        if (st || !cut)
            continue;
        tokens.len = 0;
        words.len = 0;
        st = cut_text(r, text);
        for (size_t t = 0; !st && t < tokens.len; t++) {
            struct str *word = vec_push(r->ctx, &words);
            if (!word)
                return r->ctx->error.status;
            *word = str_slice(text, tokens.items[t].start, tokens.items[t].end);
        }
        if (!st)
            st = special_cases_learn(ctx, specials, words.items, words.len);
    }
    matcher_free(r->matcher);
    return st;
}

rsc_status tokenizer_open(struct ctx *ctx, struct tokenizer **out,
                          struct mem *mem, struct str bytes, const char *name)
{
    struct tokenizer *self = mem_calloc(mem, 1, sizeof(*self));
    struct msgpack m = msgpack_of(bytes, name);
    const struct lexicon none = {0};
    bool fast = true;

    *out = NULL;
    if (!self)
        return ctx_fail(ctx, RSC_ENOMEM, "%s: out of memory", name);
    self->mem = mem;
    struct ctx scratch;
    ctx_init(&scratch, mem);
    scratch.deadline_ns = ctx->deadline_ns;
    struct run r = {.ctx = &scratch, .self = self, .lexicon = &none};
    rsc_status st = read_file(ctx, self, &m, &fast);
    if (!st)
        st = learn_words(ctx, &r, &self->specials, fast);
    if (scratch.error.status)
        ctx_fail(ctx, st, "%s: %s", name, scratch.error.message);
    ctx_clear(&scratch);
    if (st)
        tokenizer_close(self);
    else
        *out = self;
    return st;
}

void tokenizer_close(struct tokenizer *tokenizer)
{
    if (!tokenizer)
        return;
    pattern_close(tokenizer->prefix);
    pattern_close(tokenizer->suffix);
    pattern_close(tokenizer->infix);
    pattern_close(tokenizer->token_match);
    pattern_close(tokenizer->url_match);
    mem_free(tokenizer->mem, tokenizer, sizeof(*tokenizer));
}
