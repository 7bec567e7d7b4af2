/* SPDX-License-Identifier: MIT */
#include "ner/special_case.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"

/* spaCy's numbers of the attributes in an exception. */
#define KEY_ORTH 65
#define KEY_NORM 67

/* ---- reading ---------------------------------------------------------- */

static rsc_status read_token(struct ctx *ctx, struct msgpack *m,
                             struct special_token *out)
{
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    *out = (struct special_token){STR_NONE, STR_NONE};
    while (!st && n--) {
        uint64_t key;
        struct str value;
        st = msgpack_uint(ctx, m, &key);
        if (!st)
            st = msgpack_str(ctx, m, &value);
        if (st)
            return st;
        if (key != KEY_ORTH && key != KEY_NORM)
            return ctx_fail(ctx, RSC_EUNSUPPORTED,
                            "%s: an exception sets attribute %llu; only ORTH "
                            "and NORM are supported",
                            m->name, (unsigned long long)key);
        *(key == KEY_ORTH ? &out->orth : &out->norm) = value;
    }
    return st;
}

/* The tokens of one exception; together they must be its text. */
static rsc_status read_tokens(struct ctx *ctx, struct msgpack *m,
                              struct special_case *item)
{
    size_t at = 0;
    rsc_status st = msgpack_array(ctx, m, &item->n);

    if (st)
        return st;
    struct special_token *tokens =
        ctx_alloc_array(ctx, item->n, sizeof(tokens[0]));
    if (!tokens)
        return ctx->error.status;
    item->tokens = tokens;
    for (uint32_t i = 0; i < item->n; i++) {
        st = read_token(ctx, m, &tokens[i]);
        if (st)
            return st;
        struct str orth = tokens[i].orth;
        if (orth.len == 0 || orth.len > item->text.len - at ||
            !str_eq(orth, str_slice(item->text, at, at + orth.len)) ||
            utf8_valid_len(orth) < orth.len)
            break;
        at += orth.len;
    }
    size_t shown = item->text.len < 40 ? item->text.len : 40;
    if (at != item->text.len || item->text.len == 0)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s: the tokens of the exception \"%.*s\" are not its "
                        "text",
                        m->name, STR_ARG(str_slice(item->text, 0, shown)));
    return RSC_OK;
}

rsc_status special_cases_read(struct ctx *ctx, struct special_cases *self,
                              struct msgpack *m)
{
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    *self = (struct special_cases){0};
    while (!st && n--) {
        struct special_case *item = vec_push(ctx, self);
        if (!item)
            return ctx->error.status;
        *item = (struct special_case){0};
        st = msgpack_str(ctx, m, &item->text);
        if (!st)
            st = read_tokens(ctx, m, item);
        if (st)
            return st;
        /* A map has each key once; of a damaged one the first counts. */
        if (keymap_find(&self->index, key_of(item->text)) != KEYMAP_NONE)
            self->len--;
        else
            st = keymap_add(ctx, &self->index, key_of(item->text),
                            (uint32_t)(self->len - 1));
    }
    return st;
}

/* ---- the trie --------------------------------------------------------- */

static struct key edge_of(uint32_t node, uint32_t word)
{
    return (struct key){{"", 0}, (uint64_t)node << 32 | word};
}

static rsc_status add_node(struct ctx *ctx, struct special_cases *self)
{
    if (self->n_nodes == self->cap_nodes) {
        self->is_end = vec_grow(ctx, self->is_end, &self->cap_nodes,
                                sizeof(self->is_end[0]));
        if (self->n_nodes == self->cap_nodes)
            return ctx->error.status;
    }
    self->is_end[self->n_nodes++] = false;
    return RSC_OK;
}

/* The node behind node by word, which is made where it is missing. */
static rsc_status step(struct ctx *ctx, struct special_cases *self,
                       uint32_t *node, struct str word)
{
    uint32_t number = keymap_find(&self->words, key_of(word));
    rsc_status st = RSC_OK;

    if (number == KEYMAP_NONE) {
        number = (uint32_t)self->words.len;
        st = keymap_add(ctx, &self->words, key_of(word), number);
    }
    if (st)
        return st;
    uint32_t next = keymap_find(&self->trie, edge_of(*node, number));
    if (next == KEYMAP_NONE) {
        next = (uint32_t)self->n_nodes;
        st = add_node(ctx, self);
        if (!st)
            st = keymap_add(ctx, &self->trie, edge_of(*node, number), next);
    }
    *node = next;
    return st;
}

rsc_status special_cases_learn(struct ctx *ctx, struct special_cases *self,
                               const struct str *words, size_t n)
{
    uint32_t node = 0;
    rsc_status st = self->n_nodes ? RSC_OK : add_node(ctx, self);

    for (size_t i = 0; !st && i < n; i++)
        st = step(ctx, self, &node, words[i]);
    if (!st && n)
        self->is_end[node] = true;
    return st;
}

const struct special_case *special_cases_find(const struct special_cases *self,
                                              struct str s)
{
    uint32_t i = keymap_find(&self->index, key_of(s));

    return i == KEYMAP_NONE ? NULL : &self->items[i];
}

uint32_t special_cases_word(const struct special_cases *self, struct str s)
{
    return keymap_find(&self->words, key_of(s));
}

/* ---- spans ------------------------------------------------------------ */

/* Every span from start on. */
static rsc_status find_from(struct ctx *ctx, const struct special_cases *self,
                            const uint32_t *words, size_t n, uint32_t start,
                            struct token_spans *out)
{
    uint32_t node = 0;

    for (uint32_t i = start; i < n && words[i] != KEYMAP_NONE; i++) {
        node = keymap_find(&self->trie, edge_of(node, words[i]));
        if (node == KEYMAP_NONE)
            break;
        if (!self->is_end[node])
            continue;
        struct token_span *span = vec_push(ctx, out);
        if (!span)
            return ctx->error.status;
        *span = (struct token_span){start, i + 1};
    }
    return RSC_OK;
}

static int by_length(const void *a, const void *b)
{
    const struct token_span *x = a, *y = b;
    uint32_t m = x->end - x->start, n = y->end - y->start;

    if (m != n)
        return m > n ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

static int by_start(const void *a, const void *b)
{
    const struct token_span *x = a, *y = b;

    return x->start < y->start ? -1 : x->start > y->start;
}

rsc_status special_cases_spans(struct ctx *ctx,
                               const struct special_cases *self,
                               const uint32_t *words, size_t n,
                               struct token_spans *out)
{
    rsc_status st = RSC_OK;
    size_t kept = 0;

    *out = (struct token_spans){0};
    for (uint32_t i = 0; !st && i < n; i++)
        if (words[i] != KEYMAP_NONE)
            st = find_from(ctx, self, words, n, i, out);
    if (st || out->len == 0)
        return st;
    bool *taken = ctx_calloc(ctx, n, sizeof(taken[0]));
    if (!taken)
        return ctx->error.status;
    qsort(out->items, out->len, sizeof(out->items[0]), by_length);
    for (size_t i = 0; i < out->len; i++) {
        struct token_span span = out->items[i];
        if (!taken[span.start] && !taken[span.end - 1])
            out->items[kept++] = span;
        /* A span that was dropped still blocks its tokens. */
        memset(taken + span.start, 1, span.end - span.start);
    }
    out->len = kept;
    qsort(out->items, out->len, sizeof(out->items[0]), by_start);
    return RSC_OK;
}
