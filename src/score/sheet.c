/* SPDX-License-Identifier: MIT */
#include "score/sheet.h"

#include "base/utf8.h"
#include "score/advise.h"

#define COLUMNS 78

/* Appends text wrapped at COLUMNS; all lines but the first are indented by
 * `indent` (the first one stands behind what is there: `used` columns). */
static void put_wrapped(struct buf *out, struct str text, size_t indent,
                        size_t used)
{
    struct str rest = text, word;
    bool first = true;
    while (str_next_field(&rest, ' ', &word)) {
        size_t width = utf8_count(word);
        if (!first && used + 1 + width > COLUMNS) {
            buf_printf(out, "\n%*s", (int)indent, "");
            used = indent;
        } else if (!first) {
            buf_put_char(out, ' ');
            used++;
        }
        buf_put(out, word);
        used += width;
        first = false;
    }
    buf_put_char(out, '\n');
}

static void put_paragraph(struct buf *out, struct str text)
{
    put_wrapped(out, text, 0, 0);
}

static void put_item(struct buf *out, struct str text)
{
    buf_put(out, STR("  - "));
    put_wrapped(out, text, 4, 4);
}

enum part {
    PART_FOUND,
    PART_PARTLY,
    PART_MISSING,
    PART_UNKNOWN,
    PARTS
};

static const char *const part_title[PARTS] = {
    "What was found", "What was found in part", "What was not found",
    "What was not assessed"};

static enum part part_of(const struct requirement_score *one)
{
    if (!one->assessed)
        return PART_UNKNOWN;
    if (one->credit == 0)
        return PART_MISSING;
    return one->met ? PART_FOUND : PART_PARTLY;
}

static void put_requirement(struct ctx *ctx, struct buf *out,
                            const struct result_input *in, size_t r)
{
    const struct requirement *want = &in->input->job->requirements[r];
    const struct requirement_score *one = &in->score->requirements[r];
    const char *strength = want->required ? "required"
                           : want->must   ? "asked for"
                                          : "a wish";
    if (one->assessed)
        put_item(out,
                 ctx_printf(ctx, "%.*s (%s): %u.%02u of %u.%02u points. %.*s",
                            STR_ARG(want->label), strength, one->points / 100,
                            one->points % 100, one->weight / 100,
                            one->weight % 100, STR_ARG(one->reason)));
    else
        put_item(out, ctx_printf(ctx, "%.*s (%s). %.*s", STR_ARG(want->label),
                                 strength, STR_ARG(one->reason)));
    if (one->n_evidence == 0 || one->evidence[0].text.len == 0)
        return;
    const struct evidence *e = &one->evidence[0];
    struct str quote =
        ctx_printf(ctx, "Page %u: \"%.*s\"",
                   document_page_at(in->input->resume->document, e->span.start),
                   STR_ARG(e->text));
    buf_put(out, STR("      "));
    put_wrapped(out, quote, 6, 6);
}

static void put_part(struct ctx *ctx, struct buf *out,
                     const struct result_input *in, enum part part)
{
    bool any = false;
    for (size_t r = 0; r < in->score->n_requirements; r++) {
        if (part_of(&in->score->requirements[r]) != part)
            continue;
        if (!any)
            buf_printf(out, "\n%s\n\n", part_title[part]);
        any = true;
        put_requirement(ctx, out, in, r);
    }
}

static void put_head(struct ctx *ctx, struct buf *out,
                     const struct result_input *in)
{
    const struct score *score = in->score;
    struct str title = in->input->job->title;
    put_paragraph(out, ctx_printf(ctx,
                                  "How your resume was read for the job%s"
                                  "%.*s%s",
                                  title.len ? " \"" : "", STR_ARG(title),
                                  title.len ? "\"" : ""));
    buf_put_char(out, '\n');
    put_paragraph(
        out, ctx_printf(ctx,
                        "Result: %u.%02u of 100 points, called \"%.*s\". The "
                        "points of all that the job asks for, below, add up "
                        "to it.",
                        score->total / 100, score->total % 100,
                        STR_ARG(score->band)));
    if (score->band_reason.len)
        put_paragraph(out, score->band_reason);
    if (score->low != score->high)
        put_paragraph(
            out, ctx_printf(ctx,
                            "Some of it could not be assessed and was left "
                            "out. Depending on it the result could be %u.%02u "
                            "to %u.%02u.",
                            score->low / 100, score->low % 100,
                            score->high / 100, score->high % 100));
}

static void put_what_ifs(struct ctx *ctx, struct buf *out,
                         const struct what_ifs *all)
{
    if (!all || all->len == 0)
        return;
    buf_put(out, STR("\nWhat more would change\n\n"));
    for (size_t i = 0; i < all->len; i++) {
        const struct what_if *one = &all->items[i];
        if (one->is_asked)
            put_item(out, ctx_printf(ctx,
                                     "%.*s, named once: %u.%02u points more, "
                                     "%u.%02u in all.",
                                     STR_ARG(one->name), one->gain / 100,
                                     one->gain % 100, one->total / 100,
                                     one->total % 100));
        else
            put_item(out, ctx_printf(ctx,
                                     "%.*s: nothing; the job does not ask for "
                                     "it.",
                                     STR_ARG(one->name)));
    }
    buf_put_char(out, '\n');
    put_paragraph(out, STR("Add only what is true: whoever reads the resume "
                           "may ask about it."));
}

static void put_foot(struct buf *out, const struct provenance *p)
{
    buf_put(out, STR("\nWhat was not looked at\n\n"));
    put_paragraph(
        out, STR("Your name, contact data, address, links, photo, age, gender, "
                 "marital status, nationality and the years of your degrees "
                 "were taken out before anything was compared. More "
                 "experience than the job asks for never costs points."));
    buf_put(out, STR("\nIf something is wrong\n\n"));
    put_paragraph(
        out, STR("This is a program's reading, and programs misread. The "
                 "points are advice to a person, who decides. If a fact above "
                 "is wrong or missing, tell the recruiter which one; you may "
                 "send a corrected resume and ask for a new reading, or ask "
                 "that a person reads it without the program."));
    buf_printf(out, "\nResume Scorer %.*s, as of %.*s, configuration %.*s\n",
               STR_ARG(p->engine_version), STR_ARG(p->as_of),
               STR_ARG(p->config_hash));
}

rsc_status sheet_write(struct ctx *ctx, struct buf *out,
                       const struct result_input *in)
{
    struct advices advices = {0};
    rsc_status st = advise_make(ctx, &advices, in->input, in->score);
    if (st)
        return st;
    put_head(ctx, out, in);
    for (enum part part = 0; part < PARTS; part++)
        put_part(ctx, out, in, part);
    for (size_t i = 0; i < in->score->n_warnings; i++) {
        if (i == 0)
            buf_put(out, STR("\nWhat else was noticed\n\n"));
        put_item(out, in->score->warnings[i].text);
    }
    for (size_t i = 0; i < advices.len; i++) {
        if (i == 0)
            buf_put(out, STR("\nWhat you can do\n\n"));
        put_item(out, advices.items[i].text);
    }
    put_what_ifs(ctx, out, in->what_ifs);
    put_foot(out, in->provenance);
    return ctx->error.status;
}
