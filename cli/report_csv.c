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

static void put_head(struct buf *out, const struct ranking *ranking)
{
    rsc_requirement r;

    buf_put(out, STR("place,place_best,place_worst,file,total,band,low,high,"
                     "coverage,error"));
    for (size_t i = 0; i < ranking->n_requirements; i++) {
        char label[300];
        rsc_result_requirement(ranking->items[0].result, i, &r);
        snprintf(label, sizeof(label), "%s: %s (of %u.%02u)", r.kind, r.label,
                 r.weight / 100, r.weight % 100);
        put_text(out, label);
    }
    buf_put(out, STR("\r\n"));
}

static void put_candidate(struct buf *out, const struct ranking *ranking,
                          const struct candidate *c)
{
    rsc_requirement r;

    buf_printf(out, "%zu,%zu,%zu", c->place, c->best, c->worst);
    put_text(out, c->path);
    put_points(out, c->summary.total);
    put_text(out, c->summary.band);
    put_points(out, c->summary.low);
    put_points(out, c->summary.high);
    put_points(out, c->summary.coverage);
    put_text(out, "");
    for (size_t i = 0; i < ranking->n_requirements; i++) {
        rsc_result_requirement(c->result, i, &r);
        /* Unknown is an empty cell, not a zero. */
        if (r.assessed)
            put_points(out, r.points);
        else
            put_text(out, "");
    }
    buf_put(out, STR("\r\n"));
}

void report_write_csv(struct buf *out, const struct ranking *ranking,
                      size_t top)
{
    put_head(out, ranking);
    for (size_t i = 0; i < ranking->n && i < top; i++)
        if (ranking->items[i].result)
            put_candidate(out, ranking, &ranking->items[i]);
    for (size_t i = 0; i < ranking->n; i++) {
        const struct candidate *c = &ranking->items[i];
        if (c->result)
            continue;
        buf_put(out, STR(",,"));
        put_text(out, c->path);
        buf_put(out, STR(",,,,,"));
        put_text(out, c->err.message);
        buf_put(out, STR("\r\n"));
    }
}
