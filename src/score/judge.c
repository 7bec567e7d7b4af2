/* SPDX-License-Identifier: MIT */
#include "score/judge.h"

#include <stdlib.h>

#include "base/vec.h"
#include "parse/blind.h"
#include "score/fixed.h"

rsc_status judge_requirement(struct ctx *ctx, struct requirement_score *out,
                             const struct features *f, size_t r)
{
    *out = (struct requirement_score){.assessed = true};
    rsc_status st = RSC_OK;
    switch (f->in->job->requirements[r].kind) {
    case REQUIREMENT_SKILL:
    case REQUIREMENT_DUTY:
        st = judge_skill(ctx, out, f, r);
        break;
    case REQUIREMENT_CERTIFICATE:
    case REQUIREMENT_LICENCE:
        st = judge_credential(ctx, out, f, r);
        break;
    case REQUIREMENT_TITLE:
        st = judge_title(ctx, out, f, r);
        break;
    case REQUIREMENT_YEARS:
        st = judge_years(ctx, out, f, r);
        break;
    case REQUIREMENT_DEGREE:
        st = judge_degree(ctx, out, f, r);
        break;
    case REQUIREMENT_LANGUAGE:
        st = judge_language(ctx, out, f, r);
        break;
    case REQUIREMENT_FIELD:
        st = judge_field(ctx, out, f, r);
        break;
    }
    /* What a resume does not speak of is unknown, not missing. */
    if (f->in->job->requirements[r].is_condition && !how_is_named(out->how)) {
        *out = (struct requirement_score){
            .reason = STR("Not assessed: resumes hardly ever say this; "
                          "a matter for the interview.")};
    }
    if (!out->assessed)
        out->credit = 0;
    /* What is named is there, however little shows its use. */
    out->met = out->assessed &&
               (how_is_named(out->how) || out->credit >= f->in->config->met);
    return st ? st : ctx->error.status;
}

/* Best first: by credit, then a shown use before a list, then by meaning,
 * then as they stand in the text. */
struct ranked {
    struct support support;
    bool is_listed;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->support.credit != y->support.credit)
        return x->support.credit > y->support.credit ? -1 : 1;
    if (x->is_listed != y->is_listed)
        return x->is_listed ? 1 : -1;
    if (x->support.cosine != y->support.cosine)
        return x->support.cosine > y->support.cosine ? -1 : 1;
    return (x->support.sentence > y->support.sentence) -
           (x->support.sentence < y->support.sentence);
}

static struct evidence evidence_of(struct ctx *ctx, const struct features *f,
                                   const struct support *s)
{
    const struct resume *resume = f->in->resume;
    struct evidence e = {.sentence = s->sentence,
                         .how = s->how,
                         .skill = s->skill,
                         .cosine = s->cosine,
                         .role = UINT32_MAX};
    e.confidence = support_confidence(f->in->config, s->how, s->cosine);
    if (s->sentence != UINT32_MAX) {
        const struct sentence *sentence = &resume->sentences[s->sentence];
        e.span = sentence->span;
        e.role = sentence->role;
        blind_shown(ctx, &e.text, resume, sentence); /* ctx has the error */
    }
    return e;
}

rsc_status judge_show(struct ctx *ctx, struct requirement_score *out,
                      const struct features *f, const struct supports *s)
{
    size_t shown = f->in->config->evidence_shown;
    struct ranked *ranked = ctx_alloc_array(ctx, s->len, sizeof(*ranked));
    if (!ranked)
        return ctx->error.status;
    for (size_t i = 0; i < s->len; i++) {
        uint32_t at = s->items[i].sentence;
        ranked[i].support = s->items[i];
        ranked[i].is_listed =
            at != UINT32_MAX && f->sentences[at].use == USE_LISTED;
    }
    if (s->len)
        qsort(ranked, s->len, sizeof(*ranked), compare_ranked);
    out->n_evidence = s->len < shown ? s->len : shown;
    out->evidence =
        ctx_alloc_array(ctx, out->n_evidence, sizeof(*out->evidence));
    if (!out->evidence)
        return ctx->error.status;
    for (size_t i = 0; i < out->n_evidence; i++)
        out->evidence[i] = evidence_of(ctx, f, &ranked[i].support);
    out->how = s->len ? ranked[0].support.how : MATCH_NONE;
    return ctx->error.status;
}

rsc_status judge_show_span(struct ctx *ctx, struct requirement_score *out,
                           const struct features *f, struct span span,
                           enum match_how how, uint32_t role)
{
    const struct resume *resume = f->in->resume;
    struct evidence *e = ctx_calloc(ctx, 1, sizeof(*e));
    if (!e)
        return ctx->error.status;
    *e = (struct evidence){.sentence = UINT32_MAX,
                           .span = span,
                           .how = how,
                           .skill = UINT32_MAX,
                           .role = role};
    e->confidence = support_confidence(f->in->config, how, 0);
    for (size_t i = 0; i < resume->n_sentences; i++)
        if (span_overlaps(resume->sentences[i].span, span)) {
            e->sentence = (uint32_t)i;
            e->span = resume->sentences[i].span;
            if (blind_shown(ctx, &e->text, resume, &resume->sentences[i]))
                return ctx->error.status;
            break;
        }
    if (e->sentence == UINT32_MAX && judge_blind(ctx, &e->text, resume, span))
        return ctx->error.status;
    out->evidence = e;
    out->n_evidence = 1;
    out->how = how;
    return RSC_OK;
}

static bool is_later(struct month a, struct month b)
{
    return a.year > b.year || (a.year == b.year && a.month > b.month);
}

rsc_status judge_use(struct ctx *ctx, struct requirement_score *out,
                     const struct features *f, const struct supports *s)
{
    const struct resume *resume = f->in->resume;
    VEC(struct date_range) ranges = {0};
    for (size_t i = 0; i < s->len; i++) {
        uint32_t at = s->items[i].sentence;
        if (at == UINT32_MAX || !how_is_named(s->items[i].how))
            continue;
        uint32_t role = resume->sentences[at].role;
        if (role >= resume->n_roles ||
            resume->roles[role].dates.first.year == 0)
            continue;
        struct date_range *range = vec_push(ctx, &ranges);
        if (!range)
            return ctx->error.status;
        *range = resume->roles[role].dates;
        if (is_later(range->last, out->last_used))
            out->last_used = range->last;
    }
    if (ranges.len)
        out->months =
            dates_union_months(ctx, ranges.items, ranges.len, resume->as_of);
    return ctx->error.status;
}

rsc_status judge_blind(struct ctx *ctx, struct str *out,
                       const struct resume *resume, struct span span)
{
    struct str text = resume->document->text;
    struct str blind = STR_NONE;
    uint32_t from = span.start;
    for (size_t i = 0; i < resume->n_personal; i++) {
        struct span personal = resume->personal[i].span;
        if (!span_overlaps(personal, span))
            continue;
        uint32_t to = personal.start > from ? personal.start : from;
        blind = ctx_printf(ctx, "%.*s%.*s%s", STR_ARG(blind),
                           STR_ARG(str_slice(text, from, to)), BLIND_TOKEN);
        from = personal.end < span.end ? personal.end : span.end;
    }
    if (span.end > from)
        blind = ctx_printf(ctx, "%.*s%.*s", STR_ARG(blind),
                           STR_ARG(str_slice(text, from, span.end)));
    *out = blind.data ? blind : STR("");
    return ctx->error.status;
}

struct str judge_duration(struct ctx *ctx, unsigned months)
{
    unsigned years = months / 12, rest = months % 12;
    const char *y = years == 1 ? "year" : "years";
    const char *m = rest == 1 ? "month" : "months";
    if (years == 0)
        return ctx_printf(ctx, "%u %s", rest, m);
    if (rest == 0)
        return ctx_printf(ctx, "%u %s", years, y);
    return ctx_printf(ctx, "%u %s and %u %s", years, y, rest, m);
}
