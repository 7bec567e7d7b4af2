/* SPDX-License-Identifier: MIT */
#include "parse/job_clauses.h"

#include "parse/job_words.h"

/* "OSHA 10 (OSHA 30 preferred)": a wish of its own; "(preferred)" alone is one
 * about what stands before. */
static bool is_wish_in_brackets(struct str rest)
{
    size_t close = str_find(rest, STR(")"), 0);

    if (!str_starts(rest, STR(" (")) || close == SIZE_MAX)
        return false;
    struct str inner = str_slice(rest, 2, close);
    return job_words_are_nice(inner) &&
           !job_words_are_nice(
               str_slice(inner, 0, inner.len < 7 ? inner.len : 7)) &&
           str_find(inner, STR(" "), 0) != SIZE_MAX;
}

bool job_clause_ends(struct str text, size_t i, size_t end)
{
    static const char *const wishes[] = {", ideally", ", preferably",
                                         " (ideally", " (preferably"};
    struct str rest = str_slice(text, i, end);

    for (size_t k = 0; k < sizeof(wishes) / sizeof(wishes[0]); k++) {
        if (str_starts_nocase(rest, str_of(wishes[k])))
            return true;
    }
    return text.data[i] == ';' || is_wish_in_brackets(rest);
}

bool job_clause_is_aside(struct str clause)
{
    static const char *const starts[] = {"you ",  "it ",   "its ", "they ",
                                         "this ", "that ", "we ",  "which "};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (str_starts_nocase(clause, str_of(starts[i])))
            return true;
    }
    return false;
}

bool job_clause_is_call(struct str text)
{
    static const char *const starts[] = {
        "we need ",       "we are looking for ", "we're looking for ",
        "we are seeking", "we're seeking",       "we are hiring",
        "we're hiring",   "we are recruiting",   "looking for "};
    static const char *const about[] = {" who ",      " that ", " with ",
                                        " can ",      " able ", " skills",
                                        " experience"};
    bool begins = false;

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        begins = begins || str_starts_nocase(text, str_of(starts[i]));
    for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++)
        begins =
            begins && str_find_nocase(text, str_of(about[i]), 0) == SIZE_MAX;
    return begins;
}

bool job_clause_is_about_us(struct str text)
{
    return str_starts_nocase(text, STR("we ")) ||
           str_starts_nocase(text, STR("we're")) ||
           str_starts_nocase(text, STR("our "));
}
