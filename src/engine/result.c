/* SPDX-License-Identifier: MIT */
#include "engine/result.h"

#include "engine/object.h"

rsc_result *result_new(rsc_error *err)
{
    rsc_result *result = object_new(sizeof(*result), err);

    if (!result)
        return NULL;
    mem_init(&result->mem, "requests", 0);
    ctx_init(&result->ctx, &result->mem);
    return result;
}

static const char *copy(struct ctx *ctx, struct str s)
{
    struct str copied = ctx_copy(ctx, s);

    return copied.data ? copied.data : "";
}

static void fill_requirement(struct ctx *ctx, rsc_requirement *out,
                             const struct score_input *input,
                             const struct requirement *r,
                             const struct requirement_score *s)
{
    *out = (rsc_requirement){
        .label = copy(ctx, r->label),
        .kind = requirement_kind_name(r->kind),
        .must = r->must,
        .required = r->required,
        .assessed = s->assessed,
        .met = s->met,
        .weight = s->weight,
        .points = s->points,
        .how = match_how_name(s->how),
        .evidence = "",
        .reason = copy(ctx, s->reason),
    };
    if (!s->n_evidence)
        return;
    const struct evidence *best = &s->evidence[0];
    out->confidence = best->confidence;
    out->evidence = copy(ctx, best->text);
    if (!span_is_empty(best->span))
        out->page = document_page_at(input->resume->document, best->span.start);
}

rsc_status result_fill(struct rsc_result *result,
                       const struct score_input *input,
                       const struct score *score,
                       const struct what_ifs *what_ifs, struct str json)
{
    struct ctx *ctx = &result->ctx;
    size_t n = score->n_requirements;

    result->json = ctx_copy(ctx, json);
    result->requirements =
        ctx_alloc_array(ctx, n, sizeof(result->requirements[0]));
    result->warnings =
        ctx_alloc_array(ctx, score->n_warnings, sizeof(result->warnings[0]));
    result->what_ifs =
        ctx_alloc_array(ctx, what_ifs->len, sizeof(result->what_ifs[0]));
    if (ctx->error.status)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        fill_requirement(ctx, &result->requirements[i], input,
                         &input->job->requirements[i], &score->requirements[i]);
    for (size_t i = 0; i < score->n_warnings; i++)
        result->warnings[i] = copy(ctx, score->warnings[i].text);
    for (size_t i = 0; i < what_ifs->len; i++) {
        const struct what_if *one = &what_ifs->items[i];
        result->what_ifs[i] = (rsc_what_if){copy(ctx, one->name), one->is_asked,
                                            one->total, one->gain};
    }
    result->summary = (rsc_summary){
        .total = score->total,
        .low = score->low,
        .high = score->high,
        .coverage = score->coverage,
        .band = copy(ctx, score->band),
        .band_reason = copy(ctx, score->band_reason),
        .job_title = copy(ctx, input->job->title),
        .n_requirements = n,
        .n_what_ifs = what_ifs->len,
        .n_warnings = score->n_warnings,
    };
    return ctx->error.status;
}

const char *rsc_result_analyze_json(const rsc_result *result, size_t *len)
{
    if (len)
        *len = result->analyze.len;
    return result->analyze.data;
}

const char *rsc_result_json(const rsc_result *result, size_t *len)
{
    if (len)
        *len = result->json.len;
    return result->json.data;
}

static const char *text_of(struct str text, size_t *len)
{
    if (len)
        *len = text.len;
    return text.data ? text.data : "";
}

const char *rsc_result_sheet(const rsc_result *result, size_t *len)
{
    return text_of(result->sheet, len);
}

void rsc_result_summary(const rsc_result *result, rsc_summary *out)
{
    *out = result->summary;
}

void rsc_result_requirement(const rsc_result *result, size_t i,
                            rsc_requirement *out)
{
    *out = result->requirements[i];
}

void rsc_result_what_if(const rsc_result *result, size_t i, rsc_what_if *out)
{
    *out = result->what_ifs[i];
}

const char *rsc_result_warning(const rsc_result *result, size_t i)
{
    return result->warnings[i];
}

void rsc_result_free(rsc_result *result)
{
    if (result)
        ctx_clear(&result->ctx);
    object_free(result, sizeof(*result));
}
