/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "report.h"
#include "terminal.h"

#define MOST_COMPARED 5

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

void report_print_compare(const struct ranking *ranking)
{
    size_t n = ranking->n - ranking->n_failed;
    unsigned width = terminal_width();
    rsc_requirement r;

    if (n > MOST_COMPARED)
        n = MOST_COMPARED;
    if (n == 0)
        return;
    size_t label = width / 3, cell = (width - label - 4) / n - 2;
    printf("\n  %s", terminal_colour(stdout, COLOUR_BOLD));
    put_cell(ranking->job_title, label);
    for (size_t i = 0; i < n; i++) {
        size_t used =
            terminal_put_path(stdout, str_of(ranking->items[i].path), cell);
        printf("%*s  ", (int)(cell - used), "");
    }
    printf("%s\n", terminal_colour(stdout, COLOUR_OFF));
    for (size_t k = 0; k < ranking->n_requirements; k++) {
        rsc_result_requirement(ranking->items[0].result, k, &r);
        printf("  ");
        put_cell(r.label, label);
        for (size_t i = 0; i < n; i++) {
            rsc_result_requirement(ranking->items[i].result, k, &r);
            if (r.assessed)
                put_points(r.points, cell);
            else
                put_cell("?", cell);
        }
        putchar('\n');
    }
    printf("  %s", terminal_colour(stdout, COLOUR_BOLD));
    put_cell("total", label);
    for (size_t i = 0; i < n; i++)
        put_points(ranking->items[i].summary.total, cell);
    printf("%s\n\n  ? not assessed\n", terminal_colour(stdout, COLOUR_OFF));
}
