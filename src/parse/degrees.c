/* SPDX-License-Identifier: MIT */
#include "parse/degrees.h"

#include "parse/places.h"
#include "text/wordlist.h"

/* Degrees by name, without the last full stop. */
/* clang-format off */
static const struct wordmap_entry degree_names[] = {
    {"10th", DEGREE_SCHOOL}, {"12th", DEGREE_SCHOOL},
    {"a level", DEGREE_SCHOOL}, {"a levels", DEGREE_SCHOOL},
    {"a-level", DEGREE_SCHOOL}, {"a-levels", DEGREE_SCHOOL},
    {"a.a", DEGREE_ASSOCIATE}, {"a.a.s", DEGREE_ASSOCIATE},
    {"a.s", DEGREE_ASSOCIATE}, {"aas", DEGREE_ASSOCIATE},
    {"abitur", DEGREE_SCHOOL}, {"adn", DEGREE_ASSOCIATE},
    {"advanced diploma", DEGREE_ASSOCIATE},
    {"apprenticeship", DEGREE_VOCATIONAL}, {"as levels", DEGREE_SCHOOL},
    {"asn", DEGREE_ASSOCIATE}, {"associate degree", DEGREE_ASSOCIATE},
    {"associate in", DEGREE_ASSOCIATE}, {"associate of", DEGREE_ASSOCIATE},
                    {"associate's", DEGREE_ASSOCIATE}, {"associate's degree", DEGREE_ASSOCIATE},
    {"associates degree", DEGREE_ASSOCIATE},
    {"associates in", DEGREE_ASSOCIATE}, {"associates of", DEGREE_ASSOCIATE},
    {"ausbildung", DEGREE_VOCATIONAL}, {"b.a", DEGREE_BACHELOR},
    {"b.a.sc", DEGREE_BACHELOR}, {"b.arch", DEGREE_BACHELOR},
    {"b.b.a", DEGREE_BACHELOR}, {"b.c.a", DEGREE_BACHELOR},
    {"b.com", DEGREE_BACHELOR}, {"b.des", DEGREE_BACHELOR},
    {"b.e", DEGREE_BACHELOR}, {"b.ed", DEGREE_BACHELOR},
    {"b.eng", DEGREE_BACHELOR}, {"b.f.a", DEGREE_BACHELOR},
    {"b.mus", DEGREE_BACHELOR}, {"b.pharm", DEGREE_BACHELOR},
    {"b.s", DEGREE_BACHELOR}, {"b.s.e", DEGREE_BACHELOR},
    {"b.s.n", DEGREE_BACHELOR}, {"b.s.w", DEGREE_BACHELOR},
    {"b.sc", DEGREE_BACHELOR}, {"b.tech", DEGREE_BACHELOR},
    {"b.v.sc", DEGREE_BACHELOR}, {"b.voc", DEGREE_BACHELOR},
    {"baccalaureate", DEGREE_SCHOOL}, {"bachelor", DEGREE_BACHELOR},
    {"bachelor degree", DEGREE_BACHELOR}, {"bachelor in", DEGREE_BACHELOR},
    {"bachelor of", DEGREE_BACHELOR}, {"bachelor's", DEGREE_BACHELOR},
    {"bachelors", DEGREE_BACHELOR}, {"bachelors degree", DEGREE_BACHELOR},
    {"bachelors in", DEGREE_BACHELOR}, {"bachelors of", DEGREE_BACHELOR},
    {"barch", DEGREE_BACHELOR}, {"basc", DEGREE_BACHELOR},
    {"bba", DEGREE_BACHELOR}, {"bbs", DEGREE_BACHELOR},
    {"bca", DEGREE_BACHELOR}, {"bcom", DEGREE_BACHELOR},
    {"bdes", DEGREE_BACHELOR}, {"bds", DEGREE_BACHELOR},
    {"beng", DEGREE_BACHELOR}, {"bfa", DEGREE_BACHELOR},
    {"bhm", DEGREE_BACHELOR}, {"bma", DEGREE_BACHELOR},
    {"bmus", DEGREE_BACHELOR}, {"bn", DEGREE_BACHELOR},
    {"bnurs", DEGREE_BACHELOR}, {"bpharm", DEGREE_BACHELOR},
    {"bphil", DEGREE_BACHELOR}, {"bs/ms", DEGREE_BACHELOR},
    {"bsc", DEGREE_BACHELOR}, {"bscn", DEGREE_BACHELOR},
    {"bse", DEGREE_BACHELOR}, {"bsn", DEGREE_BACHELOR},
    {"bsw", DEGREE_BACHELOR}, {"btec", DEGREE_VOCATIONAL},
    {"btech", DEGREE_BACHELOR}, {"bts", DEGREE_ASSOCIATE},
    {"bvsc", DEGREE_BACHELOR}, {"cert iii", DEGREE_VOCATIONAL},
    {"cert iv", DEGREE_VOCATIONAL}, {"certificate ii", DEGREE_VOCATIONAL},
    {"certificate iii", DEGREE_VOCATIONAL},
    {"certificate in", DEGREE_VOCATIONAL},
    {"certificate iv", DEGREE_VOCATIONAL},
    {"certificate of", DEGREE_VOCATIONAL},
    {"certificate program", DEGREE_VOCATIONAL},
    {"city & guilds", DEGREE_VOCATIONAL},
    {"city and guilds", DEGREE_VOCATIONAL}, {"class 10", DEGREE_SCHOOL},
    {"class 12", DEGREE_SCHOOL}, {"class x", DEGREE_SCHOOL},
    {"class xii", DEGREE_SCHOOL}, {"culinary diploma", DEGREE_VOCATIONAL},
    {"d.d.s", DEGREE_DOCTOR}, {"d.eng", DEGREE_DOCTOR},
    {"d.n.p", DEGREE_DOCTOR}, {"d.o", DEGREE_DOCTOR}, {"d.phil", DEGREE_DOCTOR},
    {"d.sc", DEGREE_DOCTOR}, {"d.v.m", DEGREE_DOCTOR}, {"dds", DEGREE_DOCTOR},
    {"dipl.-inf", DEGREE_MASTER}, {"dipl.-ing", DEGREE_MASTER},
    {"diplom", DEGREE_MASTER}, {"diploma", DEGREE_VOCATIONAL},
    {"diploma in", DEGREE_VOCATIONAL}, {"dmd", DEGREE_DOCTOR},
    {"dnp", DEGREE_DOCTOR}, {"doctor of", DEGREE_DOCTOR},
    {"doctoral candidate", DEGREE_DOCTOR}, {"doctoral degree", DEGREE_DOCTOR},
    {"doctoral studies", DEGREE_DOCTOR}, {"doctorate", DEGREE_DOCTOR},
    {"dphil", DEGREE_DOCTOR}, {"dr. med", DEGREE_DOCTOR},
    {"dut", DEGREE_ASSOCIATE}, {"dvm", DEGREE_DOCTOR}, {"ed.d", DEGREE_DOCTOR},
    {"edd", DEGREE_DOCTOR}, {"emba", DEGREE_MASTER}, {"eng.d", DEGREE_DOCTOR},
    {"engd", DEGREE_DOCTOR}, {"executive mba", DEGREE_MASTER},
    {"fda", DEGREE_ASSOCIATE}, {"fdsc", DEGREE_ASSOCIATE},
    {"foundation degree", DEGREE_ASSOCIATE}, {"g.e.d", DEGREE_SCHOOL},
    {"gcse", DEGREE_SCHOOL}, {"gcses", DEGREE_SCHOOL}, {"ged", DEGREE_SCHOOL},
    {"general education diploma", DEGREE_SCHOOL},
    {"general educational development", DEGREE_SCHOOL},
    {"graduate certificate", DEGREE_BACHELOR},
    {"graduate degree", DEGREE_MASTER}, {"graduate diploma", DEGREE_BACHELOR},
    {"high school", DEGREE_SCHOOL}, {"high school diploma", DEGREE_SCHOOL},
    {"high school graduate", DEGREE_SCHOOL},
    {"higher national certificate", DEGREE_ASSOCIATE},
    {"higher national diploma", DEGREE_ASSOCIATE},
    {"higher secondary", DEGREE_SCHOOL}, {"highers", DEGREE_SCHOOL},
    {"hnc", DEGREE_ASSOCIATE}, {"hnd", DEGREE_ASSOCIATE},
    {"honors degree", DEGREE_BACHELOR}, {"honours degree", DEGREE_BACHELOR},
    {"hs diploma", DEGREE_SCHOOL}, {"hsc", DEGREE_SCHOOL},
    {"intermediate", DEGREE_SCHOOL},
    {"international baccalaureate", DEGREE_SCHOOL}, {"iti", DEGREE_VOCATIONAL},
    {"j.d", DEGREE_DOCTOR},     {"juris doctor", DEGREE_DOCTOR},
    {"juris doctorate", DEGREE_DOCTOR}, {"laurea", DEGREE_BACHELOR},
    {"leaving cert", DEGREE_SCHOOL}, {"leaving certificate", DEGREE_SCHOOL},
    {"level 2 diploma", DEGREE_VOCATIONAL},
    {"level 3 diploma", DEGREE_VOCATIONAL}, {"licenciatura", DEGREE_BACHELOR},
    {"ll.b", DEGREE_BACHELOR}, {"ll.m", DEGREE_MASTER},
    {"llb", DEGREE_BACHELOR}, {"llm", DEGREE_MASTER}, {"m.a", DEGREE_MASTER},
    {"m.acc", DEGREE_MASTER}, {"m.arch", DEGREE_MASTER},
    {"m.b.a", DEGREE_MASTER}, {"m.b.b.s", DEGREE_BACHELOR},
    {"m.c.a", DEGREE_MASTER}, {"m.com", DEGREE_MASTER}, {"m.d", DEGREE_DOCTOR},
    {"m.div", DEGREE_MASTER}, {"m.e", DEGREE_MASTER}, {"m.ed", DEGREE_MASTER},
    {"m.eng", DEGREE_MASTER}, {"m.f.a", DEGREE_MASTER},
    {"m.h.a", DEGREE_MASTER}, {"m.mus", DEGREE_MASTER},
    {"m.p.h", DEGREE_MASTER}, {"m.pharm", DEGREE_MASTER},
    {"m.phil", DEGREE_MASTER}, {"m.res", DEGREE_MASTER}, {"m.s", DEGREE_MASTER},
    {"m.s.n", DEGREE_MASTER}, {"m.s.w", DEGREE_MASTER}, {"m.sc", DEGREE_MASTER},
    {"m.tech", DEGREE_MASTER}, {"macc", DEGREE_MASTER},
    {"magister", DEGREE_MASTER}, {"master degree", DEGREE_MASTER},
    {"master in", DEGREE_MASTER}, {"master of", DEGREE_MASTER},
    {"master's", DEGREE_MASTER}, {"masters", DEGREE_MASTER},
    {"masters degree", DEGREE_MASTER}, {"masters in", DEGREE_MASTER},
    {"masters of", DEGREE_MASTER}, {"matriculation", DEGREE_SCHOOL},
    {"maturita", DEGREE_SCHOOL}, {"mba", DEGREE_MASTER},
    {"mbbs", DEGREE_BACHELOR}, {"mbi", DEGREE_MASTER}, {"mca", DEGREE_MASTER},
    {"mcom", DEGREE_MASTER}, {"mdiv", DEGREE_MASTER}, {"meng", DEGREE_MASTER},
    {"mfa", DEGREE_MASTER}, {"mha", DEGREE_MASTER}, {"mim", DEGREE_MASTER},
    {"mlis", DEGREE_MASTER}, {"mmus", DEGREE_MASTER}, {"mpa", DEGREE_MASTER},
    {"mph", DEGREE_MASTER}, {"mpharm", DEGREE_MASTER}, {"mphil", DEGREE_MASTER},
    {"mpp", DEGREE_MASTER}, {"mres", DEGREE_MASTER}, {"ms.ed", DEGREE_MASTER},
    {"msc", DEGREE_MASTER}, {"msed", DEGREE_MASTER}, {"msn", DEGREE_MASTER},
    {"mst", DEGREE_MASTER}, {"msw", DEGREE_MASTER}, {"mtech", DEGREE_MASTER},
    {"national diploma", DEGREE_VOCATIONAL}, {"nvq", DEGREE_VOCATIONAL},
    {"o levels", DEGREE_SCHOOL}, {"o-levels", DEGREE_SCHOOL},
    {"ossd", DEGREE_SCHOOL}, {"pgce", DEGREE_BACHELOR},
    {"pgdip", DEGREE_BACHELOR}, {"pgdm", DEGREE_MASTER},
    {"ph. d", DEGREE_DOCTOR}, {"ph.d", DEGREE_DOCTOR},
    {"pharm.d", DEGREE_DOCTOR}, {"pharmd", DEGREE_DOCTOR},
    {"phd", DEGREE_DOCTOR}, {"post graduate degree", DEGREE_MASTER},
    {"post graduate diploma", DEGREE_BACHELOR},
    {"postgraduate certificate", DEGREE_BACHELOR},
    {"postgraduate degree", DEGREE_MASTER},
    {"postgraduate diploma", DEGREE_BACHELOR},
    {"professional diploma", DEGREE_VOCATIONAL}, {"psy.d", DEGREE_DOCTOR},
    {"psyd", DEGREE_DOCTOR}, {"puc", DEGREE_SCHOOL},
    {"red seal", DEGREE_VOCATIONAL}, {"sc.d", DEGREE_DOCTOR},
    {"scottish highers", DEGREE_SCHOOL}, {"secondary diploma", DEGREE_SCHOOL},
    {"secondary education", DEGREE_SCHOOL}, {"secondary school", DEGREE_SCHOOL},
    {"senior school certificate", DEGREE_SCHOOL},
    {"senior secondary", DEGREE_SCHOOL}, {"ssc", DEGREE_SCHOOL},
    {"sslc", DEGREE_SCHOOL}, {"svq", DEGREE_VOCATIONAL},
    {"technical certificate", DEGREE_VOCATIONAL},
    {"technical diploma", DEGREE_VOCATIONAL},
    {"trade certificate", DEGREE_VOCATIONAL},
    {"trade diploma", DEGREE_VOCATIONAL}, {"trade school", DEGREE_VOCATIONAL},
    {"undergraduate degree", DEGREE_BACHELOR}, {"vce", DEGREE_SCHOOL},
    {"vocational", DEGREE_VOCATIONAL}, {"xii", DEGREE_SCHOOL},
    {"year 12", DEGREE_SCHOOL}};
/* clang-format on */

/* Two or three capitals that are something else as often. */
/* clang-format off */
static const struct wordmap_entry degree_letters[] = {
    {"aa", DEGREE_ASSOCIATE}, {"ab", DEGREE_BACHELOR}, {"as", DEGREE_ASSOCIATE},
    {"ba", DEGREE_BACHELOR}, {"be", DEGREE_BACHELOR}, {"bed", DEGREE_BACHELOR},
    {"bs", DEGREE_BACHELOR}, {"jd", DEGREE_DOCTOR}, {"ma", DEGREE_MASTER},
    {"md", DEGREE_DOCTOR}, {"me", DEGREE_MASTER}, {"med", DEGREE_MASTER},
    {"ms", DEGREE_MASTER}};
/* clang-format on */

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
    return wordmap_is_sorted(WORDMAP(degree_names)) &&
           wordmap_is_sorted(WORDMAP(degree_letters)) &&
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
    /* "Tertiary: BS Nursing", "2010 MA History" */
    if (before == ' ' && word.start >= 2 &&
        (text.data[word.start - 2] == ':' ||
         ascii_is_digit((unsigned char)text.data[word.start - 2])))
        return next < text.len &&
               ascii_is_upper((unsigned char)text.data[next]);
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
        int level = wordmap_find(WORDMAP(degree_names), phrase);
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
        level = wordmap_find(WORDMAP(degree_letters), span_of(text, word));
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
    return phrase.len > 2 && wordmap_find(WORDMAP(degree_names), phrase) < 0 &&
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
    if (wordmap_find(WORDMAP(degree_names), inner) < 0)
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
