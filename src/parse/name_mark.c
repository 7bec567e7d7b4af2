/* SPDX-License-Identifier: MIT */
/* The candidate's name: everywhere in the text. */
#include "parse/name_words.h"
#include "parse/personal.h"
#include "parse/titles.h"
#include "text/wordlist.h"

#define MAX_PARTS 8

struct part {
    struct str text;
    bool is_ambiguous;
};

struct marker {
    struct ctx *ctx;
    struct personal_list *out;
    struct str text;
    struct part parts[MAX_PARTS];
    size_t n_parts;
};

/* Names that are words of every text. */
static const char *const common_words[] = {
    "art",     "bill",     "chase",     "christian", "cliff",   "dale",
    "dean",    "drew",     "earl",      "faith",     "frank",   "gene",
    "grace",   "grant",    "guy",       "hall",      "hill",    "hope",
    "iris",    "jack",     "joy",       "june",      "april",   "august",
    "king",    "lane",     "law",       "lee",       "long",    "major",
    "mark",    "marks",    "may",       "max",       "miles",   "mills",
    "monday",  "page",     "park",      "parks",     "pat",     "pearl",
    "penny",   "pierce",   "price",     "ray",       "rich",    "rob",
    "rose",    "ruby",     "sky",       "stone",     "summer",  "sue",
    "violet",  "west",     "white",     "will",      "wood",    "woods",
    "young",   "brown",    "black",     "green",     "gray",    "grey",
    "fields",  "banks",    "bush",      "field",     "best",    "good",
    "london",  "paris",    "austin",    "jordan",    "israel",  "virginia",
    "georgia", "florence", "sydney",    "dallas",    "chelsea", "lincoln",
    "madison", "victoria", "charlotte", "carolina",  "china",   "india",
    "kent",    "york",     "chester",   "lancaster", "preston", "washington",
    "jackson"};

static void add_parts(struct marker *m, struct span name,
                      const struct ontology *ontology)
{
    struct span word;
    uint32_t at = name.start;

    while (m->n_parts < MAX_PARTS &&
           !span_is_empty(word = wordlist_next_word(m->text, name, &at))) {
        struct str w = span_of(m->text, word);
        if (name_is_particle(w) && !name_begins_large(w))
            continue;
        m->parts[m->n_parts++] = (struct part){
            .text = w,
            .is_ambiguous =
                w.len < 2 || title_is_noun(w) || NAME_IN(common_words, w) ||
                (ontology && ontology_find(ontology, w) != UINT32_MAX) ||
                name_occurs_small(m->text, w),
        };
    }
}

static const struct part *find_part(const struct marker *m, struct str word)
{
    if (!name_begins_large(word))
        return NULL;
    for (size_t i = 0; i < m->n_parts; i++) {
        if (name_same_letters(m->parts[i].text, word))
            return &m->parts[i];
    }
    return NULL;
}

/* Whether only blanks, full stops or commas stand between. */
static bool is_joined(struct str text, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (!strchr(" .,\t", text.data[i]))
            return false;
    }
    return to - from <= 4;
}

/* "Jane led", "Jane's", "Ms. Jane", "by Jane": a name's company. */
static bool has_name_context(struct str text, struct span word,
                             struct span next)
{
    static const char *const verbs[] = {
        "is",       "was",    "has",       "led",         "holds",
        "held",     "can",    "joined",    "began",       "works",
        "worked",   "brings", "graduated", "earned",      "managed",
        "believes", "enjoys", "lives",     "specializes", "specialises",
        "serves",   "served", "started",   "speaks"};
    static const char *const before[] = {"mr",   "mrs",      "ms",   "miss",
                                         "mx",   "dr",       "prof", "named",
                                         "hire", "recommend"};
    size_t end = word.start;

    if (str_starts(str_slice(text, word.end, text.len), STR("'s ")) ||
        str_starts(str_slice(text, word.end, text.len), STR("\xE2\x80\x99s ")))
        return true;
    /* "Doe A. et al.": as authors are cited. */
    if (next.end == next.start + 1 && next.start <= word.end + 2 &&
        name_begins_large(span_of(text, next)) && next.end < text.len &&
        text.data[next.end] == '.')
        return true;
    while (end > 0 && text.data[end - 1] == ' ')
        end--;
    /* "Ms. Jane" has a full stop too; it is not the end of a sentence. */
    size_t stop = end;
    while (stop > 0 && text.data[stop - 1] == '.')
        stop--;
    size_t start = stop;
    while (start > 0 && ascii_is_alpha((unsigned char)text.data[start - 1]))
        start--;
    if (NAME_IN(before, str_slice(text, start, stop)))
        return true;
    bool is_first = end == 0 || strchr(".\n!?", text.data[end - 1]);
    return is_first && next.start == word.end + 1 &&
           NAME_IN(verbs, span_of(text, next));
}

/* A word without a possessive "'s". */
static struct span stem_of(struct str text, struct span word)
{
    if (word.end - word.start > 2 &&
        str_ends_nocase(span_of(text, word), STR("'s")))
        word.end -= 2;
    return word;
}

rsc_status name_mark(struct ctx *ctx, struct personal_list *out,
                     const struct layout *layout, struct span name,
                     const struct ontology *ontology)
{
    struct marker m = {.ctx = ctx, .out = out, .text = layout->text};
    struct span all = {0, (uint32_t)m.text.len};
    uint32_t at = 0;

    if (span_is_empty(name))
        return RSC_OK;
    rsc_status st = personal_add(ctx, out, name.start, name.end, PERSONAL_NAME);
    add_parts(&m, name, ontology);
    struct span word = wordlist_next_word(m.text, all, &at);
    while (!span_is_empty(word) && !st) {
        struct span next = wordlist_next_word(m.text, all, &at);
        struct span stem = stem_of(m.text, word);
        const struct part *part = find_part(&m, span_of(m.text, stem));
        if (!part) {
            word = next;
            continue;
        }
        struct span run = stem;
        unsigned n = 1;
        bool is_ambiguous = part->is_ambiguous;
        while (!span_is_empty(next) && is_joined(m.text, run.end, next.start)) {
            struct span next_stem = stem_of(m.text, next);
            struct str w = span_of(m.text, next_stem);
            const struct part *more = find_part(&m, w);
            if (!more && !name_is_particle(w))
                break;
            if (more) {
                run.end = next_stem.end;
                n++;
                is_ambiguous = is_ambiguous && more->is_ambiguous;
            }
            next = wordlist_next_word(m.text, all, &at);
        }
        bool by_comma =
            n > 1 && is_ambiguous &&
            memchr(m.text.data + run.start, ',', run.end - run.start);
        if ((n > 1 && !by_comma) || (n == 1 && !is_ambiguous) ||
            (n == 1 && has_name_context(m.text, stem, next)))
            st = personal_add(ctx, out, run.start, run.end, PERSONAL_NAME);
        word = next;
    }
    return st;
}
