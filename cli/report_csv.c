/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/csv.h"
#include "report.h"

static void put_text(struct buf *out, const char *text)
{
    csv_put(out, str_of(text), false);
}

/* Numbers are ours: no cell of theirs can be a formula. */
static void put_points(struct buf *out, uint32_t hundredths)
{
    buf_printf(out, ",%u.%02u", hundredths / 100, hundredths % 100);
}

static void put_head(struct buf *out, struct ranking *ranking)
{
    rsc_result *first =
        ranking->n_requirements ? rank_result(ranking, 0) : NULL;
    rsc_requirement r;

    buf_put(out, STR("place,place_best,place_worst,file,total,band,low,high,"
                     "coverage,error,job_title"));
    for (size_t i = 0; first && i < ranking->n_requirements; i++) {
        char label[300];
        rsc_result_requirement(first, i, &r);
        snprintf(label, sizeof(label), "%s: %s", r.kind, r.label);
        put_text(out, label);
        snprintf(label, sizeof(label), "of: %s", r.label);
        put_text(out, label);
    }
    rsc_result_free(first);
    buf_put(out, STR("\r\n"));
}

/* What is not assessed gives its weight to the others: each candidate has
 * weights of its own. */
static void put_requirement(struct buf *out, const rsc_requirement *r)
{
    if (r->assessed) {
        put_points(out, r->points);
        put_points(out, r->weight);
    } else {
        /* Unknown is an empty cell, not a zero. */
        buf_put(out, STR(",,"));
    }
}

static void put_candidate(struct buf *out, struct ranking *ranking, size_t at)
{
    const struct candidate *c = &ranking->items[at];
    rsc_result *result = rank_result(ranking, at);
    rsc_summary summary = {.job_title = ""};
    rsc_requirement r;

    if (result)
        rsc_result_summary(result, &summary);
    buf_printf(out, "%zu,%zu,%zu", c->place, c->best, c->worst);
    put_text(out, c->path);
    put_points(out, c->summary.total);
    put_text(out, c->summary.band);
    put_points(out, c->summary.low);
    put_points(out, c->summary.high);
    put_points(out, c->summary.coverage);
    put_text(out, "");
    put_text(out, summary.job_title);
    for (size_t i = 0; result && i < ranking->n_requirements; i++) {
        rsc_result_requirement(result, i, &r);
        put_requirement(out, &r);
    }
    rsc_result_free(result);
    buf_put(out, STR("\r\n"));
}

void report_write_csv(struct buf *out, struct ranking *ranking, size_t top)
{
    put_head(out, ranking);
    for (size_t i = 0; i < ranking->n && i < top; i++)
        if (!ranking->items[i].err)
            put_candidate(out, ranking, i);
    for (size_t i = 0; i < ranking->n; i++) {
        const struct candidate *c = &ranking->items[i];
        if (!c->err)
            continue;
        buf_put(out, STR(",,"));
        put_text(out, c->path);
        buf_put(out, STR(",,,,,"));
        put_text(out, c->err->message);
        buf_put_char(out, ',');
        for (size_t k = 0; k < ranking->n_requirements; k++)
            buf_put(out, STR(",,"));
        buf_put(out, STR("\r\n"));
    }
}
