/* SPDX-License-Identifier: MIT */
/* The public functions that check scores: places, verify, redact, audits. */

#include "base/clock.h"
#include "base/json.h"
#include "engine/as_of.h"
#include "engine/entity_spans.h"
#include "engine/result.h"
#include "engine/text_api.h"
#include "engine/vectors.h"
#include "score/impact.h"
#include "score/redact.h"
#include "score/result_compare.h"
#include "score/stability.h"
#include "score/swap.h"
#include "text/plain.h"

#define MAX_REPORT ((size_t)64 << 20)

static uint8_t kind_of(const char *name)
{
    uint8_t kind = 0;
    while (kind + 1 < STABILITY_KINDS &&
           strcmp(requirement_kind_name((enum requirement_kind)kind), name))
        kind++;
    return kind;
}

static rsc_status make_parts(struct ctx *ctx, struct stability_candidate *out,
                             const rsc_standing *standing)
{
    size_t n = standing->n_parts;
    struct stability_part *parts = ctx_alloc_array(ctx, n, sizeof(parts[0]));

    if (!parts)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        const rsc_part *p = &standing->parts[i];
        parts[i] =
            (struct stability_part){kind_of(p->kind), p->weight, p->points};
    }
    *out = (struct stability_candidate){parts, n, standing->total};
    return RSC_OK;
}

rsc_status rsc_rank(rsc_place *out, const rsc_standing *standings, size_t n,
                    rsc_error *err)
{
    struct text_work w;

    text_open(&w, MAX_REPORT);
    struct stability_candidate *all =
        ctx_alloc_array(&w.ctx, n, sizeof(all[0]));
    struct stability_place *places =
        ctx_alloc_array(&w.ctx, n, sizeof(places[0]));
    rsc_status st = all && places ? RSC_OK : w.ctx.error.status;
    for (size_t i = 0; i < n && !st; i++)
        st = make_parts(&w.ctx, &all[i], &standings[i]);
    if (!st)
        st = stability_run(&w.ctx, places, all, n);
    for (size_t i = 0; i < n && !st; i++)
        out[i] = (rsc_place){places[i].place, places[i].best, places[i].worst};
    return text_close(&w, NULL, err);
}

static rsc_status ask_again(rsc_result **out, rsc_engine *engine,
                            const rsc_document *job_text,
                            const rsc_document *resume,
                            const struct result_question *question,
                            const char *config, rsc_error *err)
{
    rsc_score_options options;
    rsc_job *job;
    rsc_status st =
        rsc_job_read(&job, engine, job_text, question->job_title.data, err);

    if (st)
        return st;
    rsc_score_options_init(&options);
    options.as_of = question->as_of.data;
    options.weights = question->weights.len ? question->weights.data : NULL;
    options.require = question->require.len ? question->require.data : NULL;
    options.config = config;
    options.what_if = question->what_if.len ? question->what_if.data : NULL;
    options.entities = question->entities;
    options.parse_entities = question->parse_entities;
    st = rsc_score(out, engine, job, resume, &options, err);
    rsc_job_free(job);
    return st;
}

/* Scores as the saved result was scored. What cannot be asked of another job
 * or resume has that as its cause, which is said first. */
static rsc_status score_again(struct text_work *w, rsc_result **out,
                              rsc_engine *engine, const rsc_document *job,
                              const rsc_document *resume, struct str saved,
                              const char *config)
{
    struct result_question question;
    rsc_error err;

    if (result_question_read(&w->ctx, &question, saved) ||
        ask_again(out, engine, job, resume, &question, config, &err) == RSC_OK)
        return w->ctx.error.status;
    bool same_job = str_eq(question.job_sha256, str_of(job->file_hash.text));
    bool same_resume =
        str_eq(question.resume_sha256, str_of(resume->file_hash.text));
    return ctx_fail(&w->ctx, err.status, "%s%s%s",
                    same_job ? "" : "this is not the job that was scored; ",
                    same_resume ? ""
                                : "this is not the resume that was "
                                  "scored; ",
                    err.message);
}

/* NOLINTNEXTLINE(readability-function-size): all that a result hangs on */
rsc_status rsc_verify(rsc_text **out, bool *same, rsc_engine *engine,
                      const rsc_document *job, const rsc_document *resume,
                      const char *saved, size_t saved_len, const char *config,
                      rsc_error *err)
{
    struct text_work w;
    struct result_comparison comparison;
    struct str old = {saved, saved_len};
    rsc_result *result = NULL;

    *out = NULL;
    *same = false;
    text_open(&w, MAX_REPORT);
    rsc_status st = score_again(&w, &result, engine, job, resume, old, config);
    if (!st)
        st = result_compare(&w.ctx, &comparison, old, result->json);
    if (!st) {
        result_comparison_write(&w.buf, &comparison);
        *same = comparison.n_all == 0;
    }
    rsc_result_free(result);
    return text_close(&w, out, err);
}

rsc_status rsc_redact(rsc_text **out, rsc_engine *engine,
                      const rsc_document *resume, rsc_error *err)
{
    struct text_work w;
    struct resume parsed;
    struct redact_counts counts;
    struct as_of as_of;

    *out = NULL;
    text_open(&w, MAX_REPORT);
    /* Any day does: what says who the person is does not depend on it. */
    rsc_status st = as_of_read(&w.ctx, &as_of, "2020-01", 0);
    struct resume_options options = {.as_of = as_of.month};
    if (!st)
        st = entity_spans_add(&w.ctx, engine, resume->doc.text, &options);
    if (!st)
        st = resume_parse(&w.ctx, &parsed, &resume->doc, engine->ontology,
                          &options);
    if (!st)
        redact_write(&w.buf, &counts, &parsed);
    return text_close(&w, out, err);
}

rsc_status rsc_audit_impact(rsc_text **out, const char *results,
                            size_t results_len, const char *groups,
                            size_t groups_len,
                            const rsc_impact_options *options, rsc_error *err)
{
    struct text_work w;
    struct impact_candidate *candidates;
    struct impact impact;
    struct csv table;
    size_t n;
    struct impact_options how = {options->cut, options->top};

    *out = NULL;
    text_open(&w, MAX_REPORT);
    rsc_status st = impact_read_results(&w.ctx, &candidates, &n,
                                        (struct str){results, results_len});
    if (!st)
        st = csv_read(&w.ctx, &table, (struct str){groups, groups_len},
                      "the table of groups");
    if (!st)
        st = impact_run(&w.ctx, &impact, candidates, n, &table, &how);
    if (!st && options->json) {
        struct json j = json_to(&w.buf, 2);
        impact_write_json(&j, &impact);
    } else if (!st) {
        impact_write_text(&w.buf, &impact);
    }
    return text_close(&w, out, err);
}

/* --- the same resume of another person ------------------------------------ */

/* One text as it is scored in a swap. */
struct reading {
    struct document doc;
    struct resume resume;
    float *vectors;
    uint32_t total;
};

struct swap_run {
    struct ctx *ctx;
    rsc_engine *engine;
    const rsc_job *job;
    struct month as_of; /* today: all variants share it */
    struct reading base;
};

/* Where the blind texts are the same, so are the vectors. */
static bool same_blind(const struct resume *a, const struct resume *b)
{
    if (a->n_sentences != b->n_sentences)
        return false;
    for (size_t i = 0; i < a->n_sentences; i++)
        if (!str_eq(a->sentences[i].blind, b->sentences[i].blind))
            return false;
    return true;
}

static rsc_status embed_reading(struct ctx *ctx, struct reading *r,
                                const struct swap_run *run)
{
    size_t n = r->resume.n_sentences;
    if (r != &run->base && same_blind(&r->resume, &run->base.resume)) {
        r->vectors = run->base.vectors;
        return RSC_OK;
    }
    struct str *texts = ctx_alloc_array(ctx, n, sizeof(texts[0]));
    if (!texts)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        texts[i] = r->resume.sentences[i].blind;
    return vectors_make(ctx, &r->vectors, run->engine, texts, n);
}

static rsc_status read_text(struct ctx *ctx, struct reading *r,
                            const struct swap_run *run, struct str text)
{
    struct resume_options options = {.as_of = run->as_of};
    struct score score;

    rsc_status st = plain_document(ctx, &r->doc, text);
    if (!st)
        st = entity_spans_add(ctx, run->engine, r->doc.text, &options);
    if (!st)
        st = resume_parse(ctx, &r->resume, &r->doc, run->engine->ontology,
                          &options);
    if (!st)
        st = embed_reading(ctx, r, run);
    if (st)
        return st;
    struct score_input input = {.resume = &r->resume,
                                .job = &run->job->job,
                                .ontology = run->engine->ontology,
                                .config = &run->engine->config,
                                .job_vectors = run->job->vectors,
                                .resume_vectors = r->vectors,
                                .dim = rsc_vector_size(run->engine)};
    st = score_run(ctx, &score, &input);
    r->total = score.total;
    return st;
}

/* One other person; in a context of its own, so that memory stays flat. */
static rsc_status swap_once(struct swap_run *run, rsc_swap_report *out,
                            uint32_t seed)
{
    struct ctx ctx;
    struct reading variant = {0};
    struct swap_counts counts;
    struct str text;

    ctx_init(&ctx, run->ctx->arena.mem);
    rsc_status st = swap_make(&ctx, &text, &counts, &run->base.resume, seed);
    if (!st)
        st = read_text(&ctx, &variant, run, text);
    if (st) {
        run->ctx->error = ctx.error;
    } else {
        uint32_t change = variant.total > run->base.total
                              ? variant.total - run->base.total
                              : run->base.total - variant.total;
        out->n_swaps++;
        out->n_spans = counts.all;
        out->n_changed += change > 0;
        if (change > out->max_change) {
            struct swap_person who = swap_person_of(seed);
            struct str name = ctx_printf(&ctx, "%.*s %.*s", STR_ARG(who.first),
                                         STR_ARG(who.last));
            size_t len = name.len < sizeof(out->changed) - 1
                             ? name.len
                             : sizeof(out->changed) - 1;
            memcpy(out->changed, name.data ? name.data : "", len);
            out->changed[len] = '\0';
            out->max_change = change;
        }
    }
    ctx_clear(&ctx);
    return st;
}

rsc_status rsc_audit_swap(rsc_swap_report *out, rsc_engine *engine,
                          const rsc_job *job, const rsc_document *resume,
                          size_t n, rsc_error *err)
{
    struct text_work w;

    *out = (rsc_swap_report){0};
    text_open(&w, MAX_REPORT);
    struct swap_run run = {.ctx = &w.ctx, .engine = engine, .job = job};
    struct as_of today;
    rsc_status st = as_of_read(&w.ctx, &today, NULL, clock_wall_s());
    run.as_of = today.month;
    if (!st)
        st = read_text(&w.ctx, &run.base, &run, resume->doc.text);
    out->total = run.base.total;
    for (size_t i = 0; i < n && !st; i++)
        st = swap_once(&run, out, (uint32_t)i);
    return text_close(&w, NULL, err);
}
