/* SPDX-License-Identifier: MIT */
#include "score/copied.h"

#include <stdlib.h>

#include "base/vec.h"

static int compare_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The hash of a run of words, order included. */
static uint64_t run_hash(const uint64_t *words, size_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ words[i]) * 0x100000001b3u + (h >> 47);
    return h;
}

/* The hashes of all runs of the job's text, sorted. */
static rsc_status job_runs(struct ctx *ctx, const struct features *f,
                           uint64_t **out, size_t *n_out)
{
    size_t run = f->in->config->copy_run;
    struct terms job;
    rsc_status st = terms_make(ctx, &job, f->in->job->document->text);
    if (st)
        return st;
    size_t n = job.n_words >= run ? job.n_words - run + 1 : 0;
    *out = ctx_alloc_array(ctx, n, sizeof(**out));
    if (!*out)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        (*out)[i] = run_hash(job.words + i, run);
    if (n)
        qsort(*out, n, sizeof(**out), compare_hash);
    *n_out = n;
    return RSC_OK;
}

/* All words of the resume in one row, and whose sentence each is of. */
struct row {
    VEC(uint64_t) words;
    VEC(uint32_t) owner;
};

static rsc_status make_row(struct ctx *ctx, struct row *row,
                           const struct features *f)
{
    for (uint32_t s = 0; s < f->n_sentences; s++) {
        const struct terms *terms = &f->sentences[s].terms;
        for (size_t i = 0; i < terms->n_words; i++) {
            uint64_t *word = vec_push(ctx, &row->words);
            uint32_t *owner = vec_push(ctx, &row->owner);
            if (!word || !owner)
                return ctx->error.status;
            *word = terms->words[i];
            *owner = s;
        }
    }
    return RSC_OK;
}

rsc_status copied_mark(struct ctx *ctx, struct features *f)
{
    size_t run = f->in->config->copy_run, n_runs = 0, covered_to = 0;
    uint64_t *runs;
    struct row row = {0};
    uint32_t *copied = ctx_calloc(ctx, f->n_sentences, sizeof(*copied));
    rsc_status st =
        copied ? job_runs(ctx, f, &runs, &n_runs) : ctx->error.status;
    if (st == RSC_OK)
        st = make_row(ctx, &row, f);
    if (st)
        return st;
    for (size_t i = 0; n_runs && i + run <= row.words.len; i++) {
        uint64_t h = run_hash(row.words.items + i, run);
        if (!bsearch(&h, runs, n_runs, sizeof(h), compare_hash))
            continue;
        for (size_t k = covered_to > i ? covered_to : i; k < i + run; k++)
            copied[row.owner.items[k]]++;
        covered_to = i + run;
    }
    for (size_t s = 0; s < f->n_sentences; s++) {
        struct sentence_features *sentence = &f->sentences[s];
        if (copied[s] && use_is_evidence(sentence->use) &&
            (uint64_t)copied[s] * 1000 >=
                (uint64_t)sentence->terms.n_words * f->in->config->copy_share)
            sentence->use = USE_COPIED;
    }
    return RSC_OK;
}
