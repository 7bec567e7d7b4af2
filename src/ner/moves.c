/* SPDX-License-Identifier: MIT */
#include "ner/moves.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/vec.h"
#include "ner/msgpack.h"

/* Real files have about 100; labels are numbered in 16 bits. */
#define MAX_MOVES 8192

static rsc_status damaged(struct ctx *ctx, const char *file)
{
    return ctx_fail(ctx, RSC_EFORMAT,
                    "%s is damaged: it is no table of actions and labels",
                    file);
}

/* ---- reading ---------------------------------------------------------- */

/* {"label": frequency} of one action. */
static rsc_status read_labels(struct ctx *ctx, struct moves *out,
                              unsigned action, json_t *labels, const char *file)
{
    const char *key;
    json_t *value;

    if (!json_is_object(labels))
        return damaged(ctx, file);
    json_object_foreach(labels, key, value)
    {
        struct move *move = vec_push(ctx, out);
        if (!move)
            return ctx->error.status;
        *move = (struct move){.action = action,
                              .label = ctx_copy(ctx, str_of(key)),
                              .frequency = json_integer_value(value)};
        if (!move->label.data)
            return ctx->error.status;
        if (!json_is_integer(value) || out->len > MAX_MOVES)
            return damaged(ctx, file);
    }
    return RSC_OK;
}

static rsc_status read_actions(struct ctx *ctx, struct moves *out,
                               json_t *actions, const char *file)
{
    const char *key;
    json_t *labels;
    rsc_status st = RSC_OK;

    if (!json_is_object(actions))
        return damaged(ctx, file);
    json_object_foreach(actions, key, labels)
    {
        uint64_t action;
        if (!str_to_u64(str_of(key), 9, &action) || key[1])
            return damaged(ctx, file);
        if (!st)
            st = read_labels(ctx, out, (unsigned)action, labels, file);
    }
    return st;
}

/* The JSON text inside of the msgpack map. */
static rsc_status find_json(struct ctx *ctx, struct str *out, struct str bytes,
                            const char *file)
{
    struct msgpack m = msgpack_of(bytes, file);
    uint32_t n;
    rsc_status st = msgpack_map(ctx, &m, &n);

    *out = STR_NONE;
    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, &m, &key);
        if (st)
            break;
        if (str_eq(key, STR("moves")))
            st = msgpack_str(ctx, &m, out);
        else
            st = msgpack_skip(ctx, &m);
    }
    return st ? st : msgpack_end(ctx, &m);
}

/* ---- the order of the classes ----------------------------------------- */

/* By action; then the frequent first, and of equals the later label. */
static int by_class(const void *a, const void *b)
{
    const struct move *x = a, *y = b;

    if (x->action != y->action)
        return x->action < y->action ? -1 : 1;
    if (x->frequency != y->frequency)
        return x->frequency > y->frequency ? -1 : 1;
    return -str_compare(x->label, y->label);
}

/* Labels that were added after training: their frequencies are negative, and
 * they stand behind all others, label by label. */
static int by_late_class(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    int order;

    if (x->frequency != y->frequency)
        return x->frequency > y->frequency ? -1 : 1;
    order = -str_compare(x->label, y->label);
    if (order)
        return order;
    return x->action < y->action ? -1 : x->action > y->action;
}

static rsc_status sort_moves(struct ctx *ctx, struct moves *moves)
{
    size_t early = 0, late = 0;
    struct move *sorted =
        ctx_alloc_array(ctx, moves->len + 1, sizeof(sorted[0]));

    if (!sorted)
        return ctx->error.status;
    for (size_t i = 0; i < moves->len; i++)
        if (moves->items[i].frequency >= 0)
            sorted[early++] = moves->items[i];
    for (size_t i = 0; i < moves->len; i++)
        if (moves->items[i].frequency < 0)
            sorted[early + late++] = moves->items[i];
    qsort(sorted, early, sizeof(sorted[0]), by_class);
    qsort(sorted + early, late, sizeof(sorted[0]), by_late_class);
    moves->items = sorted;
    return RSC_OK;
}

rsc_status moves_read(struct ctx *ctx, struct moves *out, struct str bytes,
                      const char *file)
{
    struct str text;
    rsc_status st = find_json(ctx, &text, bytes, file);

    *out = (struct moves){0};
    if (st)
        return st;
    json_t *actions = json_loadb(text.data ? text.data : "", text.len, 0, NULL);
    st = actions ? read_actions(ctx, out, actions, file) : damaged(ctx, file);
    json_decref(actions);
    return st ? st : sort_moves(ctx, out);
}
