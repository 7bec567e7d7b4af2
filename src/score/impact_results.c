/* SPDX-License-Identifier: MIT */
#include <jansson.h>

#include "base/vec.h"
#include "score/impact.h"

/* A JSON number of points as hundredths. */
static uint32_t hundredths(const json_t *value)
{
    double points = json_number_value(value);
    return points > 0 && points <= 100 ? (uint32_t)(points * 100 + 0.5) : 0;
}

static struct str text_of(struct ctx *ctx, const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? ctx_copy(ctx, str_of(text)) : STR("");
}

static rsc_status read_result(struct ctx *ctx, struct impact_candidate *out,
                              const json_t *result)
{
    const json_t *provenance = json_object_get(result, "provenance");
    const json_t *file =
        json_object_get(json_object_get(provenance, "resume"), "file");
    const json_t *requirements = json_object_get(result, "requirements");
    const json_t *total = json_object_get(result, "total");
    if (!json_is_number(total) || !json_is_array(requirements) ||
        !json_is_string(file))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "an entry of the results has no total, requirements "
                        "or file name; give the JSON of rank or score");
    *out = (struct impact_candidate){.id = text_of(ctx, file),
                                     .total = hundredths(total)};
    for (size_t i = 0; i < json_array_size(requirements); i++) {
        const json_t *one = json_array_get(requirements, i);
        struct str kind = text_of(ctx, json_object_get(one, "kind"));
        for (size_t k = 0; k < IMPACT_KINDS; k++) {
            if (!str_eq(kind, str_of(requirement_kind_name(
                                  (enum requirement_kind)k))))
                continue;
            out->has[k] = true;
            out->points[k] += hundredths(json_object_get(one, "points"));
        }
    }
    return ctx->error.status;
}

struct candidates {
    struct impact_candidate *items;
    size_t len, cap;
};

static rsc_status read_value(struct ctx *ctx, struct candidates *out,
                             const json_t *value)
{
    const json_t *results = json_object_get(value, "results");
    if (json_is_array(value) || json_is_array(results)) {
        const json_t *array = json_is_array(value) ? value : results;
        for (size_t i = 0; i < json_array_size(array); i++) {
            const json_t *one = json_array_get(array, i);
            /* A file that failed stands among the others with its error. */
            if (json_object_get(one, "error"))
                continue;
            /* rank puts place and file beside the result. */
            if (json_is_object(json_object_get(one, "result")))
                one = json_object_get(one, "result");
            struct impact_candidate *slot = vec_push(ctx, out);
            if (!slot)
                return ctx->error.status;
            rsc_status st = read_result(ctx, slot, one);
            if (st)
                return st;
        }
        return RSC_OK;
    }
    struct impact_candidate *slot = vec_push(ctx, out);
    return slot ? read_result(ctx, slot, value) : ctx->error.status;
}

rsc_status impact_read_results(struct ctx *ctx, struct impact_candidate **out,
                               size_t *n, struct str json)
{
    struct candidates list = {0};
    struct str rest = str_trim(json);
    rsc_status st = RSC_OK;
    while (rest.len > 0 && !st) {
        json_error_t error;
        /* Reads one value and leaves the rest: results may stand one per
         * line. */
        json_t *value =
            json_loadb(rest.data, rest.len, JSON_DISABLE_EOF_CHECK, &error);
        if (!value)
            return ctx_fail(ctx, RSC_EFORMAT,
                            "the results are no JSON: %s (line %d)", error.text,
                            error.line);
        st = read_value(ctx, &list, value);
        json_decref(value);
        rest = str_trim(str_slice(rest, (size_t)error.position, rest.len));
    }
    *out = list.items;
    *n = list.len;
    return st;
}
