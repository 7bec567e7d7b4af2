/* SPDX-License-Identifier: MIT */
#include "score/guard.h"

#include "base/vec.h"
#include "parse/english.h"

struct warnings {
    struct score_warning *items;
    size_t len, cap;
};

static rsc_status warn(struct ctx *ctx, struct warnings *out, const char *code,
                       struct str text)
{
    struct score_warning *slot = text.data ? vec_push(ctx, out) : NULL;
    if (!slot)
        return ctx->error.status;
    *slot = (struct score_warning){code, text};
    return RSC_OK;
}

/* Skills of the job that the resume names in text that nobody can see. */
static rsc_status warn_hidden(struct ctx *ctx, struct warnings *out,
                              const struct features *f)
{
    const struct document *doc = f->in->resume->document;
    if (doc->n_hidden == 0)
        return RSC_OK;
    return warn(ctx, out, "hidden_text",
                ctx_printf(ctx,
                           "The file holds text that a person cannot see "
                           "(%s, page %u%s); it earned nothing. 'extract "
                           "--json' shows it.",
                           hidden_reason_name(doc->hidden[0].reason),
                           doc->hidden[0].page,
                           doc->n_hidden > 1 ? ", and more" : ""));
}

static rsc_status warn_copied(struct ctx *ctx, struct warnings *out,
                              const struct features *f)
{
    size_t n = 0;
    for (size_t s = 0; s < f->n_sentences; s++)
        n += f->sentences[s].use == USE_COPIED;
    if (n == 0)
        return RSC_OK;
    return warn(ctx, out, "job_text_copied",
                ctx_printf(ctx,
                           "%zu of %zu sentences of the resume %s the job's "
                           "own text; they earned nothing.",
                           n, f->n_sentences, n == 1 ? "is" : "are"));
}

/* More skills than anybody uses, of which hardly one shows any use. */
static rsc_status warn_list(struct ctx *ctx, struct warnings *out,
                            const struct features *f)
{
    size_t n = ontology_count(f->in->ontology), listed = 0, used = 0;
    unsigned char *seen = ctx_calloc(ctx, n, 1);
    if (!seen)
        return ctx->error.status;
    for (size_t s = 0; s < f->n_sentences; s++) {
        const struct sentence_features *sentence = &f->sentences[s];
        for (size_t h = 0; h < sentence->n_hits; h++)
            seen[sentence->hits[h].skill] |=
                sentence->use == USE_LISTED ? 1 : 2;
    }
    for (size_t i = 0; i < n; i++) {
        listed += seen[i] & 1;
        used += seen[i] == 3;
    }
    if (listed < f->in->config->stuffed_list || used * 10 >= listed)
        return RSC_OK;
    return warn(ctx, out, "keyword_stuffing",
                ctx_printf(ctx,
                           "%zu skills are listed and %zu of them appear "
                           "anywhere else; a list alone earns less.",
                           listed, used));
}

static rsc_status warn_stuffed(struct ctx *ctx, struct warnings *out,
                               const struct features *f)
{
    for (size_t s = 0; s < f->n_sentences; s++) {
        if (!f->sentences[s].is_stuffed)
            continue;
        struct span span = f->in->resume->sentences[s].span;
        return warn(
            ctx, out, "keyword_stuffing",
            ctx_printf(ctx,
                       "A sentence on page %u repeats one skill at "
                       "least %u times; repetition earned nothing.",
                       document_page_at(f->in->resume->document, span.start),
                       f->in->config->stuffed));
    }
    return warn_list(ctx, out, f);
}

static rsc_status warn_required(struct ctx *ctx, struct warnings *out,
                                const struct score *score,
                                const struct features *f)
{
    rsc_status st = RSC_OK;
    for (size_t r = 0; r < score->n_requirements && !st; r++) {
        const struct requirement *want = &f->in->job->requirements[r];
        const struct requirement_score *one = &score->requirements[r];
        if (!want->required || (one->assessed && one->met))
            continue;
        /* "Current RN license required" says so itself. */
        bool is_said =
            str_find_nocase(want->label, STR("required"), 0) != SIZE_MAX;
        st = warn(ctx, out, "required_missing",
                  ctx_printf(ctx, "%.*s%s: %s.", STR_ARG(want->label),
                             is_said ? "" : " is required",
                             one->assessed ? "it was not found"
                                           : "it could not be assessed"));
    }
    return st;
}

static rsc_status warn_coverage(struct ctx *ctx, struct warnings *out,
                                const struct score *score,
                                const struct features *f)
{
    if (score->coverage >= f->in->config->low_coverage * 10)
        return RSC_OK;
    return warn(ctx, out, "low_coverage",
                ctx_printf(ctx,
                           "Only %u of 100 parts of the job could be "
                           "assessed; the total could be %u to %u.",
                           score->coverage / 100, score->low / 100,
                           (score->high + 99) / 100));
}

/* What the readers of the files had to say. */
static rsc_status pass_on(struct ctx *ctx, struct warnings *out,
                          const char *code, const struct str *texts, size_t n)
{
    rsc_status st = RSC_OK;
    for (size_t i = 0; i < n && !st; i++)
        st = warn(ctx, out, code, texts[i]);
    return st;
}

rsc_status guard_check(struct ctx *ctx, const struct features *f)
{
    const struct score_config *config = f->in->config;
    size_t words = 0, copied = 0;
    for (size_t s = 0; s < f->n_sentences; s++) {
        size_t n = f->sentences[s].terms.n_words;
        words += n;
        copied += f->sentences[s].use == USE_COPIED ? n : 0;
    }
    if (f->n_sentences == 0)
        return ctx_fail(ctx, RSC_EINVALID,
                        "no sentence of this text could serve as evidence, so "
                        "there is no score; check that it is a resume");
    if (copied * 1000 >= words * config->copy_refused)
        return ctx_fail(ctx, RSC_EINVALID,
                        "most of this text (%zu of %zu words) is the job's "
                        "own, so there is no score; give the candidate's "
                        "resume",
                        copied, words);
    if (!f->in->resume->looks_like_resume && words >= config->prose_words)
        return ctx_fail(ctx, RSC_EINVALID,
                        "this does not read like a resume (no contact data, "
                        "heading, dated role or education was found), so "
                        "there is no score");
    return RSC_OK;
}

rsc_status guard_warn(struct ctx *ctx, struct score *score,
                      const struct features *f)
{
    const struct resume *resume = f->in->resume;
    struct warnings out = {0};
    rsc_status st = RSC_OK;
    if (!f->in->job_vectors)
        st = warn(ctx, &out, "no_model",
                  STR("No language model is installed: meaning was not "
                      "judged, only words."));
    if (st == RSC_OK && f->in->entities_missing)
        st = warn(ctx, &out, "no_entities",
                  STR("Entities were asked for, and no pipeline is installed: "
                      "resume-scorer models pull en_core_web_sm"));
    if (st == RSC_OK && !resume->looks_like_resume)
        st = warn(ctx, &out, "not_a_resume",
                  STR("This does not read like a resume: no contact data, "
                      "heading, dated role or education was found."));
    if (st == RSC_OK && !english_is_text(resume->document->text))
        st = warn(ctx, &out, "not_english",
                  STR("The resume is not in English, the only language that "
                      "is read so far: only names of skills and dates could "
                      "count, and the total says little."));
    if (st == RSC_OK)
        st = warn_hidden(ctx, &out, f);
    if (st == RSC_OK)
        st = warn_copied(ctx, &out, f);
    if (st == RSC_OK)
        st = warn_stuffed(ctx, &out, f);
    if (st == RSC_OK)
        st = warn_required(ctx, &out, score, f);
    if (st == RSC_OK)
        st = warn_coverage(ctx, &out, score, f);
    if (st == RSC_OK)
        st = pass_on(ctx, &out, "document", resume->document->warnings,
                     resume->document->n_warnings);
    if (st == RSC_OK)
        st = pass_on(ctx, &out, "resume", resume->warnings, resume->n_warnings);
    if (st == RSC_OK && f->in->job->document)
        st = pass_on(ctx, &out, "job", f->in->job->document->warnings,
                     f->in->job->document->n_warnings);
    if (st == RSC_OK)
        st = pass_on(ctx, &out, "job", f->in->job->warnings,
                     f->in->job->n_warnings);
    score->warnings = out.items;
    score->n_warnings = out.len;
    return st;
}
