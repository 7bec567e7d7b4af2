/* SPDX-License-Identifier: MIT */
#include "phrase_builder.h"

#include <assert.h>
#include <stdlib.h>

#include "wordforms.h"

static rsc_status put_form(struct ctx *ctx, struct phrase_builder *b,
                           struct str form, uint32_t token)
{
    struct str copy = ctx_copy(ctx, form);
    uint32_t number;
    size_t before = b->forms.len;

    if (!copy.data)
        return ctx->error.status;
    rsc_status st = intern_put(ctx, &b->forms, copy, &number);
    if (st || b->forms.len == before)
        return st;
    uint32_t *slot = vec_push(ctx, &b->form_token);
    if (!slot)
        return ctx->error.status;
    *slot = token;
    return RSC_OK;
}

rsc_status phrase_builder_word(struct ctx *ctx, struct phrase_builder *b,
                               struct str fold, uint32_t *token)
{
    uint32_t form = intern_find(&b->forms, fold);
    if (form != INTERN_NONE) {
        *token = b->form_token.items[form];
        return RSC_OK;
    }
    struct word_form forms[WORD_FORMS_MAX];
    struct word_form key = word_canonical(fold);
    struct str name = ctx_copy(ctx, word_form_str(&key));
    uint32_t number;

    if (!name.data)
        return ctx->error.status;
    rsc_status st = intern_put(ctx, &b->tokens, name, &number);
    size_t n = word_forms(fold, forms);
    for (size_t i = 0; !st && i < n; i++)
        st = put_form(ctx, b, word_form_str(&forms[i]), number + 1);
    *token = number + 1;
    return st;
}

rsc_status phrase_builder_add(struct ctx *ctx, struct phrase_builder *b,
                              const uint32_t *tokens, size_t n,
                              struct phrase_pattern pattern)
{
    assert(n > 0 && n <= PHRASE_WORDS_MAX);
    pattern.first = (uint32_t)b->words.len;
    pattern.n = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        uint32_t *word = vec_push(ctx, &b->words);
        if (!word)
            return ctx->error.status;
        *word = tokens[i];
    }
    struct phrase_pattern *p = vec_push(ctx, &b->patterns);
    if (!p)
        return ctx->error.status;
    *p = pattern;
    return RSC_OK;
}

/* A pattern as it is sorted: it brings its words along. */
struct sorted {
    const uint32_t *words;
    struct phrase_pattern p;
};

static int compare_u32(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int compare_words(const struct sorted *a, const struct sorted *b)
{
    uint32_t n = a->p.n < b->p.n ? a->p.n : b->p.n;
    for (uint32_t i = 0; i < n; i++)
        if (a->words[i] != b->words[i])
            return compare_u32(a->words[i], b->words[i]);
    return compare_u32(a->p.n, b->p.n);
}

static int compare_sorted(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    int order = compare_words(a, b);
    if (order == 0)
        order = compare_u32(a->p.rank, b->p.rank);
    return order ? order : compare_u32(a->p.value, b->p.value);
}

struct edge {
    uint32_t parent, token, child;
};

struct tree {
    uint32_t *root;
    VEC(struct phrase_node) nodes;
    VEC(struct edge) edges;
    VEC(uint32_t) values;
};

static rsc_status add_node(struct ctx *ctx, struct tree *tree, uint32_t parent,
                           uint32_t token, uint32_t *node)
{
    *node = (uint32_t)tree->nodes.len;
    struct phrase_node *made = vec_push(ctx, &tree->nodes);
    if (!made)
        return ctx->error.status;
    *made = (struct phrase_node){0};
    if (parent == 0) {
        tree->root[token] = *node;
        return RSC_OK;
    }
    struct edge *edge = vec_push(ctx, &tree->edges);
    if (!edge)
        return ctx->error.status;
    *edge = (struct edge){parent, token, *node};
    tree->nodes.items[parent].n_edges++;
    return RSC_OK;
}

static rsc_status add_value(struct ctx *ctx, struct tree *tree, uint32_t node,
                            uint32_t value)
{
    struct phrase_node *n = &tree->nodes.items[node];
    for (uint32_t i = 0; i < n->n_values; i++)
        if (tree->values.items[n->first_value + i] == value)
            return RSC_OK;
    if (n->n_values == 0)
        n->first_value = (uint32_t)tree->values.len;
    uint32_t *slot = vec_push(ctx, &tree->values);
    if (!slot)
        return ctx->error.status;
    *slot = value;
    n->n_values++;
    return RSC_OK;
}

/* Sorted patterns share their beginnings with the one before, so one path
 * from the root is all that must be remembered. */
static rsc_status plant(struct ctx *ctx, struct tree *tree,
                        const struct sorted *patterns, size_t n)
{
    uint32_t path[PHRASE_WORDS_MAX], node;
    rsc_status st = add_node(ctx, tree, 0, 0, &node); /* node 0 is "none" */

    for (size_t i = 0; !st && i < n; i++) {
        const struct sorted *s = &patterns[i];
        uint32_t depth = 0;
        while (i > 0 && depth < s->p.n && depth < s[-1].p.n &&
               s->words[depth] == s[-1].words[depth])
            depth++;
        for (; !st && depth < s->p.n; depth++)
            st = add_node(ctx, tree, depth ? path[depth - 1] : 0,
                          s->words[depth], &path[depth]);
        if (!st)
            st = add_value(ctx, tree, path[s->p.n - 1], s->p.value);
    }
    tree->root[0] = 0;
    return st;
}

static rsc_status sort_patterns(struct ctx *ctx, const struct phrase_builder *b,
                                struct sorted **out)
{
    size_t n = b->patterns.len;
    struct sorted *sorted = ctx_alloc_array(ctx, n + 1, sizeof(sorted[0]));
    if (!sorted)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        sorted[i].p = b->patterns.items[i];
        sorted[i].words = b->words.items + sorted[i].p.first;
    }
    qsort(sorted, n, sizeof(sorted[0]), compare_sorted);
    *out = sorted;
    return RSC_OK;
}

/* Edges by parent; their order within one is kept. */
static rsc_status lay_edges(struct ctx *ctx, struct tree *tree,
                            struct phrases *out)
{
    size_t n = tree->edges.len;
    struct phrase_edge *edges = ctx_alloc_array(ctx, n + 1, sizeof(edges[0]));
    uint32_t at = 0;

    if (!edges)
        return ctx->error.status;
    for (size_t i = 0; i < tree->nodes.len; i++) {
        struct phrase_node *node = &tree->nodes.items[i];
        node->first_edge = at;
        at += node->n_edges;
        node->n_edges = 0;
    }
    for (size_t i = 0; i < n; i++) {
        struct edge e = tree->edges.items[i];
        struct phrase_node *node = &tree->nodes.items[e.parent];
        edges[node->first_edge + node->n_edges++] =
            (struct phrase_edge){e.token, e.child};
    }
    out->edges = edges;
    out->n_edges = (uint32_t)n;
    return RSC_OK;
}

static uint32_t little_hash(size_t i)
{
    return phrases_hash(phrases_little[i], strlen(phrases_little[i]));
}

/* Each node learns of which hashes the words may be that follow it. */
static rsc_status mark_next(struct ctx *ctx, struct tree *tree,
                            struct phrase_form *forms, size_t slots,
                            size_t n_tokens)
{
    uint64_t *bits = ctx_calloc(ctx, n_tokens, sizeof(bits[0])), little = 0;

    if (!bits)
        return ctx->error.status;
    for (size_t i = 0; i < slots; i++) {
        forms[i].root = tree->root[forms[i].token];
        if (forms[i].hash)
            bits[forms[i].token] |= phrases_next_bit(forms[i].hash);
    }
    for (size_t i = 0; i < PHRASES_LITTLE; i++)
        little |= phrases_next_bit(little_hash(i));
    for (size_t i = 0; i < tree->edges.len; i++) {
        struct edge e = tree->edges.items[i];
        tree->nodes.items[e.parent].next |= bits[e.token] | little;
    }
    return RSC_OK;
}

/* The hashes of the forms of each token. */
struct token_hashes {
    uint32_t *first; /* [tokens + 1] */
    uint32_t *hash;
};

static rsc_status sort_hashes(struct ctx *ctx, struct token_hashes *out,
                              const struct phrases *p, size_t n_tokens)
{
    uint32_t *at = ctx_calloc(ctx, n_tokens + 2, sizeof(at[0]));
    size_t n = 0;

    for (size_t i = 0; at && i <= p->form_mask; i++)
        if (p->forms[i].hash) {
            at[p->forms[i].token + 2]++;
            n++;
        }
    out->first = at;
    out->hash = ctx_alloc_array(ctx, n + 1, sizeof(out->hash[0]));
    if (!at || !out->hash)
        return ctx->error.status;
    for (size_t i = 0; i < n_tokens; i++)
        at[i + 2] += at[i + 1];
    /* at[t + 1] moves from the first of t to the first of t + 1. */
    for (size_t i = 0; i <= p->form_mask; i++)
        if (p->forms[i].hash)
            out->hash[at[p->forms[i].token + 1]++] = p->forms[i].hash;
    return RSC_OK;
}

/* Where starts of phrases go; only counted as long as there are no bits. */
struct start_set {
    struct phrases *phrases;
    uint64_t *bits;
    size_t n;
};

static void put_start(struct start_set *set, uint32_t first, uint32_t second)
{
    struct phrase_start s = phrases_start(set->phrases, first, second);

    set->n++;
    if (set->bits)
        set->bits[s.at] |= s.bits;
}

static void put_starts(struct start_set *set, const struct phrase_node *nodes,
                       const struct token_hashes *tokens)
{
    const struct phrases *p = set->phrases;

    set->n = 0;
    for (size_t i = 0; i <= p->form_mask; i++) {
        const struct phrase_form *form = &p->forms[i];
        const struct phrase_node *node = &nodes[form->root];
        if (!form->root)
            continue;
        if (node->n_values)
            put_start(set, form->hash, START_WHOLE);
        if (!node->n_edges)
            continue;
        put_start(set, form->hash, START_ANY);
        for (size_t j = 0; j < PHRASES_LITTLE; j++)
            put_start(set, form->hash, little_hash(j));
        for (uint32_t e = 0; e < node->n_edges; e++) {
            uint32_t token = p->edges[node->first_edge + e].token;
            uint32_t end = tokens->first[token + 1];
            for (uint32_t h = tokens->first[token]; h < end; h++)
                put_start(set, form->hash, tokens->hash[h]);
        }
    }
}

/* Some four starts share an element of the set, so that about one look in
 * fifty is true for nothing. */
static rsc_status mark_starts(struct ctx *ctx, struct phrases *p,
                              const struct tree *tree, size_t n_tokens)
{
    struct token_hashes tokens;
    struct start_set set = {.phrases = p};
    size_t n = 1;
    rsc_status st = sort_hashes(ctx, &tokens, p, n_tokens);

    if (st)
        return st;
    put_starts(&set, tree->nodes.items, &tokens);
    while (n * 5 < set.n)
        n *= 2;
    p->start_mask = (uint32_t)n - 1;
    set.bits = ctx_calloc(ctx, n, sizeof(set.bits[0]));
    if (!set.bits)
        return ctx->error.status;
    put_starts(&set, tree->nodes.items, &tokens);
    p->starts = set.bits;
    return RSC_OK;
}

static rsc_status lay_forms(struct ctx *ctx, const struct phrase_builder *b,
                            struct tree *tree, struct phrases *out)
{
    size_t slots = 64, bytes = 0, at = 0;
    for (size_t i = 0; i < b->forms.len; i++)
        bytes += b->forms.items[i].len / 8 * 8 + 8;
    while (slots < b->forms.len * 2)
        slots *= 2;
    struct phrase_form *forms = ctx_calloc(ctx, slots, sizeof(forms[0]));
    char *strings = ctx_calloc(ctx, bytes + 8, 1);

    if (!forms || !strings)
        return ctx->error.status;
    for (size_t i = 0; i < b->forms.len; i++) {
        struct word_form form = word_form_of(b->forms.items[i]);
        uint32_t hash = phrases_hash(form.text, form.len);
        size_t slot = hash & (slots - 1);
        while (forms[slot].hash)
            slot = (slot + 1) & (slots - 1);
        forms[slot] = (struct phrase_form){.hash = hash,
                                           .name = (uint32_t)at,
                                           .token = b->form_token.items[i]};
        memcpy(forms[slot].first, form.text, sizeof(forms[slot].first));
        memcpy(strings + at, form.text, form.len);
        at += form.len / 8u * 8 + 8;
    }
    out->form_mask = (uint32_t)slots - 1;
    out->forms = forms;
    out->strings = strings;
    out->strings_len = (uint32_t)bytes;
    rsc_status st = mark_next(ctx, tree, forms, slots, b->tokens.len + 1);
    return st ? st : mark_starts(ctx, out, tree, b->tokens.len + 1);
}

static void inline_values(struct tree *tree)
{
    for (size_t i = 0; i < tree->nodes.len; i++) {
        struct phrase_node *n = &tree->nodes.items[i];
        if (n->n_values == 1)
            n->first_value = tree->values.items[n->first_value];
    }
}

rsc_status phrase_builder_finish(struct ctx *ctx, struct phrase_builder *b,
                                 struct phrases *out)
{
    struct tree tree = {0};
    struct sorted *sorted = NULL;

    *out = (struct phrases){0};
    /* Token 0 is "unknown". */
    tree.root = ctx_calloc(ctx, b->tokens.len + 1, sizeof(tree.root[0]));
    if (!tree.root)
        return ctx->error.status;
    rsc_status st = sort_patterns(ctx, b, &sorted);
    if (!st)
        st = plant(ctx, &tree, sorted, b->patterns.len);
    inline_values(&tree);
    if (!st)
        st = lay_edges(ctx, &tree, out);
    if (!st)
        st = lay_forms(ctx, b, &tree, out);
    out->nodes = tree.nodes.items;
    out->values = tree.values.items;
    out->n_nodes = (uint32_t)tree.nodes.len;
    out->n_values = (uint32_t)tree.values.len;
    return st;
}
