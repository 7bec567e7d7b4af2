/* SPDX-License-Identifier: MIT */
#include "parse/name_words.h"

#include "base/utf8.h"

bool name_in_list(const char *const *list, size_t n, struct str word)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(word, str_of(list[i])))
            return true;
    }
    return false;
}

static const char *const particles[] = {
    "al",  "ap",  "bin", "bint", "da",  "das", "de",  "del", "della", "den",
    "der", "di",  "dos", "du",   "e",   "el",  "ibn", "la",  "le",    "mac",
    "op",  "san", "ten", "ter",  "van", "von", "y",   "zu"};

bool name_is_particle(struct str word)
{
    return NAME_IN(particles, word);
}

/* Lower case of the letters that European names have. */
static uint32_t fold_letter(uint32_t c)
{
    if (c < 0x80)
        return (uint32_t)(unsigned char)ascii_lower((char)c);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    if (c >= 0x100 && c <= 0x177)
        return c | 1;
    return c;
}

bool name_same_letters(struct str a, struct str b)
{
    size_t i = 0, k = 0;

    while (i < a.len && k < b.len) {
        if (fold_letter(utf8_next(a, &i)) != fold_letter(utf8_next(b, &k)))
            return false;
    }
    return i == a.len && k == b.len;
}

bool name_begins_large(struct str word)
{
    size_t i = 0;
    uint32_t c = word.len ? utf8_next(word, &i) : 0;

    if (c < 0x80)
        return ascii_is_upper((unsigned char)c);
    return fold_letter(c) != c || c >= 0x590;
}

bool name_occurs_small(struct str text, struct str word)
{
    char small[40];
    size_t at = 0;

    if (word.len > sizeof(small))
        return false;
    for (size_t i = 0; i < word.len; i++)
        small[i] = ascii_lower(word.data[i]);
    struct str needle = {small, word.len};
    while ((at = str_find(text, needle, at)) != SIZE_MAX) {
        size_t end = at + needle.len;
        if ((at == 0 || !strchr("@./-_", text.data[at - 1])) &&
            (at == 0 || !ascii_is_alnum((unsigned char)text.data[at - 1])) &&
            (end >= text.len ||
             (!ascii_is_alnum((unsigned char)text.data[end]) &&
              !strchr("@_", text.data[end]) &&
              !(text.data[end] == '.' && end + 1 < text.len &&
                ascii_is_alnum((unsigned char)text.data[end + 1])))))
            return true;
        at = end;
    }
    return false;
}
