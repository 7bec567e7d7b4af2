/* SPDX-License-Identifier: MIT */
#include "score/swap.h"

#include "base/vec.h"

/* Names as they are common in many countries, women's, men's and both; Ruby
 * is also a word of the trades and must earn nothing. Names that are also
 * occupations (Mason, Baker, Cook) are left out: at the head of a resume they
 * are not always told from a title yet, which docs/scoring.md says. */
static const char *const first_names[] = {
    "Emily",  "Lakisha", "Greg",   "Jamal",     "Ruby",    "Mohammed",
    "Fatima", "Wei",     "Yuki",   "Priya",     "Arjun",   "Olga",
    "Dmitri", "Siobhan", "Lars",   "Ingrid",    "Carlos",  "Guadalupe",
    "Thandi", "Kwame",   "Ngozi",  "Aiyana",    "Kai",     "Leilani",
    "Hans",   "Giulia",  "Zeynep", "Mehmet",    "Minh",    "Thuy",
    "Clay",   "Dakota",  "Alex",   "Jordan",    "Taylor",  "Beatriz",
    "Joao",   "Chantal", "Pierre", "Agnieszka", "Tomasz",  "Rivka",
    "Moshe",  "Anjali",  "Sunita", "Keisha",    "DeShawn",
};
static const char *const last_names[] = {
    "Walsh",    "Washington", "Jefferson", "Jenkins", "Hassan",    "Rahman",
    "Zhang",    "Tanaka",     "Sharma",    "Patel",   "Ivanova",   "Petrov",
    "Murphy",   "Larsen",     "Berg",      "Garcia",  "Hernandez", "Ndlovu",
    "Mensah",   "Okafor",     "Begay",     "Kealoha", "Mueller",   "Rossi",
    "Yilmaz",   "Nguyen",     "Tran",      "Silva",   "Santos",    "Dubois",
    "Kowalski", "Cohen",      "Levi",      "Gupta",   "Reddy",     "Robinson",
    "Jackson",  "Smith",      "Johnson",
};
static const char *const nationalities[] = {
    "American",  "Nigerian",   "Indian",   "Chinese",  "Japanese", "Mexican",
    "Brazilian", "German",     "French",   "Polish",   "Turkish",  "Pakistani",
    "Kenyan",    "Ghanaian",   "Filipino", "Russian",  "Irish",    "Italian",
    "Spanish",   "Vietnamese", "British",  "Canadian", "Korean",   "Egyptian",
};
static const char *const streets[] = {"Maple Street",   "Lincoln Avenue",
                                      "Station Road",   "Hill Lane",
                                      "Mission Street", "Harbour Road"};
static const char *const towns[] = {"Springfield", "Oakland", "Detroit",
                                    "Manchester",  "Lagos",   "Hamburg"};

/* Words that say a gender or a marital status, with what stands for them in
 * the other variant. */
static const char *const gender_pairs[][2] = {
    {"he", "she"},           {"him", "her"},      {"his", "her"},
    {"himself", "herself"},  {"mr", "ms"},        {"mister", "miss"},
    {"sir", "madam"},        {"male", "female"},  {"man", "woman"},
    {"father", "mother"},    {"husband", "wife"}, {"married", "single"},
    {"divorced", "widowed"}, {"m", "f"},          {"they", "she"},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A different, but repeatable number for each place that is swapped. */
static uint32_t mix(uint32_t seed, uint32_t place)
{
    uint32_t h = seed * 2654435761u ^ place * 2246822519u;
    h ^= h >> 15;
    h *= 2246822519u;
    return h ^ h >> 13;
}

size_t swap_names(void)
{
    return COUNT(first_names);
}

struct swap_person swap_person_of(uint32_t seed)
{
    /* Names walk through the lists, so that few seeds give many. */
    return (struct swap_person){
        str_of(first_names[seed % COUNT(first_names)]),
        str_of(last_names[(seed * 5 + seed / COUNT(first_names)) %
                          COUNT(last_names)]),
        str_of(nationalities[mix(seed, 7) % COUNT(nationalities)]),
    };
}

struct swapping {
    struct buf *out;
    struct swap_person person;
    uint32_t seed, place;
    bool keep_small; /* "de", "van" in a name that has capitals */
};

static bool is_letter(char c)
{
    return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
           (unsigned char)c >= 0x80;
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Appends word in the letter case of model: "MARIA" gives "EMILY". */
static void put_like(struct buf *out, struct str word, struct str model)
{
    bool all = model.len > 1, first = model.len > 0 &&
                                      is_letter(model.data[0]) &&
                                      upper(model.data[0]) == model.data[0];
    for (size_t i = 0; i < model.len && all; i++)
        all = upper(model.data[i]) == model.data[i];
    for (size_t i = 0; i < word.len; i++)
        buf_put_char(out,
                     all || (first && i == 0)
                         ? upper(word.data[i])
                         : (first ? word.data[i] : ascii_lower(word.data[i])));
}

/* Calls for each word of the span, copies what is between them. */
static void each_word(struct swapping *s, struct str text,
                      void (*put)(struct swapping *s, struct str word,
                                  bool is_last))
{
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        while (i < text.len && is_letter(text.data[i]))
            i++;
        if (i == start) {
            buf_put_char(s->out, text.data[i++]);
            continue;
        }
        bool last = true;
        for (size_t k = i; k < text.len && last; k++)
            last = !is_letter(text.data[k]);
        put(s, str_slice(text, start, i), last);
    }
}

static void put_name(struct swapping *s, struct str word, bool is_last)
{
    if (s->keep_small && word.data[0] >= 'a' && word.data[0] <= 'z')
        buf_put(s->out, word);
    else if (word.len == 1) /* an initial */
        buf_put_char(s->out, upper(is_last ? s->person.last.data[0]
                                           : s->person.first.data[0]));
    else
        put_like(s->out, is_last ? s->person.last : s->person.first, word);
}

static void put_gender(struct swapping *s, struct str word, bool is_last)
{
    (void)is_last;
    for (size_t i = 0; i < COUNT(gender_pairs); i++)
        for (size_t k = 0; k < 2; k++)
            if (str_eq_nocase(word, str_of(gender_pairs[i][k]))) {
                put_like(s->out, str_of(gender_pairs[i][!k]), word);
                return;
            }
    buf_put(s->out, word);
}

static void put_nationality(struct swapping *s, struct str word, bool is_last)
{
    (void)is_last;
    /* Labels stay: "Nationality: German citizen". */
    for (size_t i = 0; i < COUNT(nationalities); i++)
        if (str_eq_nocase(word, str_of(nationalities[i]))) {
            put_like(s->out, s->person.nationality, word);
            return;
        }
    buf_put(s->out, word);
}

/* Other digits in the same places; a year stays one of its century. */
static void put_digits(struct swapping *s, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        size_t n = 0;
        while (i + n < text.len &&
               ascii_is_digit((unsigned char)text.data[i + n]))
            n++;
        if (n == 0) {
            buf_put_char(s->out, text.data[i++]);
            continue;
        }
        uint32_t h = mix(s->seed, s->place++);
        if (n == 4) /* a year between 1961 and 1999, as birth dates are */
            buf_printf(s->out, "19%02u", 61 + h % 39);
        else if (n == 2) /* a day, a month, an age */
            buf_printf(s->out, "%02u", 10 + h % 3);
        else
            for (size_t k = 0; k < n; k++)
                buf_put_char(s->out, (char)('1' + mix(h, (uint32_t)k) % 9));
        i += n;
    }
}

static void put_school_year(struct swapping *s, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint64_t year;
        if (i + 4 <= text.len &&
            str_to_u64(str_slice(text, i, i + 4), 9999, &year)) {
            /* Between 1971 and 2019: a whole working life. */
            buf_printf(s->out, "%u", 1971 + mix(s->seed, s->place++) % 49);
            i += 4;
        } else {
            buf_put_char(s->out, text.data[i++]);
        }
    }
}

static void put_lower(struct buf *out, struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        buf_put_char(out, ascii_lower(word.data[i]));
}

static void put_address(struct swapping *s)
{
    uint32_t h = mix(s->seed, s->place++);
    buf_printf(s->out, "%u %s, %s %05u", 1 + h % 999,
               streets[h % COUNT(streets)], towns[(h >> 8) % COUNT(towns)],
               10000 + h % 89999);
}

static void put_swapped(struct swapping *s, enum personal_kind kind,
                        struct str text)
{
    switch (kind) {
    case PERSONAL_NAME:
        s->keep_small = false;
        for (size_t i = 0; i < text.len; i++)
            s->keep_small |= ascii_is_upper((unsigned char)text.data[i]);
        each_word(s, text, put_name);
        break;
    case PERSONAL_EMAIL:
        put_lower(s->out, s->person.first);
        buf_put_char(s->out, '.');
        put_lower(s->out, s->person.last);
        buf_printf(s->out, "%u@example.org", mix(s->seed, s->place++) % 100);
        break;
    case PERSONAL_LINK:
        buf_put(s->out, STR("https://example.org/in/"));
        put_lower(s->out, s->person.first);
        put_lower(s->out, s->person.last);
        break;
    case PERSONAL_ADDRESS:
        put_address(s);
        break;
    case PERSONAL_GENDER:
        each_word(s, text, put_gender);
        break;
    case PERSONAL_NATIONALITY:
        each_word(s, text, put_nationality);
        break;
    case PERSONAL_GRADUATION_YEAR:
        put_school_year(s, text);
        break;
    case PERSONAL_PHONE:
    case PERSONAL_BIRTH:
        put_digits(s, text);
        break;
    case PERSONAL_PHOTO:
    case PERSONAL_OTHER:
        buf_put(s->out, text);
        break;
    }
}

rsc_status swap_make(struct ctx *ctx, struct str *out,
                     struct swap_counts *counts, const struct resume *resume,
                     uint32_t seed)
{
    struct str text = resume->document->text;
    struct buf variant;
    struct swapping s = {
        .out = &variant, .person = swap_person_of(seed), .seed = seed};
    size_t at = 0;
    *counts = (struct swap_counts){0};
    buf_init(&variant, ctx->arena.mem, SIZE_MAX / 2);
    for (size_t i = 0; i < resume->n_personal; i++) {
        const struct personal *personal = &resume->personal[i];
        buf_put(&variant, str_slice(text, at, personal->span.start));
        put_swapped(&s, personal->kind, span_of(text, personal->span));
        at = personal->span.end;
        counts->of[personal->kind]++;
        counts->all++;
    }
    buf_put(&variant, str_slice(text, at, text.len));
    bool failed = variant.failed;
    *out = ctx_copy(ctx, buf_str(&variant));
    buf_clear(&variant);
    if (failed)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    return ctx->error.status;
}
