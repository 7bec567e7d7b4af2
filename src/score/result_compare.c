/* SPDX-License-Identifier: MIT */
#include "score/result_compare.h"

#include <jansson.h>

#include "base/vec.h"

/* Longer values are cut for showing. */
#define SHOWN_BYTES 100

/* Two values that stand at the same place; either may be missing. */
struct pair {
    struct str path;
    const json_t *a, *b;
};

struct walk {
    struct ctx *ctx;
    struct result_comparison *out;
    VEC(struct pair) queue;
    VEC(struct result_difference) found;
};

static struct str show(struct ctx *ctx, const json_t *value)
{
    char number[64];
    size_t len;
    if (!value)
        return STR("nothing");
    if (json_is_object(value))
        return STR("an object");
    if (json_is_array(value))
        return ctx_printf(ctx, "a list of %zu", json_array_size(value));
    if (json_is_string(value)) {
        const char *text = json_string_value(value);
        bool cut = strlen(text) > SHOWN_BYTES;
        return ctx_printf(ctx, "\"%.*s%s\"", SHOWN_BYTES, text,
                          cut ? "..." : "");
    }
    len = json_dumpb(value, number, sizeof(number),
                     JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
    return len <= sizeof(number) ? ctx_copy(ctx, (struct str){number, len})
                                 : STR("a number");
}

static rsc_status push(struct walk *w, struct str path, const json_t *a,
                       const json_t *b)
{
    struct pair *slot = path.data ? vec_push(w->ctx, &w->queue) : NULL;
    if (!slot)
        return w->ctx->error.status;
    *slot = (struct pair){path, a, b};
    return RSC_OK;
}

static rsc_status differ(struct walk *w, const struct pair *p)
{
    w->out->n_all++;
    if (w->found.len == RESULT_DIFFERENCES)
        return RSC_OK;
    struct result_difference *slot = vec_push(w->ctx, &w->found);
    if (!slot)
        return w->ctx->error.status;
    *slot = (struct result_difference){p->path, show(w->ctx, p->a),
                                       show(w->ctx, p->b)};
    return w->ctx->error.status;
}

/* Names of files are what the caller calls them. */
static bool is_label(struct str path)
{
    return str_eq(path, STR("provenance.resume.file")) ||
           str_eq(path, STR("provenance.job.file"));
}

static rsc_status open_object(struct walk *w, const struct pair *p)
{
    const char *dot = p->path.len ? "." : "";
    const json_t *side[2] = {p->a, p->b};
    for (int i = 0; i < 2; i++) {
        /* jansson's iterator wants to be able to change what it walks. */
        json_t *object = (json_t *)side[i];
        for (void *it = json_object_iter(object); it;
             it = json_object_iter_next(object, it)) {
            const char *key = json_object_iter_key(it);
            const json_t *a = json_object_get(p->a, key);
            if (i == 1 && a)
                continue; /* came with the first side */
            rsc_status st = push(
                w, ctx_printf(w->ctx, "%.*s%s%s", STR_ARG(p->path), dot, key),
                a, json_object_get(p->b, key));
            if (st)
                return st;
        }
    }
    return RSC_OK;
}

static rsc_status open_array(struct walk *w, const struct pair *p)
{
    size_t a = json_array_size(p->a), b = json_array_size(p->b);
    for (size_t i = 0; i < (a > b ? a : b); i++) {
        rsc_status st =
            push(w, ctx_printf(w->ctx, "%.*s[%zu]", STR_ARG(p->path), i),
                 json_array_get(p->a, i), json_array_get(p->b, i));
        if (st)
            return st;
    }
    return RSC_OK;
}

/* Walks from one pair down, level by level. */
static rsc_status compare_from(struct walk *w, const char *path,
                               const json_t *a, const json_t *b)
{
    w->queue.len = 0;
    rsc_status st = push(w, str_of(path), a, b);
    for (size_t i = 0; i < w->queue.len && !st; i++) {
        struct pair p = w->queue.items[i];
        if (is_label(p.path))
            continue;
        if (json_is_object(p.a) && json_is_object(p.b))
            st = open_object(w, &p);
        else if (json_is_array(p.a) && json_is_array(p.b))
            st = open_array(w, &p);
        else if (!p.a || !p.b || !json_equal(p.a, p.b))
            st = differ(w, &p);
    }
    return st;
}

static rsc_status load(struct ctx *ctx, json_t **out, struct str json,
                       const char *which)
{
    json_error_t error;
    json_t *value = json_loadb(json.data, json.len, 0, &error);
    if (!value)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the %s result is no JSON: %s "
                        "(line %d)",
                        which, error.text, error.line);
    if (json_integer_value(json_object_get(value, "version")) != 1 ||
        !json_is_number(json_object_get(value, "total")) ||
        !json_is_object(json_object_get(value, "provenance"))) {
        json_decref(value);
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the %s file is no result of version 1; give what "
                        "`score --json` wrote",
                        which);
    }
    *out = value;
    return RSC_OK;
}

static rsc_status compare(struct walk *w, json_t *a, json_t *b)
{
    struct result_comparison *out = w->out;
    rsc_status st =
        compare_from(w, "provenance", json_object_get(a, "provenance"),
                     json_object_get(b, "provenance"));
    out->same_inputs = out->n_all == 0;
    out->same_total =
        json_equal(json_object_get(a, "total"), json_object_get(b, "total"));
    json_object_del(a, "provenance");
    json_object_del(b, "provenance");
    if (st == RSC_OK)
        st = compare_from(w, "", a, b);
    out->items = w->found.items;
    out->n_items = w->found.len;
    return st;
}

rsc_status result_compare(struct ctx *ctx, struct result_comparison *out,
                          struct str old_json, struct str new_json)
{
    struct walk w = {.ctx = ctx, .out = out};
    json_t *a = NULL, *b = NULL;
    *out = (struct result_comparison){0};
    rsc_status st = load(ctx, &a, old_json, "saved");
    if (st == RSC_OK)
        st = load(ctx, &b, new_json, "new");
    if (st == RSC_OK)
        st = compare(&w, a, b);
    json_decref(a);
    json_decref(b);
    return st;
}

static struct str copy_of(struct ctx *ctx, const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? ctx_copy(ctx, str_of(text)) : STR("");
}

rsc_status result_question_read(struct ctx *ctx, struct result_question *out,
                                struct str json)
{
    json_t *value = NULL;
    rsc_status st = load(ctx, &value, json, "saved");
    if (st)
        return st;
    const json_t *provenance = json_object_get(value, "provenance");
    const json_t *skills =
        json_object_get(json_object_get(value, "what_if"), "skills");
    out->as_of = copy_of(ctx, json_object_get(provenance, "as_of"));
    out->weights = copy_of(ctx, json_object_get(provenance, "weights"));
    out->require = copy_of(ctx, json_object_get(provenance, "require"));
    out->job_title = copy_of(ctx, json_object_get(value, "job_title"));
    out->resume_sha256 = copy_of(
        ctx, json_object_get(json_object_get(provenance, "resume"), "sha256"));
    out->job_sha256 = copy_of(
        ctx, json_object_get(json_object_get(provenance, "job"), "sha256"));
    const json_t *entities = json_object_get(provenance, "entities");
    out->entities = json_is_object(entities);
    out->parse_entities = json_is_true(json_object_get(entities, "parser"));
    out->what_if = STR("");
    for (size_t i = 0; i < json_array_size(skills); i++) {
        struct str name =
            copy_of(ctx, json_object_get(json_array_get(skills, i), "name"));
        out->what_if = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(out->what_if),
                                  i ? "," : "", STR_ARG(name));
    }
    json_decref(value);
    return ctx->error.status;
}

void result_comparison_write(struct buf *out, const struct result_comparison *c)
{
    if (c->n_all == 0) {
        buf_put(out, STR("The same result, down to the last member.\n"));
        return;
    }
    buf_printf(out, "%s\n",
               c->same_total ? "The same total; other things differ."
                             : "The total differs.");
    if (c->same_inputs)
        buf_put(out, STR("Inputs and versions are the same, so this is a "
                         "defect: please report it.\n"));
    for (size_t i = 0; i < c->n_items; i++)
        buf_printf(out, "  %.*s: %.*s -> %.*s\n", STR_ARG(c->items[i].path),
                   STR_ARG(c->items[i].old_value),
                   STR_ARG(c->items[i].new_value));
    if (c->n_all > c->n_items)
        buf_printf(out, "  ... and %zu more\n", c->n_all - c->n_items);
}
