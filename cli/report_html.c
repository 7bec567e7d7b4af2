/* SPDX-License-Identifier: MIT */
#include "base/html_text.h"
#include "report.h"

/* Plain enough to print, and readable in the dark. Nothing is loaded. */
#define STYLE                                                                  \
    ":root{color-scheme:light dark}"                                           \
    "body{font:15px/1.45 system-ui,sans-serif;max-width:60em;margin:2em auto;" \
    "padding:0 1em;color:#222;background:#fff;overflow-wrap:anywhere}"         \
    "table{border-collapse:collapse;width:100%}"                               \
    "td,th{padding:.3em .5em;text-align:left;vertical-align:top;"              \
    "border-bottom:1px solid #ddd}"                                            \
    "td.n,th.n{text-align:right;white-space:nowrap}"                           \
    ".bar{background:#e4e4e4;width:7em;height:.8em;display:inline-block}"      \
    ".bar i{background:#2a7a4b;height:100%;display:block}"                     \
    ".part .bar i{background:#c28a1c}.unknown{color:#777}"                     \
    "q{font-style:italic}small{color:#555}section{break-before:page}"          \
    "tr{break-inside:avoid}.bar,.bar i{print-color-adjust:exact;"              \
    "-webkit-print-color-adjust:exact}"                                        \
    "@media(max-width:45em){table,tbody{display:block}tr{display:block;"       \
    "border-bottom:1px solid #ddd;padding:.3em 0}th{display:none}"             \
    "td,td.n{border:0;padding:.1em .5em .1em 0;text-align:left;"               \
    "display:inline-block}td[data-name]:before{content:attr(data-name) ' '}"   \
    ".long{display:block}}"                                                    \
    "@media screen and (prefers-color-scheme:dark){body{background:#181a1b;"   \
    "color:#ddd}td,th,tr{border-color:#444}.bar{background:#3a3d3f}"           \
    "small,.unknown{color:#aaa}}"

static void put_text(struct buf *out, const char *text)
{
    html_text_put(out, str_of(text));
}

static void put_points(struct buf *out, uint32_t hundredths)
{
    buf_printf(out, "%u.%02u", hundredths / 100, hundredths % 100);
}

static void put_bar(struct buf *out, uint32_t points, uint32_t weight)
{
    unsigned percent = weight ? (unsigned)((uint64_t)points * 100 / weight) : 0;

    buf_printf(out,
               "<span class=bar aria-hidden=true><i style=\"width:%u%%\"></i>"
               "</span>",
               percent);
}

static void put_place(struct buf *out, const struct candidate *c)
{
    buf_printf(out, "%zu", c->place);
    if (c->best != c->worst)
        buf_printf(out, " <small>(%zu&ndash;%zu)</small>", c->best, c->worst);
}

static void put_row(struct buf *out, const struct candidate *c, size_t i)
{
    buf_put(out, STR("<tr><td class=n>"));
    put_place(out, c);
    buf_printf(out, "<td class=long><a href=\"#c%zu\">", i);
    put_text(out, c->name);
    buf_put(out, STR("</a><td>"));
    put_bar(out, c->summary.total, 10000);
    buf_put(out, STR("<td class=n>"));
    put_points(out, c->summary.total);
    buf_put(out, STR("<td>"));
    put_text(out, c->summary.band);
    buf_put(out, STR("<td class=n data-name=\"could be\">"));
    put_points(out, c->summary.low);
    buf_put(out, STR("&ndash;"));
    put_points(out, c->summary.high);
    buf_put(out, STR("</tr>\n"));
}

static void put_requirement(struct buf *out, const rsc_requirement *r)
{
    const char *look = !r->assessed ? "unknown" : r->met ? "met" : "part";

    buf_printf(out, "<tr class=%s><td class=long>", look);
    put_text(out, r->label);
    buf_printf(out, " <small>%s, %s</small><td>", r->kind,
               r->required ? "required"
               : r->must   ? "must"
                           : "wish");
    if (r->assessed) {
        put_bar(out, r->points, r->weight);
        buf_put(out, STR("<td class=n>"));
        put_points(out, r->points);
        buf_put(out, STR(" of "));
        put_points(out, r->weight);
    } else {
        buf_put(out, STR("<td class=n>not assessed"));
    }
    buf_put(out, STR("<td class=long>"));
    put_text(out, r->reason);
    if (r->evidence[0]) {
        buf_put(out, STR("<br><q>"));
        put_text(out, r->evidence);
        buf_printf(out, "</q> <small>page %u, %s, sure to %u %%</small>",
                   r->page, r->how, r->confidence / 10);
    }
    buf_put(out, STR("</tr>\n"));
}

static void put_sum(struct buf *out, const rsc_summary *summary)
{
    put_points(out, summary->total);
    buf_put(out, STR(" of 100, "));
    put_text(out, summary->band);
    buf_put(out, STR("; "));
    put_points(out, summary->coverage);
    buf_put(out, STR(" % of the job could be judged"));
    if (summary->coverage < 10000) {
        buf_put(out, STR("; what is unknown could make it "));
        put_points(out, summary->low);
        buf_put(out, STR(" to "));
        put_points(out, summary->high);
    }
}

static void put_candidate(struct buf *out, struct ranking *ranking, size_t i)
{
    const struct candidate *c = &ranking->items[i];
    rsc_result *result = rank_result(ranking, i);
    rsc_summary summary;
    rsc_requirement r;

    if (!result)
        return;
    buf_printf(out, "<section id=c%zu><h2>", i);
    put_text(out, c->name);
    buf_put(out, STR("</h2>\n<p>"));
    rsc_result_summary(result, &summary);
    put_sum(out, &summary);
    buf_put(out, STR(".</p>\n"));
    if (summary.band_reason[0]) {
        buf_put(out, STR("<p>"));
        put_text(out, summary.band_reason);
        buf_put(out, STR("</p>\n"));
    }
    for (size_t k = 0; k < c->summary.n_warnings; k++) {
        buf_put(out, STR("<p><b>Note:</b> "));
        put_text(out, rsc_result_warning(result, k));
        buf_put(out, STR("</p>\n"));
    }
    buf_put(out, STR("<table><tr><th>Asked for<td><th class=n>Points<th>Why"
                     "</tr>\n"));
    for (size_t k = 0; k < c->summary.n_requirements; k++) {
        rsc_result_requirement(result, k, &r);
        put_requirement(out, &r);
    }
    buf_put(out, STR("</table></section>\n"));
    rsc_result_free(result);
}

static void put_failed(struct buf *out, const struct ranking *ranking)
{
    if (ranking->n_failed == 0)
        return;
    buf_put(out, STR("<h2>Not scored</h2>\n<ul>\n"));
    for (size_t i = 0; i < ranking->n; i++) {
        if (!ranking->items[i].err)
            continue;
        buf_put(out, STR("<li>"));
        put_text(out, ranking->items[i].path);
        buf_put(out, STR(": "));
        put_text(out, ranking->items[i].err->message);
        buf_put(out, STR("\n"));
    }
    buf_put(out, STR("</ul>\n"));
}

static void put_head(struct buf *out, const struct ranking *ranking)
{
    const char *title = ranking->job_title[0] ? ranking->job_title
                        : ranking->of_jobs    ? "Jobs for one resume"
                                              : "Ranking";

    buf_put(out, STR("<!doctype html>\n<html lang=en><meta charset=utf-8>"
                     "<meta name=viewport content=\"width=device-width\">"
                     "<meta http-equiv=Content-Security-Policy content=\""
                     "default-src 'none'; style-src 'unsafe-inline'\">"
                     "<title>"));
    put_text(out, title);
    buf_put(out, STR("</title>\n<style>" STYLE "</style>\n<h1>"));
    put_text(out, title);
    buf_put(out,
            STR("</h1>\n<p>The points advise; a person decides. Places in "
                "brackets are those that a tenth more or less weight of one "
                "kind of requirement would give: who shares them is as good "
                "as equal. \"Could be\" is what the points would be if all "
                "that could not be judged had earned nothing, and "
                "everything.</p>\n"));
}

void report_write_html(struct buf *out, struct ranking *ranking, size_t top)
{
    put_head(out, ranking);
    buf_printf(out,
               "<table><tr><th class=n>Place<th>%s<td><th class=n>Points"
               "<th>Band<th class=n>Could be</tr>\n",
               ranking->of_jobs ? "Job" : "Resume");
    for (size_t i = 0; i < ranking->n && i < top; i++)
        if (!ranking->items[i].err)
            put_row(out, &ranking->items[i], i);
    buf_put(out, STR("</table>\n"));
    put_failed(out, ranking);
    for (size_t i = 0; i < ranking->n && i < top; i++)
        if (!ranking->items[i].err)
            put_candidate(out, ranking, i);
    buf_printf(out,
               "<footer><small>Resume Scorer %s, as of %s</small></footer>"
               "</html>\n",
               rsc_version(), ranking->state->as_of);
}
