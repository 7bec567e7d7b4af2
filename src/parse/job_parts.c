/* SPDX-License-Identifier: MIT */
#include "parse/job_parts.h"

#include "parse/job_skills.h"
#include "parse/job_words.h"
#include "text/wordlist.h"

/* Words of a sentence that begins with what is done: "Milking 180 cows twice a
 * day". Shorter ones may name a subject: "Nursing and care". */
#define WORK_WORDS 5

/* "Milking 180 cows twice a day, feeding calves" */
static bool begins_with_work(struct str text)
{
    struct span all = {0, (uint32_t)text.len};
    uint32_t at = 0;
    size_t n = 0;

    struct str first = span_of(text, wordlist_next_word(text, all, &at));
    if (first.len < 6 || !str_ends(first, STR("ing")))
        return false;
    while (!span_is_empty(wordlist_next_word(text, all, &at)))
        n++;
    return n >= WORK_WORDS;
}

/* What the sentence itself says about the applicant. */
static size_t count_wanted(struct str text)
{
    size_t n = job_words_requirement(text);

    /* Time in a job asks for more than its "full-time" offers. */
    if (n)
        return n + (job_skills_months(text, NULL) > 0);
    /* "A year of caregiving is preferred" speaks of the applicant, too. */
    return job_skills_months(text, NULL) || job_words_are_nice(text) ||
           job_words_are_must(text);
}

bool job_parts_item_asks(struct str text)
{
    return job_words_duty(text) == 0 && count_wanted(text) > 0;
}

/* A sentence above the first heading, or of a text without any. */
static enum job_part judge_intro(const struct job_place *place, struct str text,
                                 bool is_item, size_t wanted)
{
    size_t duty = job_words_duty(text);

    /* Where to write to. */
    if (str_find(text, STR("@"), 0) != SIZE_MAX)
        return JOB_LEFT_OUT;
    if (wanted && wanted >= duty)
        return JOB_MUST;
    if (duty || (!is_item && begins_with_work(text)))
        return JOB_DUTIES;
    /* Before the first heading stands who the employer is. */
    if (place->has_headings && !is_item)
        return JOB_LEFT_OUT;
    if (!is_item)
        return JOB_INTRO;
    return place->items_ask ? JOB_MUST : JOB_DUTIES;
}

enum job_part job_parts_judge(const struct job_place *place, struct str text,
                              bool is_item)
{
    size_t boiler = job_words_boilerplate(text);
    size_t wanted = count_wanted(text), duty = job_words_duty(text);

    if (place->part == JOB_LEFT_OUT || job_words_are_pay(text))
        return JOB_LEFT_OUT;
    /* In a list of what is asked for, "dental" or "pension" alone is work. */
    bool is_listed = is_item && place->part != JOB_INTRO;
    if (boiler > is_listed && boiler >= wanted + duty)
        return JOB_LEFT_OUT;
    /* Among the duties, what speaks of the applicant without a doubt. */
    if (place->part == JOB_DUTIES)
        return wanted > duty && boiler == 0 &&
                       (job_skills_months(text, NULL) ||
                        job_words_are_must(text) || job_words_are_nice(text))
                   ? JOB_MUST
                   : JOB_DUTIES;
    if (place->part != JOB_INTRO)
        return place->part;
    return judge_intro(place, text, is_item, wanted);
}
