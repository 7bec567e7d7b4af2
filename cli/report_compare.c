/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "report.h"
#include "terminal.h"

#define MOST_COMPARED 5
/* Columns of "100.00". */
#define POINTS 6

static void put_cell(const char *text, size_t width)
{
    size_t used = terminal_put(stdout, str_of(text), width);

    printf("%*s  ", (int)(width - used), "");
}

static void put_points(uint32_t points, size_t width)
{
    char text[16];

    snprintf(text, sizeof(text), "%u.%02u", points / 100, points % 100);
    put_cell(text, width);
}

/* The candidates that are shown, and how wide their columns are. */
struct comparison {
    const struct ranking *ranking;
    rsc_result *results[MOST_COMPARED];
    size_t n;
    size_t label, cell;
};

static void put_head(const struct comparison *c)
{
    printf("\n  %s", terminal_colour(stdout, COLOUR_BOLD));
    put_cell(c->ranking->job_title, c->label);
    put_cell("of", POINTS);
    for (size_t i = 0; i < c->n; i++) {
        struct str path = str_of(c->ranking->items[i].path);
        size_t used = terminal_put_path(stdout, path, c->cell);
        printf("%*s  ", (int)(c->cell - used), "");
    }
    printf("%s\n", terminal_colour(stdout, COLOUR_OFF));
}

static void put_requirement(const struct comparison *c, size_t k)
{
    rsc_requirement r;
    uint32_t weight = 0;

    /* Who was not assessed here has no weight to show. */
    for (size_t i = 0; i < c->n; i++) {
        rsc_result_requirement(c->results[i], k, &r);
        weight = r.weight > weight ? r.weight : weight;
    }
    printf("  ");
    put_cell(r.label, c->label);
    put_points(weight, POINTS);
    for (size_t i = 0; i < c->n; i++) {
        rsc_result_requirement(c->results[i], k, &r);
        if (r.assessed)
            put_points(r.points, c->cell);
        else
            put_cell("?", c->cell);
    }
    putchar('\n');
}

static void put_totals(const struct comparison *c)
{
    printf("  %s", terminal_colour(stdout, COLOUR_BOLD));
    put_cell("total", c->label);
    put_points(10000, POINTS);
    for (size_t i = 0; i < c->n; i++)
        put_points(c->ranking->items[i].summary.total, c->cell);
    printf("%s\n  ", terminal_colour(stdout, COLOUR_OFF));
    put_cell("", c->label + 2 + POINTS);
    for (size_t i = 0; i < c->n; i++)
        put_cell(c->ranking->items[i].summary.band, c->cell);
    printf("\n\n  ? not assessed; its weight goes to the others\n");
}

void report_print_compare(struct ranking *ranking)
{
    struct comparison c = {.ranking = ranking};
    unsigned width = terminal_width();
    size_t n = ranking->n - ranking->n_failed;

    for (; c.n < n && c.n < MOST_COMPARED; c.n++)
        if (!(c.results[c.n] = rank_result(ranking, c.n)))
            break;
    if (c.n == 0)
        return;
    c.label = width / 3;
    c.cell = (width - c.label - POINTS - 6) / c.n - 2;
    put_head(&c);
    for (size_t k = 0; k < ranking->n_requirements; k++)
        put_requirement(&c, k);
    put_totals(&c);
    for (size_t i = 0; i < c.n; i++)
        rsc_result_free(c.results[i]);
}
