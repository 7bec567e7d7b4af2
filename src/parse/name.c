/* SPDX-License-Identifier: MIT */
/* The candidate's name: where it stands first, and everywhere else. */
#include "base/utf8.h"
#include "parse/degrees.h"
#include "parse/headings.h"
#include "parse/name_mail.h"
#include "parse/personal.h"
#include "parse/places.h"
#include "parse/titles.h"
#include "text/wordlist.h"

#define MAX_PARTS 8

/* Small words inside of names. */
static const char *const particles[] = {
    "al",  "ap",  "bin", "bint", "da",  "das", "de",  "del", "della", "den",
    "der", "di",  "dos", "du",   "e",   "el",  "ibn", "la",  "le",    "mac",
    "op",  "san", "ten", "ter",  "van", "von", "y",   "zu"};

/* Behind a name: "Jane Doe, MBA, RN". */
static const char *const suffixes[] = {
    "acca", "aia", "arnp", "bsc", "ca",   "cfa",    "cissp", "cpa",
    "dds",  "dnp", "dpt",  "dvm", "emt",  "esq",    "facs",  "frcs",
    "ii",   "iii", "iv",   "jd",  "jr",   "lcsw",   "lmft",  "lpn",
    "lvn",  "ma",  "mba",  "md",  "meng", "mph",    "ms",    "msc",
    "msn",  "np",  "ot",   "pa",  "pe",   "pharmd", "phd",   "phr",
    "pmp",  "pt",  "rd",   "rn",  "sphr", "sr",     "bvsc",  "bds",
    "mbbs", "llb", "llm",  "csm", "cma",  "rda",    "ceng",  "mrcvs"};

/* First lines that are no name. */
static const char *const not_names[] = {"application",
                                        "biodata",
                                        "cv",
                                        "curriculum",
                                        "last",
                                        "page",
                                        "personal",
                                        "resume",
                                        "updated",
                                        "vitae",
                                        "confidential",
                                        "profile",
                                        "name",
                                        "contact",
                                        "portfolio",
                                        "cover",
                                        "r\xC3\xA9sum\xC3\xA9",
                                        "objective",
                                        "summary"};

#define IN(list, word) in_list((list), sizeof(list) / sizeof((list)[0]), (word))

static bool in_list(const char *const *list, size_t n, struct str word)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(word, str_of(list[i])))
            return true;
    }
    return false;
}

/* Lower case of the letters that European names have. */
static uint32_t fold_letter(uint32_t c)
{
    if (c < 0x80)
        return (uint32_t)(unsigned char)ascii_lower((char)c);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    if (c >= 0x100 && c <= 0x177)
        return c | 1;
    return c;
}

static bool same_letters(struct str a, struct str b)
{
    size_t i = 0, k = 0;

    while (i < a.len && k < b.len) {
        if (fold_letter(utf8_next(a, &i)) != fold_letter(utf8_next(b, &k)))
            return false;
    }
    return i == a.len && k == b.len;
}

/* A capital letter, in any of the alphabets that have them here, or a letter
 * of an alphabet without. */
static bool begins_large(struct str word)
{
    size_t i = 0;
    uint32_t c = word.len ? utf8_next(word, &i) : 0;

    if (c < 0x80)
        return ascii_is_upper((unsigned char)c);
    return fold_letter(c) != c || c >= 0x590;
}

/* Whether the run may be a name: two to five words with capitals, no trade,
 * school, place or heading among them. */
static bool may_be_name(struct str text, struct span run, bool *has_noun)
{
    struct span word;
    uint32_t at = run.start;
    unsigned n = 0, parts = 0;

    *has_noun = false;
    for (uint32_t i = run.start; i < run.end; i++) {
        char c = text.data[i];
        if (ascii_is_digit((unsigned char)c) || strchr("@:&/!?%$+=_", c))
            return false;
    }
    while (!span_is_empty(word = wordlist_next_word(text, run, &at))) {
        struct str w = span_of(text, word);
        bool is_particle = n > 0 && IN(particles, w);
        n++;
        if (IN(not_names, w))
            return false;
        if (!is_particle && !begins_large(w))
            return false;
        *has_noun = *has_noun || title_is_noun(w);
        parts += !is_particle && w.len > 1;
    }
    struct str whole = span_of(text, run);
    return n >= 2 && n <= 6 && parts >= 1 && !degree_is_school(whole) &&
           place_judge(whole) == PLACE_NO;
}

/* "Priya Sharma ACA": capitals behind words that are not, and two of them. */
static bool is_credential(struct str text, struct span run, struct span last)
{
    struct span word;
    uint32_t at = run.start;
    unsigned n = 0;

    for (uint32_t i = last.start; i < last.end; i++) {
        if (!ascii_is_upper((unsigned char)text.data[i]))
            return false;
    }
    while (!span_is_empty(word = wordlist_next_word(text, run, &at)) &&
           word.start < last.start) {
        bool is_mixed = word.end - word.start > 1 &&
                        !ascii_is_upper((unsigned char)text.data[word.end - 1]);
        n += is_mixed;
    }
    return n >= 2 && last.end - last.start >= 2 && last.end - last.start <= 5;
}

/* Cuts "Dr." and "Mrs." in front and ", MBA, RN" behind off a line. */
static struct span name_part(struct str text, struct span line)
{
    static const char *const titles[] = {
        "mr",  "mrs", "ms",  "miss", "mx",      "dr",     "prof",
        "sir", "er",  "ca",  "adv",  "shri",    "smt",    "sgt",
        "ssg", "cpl", "cpt", "capt", "maj",     "lt",     "col",
        "sfc", "msg", "pfc", "spc",  "officer", "sister", "rev"};
    struct span run = line, word;
    uint32_t at;

    for (uint32_t i = line.start; i < line.end; i++) {
        struct str rest = str_slice(text, i, line.end);
        if (strchr(",|\t(;", text.data[i]) || str_starts(rest, STR(" - ")) ||
            str_starts(rest, STR("   ")) ||
            str_starts(rest, STR(" \xE2\x80\x93 ")) ||
            str_starts(rest, STR(" \xE2\x80\x94 ")) ||
            str_starts(rest, STR(" \xE2\x80\xA2")) ||
            str_starts(rest, STR(" \xC2\xB7"))) {
            run.end = i;
            break;
        }
    }
    if (str_starts_nocase(span_of(text, run), STR("name:")) ||
        str_starts_nocase(span_of(text, run), STR("name :"))) {
        while (run.start < run.end && text.data[run.start] != ':')
            run.start++;
        run.start++;
    }
    for (;;) {
        at = run.start;
        word = wordlist_next_word(text, run, &at);
        if (span_is_empty(word) || !IN(titles, span_of(text, word)))
            break;
        run.start = word.end;
    }
    while (run.start < run.end && strchr(" .", text.data[run.start]))
        run.start++;
    /* Suffixes without a comma: "Jane Doe RN". */
    for (;;) {
        struct span last = {0, 0};
        at = run.start;
        while (!span_is_empty(word = wordlist_next_word(text, run, &at)))
            last = word;
        if (span_is_empty(last) || last.start == run.start ||
            !(IN(suffixes, span_of(text, last)) ||
              is_credential(text, run, last)))
            break;
        run.end = last.start;
    }
    while (run.end > run.start && strchr(" .,", text.data[run.end - 1]))
        run.end--;
    return run;
}

static bool has_contact_data(const struct layout *layout, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        const struct layout_line *line = &layout->lines[i];
        struct str text = str_slice(layout->text, line->start, line->end);
        unsigned digits = 0;
        if (str_find(text, STR("@"), 0) != SIZE_MAX ||
            str_find_nocase(text, STR("linkedin"), 0) != SIZE_MAX)
            return true;
        for (size_t k = 0; k < text.len; k++)
            digits += ascii_is_digit((unsigned char)text.data[k]);
        if (digits >= 7)
            return true;
    }
    return false;
}

/* Whether a longer part of the name stands in an e-mail address or link. */
static bool is_confirmed(const struct layout *layout, struct span name,
                         size_t end)
{
    struct span word;
    uint32_t at = name.start;

    while (!span_is_empty(word = wordlist_next_word(layout->text, name, &at))) {
        struct str w = span_of(layout->text, word);
        for (size_t i = 0; i < end && w.len >= 4; i++) {
            const struct layout_line *line = &layout->lines[i];
            struct str text = str_slice(layout->text, line->start, line->end);
            if (line->span.start != name.start &&
                (str_find(text, STR("@"), 0) != SIZE_MAX ||
                 str_find(text, STR("/"), 0) != SIZE_MAX) &&
                str_find_nocase(text, w, 0) != SIZE_MAX)
                return true;
        }
    }
    return false;
}

/* Whether word occurs in small letters, as ordinary words do. */
static bool occurs_small(struct str text, struct str word)
{
    char small[40];
    size_t at = 0;

    if (word.len > sizeof(small))
        return false;
    for (size_t i = 0; i < word.len; i++)
        small[i] = ascii_lower(word.data[i]);
    struct str needle = {small, word.len};
    while ((at = str_find(text, needle, at)) != SIZE_MAX) {
        size_t end = at + needle.len;
        if ((at == 0 || !strchr("@./-_", text.data[at - 1])) &&
            (at == 0 || !ascii_is_alnum((unsigned char)text.data[at - 1])) &&
            (end >= text.len ||
             (!ascii_is_alnum((unsigned char)text.data[end]) &&
              !strchr("@_", text.data[end]) &&
              !(text.data[end] == '.' && end + 1 < text.len &&
                ascii_is_alnum((unsigned char)text.data[end + 1])))))
            return true;
        at = end;
    }
    return false;
}

static bool has_ordinary_word(struct str text, struct span name)
{
    struct span word;
    uint32_t at = name.start;

    while (!span_is_empty(word = wordlist_next_word(text, name, &at))) {
        if (occurs_small(text, span_of(text, word)))
            return true;
    }
    return false;
}

/* Whether a word of name stands behind it too: a trade's would. */
static bool occurs_again(struct str text, struct span name)
{
    struct span word;
    uint32_t at = name.start;

    while (!span_is_empty(word = wordlist_next_word(text, name, &at))) {
        if (str_find_nocase(text, span_of(text, word), name.end) != SIZE_MAX)
            return true;
    }
    return false;
}

static struct span person_entity(const struct resume_options *options,
                                 struct span line)
{
    for (size_t i = 0; options && i < options->n_entities; i++) {
        const struct entity_span *e = &options->entities[i];
        if (str_eq(e->label, STR("PERSON")) && span_contains(line, e->span))
            return e->span;
    }
    return (struct span){0, 0};
}

/* Index of the end of the block before the first heading, at most 16 lines. */
static size_t head_end(const struct layout *layout)
{
    size_t end = 0;
    struct heading h;

    while (end < layout->n_lines && end < 16 &&
           !(end > 0 && heading_read(layout, end, &h) && !h.is_weak &&
             !h.is_inline && h.kind != SECTION_CONTACT))
        end++;
    return end;
}

/* The name where most resumes have it: in the first lines. */
static struct span name_in_head(const struct layout *layout, size_t end,
                                const struct resume_options *options)
{
    size_t seen = 0;
    struct heading h;

    bool has_data = has_contact_data(layout, end);
    for (size_t i = 0; i < end && seen < 6; i++) {
        const struct layout_line *line = &layout->lines[i];
        bool has_noun;
        if (line->is_blank)
            continue;
        seen++;
        struct span run = name_part(layout->text, line->span);
        if (heading_read(layout, i, &h) && !h.is_weak)
            continue;
        if (!may_be_name(layout->text, run, &has_noun))
            continue;
        if (is_confirmed(layout, run, end))
            return run;
        if (has_noun && (seen > 1 || has_ordinary_word(layout->text, run) ||
                         title_judge(span_of(layout->text, run)) == TITLE_NO))
            continue;
        if (has_noun && !has_data)
            continue;
        /* Without an address or number beside it, it takes more to be one. */
        if (!has_data && span_is_empty(person_entity(options, run)) &&
            ((line->is_caps && (seen > 1 || occurs_again(layout->text, run))) ||
             has_ordinary_word(layout->text, run) ||
             place_employer_words(span_of(layout->text, run))))
            continue;
        if (seen <= 3)
            return run;
    }
    return (struct span){0, 0};
}

/* What stands before the '@' of the first e-mail address before line end. */
static struct str first_local(const struct layout *layout, size_t end)
{
    struct str text = layout->text;
    size_t stop = end < layout->n_lines ? layout->lines[end].start : text.len;
    size_t at = str_find(str_slice(text, 0, stop), STR("@"), 0);

    if (at == SIZE_MAX)
        return STR("");
    size_t start = at;
    while (start > 0 && (ascii_is_alnum((unsigned char)text.data[start - 1]) ||
                         strchr("._-+", text.data[start - 1])))
        start--;
    return str_slice(text, start, at);
}

/* A line of the first page that looks like a name, wherever a sidebar put it:
 * one that the address local is made of, or, where local is empty, one in the
 * page's largest letters. */
static struct span name_on_page(const struct layout *layout, struct str local)
{
    size_t end = 0;
    float largest = layout->body_size * 1.2F;
    struct heading h;

    while (end < layout->n_lines && end < 200 &&
           document_page_at(layout->doc, layout->lines[end].start) <= 1) {
        if (!layout->lines[end].is_blank && layout->lines[end].size > largest)
            largest = layout->lines[end].size;
        end++;
    }
    for (size_t i = 0; i < end; i++) {
        const struct layout_line *line = &layout->lines[i];
        bool has_noun;
        if (line->is_blank || line->has_sign)
            continue;
        struct span run = name_part(layout->text, line->span);
        if ((heading_read(layout, i, &h) && !h.is_weak) ||
            !may_be_name(layout->text, run, &has_noun))
            continue;
        if (local.len) {
            if (name_is_of_mail(layout->text, run, local))
                return run;
        } else if (line->size > 0 && line->size >= largest && !has_noun &&
                   title_judge(span_of(layout->text, run)) == TITLE_NO &&
                   !place_employer_words(span_of(layout->text, run)) &&
                   !has_ordinary_word(layout->text, run)) {
            return run;
        }
    }
    return (struct span){0, 0};
}

struct span name_find(const struct layout *layout,
                      const struct resume_options *options)
{
    size_t end = head_end(layout);
    struct str local = first_local(layout, end);
    struct span name = {0, 0};

    /* An address further down may be a referee's: it comes last. */
    if (local.len)
        name = name_on_page(layout, local);
    if (span_is_empty(name))
        name = name_in_head(layout, end, options);
    if (span_is_empty(name) && layout->body_size > 0)
        name = name_on_page(layout, STR(""));
    if (span_is_empty(name)) {
        local = first_local(layout, layout->n_lines);
        if (local.len)
            name = name_on_page(layout, local);
    }
    return name;
}

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
        if (IN(particles, w) && !begins_large(w))
            continue;
        m->parts[m->n_parts++] = (struct part){
            .text = w,
            .is_ambiguous =
                w.len < 2 || title_is_noun(w) || IN(common_words, w) ||
                (ontology && ontology_find(ontology, w) != UINT32_MAX) ||
                occurs_small(m->text, w),
        };
    }
}

static const struct part *find_part(const struct marker *m, struct str word)
{
    if (!begins_large(word))
        return NULL;
    for (size_t i = 0; i < m->n_parts; i++) {
        if (same_letters(m->parts[i].text, word))
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
        begins_large(span_of(text, next)) && next.end < text.len &&
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
    if (IN(before, str_slice(text, start, stop)))
        return true;
    bool is_first = end == 0 || strchr(".\n!?", text.data[end - 1]);
    return is_first && next.start == word.end + 1 &&
           IN(verbs, span_of(text, next));
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
            if (!more && !IN(particles, w))
                break;
            if (more) {
                run.end = next_stem.end;
                n++;
                is_ambiguous = is_ambiguous && more->is_ambiguous;
            }
            word = next;
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
