/* SPDX-License-Identifier: MIT */
#include "extract/wire_check.h"

#include <math.h>

#include "base/utf8.h"

/* Far outside of any page; a box beyond is a damaged number. */
#define COORDINATE_MAX 1e6f

/* Valid UTF-8 whose only control characters are those in `allowed`. */
static bool is_clean(struct str s, const char *allowed)
{
    if (utf8_valid_len(s) != s.len)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if (c == 0x7f || (c < ' ' && (c == 0 || !strchr(allowed, c))))
            return false;
    }
    return true;
}

bool wire_is_sentence(struct str s)
{
    return is_clean(s, "");
}

static bool is_box(float x0, float y0, float x1, float y1)
{
    const float v[4] = {x0, y0, x1, y1};

    for (int i = 0; i < 4; i++) {
        if (!isfinite(v[i]) || fabsf(v[i]) > COORDINATE_MAX)
            return false;
    }
    return x0 <= x1 && y0 <= y1;
}

/* Whether a span may start or end at i: never inside a code point. */
static bool is_boundary(struct str text, uint32_t i)
{
    return i == text.len || ((unsigned char)text.data[i] & 0xc0) != 0x80;
}

static bool has_space(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] == ' ' || s.data[i] == '\t' || s.data[i] == '\n')
            return true;
    }
    return false;
}

static const char *check_words(const struct document *doc)
{
    uint32_t at = 0;

    for (size_t i = 0; i < doc->n_words; i++) {
        const struct word *w = &doc->words[i];
        if (w->start < at || w->end <= w->start || w->end > doc->text.len)
            return "a word outside of the text";
        if (!is_boundary(doc->text, w->start) ||
            !is_boundary(doc->text, w->end))
            return "a word that cuts a character";
        if (has_space(str_slice(doc->text, w->start, w->end)))
            return "a word with a space inside";
        if (!is_box(w->x0, w->y0, w->x1, w->y1))
            return "the box of a word";
        at = w->end;
    }
    return NULL;
}

static const char *check_line(const struct document *doc, const struct line *l)
{
    if (l->end <= l->start || l->end > doc->text.len ||
        !is_boundary(doc->text, l->start) || !is_boundary(doc->text, l->end))
        return "a line outside of the text";
    if (memchr(doc->text.data + l->start, '\n', l->end - l->start))
        return "a line of two lines";
    if (l->page < 1 || l->page > doc->pages)
        return "the page of a line";
    if (!isfinite(l->size) || l->size < 0 || l->size > COORDINATE_MAX ||
        !is_box(l->x0, l->y0, l->x1, l->y1))
        return "the box of a line";
    if (l->n_words > doc->n_words || l->first_word > doc->n_words - l->n_words)
        return "the words of a line";
    for (uint32_t i = 0; i < l->n_words; i++) {
        const struct word *w = &doc->words[l->first_word + i];
        if (w->start < l->start || w->end > l->end)
            return "a word outside of its line";
    }
    return NULL;
}

/* Lines follow each other and share out all words, none left over. */
static const char *check_lines(const struct document *doc)
{
    uint32_t at = 0;
    size_t words = 0;

    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct line *l = &doc->lines[i];
        if (l->start < at || l->first_word != words)
            return "lines out of order";
        const char *broken = check_line(doc, l);
        if (broken)
            return broken;
        at = l->end;
        words += l->n_words;
    }
    return words == doc->n_words ? NULL : "words without a line";
}

const char *wire_broken_rule(const struct document *doc)
{
    if (doc->text.len > UINT32_MAX || !is_clean(doc->text, "\n\t"))
        return "its text";
    if (doc->pages < 1 || doc->pages > UINT16_MAX)
        return "the number of pages";
    if (!is_clean(doc->method, ""))
        return "the name of its method";
    for (size_t i = 0; i < doc->n_hidden; i++) {
        if (doc->hidden[i].page < 1 || doc->hidden[i].page > doc->pages ||
            !is_clean(doc->hidden[i].text, "\n\t"))
            return "a hidden run";
    }
    for (size_t i = 0; i < doc->n_warnings; i++) {
        if (!is_clean(doc->warnings[i], ""))
            return "a warning";
    }
    const char *broken = check_words(doc);
    return broken ? broken : check_lines(doc);
}
