/* SPDX-License-Identifier: MIT */
#include "ner/entity.h"

#include "base/vec.h"

/* The token at hand, the first one of the open entity, the one before. */
#define ENTITY_SLOTS 3

struct run {
    struct ctx *ctx;
    const struct transition_model *model;
    const struct kernels *kernels;
    const struct token_list *tokens;
    const int8_t *sent_start;
    struct entities *out;
    size_t first_open; /* first token of the open entity */
    uint16_t open;     /* its label; 0 when none is open */
    float *open_row;   /* a copy of its second slot */
    float *before_row; /* the third slot of the token before the block */
    float *features;   /* [block][lower.n] */
    float *vectors;    /* [block][project.k] */
    float *projected;  /* [block][project.n] */
    float *hidden, *scores;
};

rsc_status entity_model_read(struct ctx *ctx, struct transition_model *out,
                             const struct thinc_model *model, struct str moves,
                             const char *moves_file)
{
    rsc_status st = transition_read(ctx, out, model, moves, moves_file, true);

    if (!st && out->n_slots != ENTITY_SLOTS)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s looks at %zu tokens of a state "
                        "(extra_state_tokens); only %d are supported",
                        model->file, out->n_slots, ENTITY_SLOTS);
    return st;
}

static bool is_space(const struct run *r, size_t token)
{
    return r->tokens->lexemes.items[r->tokens->items[token].lexeme].is_space;
}

/* Whether the class may be chosen: a fresh text has no preset entities. */
static bool is_allowed(const struct run *r, const struct transition *class,
                       bool can_go_on, bool space)
{
    switch (class->action) {
    case ENTITY_BEGIN:
        return !r->open && can_go_on && class->label && !space;
    case ENTITY_IN:
        return r->open && can_go_on && class->label == r->open;
    case ENTITY_LAST:
        return r->open && class->label == r->open;
    case ENTITY_UNIT:
        return !r->open && class->label && !space;
    default: /* ENTITY_OUT */
        return !r->open;
    }
}

static const struct transition *choose(const struct run *r, size_t token)
{
    const struct transition *best = NULL;
    const bool space = is_space(r, token);
    const bool last = token + 1 >= r->tokens->len;
    const bool can_go_on =
        !last && !(r->sent_start && r->sent_start[token + 1] == 1);
    float best_score = 0;

    for (size_t i = 0; i < r->model->n_classes; i++) {
        const struct transition *class = &r->model->classes[i];
        if (best && !(r->scores[i] > best_score))
            continue;
        if (!is_allowed(r, class, can_go_on, space))
            continue;
        best = class;
        best_score = r->scores[i];
    }
    return best;
}

static rsc_status put_entity(struct run *r, size_t first, size_t end,
                             uint16_t label)
{
    struct entity *entity = vec_push(r->ctx, r->out);

    if (!entity)
        return r->ctx->error.status;
    *entity = (struct entity){(uint32_t)first, (uint32_t)end,
                              r->model->labels[label]};
    return RSC_OK;
}

static rsc_status apply(struct run *r, size_t token, const float *features,
                        const struct transition *class)
{
    /* A model that lacks the one action that is left here. */
    if (!class)
        return ctx_fail(r->ctx, RSC_EFORMAT,
                        "the entity recogniser's actions are not complete");
    if (class->action == ENTITY_BEGIN) {
        r->open = class->label;
        r->first_open = token;
        memcpy(r->open_row, features + r->model->row,
               r->model->row * sizeof(float));
    } else if (class->action == ENTITY_LAST) {
        r->open = 0;
        return put_entity(r, r->first_open, token + 1, class->label);
    } else if (class->action == ENTITY_UNIT) {
        return put_entity(r, token, token + 1, class->label);
    }
    return RSC_OK;
}

/* The actions of n tokens from first on, whose features are there. */
static rsc_status run_block(struct run *r, size_t first, size_t n)
{
    const struct transition_model *model = r->model;
    const size_t row = model->row;
    const float *before = r->before_row;
    rsc_status st = ctx_check(r->ctx);

    for (size_t i = 0; !st && i < n; i++) {
        const float *features = r->features + i * model->lower.n;
        const float *rows[ENTITY_SLOTS + 1] = {
            features,
            r->open ? r->open_row : model->missing + row,
            r->open ? before : model->missing + 2 * row,
        };
        transition_scores(model, r->kernels, rows, r->hidden, r->scores);
        st = apply(r, first + i, features, choose(r, first + i));
        before = features + 2 * row;
    }
    if (before != r->before_row)
        memcpy(r->before_row, before, row * sizeof(float));
    return st;
}

static rsc_status open_run(struct run *r, size_t block)
{
    const struct transition_model *model = r->model;

    r->open_row = layer_scratch(r->ctx, model->row);
    r->before_row = layer_scratch(r->ctx, model->row);
    r->features = layer_scratch(r->ctx, block * model->lower.n);
    r->vectors = layer_scratch(r->ctx, block * model->project.k);
    r->projected = layer_scratch(r->ctx, block * model->project.n);
    r->hidden = layer_scratch(r->ctx, model->hidden);
    r->scores = layer_scratch(r->ctx, transition_score_floats(model));
    return r->ctx->error.status;
}

rsc_status entities_run(struct ctx *ctx, const struct transition_model *self,
                        const struct kernels *kernels,
                        const struct token_list *tokens,
                        const int8_t *sent_start,
                        const struct entity_source *source,
                        struct entities *out)
{
    struct run r = {.ctx = ctx,
                    .model = self,
                    .kernels = kernels,
                    .tokens = tokens,
                    .sent_start = sent_start,
                    .out = out};
    size_t block = tokens->len < TOK2VEC_BLOCK ? tokens->len : TOK2VEC_BLOCK;
    rsc_status st = open_run(&r, block);

    *out = (struct entities){0};
    for (size_t first = 0; !st && first < tokens->len; first += block) {
        size_t n = tokens->len - first < block ? tokens->len - first : block;
        const float *hidden = r.projected;
        if (source->tok2vec) {
            tok2vec_rows(source->tok2vec, first, n, r.vectors);
            linear_run(kernels, &self->project,
                       &(struct linear_io){r.vectors, self->project.k, n,
                                           r.projected, self->project.n});
        } else {
            hidden = source->hidden + first * self->project.n;
        }
        linear_run(kernels, &self->lower,
                   &(struct linear_io){hidden, self->lower.k, n, r.features,
                                       self->lower.n});
        st = run_block(&r, first, n);
    }
    return st;
}
