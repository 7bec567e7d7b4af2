/* SPDX-License-Identifier: MIT */
#include "score/features.h"

#include "base/mem.h"
#include "base/vec.h"
#include "score/copied.h"
#include "score/cosine.h"

/* Two sentences are compared by meaning only when they share this part of
 * their words: comparing all with all would cost more than it finds. */
#define LOOK_CLOSER 400

/* Wordings that say that something is not held. The ontology's matcher knows
 * the stance of each skill; these are for requirements that are none. */
static const char *const unheld[] = {
    "no experience",
    "no knowledge",
    "not familiar",
    "never used",
    "never worked",
    "without experience",
    "lack of experience",
    "to learn",
    "interested in learning",
    "looking forward to learn",
    "want to move",
    "want to become",
    "want to work",
    "wanting to move",
    "i hope to",
    "hoping to",
    "wish to become",
    "wish to move",
    "would like to become",
    "would like to move",
    "would like to work",
    "aspiring",
    "aspire to",
};

static bool says_unheld(struct str text)
{
    for (size_t i = 0; i < sizeof(unheld) / sizeof(unheld[0]); i++)
        if (str_find_nocase(text, str_of(unheld[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

static enum sentence_use use_of(const struct resume *resume,
                                const struct sentence *sentence)
{
    enum section_kind kind = sentence->section < resume->n_sections
                                 ? resume->sections[sentence->section].kind
                                 : SECTION_OTHER;
    if (kind == SECTION_REFERENCES)
        return USE_IGNORED;
    bool listed = kind == SECTION_SKILLS || kind == SECTION_INTERESTS;
    return listed && sentence->role == UINT32_MAX ? USE_LISTED : USE_EVIDENCE;
}

static bool is_stuffed(const struct sentence_features *s, uint32_t limit)
{
    for (size_t i = 0; i < s->n_hits; i++) {
        uint32_t same = 0;
        for (size_t k = i; k < s->n_hits; k++)
            same += s->hits[k].skill == s->hits[i].skill;
        if (same >= limit)
            return true;
    }
    return false;
}

static rsc_status read_sentence(struct ctx *ctx, struct sentence_features *out,
                                const struct score_input *in, size_t i)
{
    const struct sentence *sentence = &in->resume->sentences[i];
    struct skill_hits hits = {0};
    rsc_status st = terms_make(ctx, &out->terms, sentence->blind);
    if (st == RSC_OK)
        st = skill_match(ctx, &hits, in->ontology, sentence->blind);
    if (st)
        return st;
    out->hits = hits.items;
    out->n_hits = hits.len;
    out->use = use_of(in->resume, sentence);
    out->is_bare = out->terms.n_set < in->config->bare_words;
    out->is_unheld = says_unheld(sentence->blind);
    out->is_stuffed = is_stuffed(out, in->config->stuffed);
    /* Words in a heap show no use of anything, wherever they stand. */
    if (out->is_stuffed && out->use == USE_EVIDENCE)
        out->use = USE_LISTED;
    return RSC_OK;
}

static bool is_same(const struct features *f, size_t a, size_t b)
{
    const struct score_input *in = f->in;
    uint32_t overlap =
        terms_overlap(&f->sentences[a].terms, &f->sentences[b].terms);
    if (overlap >= in->config->same_words)
        return true;
    return overlap >= LOOK_CLOSER && in->resume_vectors &&
           cosine_of(in->resume_vectors + a * in->dim,
                     in->resume_vectors + b * in->dim,
                     in->dim) >= in->config->same_cosine;
}

/* A later sentence that repeats an earlier one earns nothing; but a sentence
 * that shows use takes the place of the same words in a list. */
static rsc_status mark_repeats(struct ctx *ctx, struct features *f)
{
    for (size_t i = 1; i < f->n_sentences; i++) {
        struct sentence_features *later = &f->sentences[i];
        if (ctx_check(ctx))
            return ctx->error.status;
        for (size_t k = 0; k < i && use_is_evidence(later->use); k++) {
            struct sentence_features *earlier = &f->sentences[k];
            if (!use_is_evidence(earlier->use) || !is_same(f, i, k))
                continue;
            bool shows_more =
                later->use == USE_EVIDENCE && earlier->use == USE_LISTED;
            (shows_more ? earlier : later)->use = USE_REPEAT;
        }
    }
    return RSC_OK;
}

static rsc_status make_cosines(struct ctx *ctx, struct features *f)
{
    const struct score_input *in = f->in;
    size_t n = in->job->n_requirements;
    if (!in->job_vectors || !in->resume_vectors)
        return RSC_OK;
    uint16_t *cosine = ctx_alloc_array(ctx, mem_array_size(n, f->n_sentences),
                                       sizeof(*cosine));
    if (!cosine)
        return ctx->error.status;
    for (size_t r = 0; r < n; r++) {
        const float *want = in->job_vectors + r * in->dim;
        if (ctx_check(ctx))
            return ctx->error.status;
        for (size_t s = 0; s < f->n_sentences; s++)
            cosine[r * f->n_sentences + s] =
                cosine_of(want, in->resume_vectors + s * in->dim, in->dim);
    }
    f->cosine = cosine;
    return RSC_OK;
}

rsc_status features_make(struct ctx *ctx, struct features *out,
                         const struct score_input *in)
{
    size_t n = in->job->n_requirements;
    *out = (struct features){.in = in, .n_sentences = in->resume->n_sentences};
    out->sentences =
        ctx_calloc(ctx, out->n_sentences, sizeof(out->sentences[0]));
    out->requirements = ctx_calloc(ctx, n, sizeof(out->requirements[0]));
    if (!out->sentences || !out->requirements)
        return ctx->error.status;
    rsc_status st = RSC_OK;
    for (size_t i = 0; i < out->n_sentences && !st; i++)
        st = read_sentence(ctx, &out->sentences[i], in, i);
    for (size_t i = 0; i < n && !st; i++)
        st = terms_make(ctx, &out->requirements[i],
                        in->job->requirements[i].label);
    if (st == RSC_OK)
        st = copied_mark(ctx, out);
    if (st == RSC_OK)
        st = mark_repeats(ctx, out);
    if (st == RSC_OK)
        st = make_cosines(ctx, out);
    return st;
}
