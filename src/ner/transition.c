/* SPDX-License-Identifier: MIT */
#include "ner/transition.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ner/keymap.h"
#include "ner/moves.h"

/* Caps of the sizes in a file: real ones are 64 and 106. */
#define MAX_HIDDEN  1024
#define MAX_PIECES  8
#define MAX_CLASSES 4096

/* ---- actions ---------------------------------------------------------- */

/* Whether a move is a class of the model. */
static bool is_class(const struct move *move, bool is_entity)
{
    if (!is_entity)
        return move->action <= ACTION_BREAK;
    return move->action >= ENTITY_BEGIN && move->action <= ENTITY_OUT &&
           (move->action != ENTITY_OUT || move->label.len == 0);
}

static rsc_status add_label(struct ctx *ctx, struct transition_model *self,
                            struct keymap *index, struct str label,
                            uint16_t *out)
{
    uint32_t known = keymap_find(index, key_of(label));

    if (known == KEYMAP_NONE) {
        known = (uint32_t)self->n_labels++;
        self->labels[known] = label;
        rsc_status st = keymap_add(ctx, index, key_of(label), known);
        if (st)
            return st;
    }
    *out = (uint16_t)known;
    return RSC_OK;
}

static rsc_status read_classes(struct ctx *ctx, struct transition_model *self,
                               struct str bytes, const char *file,
                               bool is_entity)
{
    struct moves moves;
    struct keymap index = {0}, seen = {0};
    uint16_t label;
    rsc_status st = moves_read(ctx, &moves, bytes, file);

    if (st)
        return st;
    self->classes = ctx_alloc_array(ctx, moves.len, sizeof(struct transition));
    self->labels = ctx_alloc_array(ctx, moves.len + 1, sizeof(struct str));
    if (!self->classes || !self->labels)
        return ctx->error.status;
    st = add_label(ctx, self, &index, STR(""), &label);
    for (size_t i = 0; !st && i < moves.len; i++) {
        const struct move *move = &moves.items[i];
        struct key key = {move->label, move->action + 1};
        if (!is_class(move, is_entity) || keymap_find(&seen, key) == 0)
            continue;
        st = keymap_add(ctx, &seen, key, 0);
        if (!st)
            st = add_label(ctx, self, &index, move->label, &label);
        self->classes[self->n_classes++] =
            (struct transition){(uint8_t)move->action, label};
    }
    if (!st && (self->n_classes == 0 || self->n_classes > MAX_CLASSES))
        return ctx_fail(ctx, RSC_EFORMAT, "%s has %zu classes", file,
                        self->n_classes);
    return st;
}

/* ---- layers ----------------------------------------------------------- */

static rsc_status wrong_shape(struct ctx *ctx, const struct thinc_model *model)
{
    return ctx_fail(ctx, RSC_EFORMAT,
                    "%s is damaged: its layers do not fit together",
                    model->file);
}

/* out[slot][piece][unit] of from[slot][unit][piece], each a run of k floats;
 * units are padded. */
static void reorder(const struct transition_model *self, const float *from,
                    size_t slots, size_t units, size_t k, float *out)
{
    for (size_t f = 0; f < slots; f++)
        for (size_t o = 0; o < units; o++)
            for (size_t p = 0; p < self->pieces; p++)
                memcpy(out + (f * self->row + p * self->hidden + o) * k,
                       from + ((f * units + o) * self->pieces + p) * k,
                       k * sizeof(float));
}

/* The same into new floats of the arena. */
static float *reordered(struct ctx *ctx, const struct transition_model *self,
                        const struct thinc_array *array, size_t slots,
                        size_t units)
{
    size_t k = array->n / (slots * units * self->pieces);
    float *from = layer_floats(ctx, array->n);
    float *out = layer_floats(ctx, slots * self->row * k);

    if (!from || !out)
        return NULL;
    thinc_floats(array, from);
    reorder(self, from, slots, units, k, out);
    return out;
}

static rsc_status pack_lower(struct ctx *ctx, struct transition_model *self,
                             const struct thinc_array *w)
{
    const size_t n = self->n_slots * self->row, k = w->dims[3];
    float *panels = layer_floats(ctx, linear_panel_floats(n, k));
    struct ctx scratch;

    ctx_init(&scratch, ctx->arena.mem);
    float *plain = reordered(&scratch, self, w, self->n_slots, w->dims[1]);
    if (plain && panels)
        linear_pack(panels, plain, n, k);
    bool failed = !plain || !panels;
    ctx_clear(&scratch);
    self->lower = (struct linear){.panels = panels, .n = n, .k = k};
    return failed ? ctx_fail(ctx, RSC_ENOMEM, "out of memory for a model")
                  : RSC_OK;
}

/* precomputable_affine: W [slots][units][pieces][k], b [units][pieces] and
 * pad [1][slots][units][pieces]. */
static rsc_status read_lower(struct ctx *ctx, struct transition_model *self,
                             const struct thinc_model *model,
                             const struct thinc_node *node)
{
    const struct thinc_array *w, *b, *pad;
    rsc_status st = thinc_array(ctx, model, node, "W", 4, &w);

    if (!st)
        st = thinc_array(ctx, model, node, "b", 2, &b);
    if (!st)
        st = thinc_array(ctx, model, node, "pad", 4, &pad);
    if (st)
        return st;
    if (w->dims[0] > TRANSITION_SLOTS || w->dims[1] > MAX_HIDDEN ||
        w->dims[2] > MAX_PIECES || w->dims[3] > MAX_HIDDEN ||
        b->dims[0] != w->dims[1] || b->dims[1] != w->dims[2] ||
        pad->n != (size_t)w->dims[0] * w->dims[1] * w->dims[2])
        return wrong_shape(ctx, model);
    self->n_slots = w->dims[0];
    self->pieces = w->dims[2];
    self->units = w->dims[1];
    self->hidden = round_up_16(self->units);
    self->row = self->pieces * self->hidden;
    self->lower_bias = reordered(ctx, self, b, 1, w->dims[1]);
    self->missing = reordered(ctx, self, pad, self->n_slots, w->dims[1]);
    if (!self->lower_bias || !self->missing)
        return ctx->error.status;
    return pack_lower(ctx, self, w);
}

/* Its inputs are padded as the hidden units are. */
static rsc_status read_upper(struct ctx *ctx, struct transition_model *self,
                             const struct thinc_model *model,
                             const struct thinc_node *node)
{
    const struct thinc_array *w, *b;
    rsc_status st = thinc_array(ctx, model, node, "W", 2, &w);

    if (!st)
        st = thinc_array(ctx, model, node, "b", 1, &b);
    if (st)
        return st;
    const size_t n = w->dims[0], k = w->dims[1];
    if (n != self->n_classes)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s scores %zu classes, its moves file names %zu",
                        model->file, n, self->n_classes);
    if (k != self->units || b->dims[0] != n)
        return wrong_shape(ctx, model);
    float *plain = layer_floats(ctx, w->n);
    float *padded = layer_floats(ctx, n * self->hidden);
    float *panels = layer_floats(ctx, linear_panel_floats(n, self->hidden));
    float *bias = layer_floats(ctx, transition_score_floats(self));
    if (!plain || !padded || !panels || !bias)
        return ctx->error.status;
    thinc_floats(w, plain);
    thinc_floats(b, bias);
    for (size_t i = 0; i < n; i++)
        memcpy(padded + i * self->hidden, plain + i * k, k * sizeof(float));
    linear_pack(panels, padded, n, self->hidden);
    self->upper = (struct linear){
        .panels = panels, .bias = bias, .n = n, .k = self->hidden};
    return RSC_OK;
}

static rsc_status check_upper(struct ctx *ctx, const struct thinc_model *model)
{
    struct str bytes = thinc_attr(&model->nodes[0], "has_upper");

    if (bytes.len == 1 && bytes.data[0] == (char)0xc3)
        return RSC_OK;
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "%s has no upper layer (use_upper = false), which is not "
                    "supported",
                    model->file);
}

static rsc_status read_layers(struct ctx *ctx, struct transition_model *self,
                              const struct thinc_model *model)
{
    const struct thinc_node *lower, *upper, *project = NULL;
    rsc_status st = check_upper(ctx, model);

    if (!st)
        st = thinc_ref(ctx, model, "lower", &lower);
    if (!st)
        st = thinc_ref(ctx, model, "upper", &upper);
    if (st)
        return st;
    for (unsigned i = 0; !project; i++) {
        project = thinc_find(model, "linear", i);
        if (!project)
            return ctx_fail(ctx, RSC_EUNSUPPORTED,
                            "%s has no layer between vectors and states, which "
                            "is not supported",
                            model->file);
        if (project == upper)
            project = NULL;
    }
    st = layer_read_linear(ctx, &self->project, model, project);
    if (!st)
        st = read_lower(ctx, self, model, lower);
    if (!st && self->project.n != self->lower.k)
        st = wrong_shape(ctx, model);
    return st ? st : read_upper(ctx, self, model, upper);
}

rsc_status transition_read(struct ctx *ctx, struct transition_model *out,
                           const struct thinc_model *model, struct str moves,
                           const char *moves_file, bool is_entity)
{
    *out = (struct transition_model){0};
    rsc_status st = read_classes(ctx, out, moves, moves_file, is_entity);
    return st ? st : read_layers(ctx, out, model);
}

/* ---- scores ----------------------------------------------------------- */

size_t transition_score_floats(const struct transition_model *self)
{
    return (self->n_classes + PANEL - 1) / PANEL * PANEL;
}

void transition_scores(const struct transition_model *self,
                       const struct kernels *kernels, const float **rows,
                       float *hidden, float *scores)
{
    /* Added last, as thinc does. */
    rows[self->n_slots] = self->lower_bias;
    const struct row_sum sum = {.rows = rows,
                                .n_rows = self->n_slots + 1,
                                .n = self->hidden,
                                .pieces = self->pieces,
                                .out = hidden};
    kernels->row_sum(&sum);
    const struct gemv product = {.x = hidden,
                                 .panels = self->upper.panels,
                                 .k = self->hidden,
                                 .n_panels =
                                     transition_score_floats(self) / PANEL,
                                 .bias = self->upper.bias,
                                 .y = scores};
    kernels->gemv(&product);
}
