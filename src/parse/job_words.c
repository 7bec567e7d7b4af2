/* SPDX-License-Identifier: MIT */
#include "parse/job_words.h"

#include "text/wordlist.h"

/* What makes a wish of a requirement. */
/* clang-format off */
static const char *const nice_cues[] = {
    "a bonus", "a plus", "advantage", "advantageous", "an advantage",
    "an asset", "appreciated", "are a plus", "beneficial", "big plus", "bonus",
    "desirable", "desired", "favorable", "favourable", "good to have", "handy",
    "helpful", "highly regarded", "highly valued", "huge plus", "ideally",
    "is a plus", "is ideal", "is nice", "looked upon favorably",
    "looked upon favourably", "nice to have", "nice-to-have", "not essential",
    "not mandatory", "optional", "plus but", "prefer", "preferably",
    "preferred", "useful", "viewed favorably", "viewed favourably",
    "we'd love", "welcome", "well regarded", "would be amazing",
    "would be beneficial", "would be brilliant", "would be fantastic",
    "would be good", "would be great", "would be ideal", "would be nice",
    "would help"};
/* clang-format on */

/* What an employer asks for and a resume hardly ever says. */
/* clang-format off */
static const char *const condition_cues[] = {
    "ability to lift", "ability to stand", "able to lift",
    "authorised to work", "authorized to work", "background check",
    "background screening", "bank holidays", "criminal record check",
    "dbs check", "drug screen", "drug test", "eligible to work",
    "in the office", "lift at least", "lift up to", "lifting up to",
    "night shift", "night shifts", "nights and weekends", "on-call rota",
    "on-call rotation", "overtime", "own car", "own tools", "own transport",
    "own van", "own vehicle", "physically able", "pre-employment",
    "reliable transportation", "relocate", "right to work", "rotating shifts",
    "shift work", "stand for", "travel up to", "unsocial hours", "vaccinated",
    "vaccination", "visa", "weekend work", "weekends", "willing to relocate",
    "willing to travel", "willingness to travel", "work authorization",
    "work permit"};
/* clang-format on */

/* What makes a condition of it. */
/* clang-format off */
static const char *const must_cues[] = {
    "a must", "compulsory", "essential", "is a must", "is required",
    "mandatory", "minimum of", "must be", "must have", "must hold",
    "must possess", "necessary", "need to have", "needed", "needs to have",
    "non-negotiable", "prerequisite", "required"};
/* clang-format on */

/* What an employer says about itself and its offer. */
/* clang-format off */
static const char *const boilerplate_cues[] = {
    "401(k)", "401k", "annual bonus", "annual leave",
    "applications should include", "apply now", "award-winning",
    "background check", "benefits", "bonus scheme", "click", "closing date",
    "company car", "competitive pay", "competitive salary",
    "completed application", "cover letter", "cycle to work", "days holiday",
    "days vacation", "days' holiday", "dental", "disability", "discounts",
    "discriminate", "diverse workforce", "diversity", "drug screen",
    "drug test", "e-verify", "employee discount", "enrolment",
    "equal employment", "equal opportunities", "equal opportunity",
    "equal-opportunity", "equity package", "fast-growing", "flexible hours",
    "flexible working", "founded in", "free lunch", "free parking",
    "full-time", "gender identity", "genetic information",
    "great place to work", "gym", "headquartered", "health insurance",
    "hours a week", "hours per week", "hybrid working", "inclusive",
    "informal enquiries", "invite applications", "invites applications",
    "is a leading", "is committed to", "job type", "join our", "join us",
    "leading provider", "life insurance", "market leader", "medical insurance",
    "message us", "national origin", "no agencies", "of their application",
    "only those selected", "our clients", "our company", "our culture",
    "our customers include", "our mission", "our team of", "our values",
    "paid holiday", "paid time off", "parental leave", "part-time", "pension",
    "per annum", "per hour", "perks", "please apply", "privacy policy",
    "protected veteran", "pto", "race, color", "race, colour",
    "reasonable accommodation", "recruitment agencies", "regardless of race",
    "regardless of your", "relocation assistance", "salary range", "salary:",
    "send your cv", "send your resume", "sexual orientation", "sign-on bonus",
    "signing bonus", "stock options", "submit your", "to apply",
    "training provided", "tuition reimbursement", "veteran status",
    "vision insurance", "visit our website", "we are a leading",
    "we are proud", "we believe", "we offer", "we thank all", "wellness",
    "what we offer", "with your cv", "without regard to", "work-life balance",
    "zero tolerance"};
/* clang-format on */

/* What a sentence about the applicant says. */
/* clang-format off */
static const char *const requirement_cues[] = {
    "ability to", "able to", "attention to detail", "background as",
    "background in", "certifi", "comfortable with", "competen", "degree",
    "diploma", "eligible", "excellent ", "experience as", "experience in",
    "experience of", "experience with", "experience working", "expertise",
    "exposure to", "familiar", "fluency", "fluent", "good command", "hands-on",
    "knowledge", "knowledge of", "licence", "licences", "license", "licensed",
    "licenses", "looking for", "must", "passion for", "portfolio", "proficien",
    "qualification", "qualified", "required", "requirement", "requires",
    "seeking", "skilled", "skills", "strong ", "track record", "trained in",
    "understanding of", "we need", "we'd love you to", "years experience",
    "years of", "years'", "you are", "you bring", "you have", "you know",
    "you need", "you should have", "you've got"};
/* clang-format on */

/* What a sentence about the work says. */
/* clang-format off */
static const char *const duty_cues[] = {
    "duties", "in this role", "reporting to", "responsibilit",
    "responsible for", "role includes", "tasks include",
    "the post holder will", "the role involves",
    "the successful candidate will", "will be responsible", "will include",
    "you will", "you would be", "you'd be", "you'd help", "you'd look",
    "you'd run", "you'd work", "you'll", "your role"};
/* clang-format on */

/* Whether the text at i is the cue, at the start of a word and, unless the cue
 * is a stem, at the end of one. */
static bool is_cue_at(struct str text, size_t i, struct str cue)
{
    if (!str_starts_nocase(str_slice(text, i, text.len), cue))
        return false;
    size_t end = i + cue.len;
    return end >= text.len || cue.len >= 7 ||
           !ascii_is_alnum((unsigned char)cue.data[cue.len - 1]) ||
           !ascii_is_alpha((unsigned char)text.data[end]);
}

static size_t count_cues(struct str text, struct wordlist cues)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (i > 0 && ascii_is_alnum((unsigned char)text.data[i - 1]))
            continue;
        /* The lists are sorted: only those with the same first letter. */
        char c = ascii_lower(text.data[i]);
        for (size_t k = 0; k < cues.n; k++) {
            if (cues.items[k][0] > c)
                break;
            if (cues.items[k][0] == c &&
                is_cue_at(text, i, str_of(cues.items[k]))) {
                n++;
                break;
            }
        }
    }
    return n;
}

/* "A driving licence helps", not "helps customers". */
static bool ends_with_help(struct str text)
{
    while (text.len && strchr(" .!)", text.data[text.len - 1]))
        text.len--;
    return str_ends_nocase(text, STR(" helps"));
}

bool job_words_are_nice(struct str text)
{
    return count_cues(text, WORDLIST(nice_cues)) > 0 || ends_with_help(text);
}

bool job_words_are_must(struct str text)
{
    /* "Adjusts priorities as required": what the work brings. */
    static const char *const as_it_comes[] = {
        "as and when required", "as needed",   "as required",   "if needed",
        "if required",          "when needed", "when required", "where needed",
        "where required"};

    return count_cues(text, WORDLIST(must_cues)) >
           count_cues(text, WORDLIST(as_it_comes));
}

bool job_words_are_unasked(struct str text)
{
    static const char *const cues[] = {
        "do not care about", "does not matter", "doesn't matter",
        "don't care about",  "no degree",       "no experience needed",
        "not a requirement", "not necessary",   "not needed",
        "not required"};
    static const char *const taught[] = {
        "can teach",      "can train",     "full training", "happy to train",
        "we will teach",  "we will train", "we'll teach",   "we'll train",
        "will teach you", "will train you"};

    return (count_cues(text, WORDLIST(cues)) > 0 ||
            (count_cues(text, WORDLIST(taught)) > 0 &&
             !job_words_are_must(text))) &&
           !job_words_are_nice(text);
}

/* Behind a number in front: "$20-23/hr plus tips", not "$5M in sales". */
bool job_words_are_pay(struct str text)
{
    static const char *const currencies[] = {
        "$", "\xC2\xA3", "\xE2\x82\xAC", "US$", "A$", "AU$", "C$", "CA$"};
    static const char *const units[] = {
        "annum",  "annual", "base",  "day",     "doe", "gross", "hour",
        "hourly", "hr",     "month", "monthly", "ote", "p.a",   "pa",
        "ph",     "salary", "week",  "year",    "yr"};
    bool is_money = false;

    for (size_t i = 0; i < sizeof(currencies) / sizeof(currencies[0]); i++) {
        struct str sign = str_of(currencies[i]);
        is_money =
            is_money || (str_starts(text, sign) && sign.len < text.len &&
                         ascii_is_digit((unsigned char)text.data[sign.len]));
    }
    return is_money && count_cues(text, WORDLIST(units)) > 0;
}

bool job_words_are_condition(struct str text)
{
    return count_cues(text, WORDLIST(condition_cues)) > 0;
}

size_t job_words_boilerplate(struct str text)
{
    return count_cues(text, WORDLIST(boilerplate_cues));
}

size_t job_words_requirement(struct str text)
{
    return count_cues(text, WORDLIST(requirement_cues));
}

size_t job_words_duty(struct str text)
{
    static const char *const of_you[] = {
        "you will be able",      "you will be comfortable",
        "you will be confident", "you will be proficient",
        "you will be skilled",   "you will have",
        "you will hold",         "you will need",
        "you will possess",      "you'll be able",
        "you'll be comfortable", "you'll be confident",
        "you'll be proficient",  "you'll have",
        "you'll hold",           "you'll need"};

    return count_cues(text, WORDLIST(duty_cues)) -
           count_cues(text, WORDLIST(of_you));
}

bool job_words_are_sorted(void)
{
    return wordlist_is_sorted(WORDLIST(nice_cues)) &&
           wordlist_is_sorted(WORDLIST(must_cues)) &&
           wordlist_is_sorted(WORDLIST(condition_cues)) &&
           wordlist_is_sorted(WORDLIST(boilerplate_cues)) &&
           wordlist_is_sorted(WORDLIST(requirement_cues)) &&
           wordlist_is_sorted(WORDLIST(duty_cues));
}
