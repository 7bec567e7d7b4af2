/* SPDX-License-Identifier: MIT */
#include "parse/subjects.h"

#include "parse/degrees.h"
#include "text/wordlist.h"

/* clang-format off */
static const char *const last_words[] = {
    "accountancy", "accounting", "administration", "aeronautics", "agriculture",
    "analytics", "architecture", "arts", "business", "commerce",
    "communication", "communications", "computing", "dentistry", "design",
    "dietetics", "divinity", "education", "electronics", "english",
    "entrepreneurship", "finance", "genetics", "history", "hygiene",
    "journalism", "justice", "languages", "law", "leadership", "linguistics",
    "literature", "logistics", "management", "marketing", "medicine",
    "merchandising", "music", "nursing", "nutrition", "pharmacy", "philosophy",
    "politics", "psychology", "relations", "robotics", "science", "sciences",
    "security", "sociology", "statistics", "studies", "surgery", "systems",
    "technology", "theater", "theatre", "theology", "therapy", "tourism",
    "work"};
/* clang-format on */

static bool ends_like_subject(struct str word)
{
    static const char *const tails[] = {"ology",    "onomics",  "ematics",
                                        "ysics",    "ormatics", "gineering",
                                        "hemistry", "ography"};

    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
        if (str_ends_nocase(word, str_of(tails[i])))
            return true;
    return wordlist_has(WORDLIST(last_words), word);
}

bool subject_is_likely(struct str phrase)
{
    struct span all = {0, (uint32_t)phrase.len}, word, last = {0, 0};
    uint32_t at = 0;

    while (!span_is_empty(word = wordlist_next_word(phrase, all, &at)))
        last = word;
    return ends_like_subject(span_of(phrase, last));
}

/* "University of X" names a school; "University" alone is the rest of one, as
 * is "of Economics". */
static bool begins_school(struct str phrase)
{
    struct span all = {0, (uint32_t)phrase.len};
    uint32_t at = 0;
    struct span first = wordlist_next_word(phrase, all, &at);

    if (phrase.len == 0 || !ascii_is_upper((unsigned char)phrase.data[0]) ||
        !degree_is_school(phrase))
        return false;
    return !degree_is_school(span_of(phrase, first)) ||
           str_starts(str_slice(phrase, at, phrase.len), STR(" of "));
}

size_t subject_split(struct str phrase)
{
    struct span all = {0, (uint32_t)phrase.len}, word;
    uint32_t at = 0;
    size_t split = 0;

    while (!span_is_empty(word = wordlist_next_word(phrase, all, &at))) {
        struct str rest = str_slice(phrase, at, phrase.len);
        if (!ends_like_subject(span_of(phrase, word)) || rest.len < 2 ||
            rest.data[0] != ' ')
            continue;
        if (begins_school(str_slice(rest, 1, rest.len)))
            split = at + 1;
    }
    return split;
}
