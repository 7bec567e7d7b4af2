/* SPDX-License-Identifier: MIT */
/* The public function that shows what was read from a resume. */

#include "base/clock.h"
#include "base/json.h"
#include "engine/as_of.h"
#include "engine/engine.h"
#include "engine/entity_spans.h"
#include "engine/text_api.h"
#include "parse/jsonresume.h"
#include "score/judge.h"
#include "score/profile.h"
#include "score/redact.h"

#define MAX_JSON ((size_t)64 << 20)

struct view {
    struct ctx *ctx;
    struct json *j;
    const struct resume *resume;
    const struct ontology *ontology;
};

static void key_open(struct json *j, const char *key, char kind)
{
    json_key(j, key);
    json_open(j, kind);
}

static void put_span(struct view *v, const char *key, struct span span)
{
    struct str text = STR("");

    if (!span_is_empty(span))
        judge_blind(v->ctx, &text, v->resume, span);
    text = ctx_fold(v->ctx, text);
    json_key(v->j, key);
    if (text.len)
        json_str(v->j, text);
    else
        json_null(v->j);
}

static void put_month(struct view *v, const char *key, struct month month)
{
    json_key(v->j, key);
    if (month.year == 0)
        json_null(v->j);
    else if (month.month == 0)
        json_str(v->j, ctx_printf(v->ctx, "%04d", month.year));
    else
        json_str(v->j,
                 ctx_printf(v->ctx, "%04d-%02d", month.year, month.month));
}

static void put_sections(struct view *v)
{
    key_open(v->j, "sections", '[');
    for (size_t i = 0; i < v->resume->n_sections; i++) {
        const struct section *section = &v->resume->sections[i];
        json_open(v->j, '{');
        json_put_str(v->j, "kind", str_of(section_kind_name(section->kind)));
        put_span(v, "heading", section->heading);
        json_put_int(v->j, "start", section->body.start);
        json_put_int(v->j, "end", section->body.end);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
}

static void put_roles(struct view *v)
{
    key_open(v->j, "roles", '[');
    for (size_t i = 0; i < v->resume->n_roles; i++) {
        const struct role *role = &v->resume->roles[i];
        json_open(v->j, '{');
        put_span(v, "title", role->title);
        put_span(v, "employer", role->employer);
        put_month(v, "first", role->dates.first);
        put_month(v, "last", role->dates.last);
        json_put_bool(v->j, "present", role->dates.is_present);
        json_put_int(v->j, "months", role->months);
        json_put_bool(v->j, "volunteer", role->is_volunteer);
        json_put_int(v->j, "start", role->body.start);
        json_put_int(v->j, "end", role->body.end);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
    json_put_int(v->j, "experience_months", v->resume->experience_months);
}

static void put_education(struct view *v)
{
    key_open(v->j, "education", '[');
    for (size_t i = 0; i < v->resume->n_education; i++) {
        const struct education *one = &v->resume->education[i];
        json_open(v->j, '{');
        json_put_str(v->j, "level", str_of(degree_level_name(one->level)));
        put_span(v, "degree", one->degree);
        put_span(v, "subject", one->subject);
        put_span(v, "institution", one->institution);
        json_put_bool(v->j, "finished", !one->is_unfinished);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
}

static void put_certificates(struct view *v)
{
    key_open(v->j, "certificates", '[');
    for (size_t i = 0; i < v->resume->n_certificates; i++) {
        const struct certificate *one = &v->resume->certificates[i];
        json_open(v->j, '{');
        put_span(v, "name", one->name);
        put_span(v, "issuer", one->issuer);
        put_month(v, "issued", one->issued);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
    key_open(v->j, "languages", '[');
    for (size_t i = 0; i < v->resume->n_languages; i++) {
        json_open(v->j, '{');
        json_put_str(v->j, "language", v->resume->languages[i].language);
        json_put_int(v->j, "level", v->resume->languages[i].level);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
}

static rsc_status put_skills(struct view *v)
{
    struct job none = {0};
    struct score_input in = {
        .resume = v->resume, .job = &none, .ontology = v->ontology};
    struct profile profile;

    rsc_status st = profile_make(v->ctx, &profile, &in);
    if (st)
        return st;
    key_open(v->j, "skills", '[');
    for (size_t i = 0; i < profile.n_held; i++) {
        const struct held_skill *held = &profile.held[i];
        json_open(v->j, '{');
        json_put_str(v->j, "name", ontology_name(v->ontology, held->skill));
        json_put_str(v->j, "category",
                     ontology_category(v->ontology, held->skill));
        json_put_bool(v->j, "in_use", held->in_use);
        json_put_int(v->j, "months", held->months);
        json_put_str(v->j, "context", held->context);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
    return RSC_OK;
}

/* Where and of what kind, never what: this view may be shown around. */
static void put_kept_out(struct view *v)
{
    key_open(v->j, "kept_out", '[');
    for (size_t i = 0; i < v->resume->n_personal; i++) {
        const struct personal *one = &v->resume->personal[i];
        json_open(v->j, '{');
        json_put_str(v->j, "kind", str_of(personal_kind_name(one->kind)));
        json_put_int(v->j, "start", one->span.start);
        json_put_int(v->j, "end", one->span.end);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
}

static void put_sentences(struct view *v)
{
    const struct resume *resume = v->resume;

    key_open(v->j, "sentences", '[');
    for (size_t i = 0; i < resume->n_sentences; i++) {
        const struct sentence *one = &resume->sentences[i];
        json_open(v->j, '{');
        json_put_str(v->j, "text", one->blind);
        json_put_int(v->j, "page",
                     document_page_at(resume->document, one->span.start));
        json_put_int(v->j, "start", one->span.start);
        json_put_int(v->j, "end", one->span.end);
        json_put_int(v->j, "section", one->section);
        json_key(v->j, "role");
        if (one->role == UINT32_MAX)
            json_null(v->j);
        else
            json_int(v->j, one->role);
        json_close(v->j, '}');
    }
    json_close(v->j, ']');
}

static rsc_status put_resume(struct view *v)
{
    json_open(v->j, '{');
    put_sections(v);
    put_roles(v);
    put_education(v);
    put_certificates(v);
    rsc_status st = put_skills(v);
    put_kept_out(v);
    put_sentences(v);
    json_put_bool(v->j, "looks_like_resume", v->resume->looks_like_resume);
    key_open(v->j, "warnings", '[');
    for (size_t i = 0; i < v->resume->n_warnings; i++)
        json_str(v->j, v->resume->warnings[i]);
    json_close(v->j, ']');
    json_close(v->j, '}');
    return st;
}

/* A resume that was parsed for one answer. */
struct reading {
    struct text_work w;
    struct resume resume;
};

static rsc_status open_reading(struct reading *r, rsc_engine *engine,
                               const rsc_document *resume, const char *as_of)
{
    struct as_of date;

    text_open(&r->w, MAX_JSON);
    rsc_status st = as_of_read(&r->w.ctx, &date, as_of, clock_wall_s());
    struct resume_options options = {.as_of = date.month};
    if (!st)
        st = entity_spans_add(&r->w.ctx, engine, resume->doc.text, &options);
    return st ? st
              : resume_parse(&r->w.ctx, &r->resume, &resume->doc,
                             engine->ontology, &options);
}

rsc_status rsc_resume_json(rsc_text **out, rsc_engine *engine,
                           const rsc_document *resume, const char *as_of,
                           rsc_error *err)
{
    struct reading r;

    *out = NULL;
    if (open_reading(&r, engine, resume, as_of) == RSC_OK) {
        struct json j = json_to(&r.w.buf, 2);
        struct view view = {&r.w.ctx, &j, &r.resume, engine->ontology};
        put_resume(&view);
    }
    return text_close(&r.w, out, err);
}

rsc_status rsc_resume_jsonresume(rsc_text **out, rsc_engine *engine,
                                 const rsc_document *resume, const char *as_of,
                                 bool is_blind, rsc_error *err)
{
    struct reading r;

    *out = NULL;
    if (open_reading(&r, engine, resume, as_of) == RSC_OK)
        resume_write_jsonresume(&r.w.ctx, &r.w.buf, &r.resume, engine->ontology,
                                is_blind);
    return text_close(&r.w, out, err);
}
