/* SPDX-License-Identifier: MIT */
#include "parse/job_list.h"

#include "base/limits.h"
#include "parse/job_facts.h"

struct lister {
    struct ctx *ctx;
    struct requirement_list *out;
    struct str text;
    const struct ontology *ontology;
};

static bool is_courtesy(struct str item)
{
    static const char *const words[] = {"please", "thanks", "thank you", "etc",
                                        "and more"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_eq_nocase(item, str_of(words[i])))
            return true;
    }
    return false;
}

static rsc_status read_item(const struct lister *r, uint32_t start,
                            uint32_t end)
{
    struct str text = r->text;

    while (start < end && strchr(" \t,;", text.data[start]))
        start++;
    while (end > start && strchr(" \t,;.", text.data[end - 1]))
        end--;
    if (start == end || r->out->len >= LIMIT_REQUIREMENTS ||
        is_courtesy(str_slice(text, start, end)))
        return RSC_OK;
    struct job_sentence s = {.text = str_slice(text, start, end),
                             .span = {start, end},
                             .must = true};
    return job_facts_item(r->ctx, r->out, &s, r->ontology);
}

rsc_status job_list_fail(struct ctx *ctx)
{
    return ctx_fail(ctx, RSC_EINVALID,
                    "the job says nothing about what is asked for; give its "
                    "requirements or a list of skills");
}

/* A list of numbered things of which hardly one is a skill: addresses, phone
 * numbers, prices. */
static rsc_status check_list(struct ctx *ctx,
                             const struct requirement_list *list)
{
    size_t n = list->len, numbered = 0, known = 0;

    for (size_t i = 0; i < n; i++) {
        struct str label = list->items[i].label;
        known += list->items[i].n_skills > 0;
        for (size_t k = 0; k < label.len; k++) {
            if (ascii_is_digit((unsigned char)label.data[k])) {
                numbered++;
                break;
            }
        }
    }
    bool is_other = numbered * 3 >= n && numbered >= known * 2;
    return n && !is_other ? RSC_OK : job_list_fail(ctx);
}

rsc_status job_list_read(struct ctx *ctx, struct requirement_list *out,
                         const struct layout *layout,
                         const struct ontology *ontology)
{
    struct lister r = {ctx, out, layout->text, ontology};
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < layout->n_lines && !st; i++) {
        const struct layout_line *line = &layout->lines[i];
        uint32_t start = line->span.start;
        for (uint32_t k = start; k <= line->span.end && !st; k++) {
            char c = k < line->span.end ? layout->text.data[k] : ',';
            if (c != ',' && c != ';' && c != '|')
                continue;
            st = read_item(&r, start, k);
            start = k + 1;
        }
    }
    return st ? st : check_list(ctx, out);
}
