/* SPDX-License-Identifier: MIT */
#include "parse/job_clauses.h"

#include "parse/degrees.h"
#include "parse/job_skills.h"
#include "parse/job_words.h"

/* Of an employer. */
#define MAX_NAME_BYTES 40
/* Of what is looked at before and behind a possible end of a clause: a text
 * without a full stop must not be read again at each of its commas. */
#define MAX_CLAUSE_BYTES 1000

/* "OSHA 10 (OSHA 30 preferred)": a wish of its own; "(preferred)" alone is one
 * about what stands before. */
static bool is_wish_in_brackets(struct str rest)
{
    if (!str_starts(rest, STR(" (")))
        return false;
    size_t close = str_find(rest, STR(")"), 0);
    if (close > MAX_CLAUSE_BYTES)
        return false;
    struct str inner = str_slice(rest, 2, close);
    return job_words_are_nice(inner) &&
           !job_words_are_nice(
               str_slice(inner, 0, inner.len < 7 ? inner.len : 7)) &&
           str_find(inner, STR(" "), 0) != SIZE_MAX;
}

/* Up to the next comma. */
static struct str next_piece(struct str text, size_t i, size_t end)
{
    size_t to = i;

    while (to < end && !strchr(",;.\n", text.data[to]))
        to++;
    return str_slice(text, i, to);
}

/* It says itself how much of it is asked for. */
static bool is_graded(struct str clause)
{
    static const char *const grades[] = {"good ",  "very good ", "strong ",
                                         "solid ", "fluent ",    "excellent "};
    clause = str_trim(clause);
    return STR_STARTS_ANY_NOCASE(clause, grades);
}

/* "ADN required, BSN preferred", "5 years in housing, timber frame ideally":
 * what stands before the comma at i is asked for by itself, and what stands
 * behind it is not as strong. In "law, tax or audit preferred" nothing is. */
static bool is_other_strength(struct str text, size_t start, size_t i,
                              size_t end)
{
    if (text.data[i] != ',' || i - start > MAX_CLAUSE_BYTES)
        return false;
    struct str head = str_slice(text, start, i);
    struct str tail = next_piece(text, i + 1, end);
    if (str_find_nocase(tail, STR(" or "), 0) != SIZE_MAX)
        return false;
    if (job_words_are_nice(head))
        return job_words_are_must(tail) && !job_words_are_nice(tail);
    /* "Good German skills, English is of advantage" */
    if (is_graded(head) && job_words_are_nice(tail) &&
        str_find(tail, STR(" is "), 0) != SIZE_MAX)
        return true;
    return job_words_are_nice(tail) &&
           (job_words_are_must(head) || job_skills_months(head, NULL) ||
            degree_find(head, NULL));
}

bool job_clause_ends(struct str text, size_t start, size_t i, size_t end)
{
    static const char *const wishes[] = {", ideally",    ", preferably",
                                         " (ideally",    " (preferably",
                                         ", as long as", ", and if you"};
    struct str rest = str_slice(text, i, end);

    if (STR_STARTS_ANY_NOCASE(rest, wishes))
        return true;
    return text.data[i] == ';' || is_wish_in_brackets(rest) ||
           is_other_strength(text, start, i, end) ||
           (str_starts(rest, STR(", but ")) &&
            job_words_are_unasked(str_slice(text, start, i)));
}

bool job_clause_is_aside(struct str clause)
{
    static const char *const starts[] = {"you ",  "it ",   "its ", "they ",
                                         "this ", "that ", "we ",  "which "};

    return STR_STARTS_ANY_NOCASE(clause, starts);
}

bool job_clause_is_concession(struct str text)
{
    static const char *const cues[] = {
        "will be considered", "may be considered", "will also be considered",
        "may be accepted",    "will be accepted",  "may be substituted",
        "can be substituted", "in lieu of",        "accepted in lieu",
        "substitutes for"};
    bool concedes = false;

    for (size_t i = 0; i < sizeof(cues) / sizeof(cues[0]); i++)
        concedes =
            concedes || str_find_nocase(text, str_of(cues[i]), 0) != SIZE_MAX;
    return concedes;
}

bool job_clause_is_afterthought(struct str clause)
{
    return str_starts_nocase(clause, STR("and if you"));
}

bool job_clause_is_call(struct str text)
{
    static const char *const starts[] = {
        "we need ",       "we are looking for ", "we're looking for ",
        "we are seeking", "we're seeking",       "we are hiring",
        "we're hiring",   "we are recruiting",   "looking for "};
    static const char *const calls[] = {" is looking for ", " is seeking ",
                                        " is hiring ", " is recruiting "};
    static const char *const about[] = {" who ",      " that ", " with ",
                                        " can ",      " able ", " skills",
                                        " experience"};
    bool begins = false;

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        begins = begins || str_starts_nocase(text, str_of(starts[i]));
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
        begins =
            begins || str_find_nocase(text, str_of(calls[i]), 0) != SIZE_MAX;
    for (size_t i = 0; i < sizeof(about) / sizeof(about[0]); i++)
        begins =
            begins && str_find_nocase(text, str_of(about[i]), 0) == SIZE_MAX;
    return begins;
}

bool job_clause_is_about_you(struct str text)
{
    static const char *const you[] = {"the ideal",
                                      "the right",
                                      "the perfect",
                                      "the successful",
                                      "the candidate",
                                      "the applicant",
                                      "the person",
                                      "the post holder",
                                      "the postholder",
                                      "this post is subject",
                                      "this role is subject",
                                      "this position is subject",
                                      "the job requires",
                                      "the role requires",
                                      "the position requires",
                                      "you ",
                                      "candidates ",
                                      "applicants "};

    return STR_STARTS_ANY_NOCASE(text, you);
}

/* "Willow House is a home for 42 people", not "Python is a must". */
static bool is_about_somebody(struct str text)
{
    static const char *const verbs[] = {" is a ", " is an ", " is the ",
                                        " is one of "};
    static const char *const wished[] = {
        "a bonus",  "a must",       "a plus",   "a necessity",
        "a given",  "an advantage", "an asset", "a big",
        "a strong", "a real",       "a huge"};
    size_t at = SIZE_MAX;

    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        size_t found = str_find(text, str_of(verbs[i]), 0);
        at = found < at ? found : at;
    }
    if (at > MAX_NAME_BYTES || !text.len ||
        !ascii_is_upper((unsigned char)text.data[0]))
        return false;
    struct str rest = str_slice(text, at + 4, text.len);
    if (STR_STARTS_ANY_NOCASE(rest, wished))
        return false;
    return job_words_requirement(text) == 0;
}

bool job_clause_is_about_us(struct str text)
{
    static const char *const us[] = {"we ",   "we're", "we\xE2\x80\x99re",
                                     "our ",  "this ", "it ",
                                     "they ", "the ",  "i ",
                                     "i'm ",  "i am "};

    if (job_clause_is_about_you(text))
        return false;
    if (STR_STARTS_ANY_NOCASE(text, us))
        return true;
    return is_about_somebody(text);
}
