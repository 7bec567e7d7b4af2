/* SPDX-License-Identifier: MIT */
#ifndef RSC_PARSE_STATE_H
#define RSC_PARSE_STATE_H

/*
 * The state of the parser: a stack, a buffer, and the arcs so far. Tokens
 * that were taken off the stack without a head stand before the buffer again
 * and may not be shifted twice.
 *
 *     stack [.. S1 S0]    buffer [B0 B1 ..] = again, last first, then the rest
 *
 * A token has two lists of children, those left of it and those right of it,
 * each linked from the one that was attached last.
 */

#include "base/ctx.h"

#define NO_TOKEN (-1)

struct parse_node {
    int32_t head; /* or NO_TOKEN */
    int32_t last_left, last_right;
    int32_t older, newer; /* siblings on the same side */
    uint16_t label;
    bool unshiftable, starts_sentence;
};

struct parse_state {
    int32_t n, next; /* tokens; the first one that was never on the stack */
    struct parse_node *nodes;
    int32_t *stack, *again;
    int32_t depth, n_again;
};

rsc_status parse_state_init(struct ctx *ctx, struct parse_state *out, size_t n);

/* The i-th token from the top of the stack, or NO_TOKEN. */
static inline int32_t parse_stack(const struct parse_state *s, int32_t i)
{
    return i < s->depth ? s->stack[s->depth - 1 - i] : NO_TOKEN;
}

/* The i-th token of the buffer, or NO_TOKEN. */
static inline int32_t parse_buffer(const struct parse_state *s, int32_t i)
{
    if (i < s->n_again)
        return s->again[s->n_again - 1 - i];
    i += s->next - s->n_again;
    return i < s->n ? i : NO_TOKEN;
}

static inline int32_t parse_buffer_len(const struct parse_state *s)
{
    return s->n - s->next + s->n_again;
}

/* The actions; each must be allowed in the state. */
void parse_shift(struct parse_state *s);
void parse_reduce(struct parse_state *s);
void parse_left(struct parse_state *s, uint16_t label);
void parse_right(struct parse_state *s, uint16_t label);
void parse_break(struct parse_state *s);

#endif
