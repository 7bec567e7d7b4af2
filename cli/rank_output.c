/* SPDX-License-Identifier: MIT */
/* The table and the JSON of `rank`. */

#include <stdio.h>

#include "base/json.h"
#include "rank.h"
#include "terminal.h"

/* Columns of " +123". */
#define MORE 5

rsc_result *rank_result(struct ranking *ranking, size_t i)
{
    const struct candidate *c = &ranking->items[i];
    rsc_result *result;
    rsc_error err;

    if (rank_state_read(ranking->state, &result, c->at, c->len, &err) &&
        !ranking->err.status)
        ranking->err = err;
    return result;
}

const char *rank_kind(const char *name)
{
    static const char *const kinds[] = {"skill",    "years",      "degree",
                                        "language", "licence",    "duty",
                                        "title",    "certificate"};
    size_t i = 0;

    while (i + 1 < sizeof(kinds) / sizeof(kinds[0]) && strcmp(kinds[i], name))
        i++;
    return kinds[i];
}

static bool is_missing(const rsc_requirement *r)
{
    return r->must && r->assessed && !r->points;
}

/* Prints the labels that fit, after what was printed already; *left is how
 * many there are still. Returns the columns in use. */
static size_t put_fitting(const rsc_result *result, size_t n, size_t room,
                          size_t *left)
{
    rsc_requirement r;
    size_t used = 0;

    for (size_t i = 0; i < n && *left; i++) {
        rsc_result_requirement(result, i, &r);
        size_t width = terminal_columns(str_of(r.label)) + (used ? 2 : 0);
        if (!is_missing(&r) || used + width + (*left > 1 ? MORE : 0) > room)
            continue;
        printf("%s", used ? ", " : "");
        terminal_put(stdout, str_of(r.label), room);
        used += width;
        --*left;
    }
    return used;
}

/* Labels of musts that found nothing: what fits, and how many more. */
static void put_missing(const rsc_result *result, size_t n, size_t room)
{
    rsc_requirement r, first = {.label = NULL};
    size_t left = 0;

    for (size_t i = n; i-- > 0;) {
        rsc_result_requirement(result, i, &r);
        if (!is_missing(&r))
            continue;
        first = r;
        left++;
    }
    if (left && !put_fitting(result, n, room, &left)) {
        left--;
        terminal_put(stdout, str_of(first.label), room - (left ? MORE : 0));
    }
    if (left)
        printf(" +%zu", left);
}

/* Columns that stand in front of the name, without the ties. */
#define BEFORE_NAME 33
/* Columns of the name and of what is missing, at least. */
#define LEAST_ROOM 20

/* How wide the columns of the table are. */
struct layout {
    size_t ties; /* 0 where no place is as good as a tie */
    size_t name, missing;
};

/* " (10-14)", the places that are as good as a tie; "" where there are none.
 * Returns its columns. */
static size_t write_ties(char out[48], const struct candidate *c)
{
    out[0] = '\0';
    if (c->best == c->worst)
        return 0;
    return (size_t)snprintf(out, 48, " (%zu-%zu)", c->best, c->worst);
}

static struct layout lay_out(const struct ranking *ranking, size_t top)
{
    struct layout out = {.name = sizeof("Resume") - 1};
    char text[48];

    for (size_t i = 0; i < ranking->n && i < top; i++) {
        const struct candidate *c = &ranking->items[i];
        if (c->err)
            break;
        size_t name = terminal_columns(str_of(c->name));
        if (name > out.name)
            out.name = name;
        size_t ties = write_ties(text, c);
        if (ties > out.ties)
            out.ties = ties;
    }
    size_t width = terminal_width(), others = BEFORE_NAME + out.ties + 4;
    size_t room = width > others + LEAST_ROOM ? width - others : LEAST_ROOM;
    if (out.name > room * 3 / 5)
        out.name = room * 3 / 5;
    out.missing = room - out.name;
    return out;
}

/* The end of a path tells files apart; of a job's title it is the start. */
static void put_name(const struct ranking *ranking, const char *name,
                     size_t width)
{
    size_t used = (ranking->of_jobs ? terminal_put : terminal_put_path)(
        stdout, str_of(name), width);

    printf("%*s  ", (int)(width - used), "");
}

/* Returns whether the band is capped. */
static bool put_row(struct ranking *ranking, size_t i,
                    const struct layout *layout)
{
    const struct candidate *c = &ranking->items[i];
    rsc_result *result = rank_result(ranking, i);
    rsc_summary summary = {.band_reason = ""};
    char ties[48];

    if (result)
        rsc_result_summary(result, &summary);
    write_ties(ties, c);
    printf("  %5zu%-*s  %3u.%02u  %-13s%c  ", c->place, (int)layout->ties, ties,
           c->summary.total / 100, c->summary.total % 100, c->summary.band,
           summary.band_reason[0] ? '!' : ' ');
    put_name(ranking, c->name, layout->name);
    if (result)
        put_missing(result, c->summary.n_requirements, layout->missing);
    putchar('\n');
    rsc_result_free(result);
    return summary.band_reason[0] != 0;
}

static void put_rows(struct ranking *ranking, size_t top)
{
    struct layout layout = lay_out(ranking, top);
    bool capped = false;

    if (ranking->job_title[0]) {
        printf("\n  ");
        terminal_put(stdout, str_of(ranking->job_title), terminal_width() - 4);
        putchar('\n');
    }
    printf("\n  %s%5s%-*s  %6s  %-14s  %-*s  %s%s\n",
           terminal_colour(stdout, COLOUR_BOLD), "Place", (int)layout.ties, "",
           "Score", "Band", (int)layout.name,
           ranking->of_jobs ? "Job" : "Resume", "Musts not found",
           terminal_colour(stdout, COLOUR_OFF));
    for (size_t i = 0; i < ranking->n && i < top; i++) {
        if (ranking->items[i].err)
            break;
        capped |= put_row(ranking, i, &layout);
    }
    if (capped || layout.ties)
        putchar('\n');
    if (capped)
        printf("  ! what is required is missing, which caps the band\n");
    if (layout.ties)
        printf("  (3-5): the places that a tenth more or less weight of one "
               "kind of requirement\n  would give. Who shares them is as good "
               "as equal.\n");
}

void rank_print_table(struct ranking *ranking, size_t top)
{
    if (ranking->n_failed < ranking->n)
        put_rows(ranking, top);
    if (ranking->n_failed)
        printf("\n  %zu of %zu files could not be scored; see above.\n",
               ranking->n_failed, ranking->n);
    putchar('\n');
}

static void write_failed(struct json *j, const struct candidate *c)
{
    json_open(j, '{');
    json_put_str(j, "file", str_of(c->path));
    json_put_str(j, "code", str_of(rsc_status_name(c->err->status)));
    json_put_str(j, "message", str_of(c->err->message));
    json_close(j, '}');
}

/* A result is a finished JSON object already; it goes in as it is. */
static void write_result(struct json *j, struct ranking *ranking, size_t i)
{
    const struct candidate *c = &ranking->items[i];
    rsc_result *result = rank_result(ranking, i);
    size_t len;

    if (!result)
        return;
    const char *text = rsc_result_json(result, &len);
    json_open(j, '{');
    json_put_int(j, "place", (int64_t)c->place);
    json_put_int(j, "place_best", (int64_t)c->best);
    json_put_int(j, "place_worst", (int64_t)c->worst);
    json_put_str(j, "file", str_of(c->path));
    json_key(j, "result");
    json_raw(j, (struct str){text, len});
    json_close(j, '}');
    rsc_result_free(result);
}

/* What is ready goes out: thousands of results need no memory together. */
static void flush(struct json *j)
{
    fwrite(j->out->data, 1, j->out->len, stdout);
    buf_reset(j->out);
}

void rank_print_json(struct ranking *ranking, struct mem *mem, size_t top)
{
    struct buf out;
    struct json j = json_to(&out, 2);

    buf_init(&out, mem, (size_t)1 << 30);
    json_open(&j, '{');
    json_put_str(&j, "job_title", str_of(ranking->job_title));
    json_key(&j, "results");
    json_open(&j, '[');
    for (size_t i = 0; i < ranking->n && i < top; i++) {
        if (!ranking->items[i].err)
            write_result(&j, ranking, i);
        flush(&j);
    }
    json_close(&j, ']');
    json_key(&j, "failed");
    json_open(&j, '[');
    for (size_t i = 0; i < ranking->n; i++) {
        if (ranking->items[i].err)
            write_failed(&j, &ranking->items[i]);
    }
    json_close(&j, ']');
    rank_paths_json(&j, ranking->paths);
    json_close(&j, '}');
    buf_put_char(&out, '\n');
    flush(&j);
    buf_clear(&out);
}
