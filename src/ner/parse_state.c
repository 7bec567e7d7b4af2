/* SPDX-License-Identifier: MIT */
#include "ner/parse_state.h"

rsc_status parse_state_init(struct ctx *ctx, struct parse_state *out, size_t n)
{
    *out = (struct parse_state){.n = (int32_t)n};
    out->nodes = ctx_alloc_array(ctx, n, sizeof(out->nodes[0]));
    out->stack = ctx_alloc_array(ctx, n, sizeof(out->stack[0]));
    out->again = ctx_alloc_array(ctx, n, sizeof(out->again[0]));
    if (!out->nodes || !out->stack || !out->again)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        out->nodes[i] = (struct parse_node){
            .head = NO_TOKEN,
            .last_left = NO_TOKEN,
            .last_right = NO_TOKEN,
            .older = NO_TOKEN,
            .newer = NO_TOKEN,
            .starts_sentence = i == 0,
        };
    return RSC_OK;
}

/* The list of head's children on the side of child. */
static int32_t *last_child(struct parse_state *s, int32_t head, int32_t child)
{
    return head > child ? &s->nodes[head].last_left
                        : &s->nodes[head].last_right;
}

/* Takes child out of the list of the head that it has. */
static void detach(struct parse_state *s, int32_t child)
{
    struct parse_node *node = &s->nodes[child];

    if (node->head == NO_TOKEN)
        return;
    if (node->newer == NO_TOKEN)
        *last_child(s, node->head, child) = node->older;
    else
        s->nodes[node->newer].older = node->older;
    if (node->older != NO_TOKEN)
        s->nodes[node->older].newer = node->newer;
}

static void attach(struct parse_state *s, int32_t head, int32_t child,
                   uint16_t label)
{
    struct parse_node *node = &s->nodes[child];
    int32_t *last = last_child(s, head, child);

    detach(s, child);
    node->head = head;
    node->label = label;
    node->older = *last;
    node->newer = NO_TOKEN;
    if (*last != NO_TOKEN)
        s->nodes[*last].newer = child;
    *last = child;
}

void parse_shift(struct parse_state *s)
{
    s->stack[s->depth++] = s->n_again ? s->again[--s->n_again] : s->next++;
}

void parse_reduce(struct parse_state *s)
{
    int32_t top = s->stack[--s->depth];

    if (s->nodes[top].head != NO_TOKEN || s->depth == 0)
        return;
    s->nodes[top].unshiftable = true;
    s->again[s->n_again++] = top;
}

void parse_left(struct parse_state *s, uint16_t label)
{
    int32_t head = parse_buffer(s, 0), child = s->stack[--s->depth];

    attach(s, head, child, label);
    s->nodes[head].unshiftable = false;
}

void parse_right(struct parse_state *s, uint16_t label)
{
    attach(s, parse_stack(s, 0), parse_buffer(s, 0), label);
    parse_shift(s);
}

void parse_break(struct parse_state *s)
{
    s->nodes[parse_buffer(s, 1)].starts_sentence = true;
}
