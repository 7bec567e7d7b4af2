/* SPDX-License-Identifier: MIT */
#include "score/result_json.h"

#include <stdio.h>

static void put_text(struct json *j, const char *key, struct str value)
{
    json_key(j, key);
    if (value.len)
        json_str(j, value);
    else
        json_null(j);
}

static void put_hundredths(struct json *j, const char *key, uint32_t value)
{
    json_key(j, key);
    json_fixed(j, value, 2);
}

static void put_thousandths(struct json *j, const char *key, uint32_t value)
{
    json_key(j, key);
    json_fixed(j, value, 3);
}

/* "2021-03", "2021" where the month is unknown, null where all is. */
static void put_month(struct json *j, const char *key, struct month month)
{
    char text[16];
    int len = month.month ? snprintf(text, sizeof(text), "%04d-%02d",
                                     month.year, month.month)
                          : snprintf(text, sizeof(text), "%04d", month.year);
    put_text(j, key,
             month.year && len > 0 ? (struct str){text, (size_t)len}
                                   : STR_NONE);
}

static void put_role(struct json *j, const struct resume *resume, uint32_t at)
{
    json_key(j, "role");
    if (at >= resume->n_roles) {
        json_null(j);
        return;
    }
    const struct role *role = &resume->roles[at];
    json_open(j, '{');
    json_put_int(j, "index", at);
    put_month(j, "first", role->dates.first);
    put_month(j, "last", role->dates.last);
    json_put_bool(j, "present", role->dates.is_present);
    json_close(j, '}');
}

static void put_evidence(struct json *j, const struct score_input *in,
                         const struct evidence *e)
{
    json_open(j, '{');
    put_text(j, "text", e->text);
    json_put_int(j, "page",
                 document_page_at(in->resume->document, e->span.start));
    json_put_int(j, "start", e->span.start);
    json_put_int(j, "end", e->span.end);
    json_put_str(j, "how", str_of(match_how_name(e->how)));
    put_thousandths(j, "confidence", e->confidence);
    json_key(j, "cosine");
    if (e->cosine)
        json_fixed(j, e->cosine, 3);
    else
        json_null(j);
    put_text(j, "skill",
             e->skill == UINT32_MAX ? STR_NONE
                                    : ontology_name(in->ontology, e->skill));
    put_role(j, in->resume, e->role);
    json_close(j, '}');
}

/* Where the requirement stands in the job. */
static void put_source(struct json *j, const struct job *job, struct span span)
{
    json_key(j, "source");
    json_open(j, '{');
    put_text(j, "text", span_of(job->document->text, span));
    json_put_int(j, "start", span.start);
    json_put_int(j, "end", span.end);
    json_close(j, '}');
}

static void put_parts(struct json *j, const struct credit_parts *parts)
{
    json_key(j, "parts");
    if (!parts->most) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    put_thousandths(j, "best", parts->best);
    put_thousandths(j, "most", parts->most);
    json_put_int(j, "places", parts->places);
    put_thousandths(j, "sentences", parts->sentences);
    json_close(j, '}');
}

static void put_requirement(struct json *j, const struct result_input *in,
                            size_t r)
{
    const struct requirement *want = &in->input->job->requirements[r];
    const struct requirement_score *one = &in->score->requirements[r];
    json_open(j, '{');
    json_put_int(j, "id", (int64_t)r + 1);
    json_put_str(j, "label", want->label);
    json_put_str(j, "kind", str_of(requirement_kind_name(want->kind)));
    json_put_bool(j, "must", want->must);
    json_put_bool(j, "required", want->required);
    json_put_bool(j, "assessed", one->assessed);
    json_put_bool(j, "met", one->met);
    put_hundredths(j, "weight", one->weight);
    put_hundredths(j, "points", one->points);
    put_hundredths(j, "lost", one->weight - one->points);
    put_thousandths(j, "credit", one->credit);
    put_parts(j, &one->parts);
    json_put_str(j, "how", str_of(match_how_name(one->how)));
    put_thousandths(j, "confidence",
                    one->n_evidence ? one->evidence[0].confidence : 0);
    json_put_int(j, "support", one->support);
    json_put_int(j, "months", one->months);
    put_month(j, "last_used", one->last_used);
    json_put_str(j, "reason", one->reason);
    put_source(j, in->input->job, want->source);
    json_key(j, "evidence");
    json_open(j, '[');
    for (size_t i = 0; i < one->n_evidence; i++)
        if (!span_is_empty(one->evidence[i].span))
            put_evidence(j, in->input, &one->evidence[i]);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_warnings(struct json *j, const struct score *score)
{
    json_key(j, "warnings");
    json_open(j, '[');
    for (size_t i = 0; i < score->n_warnings; i++) {
        json_open(j, '{');
        json_put_str(j, "code", str_of(score->warnings[i].code));
        json_put_str(j, "text", score->warnings[i].text);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_what_ifs(struct json *j, const struct what_ifs *what_ifs)
{
    if (!what_ifs)
        return;
    json_key(j, "what_if");
    json_open(j, '{');
    put_hundredths(j, "total", what_ifs->total);
    json_key(j, "skills");
    json_open(j, '[');
    for (size_t i = 0; i < what_ifs->len; i++) {
        const struct what_if *one = &what_ifs->items[i];
        json_open(j, '{');
        json_put_str(j, "name", one->name);
        json_put_bool(j, "asked", one->is_asked);
        put_hundredths(j, "total", one->total);
        put_hundredths(j, "gain", one->gain);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

/* A result is blind: neither people nor groups that they belong to, nor
 * anything that holds a part of what was kept out. */
static bool is_shown(const struct resume *resume, const struct entity_span *e)
{
    if (str_eq(e->label, STR("PERSON")) || str_eq(e->label, STR("NORP")))
        return false;
    for (size_t i = 0; i < resume->n_personal; i++)
        if (span_overlaps(resume->personal[i].span, e->span))
            return false;
    return true;
}

static void put_entities(struct json *j, const struct result_input *in)
{
    const struct resume *resume = in->input->resume;

    if (!in->entities)
        return;
    json_key(j, "entities");
    json_open(j, '[');
    for (size_t i = 0; i < in->entities->n; i++) {
        const struct entity_span *e = &in->entities->items[i];
        if (!is_shown(resume, e))
            continue;
        json_open(j, '{');
        json_put_str(j, "text", span_of(resume->document->text, e->span));
        json_put_str(j, "label", e->label);
        json_put_int(j, "page",
                     document_page_at(resume->document, e->span.start));
        json_put_int(j, "start", e->span.start);
        json_put_int(j, "end", e->span.end);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_model(struct json *j, const struct provenance *p)
{
    json_key(j, "model");
    if (p->model.len == 0) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    put_text(j, "name", p->model);
    put_text(j, "hash", p->model_hash);
    put_text(j, "precision", p->precision);
    json_close(j, '}');
}

static void put_file(struct json *j, const char *key, struct str name,
                     struct str sha256, struct str text_sha256)
{
    json_key(j, key);
    json_open(j, '{');
    put_text(j, "file", name);
    put_text(j, "sha256", sha256);
    put_text(j, "text_sha256", text_sha256);
    json_close(j, '}');
}

static void put_provenance(struct json *j, const struct provenance *p)
{
    json_key(j, "provenance");
    json_open(j, '{');
    put_text(j, "engine_version", p->engine_version);
    put_model(j, p);
    put_text(j, "ontology_hash", p->ontology_hash);
    put_text(j, "config_hash", p->config_hash);
    put_text(j, "extractor", p->extractor);
    put_text(j, "pdf_library", p->pdf_library);
    put_text(j, "as_of", p->as_of);
    put_text(j, "weights", p->weights);
    put_text(j, "require", p->require);
    if (p->pipeline.len) {
        json_key(j, "entities");
        json_open(j, '{');
        put_text(j, "name", p->pipeline);
        put_text(j, "hash", p->pipeline_hash);
        json_put_bool(j, "parser", p->parse_entities);
        json_close(j, '}');
    }
    put_file(j, "resume", p->resume_file, p->resume_sha256,
             p->resume_text_sha256);
    put_file(j, "job", p->job_file, p->job_sha256, p->job_text_sha256);
    json_close(j, '}');
}

void result_json_members(struct json *j, const struct result_input *in)
{
    const struct score *score = in->score;
    json_key(j, "range");
    json_open(j, '{');
    put_hundredths(j, "low", score->low);
    put_hundredths(j, "high", score->high);
    json_close(j, '}');
    put_hundredths(j, "coverage", score->coverage);
    json_key(j, "requirements");
    json_open(j, '[');
    for (size_t r = 0; r < score->n_requirements; r++)
        put_requirement(j, in, r);
    json_close(j, ']');
    put_warnings(j, score);
    put_what_ifs(j, in->what_ifs);
    put_entities(j, in);
    put_provenance(j, in->provenance);
}

void result_json_write(struct json *j, const struct result_input *in)
{
    const struct score *score = in->score;
    json_open(j, '{');
    json_put_int(j, "version", RESULT_VERSION);
    put_hundredths(j, "total", score->total);
    json_put_str(j, "band", score->band);
    put_text(j, "band_reason", score->band_reason);
    put_text(j, "job_title", in->input->job->title);
    json_put_int(j, "experience_months", in->input->resume->experience_months);
    result_json_members(j, in);
    json_close(j, '}');
}
