/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "parse/jsonresume.h"

struct writer {
    struct ctx *ctx;
    struct json j;
    const struct resume *r;
    const struct ontology *ontology;
};

/* The text of a span on one line. */
static void put_span(struct writer *w, const char *key, struct span span)
{
    if (span_is_empty(span))
        return;
    struct str text = span_of(w->r->document->text, span);
    char *line = ctx_alloc(w->ctx, text.len + 1);
    size_t len = 0;
    if (!line)
        return; /* the context remembers */
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = ascii_is_space((unsigned char)text.data[i]);
        if (is_blank && (len == 0 || line[len - 1] == ' '))
            continue;
        line[len++] = is_blank ? ' ' : text.data[i];
    }
    if (key)
        json_put_str(&w->j, key, str_trim((struct str){line, len}));
    else
        json_str(&w->j, str_trim((struct str){line, len}));
}

static void put_month(struct writer *w, const char *key, struct month m)
{
    if (!m.year)
        return;
    json_put_str(&w->j, key,
                 m.month ? ctx_printf(w->ctx, "%04d-%02d", m.year, m.month)
                         : ctx_printf(w->ctx, "%04d", m.year));
}

static void put_dates(struct writer *w, const struct date_range *d)
{
    if (!d->first.year)
        return;
    bool is_single =
        d->first.year == d->last.year && d->first.month == d->last.month;
    if (!is_single || d->is_present)
        put_month(w, "startDate", d->first);
    if (!d->is_present)
        put_month(w, "endDate", d->last);
}

static const struct personal *first_of(const struct resume *r,
                                       enum personal_kind kind)
{
    for (size_t i = 0; i < r->n_personal; i++) {
        if (r->personal[i].kind == kind)
            return &r->personal[i];
    }
    return NULL;
}

static void put_personal(struct writer *w, const char *key,
                         enum personal_kind kind)
{
    const struct personal *p = first_of(w->r, kind);

    if (p)
        put_span(w, key, p->span);
}

static void put_basics(struct writer *w)
{
    const struct resume *r = w->r;

    json_key(&w->j, "basics");
    json_open(&w->j, '{');
    put_personal(w, "name", PERSONAL_NAME);
    put_personal(w, "email", PERSONAL_EMAIL);
    put_personal(w, "phone", PERSONAL_PHONE);
    for (size_t i = 0; i < r->n_sections; i++) {
        if (r->sections[i].kind == SECTION_SUMMARY) {
            put_span(w, "summary", r->sections[i].body);
            break;
        }
    }
    if (first_of(r, PERSONAL_ADDRESS)) {
        json_key(&w->j, "location");
        json_open(&w->j, '{');
        put_personal(w, "address", PERSONAL_ADDRESS);
        json_close(&w->j, '}');
    }
    json_key(&w->j, "profiles");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_personal; i++) {
        if (r->personal[i].kind != PERSONAL_LINK)
            continue;
        json_open(&w->j, '{');
        put_span(w, "url", r->personal[i].span);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
    json_close(&w->j, '}');
}

/* Whether the sentence is one of the role's header lines. */
static bool is_header(const struct role *role, struct span s)
{
    return span_overlaps(role->title, s) || span_overlaps(role->employer, s) ||
           span_overlaps(role->location, s) ||
           span_overlaps(role->dates.span, s);
}

static void put_roles(struct writer *w, bool volunteer)
{
    const struct resume *r = w->r;

    json_key(&w->j, volunteer ? "volunteer" : "work");
    json_open(&w->j, '[');
    for (uint32_t i = 0; i < r->n_roles; i++) {
        const struct role *role = &r->roles[i];
        if (role->is_volunteer != volunteer)
            continue;
        json_open(&w->j, '{');
        put_span(w, volunteer ? "organization" : "name", role->employer);
        put_span(w, "position", role->title);
        if (!volunteer)
            put_span(w, "location", role->location);
        put_dates(w, &role->dates);
        json_key(&w->j, "highlights");
        json_open(&w->j, '[');
        for (size_t k = 0; k < r->n_sentences; k++) {
            if (r->sentences[k].role == i &&
                !is_header(role, r->sentences[k].span))
                put_span(w, NULL, r->sentences[k].span);
        }
        json_close(&w->j, ']');
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

static void put_education(struct writer *w)
{
    const struct resume *r = w->r;

    json_key(&w->j, "education");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_education; i++) {
        json_open(&w->j, '{');
        put_span(w, "institution", r->education[i].institution);
        put_span(w, "area", r->education[i].subject);
        put_span(w, "studyType", r->education[i].degree);
        put_dates(w, &r->education[i].dates);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

static void put_certificates(struct writer *w)
{
    const struct resume *r = w->r;

    json_key(&w->j, "certificates");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_certificates; i++) {
        json_open(&w->j, '{');
        put_span(w, "name", r->certificates[i].name);
        put_month(w, "date", r->certificates[i].issued);
        put_span(w, "issuer", r->certificates[i].issuer);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

static void put_languages(struct writer *w)
{
    static const char *const levels[] = {"",   "A1", "A2", "B1",
                                         "B2", "C1", "C2", "Native speaker"};
    const struct resume *r = w->r;

    json_key(&w->j, "languages");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_languages; i++) {
        json_open(&w->j, '{');
        json_put_str(&w->j, "language", r->languages[i].language);
        if (r->languages[i].level)
            json_put_str(&w->j, "fluency",
                         str_of(levels[r->languages[i].level]));
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

/* One skill per item of a list, as written. */
static void put_listed(struct writer *w, struct str text)
{
    size_t start = 0;

    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && !strchr(",;|\t\n", text.data[i]))
            continue;
        struct str item = str_trim(str_slice(text, start, i));
        start = i + 1;
        if (!item.len)
            continue;
        json_open(&w->j, '{');
        json_put_str(&w->j, "name", item);
        json_close(&w->j, '}');
    }
}

static bool is_repeated(const struct skill_hits *hits, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (hits->items[k].skill == hits->items[i].skill)
            return true;
    }
    return false;
}

static rsc_status put_skills(struct writer *w)
{
    const struct resume *r = w->r;
    struct skill_hits hits = {0};
    rsc_status st = RSC_OK;

    json_key(&w->j, "skills");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_sentences && !st; i++) {
        const struct sentence *s = &r->sentences[i];
        if (r->sections[s->section].kind != SECTION_SKILLS)
            continue;
        if (w->ontology)
            st = skill_match(w->ctx, &hits, w->ontology, s->blind);
        else
            put_listed(w, s->blind);
    }
    for (size_t i = 0; i < hits.len && i < 300; i++) {
        if (is_repeated(&hits, i))
            continue;
        json_open(&w->j, '{');
        json_put_str(&w->j, "name",
                     ontology_name(w->ontology, hits.items[i].skill));
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
    return st;
}

rsc_status resume_write_jsonresume(struct ctx *ctx, struct buf *out,
                                   const struct resume *resume,
                                   const struct ontology *ontology)
{
    struct writer w = {
        .ctx = ctx, .j = json_to(out, 2), .r = resume, .ontology = ontology};

    json_open(&w.j, '{');
    json_put_str(&w.j, "$schema",
                 STR("https://raw.githubusercontent.com/jsonresume/"
                     "resume-schema/v1.0.0/schema.json"));
    put_basics(&w);
    put_roles(&w, false);
    put_roles(&w, true);
    put_education(&w);
    put_certificates(&w);
    rsc_status st = put_skills(&w);
    put_languages(&w);
    json_close(&w.j, '}');
    return st ? st : ctx->error.status;
}
