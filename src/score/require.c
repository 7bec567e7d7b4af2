/* SPDX-License-Identifier: MIT */
#include "score/require.h"

/* Labels that a refusal names; an error is one sentence. */
#define SHOWN 12

struct term {
    struct str text;
    uint32_t skill; /* UINT32_MAX where it is none */
};

static bool fits_kind(const struct requirement *r, struct str kind)
{
    return str_eq_nocase(kind, str_of(requirement_kind_name(r->kind)));
}

static bool fits_name(const struct requirement *r, const struct term *term)
{
    if (str_eq_nocase(r->label, term->text))
        return true;
    /* The skills of a line of work only stand for their fields. */
    return term->skill != UINT32_MAX && r->n_skills == 1 &&
           r->kind != REQUIREMENT_FIELD && r->skills[0] == term->skill;
}

static bool is_word_byte(struct str s, size_t i)
{
    return i < s.len && (ascii_is_alnum((unsigned char)s.data[i]) ||
                         (unsigned char)s.data[i] >= 0x80);
}

/* As whole words; of a known skill only its own requirements will do. */
static bool fits_words(const struct requirement *r, const struct term *term)
{
    struct str label = r->label;
    size_t at = 0;

    if ((term->skill != UINT32_MAX && r->n_skills > 1) ||
        r->kind == REQUIREMENT_FIELD)
        return false;
    while ((at = str_find_nocase(label, term->text, at)) != SIZE_MAX) {
        size_t end = at + term->text.len;
        bool starts =
            at == 0 || !is_word_byte(label, at - 1) || !is_word_byte(label, at);
        bool ends = !is_word_byte(label, end) || !is_word_byte(label, end - 1);
        if (starts && ends)
            return true;
        at++;
    }
    return false;
}

static rsc_status refuse(struct ctx *ctx, const struct job *job,
                         struct str term)
{
    struct str known = STR("");

    for (size_t i = 0; i < job->n_requirements && i < SHOWN; i++)
        known = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(known), i ? "; " : "",
                           STR_ARG(job->requirements[i].label));
    return ctx_fail(ctx, RSC_EINVALID,
                    "the job does not ask for \"%.*s\" by itself, so it "
                    "cannot be required; it asks for: %.*s%s",
                    STR_ARG(term), STR_ARG(known),
                    job->n_requirements > SHOWN ? "; ..." : "");
}

static rsc_status mark(struct ctx *ctx, struct job *job, struct str text,
                       const struct ontology *ontology)
{
    static const char prefix[] = "kind=";
    bool is_kind = str_starts_nocase(text, STR("kind="));
    struct str kind =
        is_kind ? str_slice(text, sizeof(prefix) - 1, text.len) : text;
    struct term term = {text,
                        is_kind ? UINT32_MAX : ontology_find(ontology, text)};
    bool found = false;

    for (size_t i = 0; i < job->n_requirements; i++) {
        struct requirement *r = &job->requirements[i];
        bool fits = is_kind ? fits_kind(r, kind) : fits_name(r, &term);
        r->required = r->required || fits;
        found = found || fits;
    }
    bool by_words = !found && !is_kind;
    for (size_t i = 0; i < job->n_requirements && by_words; i++) {
        struct requirement *r = &job->requirements[i];
        bool fits = fits_words(r, &term);
        r->required = r->required || fits;
        found = found || fits;
    }
    return found ? RSC_OK : refuse(ctx, job, text);
}

rsc_status require_mark(struct ctx *ctx, struct job *out, const struct job *job,
                        struct str list, const struct ontology *ontology)
{
    size_t n = job->n_requirements;
    rsc_status st = RSC_OK;
    struct str field;

    *out = *job;
    out->requirements = ctx_alloc_array(ctx, n, sizeof(out->requirements[0]));
    if (!out->requirements)
        return ctx->error.status;
    memcpy(out->requirements, job->requirements,
           n * sizeof(out->requirements[0]));
    while (!st && str_next_field(&list, ',', &field)) {
        field = str_trim(field);
        if (field.len)
            st = mark(ctx, out, field, ontology);
    }
    return st;
}
