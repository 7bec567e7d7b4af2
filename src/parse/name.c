/* SPDX-License-Identifier: MIT */
/* The candidate's name: where it stands first. */
#include "parse/degrees.h"
#include "parse/headings.h"
#include "parse/name_mail.h"
#include "parse/name_words.h"
#include "parse/personal.h"
#include "parse/places.h"
#include "parse/titles.h"
#include "text/wordlist.h"

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
        bool is_particle = n > 0 && name_is_particle(w);
        n++;
        if (NAME_IN(not_names, w))
            return false;
        if (!is_particle && !name_begins_large(w))
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
        if (span_is_empty(word) || !NAME_IN(titles, span_of(text, word)))
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
            !(NAME_IN(suffixes, span_of(text, last)) ||
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

static bool has_ordinary_word(struct str text, struct span name)
{
    struct span word;
    uint32_t at = name.start;

    while (!span_is_empty(word = wordlist_next_word(text, name, &at))) {
        if (name_occurs_small(text, span_of(text, word)))
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
