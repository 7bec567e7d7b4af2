/* SPDX-License-Identifier: MIT */
/* A result from its own JSON: the counterpart of score/result_json.c. */

#include <jansson.h>

#include "engine/result.h"

struct reader {
    struct ctx *ctx;
    rsc_result *out;
};

static const char *text_at(struct reader *r, const json_t *object,
                           const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    struct str copy = text ? ctx_copy(r->ctx, str_of(text)) : STR("");

    return copy.data ? copy.data : "";
}

/* A number that was written with so many decimals, as an integer again. */
static uint32_t fixed_at(const json_t *object, const char *key, double scale)
{
    double value = json_number_value(json_object_get(object, key)) * scale;

    return value > 0 && value < 1e9 ? (uint32_t)(value + 0.5) : 0;
}

static uint32_t points_at(const json_t *object, const char *key)
{
    return fixed_at(object, key, 100);
}

static bool is_true(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

static void read_requirement(struct reader *r, rsc_requirement *out,
                             const json_t *item)
{
    const json_t *best = json_array_get(json_object_get(item, "evidence"), 0);

    *out = (rsc_requirement){
        .label = text_at(r, item, "label"),
        .kind = text_at(r, item, "kind"),
        .must = is_true(item, "must"),
        .required = is_true(item, "required"),
        .assessed = is_true(item, "assessed"),
        .met = is_true(item, "met"),
        .weight = points_at(item, "weight"),
        .points = points_at(item, "points"),
        .how = text_at(r, item, "how"),
        .confidence = fixed_at(item, "confidence", 1000),
        .evidence = text_at(r, best, "text"),
        .page = fixed_at(best, "page", 1),
        .reason = text_at(r, item, "reason"),
    };
}

static rsc_status read_lists(struct reader *r, const json_t *root)
{
    const json_t *asked = json_object_get(root, "requirements");
    const json_t *warnings = json_object_get(root, "warnings");
    const json_t *what_ifs =
        json_object_get(json_object_get(root, "what_if"), "skills");
    rsc_result *out = r->out;
    rsc_summary *s = &out->summary;

    s->n_requirements = json_array_size(asked);
    s->n_warnings = json_array_size(warnings);
    s->n_what_ifs = json_array_size(what_ifs);
    out->requirements = ctx_alloc_array(r->ctx, s->n_requirements,
                                        sizeof(out->requirements[0]));
    out->warnings =
        ctx_alloc_array(r->ctx, s->n_warnings, sizeof(out->warnings[0]));
    out->what_ifs =
        ctx_alloc_array(r->ctx, s->n_what_ifs, sizeof(out->what_ifs[0]));
    if (r->ctx->error.status)
        return r->ctx->error.status;
    for (size_t i = 0; i < s->n_requirements; i++)
        read_requirement(r, &out->requirements[i], json_array_get(asked, i));
    for (size_t i = 0; i < s->n_warnings; i++)
        out->warnings[i] = text_at(r, json_array_get(warnings, i), "text");
    for (size_t i = 0; i < s->n_what_ifs; i++) {
        const json_t *one = json_array_get(what_ifs, i);
        out->what_ifs[i] =
            (rsc_what_if){text_at(r, one, "name"), is_true(one, "asked"),
                          points_at(one, "total"), points_at(one, "gain")};
    }
    return r->ctx->error.status;
}

static rsc_status read_root(struct reader *r, const json_t *root)
{
    const json_t *range = json_object_get(root, "range");

    if (json_integer_value(json_object_get(root, "version")) !=
            RESULT_VERSION ||
        !json_is_number(json_object_get(root, "total")))
        return ctx_fail(r->ctx, RSC_EFORMAT, "this is no result of version %d",
                        RESULT_VERSION);
    r->out->summary = (rsc_summary){
        .total = points_at(root, "total"),
        .low = points_at(range, "low"),
        .high = points_at(range, "high"),
        .coverage = points_at(root, "coverage"),
        .band = text_at(r, root, "band"),
        .band_reason = text_at(r, root, "band_reason"),
        .job_title = text_at(r, root, "job_title"),
    };
    return read_lists(r, root);
}

rsc_status rsc_result_read(rsc_result **out, const char *json, size_t len,
                           rsc_error *err)
{
    rsc_result *result = result_new(err);
    json_error_t error;

    *out = NULL;
    if (!result)
        return RSC_ENOMEM;
    struct reader r = {&result->ctx, result};
    json_t *root = json_loadb(json, len, 0, &error);
    if (root)
        read_root(&r, root);
    else
        ctx_fail(r.ctx, RSC_EFORMAT, "the result is damaged: %s", error.text);
    json_decref(root);
    result->json = ctx_copy(r.ctx, (struct str){json, len});
    result->sheet = result->analyze = STR("");
    rsc_status st = ctx_error(r.ctx, err);
    if (st)
        rsc_result_free(result);
    else
        *out = result;
    return st;
}
