/* SPDX-License-Identifier: MIT */
#ifndef RSC_WORDFORMS_H
#define RSC_WORDFORMS_H

/*
 * Forms of one English word: singular and plural, American and British
 * spelling. Words are folded (wordscan.h). Forms of one word share their
 * canonical form, which is for comparison only and need not be a word:
 *
 *     databases -> database     organisations -> organization
 */

#include "text/wordscan.h"

struct word_form {
    uint8_t len;
    char text[FOLD_SIZE]; /* zeros behind len */
};

#define WORD_FORMS_MAX 12
#define VERB_FORMS_MAX 5

struct word_form word_form_of(struct str word);
static inline struct str word_form_str(const struct word_form *form)
{
    return (struct str){form->text, form->len};
}

/* American and singular. */
struct word_form word_canonical(struct str word);
/* Fills forms with word itself first, then others with the same canonical
 * form; returns how many. */
size_t word_forms(struct str word, struct word_form forms[WORD_FORMS_MAX]);
/* manage -> manage, manages, managed, managing; returns how many. */
size_t verb_forms(struct str verb, struct word_form forms[VERB_FORMS_MAX]);

#endif
