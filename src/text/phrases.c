/* SPDX-License-Identifier: MIT */
#include "phrases.h"

/* Both have zeros behind them, so that eight bytes compare at once. */
static bool same_word(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i <= len; i += 8) {
        uint64_t x, y;
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        if (x != y)
            return false;
    }
    return true;
}

uint32_t phrases_token(const struct phrases *p, const char *fold, size_t len,
                       uint32_t hash)
{
    for (uint32_t i = hash & p->form_mask; p->form_hash[i];
         i = (i + 1) & p->form_mask)
        if (p->form_hash[i] == hash &&
            same_word(p->strings + p->forms[i].name, fold, len))
            return p->forms[i].token;
    return 0;
}

/* The token of the part [from, to) of the word's fold; where it is known, the
 * fold becomes that part. */
static uint32_t part_token(const struct phrases *p, struct scan_word *w,
                           size_t from, size_t to)
{
    char part[SCAN_WORD_MAX + 9] = {0};
    size_t len = to - from;

    if (to <= from)
        return 0;
    memcpy(part, w->fold + from, len);
    uint32_t token = phrases_token(p, part, len, phrases_hash(part, len));
    if (token) {
        memcpy(w->fold, part, sizeof(part));
        w->len = (uint8_t)len;
    }
    return token;
}

/* "Java#", ".java", "Java+": the word without its signs. */
static uint32_t bare_token(const struct phrases *p, struct scan_word *w)
{
    for (unsigned drop = 1; drop <= 3; drop++) {
        size_t from = drop & 2 ? w->prefix : 0;
        size_t to = w->len - (drop & 1 ? (size_t)w->suffix : 0);
        uint32_t cut = (uint32_t)(w->len - to);
        if (to - from == w->len)
            continue;
        uint32_t token = part_token(p, w, from, to);
        if (token) {
            w->start += (uint32_t)from;
            w->end -= cut;
            return token;
        }
    }
    return 0;
}

uint32_t phrases_token_of(const struct phrases *p, struct scan_word *w,
                          uint32_t hash)
{
    uint32_t token;
    size_t len = w->len;

    if (len == 0)
        return 0;
    token = phrases_token(p, w->fold, len, hash);
    if (token)
        return token;
    if (w->prefix || w->suffix)
        return bare_token(p, w);
    if (w->possessive)
        return part_token(p, w, 0, len - 1);
    /* "python3", "angular2": a version is written behind the name. */
    while (len > 0 && ascii_is_digit((unsigned char)w->fold[len - 1]))
        len--;
    if (len >= 3 && w->len - len > 0 && w->len - len <= 2)
        return part_token(p, w, 0, len);
    return 0;
}

uint32_t phrases_step(const struct phrases *p, uint32_t node, uint32_t token)
{
    uint32_t low = p->nodes[node].first_edge;
    uint32_t high = low + p->nodes[node].n_edges;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->edge_token[middle] < token)
            low = middle + 1;
        else if (p->edge_token[middle] > token)
            high = middle;
        else
            return p->edge_node[middle];
    }
    return 0;
}
