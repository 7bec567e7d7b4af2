/* SPDX-License-Identifier: MIT */
/* The public functions that tell what an engine knows and what it read. */

#include <stdio.h>

#include "base/clock.h"
#include "base/json.h"
#include "embed/encoder_convert.h"
#include "engine/as_of.h"
#include "engine/text_api.h"
#include "engine/vectors.h"
#include "parse/resume.h"

/* The whole ontology has some 2 MB. */
#define MAX_JSON ((size_t)64 << 20)

void rsc_engine_fingerprint(const rsc_engine *engine, char out[65])
{
    struct mem mem;
    struct ctx ctx;
    struct str config = STR("");

    mem_init(&mem, "engine", 0);
    ctx_init(&ctx, &mem);
    score_config_hash(&ctx, &config, &engine->config);
    struct str all = ctx_printf(
        &ctx, "%s %.*s %.*s %.*s %.*s %zu %u %zu", RSC_VERSION,
        STR_ARG(engine->model_hash), STR_ARG(engine->model_precision),
        STR_ARG(ontology_hash(engine->ontology)), STR_ARG(config),
        engine->extract.max_bytes, engine->extract.max_pages,
        engine->extract.max_chars);
    /* Out of memory it is no constant, so that nothing is mistaken for it. */
    struct sha256_hex hash = hash_sha256(
        all.data ? all : (struct str){(const char *)&engine, sizeof(engine)});
    snprintf(out, 65, "%s", hash.text);
    ctx_clear(&ctx);
}

static const char *text_of(struct str s)
{
    return s.data ? s.data : "";
}

void rsc_engine_model(const rsc_engine *engine, rsc_model_info *out)
{
    *out = (rsc_model_info){"", "", "", "", 0, 0};
    if (!engine->embedder)
        return;
    out->name = text_of(engine->model_name);
    out->sha256 = text_of(engine->model_hash);
    out->precision = text_of(engine->model_precision);
    out->pooling = embed_config(engine->embedder)->first_only ? "cls" : "mean";
    out->dimensions = rsc_vector_size(engine);
    out->max_tokens = rsc_max_tokens(engine);
}

bool rsc_skill_is_known(const rsc_engine *engine, const char *name)
{
    return ontology_find(engine->ontology, str_of(name)) != UINT32_MAX;
}

static void write_skill(struct json *j, const struct ontology *o,
                        uint32_t skill)
{
    size_t n;
    const struct skill_link *links = ontology_links(o, skill, &n);

    json_open(j, '{');
    json_put_str(j, "name", ontology_name(o, skill));
    json_key(j, "aliases");
    json_open(j, '[');
    for (size_t i = 0; i < ontology_alias_count(o, skill); i++)
        json_str(j, ontology_alias(o, skill, i));
    json_close(j, ']');
    json_put_str(j, "category", ontology_category(o, skill));
    json_put_str(j, "field", ontology_field(o, skill));
    json_key(j, "related");
    json_open(j, '[');
    for (size_t i = 0; i < n; i++)
        json_str(j, ontology_name(o, links[i].skill));
    json_close(j, ']');
    json_close(j, '}');
}

rsc_status rsc_skills(rsc_text **out, rsc_engine *engine, const char *category,
                      rsc_error *err)
{
    const struct ontology *o = engine->ontology;
    struct text_work w;

    text_open(&w, MAX_JSON);
    struct json j = json_to(&w.buf, 0);
    json_open(&j, '{');
    json_key(&j, "skills");
    json_open(&j, '[');
    for (uint32_t i = 0; i < ontology_count(o); i++)
        if (!category ||
            str_eq_nocase(ontology_category(o, i), str_of(category)))
            write_skill(&j, o, i);
    json_close(&j, ']');
    json_close(&j, '}');
    return text_close(&w, out, err);
}

/* --- resumes ------------------------------------------------------------- */

static void write_source(struct json *j, const rsc_document *document,
                         const struct resume *resume)
{
    const struct document *doc = &document->doc;

    json_key(j, "full_result");
    json_open(j, '{');
    json_put_str(j, "text", doc->text);
    json_key(j, "language");
    json_null(j); /* not told */
    json_put_str(j, "extraction_method", doc->method);
    json_put_int(j, "pages", doc->pages);
    json_key(j, "warnings");
    json_open(j, '[');
    for (size_t i = 0; i < doc->n_warnings; i++)
        json_str(j, doc->warnings[i]);
    for (size_t i = 0; i < resume->n_warnings; i++)
        json_str(j, resume->warnings[i]);
    json_close(j, ']');
    json_key(j, "hidden");
    json_open(j, '[');
    for (size_t i = 0; i < doc->n_hidden; i++) {
        json_open(j, '{');
        json_put_int(j, "page", doc->hidden[i].page);
        json_put_str(j, "reason",
                     str_of(hidden_reason_name(doc->hidden[i].reason)));
        json_put_str(j, "text", doc->hidden[i].text);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

/* Sections of one kind are one text, in their order. */
static void write_sections(struct json *j, const struct resume *resume,
                           struct ctx *ctx)
{
    struct str text = resume->document->text;

    json_key(j, "sections");
    json_open(j, '{');
    for (int kind = 0; kind < SECTION_KINDS; kind++) {
        struct str all = STR_NONE;
        for (size_t i = 0; i < resume->n_sections; i++) {
            const struct section *s = &resume->sections[i];
            if ((int)s->kind != kind)
                continue;
            struct str body = str_trim(span_of(text, s->body));
            all = all.data ? ctx_printf(ctx, "%.*s\n%.*s", STR_ARG(all),
                                        STR_ARG(body))
                           : body;
        }
        if (all.data)
            json_put_str(j, section_kind_name((enum section_kind)kind), all);
    }
    json_close(j, '}');
}

static void write_month(struct json *j, const char *key, struct month month,
                        struct ctx *ctx)
{
    json_key(j, key);
    if (month.year == 0)
        json_null(j);
    else if (month.month == 0)
        json_str(j, ctx_printf(ctx, "%04d", month.year));
    else
        json_str(j, ctx_printf(ctx, "%04d-%02d", month.year, month.month));
}

static void write_roles(struct json *j, const struct resume *resume,
                        struct ctx *ctx)
{
    struct str text = resume->document->text;

    json_key(j, "roles");
    json_open(j, '[');
    for (size_t i = 0; i < resume->n_roles; i++) {
        const struct role *role = &resume->roles[i];
        json_open(j, '{');
        json_put_str(j, "title", ctx_fold(ctx, span_of(text, role->title)));
        json_put_str(j, "employer",
                     ctx_fold(ctx, span_of(text, role->employer)));
        json_put_str(j, "location",
                     ctx_fold(ctx, span_of(text, role->location)));
        write_month(j, "first", role->dates.first, ctx);
        write_month(j, "last", role->dates.last, ctx);
        json_put_bool(j, "is_present", role->dates.is_present);
        json_put_int(j, "months", role->months);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_education(struct json *j, const struct resume *resume,
                            struct ctx *ctx)
{
    struct str text = resume->document->text;

    json_key(j, "education");
    json_open(j, '[');
    for (size_t i = 0; i < resume->n_education; i++) {
        const struct education *e = &resume->education[i];
        json_open(j, '{');
        json_put_str(j, "level", str_of(degree_level_name(e->level)));
        json_put_str(j, "degree", ctx_fold(ctx, span_of(text, e->degree)));
        json_put_str(j, "subject", ctx_fold(ctx, span_of(text, e->subject)));
        json_put_str(j, "institution",
                     ctx_fold(ctx, span_of(text, e->institution)));
        json_put_bool(j, "is_unfinished", e->is_unfinished);
        json_close(j, '}');
    }
    json_close(j, ']');
}

rsc_status rsc_resume_describe(rsc_text **out, rsc_engine *engine,
                               const rsc_document *document, rsc_error *err)
{
    struct resume_options options = {0};
    struct resume resume;
    struct as_of as_of;
    struct text_work w;

    text_open(&w, MAX_JSON);
    if (as_of_read(&w.ctx, &as_of, NULL, clock_wall_s()))
        return text_close(&w, out, err);
    options.as_of = as_of.month;
    if (resume_parse(&w.ctx, &resume, &document->doc, engine->ontology,
                     &options))
        return text_close(&w, out, err);
    struct json j = json_to(&w.buf, 0);
    json_open(&j, '{');
    write_source(&j, document, &resume);
    write_sections(&j, &resume, &w.ctx);
    write_roles(&j, &resume, &w.ctx);
    write_education(&j, &resume, &w.ctx);
    json_put_int(&j, "experience_months", resume.experience_months);
    json_close(&j, '}');
    return text_close(&w, out, err);
}
