/* SPDX-License-Identifier: MIT */
#include "parse/personal.h"

#include <stdlib.h>

#include "base/vec.h"
#include "parse/places.h"
#include "parse/titles.h"
#include "text/wordlist.h"

rsc_status personal_add(struct ctx *ctx, struct personal_list *out,
                        size_t start, size_t end, enum personal_kind kind)
{
    struct personal *item = vec_push(ctx, out);

    if (!item)
        return ctx->error.status;
    *item = (struct personal){{(uint32_t)start, (uint32_t)end}, kind};
    return RSC_OK;
}

static int compare_spans(const void *a, const void *b)
{
    const struct personal *x = a, *y = b;

    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    if (x->span.end != y->span.end)
        return x->span.end > y->span.end ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

void personal_sort(struct personal_list *list)
{
    size_t n = 0;

    if (list->len)
        qsort(list->items, list->len, sizeof(list->items[0]), compare_spans);
    for (size_t i = 0; i < list->len; i++) {
        struct personal *last = n ? &list->items[n - 1] : NULL;
        if (last && list->items[i].span.start < last->span.end) {
            if (list->items[i].span.end > last->span.end)
                last->span.end = list->items[i].span.end;
        } else {
            list->items[n++] = list->items[i];
        }
    }
    list->len = n;
}

/* Labels of statements about the person; the value goes up to the end of the
 * line's piece. In lower case, sorted. */
/* clang-format off */
static const struct wordmap_entry labels[] = {
    {"aadhaar", PERSONAL_OTHER}, {"aadhar", PERSONAL_OTHER},
    {"address", PERSONAL_ADDRESS}, {"age", PERSONAL_BIRTH},
    {"blood group", PERSONAL_OTHER}, {"born", PERSONAL_BIRTH},
    {"caste", PERSONAL_OTHER}, {"children", PERSONAL_GENDER},
    {"citizen", PERSONAL_NATIONALITY},
    {"citizenship", PERSONAL_NATIONALITY}, {"civil status", PERSONAL_GENDER},
    {"country of birth", PERSONAL_NATIONALITY},
    {"current address", PERSONAL_ADDRESS},
    {"d.o.b", PERSONAL_BIRTH}, {"d.o.b.", PERSONAL_BIRTH},
    {"date and place of birth", PERSONAL_BIRTH},
    {"date of birth", PERSONAL_BIRTH},
    {"dob", PERSONAL_BIRTH}, {"ethnicity", PERSONAL_OTHER},
    {"family status", PERSONAL_GENDER}, {"father name", PERSONAL_OTHER},
    {"father's name", PERSONAL_OTHER}, {"fathers name", PERSONAL_OTHER},
    {"full name", PERSONAL_NAME}, {"gender", PERSONAL_GENDER},
    {"height", PERSONAL_OTHER}, {"home address", PERSONAL_ADDRESS},
    {"husband's name", PERSONAL_OTHER}, {"id number", PERSONAL_OTHER},
    {"mailing address", PERSONAL_ADDRESS},
    {"marital status", PERSONAL_GENDER}, {"martial status", PERSONAL_GENDER},
    {"mother's name", PERSONAL_OTHER}, {"name", PERSONAL_NAME},
    {"national insurance number", PERSONAL_OTHER},
    {"nationality", PERSONAL_NATIONALITY}, {"pan", PERSONAL_OTHER},
    {"passport", PERSONAL_OTHER}, {"passport no", PERSONAL_OTHER},
    {"passport number", PERSONAL_OTHER},
    {"permanent address", PERSONAL_ADDRESS},
    {"place of birth", PERSONAL_NATIONALITY},
    {"postal address", PERSONAL_ADDRESS},
    {"present address", PERSONAL_ADDRESS}, {"preferred pronouns", PERSONAL_GENDER},
    {"pronouns", PERSONAL_GENDER},
    {"race", PERSONAL_OTHER}, {"religion", PERSONAL_OTHER},
    {"residence", PERSONAL_ADDRESS}, {"sex", PERSONAL_GENDER},
    {"social security number", PERSONAL_OTHER}, {"spouse", PERSONAL_GENDER},
    {"spouse name", PERSONAL_OTHER}, {"ssn", PERSONAL_OTHER},
    {"weight", PERSONAL_OTHER},
};

static const char *const pronouns[] = {
    "he", "her", "hers", "herself", "him", "himself", "his", "she", "their",
    "theirs", "them", "themself", "themselves", "they"};

static const char *const honorifics[] = {
    "madam", "miss", "mr", "mrs", "ms", "mx", "shri", "sir", "smt"};

static const char *const streets[] = {
    "apartment", "apt", "ave", "avenue", "blvd", "boulevard", "building",
    "circle", "close", "court", "crescent", "ct", "dr", "drive", "flat",
    "gardens", "grove", "highway", "hwy", "lane", "ln", "nagar", "parkway",
    "pkwy", "place", "plaza", "plot", "po box", "quay", "rd", "road", "sector",
    "square", "st", "straße", "street", "strasse", "suite", "terrace", "unit",
    "way", "weg"};
/* clang-format on */

/* The end of the piece of a line at i: a bar, a tab, a bullet or wide gap. */
static uint32_t piece_end(struct str text, uint32_t i, uint32_t end)
{
    while (i < end) {
        struct str rest = str_slice(text, i, end);
        if (text.data[i] == '|' || text.data[i] == '\t' ||
            str_starts(rest, STR("   ")) ||
            str_starts(rest, STR("\xE2\x80\xA2")) ||
            str_starts(rest, STR("\xC2\xB7")))
            return i;
        i++;
    }
    return end;
}

/* "Date of Birth: 1 May 1990": the label, then ":" or "-" or a wide gap. */
static rsc_status find_label(struct ctx *ctx, struct personal_list *out,
                             struct str text, uint32_t start, uint32_t end)
{
    uint32_t colon = start;

    while (colon < end && colon - start < 28 &&
           (ascii_is_alpha((unsigned char)text.data[colon]) ||
            strchr(" '.", text.data[colon])))
        colon++;
    uint32_t name_end = colon;
    while (name_end > start && text.data[name_end - 1] == ' ')
        name_end--;
    if (colon >= end || name_end == start)
        return RSC_OK;
    if (text.data[colon] != ':' && text.data[colon] != '\t' &&
        text.data[colon] != '-')
        return RSC_OK;
    int kind = wordmap_find(WORDMAP(labels), str_slice(text, start, name_end));
    if (kind < 0)
        return RSC_OK;
    /* Of "Name: Jane Doe" the label is no name. */
    if (kind == PERSONAL_NAME) {
        start = colon + 1;
        while (start < end && strchr(" \t", text.data[start]))
            start++;
    }
    return start < end
               ? personal_add(ctx, out, start, end, (enum personal_kind)kind)
               : RSC_OK;
}

/* A postcode in the run: American behind a state, British, Canadian. Returns
 * whether there is one. */
static bool has_postcode(struct str text, struct span run)
{
    struct span before = {0, 0}, word;
    uint32_t at = run.start;

    while (!span_is_empty(word = wordlist_next_word(text, run, &at))) {
        struct str w = span_of(text, word), b = span_of(text, before);
        unsigned digits = 0, letters = 0;
        for (size_t i = 0; i < w.len; i++) {
            digits += ascii_is_digit((unsigned char)w.data[i]);
            letters += ascii_is_upper((unsigned char)w.data[i]);
        }
        if (digits >= 5 && digits <= 9 && !letters && b.len &&
            place_judge(b) == PLACE_REGION)
            return true;
        /* "SW1A 2AA", "M5V 2T6" */
        if (w.len == 3 && digits >= 1 && letters >= 1 && b.len >= 2 &&
            b.len <= 4 && ascii_is_upper((unsigned char)b.data[0]) &&
            (ascii_is_digit((unsigned char)b.data[b.len - 1]) ||
             ascii_is_digit((unsigned char)b.data[1])) &&
            ascii_is_digit((unsigned char)w.data[0]))
            return true;
        before = word;
    }
    return false;
}

static bool has_street(struct str text, struct span run)
{
    struct span word;
    uint32_t at = run.start;
    bool has_number = false, has_name = false;

    while (!span_is_empty(word = wordlist_next_word(text, run, &at))) {
        struct str w = span_of(text, word);
        has_number = has_number || ascii_is_digit((unsigned char)w.data[0]);
        has_name = has_name || wordlist_has(WORDLIST(streets), w) ||
                   str_ends_nocase(w, STR("strasse")) ||
                   str_ends_nocase(w, STR("stra\xC3\x9F"
                                          "e"));
    }
    return has_number && has_name;
}

/* Whether a piece of the contact block is a place to live in: every part
 * between commas is a place, a number or a street. */
static bool is_residence(struct str text, struct span run)
{
    struct str piece = span_of(text, run);
    bool has_place = false, has_number = false;
    size_t start = 0;

    if (has_postcode(text, run) || has_street(text, run))
        return true;
    for (size_t i = 0; i <= piece.len; i++) {
        if (i < piece.len && piece.data[i] != ',')
            continue;
        struct str part = str_trim(str_slice(piece, start, i));
        has_place = has_place || place_judge(part) != PLACE_NO;
        start = i + 1;
    }
    for (size_t i = 0; i < piece.len; i++)
        has_number = has_number || ascii_is_digit((unsigned char)piece.data[i]);
    return has_place && (has_number || title_judge(piece) == TITLE_NO);
}

static struct span trim_piece(struct str text, struct span s)
{
    while (s.start < s.end && strchr(" \t,;-.", text.data[s.start]))
        s.start++;
    while (s.end > s.start && strchr(" \t,;-", text.data[s.end - 1]))
        s.end--;
    return s;
}

/* The pieces of one line. */
static rsc_status find_in_line(struct ctx *ctx, struct personal_list *out,
                               const struct layout *layout, size_t i,
                               bool in_contact)
{
    const struct layout_line *line = &layout->lines[i];
    struct str text = layout->text;
    uint32_t at = line->span.start;
    rsc_status st = RSC_OK;

    while (at < line->span.end && !st) {
        uint32_t end = piece_end(text, at, line->span.end);
        struct span piece = trim_piece(text, (struct span){at, end});
        /* A label in a table: the value stands behind the tab. */
        if (end < line->span.end && text.data[end] == '\t')
            st = find_label(ctx, out, text, piece.start, line->span.end);
        if (!st && piece.end > piece.start) {
            st = find_label(ctx, out, text, piece.start, piece.end);
            bool is_home = in_contact ? is_residence(text, piece)
                                      : has_postcode(text, piece) &&
                                            has_street(text, piece);
            if (!st && is_home && line->n_words <= 24)
                st = personal_add(ctx, out, piece.start, piece.end,
                                  PERSONAL_ADDRESS);
        }
        at = end + 1;
    }
    return st;
}

/* "34 years old", "aged 34", "born in 1990", "Class of 2012", "Indian
 * national", "married". Word by word over the whole text. */
struct words {
    struct str text;
    struct span word[5]; /* word[0] is the current one */
};

static struct str word_text(const struct words *w, size_t i)
{
    return span_of(w->text, w->word[i]);
}

static bool is_word(const struct words *w, size_t i, const char *word)
{
    return str_eq_nocase(word_text(w, i), str_of(word));
}

static bool is_number(const struct words *w, size_t i)
{
    struct str s = word_text(w, i);

    return s.len && ascii_is_digit((unsigned char)s.data[0]);
}

/* The number of words from the current one that are personal, else 0. */
static size_t judge_age(const struct words *w)
{
    if (is_number(w, 0) && (is_word(w, 1, "years") || is_word(w, 1, "year")) &&
        is_word(w, 2, "old"))
        return 3;
    if (is_number(w, 0) && is_word(w, 1, "year-old"))
        return 2;
    if (is_word(w, 0, "aged") && is_number(w, 1))
        return 2;
    if (is_word(w, 0, "born") && (is_word(w, 1, "in") || is_word(w, 1, "on")) &&
        w->word[2].end > w->word[2].start)
        return is_number(w, 3) ? 4 : 3;
    return 0;
}

static size_t judge_class(const struct words *w)
{
    bool is_class = is_word(w, 0, "class") && is_word(w, 1, "of") &&
                    is_number(w, 2) && word_text(w, 2).len == 4;

    return is_class ? 3 : 0;
}

static size_t judge_nation(const struct words *w)
{
    if ((is_word(w, 1, "citizen") || is_word(w, 1, "national")) &&
        word_text(w, 0).len &&
        ascii_is_upper((unsigned char)word_text(w, 0).data[0]) &&
        (word_text(w, 2).len == 0 ||
         !ascii_is_upper((unsigned char)word_text(w, 2).data[0])) &&
        !is_word(w, 0, "senior") && !is_word(w, 0, "the"))
        return 2;
    return 0;
}

static size_t judge_family(const struct words *w)
{
    if (is_word(w, 0, "married") &&
        (is_word(w, 1, "with") || is_word(w, 1, "to")))
        return is_word(w, 3, "children") || is_word(w, 3, "kids") ? 4 : 2;
    /* "Single with two children": the other words need the children, for
     * they have other meanings. */
    if ((is_word(w, 0, "single") || is_word(w, 0, "divorced") ||
         is_word(w, 0, "widowed")) &&
        is_word(w, 1, "with") &&
        (is_word(w, 3, "children") || is_word(w, 3, "kids")))
        return 4;
    return 0;
}

/* How many of the words say something about the person, and what. */
static size_t judge_words(const struct words *w, enum personal_kind *kind)
{
    static const struct {
        enum personal_kind kind;
        size_t (*judge)(const struct words *w);
    } judges[] = {
        {PERSONAL_BIRTH, judge_age},
        {PERSONAL_GRADUATION_YEAR, judge_class},
        {PERSONAL_NATIONALITY, judge_nation},
        {PERSONAL_GENDER, judge_family},
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof(judges) / sizeof(judges[0]) && !n; i++) {
        *kind = judges[i].kind;
        n = judges[i].judge(w);
    }
    return n;
}

/* "Ms. Doe", not "MS Project" and not "miss". */
static bool is_honorific_form(const struct words *w)
{
    struct str word = word_text(w, 0), next = word_text(w, 1);

    return ascii_is_upper((unsigned char)word.data[0]) &&
           ascii_is_lower((unsigned char)word.data[1]) && next.len &&
           w->word[1].start <= w->word[0].end + 2 &&
           !ascii_is_lower((unsigned char)next.data[0]);
}

static rsc_status find_in_words(struct ctx *ctx, struct personal_list *out,
                                struct str text)
{
    struct words w = {.text = text};
    struct span all = {0, (uint32_t)text.len};
    uint32_t at = 0;
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < 5; i++)
        w.word[i] = wordlist_next_word(text, all, &at);
    while (!span_is_empty(w.word[0]) && !st) {
        enum personal_kind kind;
        size_t n = judge_words(&w, &kind);
        if (n) {
            st = personal_add(ctx, out, w.word[0].start, w.word[n - 1].end,
                              kind);
        } else if (wordlist_has(WORDLIST(pronouns), word_text(&w, 0)) ||
                   (wordlist_has(WORDLIST(honorifics), word_text(&w, 0)) &&
                    is_honorific_form(&w))) {
            st = personal_add(ctx, out, w.word[0].start, w.word[0].end,
                              PERSONAL_GENDER);
        }
        for (size_t i = 0; i + 1 < 5; i++)
            w.word[i] = w.word[i + 1];
        w.word[4] = wordlist_next_word(text, all, &at);
    }
    return st;
}

rsc_status personal_find(struct ctx *ctx, struct personal_list *out,
                         const struct layout *layout,
                         const struct span *contact, size_t n_contact)
{
    rsc_status st = reach_find(ctx, out, layout, contact[0]);

    for (size_t i = 0; i < layout->n_lines && !st; i++) {
        bool in_contact = false;
        for (size_t k = 0; k < n_contact; k++)
            in_contact =
                in_contact || (layout->lines[i].start >= contact[k].start &&
                               layout->lines[i].start < contact[k].end);
        if (!layout->lines[i].is_blank)
            st = find_in_line(ctx, out, layout, i, in_contact);
    }
    if (!st)
        st = find_in_words(ctx, out, layout->text);
    return st;
}
