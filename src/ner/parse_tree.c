/* SPDX-License-Identifier: MIT */
#include "ner/parse_tree.h"

/* spaCy gives up on crossing arcs after this many rounds. */
#define EDGE_ROUNDS 12

struct tree {
    struct ctx *ctx;
    const struct token_list *tokens;
    int32_t n;
    struct parse *parse;
    int32_t *left, *right; /* ends of each token's subtree */
    bool *is_start;
    int32_t *queue;
};

/* ---- edges ------------------------------------------------------------ */

static void widen(struct tree *t, int32_t i)
{
    const int32_t head = i + t->parse->head[i];

    if (t->left[i] < t->left[head])
        t->left[head] = t->left[i];
    if (t->right[i] > t->right[head])
        t->right[head] = t->right[i];
}

/* The first tokens of the roots' subtrees. */
static void mark_starts(struct tree *t)
{
    memset(t->is_start, 0, (size_t)t->n * sizeof(t->is_start[0]));
    for (int32_t i = 0; i < t->n; i++)
        if (t->parse->head[i] == 0)
            t->is_start[t->left[i]] = true;
}

/* Whether every head lies in its token's sentence. The last token is not
 * looked at, as in spaCy. */
static bool heads_fit(const struct tree *t)
{
    int32_t start = 0;

    for (int32_t i = 0; i < t->n; i++) {
        if (!(i > 0 && t->is_start[i]) && i != t->n - 1)
            continue;
        for (int32_t j = start; j < i; j++) {
            int32_t head = j + t->parse->head[j];
            if (head < start || head > i)
                return false;
        }
        start = i;
    }
    return true;
}

static rsc_status find_edges(struct tree *t)
{
    for (int32_t i = 0; i < t->n; i++)
        t->left[i] = t->right[i] = i;
    for (int round = 0; round < EDGE_ROUNDS; round++) {
        rsc_status st = ctx_check(t->ctx);
        if (st)
            return st;
        for (int32_t i = 0; i < t->n; i++)
            widen(t, i);
        for (int32_t i = t->n - 1; i >= 0; i--)
            widen(t, i);
        mark_starts(t);
        if (heads_fit(t))
            break;
    }
    return RSC_OK;
}

/* ---- heads of split arcs ---------------------------------------------- */

static bool is_space(const struct tree *t, int32_t token)
{
    return t->tokens->lexemes.items[t->tokens->items[token].lexeme].is_space;
}

/* Looks at the children of x in order; returns the one with the label, or
 * NO_TOKEN, and puts all of them into the queue. */
static int32_t search_children(struct tree *t, int32_t x, int32_t self,
                               uint16_t wanted, int32_t *queued)
{
    const struct parse *parse = t->parse;

    for (int32_t c = t->left[x]; c <= t->right[x]; c++) {
        if (c == x || c + parse->head[c] != x || c == self || is_space(t, c))
            continue;
        if (parse->label[c] == wanted)
            return c;
        /* A tree has each token once; with a circle the search must end. */
        if (*queued < t->n)
            t->queue[(*queued)++] = c;
    }
    return NO_TOKEN;
}

/* The nearest descendant of the head that hangs on its own head by the
 * wanted label; the head itself where there is none. */
static int32_t real_head(struct tree *t, int32_t self, uint16_t wanted)
{
    const int32_t head = self + t->parse->head[self];
    int32_t queued = 1;

    t->queue[0] = head;
    for (int32_t i = 0; i < queued; i++) {
        int32_t found = search_children(t, t->queue[i], self, wanted, &queued);
        if (found != NO_TOKEN)
            return found;
    }
    return head;
}

static rsc_status join_arcs(struct tree *t, const struct dep_parser *parser)
{
    struct parse *parse = t->parse;

    for (int32_t i = 0; i < t->n; i++) {
        const uint16_t label = parse->label[i];
        if (parser->wanted[label] == NO_LABEL)
            continue;
        rsc_status st = ctx_check(t->ctx);
        if (st)
            return st;
        parse->head[i] = real_head(t, i, parser->wanted[label]) - i;
        parse->label[i] = parser->plain[label];
    }
    return RSC_OK;
}

/* ---- all of it -------------------------------------------------------- */

static rsc_status open_tree(struct ctx *ctx, struct tree *t)
{
    const size_t n = (size_t)t->n;

    t->ctx = ctx;
    t->left = ctx_alloc_array(ctx, n, sizeof(int32_t));
    t->right = ctx_alloc_array(ctx, n, sizeof(int32_t));
    t->queue = ctx_alloc_array(ctx, n, sizeof(int32_t));
    t->is_start = ctx_alloc_array(ctx, n, sizeof(bool));
    t->parse->head = ctx_alloc_array(ctx, n, sizeof(int32_t));
    t->parse->label = ctx_alloc_array(ctx, n, sizeof(uint16_t));
    t->parse->sent_start = ctx_alloc_array(ctx, n, sizeof(int8_t));
    return ctx->error.status;
}

rsc_status parse_tree_finish(struct ctx *ctx, const struct dep_parser *parser,
                             const struct parse_state *state,
                             const struct token_list *tokens, struct parse *out)
{
    struct tree t = {.tokens = tokens, .n = state->n, .parse = out};
    rsc_status st = open_tree(ctx, &t);

    out->labels = parser->labels;
    for (int32_t i = 0; !st && i < t.n; i++) {
        const struct parse_node *node = &state->nodes[i];
        out->head[i] = node->head == NO_TOKEN ? 0 : node->head - i;
        out->label[i] = out->head[i] ? node->label : parser->root;
    }
    if (!st)
        st = find_edges(&t);
    if (!st)
        st = join_arcs(&t, parser);
    if (!st)
        st = find_edges(&t);
    for (int32_t i = 0; !st && i < t.n; i++)
        out->sent_start[i] = t.is_start[i] ? 1 : -1;
    return st;
}
