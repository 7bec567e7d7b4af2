/* SPDX-License-Identifier: MIT */
#include "skill_context.h"

/* How far a skill of the same field supports another, in bytes: about a line
 * and a half. */
#define NEAR_BYTES 120
/* Words before and behind that are looked at for context words. */
#define NEAR_WORDS 4

static bool is_one_of(struct str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(word, str_of(list[i])))
            return true;
    return false;
}

#define IS_ONE_OF(word, list)                                                  \
    is_one_of(word, list, sizeof(list) / sizeof((list)[0]))

static bool is_word_byte(char c)
{
    return ascii_is_alnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static struct str word_after(struct str text, size_t pos)
{
    size_t end = pos;
    while (end < text.len && is_word_byte(text.data[end]))
        end++;
    return str_slice(text, pos, end);
}

static struct str word_before(struct str text, size_t pos)
{
    size_t start = pos;
    while (start > 0 && is_word_byte(text.data[start - 1]))
        start--;
    return str_slice(text, start, pos);
}

/* Every link has one of these; most words have none. */
static bool has_link_sign(struct str run)
{
    for (size_t i = 0; i < run.len; i++)
        if (run.data[i] == '.' || run.data[i] == '/' || run.data[i] == '@')
            return true;
    return false;
}

/* The run without spaces around the span is a link or an address. */
static bool is_in_link(struct str text, struct span span)
{
    size_t start = span.start, end = span.end;

    while (start > 0 && span.start - start < 200 &&
           !ascii_is_space((unsigned char)text.data[start - 1]))
        start--;
    while (end < text.len && end - span.end < 200 &&
           !ascii_is_space((unsigned char)text.data[end]))
        end++;
    struct str run = str_slice(text, start, end);
    if (run.len == span.end - span.start || !has_link_sign(run))
        return false;
    return str_find(run, STR("://"), 0) != SIZE_MAX ||
           str_find_nocase(run, STR("www."), 0) != SIZE_MAX ||
           (memchr(run.data, '@', run.len) && memchr(run.data, '.', run.len)) ||
           str_find_nocase(run, STR(".com/"), 0) != SIZE_MAX;
}

/* What a name that needs context may be hyphenated with. */
static const char *const hyphenated[] = {
    "based",   "lang",    "language", "programming", "developer",
    "driven",  "coded",   "style",    "written",     "programmer",
    "related", "centric", "certified"};
static const char *const domains[] = {"com", "org", "net", "io",  "co",
                                      "edu", "gov", "dev", "app", "de",
                                      "uk",  "fr",  "eu",  "info"};
static const char *const negating_prefixes[] = {"non", "anti", "un"};

bool context_allows(struct str text, struct span span, bool uncertain)
{
    char before = span.start > 0 ? text.data[span.start - 1] : ' ';
    char after = span.end < text.len ? text.data[span.end] : ' ';

    if (before == '@' || after == '@')
        return false;
    if (after == '.' && IS_ONE_OF(word_after(text, span.end + 1u), domains))
        return false;
    if (before == '-' &&
        (uncertain ||
         IS_ONE_OF(word_before(text, span.start - 1u), negating_prefixes)))
        return false;
    if (uncertain && after == '-' &&
        !IS_ONE_OF(word_after(text, span.end + 1u), hyphenated))
        return false;
    if (uncertain &&
        ((before == '.' && word_before(text, span.start - 1u).len) ||
         before == '\'' || before == '$'))
        return false;
    return !is_in_link(text, span);
}

/* Codes of states and provinces that are names of skills, too. */
static const char *const region_codes[] = {"AR", "PR", "QC"};

bool context_is_place(struct str text, struct span span)
{
    bool is_code = false;

    for (size_t i = 0; i < sizeof(region_codes) / sizeof(region_codes[0]); i++)
        is_code =
            is_code || str_eq(span_of(text, span), str_of(region_codes[i]));
    if (!is_code || !str_ends(str_slice(text, 0, span.start), STR(", ")))
        return false;
    struct str city = word_before(text, span.start - 2u);
    return city.len >= 3 && !ascii_is_lower((unsigned char)city.data[0]) &&
           !ascii_is_upper((unsigned char)city.data[city.len - 1]);
}

static const char *const conjunctions[] = {"and", "or"};
/* "experience with R, Python" */
static const char *const prepositions[] = {"in",   "with", "using",     "e.g",
                                           "like", "as",   "including", "of"};

static bool list_starts_before(struct str text, size_t pos)
{
    while (pos > 0 && text.data[pos - 1] == ' ')
        pos--;
    if (pos == 0)
        return true;
    char c = text.data[pos - 1];
    if (c == '.' || !is_word_byte(c))
        return strchr(",;|/(:\n\t&*-+[", c) != NULL;
    struct str word = word_before(text, pos);
    return (unsigned char)c >= 0x80 || IS_ONE_OF(word, conjunctions) ||
           IS_ONE_OF(word, prepositions);
}

static bool list_goes_on_behind(struct str text, size_t pos)
{
    while (pos < text.len && text.data[pos] == ' ')
        pos++;
    if (pos >= text.len)
        return true;
    char c = text.data[pos];
    if (!is_word_byte(c))
        return strchr(",;|/)\n.\t&+]", c) != NULL;
    return (unsigned char)c >= 0x80 ||
           IS_ONE_OF(word_after(text, pos), conjunctions);
}

static bool is_list_item(struct str text, struct span span)
{
    return list_starts_before(text, span.start) &&
           list_goes_on_behind(text, span.end);
}

/* A skill that is certain and whose field is near. */
static bool is_support(const struct ontology *o, const struct candidate *c,
                       const struct candidate *other)
{
    if (other->uncertain || other->dropped || other->hit.skill == c->hit.skill)
        return false;
    const struct table_skill *skill = &o->skills[c->hit.skill];
    uint32_t field = o->categories[skill->category].field;
    uint32_t theirs = o->categories[o->skills[other->hit.skill].category].field;
    return o->fields[field].near >> theirs & 1;
}

static bool is_blank_between(struct str text, uint32_t from, uint32_t to)
{
    struct str gap = str_slice(text, from, to);
    return str_find(gap, STR("\n\n"), 0) != SIZE_MAX;
}

static bool has_neighbour(const struct ontology *o, struct str text,
                          const struct candidates *all, size_t i)
{
    const struct candidate *c = &all->items[i];
    struct span span = c->hit.span;

    for (size_t j = i; j-- > 0;) {
        struct span other = all->items[j].hit.span;
        if (span.start - other.end > NEAR_BYTES)
            break;
        if (is_support(o, c, &all->items[j]) &&
            !is_blank_between(text, other.end, span.start))
            return true;
    }
    for (size_t j = i + 1; j < all->len; j++) {
        struct span other = all->items[j].hit.span;
        if (other.start - span.end > NEAR_BYTES)
            break;
        if (is_support(o, c, &all->items[j]) &&
            !is_blank_between(text, span.end, other.start))
            return true;
    }
    return false;
}

static bool is_context_word(const struct ontology *o, uint32_t skill,
                            struct scan_word *word)
{
    const struct table_skill *s = &o->skills[skill];
    const struct phrase_form *form =
        phrases_form_of(&o->phrases, word, phrases_hash(word->fold, word->len));

    for (uint32_t i = 0; form && i < s->n_context; i++)
        if (o->context[s->first_context + i] == form->token)
            return true;
    return false;
}

/* One of the skill's context words stands at most `reach` words away, in the
 * same sentence. */
static bool has_context_word(const struct ontology *o, struct str text,
                             const struct candidate *c, unsigned reach)
{
    struct span span = c->hit.span;
    size_t from = span.start > 64 ? span.start - 64u : 0;
    struct wordscan scan;
    struct scan_word word;
    unsigned found = UINT32_MAX, behind = 0, past = 0;

    while (from > 0 && is_word_byte(text.data[from]))
        from--;
    scan = (struct wordscan){str_slice(text, 0, span.start), from};
    while (wordscan_next(&scan, &word)) {
        past++;
        if (word.gap & (GAP_STOP | GAP_BLANK) ||
            (word.gap & GAP_DOT && word.gap != GAP_DOT))
            found = UINT32_MAX;
        if (is_context_word(o, c->hit.skill, &word))
            found = past;
    }
    if (found != UINT32_MAX && past - found < reach)
        return true;
    scan = (struct wordscan){text, span.end};
    while (behind++ < reach && wordscan_next(&scan, &word)) {
        if (word.gap & (GAP_STOP | GAP_BLANK) ||
            (word.gap & GAP_DOT && word.gap != GAP_DOT))
            return false;
        if (is_context_word(o, c->hit.skill, &word))
            return true;
    }
    return false;
}

/* "3 years of Go", "experience with R": said to be known. */
static bool is_said_to_be_known(struct str text, struct span span)
{
    static const char *const leads[] = {
        "years of ",      "year of ",         "experience with ",
        "experience in ", "experience of ",   "experience using ",
        "knowledge of ",  "proficiency in ",  "proficient in ",
        "skilled in ",    "proficient with ", "fluent in "};
    struct str before = str_slice(text, 0, span.start);

    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
        if (str_ends_nocase(before, str_of(leads[i])))
            return list_goes_on_behind(text, span.end);
    return false;
}

/* "professional C or C++ development": joined to one that is certain. */
static bool is_joined(const struct ontology *o, struct str text,
                      const struct candidates *all, size_t i)
{
    static const char *const joints[] = {"or", "and", "/", "and/or"};

    if (i + 1 >= all->len || !is_support(o, &all->items[i], &all->items[i + 1]))
        return false;
    uint32_t from = all->items[i].hit.span.end;
    uint32_t to = all->items[i + 1].hit.span.start;
    return from <= to && IS_ONE_OF(str_trim(str_slice(text, from, to)), joints);
}

bool context_supports(const struct ontology *o, struct str text,
                      const struct candidates *all, size_t i)
{
    const struct candidate *c = &all->items[i];
    bool near = has_neighbour(o, text, all, i);

    if (!c->loose && is_said_to_be_known(text, c->hit.span))
        return true;

    /* "python, go, r": lower case is believed in lists only. */
    if (c->loose)
        return near && is_list_item(text, c->hit.span);
    if (c->hit.span.end - c->hit.span.start == 1)
        return (near && is_list_item(text, c->hit.span)) ||
               is_joined(o, text, all, i) || has_context_word(o, text, c, 1);
    return near || has_context_word(o, text, c, NEAR_WORDS);
}
