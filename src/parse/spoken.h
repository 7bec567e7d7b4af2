/* SPDX-License-Identifier: MIT */
#ifndef RSC_SPOKEN_H
#define RSC_SPOKEN_H

/*
 * Spoken languages and how well: "French (C1)", "native German", "Spanish:
 * limited working proficiency", "Arabic - ILR 3".
 */

#include "parse/resume.h"

struct spoken_list {
    struct spoken_language *items;
    size_t len, cap;
};

/* The language's name in English, or an empty string. */
struct str spoken_find(struct str name);
/* The level that the words of the span name, 0 if none; at most 24 words. */
uint8_t spoken_level(struct str text, struct span within);
/* Finds the next language at or after *at and moves *at behind it; returns
 * its number of words, 0 at the end. */
size_t spoken_next(struct str text, struct span within, uint32_t *at,
                   struct span *name);
/* Appends the languages of a list. Fails with RSC_ENOMEM only. */
rsc_status spoken_read(struct ctx *ctx, struct spoken_list *out,
                       struct str text, struct span within);
bool spoken_tables_are_sorted(void);

#endif
