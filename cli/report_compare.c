/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "report.h"
#include "terminal.h"

#define MOST_COMPARED 5
/* Columns of "100.00", and of the blanks in front of it. */
#define POINTS 6
#define CELL   (POINTS + 2)
/* Columns of "10.72-12.50". */
#define WEIGHTS 11

/* The candidates that are shown: one letter each. */
struct comparison {
    const struct ranking *ranking;
    rsc_result *results[MOST_COMPARED];
    size_t n;
    size_t label; /* columns */
};

static void put_label(const char *text, size_t width)
{
    size_t used = terminal_put(stdout, str_of(text), width);

    printf("%*s", (int)(width - used), "");
}

static void put_points(uint32_t points)
{
    printf("  %3u.%02u", points / 100, points % 100);
}

static void put_candidates(const struct comparison *c)
{
    if (c->ranking->job_title[0]) {
        printf("\n  ");
        terminal_put(stdout, str_of(c->ranking->job_title),
                     terminal_width() - 4);
        putchar('\n');
    }
    putchar('\n');
    for (size_t i = 0; i < c->n; i++) {
        const struct candidate *candidate = &c->ranking->items[i];
        printf("  %c", (char)('A' + i));
        put_points(candidate->summary.total);
        printf("  %-13s  ", candidate->summary.band);
        terminal_put_path(stdout, str_of(candidate->name),
                          terminal_width() - 30);
        putchar('\n');
    }
}

static void put_head(const struct comparison *c)
{
    printf("\n  %s%-*s  %*s", terminal_colour(stdout, COLOUR_BOLD),
           (int)c->label, "", WEIGHTS, "of");
    for (size_t i = 0; i < c->n; i++)
        printf("%*c", CELL, (char)('A' + i));
    printf("%s\n", terminal_colour(stdout, COLOUR_OFF));
}

/* What is not assessed gives its weight to the others, so that one requirement
 * may weigh more for one candidate than for another. */
static void put_weights(const struct comparison *c, size_t k)
{
    uint32_t least = UINT32_MAX, most = 0;
    char text[32] = "";
    rsc_requirement r;

    for (size_t i = 0; i < c->n; i++) {
        rsc_result_requirement(c->results[i], k, &r);
        if (!r.assessed)
            continue;
        least = r.weight < least ? r.weight : least;
        most = r.weight > most ? r.weight : most;
    }
    if (least < most)
        snprintf(text, sizeof(text), "%u.%02u-%u.%02u", least / 100,
                 least % 100, most / 100, most % 100);
    else if (least == most)
        snprintf(text, sizeof(text), "%u.%02u", most / 100, most % 100);
    printf("  %*s", WEIGHTS, text);
}

static void put_requirement(const struct comparison *c, size_t k)
{
    rsc_requirement r;

    rsc_result_requirement(c->results[0], k, &r);
    printf("  ");
    put_label(r.label, c->label);
    put_weights(c, k);
    for (size_t i = 0; i < c->n; i++) {
        rsc_result_requirement(c->results[i], k, &r);
        if (r.assessed)
            put_points(r.points);
        else
            printf("%*c", CELL, '?');
    }
    putchar('\n');
}

static void put_totals(const struct comparison *c)
{
    printf("  %s", terminal_colour(stdout, COLOUR_BOLD));
    put_label("total", c->label);
    printf("  %*s", WEIGHTS, "100.00");
    for (size_t i = 0; i < c->n; i++)
        put_points(c->ranking->items[i].summary.total);
    printf("%s\n\n  ? not assessed; its weight goes to the others\n",
           terminal_colour(stdout, COLOUR_OFF));
}

void report_print_compare(struct ranking *ranking)
{
    struct comparison c = {.ranking = ranking};
    size_t n = ranking->n - ranking->n_failed;

    for (; c.n < n && c.n < MOST_COMPARED; c.n++)
        if (!(c.results[c.n] = rank_result(ranking, c.n)))
            break;
    if (c.n == 0)
        return;
    /* No terminal is narrower than 40 columns; there labels are lost first. */
    size_t numbers = 2 + 2 + WEIGHTS + c.n * CELL;
    c.label = terminal_width() > numbers + 8 ? terminal_width() - numbers : 8;
    put_candidates(&c);
    put_head(&c);
    for (size_t k = 0; k < ranking->n_requirements; k++)
        put_requirement(&c, k);
    put_totals(&c);
    for (size_t i = 0; i < c.n; i++)
        rsc_result_free(c.results[i]);
}
