/* SPDX-License-Identifier: MIT */
#include "ner/tagger.h"

#include <jansson.h>

#define MAX_TAGS 4096

static rsc_status read_labels(struct ctx *ctx, struct tagger *self,
                              const json_t *labels, const char *file)
{
    self->n_labels = json_array_size(labels);
    if (self->n_labels == 0 || self->n_labels > MAX_TAGS)
        return ctx_fail(ctx, RSC_EFORMAT, "%s is damaged: it has %zu labels",
                        file, self->n_labels);
    /* One more for white space. */
    self->labels =
        ctx_alloc_array(ctx, self->n_labels + 1, sizeof(self->labels[0]));
    if (!self->labels)
        return ctx->error.status;
    for (size_t i = 0; i < self->n_labels; i++) {
        const char *text = json_string_value(json_array_get(labels, i));
        if (!text)
            return ctx_fail(ctx, RSC_EFORMAT,
                            "%s is damaged: a label is not a string", file);
        self->labels[i] = ctx_copy(ctx, str_of(text));
    }
    return ctx->error.status;
}

rsc_status tagger_read(struct ctx *ctx, struct tagger *out,
                       const struct thinc_model *model, struct str cfg,
                       const char *cfg_file)
{
    const struct thinc_node *node = thinc_find(model, "softmax", 0);
    json_t *json = json_loadb(cfg.data, cfg.len, 0, NULL);

    *out = (struct tagger){.space = NO_TAG};
    rsc_status st =
        read_labels(ctx, out, json_object_get(json, "labels"), cfg_file);
    json_decref(json);
    if (st)
        return st;
    if (!node || thinc_count(model, "tok2vec-listener") != 1)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s: a tagger of this shape is not supported",
                        model->file);
    st = layer_read_linear(ctx, &out->layer, model, node);
    if (!st && out->layer.n != out->n_labels)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s scores %zu labels, its cfg file names %zu",
                        model->file, out->layer.n, out->n_labels);
    return st;
}

void tagger_set_space(struct tagger *self, struct str tag)
{
    size_t i = 0;

    while (i < self->layer.n && !str_eq(self->labels[i], tag))
        i++;
    self->labels[i] = tag;
    self->space = (uint16_t)i;
}

void tagger_run(const struct tagger *self, const struct kernels *kernels,
                const float *vectors, size_t n, float *scores, uint16_t *tags)
{
    for (size_t i = 0; i < n; i++) {
        uint16_t best = 0;
        linear_run(kernels, &self->layer,
                   &(struct linear_io){vectors + i * self->layer.k,
                                       self->layer.k, 1, scores,
                                       self->layer.n});
        for (uint16_t t = 1; t < self->layer.n; t++)
            if (scores[t] > scores[best])
                best = t;
        tags[i] = best;
    }
}
