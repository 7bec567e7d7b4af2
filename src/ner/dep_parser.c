/* SPDX-License-Identifier: MIT */
#include "ner/dep_parser.h"

#include "ner/parse_state.h"
#include "ner/parse_tree.h"

/* The slots of the model, in its order. */
#define PARSER_SLOTS 8
/* Tokens whose slots are multiplied out at once, and how many such blocks are
 * kept: a sentence reaches back about as far. */
#define FEATURE_BLOCK 32
#define FEATURE_KEPT  4

/*
 * The slot rows of the tokens, worked out a block at a time as the parser
 * moves on; the last blocks are kept. An older token's row is worked out when
 * it is asked for, which gives the same numbers.
 */
struct features {
    const struct transition_model *model;
    const struct kernels *kernels;
    const float *hidden; /* [n][lower.k] */
    int32_t n, done;     /* tokens; those worked out so far */
    float *ring;         /* [FEATURE_KEPT * FEATURE_BLOCK][lower.n] */
    float *single;       /* [slots][row] */
};

/* ---- reading ---------------------------------------------------------- */

static uint16_t find_label(const struct dep_parser *self, struct str label)
{
    for (size_t i = 0; i < self->n_labels; i++)
        if (str_eq(self->labels[i], label))
            return (uint16_t)i;
    return NO_LABEL;
}

/* The number of a label, which is added where it is missing. */
static uint16_t put_label(struct dep_parser *self, struct str label)
{
    uint16_t known = find_label(self, label);

    if (known != NO_LABEL)
        return known;
    self->labels[self->n_labels] = label;
    return (uint16_t)self->n_labels++;
}

static rsc_status read_labels(struct ctx *ctx, struct dep_parser *self)
{
    const size_t n = self->model.n_labels, cap = 3 * n + 2;
    struct str *labels = ctx_alloc_array(ctx, cap, sizeof(labels[0]));

    self->plain = ctx_alloc_array(ctx, cap, sizeof(uint16_t));
    self->wanted = ctx_alloc_array(ctx, cap, sizeof(uint16_t));
    if (!labels || !self->plain || !self->wanted)
        return ctx->error.status;
    memcpy(labels, self->model.labels, n * sizeof(labels[0]));
    self->labels = labels;
    self->n_labels = n;
    self->root = put_label(self, STR("ROOT"));
    self->space = NO_LABEL;
    self->subtok = find_label(self, STR("subtok"));
    for (size_t i = 0; i < self->n_labels; i++) {
        size_t bar = str_find(labels[i], STR("||"), 0);
        self->plain[i] = (uint16_t)i;
        self->wanted[i] = NO_LABEL;
        if (bar == SIZE_MAX || i >= n)
            continue;
        struct str whole = labels[i];
        self->plain[i] = put_label(self, str_slice(whole, 0, bar));
        self->wanted[i] = put_label(self, str_slice(whole, bar + 2, whole.len));
    }
    return RSC_OK;
}

void dep_parser_set_space(struct dep_parser *self, struct str label)
{
    self->space = put_label(self, label);
}

rsc_status dep_parser_read(struct ctx *ctx, struct dep_parser *out,
                           const struct thinc_model *model, struct str moves,
                           const char *moves_file)
{
    *out = (struct dep_parser){0};
    rsc_status st =
        transition_read(ctx, &out->model, model, moves, moves_file, false);
    if (!st && out->model.n_slots != PARSER_SLOTS)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s looks at %zu tokens of a state; only %d are "
                        "supported",
                        model->file, out->model.n_slots, PARSER_SLOTS);
    return st ? st : read_labels(ctx, out);
}

/* ---- features --------------------------------------------------------- */

/* Room for the whole panels around one slot's columns. */
static size_t single_floats(const struct transition_model *model)
{
    return (model->row + 2 * PANEL - 1) / PANEL * PANEL;
}

static rsc_status open_features(struct ctx *ctx, struct features *out)
{
    const struct transition_model *model = out->model;
    size_t kept = FEATURE_KEPT * FEATURE_BLOCK;

    if ((size_t)out->n < kept)
        kept = ((size_t)out->n + FEATURE_BLOCK - 1) / FEATURE_BLOCK *
               FEATURE_BLOCK;
    out->ring = layer_scratch(ctx, kept * model->lower.n);
    out->single = layer_scratch(ctx, model->n_slots * single_floats(model));
    return out->ring && out->single ? RSC_OK : ctx->error.status;
}

static void next_block(struct features *f)
{
    int32_t left = f->n - f->done;
    int32_t slot = f->done % (FEATURE_KEPT * FEATURE_BLOCK);
    const struct linear *lower = &f->model->lower;
    const struct linear_io io = {
        .x = f->hidden + (size_t)f->done * lower->k,
        .lda = lower->k,
        .m = (size_t)(left < FEATURE_BLOCK ? left : FEATURE_BLOCK),
        .y = f->ring + (size_t)slot * lower->n,
        .ldy = lower->n,
    };

    linear_run(f->kernels, lower, &io);
    f->done += (int32_t)io.m;
}

/* Works out everything up to this token, so that rows stay where they are. */
static void reach(struct features *f, int32_t token)
{
    while (token >= f->done)
        next_block(f);
}

/* The row of one token, which is reached, for one slot. */
static const float *feature(struct features *f, int32_t token, size_t slot)
{
    const struct transition_model *model = f->model;
    const size_t at = slot * model->row, first = at / PANEL * PANEL;

    if (token == NO_TOKEN)
        return model->missing + at;
    /* The oldest block may be partly overwritten. */
    if (token >= f->done - (FEATURE_KEPT - 1) * FEATURE_BLOCK)
        return f->ring +
               (size_t)(token % (FEATURE_KEPT * FEATURE_BLOCK)) *
                   model->lower.n +
               at;
    struct linear part = model->lower;
    part.panels += first * part.k;
    part.n = at + model->row - first;
    const struct linear_io io = {.x = f->hidden + (size_t)token * part.k,
                                 .lda = part.k,
                                 .m = 1,
                                 .y = f->single + slot * single_floats(model),
                                 .ldy = part.n};
    linear_run(f->kernels, &part, &io);
    return io.y + (at - first);
}

/* ---- the loop --------------------------------------------------------- */

struct parser_run {
    struct ctx *ctx;
    const struct dep_parser *self;
    struct parse_state state;
    struct features features;
    float *hidden, *scores;
};

static int32_t last_left(const struct parse_state *s, int32_t token)
{
    return token == NO_TOKEN ? NO_TOKEN : s->nodes[token].last_left;
}

static int32_t last_right(const struct parse_state *s, int32_t token)
{
    return token == NO_TOKEN ? NO_TOKEN : s->nodes[token].last_right;
}

static void score(struct parser_run *r)
{
    const struct parse_state *s = &r->state;
    const int32_t b0 = parse_buffer(s, 0), s0 = parse_stack(s, 0);
    const int32_t tokens[PARSER_SLOTS] = {
        b0,
        parse_buffer(s, 1),
        s0,
        parse_stack(s, 1),
        parse_stack(s, 2),
        last_left(s, b0),
        last_left(s, s0),
        last_right(s, s0),
    };
    const float *rows[PARSER_SLOTS + 1];

    /* All others stand before these two. */
    reach(&r->features, b0);
    reach(&r->features, tokens[1]);
    for (size_t i = 0; i < PARSER_SLOTS; i++)
        rows[i] = feature(&r->features, tokens[i], i);
    transition_scores(&r->self->model, r->features.kernels, rows, r->hidden,
                      r->scores);
}

/* Which actions the state allows. */
static void find_allowed(const struct parse_state *s, bool allowed[ACTIONS])
{
    const int32_t b0 = parse_buffer(s, 0), b1 = parse_buffer(s, 1);
    const int32_t len = parse_buffer_len(s);
    const struct parse_node *nodes = s->nodes;
    bool at_start = b0 != NO_TOKEN && nodes[b0].starts_sentence;

    memset(allowed, 0, ACTIONS * sizeof(allowed[0]));
    allowed[ACTION_SHIFT] =
        s->depth == 0 || (len >= 2 && !at_start && !nodes[b0].unshiftable);
    allowed[ACTION_REDUCE] = s->depth > 0;
    allowed[ACTION_LEFT] = s->depth > 0 && len > 0 && !at_start;
    allowed[ACTION_RIGHT] = allowed[ACTION_LEFT];
    allowed[ACTION_BREAK] =
        len >= 2 && b1 == b0 + 1 && !nodes[b1].starts_sentence;
}

/* The allowed class with the highest score; of equals the first. */
static const struct transition *choose(const struct parser_run *r)
{
    const struct transition_model *model = &r->self->model;
    const struct transition *best = NULL;
    const struct parse_state *s = &r->state;
    const bool subtok = parse_stack(s, 0) == parse_buffer(s, 0) - 1;
    float best_score = 0;
    bool allowed[ACTIONS];

    find_allowed(s, allowed);
    for (size_t i = 0; i < model->n_classes; i++) {
        const struct transition *class = &model->classes[i];
        if (!allowed[class->action] || (best && !(r->scores[i] > best_score)))
            continue;
        if (class->label == r->self->subtok && !subtok &&
            (class->action == ACTION_LEFT || class->action == ACTION_RIGHT))
            continue;
        best = class;
        best_score = r->scores[i];
    }
    return best;
}

static void apply(struct parse_state *s, const struct transition *class)
{
    switch (class->action) {
    case ACTION_SHIFT:
        parse_shift(s);
        break;
    case ACTION_REDUCE:
        parse_reduce(s);
        break;
    case ACTION_LEFT:
        parse_left(s, class->label);
        break;
    case ACTION_RIGHT:
        parse_right(s, class->label);
        break;
    default: /* ACTION_BREAK */
        parse_break(s);
        break;
    }
}

static rsc_status run_loop(struct parser_run *r)
{
    struct parse_state *s = &r->state;
    /* Every token is pushed and taken off twice at the most, begins a
     * sentence once, and loses a head as often as it is pushed. */
    uint64_t steps_left = 16 * (uint64_t)s->n + 16;

    while (s->depth > 0 || parse_buffer_len(s) > 0) {
        if (steps_left-- == 0)
            return ctx_fail(r->ctx, RSC_EINTERNAL,
                            "the parser does not come to an end");
        if ((steps_left & 1023) == 0) {
            rsc_status st = ctx_check(r->ctx);
            if (st)
                return st;
        }
        score(r);
        const struct transition *class = choose(r);
        /* A model without the one action that is left here. */
        if (!class)
            break;
        apply(s, class);
    }
    return RSC_OK;
}

rsc_status dep_parser_run(struct ctx *ctx, const struct dep_parser *self,
                          const struct kernels *kernels,
                          const struct token_list *tokens, const float *hidden,
                          struct parse *out)
{
    struct parser_run r = {
        .ctx = ctx,
        .self = self,
        .features = {.model = &self->model,
                     .kernels = kernels,
                     .hidden = hidden,
                     .n = (int32_t)tokens->len},
        .hidden = layer_scratch(ctx, self->model.hidden),
        .scores = layer_scratch(ctx, transition_score_floats(&self->model)),
    };

    if (!r.hidden || !r.scores)
        return ctx->error.status;
    rsc_status st = parse_state_init(ctx, &r.state, tokens->len);
    if (!st)
        st = open_features(ctx, &r.features);
    if (!st)
        st = run_loop(&r);
    return st ? st : parse_tree_finish(ctx, self, &r.state, tokens, out);
}
