/* SPDX-License-Identifier: MIT */
#include "parse/job.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "parse/degrees.h"
#include "parse/english.h"
#include "parse/headings.h"
#include "parse/job_clauses.h"
#include "parse/job_facts.h"
#include "parse/job_field.h"
#include "parse/job_lines.h"
#include "parse/job_list.h"
#include "parse/job_parts.h"
#include "parse/job_words.h"
#include "text/markup.h"
#include "text/sentences.h"
#include "text/wordlist.h"

/* Of what was not understood, in a warning. */
#define SHOWN_UNREAD 3
#define SHOWN_BYTES  80
/* A long advertisement in prose has some 15 sentences; a third of them ask. */
#define STORY_CLAUSES 30
#define STORY_PART    6

struct reader {
    struct ctx *ctx;
    struct layout layout;
    const struct ontology *ontology;
    struct requirement_list requirements;
    VEC(struct span) left_out;
    VEC(struct span) unread;
    VEC(struct str) warnings;
    struct span title;
    struct job_place place;
    size_t n_prose, n_asking; /* clauses outside of lists and parts; those that
                                 ask for something by their words */
};

static rsc_status leave_out(struct reader *r, struct span span)
{
    struct span *last =
        r->left_out.len ? &r->left_out.items[r->left_out.len - 1] : NULL;

    /* Sentences side by side are one piece for the reader. */
    if (last && span.start <= last->end + 2) {
        last->end = span.end;
        return RSC_OK;
    }
    struct span *slot = vec_push(r->ctx, &r->left_out);
    if (!slot)
        return r->ctx->error.status;
    *slot = span;
    return RSC_OK;
}

/* Nothing was understood: the reader must know that it did not count. */
static rsc_status leave_unread(struct reader *r, struct span span)
{
    struct span *slot = vec_push(r->ctx, &r->unread);

    if (!slot)
        return r->ctx->error.status;
    *slot = span;
    return RSC_OK;
}

/* What may stand in for a degree is no condition of its own. */
static bool concedes(struct reader *r, struct str text, bool is_behind)
{
    struct requirement *last =
        r->requirements.len ? &r->requirements.items[r->requirements.len - 1]
                            : NULL;
    struct degree d;

    if (!job_clause_is_concession(text) || job_words_are_nice(text) ||
        (!is_behind && degree_find(text, &d)))
        return false;
    if (last && last->kind == REQUIREMENT_DEGREE &&
        str_find_nocase(text, STR("experience"), 0) != SIZE_MAX)
        last->or_experience = true;
    return true;
}

/* is_behind: another clause of the same sentence stands before it. */
static rsc_status read_clause(struct reader *r, struct span span, bool is_item,
                              bool is_behind)
{
    struct str text = span_of(r->layout.text, span);
    enum job_part part = job_parts_judge(&r->place, text, is_item);
    size_t n = 0;

    r->n_prose += r->place.part == JOB_INTRO && !is_item;
    r->n_asking += r->place.part == JOB_INTRO && !is_item &&
                   (part == JOB_MUST || part == JOB_DUTIES);
    if (part == JOB_LEFT_OUT || job_words_are_unasked(text) ||
        concedes(r, text, is_behind) ||
        r->requirements.len >= LIMIT_REQUIREMENTS)
        return leave_out(r, span);
    bool is_nice = job_words_are_nice(text) ||
                   (is_behind && job_clause_is_afterthought(text));
    struct job_sentence s = {
        .text = text,
        .span = span,
        .must = part != JOB_NICE && !is_nice,
        .required = part == JOB_MUST && !is_nice && job_words_are_must(text),
        .is_duty = part == JOB_DUTIES,
        .is_prose = r->place.part == JOB_INTRO && !is_item,
        .title = span_of(r->layout.text, r->title),
    };
    if (part == JOB_INTRO && job_clause_is_about_us(text))
        return leave_out(r, span);
    rsc_status st =
        job_facts_read(r->ctx, &r->requirements, &s, r->ontology, &n);
    if (st || n)
        return st;
    bool names_title =
        s.title.len && str_find_nocase(text, s.title, 0) != SIZE_MAX;
    bool is_intro = r->place.part == JOB_INTRO && !is_item;
    if (is_intro && (names_title || job_clause_is_call(text) ||
                     (r->place.has_headings && job_clause_is_about_us(text))))
        return leave_out(r, span);
    if (part == JOB_INTRO || (is_behind && job_clause_is_aside(text)))
        return leave_unread(r, span);
    /* Judged by its wording and meaning. */
    if (!job_skills_put(r->ctx, &r->requirements, &s, REQUIREMENT_SKILL, text))
        return r->ctx->error.status;
    return RSC_OK;
}

/* "Preferred: PMP; Azure" inside of a paragraph: what the label says holds for
 * the sentence. Returns where its content begins. */
static uint32_t skip_label(struct reader *r, struct span span)
{
    struct str text = span_of(r->layout.text, span);
    char folded[HEADING_MAX_BYTES];
    size_t colon = str_find(text, STR(":"), 0);

    if (colon == SIZE_MAX || colon > 30)
        return span.start;
    size_t len = heading_fold(str_slice(text, 0, colon), folded);
    enum job_part part =
        len ? job_headings_find((struct str){folded, len}) : JOB_INTRO;
    if (part == JOB_INTRO)
        return span.start;
    r->place.part = part;
    return span.start + (uint32_t)colon + 1;
}

/* "Python required; Java preferred": each clause has its own strength. */
static rsc_status read_sentence(struct reader *r, struct span span,
                                bool is_item)
{
    enum job_part part = r->place.part;
    uint32_t start = skip_label(r, span);
    bool is_behind = false;
    rsc_status st = RSC_OK;

    for (uint32_t i = start; i <= span.end && !st; i++) {
        if (i < span.end &&
            !job_clause_ends(r->layout.text, start, i, span.end))
            continue;
        struct span clause = {start, i};
        while (clause.start < clause.end &&
               strchr(" \t\n;,(", r->layout.text.data[clause.start]))
            clause.start++;
        uint32_t at = clause.start;
        if (!span_is_empty(wordlist_next_word(r->layout.text, clause, &at)))
            st = read_clause(r, clause, is_item, is_behind);
        is_behind = true;
        start = i + 1;
    }
    r->place.part = part;
    return st;
}

static rsc_status read_paragraph(struct reader *r, struct span span,
                                 bool is_item)
{
    struct str text = str_slice(r->layout.text, 0, span.end);
    rsc_status st = RSC_OK;

    while (span.start < span.end && !st) {
        while (span.start < span.end &&
               ascii_is_space((unsigned char)text.data[span.start]))
            span.start++;
        if (span.start == span.end)
            break;
        size_t end = sentences_end(text, span.start);
        st =
            read_sentence(r, (struct span){span.start, (uint32_t)end}, is_item);
        span.start = (uint32_t)end;
    }
    return st;
}

static bool is_title_line(const struct reader *r,
                          const struct layout_line *line)
{
    return !span_is_empty(r->title) && line->span.start <= r->title.start &&
           r->title.end <= line->span.end && line->n_words <= 12;
}

/* "Terraform or Pulumi": skills and hardly another word. */
static bool is_names(struct str text, const struct skill_hits *hits)
{
    struct span all = {0, (uint32_t)text.len}, word;
    uint32_t at = 0;
    size_t words = 0, others = 0;

    while (!span_is_empty(word = wordlist_next_word(text, all, &at))) {
        bool is_other = true;
        for (size_t i = 0; i < hits->len; i++)
            is_other = is_other && (word.start < hits->items[i].span.start ||
                                    word.start >= hits->items[i].span.end);
        words++;
        others += is_other;
    }
    return hits->len > 0 && others * 2 <= words;
}

/* Whether an item of a text without headings names a paper, or asks for
 * something. */
static rsc_status item_asks(struct reader *r, const struct layout_line *line,
                            bool *asks)
{
    struct str text = span_of(r->layout.text, line->span);
    struct skill_hits hits = {0};
    rsc_status st = job_skills_find(r->ctx, &hits, r->ontology, text);

    *asks = job_parts_item_asks(text) || job_words_are_condition(text) ||
            is_names(text, &hits);
    for (size_t i = 0; i < hits.len; i++)
        *asks = *asks || ontology_kind(r->ontology, hits.items[i].skill) ==
                             SKILL_CERTIFICATE;
    return st;
}

/* What a list is, below a heading that is not known: what most of its items
 * are. */
static rsc_status judge_list(struct reader *r, size_t lead, enum job_part *part)
{
    const struct layout *layout = &r->layout;
    size_t items = 0, asking = 0;
    rsc_status st = RSC_OK;

    for (size_t i = lead + 1; i < layout->n_lines && !st; i++) {
        const struct layout_line *line = &layout->lines[i];
        bool asks = false;
        if (!line->is_item && !layout_goes_on(layout, i - 1))
            break;
        if (line->is_item)
            st = item_asks(r, line, &asks);
        items += line->is_item;
        asking += asks;
    }
    *part = asking * 2 >= items ? JOB_MUST : JOB_DUTIES;
    return st;
}

/* What must be known before the first line is read: whether there are
 * headings, and what the items are where there is none. */
static rsc_status look_around(struct reader *r)
{
    size_t items = 0, asking = 0;
    rsc_status st = RSC_OK;
    uint32_t body;

    for (size_t i = 0; i < r->layout.n_lines && !st; i++) {
        const struct layout_line *line = &r->layout.lines[i];
        if (line->is_blank)
            continue;
        r->place.has_headings =
            r->place.has_headings ||
            job_lines_heading(&r->layout, i, &body) != JOB_INTRO;
        bool asks = false;
        if (line->is_item)
            st = item_asks(r, line, &asks);
        items += line->is_item;
        asking += asks;
    }
    r->place.items_ask = asking * 2 >= items;
    return st;
}

static rsc_status read_advertisement(struct reader *r)
{
    const struct layout *layout = &r->layout;
    rsc_status st = look_around(r);
    enum job_part outer = JOB_INTRO;
    size_t items_end = 0; /* of a list without bullets */
    uint32_t body;

    for (size_t i = 0; i < layout->n_lines && !st; i++) {
        const struct layout_line *line = &layout->lines[i];
        struct span span = line->span;
        if (line->is_blank || is_title_line(r, line))
            continue;
        enum job_part part = job_lines_heading(layout, i, &body);
        if (part == JOB_INTRO && job_lines_lead_list(layout, i))
            st = judge_list(r, i, &part);
        r->place.part = outer;
        if (part != JOB_INTRO) {
            r->place.part = part;
            span.start = body;
            /* "Nice to have: Go" holds for its own line only. */
            if (span.start >= span.end) {
                outer = part;
                items_end = job_lines_small_items(layout, i + 1);
                continue;
            }
        } else if (outer != JOB_LEFT_OUT && job_lines_behind_list(layout, i)) {
            r->place.part = outer = JOB_INTRO;
        }
        uint32_t code = job_lines_code(layout, i);
        bool is_item = line->is_item || code > 0 || i < items_end;
        span.start += code;
        while (i >= items_end && i + 1 < layout->n_lines &&
               layout_goes_on(layout, i) && !job_lines_code(layout, i + 1) &&
               job_lines_heading(layout, i + 1, &body) == JOB_INTRO) {
            i++;
            span.end = layout->lines[i].span.end;
        }
        st = read_paragraph(r, span, is_item);
    }
    return st;
}

static rsc_status add_title(struct reader *r, struct job *out)
{
    if (span_is_empty(r->title))
        return RSC_OK;
    out->title = span_of(r->layout.text, r->title);
    struct job_sentence s = {.text = out->title, .span = r->title};
    if (!job_skills_put(r->ctx, &r->requirements, &s, REQUIREMENT_TITLE,
                        out->title))
        return r->ctx->error.status;
    return RSC_OK;
}

static bool same_skills(const struct requirement *a,
                        const struct requirement *b)
{
    if (a->n_skills != b->n_skills)
        return false;
    for (size_t i = 0; i < a->n_skills; i++) {
        if (a->skills[i] != b->skills[i])
            return false;
    }
    return true;
}

/* Whether b says nothing that a does not say. */
static bool is_same(const struct requirement *a, const struct requirement *b)
{
    if (b->kind == REQUIREMENT_SKILL && a->kind == REQUIREMENT_YEARS)
        return b->n_skills > 0 && same_skills(a, b);
    if (a->kind != b->kind)
        return false;
    if (a->kind == REQUIREMENT_LANGUAGE)
        return str_eq(a->language, b->language);
    if (a->n_skills || b->n_skills)
        return same_skills(a, b) && a->months == b->months;
    return str_eq_nocase(a->text, b->text) && a->level == b->level;
}

/* A requirement that is said twice counts once, as the stronger of the two. */
static void merge(struct requirement_list *list)
{
    size_t n = 0;

    for (size_t i = 0; i < list->len; i++) {
        struct requirement *r = &list->items[i];
        size_t k = 0;
        while (k < n && !is_same(&list->items[k], r))
            k++;
        if (k < n) {
            list->items[k].must = list->items[k].must || r->must;
            list->items[k].required = list->items[k].required || r->required;
        } else {
            list->items[n++] = *r;
        }
    }
    list->len = n;
}

static rsc_status check_text(struct ctx *ctx, struct str text)
{
    if (str_trim(text).len == 0)
        return ctx_fail(ctx, RSC_ENOTEXT,
                        "the job is empty; give its text or a list of skills");
    if (text.len > LIMIT_TEXT_CHARS && utf8_count(text) > LIMIT_TEXT_CHARS)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the job has more than %d characters; give the "
                        "advertisement only",
                        LIMIT_TEXT_CHARS);
    if (!english_is_text(text))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the job is not in English, which is the only "
                        "language that can be read so far");
    return RSC_OK;
}

static bool says_nothing(const struct reader *r)
{
    for (size_t i = 0; i < r->requirements.len; i++) {
        if (r->requirements.items[i].kind != REQUIREMENT_TITLE)
            return false;
    }
    return true;
}

/* "C developer with 3 years of Linux": where nothing else is said, what was
 * taken for the title is the job. */
static rsc_status read_title_alone(struct reader *r, struct job *out)
{
    out->title = STR_NONE;
    r->title = (struct span){0};
    r->requirements.len = 0;
    return read_advertisement(r);
}

/* The sentences themselves, as far as one line of a report takes them. */
static rsc_status warn_unread(struct reader *r)
{
    struct str shown = STR("");
    size_t n = r->unread.len;

    for (size_t i = 0; i < n && i < SHOWN_UNREAD; i++) {
        struct str s = span_of(r->layout.text, r->unread.items[i]);
        bool is_long = s.len > SHOWN_BYTES;
        size_t len = is_long ? SHOWN_BYTES : s.len;
        while (len > 0 && len < s.len &&
               ((unsigned char)s.data[len] & 0xC0) == 0x80)
            len--;
        shown =
            ctx_printf(r->ctx, "%.*s%s\"%.*s%s\"", STR_ARG(shown),
                       i ? ", " : "", (int)len, s.data, is_long ? "..." : "");
    }
    struct str *slot = n ? vec_push(r->ctx, &r->warnings) : NULL;
    if (slot)
        *slot = ctx_printf(r->ctx,
                           "%zu sentence%s of the job %s not understood and "
                           "did not count: %.*s%s.",
                           n, n == 1 ? "" : "s", n == 1 ? "was" : "were",
                           STR_ARG(shown), n > SHOWN_UNREAD ? ", ..." : "");
    return r->ctx->error.status;
}

static rsc_status fail_other(struct ctx *ctx)
{
    return ctx_fail(ctx, RSC_EINVALID,
                    "this does not read like a job; give an advertisement, its "
                    "requirements or a list of skills");
}

/* Much prose without any heading, which hardly asks for anything. */
static bool is_story(const struct reader *r)
{
    return !r->place.has_headings && r->n_prose >= STORY_CLAUSES &&
           r->n_asking * STORY_PART < r->n_prose;
}

static rsc_status check_result(struct reader *r, bool has_title)
{
    if (r->requirements.len >= LIMIT_REQUIREMENTS) {
        struct str *slot = vec_push(r->ctx, &r->warnings);
        if (!slot)
            return r->ctx->error.status;
        *slot = ctx_printf(r->ctx, "only the first %d requirements were read",
                           LIMIT_REQUIREMENTS);
    }
    if (is_story(r))
        return fail_other(r->ctx);
    if (!says_nothing(r))
        return RSC_OK;
    if (has_title)
        return ctx_fail(r->ctx, RSC_EINVALID,
                        "the job gives a title only; give its requirements or "
                        "a list of skills");
    return job_list_fail(r->ctx);
}

rsc_status job_parse(struct ctx *ctx, struct job *out,
                     const struct document *doc,
                     const struct ontology *ontology)
{
    struct reader r = {.ctx = ctx, .ontology = ontology};
    struct document *seen = ctx_alloc(ctx, sizeof(*seen));
    rsc_status st = seen ? check_text(ctx, doc->text) : ctx->error.status;

    if (st)
        return st;
    *seen = *doc;
    st = markup_clear(ctx, &seen->text);
    *out = (struct job){.document = seen};
    if (!st)
        st = layout_read(ctx, &r.layout, seen, (struct month){0});
    if (st)
        return st;
    if (job_lines_are_code(&r.layout))
        return fail_other(ctx);
    if (job_lines_are_list(&r.layout)) {
        st = job_list_read(ctx, &r.requirements, &r.layout, ontology);
    } else {
        r.title = job_lines_title(&r.layout);
        st = add_title(&r, out);
        if (!st)
            st = read_advertisement(&r);
        bool has_title = !span_is_empty(r.title);
        if (!st && says_nothing(&r) && has_title)
            st = read_title_alone(&r, out);
        if (!st)
            st = check_result(&r, has_title);
    }
    if (st)
        return st;
    st = warn_unread(&r);
    if (st)
        return st;
    merge(&r.requirements);
    st = job_field_add(ctx, &r.requirements, ontology);
    if (st)
        return st;
    out->requirements = r.requirements.items;
    out->n_requirements = r.requirements.len;
    out->left_out = r.left_out.items;
    out->n_left_out = r.left_out.len;
    out->unread = r.unread.items;
    out->n_unread = r.unread.len;
    out->warnings = r.warnings.items;
    out->n_warnings = r.warnings.len;
    return ctx_check(ctx);
}

struct str requirement_meaning(const struct requirement *r)
{
    return r->kind == REQUIREMENT_DEGREE && r->subject.len ? r->subject
                                                           : r->text;
}

const char *requirement_kind_name(enum requirement_kind kind)
{
    static const char *const names[] = {
        [REQUIREMENT_SKILL] = "skill",
        [REQUIREMENT_YEARS] = "years",
        [REQUIREMENT_DEGREE] = "degree",
        [REQUIREMENT_CERTIFICATE] = "certificate",
        [REQUIREMENT_LANGUAGE] = "language",
        [REQUIREMENT_DUTY] = "duty",
        [REQUIREMENT_TITLE] = "title",
        [REQUIREMENT_LICENCE] = "licence",
        [REQUIREMENT_FIELD] = "field",
    };

    return names[kind];
}
