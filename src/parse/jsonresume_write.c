/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "parse/blind.h"
#include "parse/jsonresume.h"

struct writer {
    struct ctx *ctx;
    struct json j;
    const struct resume *r;
    const struct ontology *ontology;
    bool is_blind; /* without the person */
};

/* Items that have more words are prose, of which only known skills are put. */
#define ITEM_WORDS 6

static struct str text_of(struct writer *w, struct span span)
{
    const struct resume *r = w->r;
    struct sentence sentence = {.span = span};

    if (!w->is_blind)
        return ctx_fold(w->ctx, span_of(r->document->text, span));
    if (blind_write(w->ctx, &sentence, r->document->text, r->personal,
                    r->n_personal))
        return STR("");
    return ctx_fold(w->ctx, sentence.blind);
}

static void put_text(struct writer *w, const char *key, struct str text)
{
    if (text.len)
        json_put_str(&w->j, key, text);
}

/* The text of a span; nothing where it is empty. key is NULL in a list. */
static void put_span(struct writer *w, const char *key, struct span span)
{
    struct str text = span_is_empty(span) ? STR("") : text_of(w, span);

    if (text.len && key)
        json_put_str(&w->j, key, text);
    else if (text.len)
        json_str(&w->j, text);
}

/* {"key": text} */
static void put_entry(struct writer *w, const char *key, struct str text)
{
    if (!text.len)
        return;
    json_open(&w->j, '{');
    json_put_str(&w->j, key, text);
    json_close(&w->j, '}');
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

/* The schema wants whole addresses: "linkedin.com/in/x" is none. */
static void put_profiles(struct writer *w)
{
    const struct resume *r = w->r;

    json_key(&w->j, "profiles");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_personal; i++) {
        if (r->personal[i].kind != PERSONAL_LINK)
            continue;
        struct str link = text_of(w, r->personal[i].span);
        bool is_whole = str_find(link, STR("://"), 0) != SIZE_MAX;
        put_entry(w, "url",
                  is_whole ? link
                           : ctx_printf(w->ctx, "https://%.*s", STR_ARG(link)));
    }
    json_close(&w->j, ']');
}

static void put_person(struct writer *w)
{
    put_personal(w, "name", PERSONAL_NAME);
    put_personal(w, "email", PERSONAL_EMAIL);
    put_personal(w, "phone", PERSONAL_PHONE);
    if (first_of(w->r, PERSONAL_ADDRESS)) {
        json_key(&w->j, "location");
        json_open(&w->j, '{');
        put_personal(w, "address", PERSONAL_ADDRESS);
        json_close(&w->j, '}');
    }
    put_profiles(w);
}

static void put_basics(struct writer *w)
{
    const struct resume *r = w->r;

    json_key(&w->j, "basics");
    json_open(&w->j, '{');
    if (!w->is_blind)
        put_person(w);
    for (size_t i = 0; i < r->n_sections; i++) {
        if (r->sections[i].kind == SECTION_SUMMARY) {
            put_span(w, "summary", r->sections[i].body);
            break;
        }
    }
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

/* The degree; the whole first line, up to its dates, where nothing else of it
 * was understood: a reader of the file sees what stood there. */
static struct span degree_of(const struct resume *r, const struct education *e)
{
    struct str text = r->document->text;
    struct span line = {e->body.start, e->body.start};

    if (!span_is_empty(e->subject) || !span_is_empty(e->institution))
        return e->degree;
    while (line.end < e->body.end && text.data[line.end] != '\n')
        line.end++;
    if (e->dates.first.year && span_overlaps(line, e->dates.span))
        line.end = e->dates.span.start;
    while (line.end > line.start && strchr(" \t,|(", text.data[line.end - 1]))
        line.end--;
    return line.end > line.start ? line : e->degree;
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
        put_span(w, "studyType", degree_of(r, &r->education[i]));
        /* The years of a degree tell an age. */
        if (!w->is_blind)
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

static size_t count_words(struct str text)
{
    struct str word;
    size_t n = 0;

    while (str_next_field(&text, ' ', &word))
        n += word.len > 0;
    return n;
}

static bool is_repeated(const struct skill_hits *hits, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (hits->items[k].skill == hits->items[i].skill)
            return true;
    }
    return false;
}

/* The skills that prose names, each in `list`'s form. */
static rsc_status put_named(struct writer *w, struct str text, const char *key)
{
    struct skill_hits hits = {0};
    rsc_status st = RSC_OK;

    if (w->ontology)
        st = skill_match(w->ctx, &hits, w->ontology, text);
    for (size_t i = 0; i < hits.len && !st; i++) {
        struct str name = ontology_name(w->ontology, hits.items[i].skill);
        if (is_repeated(&hits, i))
            continue;
        if (key)
            put_entry(w, key, name);
        else
            json_str(&w->j, name);
    }
    return st;
}

/* The items of a list as written: {key: item} each, or strings for NULL. */
static rsc_status put_listed(struct writer *w, struct str text, const char *key)
{
    rsc_status st = RSC_OK;
    size_t start = 0;

    for (size_t i = 0; i <= text.len && !st; i++) {
        if (i < text.len && !strchr(",;|\t\n", text.data[i]))
            continue;
        struct str item = str_trim(str_slice(text, start, i));
        start = i + 1;
        if (!item.len)
            continue;
        if (count_words(item) > ITEM_WORDS)
            st = put_named(w, item, key);
        else if (key)
            put_entry(w, key, item);
        else
            json_str(&w->j, item);
    }
    return st;
}

/* "Databases: PostgreSQL, Redis" is one skill of the schema with keywords. */
static rsc_status put_skill_line(struct writer *w, struct str text)
{
    size_t colon = str_find(text, STR(":"), 0);

    if (colon == SIZE_MAX || colon == 0 || colon + 1 >= text.len ||
        text.data[colon + 1] != ' ' ||
        count_words(str_slice(text, 0, colon)) > ITEM_WORDS)
        return put_listed(w, text, "name");
    json_open(&w->j, '{');
    json_put_str(&w->j, "name", str_trim(str_slice(text, 0, colon)));
    json_key(&w->j, "keywords");
    json_open(&w->j, '[');
    rsc_status st = put_listed(w, str_slice(text, colon + 1, text.len), NULL);
    json_close(&w->j, ']');
    json_close(&w->j, '}');
    return st;
}

/* Those of the sentences in sections of a kind that stand in no role. */
static bool is_of(const struct resume *r, const struct sentence *s,
                  enum section_kind kind)
{
    return r->sections[s->section].kind == kind && s->role == UINT32_MAX;
}

static rsc_status put_skills(struct writer *w)
{
    const struct resume *r = w->r;
    rsc_status st = RSC_OK;

    json_key(&w->j, "skills");
    json_open(&w->j, '[');
    for (size_t i = 0; i < r->n_sentences && !st; i++) {
        if (r->sections[r->sentences[i].section].kind == SECTION_SKILLS)
            st = put_skill_line(w, text_of(w, r->sentences[i].span));
    }
    json_close(&w->j, ']');
    return st;
}

/* What the parser only knows as sentences of a section. */
static void put_plain(struct writer *w)
{
    static const struct {
        enum section_kind kind;
        const char *list, *key;
    } parts[] = {
        {SECTION_AWARDS, "awards", "title"},
        {SECTION_PUBLICATIONS, "publications", "name"},
        {SECTION_INTERESTS, "interests", "name"},
    };
    const struct resume *r = w->r;

    for (size_t p = 0; p < sizeof(parts) / sizeof(parts[0]); p++) {
        json_key(&w->j, parts[p].list);
        json_open(&w->j, '[');
        for (size_t i = 0; i < r->n_sentences; i++) {
            if (is_of(r, &r->sentences[i], parts[p].kind))
                put_entry(w, parts[p].key, text_of(w, r->sentences[i].span));
        }
        json_close(&w->j, ']');
    }
}

/* One entry for each section of projects: where one ends and the next begins,
 * nobody has told. */
static void put_projects(struct writer *w)
{
    const struct resume *r = w->r;

    json_key(&w->j, "projects");
    json_open(&w->j, '[');
    for (uint32_t k = 0; k < r->n_sections; k++) {
        if (r->sections[k].kind != SECTION_PROJECTS)
            continue;
        json_open(&w->j, '{');
        put_text(w, "name",
                 ctx_fold(w->ctx,
                          span_of(r->document->text, r->sections[k].heading)));
        json_key(&w->j, "highlights");
        json_open(&w->j, '[');
        for (size_t i = 0; i < r->n_sentences; i++) {
            if (r->sentences[i].section == k &&
                r->sentences[i].role == UINT32_MAX)
                put_span(w, NULL, r->sentences[i].span);
        }
        json_close(&w->j, ']');
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

rsc_status resume_write_jsonresume(struct ctx *ctx, struct buf *out,
                                   const struct resume *resume,
                                   const struct ontology *ontology,
                                   bool is_blind)
{
    struct writer w = {.ctx = ctx,
                       .j = json_to(out, 2),
                       .r = resume,
                       .ontology = ontology,
                       .is_blind = is_blind};

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
    put_projects(&w);
    put_plain(&w);
    json_close(&w.j, '}');
    return st ? st : ctx->error.status;
}
