/* SPDX-License-Identifier: MIT */
/* The table and the JSON of `rank`. */

#include <stdio.h>

#include "base/json.h"
#include "rank.h"
#include "terminal.h"

/* Labels of requirements that found nothing, as a short list. */
static size_t put_missing(const rsc_result *result, size_t n, size_t room)
{
    rsc_requirement r;
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        rsc_result_requirement(result, i, &r);
        size_t width = terminal_columns(str_of(r.label)) + (used ? 2 : 0);
        if (!r.must || !r.assessed || r.points || used + width > room)
            continue;
        printf("%s", used ? ", " : "");
        terminal_put(stdout, str_of(r.label), room);
        used += width;
    }
    return used;
}

/* "2", or "2-4" where it is as good as a tie. */
static void put_place(const struct candidate *c)
{
    char text[48];

    if (c->best == c->worst)
        snprintf(text, sizeof(text), "%zu", c->place);
    else
        snprintf(text, sizeof(text), "%zu-%zu", c->best, c->worst);
    printf("  %5s", text);
}

void rank_print_table(const struct ranking *ranking, size_t top)
{
    unsigned width = terminal_width();
    size_t name = (width - 36) / 2;

    if (ranking->job_title[0])
        printf("\n  %s\n", ranking->job_title);
    printf("\n  %s%5s  %6s  %-13s  %-*s  %s%s\n",
           terminal_colour(stdout, COLOUR_BOLD), "", "Score", "", (int)name,
           "Resume", "Not found", terminal_colour(stdout, COLOUR_OFF));
    for (size_t i = 0; i < ranking->n && i < top; i++) {
        const struct candidate *c = &ranking->items[i];
        if (!c->result)
            break;
        put_place(c);
        printf("  %3u.%02u  %-13s  ", c->summary.total / 100,
               c->summary.total % 100, c->summary.band);
        size_t used = terminal_put_path(stdout, str_of(c->path), name);
        printf("%*s  ", (int)(name - used), "");
        put_missing(c->result, c->summary.n_requirements, width - 36 - name);
        putchar('\n');
    }
    if (ranking->n_failed)
        printf("\n  %zu of %zu files could not be scored; see above.\n",
               ranking->n_failed, ranking->n);
    putchar('\n');
}

static void write_failed(struct json *j, const struct candidate *c)
{
    json_open(j, '{');
    json_put_str(j, "file", str_of(c->path));
    json_put_str(j, "code", str_of(rsc_status_name(c->err.status)));
    json_put_str(j, "message", str_of(c->err.message));
    json_close(j, '}');
}

/* A result is a finished JSON object already; it goes in as it is. */
static void write_result(struct json *j, const struct candidate *c)
{
    size_t len;
    const char *text = rsc_result_json(c->result, &len);

    json_open(j, '{');
    json_put_int(j, "place", (int64_t)c->place);
    json_put_int(j, "place_best", (int64_t)c->best);
    json_put_int(j, "place_worst", (int64_t)c->worst);
    json_put_str(j, "file", str_of(c->path));
    json_key(j, "result");
    json_raw(j, (struct str){text, len});
    json_close(j, '}');
}

void rank_write_json(struct buf *out, const struct ranking *ranking, size_t top)
{
    struct json j = json_to(out, 2);

    json_open(&j, '{');
    json_put_str(&j, "job_title", str_of(ranking->job_title));
    json_key(&j, "results");
    json_open(&j, '[');
    for (size_t i = 0; i < ranking->n && i < top; i++) {
        if (ranking->items[i].result)
            write_result(&j, &ranking->items[i]);
    }
    json_close(&j, ']');
    json_key(&j, "failed");
    json_open(&j, '[');
    for (size_t i = 0; i < ranking->n; i++) {
        if (!ranking->items[i].result)
            write_failed(&j, &ranking->items[i]);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
