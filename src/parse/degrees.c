/* SPDX-License-Identifier: MIT */
#include "parse/degrees.h"

#include "parse/degree_names.h"
#include "parse/places.h"
#include "text/wordlist.h"

/* Words in the names of schools. */
/* clang-format off */
static const char *const school_words[] = {
    "academia", "academy", "bits", "caltech", "campus", "colegio", "college",
    "coll\xC3\xA8ge", "conservatoire", "conservatory", "cuny", "c\xC3\xA9gep",
    "ecole", "epfl", "eth", "fachhochschule", "faculty", "gymnasium",
    "gymn\xC3\xA1zium", "hochschule", "iiit", "iit", "institut", "institute",
    "institution", "instituto", "liceo", "lse", "lyceum", "lyc\xC3\xA9""e",
    "mit", "nit", "nyu", "politecnico", "polytechnic", "school", "schule",
    "seminary", "suny", "tafe", "ucla", "uni", "universidad", "universidade",
    "universitat", "universiteit", "universitet", "university",
    "universit\xC3\xA0", "universit\xC3\xA4t", "universit\xC3\xA9", "usc",
    "vidyalaya", "\xC3\xA9""cole"};
/* clang-format on */

bool degree_tables_are_sorted(void)
{
    return degree_names_are_sorted() &&
           wordlist_is_sorted(WORDLIST(school_words));
}

bool degree_is_school(struct str phrase)
{
    struct span all = {0, (uint32_t)phrase.len};
    uint32_t at = 0;

    for (;;) {
        struct span word = wordlist_next_word(phrase, all, &at);
        if (span_is_empty(word))
            return false;
        struct str w = span_of(phrase, word);
        if (wordlist_has(WORDLIST(school_words), w) ||
            str_ends_nocase(w, STR("-gymnasium")) ||
            str_ends_nocase(w, STR("schule")))
            return true;
    }
}

static struct str word_at(struct str text, size_t i)
{
    uint32_t at = (uint32_t)i;

    return span_of(text, wordlist_next_word(
                             text, (struct span){0, (uint32_t)text.len}, &at));
}

static size_t skip_blanks(struct str text, size_t i)
{
    while (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t'))
        i++;
    return i;
}

/* The word before i, on the same line, or empty. */
static struct str word_before(struct str text, size_t i)
{
    size_t end = i;

    while (end > 0 && !ascii_is_alnum((unsigned char)text.data[end - 1]) &&
           text.data[end - 1] != '\n')
        end--;
    size_t start = end;
    while (start > 0 && ascii_is_alnum((unsigned char)text.data[start - 1]))
        start--;
    return str_slice(text, start, end);
}

/* "BA", "MS", "MA" count where a degree may stand: before "in" or a comma, or
 * first in the line; not behind a city, not before "Office". */
static bool are_letters_degree(struct str text, struct span word)
{
    static const char *const products[] = {
        "office",   "excel",      "word",  "sql",    "project",    "windows",
        "access",   "outlook",    "visio", "teams",  "powerpoint", "dos",
        "dynamics", "sharepoint", "azure", "server", "visual",     "suite"};
    struct str letters = span_of(text, word);
    size_t next = skip_blanks(text, word.end);

    for (size_t i = 0; i < letters.len; i++) {
        if (!ascii_is_upper((unsigned char)letters.data[i]))
            return letters.len == 3 && i > 0 &&
                   ascii_is_upper((unsigned char)letters.data[0]) &&
                   str_eq(word_at(text, next), STR("in"));
    }
    struct str after = word_at(text, next);
    for (size_t i = 0; i < sizeof(products) / sizeof(products[0]); i++) {
        if (next < text.len && ascii_is_alpha((unsigned char)text.data[next]) &&
            str_eq_nocase(after, str_of(products[i])))
            return false;
    }
    if (next < text.len && text.data[next] == 'i' && str_eq(after, STR("in")))
        return true;
    if (word.start == 0)
        return next >= text.len ||
               !ascii_is_digit((unsigned char)text.data[next]);
    /* "Boston, MA" and "Smith, BA" look alike; a place is the likelier. */
    char before = text.data[word.start - 1];
    if (before == '(' || before == '\t' || before == '|')
        return true;
    /* "Tertiary: BS Nursing", "2010 MA History", "2008 BA (Hons) Law" */
    if (before == ' ' && word.start >= 2 &&
        (text.data[word.start - 2] == ':' ||
         ascii_is_digit((unsigned char)text.data[word.start - 2])))
        return next < text.len &&
               (ascii_is_upper((unsigned char)text.data[next]) ||
                text.data[next] == '(');
    if (next < text.len && text.data[next] == '(')
        return true;
    if (before == ' ' && word.start >= 2 && text.data[word.start - 2] == ',')
        return place_judge(letters) == PLACE_NO;
    return next < text.len && text.data[next] == ',' &&
           place_judge(letters) == PLACE_NO;
}

/* Words before "master" and "bachelor" that make a trade or a role of it. */
static bool is_other_master(struct str text, struct span word,
                            enum degree_level level)
{
    static const char *const others[] = {
        "scrum", "web",     "station", "harbour", "yard",     "head",
        "post",  "quarter", "toast",   "grand",   "certified"};
    struct str before = word_before(text, word.start);

    if (level != DEGREE_MASTER)
        return false;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (str_eq_nocase(before, str_of(others[i])))
            return true;
    }
    struct str rest = str_slice(text, word.end, text.len);
    return str_starts_nocase(rest, STR(" ceremonies")) ||
           str_starts_nocase(rest, STR(" the"));
}

/* The longest phrase of the table that begins with the words, up to three. */
static int longest_name(struct str text, struct span first, uint32_t behind,
                        struct span *name)
{
    struct span words[3] = {first};
    size_t n = 1;

    while (n < 3) {
        words[n] = wordlist_next_word(
            text, (struct span){0, (uint32_t)text.len}, &behind);
        if (span_is_empty(words[n]) || words[n].start > words[n - 1].end + 3)
            break;
        n++;
    }
    for (; n > 0; n--) {
        *name = (struct span){first.start, words[n - 1].end};
        struct str phrase = span_of(text, *name);
        int level = degree_name_find(phrase);
        if (level > 0)
            return level;
    }
    return -1;
}

/* "master's" with a curly apostrophe is one word of ours: compare without. */
static int curly_level(struct str word)
{
    size_t i = str_find(word, STR("\xE2\x80\x99"), 0);

    if (i == SIZE_MAX)
        return -1;
    struct str stem = str_slice(word, 0, i);
    if (str_eq_nocase(stem, STR("master")))
        return DEGREE_MASTER;
    if (str_eq_nocase(stem, STR("bachelor")))
        return DEGREE_BACHELOR;
    return str_eq_nocase(stem, STR("associate")) ? DEGREE_ASSOCIATE : -1;
}

static int level_at(struct str text, struct span word, uint32_t behind,
                    struct span *name)
{
    int level = longest_name(text, word, behind, name);

    if (level < 0) {
        *name = word;
        struct str rest = str_slice(text, word.start, text.len);
        struct str until = str_slice(rest, 0, rest.len < 14 ? rest.len : 14);
        level = curly_level(until);
        size_t quote = str_find(until, STR("\xE2\x80\x99"), 0);
        if (level > 0 && word.start + quote == word.end)
            name->end =
                word.end + 4 <= text.len ? word.end + 4 : (uint32_t)text.len;
        else
            level = -1;
    }
    if (level < 0 && (str_starts_nocase(span_of(text, word), STR("diplom-")) ||
                      str_starts_nocase(span_of(text, word), STR("dipl.-"))))
        level = DEGREE_MASTER;
    if (level < 0) {
        level = degree_letters_find(span_of(text, word));
        if (level > 0 && !are_letters_degree(text, word))
            level = -1;
    }
    if (level > 0 && is_other_master(text, *name, (enum degree_level)level))
        level = -1;
    /* "a Level 2 certificate" is no A level. */
    if (level == DEGREE_SCHOOL &&
        str_starts(str_slice(text, word.start, text.len), STR("a ")))
        level = -1;
    /* "diploma", "intermediate" and "vocational" are ordinary words. */
    if (level > 0 && level <= DEGREE_VOCATIONAL &&
        ascii_is_lower((unsigned char)text.data[word.start]) &&
        (name->end == word.end) && word.start > 0 &&
        str_eq_nocase(span_of(text, word), STR("intermediate")))
        level = -1;
    return level;
}

/* Whether a word of a degree's or subject's name goes on at i. */
static bool is_name_word(struct str word)
{
    return word.len && (ascii_is_upper((unsigned char)word.data[0]) ||
                        str_eq(word, STR("and")) || str_eq(word, STR("of")) ||
                        str_eq(word, STR("the")) || str_eq(word, STR("for")) ||
                        str_eq(word, STR("or")) || str_eq(word, STR("in")));
}

/* The run of capitalised words at i, joined by blanks, "&" or "/". */
static struct span name_run(struct str text, size_t i)
{
    struct span run = {(uint32_t)skip_blanks(text, i), 0};
    size_t at = run.start;

    run.end = run.start;
    while (at < text.len) {
        struct str word = word_at(text, at);
        size_t gap = word.len ? (size_t)(word.data - text.data) - at : 1;
        if (!word.len || gap > 0 || !is_name_word(word) ||
            (at == run.start && !ascii_is_upper((unsigned char)word.data[0])))
            break;
        at += word.len;
        if (ascii_is_upper((unsigned char)word.data[0]))
            run.end = (uint32_t)at;
        /* A tab begins another column. */
        while (at < text.len && text.data[at] == ' ')
            at++;
        while (at < text.len && (text.data[at] == '&' || text.data[at] == '/'))
            at = skip_blanks(text, at + 1);
    }
    return run;
}

/* Behind "(Hons)", "Hons", "degree", "with honours". */
static size_t skip_grade(struct str text, size_t i)
{
    static const char *const words[] = {
        "(hons)",  "(hons.)", "(honours)", "(honors)", "hons", "hons.",
        "honours", "honors",  "degree",    ".",        "'s",   "s "};
    bool found = true;

    while (found) {
        found = false;
        i = skip_blanks(text, i);
        for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
            struct str w = str_of(words[k]);
            if (str_starts_nocase(str_slice(text, i, text.len), w) &&
                (w.data[w.len - 1] != 's' || i + w.len >= text.len ||
                 !ascii_is_alnum((unsigned char)text.data[i + w.len]))) {
                i += w.len;
                found = true;
            }
        }
        /* "NVQ Level 3", "City & Guilds 2391" */
        size_t digits = i;
        if (str_starts_nocase(str_slice(text, i, text.len), STR("level ")))
            digits = i + 6;
        size_t end = digits;
        while (end < text.len && ascii_is_digit((unsigned char)text.data[end]))
            end++;
        if (end > digits && end < text.len && text.data[end] == ' ') {
            i = end;
            found = true;
        }
    }
    return i;
}

static bool is_subject(struct str phrase)
{
    return phrase.len > 2 && degree_name_find(phrase) < 0 &&
           !degree_is_school(phrase) && place_judge(phrase) == PLACE_NO &&
           !ascii_is_digit((unsigned char)phrase.data[0]) &&
           !str_starts_nocase(phrase, STR("gpa")) &&
           !str_starts_nocase(phrase, STR("expected")) &&
           !str_starts_nocase(phrase, STR("graduat")) &&
           !str_starts_nocase(phrase, STR("cum ")) &&
           !str_starts_nocase(phrase, STR("magna")) &&
           !str_starts_nocase(phrase, STR("summa")) &&
           !str_starts_nocase(phrase, STR("first class"));
}

/* Behind "(LL.M.)": the degree's own letters. */
static size_t skip_short_form(struct str text, size_t i)
{
    size_t close = str_find(text, STR(")"), i);

    if (i >= text.len || text.data[i] != '(' || close == SIZE_MAX)
        return i;
    struct str inner = str_slice(text, i + 1, close);
    while (inner.len && inner.data[inner.len - 1] == '.')
        inner.len--;
    if (degree_name_find(inner) < 0)
        return i;
    return skip_blanks(text, close + 1);
}

/* The subject behind a degree's name: "in X", ", X", "(X)", "- X" or at once.
 */
static struct span subject_after(struct str text, size_t i)
{
    static const char *const joints[] = {
        "in ", "of ",           ", ",           ",", "(", "- ",
        ": ",  "\xE2\x80\x93 ", "\xE2\x80\x94 "};
    size_t from = i;

    i = skip_short_form(text, skip_grade(text, i));
    /* What stands in the next column is no subject. */
    if (memchr(text.data + from, '\t', i - from))
        return (struct span){0, 0};
    for (size_t k = 0; k < sizeof(joints) / sizeof(joints[0]); k++) {
        struct str joint = str_of(joints[k]);
        if (!str_starts(str_slice(text, i, text.len), joint))
            continue;
        i = skip_blanks(text, i + joint.len);
        if (str_starts(str_slice(text, i, text.len), STR("in ")))
            i = skip_blanks(text, i + 3);
        break;
    }
    struct span run = name_run(text, i);
    if (!span_is_empty(run) && is_subject(span_of(text, run)))
        return run;
    return (struct span){0, 0};
}

/* "Bachelor of Science in X": the name runs up to "in". */
static void read_of(struct str text, struct degree *d)
{
    struct span run = name_run(text, d->name.end);
    struct str words = span_of(text, run);
    size_t in = str_find(words, STR(" in "), 0);
    static const char *const broad[] = {
        "arts",      "science",     "sciences",  "applied science",
        "fine arts", "engineering", "technology"};

    if (in != SIZE_MAX)
        run.end = run.start + (uint32_t)in;
    if (span_is_empty(run) || degree_is_school(words)) {
        /* "Bachelor of Science Lewis University" */
        for (size_t i = 0; i < sizeof(broad) / sizeof(broad[0]); i++) {
            struct str name = str_of(broad[i]);
            if (str_starts_nocase(words, name) && words.len > name.len &&
                words.data[name.len] == ' ')
                d->name.end = run.start + (uint32_t)name.len;
        }
        d->subject = subject_after(text, d->name.end);
        return;
    }
    d->name.end = run.end;
    d->subject = subject_after(text, run.end);
    bool is_broad = false;
    for (size_t i = 0; i < sizeof(broad) / sizeof(broad[0]); i++)
        is_broad =
            is_broad || str_eq_nocase(span_of(text, run), str_of(broad[i]));
    if (span_is_empty(d->subject) && !is_broad)
        d->subject = run;
}

static bool is_better(int level, enum degree_level best, bool lowest)
{
    if (level <= 0)
        return false;
    if (!lowest || best < DEGREE_ASSOCIATE)
        return level > (int)best;
    return level >= DEGREE_ASSOCIATE && level < (int)best;
}

static bool find(struct str text, struct degree *out, bool lowest)
{
    struct span all = {0, (uint32_t)text.len};
    struct degree best = {.level = DEGREE_NONE};
    uint32_t at = 0;

    for (;;) {
        struct span name, word = wordlist_next_word(text, all, &at);
        if (span_is_empty(word))
            break;
        int level = level_at(text, word, at, &name);
        if (level > 0 && name.end > at)
            at = name.end;
        /* "Union High School, diploma" is one of a school. */
        if (level == DEGREE_VOCATIONAL && best.level == DEGREE_SCHOOL &&
            str_eq_nocase(span_of(text, name), STR("diploma")))
            continue;
        if (is_better(level, best.level, lowest))
            best = (struct degree){.level = (enum degree_level)level,
                                   .name = name};
    }
    if (best.level == DEGREE_NONE)
        return false;
    if (!out)
        return true;
    if (str_ends_nocase(span_of(text, best.name), STR(" of")) &&
        best.level > DEGREE_VOCATIONAL)
        read_of(text, &best);
    else if (best.level > DEGREE_SCHOOL)
        best.subject = subject_after(text, best.name.end);
    *out = best;
    return true;
}

bool degree_find(struct str text, struct degree *out)
{
    return find(text, out, false);
}

bool degree_find_lowest(struct str text, struct degree *out)
{
    return find(text, out, true);
}
