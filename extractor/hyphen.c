/* SPDX-License-Identifier: MIT */
#include "hyphen.h"

#include <utf8proc.h>

#include "base/utf8.h"

/* Each cut word is looked for in the whole text; nobody cuts more. */
#define MAX_JOINS 500
/* No word of a language is longer. */
#define MAX_WORD 100

/* First parts of compounds that keep their hyphen; none that also is a common
 * first syllable. */
static const char *const first_parts[] = {
    "back",    "best",  "client",  "co",   "cost",   "cross",  "customer",
    "data",    "day",   "detail",  "down", "end",    "ever",   "face",
    "fast",    "first", "follow",  "four", "front",  "full",   "goal",
    "hands",   "hard",  "high",    "ivy",  "large",  "long",   "low",
    "mid",     "multi", "near",    "next", "non",    "object", "off",
    "on",      "one",   "open",    "part", "peer",   "point",  "post",
    "problem", "real",  "results", "role", "second", "self",   "semi",
    "short",   "small", "team",    "test", "third",  "three",  "time",
    "top",     "two",   "user",    "vice", "web",    "well",   "world",
    "year",    "zero"};

/* What no compound ends with: the hyphen before it was only cut. */
static const char *const suffixes[] = {
    "able",  "al",   "ance", "ation", "ations", "ed",   "ence",
    "er",    "ers",  "ing",  "ings",  "ity",    "ly",   "ment",
    "ments", "ness", "ship", "sion",  "sions",  "tion", "tions"};

/* Second parts of compounds. */
static const char *const last_parts[] = {
    "aware",    "based",   "class",    "critical", "driven",   "end",
    "facing",   "first",   "focused",  "free",     "friendly", "functional",
    "grade",    "house",   "known",    "led",      "level",    "like",
    "line",     "native",  "oriented", "party",    "person",   "quality",
    "ready",    "related", "rich",     "scale",    "side",     "source",
    "specific", "term",    "time",     "tier",     "to",       "wide"};

struct joiner {
    const struct document *in;
    struct word *words;
    struct line *lines;
    char *text;
    size_t len, n_words, n_lines;
    size_t joins;
};

static bool is_letter(uint32_t c, bool small)
{
    if (c < 0x80)
        return small ? ascii_is_lower((unsigned char)c)
                     : ascii_is_alpha((unsigned char)c);
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return small ? k == UTF8PROC_CATEGORY_LL
                 : k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

static struct str word_text(const struct joiner *j, size_t i)
{
    const struct word *w = &j->in->words[i];

    return str_slice(j->in->text, w->start, w->end);
}

/* The word without its hyphen at the end; empty when it has none, or when no
 * letter stands before it. */
static struct str cut_part(struct str word)
{
    size_t n = word.len;

    if (n > 1 && word.data[n - 1] == '-')
        n--;
    else if (str_ends(word, STR("\xe2\x80\x90")))
        n -= 3;
    else
        return STR_NONE;
    size_t last = n;
    while (last > 0 && ((unsigned char)word.data[--last] & 0xc0) == 0x80)
        ;
    size_t at = last;
    if (n == 0 || n > MAX_WORD || !is_letter(utf8_next(word, &at), false))
        return STR_NONE;
    return str_slice(word, 0, n);
}

/* The leading letters of the next line's first word. */
static struct str rest_part(struct str word)
{
    size_t end = 0;

    for (size_t i = 0; i < word.len; end = i) {
        size_t at = i;
        uint32_t c = utf8_next(word, &i);
        if (c == UTF8_INVALID || !is_letter(c, at == 0))
            break;
    }
    return str_slice(word, 0, end);
}

static bool is_word_at(struct str text, size_t start, size_t end)
{
    return (start == 0 ||
            !ascii_is_alnum((unsigned char)text.data[start - 1])) &&
           (end == text.len || !ascii_is_alnum((unsigned char)text.data[end]));
}

static bool has_word(struct str text, struct str word)
{
    for (size_t at = 0; (at = str_find_nocase(text, word, at)) != SIZE_MAX;
         at++) {
        if (is_word_at(text, at, at + word.len))
            return true;
    }
    return false;
}

static bool is_one_of(const char *const *list, size_t n, struct str part)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(part, str_of(list[i])))
            return true;
    }
    return false;
}

/* Letters before the last mark inside: "(well" is "well". */
static struct str bare(struct str part)
{
    size_t start = 0;

    for (size_t i = 0; i < part.len; i++) {
        unsigned char c = (unsigned char)part.data[i];
        if (c < 0x80 && !ascii_is_alpha(c))
            start = i + 1;
    }
    return str_slice(part, start, part.len);
}

static bool keeps_hyphen(const struct joiner *j, struct str part,
                         struct str rest, struct str next)
{
    char joined[2 * MAX_WORD + 2];
    struct str first = bare(part);

    /* "state-" before "of-the-art"; "of-the-" before "art" */
    if (rest.len < next.len && next.data[rest.len] == '-')
        return true;
    if (first.len < part.len && part.data[part.len - first.len - 1] != '(')
        return true;
    if (first.len + rest.len + 1 > sizeof(joined))
        return true;
    memcpy(joined, first.data, first.len);
    memcpy(joined + first.len, rest.data, rest.len);
    if (has_word(j->in->text, (struct str){joined, first.len + rest.len}))
        return false;
    joined[first.len] = '-';
    memcpy(joined + first.len + 1, rest.data, rest.len);
    if (has_word(j->in->text, (struct str){joined, first.len + rest.len + 1}))
        return true;
    if (is_one_of(suffixes, sizeof(suffixes) / sizeof(suffixes[0]), rest))
        return false;
    if (is_one_of(last_parts, sizeof(last_parts) / sizeof(last_parts[0]), rest))
        return true;
    return is_one_of(first_parts, sizeof(first_parts) / sizeof(first_parts[0]),
                     first);
}

/* Whether the last word of line i goes on in the next line. */
static bool goes_on(const struct joiner *j, size_t i, struct str *part,
                    struct str *rest)
{
    if (i + 1 >= j->in->n_lines || j->joins >= MAX_JOINS)
        return false;
    const struct line *line = &j->in->lines[i], *next = line + 1;
    if (next->start != line->end + 1 || next->role != LINE_BODY ||
        line->role == LINE_CELL || line->n_words == 0 || next->n_words == 0)
        return false;
    *part = cut_part(word_text(j, line->first_word + line->n_words - 1));
    *rest = rest_part(word_text(j, next->first_word));
    return part->len > 0 && rest->len > 0;
}

static void put(struct joiner *j, struct str s)
{
    if (s.len > 0)
        memcpy(j->text + j->len, s.data, s.len);
    j->len += s.len;
}

/* Copies the words of line i but for the first `skip`; what stands between
 * words is copied with them. The last word is replaced when part is set. */
static void copy_line(struct joiner *j, size_t i, uint32_t skip,
                      struct str part, struct str hyphen, struct str rest)
{
    const struct line *line = &j->in->lines[i];
    struct line *out = &j->lines[j->n_lines];
    uint32_t before = i ? j->in->lines[i - 1].end : 0;

    if (skip >= line->n_words)
        return;
    put(j, str_slice(j->in->text, before, line->start));
    *out = *line;
    out->start = (uint32_t)j->len;
    out->first_word = (uint32_t)j->n_words;
    out->n_words = line->n_words - skip;
    for (uint32_t k = skip; k < line->n_words; k++) {
        const struct word *w = &j->in->words[line->first_word + k];
        struct word *copy = &j->words[j->n_words++];
        if (k > skip)
            put(j, str_slice(j->in->text, w[-1].end, w->start));
        *copy = *w;
        copy->start = (uint32_t)j->len;
        bool is_cut = part.len > 0 && k + 1 == line->n_words;
        put(j, is_cut ? part : str_slice(j->in->text, w->start, w->end));
        if (is_cut) {
            put(j, hyphen);
            put(j, rest);
        }
        copy->end = (uint32_t)j->len;
    }
    out->end = (uint32_t)j->len;
    j->n_lines++;
}

static void join_all(struct joiner *j)
{
    uint32_t skip = 0;

    for (size_t i = 0; i < j->in->n_lines; i++) {
        struct str part = STR_NONE, rest = STR_NONE, hyphen = STR_NONE;
        /* A line of one word that was taken away has no end of its own. */
        bool joins =
            skip < j->in->lines[i].n_words && goes_on(j, i, &part, &rest);
        if (joins) {
            j->joins++;
            /* All of the next word: its point or comma comes along. */
            struct str next = word_text(j, j->in->lines[i + 1].first_word);
            if (keeps_hyphen(j, part, rest, next))
                hyphen = STR("-");
            rest = next;
        }
        copy_line(j, i, skip, joins ? part : STR_NONE, hyphen, rest);
        skip = joins ? 1 : 0;
    }
}

rsc_status hyphen_join(struct ctx *ctx, struct document *doc)
{
    struct joiner j = {.in = doc};
    struct str part, rest;
    bool any = false;

    for (size_t i = 0; i < doc->n_lines && !any; i++)
        any = goes_on(&j, i, &part, &rest);
    if (!any)
        return RSC_OK;
    j.text = ctx_alloc(ctx, doc->text.len + 1);
    j.words = ctx_alloc_array(ctx, doc->n_words, sizeof(*j.words));
    j.lines = ctx_alloc_array(ctx, doc->n_lines, sizeof(*j.lines));
    if (!j.text || !j.words || !j.lines)
        return ctx->error.status;
    join_all(&j);
    doc->text = (struct str){j.text, j.len};
    doc->words = j.words;
    doc->n_words = j.n_words;
    doc->lines = j.lines;
    doc->n_lines = j.n_lines;
    return RSC_OK;
}
