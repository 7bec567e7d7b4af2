/* SPDX-License-Identifier: MIT */
#include "text/wordlist.h"

/* memcmp's order of word, in lower case, and a key that is lower case. */
static int compare(struct str word, const char *key)
{
    for (size_t i = 0; i < word.len; i++) {
        unsigned char a = (unsigned char)ascii_lower(word.data[i]);
        unsigned char b = (unsigned char)key[i];
        if (a != b)
            return a < b ? -1 : 1;
    }
    return key[word.len] ? -1 : 0;
}

bool wordlist_has(struct wordlist list, struct str word)
{
    size_t low = 0, high = list.n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(word, list.items[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

int wordmap_find(struct wordmap map, struct str key)
{
    size_t low = 0, high = map.n;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(key, map.items[middle].key);
        if (order == 0)
            return map.items[middle].value;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

static bool is_lower(const char *word)
{
    for (; *word; word++) {
        if (ascii_is_upper((unsigned char)*word))
            return false;
    }
    return true;
}

bool wordlist_is_sorted(struct wordlist list)
{
    for (size_t i = 0; i < list.n; i++) {
        if (!is_lower(list.items[i]) ||
            (i && compare(str_of(list.items[i - 1]), list.items[i]) >= 0))
            return false;
    }
    return true;
}

bool wordmap_is_sorted(struct wordmap map)
{
    for (size_t i = 0; i < map.n; i++) {
        if (!is_lower(map.items[i].key) ||
            (i && compare(str_of(map.items[i - 1].key), map.items[i].key) >= 0))
            return false;
    }
    return true;
}

static bool is_word_byte(unsigned char c)
{
    return ascii_is_alnum(c) || c >= 0x80;
}

/* Punctuation of three bytes (dashes, quotes, bullets) is no part of a word.
 */
static bool is_sign(struct str text, size_t i)
{
    unsigned char c = (unsigned char)text.data[i];

    return (c == 0xE2 && i + 1 < text.len) || c == 0xC2 ||
           (c == 0xEF && i + 1 < text.len);
}

static size_t sign_len(struct str text, size_t i)
{
    size_t len = (unsigned char)text.data[i] == 0xC2 ? 2 : 3;

    return i + len > text.len ? text.len - i : len;
}

static bool is_inner(char c)
{
    return c == '\'' || c == '-' || c == '.' || c == '+' || c == '#';
}

struct span wordlist_next_word(struct str text, struct span within,
                               uint32_t *at)
{
    size_t i = *at;

    text.len = within.end;
    while (i < within.end) {
        if (is_sign(text, i))
            i += sign_len(text, i);
        else if (!is_word_byte((unsigned char)text.data[i]))
            i++;
        else
            break;
    }
    size_t start = i;
    while (i < within.end && !is_sign(text, i)) {
        if (!is_word_byte((unsigned char)text.data[i]) &&
            !(is_inner(text.data[i]) && i + 1 < within.end &&
              is_word_byte((unsigned char)text.data[i + 1]) &&
              !is_sign(text, i + 1)))
            break;
        i++;
    }
    *at = (uint32_t)i;
    return (struct span){(uint32_t)start, (uint32_t)i};
}
