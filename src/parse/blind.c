/* SPDX-License-Identifier: MIT */
#include "parse/blind.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "parse/places.h"
#include "parse/titles.h"
#include "text/sentences.h"
#include "text/wordlist.h"

struct writer {
    struct ctx *ctx;
    char *out;
    size_t len;
    VEC(struct blind_run) runs;
    size_t token_end;  /* behind the last token, 0 if none */
    bool is_mere_gap;  /* only marks since then */
    bool has_blank;    /* one is due */
    uint32_t blank_at; /* where it stands in the text */
    bool in_copy;
};

static bool begin_run(struct writer *w, size_t at, bool is_copy)
{
    struct blind_run *run = vec_push(w->ctx, &w->runs);

    if (!run)
        return false;
    *run = (struct blind_run){(uint32_t)w->len, (uint32_t)at, is_copy};
    w->in_copy = is_copy;
    return true;
}

static bool put_blank(struct writer *w)
{
    if (!w->has_blank)
        return true;
    w->has_blank = false;
    if (!w->len)
        return true;
    if (!begin_run(w, w->blank_at, false))
        return false;
    w->out[w->len++] = ' ';
    return true;
}

/* What the byte sequence at i is: white space, nothing, or letters. */
struct unit {
    size_t len;
    bool is_blank, is_dropped;
    const char *instead; /* written in its place, or NULL */
};

static struct unit unit_at(struct str text, size_t i)
{
    static const char *const ligatures[] = {"ff",  "fi", "fl", "ffi",
                                            "ffl", "st", "st"};
    size_t at = i;
    uint32_t c = utf8_next(text, &at);
    struct unit u = {.len = at - i};

    u.is_blank = c == ' ' || c == '\t' || c == '\n' || c == 0xA0 ||
                 (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000;
    u.is_dropped =
        c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0x2060;
    if (c >= 0xFB00 && c <= 0xFB06)
        u.instead = ligatures[c - 0xFB00];
    /* A hyphen or soft hyphen at a line's end joins the two parts. */
    if ((c == '-' || c == 0xAD) && at < text.len && text.data[at] == '\n' &&
        at + 1 < text.len && ascii_is_lower((unsigned char)text.data[at + 1]) &&
        i > 0 && ascii_is_alpha((unsigned char)text.data[i - 1])) {
        u.len = at + 1 - i;
        u.instead = c == '-' ? "-" : NULL;
        u.is_dropped = c == 0xAD;
    }
    return u;
}

/* Personal data side by side, with only marks between, are one token. */
static bool put_token(struct writer *w, size_t at)
{
    if (w->token_end && w->is_mere_gap) {
        while (w->runs.len &&
               w->runs.items[w->runs.len - 1].blind >= w->token_end)
            w->runs.len--;
        w->len = w->token_end;
        w->has_blank = false;
        w->in_copy = false;
        return true;
    }
    if (!put_blank(w) || !begin_run(w, at, false))
        return false;
    memcpy(w->out + w->len, BLIND_TOKEN, sizeof(BLIND_TOKEN) - 1);
    w->len += sizeof(BLIND_TOKEN) - 1;
    w->token_end = w->len;
    w->is_mere_gap = true;
    w->in_copy = false;
    return true;
}

static bool put_unit(struct writer *w, struct str text, size_t at,
                     struct unit u)
{
    if (u.is_dropped) {
        w->in_copy = false;
        return true;
    }
    if (u.is_blank) {
        if (!w->has_blank)
            w->blank_at = (uint32_t)at;
        w->has_blank = true;
        w->in_copy = false;
        return true;
    }
    if (ascii_is_alnum((unsigned char)text.data[at]) || u.instead ||
        ((unsigned char)text.data[at] >= 0xC3 &&
         (unsigned char)text.data[at] != 0xE2))
        w->is_mere_gap = false;
    if (!put_blank(w))
        return false;
    if (u.instead) {
        if (!begin_run(w, at, false))
            return false;
        size_t len = strlen(u.instead);
        memcpy(w->out + w->len, u.instead, len);
        w->len += len;
        w->in_copy = false;
        return true;
    }
    if (!w->in_copy && !begin_run(w, at, true))
        return false;
    memcpy(w->out + w->len, text.data + at, u.len);
    w->len += u.len;
    return true;
}

/* Index of the first personal span that ends behind start. */
static size_t first_personal(const struct personal *personal, size_t n,
                             uint32_t start)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (personal[middle].span.end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

rsc_status blind_write(struct ctx *ctx, struct sentence *sentence,
                       struct str text, const struct personal *personal,
                       size_t n_personal)
{
    struct span span = sentence->span;
    size_t k = first_personal(personal, n_personal, span.start);
    size_t tokens = 0, i = span.start;

    for (size_t n = k; n < n_personal && personal[n].span.start < span.end; n++)
        tokens++;
    /* Folding never lengthens but for tokens and blanks around them. */
    struct writer w = {.ctx = ctx};
    w.out = ctx_alloc(ctx, span.end - span.start +
                               tokens * (sizeof(BLIND_TOKEN) + 1) + 1);
    if (!w.out)
        return ctx->error.status;
    struct str within = str_slice(text, 0, span.end);
    while (i < span.end) {
        bool is_ok;
        if (k < n_personal && personal[k].span.start <= i) {
            is_ok = put_token(&w, i);
            i = personal[k].span.end;
            k++;
        } else {
            struct unit u = unit_at(within, i);
            is_ok = put_unit(&w, within, i, u);
            i += u.len;
        }
        if (!is_ok)
            return ctx->error.status;
    }
    /* The end, so that the last run has a length. */
    if (!begin_run(&w, span.end, false))
        return ctx->error.status;
    sentence->blind = (struct str){w.out, w.len};
    sentence->runs = w.runs.items;
    sentence->n_runs = w.runs.len;
    return RSC_OK;
}

static bool is_beside_slash(struct str text, struct span span)
{
    uint32_t before = span.start, behind = span.end;

    while (before > 0 && text.data[before - 1] == ' ')
        before--;
    while (behind < text.len && text.data[behind] == ' ')
        behind++;
    return (before > 0 && text.data[before - 1] == '/') ||
           (behind < text.len && text.data[behind] == '/');
}

static bool is_genderless(struct str text, const struct personal *personal)
{
    static const char *const words[] = {"them", "their", "they", "theirs",
                                        "themselves"};
    struct str word = span_of(text, personal->span);

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (personal->kind == PERSONAL_GENDER &&
            str_eq_nocase(word, str_of(words[i])))
            return !is_beside_slash(text, personal->span);
    return false;
}

rsc_status blind_shown(struct ctx *ctx, struct str *out,
                       const struct resume *resume,
                       const struct sentence *sentence)
{
    struct str text = resume->document->text;
    const struct personal *all = resume->personal;
    size_t first =
        first_personal(all, resume->n_personal, sentence->span.start);
    size_t end = first, n = 0;

    *out = sentence->blind;
    while (end < resume->n_personal && all[end].span.start < sentence->span.end)
        end++;
    struct personal *kept =
        ctx_alloc_array(ctx, end - first + 1, sizeof(kept[0]));
    if (!kept)
        return ctx->error.status;
    for (size_t i = first; i < end; i++)
        if (!is_genderless(text, &all[i]))
            kept[n++] = all[i];
    if (n == end - first)
        return RSC_OK;
    struct sentence copy = *sentence;
    rsc_status st = blind_write(ctx, &copy, text, kept, n);
    if (!st)
        *out = copy.blind;
    return st;
}

/* Index of the run that holds the offset. */
static size_t run_at(const struct sentence *s, size_t offset)
{
    size_t low = 0, high = s->n_runs;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (s->runs[middle].blind <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct span sentence_origin(const struct sentence *sentence, size_t start,
                            size_t end)
{
    size_t a = run_at(sentence, start);
    size_t b = run_at(sentence, end > start ? end - 1 : start);
    const struct blind_run *first = &sentence->runs[a];
    const struct blind_run *last = &sentence->runs[b];
    struct span out = {first->text, last->text};

    if (first->is_copy)
        out.start += (uint32_t)start - first->blind;
    if (last->is_copy)
        out.end += (uint32_t)end - last->blind;
    else
        out.end = b + 1 < sentence->n_runs ? last[1].text : sentence->span.end;
    return out;
}

/* Whether something is left to judge: a letter outside of the tokens. */
static bool has_words(struct str blind)
{
    for (size_t i = 0; i < blind.len; i++) {
        unsigned char c = (unsigned char)blind.data[i];
        if (ascii_is_alpha(c) || (c >= 0xC3 && c != 0xE2))
            return true;
    }
    return false;
}

struct cutter {
    struct ctx *ctx;
    struct sentence_list *out;
    const struct layout *layout;
    const struct resume *resume;
    uint32_t section;
    uint32_t role; /* the next that may begin */
};

static uint32_t role_at(struct cutter *c, uint32_t start)
{
    const struct resume *r = c->resume;

    while (c->role < r->n_roles && r->roles[c->role].body.end <= start)
        c->role++;
    if (c->role < r->n_roles && r->roles[c->role].body.start <= start)
        return c->role;
    return UINT32_MAX;
}

static bool overlaps_personal(const struct cutter *c, struct span span)
{
    size_t k =
        first_personal(c->resume->personal, c->resume->n_personal, span.start);

    return k < c->resume->n_personal &&
           c->resume->personal[k].span.start < span.end;
}

/* What stands on top of every page of some. */
static bool is_title_of_resume(struct str blind)
{
    static const char *const titles[] = {"curriculum vitae",
                                         "vitae",
                                         "resume",
                                         "cv",
                                         "r\xC3\xA9sum\xC3\xA9",
                                         "employment application",
                                         "job application",
                                         "application for employment"};
    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
        if (str_eq_nocase(str_trim(blind), str_of(titles[i])))
            return true;
    return false;
}

/* "Austin, TX" alone; "Reading" and "Mobile" may be more than towns. */
static bool is_place(struct str blind)
{
    size_t comma = str_find(blind, STR(", "), 0);
    return comma != SIZE_MAX &&
           place_judge(str_slice(blind, 0, comma)) != PLACE_NO &&
           place_judge(str_slice(blind, comma + 2, blind.len)) != PLACE_NO;
}

/* Where to find the person: a line that some repeat on every page. */
static bool tells_contact(const struct cutter *c, struct span span)
{
    const struct resume *r = c->resume;
    for (size_t k = first_personal(r->personal, r->n_personal, span.start);
         k < r->n_personal && r->personal[k].span.start < span.end; k++) {
        enum personal_kind kind = r->personal[k].kind;
        if (kind == PERSONAL_EMAIL || kind == PERSONAL_PHONE ||
            kind == PERSONAL_ADDRESS)
            return true;
    }
    return false;
}

/* The contact block tells who somebody is; only a headline ("Senior Nurse")
 * or prose in it says what the person can do. */
static bool is_evidence(const struct cutter *c, const struct sentence *s)
{
    enum section_kind kind = c->resume->sections[c->section].kind;
    size_t words = 0;
    uint32_t at = 0;
    struct span all = {0, (uint32_t)s->blind.len};

    if (!has_words(s->blind) || is_title_of_resume(s->blind) ||
        is_place(s->blind))
        return false;
    if (kind != SECTION_CONTACT && !tells_contact(c, s->span))
        return true;
    while (!span_is_empty(wordlist_next_word(s->blind, all, &at)))
        words++;
    if (overlaps_personal(c, s->span))
        return title_judge(s->blind) != TITLE_NO || words >= 12;
    return title_judge(s->blind) != TITLE_NO || words >= 6;
}

static rsc_status add_sentence(struct cutter *c, struct span span)
{
    struct sentence s = {.span = span, .section = c->section};

    if (span_is_empty(span) || c->out->len >= LIMIT_SENTENCES)
        return RSC_OK;
    s.role = role_at(c, span.start);
    rsc_status st = blind_write(c->ctx, &s, c->layout->text,
                                c->resume->personal, c->resume->n_personal);
    if (st || !is_evidence(c, &s))
        return st;
    struct sentence *slot = vec_push(c->ctx, c->out);
    if (!slot)
        return c->ctx->error.status;
    *slot = s;
    return RSC_OK;
}

static rsc_status cut_paragraph(struct cutter *c, struct span span)
{
    struct str text = str_slice(c->layout->text, 0, span.end);
    rsc_status st = RSC_OK;

    while (span.start < span.end && !st) {
        while (span.start < span.end &&
               ascii_is_space((unsigned char)text.data[span.start]))
            span.start++;
        if (span.start == span.end)
            break;
        size_t end = sentences_end(text, span.start);
        st = add_sentence(c, (struct span){span.start, (uint32_t)end});
        span.start = (uint32_t)end;
    }
    return st;
}

static rsc_status cut_section(struct cutter *c, const struct section *section)
{
    const struct layout *layout = c->layout;
    size_t end = layout_line_from(layout, section->body.end);
    rsc_status st = RSC_OK;

    for (size_t i = layout_line_at(layout, section->body.start); i < end && !st;
         i++) {
        struct span span = layout->lines[i].span;
        if (span.start < section->body.start)
            span.start = section->body.start;
        if (layout->lines[i].is_blank || span.end <= section->body.start)
            continue;
        /* A header of a role is never the rest of the line before. */
        while (i + 1 < end && layout_goes_on(layout, i) &&
               role_at(c, span.start) ==
                   role_at(c, layout->lines[i + 1].span.start)) {
            i++;
            span.end = layout->lines[i].span.end;
        }
        st = cut_paragraph(c, span);
    }
    return st;
}

rsc_status blind_sentences(struct ctx *ctx, struct sentence_list *out,
                           const struct layout *layout,
                           const struct resume *resume)
{
    struct cutter c = {
        .ctx = ctx, .out = out, .layout = layout, .resume = resume};
    rsc_status st = RSC_OK;

    for (uint32_t i = 0; i < resume->n_sections && !st; i++) {
        c.section = i;
        /* Who may be asked is no evidence. */
        if (resume->sections[i].kind != SECTION_REFERENCES)
            st = cut_section(&c, &resume->sections[i]);
    }
    return st;
}
