/* SPDX-License-Identifier: MIT */
#ifndef RSC_WORDLIST_H
#define RSC_WORDLIST_H

/*
 * Sorted tables of words or phrases in lower case, looked up without case.
 * They are written by hand; a unit test keeps their order.
 */

#include "text/span.h"

struct wordlist {
    const char *const *items;
    size_t n;
};

#define WORDLIST(array)                                                        \
    ((struct wordlist){(array), sizeof(array) / sizeof((array)[0])})

/* The same, where only a constant may stand. */
#define WORDLIST_INIT(array)                                                   \
    {                                                                          \
        (array), sizeof(array) / sizeof((array)[0])                            \
    }

struct wordmap_entry {
    const char *key;
    int value;
};

struct wordmap {
    const struct wordmap_entry *items;
    size_t n;
};

#define WORDMAP(array)                                                         \
    ((struct wordmap){(array), sizeof(array) / sizeof((array)[0])})

bool wordlist_has(struct wordlist list, struct str word);
/* The value of key, or -1. */
int wordmap_find(struct wordmap map, struct str key);
/* Whether each entry is lower case and stands behind the one before it. */
bool wordlist_is_sorted(struct wordlist list);
bool wordmap_is_sorted(struct wordmap map);

/* Takes the next word off *at: letters (every byte above 0x7F counts as one),
 * digits, and "'", "-", "+", "#" or "." inside. Returns an empty span at the
 * end of within. */
struct span wordlist_next_word(struct str text, struct span within,
                               uint32_t *at);

#endif
