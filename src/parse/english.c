/* SPDX-License-Identifier: MIT */
#include "parse/english.h"

#include "text/wordlist.h"

/* The language of the text, by its commonest words: English has them at every
 * third place. A list of names has none and passes; in a few words two foreign
 * ones and no more English ones are enough to tell. */
bool english_is_text(struct str text)
{
    static const char *const english[] = {
        "a",  "and", "are", "as",  "at", "be", "for",  "in",   "is",  "of",
        "on", "or",  "our", "the", "to", "we", "will", "with", "you", "your"};
    static const char *const foreign[] = {
        "aber", "avec", "con",   "dans", "das",  "dem",  "den",  "der", "des",
        "ein",  "eine", "einen", "en",   "est",  "et",   "het",  "les", "los",
        "las",  "mit",  "nous",  "och",  "para", "pour", "que",  "sie", "som",
        "sur",  "und",  "uma",   "una",  "une",  "vous", "voor", "wir", "zu"};
    struct span all = {0, (uint32_t)text.len}, span;
    uint32_t at = 0;
    size_t words = 0, ours = 0, others = 0, wide = 0;

    while (!span_is_empty(span = wordlist_next_word(text, all, &at))) {
        struct str word = span_of(text, span);
        words++;
        for (size_t i = 0; i < sizeof(english) / sizeof(english[0]); i++)
            ours += str_eq_nocase(word, str_of(english[i]));
        for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
            others += str_eq_nocase(word, str_of(foreign[i]));
        wide += (unsigned char)word.data[0] >= 0xCE;
    }
    if (words < 12)
        return wide * 2 < words + 1 && (others < 2 || ours >= others);
    return wide * 3 < words && (others < 3 || ours >= others);
}
