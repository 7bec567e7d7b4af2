/* SPDX-License-Identifier: MIT */
#include "phrases.h"

const char phrases_little[PHRASES_LITTLE][PHRASES_LITTLE_LEN + 1 + FOLD_ZEROS] =
    {"the", "a", "an", "our", "your", "their", "its", "all"};

/* Both have zeros behind them, so that eight bytes compare at once. */
static inline bool same_eight(const char *a, const char *b)
{
    uint64_t x, y;
    memcpy(&x, a, 8);
    memcpy(&y, b, 8);
    return x == y;
}

static bool same_word(const struct phrases *p, const struct phrase_form *form,
                      const char *fold, size_t len)
{
    if (!same_eight(form->first, fold))
        return false;
    for (size_t i = 8; i <= len; i += 8)
        if (!same_eight(p->strings + form->name + i, fold + i))
            return false;
    return true;
}

/* Zeros stand behind fold. */
static const struct phrase_form *
find_form(const struct phrases *p, const char *fold, size_t len, uint32_t hash)
{
    for (uint32_t i = hash & p->form_mask; p->forms[i].hash;
         i = (i + 1) & p->form_mask)
        if (p->forms[i].hash == hash && same_word(p, &p->forms[i], fold, len))
            return &p->forms[i];
    return NULL;
}

/* The part [from, to) of the word's fold; where it is known, the fold becomes
 * that part. */
static const struct phrase_form *
part_form(const struct phrases *p, struct scan_word *w, size_t from, size_t to)
{
    char part[FOLD_SIZE] = {0};
    size_t len = to - from;

    if (to <= from)
        return NULL;
    memcpy(part, w->fold + from, len);
    const struct phrase_form *form =
        find_form(p, part, len, phrases_hash(part, len));
    if (form) {
        memcpy(w->fold, part, sizeof(part));
        w->len = (uint8_t)len;
    }
    return form;
}

/* "Java#", ".java", "Java+": the word without its signs. */
static const struct phrase_form *bare_form(const struct phrases *p,
                                           struct scan_word *w)
{
    for (unsigned drop = 1; drop <= 3; drop++) {
        size_t from = drop & 2 ? w->prefix : 0;
        size_t to = w->len - (drop & 1 ? (size_t)w->suffix : 0);
        uint32_t cut = (uint32_t)(w->len - to);
        if (to - from == w->len)
            continue;
        const struct phrase_form *form = part_form(p, w, from, to);
        if (form) {
            w->start += (uint32_t)from;
            w->end -= cut;
            return form;
        }
    }
    return NULL;
}

const struct phrase_form *phrases_form_of(const struct phrases *p,
                                          struct scan_word *w, uint32_t hash)
{
    size_t len = w->len;

    if (len == 0)
        return NULL;
    const struct phrase_form *form = find_form(p, w->fold, len, hash);
    if (form)
        return form;
    if (w->prefix || w->suffix)
        return bare_form(p, w);
    if (w->possessive)
        return part_form(p, w, 0, len - 1);
    /* "python3", "angular2": a version is written behind the name. */
    while (len > 0 && ascii_is_digit((unsigned char)w->fold[len - 1]))
        len--;
    if (len >= 3 && w->len - len > 0 && w->len - len <= 2)
        return part_form(p, w, 0, len);
    return NULL;
}

bool phrases_is_little(const char *fold)
{
    for (size_t i = 0; i < PHRASES_LITTLE; i++)
        if (same_eight(phrases_little[i], fold))
            return true;
    return false;
}

uint32_t phrases_step(const struct phrases *p, uint32_t node, uint32_t token)
{
    uint32_t low = p->nodes[node].first_edge;
    uint32_t high = low + p->nodes[node].n_edges;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->edges[middle].token < token)
            low = middle + 1;
        else if (p->edges[middle].token > token)
            high = middle;
        else
            return p->edges[middle].node;
    }
    return 0;
}
