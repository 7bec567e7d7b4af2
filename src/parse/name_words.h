/* SPDX-License-Identifier: MIT */
#ifndef RSC_NAME_WORDS_H
#define RSC_NAME_WORDS_H

/* What single words tell about names. */

#include "text/span.h"

/* Whether word, in any case, stands in a list. */
bool name_in_list(const char *const *list, size_t n, struct str word);
#define NAME_IN(list, word)                                                    \
    name_in_list((list), sizeof(list) / sizeof((list)[0]), (word))

/* Small words inside of names: "van", "de la". */
bool name_is_particle(struct str word);
/* Whether both are the same but for the case of the letters that European
 * names have. */
bool name_same_letters(struct str a, struct str b);
/* A capital letter, in any of the alphabets that have them here, or a letter
 * of an alphabet without. */
bool name_begins_large(struct str word);
/* Whether word occurs in small letters, as ordinary words do. */
bool name_occurs_small(struct str text, struct str word);

#endif
