/* SPDX-License-Identifier: MIT */
/* The public functions for entities: loading once, running, handing out. */

#include "base/json.h"
#include "base/mem.h"
#include "engine/entity_spans.h"
#include "engine/object.h"
#include "engine/text_api.h"
#include "model/store.h"
#include "ner/entity_pipeline.h"

#define MAX_JSON ((size_t)512 << 20)

/* What rsc_entities hands out is the first member. */
struct list {
    rsc_entity_list list;
    struct mem mem;
    struct ctx ctx;
};

/* ---- the pipeline ------------------------------------------------------ */

/* The kernels of the forced instruction set, or of the best one below it that
 * has any; NULL for the best of all. */
static const struct kernels *choose_kernels(const rsc_engine *engine)
{
    struct cpu cpu;

    if (engine->isa.len == 0)
        return NULL;
    cpu_detect(&cpu);
    for (int isa = (int)isa_find(engine->isa.data); isa >= 0; isa--)
        if (isa < ISA_COUNT && cpu_has(&cpu, (enum isa)isa) &&
            kernels_find((enum isa)isa))
            return kernels_find((enum isa)isa);
    return kernels_find(ISA_SCALAR);
}

/* A name with a slash is the path of a folder. */
rsc_status entity_pipeline_find(struct ctx *ctx, const rsc_engine *engine,
                                struct str *out)
{
    const struct entity_slot *slot = &engine->entity;

    *out = str_of(slot->name);
    if (strchr(slot->name, '/'))
        return RSC_OK;
    if (!slot->models_dir)
        return ctx_fail(ctx, RSC_ENOMODEL,
                        "no folder of models was given, so entities cannot be "
                        "found");
    return store_find_source(ctx, out, slot->models_dir, *out);
}

static rsc_status load(struct ctx *ctx, rsc_engine *engine)
{
    struct entity_slot *slot = &engine->entity;
    struct str folder;
    rsc_status st = entity_pipeline_find(ctx, engine, &folder);

    return st ? st
              : entity_pipeline_open(ctx, &slot->pipeline, &slot->mem,
                                     folder.data, choose_kernels(engine));
}

rsc_status entity_pipeline_borrow(struct ctx *ctx, rsc_engine *engine,
                                  const struct entity_pipeline **out)
{
    struct entity_slot *slot = &engine->entity;
    rsc_status st = RSC_OK;

    pthread_mutex_lock(&slot->lock);
    /* One that failed is tried again: it may have been installed since. */
    if (!slot->pipeline)
        st = load(ctx, engine);
    *out = slot->pipeline;
    pthread_mutex_unlock(&slot->lock);
    return st;
}

/* ---- the list ---------------------------------------------------------- */

static const char *label_text(struct ctx *ctx, struct str label)
{
    struct str copy = ctx_copy(ctx, label);

    return copy.data ? copy.data : "";
}

/* One copy per distinct string would save little: labels are short. */
static rsc_status fill_tokens(struct ctx *ctx, rsc_entity_list *list,
                              const struct entity_doc *doc)
{
    const struct parse *parse = &doc->parse;
    rsc_token *tokens =
        ctx_alloc_array(ctx, doc->tokens.len, sizeof(tokens[0]));

    if (!tokens)
        return ctx->error.status;
    for (size_t i = 0; i < doc->tokens.len; i++) {
        const struct token *t = &doc->tokens.items[i];
        const struct lexeme *lexeme = &doc->tokens.lexemes.items[t->lexeme];
        int64_t head = (int64_t)i + (parse->head ? parse->head[i] : 0);
        tokens[i] = (rsc_token){
            .start = t->start,
            .end = t->end,
            .char_start = t->char_start,
            .char_end = (size_t)t->char_start + lexeme->chars,
            .tag =
                doc->tags ? label_text(ctx, doc->tag_names[doc->tags[i]]) : "",
            .dep = parse->head ? label_text(ctx, parse->labels[parse->label[i]])
                               : "",
            .head = (size_t)head,
            .space_after = t->space_after,
            .sentence_start =
                parse->sent_start ? parse->sent_start[i] == 1 : i == 0,
        };
    }
    list->tokens = tokens;
    list->n_tokens = doc->tokens.len;
    return ctx->error.status;
}

static rsc_status fill_entities(struct ctx *ctx, rsc_entity_list *list,
                                const struct entity_doc *doc)
{
    const struct entities *from = &doc->entities;
    rsc_entity *to = ctx_alloc_array(ctx, from->len, sizeof(to[0]));

    if (!to)
        return ctx->error.status;
    for (size_t i = 0; i < from->len; i++) {
        const struct entity *e = &from->items[i];
        to[i] = (rsc_entity){
            .label = label_text(ctx, e->label),
            .start = doc->tokens.items[e->first].start,
            .end = doc->tokens.items[e->end - 1].end,
            .char_start = entity_char_start(doc, e),
            .char_end = entity_char_end(doc, e),
            .first_token = e->first,
            .end_token = e->end,
        };
    }
    list->entities = to;
    list->n_entities = from->len;
    return ctx->error.status;
}

struct str entity_pipeline_shown(struct ctx *ctx, const rsc_engine *engine,
                                 const struct entity_pipeline *pipeline)
{
    struct str name = str_of(engine->entity.name);
    struct str version = entity_pipeline_version(pipeline);

    if (strchr(name.data, '/'))
        name = entity_pipeline_name(pipeline);
    return ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(name), version.len ? " " : "",
                      STR_ARG(version));
}

static rsc_status fill_list(struct list *self, const rsc_engine *engine,
                            const struct entity_pipeline *pipeline,
                            struct str input)
{
    static const struct entity_options options = {.with_tags = true};
    struct ctx *ctx = &self->ctx, work;
    struct entity_doc doc;
    struct str text;

    /* The work space of a text is far larger than its answer. */
    ctx_init(&work, &self->mem);
    rsc_status st = entity_pipeline_run(&work, pipeline, input, &options, &doc);
    if (st) {
        ctx_fail(ctx, st, "%s", work.error.message);
        ctx_clear(&work);
        return st;
    }
    text = ctx_copy(ctx, doc.text);
    self->list.text = text.data;
    self->list.text_len = text.len;
    self->list.was_damaged = doc.was_damaged;
    struct str shown = entity_pipeline_shown(ctx, engine, pipeline);
    self->list.pipeline = shown.data ? shown.data : "";
    st = fill_tokens(ctx, &self->list, &doc);
    if (!st)
        st = fill_entities(ctx, &self->list, &doc);
    ctx_clear(&work);
    return st;
}

rsc_status rsc_entities(rsc_entity_list **out, rsc_engine *engine,
                        const char *text, size_t len, rsc_error *err)
{
    const struct entity_pipeline *pipeline;

    *out = NULL;
    struct list *self = object_new(sizeof(*self), err);
    if (!self)
        return RSC_ENOMEM;
    mem_init(&self->mem, "entities", 0);
    ctx_init(&self->ctx, &self->mem);
    struct str input = {text ? text : "", text ? len : 0};
    rsc_status st = entity_pipeline_borrow(&self->ctx, engine, &pipeline);
    if (!st)
        fill_list(self, engine, pipeline, input);
    st = ctx_error(&self->ctx, err);
    if (st)
        rsc_entities_free(&self->list);
    else
        *out = &self->list;
    return st;
}

void rsc_entities_free(rsc_entity_list *list)
{
    struct list *self = (struct list *)(void *)list;

    if (!self)
        return;
    ctx_clear(&self->ctx);
    object_free(self, sizeof(*self));
}

/* ---- JSON -------------------------------------------------------------- */

static void put_span(struct json *j, size_t start, size_t end)
{
    json_put_int(j, "start", (int64_t)start);
    json_put_int(j, "end", (int64_t)end);
}

static void put_entities(struct json *j, const rsc_entity_list *list)
{
    json_key(j, "ents");
    json_open(j, '[');
    for (size_t i = 0; i < list->n_entities; i++) {
        const rsc_entity *e = &list->entities[i];
        json_open(j, '{');
        put_span(j, e->char_start, e->char_end);
        json_put_str(j, "label", str_of(e->label));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_sentences(struct json *j, const rsc_entity_list *list)
{
    size_t start = 0;

    json_key(j, "sents");
    json_open(j, '[');
    for (size_t i = 1; i <= list->n_tokens; i++) {
        if (i < list->n_tokens && !list->tokens[i].sentence_start)
            continue;
        json_open(j, '{');
        put_span(j, list->tokens[start].char_start,
                 list->tokens[i - 1].char_end);
        json_close(j, '}');
        start = i;
    }
    json_close(j, ']');
}

static void put_tokens(struct json *j, const rsc_entity_list *list)
{
    json_key(j, "tokens");
    json_open(j, '[');
    for (size_t i = 0; i < list->n_tokens; i++) {
        const rsc_token *t = &list->tokens[i];
        json_open(j, '{');
        json_put_int(j, "id", (int64_t)i);
        put_span(j, t->char_start, t->char_end);
        if (t->tag[0])
            json_put_str(j, "tag", str_of(t->tag));
        if (t->dep[0]) {
            json_put_str(j, "dep", str_of(t->dep));
            json_put_int(j, "head", (int64_t)t->head);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

rsc_status rsc_entities_json(rsc_text **out, const rsc_entity_list *list,
                             rsc_error *err)
{
    struct text_work w;

    text_open(&w, MAX_JSON);
    struct json j = json_to(&w.buf, 0);
    json_open(&j, '{');
    json_put_str(&j, "text", (struct str){list->text, list->text_len});
    put_entities(&j, list);
    put_sentences(&j, list);
    put_tokens(&j, list);
    json_close(&j, '}');
    return text_close(&w, out, err);
}
