/* SPDX-License-Identifier: MIT */
#include "parse/role_fields.h"

#include "parse/places.h"
#include "parse/titles.h"
#include "text/wordlist.h"

#define MAX_PIECES 24 /* a header has about four */

enum piece_kind {
    PIECE_OTHER,
    PIECE_TITLE,
    PIECE_WEAK_TITLE,
    PIECE_EMPLOYER,
    PIECE_PLACE,
    PIECE_NOISE,
};

struct piece {
    struct span span;
    enum piece_kind kind;
    bool after_comma; /* belongs to the piece before it, maybe */
    bool after_at;    /* "at", "@": what follows is the employer */
    bool is_county;   /* "Holmes County" */
    bool is_region;   /* a state or country, which a city stands before */
};

struct pieces {
    struct piece items[MAX_PIECES];
    size_t len;
};

/* Endings that only companies have. */
static const char *const legal_forms[] = {
    "ag",  "bv",  "co",      "company", "corp", "corporation", "gmbh",
    "inc", "kg",  "limited", "llc",     "llp",  "ltd",         "nv",
    "plc", "pty", "pvt",     "sa",      "srl",
};

/* What is neither title nor employer nor place. */
static const char *const noise_names[] = {
    "(contract)", "contract",      "contractor role", "date",      "dates",
    "freelance",  "from",          "full time",       "full-time", "fulltime",
    "internship", "part time",     "part-time",       "per diem",  "permanent",
    "seasonal",   "self-employed", "since",           "temporary", "temp",
    "to",
};

static struct span trim_piece(struct str text, struct span s)
{
    for (;;) {
        struct str rest = span_of(text, s);
        if (!rest.len)
            return s;
        if (strchr(" \t\n,;|-:()[]/.~*_#", rest.data[0]))
            s.start++;
        else if (str_starts(rest, STR("\xE2\x80\x93")) ||
                 str_starts(rest, STR("\xE2\x80\x94")) ||
                 str_starts(rest, STR("\xE2\x80\xA2")))
            s.start += 3;
        else if (str_starts(rest, STR("\xC2\xB7")) ||
                 str_starts(rest, STR("\xC2\xAD")) ||
                 str_starts(rest, STR("\xC2\xA0")))
            s.start += 2;
        else if (strchr(" \t\n,;|-:([/~*_", rest.data[rest.len - 1]))
            s.end--;
        else if (str_ends(rest, STR("\xE2\x80\x93")) ||
                 str_ends(rest, STR("\xE2\x80\x94")) ||
                 str_ends(rest, STR("\xE2\x80\xA2")))
            s.end -= 3;
        else if (str_ends(rest, STR("\xC2\xB7")) ||
                 str_ends(rest, STR("\xC2\xAD")) ||
                 str_ends(rest, STR("\xC2\xA0")))
            s.end -= 2;
        else if (rest.data[rest.len - 1] == ')' &&
                 str_find(rest, STR("("), 0) == SIZE_MAX)
            s.end--;
        else
            return s;
    }
}

static struct str last_word_of(struct str phrase)
{
    size_t end = phrase.len;

    while (end > 0 && !ascii_is_alnum((unsigned char)phrase.data[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && ascii_is_alnum((unsigned char)phrase.data[start - 1]))
        start--;
    return str_slice(phrase, start, end);
}

static bool is_noise(struct str phrase)
{
    for (size_t i = 0; i < sizeof(noise_names) / sizeof(noise_names[0]); i++) {
        if (str_eq_nocase(phrase, str_of(noise_names[i])))
            return true;
    }
    /* "2 years 10 months", "(3 yrs)" */
    return phrase.len && ascii_is_digit((unsigned char)phrase.data[0]) &&
           (str_find_nocase(phrase, STR("year"), 0) != SIZE_MAX ||
            str_find_nocase(phrase, STR("yr"), 0) != SIZE_MAX ||
            str_find_nocase(phrase, STR("mo"), 0) != SIZE_MAX) &&
           phrase.len < 24;
}

/* "92A", "#4411": a number with a few letters. */
static bool is_code(struct str phrase)
{
    size_t digits = 0;

    for (size_t i = 0; i < phrase.len; i++) {
        if (phrase.data[i] == ' ')
            return false;
        digits += ascii_is_digit((unsigned char)phrase.data[i]);
    }
    return digits && phrase.len <= 6;
}

/* The label of the entity that is most of the span; empty without one. */
static struct str label_of(const struct resume_options *options,
                           struct span span)
{
    for (size_t i = 0; options && i < options->n_entities; i++) {
        const struct entity_span *e = &options->entities[i];
        if (span_overlaps(e->span, span) &&
            (e->span.end - e->span.start) * 2 >= span.end - span.start)
            return e->label;
    }
    return STR("");
}

static bool is_organisation(const struct resume_options *options,
                            struct span span)
{
    return str_eq(label_of(options, span), STR("ORG"));
}

static bool is_place(const struct resume_options *options, struct span span)
{
    struct str label = label_of(options, span);

    return str_eq(label, STR("GPE")) || str_eq(label, STR("LOC"));
}

/* "Ohio." at the end of a sentence is Ohio. */
static enum place_kind place_of(struct str phrase)
{
    enum place_kind kind = place_judge(phrase);

    /* "Co. Mayo" */
    if (str_starts(phrase, STR("Co. ")) && phrase.len < 20)
        return PLACE_REGION;
    if (kind == PLACE_NO && str_ends(phrase, STR(".")))
        kind = place_judge(str_slice(phrase, 0, phrase.len - 1));
    return kind;
}

static bool is_legal_form(struct str word)
{
    for (size_t i = 0; i < sizeof(legal_forms) / sizeof(legal_forms[0]); i++) {
        if (str_eq_nocase(word, str_of(legal_forms[i])))
            return true;
    }
    return false;
}

static enum piece_kind judge(struct str phrase)
{
    struct str last = last_word_of(phrase);

    if (is_noise(phrase) || is_code(phrase))
        return PIECE_NOISE;
    if (is_legal_form(last))
        return PIECE_EMPLOYER;
    enum title_strength strength = title_judge(phrase);
    if (strength == TITLE_STRONG)
        return PIECE_TITLE;
    if (place_of(phrase) != PLACE_NO)
        return PIECE_PLACE;
    if (place_employer_words(phrase))
        return PIECE_EMPLOYER;
    return strength == TITLE_WEAK ? PIECE_WEAK_TITLE : PIECE_OTHER;
}

/* "Employer: X", "Worked as X": cuts the label off and tells what X is. */
static enum piece_kind cut_label(struct str text, struct span *span)
{
    static const struct {
        const char *label;
        enum piece_kind kind;
    } labels[] = {
        {"employer:", PIECE_EMPLOYER},
        {"company:", PIECE_EMPLOYER},
        {"organization:", PIECE_EMPLOYER},
        {"organisation:", PIECE_EMPLOYER},
        {"company name:", PIECE_EMPLOYER},
        {"client:", PIECE_EMPLOYER},
        {"position:", PIECE_TITLE},
        {"title:", PIECE_TITLE},
        {"job title:", PIECE_TITLE},
        {"role:", PIECE_TITLE},
        {"designation:", PIECE_TITLE},
        {"position held:", PIECE_TITLE},
        {"location:", PIECE_PLACE},
        {"place:", PIECE_PLACE},
        {"currently working as ", PIECE_OTHER},
        {"presently working as ", PIECE_OTHER},
        {"working as ", PIECE_OTHER},
        {"worked as ", PIECE_OTHER},
        {"since ", PIECE_OTHER},
        {"from ", PIECE_OTHER},
    };
    struct str rest = span_of(text, *span);
    enum piece_kind kind = PIECE_OTHER;

    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
        struct str label = str_of(labels[i].label);
        if (!str_starts_nocase(rest, label))
            continue;
        span->start += (uint32_t)label.len;
        kind = labels[i].kind;
        rest = span_of(text, *span);
    }
    if (str_ends_nocase(rest, STR(" from")) ||
        str_ends_nocase(rest, STR(" From")))
        span->end -= 5;
    return kind;
}

static void put_piece(struct pieces *p, struct str text, struct span span,
                      struct piece like)
{
    span = trim_piece(text, span);
    enum piece_kind label = cut_label(text, &span);
    span = trim_piece(text, span);
    if (span_is_empty(span) || p->len == MAX_PIECES)
        return;
    struct str phrase = span_of(text, span);
    /* "Paperlane Software, Inc." is one name. */
    if (like.after_comma && p->len && phrase.len <= 12 &&
        is_legal_form(last_word_of(phrase)) &&
        str_find(phrase, STR(" "), 0) == SIZE_MAX) {
        struct piece *before = &p->items[p->len - 1];
        before->span.end = span.end;
        before->kind = PIECE_EMPLOYER;
        return;
    }
    like.span = span;
    like.kind = label == PIECE_OTHER ? judge(phrase) : label;
    like.is_region = place_of(phrase) == PLACE_REGION;
    like.is_county = str_ends_nocase(phrase, STR(" county"));
    p->items[p->len++] = like;
}

static void add_piece(struct pieces *p, struct str text, struct span span,
                      struct piece like)
{
    /* Sites that anonymise put this in place of the employer, and no mark
     * before or behind it. */
    size_t blank = str_find(span_of(text, span), STR("Company Name"), 0);
    if (blank != SIZE_MAX && span.end - span.start > 14) {
        uint32_t at = span.start + (uint32_t)blank;
        put_piece(p, text, (struct span){span.start, at}, like);
        put_piece(p, text, (struct span){at, at + 12}, (struct piece){0});
        put_piece(p, text, (struct span){at + 12, span.end},
                  (struct piece){.after_comma = true});
        return;
    }
    put_piece(p, text, span, like);
}

/* Length of the separator at i, and whether it is one that only titles and
 * employers have between them. */
static size_t separator_at(struct str line, size_t i, struct piece *next)
{
    static const struct {
        const char *text;
        bool is_at;
    } marks[] = {
        {"\t", false},
        {"|", false},
        {"  ", false},
        {" - ", false},
        {" \xE2\x80\x93 ", false},
        {" \xE2\x80\x94 ", false},
        {" \xE2\x80\xA2 ", false},
        {" \xC2\xB7 ", false},
        /* dashes that were decoded wrongly */
        {" \xC3\xA2\xE2\x82\xAC\xE2\x80\x9C ", false},
        {" \xC3\xAF\xC2\xBC ", false},
        {" \xC2\xAD ", false},
        {" // ", false},
        {" @ ", true},
        {" at ", true},
        {" with ", true},
        {"; ", false},
        {" (", false},
    };
    struct str rest = str_slice(line, i, line.len);

    for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
        if (!str_starts(rest, str_of(marks[k].text)))
            continue;
        *next = (struct piece){.after_at = marks[k].is_at};
        return strlen(marks[k].text);
    }
    if (line.data[i] == ',') {
        *next = (struct piece){.after_comma = true};
        return 1;
    }
    return 0;
}

/* Cuts a run of text without dates. */
static void cut(struct pieces *p, struct str text, struct span run)
{
    struct str line = str_slice(text, 0, run.end);
    struct piece like = {0}, next;
    uint32_t start = run.start;

    for (uint32_t i = run.start; i < run.end;) {
        size_t len = separator_at(line, i, &next);
        if (!len) {
            i++;
            continue;
        }
        add_piece(p, text, (struct span){start, i}, like);
        i += (uint32_t)len;
        start = i;
        like = next;
    }
    add_piece(p, text, (struct span){start, run.end}, like);
}

static void cut_line(struct pieces *p, const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    uint32_t at = line->span.start;

    for (uint32_t k = 0; k < line->n_dates; k++) {
        struct span date = layout->dates[line->first_date + k].span;
        if (date.start > at)
            cut(p, layout->text, (struct span){at, date.start});
        at = date.end > at ? date.end : at;
    }
    if (at < line->span.end)
        cut(p, layout->text, (struct span){at, line->span.end});
}

/* "Yuma, AZ": a state or country makes a place of the piece before it, if
 * that is not all that is left for the employer. */
static void join_places(struct pieces *p)
{
    for (size_t i = 1; i < p->len; i++) {
        struct piece *a = &p->items[i - 1], *b = &p->items[i];
        bool is_spare = p->len > 2 && (i > 1 || p->len > 3);
        if (b->is_region && b->after_comma &&
            (a->kind == PIECE_OTHER || a->is_county) && is_spare &&
            a->span.end - a->span.start < 30)
            a->kind = PIECE_PLACE;
    }
}

/* The first piece of a kind, from `from` on, or NULL. */
static struct piece *first_of(struct pieces *p, enum piece_kind kind)
{
    for (size_t i = 0; i < p->len; i++) {
        if (p->items[i].kind == kind)
            return &p->items[i];
    }
    return NULL;
}

static void choose_title(struct pieces *p, struct role_fields *out)
{
    struct piece *title = first_of(p, PIECE_TITLE);

    if (!title)
        title = first_of(p, PIECE_WEAK_TITLE);
    if (!title)
        return;
    title->kind = PIECE_NOISE;
    out->title = title->span;
    out->is_title_known = true;
    /* "Director, Human Resources" with the employer elsewhere. */
    size_t next = (size_t)(title - p->items) + 1;
    if (next < p->len && p->items[next].after_comma &&
        p->items[next].kind == PIECE_OTHER && first_of(p, PIECE_EMPLOYER)) {
        out->title.end = p->items[next].span.end;
        p->items[next].kind = PIECE_NOISE;
    }
}

/* The first piece that no rule knows, unless the entities make it a place and
 * a later one an organisation. They err too often to overrule a rule. */
static struct piece *unknown_employer(struct pieces *p,
                                      const struct resume_options *options)
{
    struct piece *first = first_of(p, PIECE_OTHER);

    if (!first || !is_place(options, first->span))
        return first;
    for (struct piece *next = first + 1; next < p->items + p->len; next++) {
        if (next->kind != PIECE_OTHER || !is_organisation(options, next->span))
            continue;
        first->kind = PIECE_PLACE;
        return next;
    }
    return first;
}

static void choose_employer(struct pieces *p,
                            const struct resume_options *options,
                            struct role_fields *out)
{
    struct piece *employer = NULL;

    for (size_t i = 0; i < p->len && !employer; i++) {
        struct piece *piece = &p->items[i];
        if (piece->kind == PIECE_NOISE)
            continue;
        if (piece->after_at)
            employer = piece;
    }
    if (!employer)
        employer = first_of(p, PIECE_EMPLOYER);
    out->is_employer_known = employer != NULL;
    if (!employer)
        employer = unknown_employer(p, options);
    if (!employer)
        employer = first_of(p, PIECE_WEAK_TITLE);
    /* A second title may be a company that is called so: "Butcher". */
    if (!employer && !span_is_empty(out->title))
        employer = first_of(p, PIECE_TITLE);
    if (!employer)
        return;
    out->employer = employer->span;
    employer->kind = PIECE_NOISE;
    /* Nothing stands between them, nor a place behind: "Associate,
     * Litigation", but "Clerk (part-time), Tesco" and "Clerk, Tesco, Leeds". */
    out->is_employer_joined =
        employer->after_comma && employer->span.start > out->title.end &&
        employer->span.start <= out->title.end + 2 && !first_of(p, PIECE_PLACE);
    /* "Hotel Alvor, Portimao": what follows the employer is where it is. */
    size_t next = (size_t)(employer - p->items) + 1;
    if (next < p->len && p->items[next].kind == PIECE_OTHER &&
        !first_of(p, PIECE_PLACE) && !span_is_empty(out->title) &&
        p->items[next].span.end - p->items[next].span.start < 30)
        p->items[next].kind = PIECE_PLACE;
}

static void choose_location(struct pieces *p, struct role_fields *out)
{
    struct piece *first = first_of(p, PIECE_PLACE);

    if (!first)
        return;
    out->location = first->span;
    for (size_t i = (size_t)(first - p->items) + 1;
         i < p->len && p->items[i].kind == PIECE_PLACE &&
         p->items[i].after_comma;
         i++)
        out->location.end = p->items[i].span.end;
}

void role_fields_read(const struct layout *layout, size_t first, size_t last,
                      const struct resume_options *options,
                      struct role_fields *out)
{
    struct pieces p = {.len = 0};

    *out = (struct role_fields){0};
    for (size_t i = first; i <= last; i++) {
        if (!layout->lines[i].is_blank)
            cut_line(&p, layout, i);
    }
    join_places(&p);
    choose_title(&p, out);
    choose_employer(&p, options, out);
    choose_location(&p, out);
    /* Two unknown pieces: the first one is taken as the title. */
    struct piece *other = first_of(&p, PIECE_OTHER);
    if (span_is_empty(out->title) && other && !out->is_employer_known) {
        out->title = out->employer;
        out->employer = other->span;
    } else if (span_is_empty(out->title) && other) {
        out->title = other->span;
    }
    if (!span_is_empty(out->title) && !span_is_empty(out->employer))
        out->is_employer_above = layout_line_at(layout, out->employer.start) <
                                 layout_line_at(layout, out->title.start);
}

unsigned role_fields_words(const struct layout *layout, size_t i)
{
    const struct layout_line *line = &layout->lines[i];
    uint32_t at = line->span.start;
    unsigned n = 0;

    for (;;) {
        struct span word = wordlist_next_word(layout->text, line->span, &at);
        if (span_is_empty(word))
            return n;
        bool is_date = false;
        for (uint32_t k = 0; k < line->n_dates && k < 8; k++)
            is_date =
                is_date ||
                span_overlaps(word, layout->dates[line->first_date + k].span);
        n += !is_date;
    }
}
