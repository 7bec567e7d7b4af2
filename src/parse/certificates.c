/* SPDX-License-Identifier: MIT */
#include "parse/certificates.h"

#include "base/limits.h"
#include "base/vec.h"
#include "text/wordlist.h"

#define NAME_WORDS 16 /* of a certificate; a longer text is a sentence */
/* "Powered Industrial Truck Operator" has four. */
#define VERB_WORDS 5

/* A certificate's line has few words; a longer one is prose about it. */
#define MAX_WORDS 22

static struct span trim(struct str text, struct span s)
{
    for (;;) {
        struct str rest = span_of(text, s);
        if (!rest.len)
            return s;
        if (strchr(" \t,;|-:.(/)", rest.data[0]))
            s.start++;
        else if (str_starts(rest, STR("\xE2\x80\x93")) ||
                 str_starts(rest, STR("\xE2\x80\x94")) ||
                 str_starts(rest, STR("\xE2\x80\xA2")))
            s.start += 3;
        else if (strchr(" \t,;|-:.(/", rest.data[rest.len - 1]))
            s.end--;
        else if (str_ends(rest, STR("\xE2\x80\x93")) ||
                 str_ends(rest, STR("\xE2\x80\x94")) ||
                 str_ends(rest, STR("\xE2\x80\xA2")))
            s.end -= 3;
        else if (rest.data[rest.len - 1] == ')' &&
                 str_find(rest, STR("("), 0) == SIZE_MAX)
            s.end--;
        else
            return s;
    }
}

static size_t mark_len(struct str line, size_t i)
{
    static const char *const marks[] = {"\t",
                                        "|",
                                        ", ",
                                        " - ",
                                        " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 ",
                                        " \xC2\xB7 ",
                                        "   ",
                                        " by ",
                                        " from ",
                                        " issued by ",
                                        ": ",
                                        " \xE2\x80\xA2 "};
    struct str rest = str_slice(line, i, line.len);

    for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
        if (str_starts(rest, str_of(marks[k])))
            return strlen(marks[k]);
    }
    return 0;
}

/* "AWS Certified Developer - Associate": a grade belongs to the name. */
static bool is_grade(struct str piece)
{
    static const char *const grades[] = {
        "associate", "professional", "foundation",   "expert", "practitioner",
        "advanced",  "specialty",    "fundamentals", "level",  "core"};

    return STR_STARTS_ANY_NOCASE(piece, grades);
}

static bool is_label(struct str piece)
{
    static const char *const labels[] = {
        "certification", "certifications", "certificate", "certificates",
        "licence",       "license",        "licenses",    "licences",
        "training",      "courses",        "issued",      "expires",
        "valid"};
    uint32_t at = 0;
    struct span word =
        wordlist_next_word(piece, (struct span){0, (uint32_t)piece.len}, &at);

    if (at < piece.len)
        return str_starts_nocase(piece, STR("issued")) ||
               str_starts_nocase(piece, STR("expires")) ||
               str_starts_nocase(piece, STR("valid")) ||
               str_starts_nocase(piece, STR("credential id"));
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        if (str_eq_nocase(span_of(piece, word), str_of(labels[i])))
            return true;
    }
    return false;
}

/* The certificate's place in the ontology: by its whole name, or by the one
 * certificate that is found in it. */
static rsc_status find_skill(struct ctx *ctx, const struct ontology *ontology,
                             struct str name, uint32_t *out)
{
    struct skill_hits hits = {0};

    *out = UINT32_MAX;
    if (!ontology)
        return RSC_OK;
    *out = ontology_find(ontology, name);
    if (*out != UINT32_MAX)
        return RSC_OK;
    rsc_status st = skill_match(ctx, &hits, ontology, name);
    for (size_t i = 0; i < hits.len && !st; i++) {
        if (ontology_kind(ontology, hits.items[i].skill) == SKILL_CERTIFICATE) {
            *out = hits.items[i].skill;
            break;
        }
    }
    return st;
}

/* "Assisted in hosting open houses": a sentence about work, which stands below
 * such a heading now and then. */
static bool is_work(struct str name)
{
    static const char *const verbs[] = {"i",           "although", "organizes",
                                        "responsible", "serves",   "works"};
    static const char *const holders[] = {
        "accredited", "advanced",  "applied",    "authorised", "authorized",
        "certified",  "chartered", "combined",   "completed",  "integrated",
        "licensed",   "qualified", "registered", "trained",    "united"};
    struct span all = {0, (uint32_t)name.len};
    uint32_t at = 0;
    unsigned n = 1;
    struct str first = span_of(name, wordlist_next_word(name, all, &at));

    while (!span_is_empty(wordlist_next_word(name, all, &at)))
        n++;
    bool is_verb = str_ends_nocase(first, STR("ed"));
    for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
        is_verb = is_verb && !str_eq_nocase(first, str_of(holders[i]));
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        is_verb = is_verb || str_eq_nocase(first, str_of(verbs[i]));
    return (is_verb && n >= VERB_WORDS) || n > NAME_WORDS;
}

/* Cuts the run, without its dates, into name and issuer. */
static void cut(const struct layout *layout, struct span run,
                struct certificate *c)
{
    struct str line = str_slice(layout->text, 0, run.end);
    uint32_t start = run.start;

    for (uint32_t i = run.start; i <= run.end; i++) {
        size_t len = i < run.end ? mark_len(line, i) : 1;
        if (!len)
            continue;
        struct span piece = trim(layout->text, (struct span){start, i});
        struct str text = span_of(layout->text, piece);
        /* "Microsoft Certified: Azure Administrator Associate" */
        if (i < run.end && line.data[i] == ':' &&
            str_ends_nocase(text, STR("certified"))) {
            i += (uint32_t)len - 1;
            continue;
        }
        if (piece.end > piece.start && !is_label(text)) {
            if (span_is_empty(c->name))
                c->name = piece;
            else if (is_grade(text) && span_is_empty(c->issuer))
                c->name.end = piece.end;
            else if (span_is_empty(c->issuer))
                c->issuer = piece;
        }
        if (i < run.end)
            i += (uint32_t)len - 1;
        start = i + 1;
    }
}

static rsc_status add(struct ctx *ctx, struct certificate_list *out,
                      const struct layout *layout, struct span item,
                      const struct ontology *ontology)
{
    struct certificate c = {.skill = UINT32_MAX};
    uint32_t at = item.start;
    const struct layout_line *line =
        &layout->lines[layout_line_at(layout, item.start)];

    for (size_t k = line->first_date; k < layout->n_dates; k++) {
        const struct date_range *d = &layout->dates[k];
        if (d->span.start < item.start)
            continue;
        if (d->span.end > item.end)
            break;
        cut(layout, (struct span){at, d->span.start}, &c);
        at = d->span.end;
        if (!c.issued.year && !d->is_refused)
            c.issued = d->first;
    }
    cut(layout, (struct span){at, item.end}, &c);
    if (span_is_empty(c.name))
        return RSC_OK;
    rsc_status st = find_skill(
        ctx, ontology, ctx_fold(ctx, span_of(layout->text, c.name)), &c.skill);
    if (st || (c.skill == UINT32_MAX && is_work(span_of(layout->text, c.name))))
        return st;
    struct certificate *slot = vec_push(ctx, out);
    if (!slot)
        return ctx->error.status;
    *slot = c;
    return RSC_OK;
}

/* "CPR, BLS, ACLS" on one line are three: several short parts, no date. */
static bool is_enumeration(struct str text, bool has_dates)
{
    size_t parts = 0, words = 0;
    struct str part;

    if (has_dates)
        return false;
    while (str_next_field(&text, ',', &part)) {
        struct span all = {0, (uint32_t)part.len};
        uint32_t at = 0;
        size_t here = 0;
        while (!span_is_empty(wordlist_next_word(part, all, &at)))
            here++;
        if (here > 4 || str_trim(part).len < 2)
            return false;
        words += here;
        parts++;
    }
    return parts > 2 || (parts == 2 && words <= 3);
}

/* "A (2018), B (2019)": whether the comma at i follows a date. */
static bool ends_item(const struct layout *layout, uint32_t i)
{
    while (i > 0 && strchr(" )]", layout->text.data[i - 1]))
        i--;
    return i > 0 && ascii_is_digit((unsigned char)layout->text.data[i - 1]);
}

static rsc_status add_line(struct ctx *ctx, struct certificate_list *out,
                           const struct layout *layout, struct span line,
                           const struct ontology *ontology, uint32_t n_dates)
{
    uint32_t start = line.start;
    rsc_status st = RSC_OK;

    bool by_comma = is_enumeration(span_of(layout->text, line), n_dates > 0);
    for (uint32_t i = line.start; i <= line.end && !st; i++) {
        char c = i < line.end ? layout->text.data[i] : ',';
        if (i < line.end && c != ';' &&
            !(c == ',' && (by_comma || (n_dates > 1 && ends_item(layout, i)))))
            continue;
        if (i > start)
            st = add(ctx, out, layout, (struct span){start, i}, ontology);
        start = i + 1;
    }
    return st;
}

/* The last line of the certificate that begins on line i: a narrow column
 * breaks its name ("Certified Kubernetes" / "Application Developer"), which the
 * ontology knows as a whole, or sets what is in brackets below it. */
static size_t last_line(struct ctx *ctx, const struct layout *layout, size_t i,
                        size_t end, const struct ontology *ontology)
{
    const struct layout_line *line = &layout->lines[i];

    while (i + 1 < end && !line->is_blank && !layout->lines[i].n_dates) {
        const struct layout_line *next = &layout->lines[i + 1];
        struct span both = {line->span.start, next->span.end};
        if (next->is_blank || next->is_item)
            break;
        bool is_bracket = layout->text.data[next->span.start] == '(';
        bool is_name =
            ontology && next->n_words <= 4 &&
            ontology_find(ontology, ctx_fold(ctx, span_of(layout->text,
                                                          both))) != UINT32_MAX;
        if (!is_bracket && !is_name)
            break;
        i++;
    }
    return i;
}

rsc_status certificates_read(struct ctx *ctx, struct certificate_list *out,
                             const struct layout *layout,
                             const struct section *section,
                             const struct ontology *ontology)
{
    size_t end = layout_line_from(layout, section->body.end);
    struct str heading = span_of(layout->text, section->heading);
    rsc_status st = RSC_OK;

    /* What was studied is no certificate. */
    if (str_find_nocase(heading, STR("coursework"), 0) != SIZE_MAX ||
        str_find_nocase(heading, STR("course work"), 0) != SIZE_MAX)
        return RSC_OK;
    for (size_t i = layout_line_at(layout, section->body.start);
         i < end && !st && out->len < LIMIT_ROLES; i++) {
        size_t first = i;
        const struct layout_line *line = &layout->lines[i];
        struct span span = line->span;
        i = last_line(ctx, layout, first, end, ontology);
        span.end = layout->lines[i].span.end;
        if (span.start < section->body.start)
            span.start = section->body.start;
        if (line->is_blank || span.end <= span.start ||
            line->n_words > MAX_WORDS ||
            (line->begins_small && i > 0 && layout_goes_on(layout, i - 1)))
            continue;
        st = add_line(ctx, out, layout, span, ontology,
                      layout->lines[i].n_dates);
    }
    return st;
}
