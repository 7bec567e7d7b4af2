/* SPDX-License-Identifier: MIT */
#include "parse/date_point.h"

struct period_name {
    const char *name;
    int8_t first, last; /* months */
};

/* Sorted for find_period. The northern seasons; winter is the months after
 * New Year, as terms are named. */
static const struct period_name period_names[] = {
    {"apr", 4, 4},        {"april", 4, 4},     {"aug", 8, 8},
    {"august", 8, 8},     {"autumn", 9, 11},   {"dec", 12, 12},
    {"december", 12, 12}, {"dez", 12, 12},     {"dezember", 12, 12},
    {"fall", 9, 11},      {"feb", 2, 2},       {"februar", 2, 2},
    {"february", 2, 2},   {"jan", 1, 1},       {"januar", 1, 1},
    {"january", 1, 1},    {"jul", 7, 7},       {"juli", 7, 7},
    {"july", 7, 7},       {"jun", 6, 6},       {"june", 6, 6},
    {"juni", 6, 6},       {"mai", 5, 5},       {"mar", 3, 3},
    {"march", 3, 3},      {"may", 5, 5},       {"nov", 11, 11},
    {"november", 11, 11}, {"oct", 10, 10},     {"october", 10, 10},
    {"okt", 10, 10},      {"oktober", 10, 10}, {"q1", 1, 3},
    {"q2", 4, 6},         {"q3", 7, 9},        {"q4", 10, 12},
    {"sep", 9, 9},        {"sept", 9, 9},      {"september", 9, 9},
    {"spring", 3, 5},     {"summer", 6, 8},    {"winter", 1, 3},
};

static bool is_at(struct str text, size_t i, char c)
{
    return i < text.len && text.data[i] == c;
}

static bool has_digit(struct str text, size_t i)
{
    return i < text.len && ascii_is_digit((unsigned char)text.data[i]);
}

size_t date_skip_blank(struct str text, size_t i)
{
    for (;;) {
        if (i < text.len && (text.data[i] == ' ' || text.data[i] == '\t'))
            i++;
        else if (i + 1 < text.len && text.data[i] == '\xC2' &&
                 text.data[i + 1] == '\xA0')
            i += 2;
        else
            return i;
    }
}

struct str date_word(struct str text, size_t i)
{
    size_t end = i;

    while (end < text.len && ascii_is_alpha((unsigned char)text.data[end]))
        end++;
    return str_slice(text, i, end);
}

unsigned date_digits(struct str text, size_t *i, unsigned *value)
{
    unsigned n = 0;

    *value = 0;
    while (n < 9 && has_digit(text, *i)) {
        *value = *value * 10 + (unsigned)(text.data[*i] - '0');
        (*i)++;
        n++;
    }
    return n;
}

int date_full_year(unsigned two_digits, struct month as_of)
{
    unsigned limit = (unsigned)(as_of.year % 100) + 1;

    return (int)two_digits + (two_digits <= limit ? 2000 : 1900);
}

/* "Q1" is a word with a digit, so a period's name is read on its own. */
static const struct period_name *find_period(struct str text, size_t i,
                                             size_t *end)
{
    struct str word = date_word(text, i);
    size_t low = 0, high = sizeof(period_names) / sizeof(period_names[0]);

    if (word.len == 1 && ascii_lower(word.data[0]) == 'q' &&
        has_digit(text, i + 1))
        word.len = 2;
    if (word.len < 2 || word.len > 9)
        return NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *name = period_names[middle].name;
        size_t k = 0;
        while (k < word.len && name[k] == ascii_lower(word.data[k]))
            k++;
        if (k == word.len && !name[k]) {
            *end = i + word.len;
            return &period_names[middle];
        }
        char c = k < word.len ? ascii_lower(word.data[k]) : '\0';
        if (c < name[k])
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* An apostrophe, straight or curly; returns the place behind it, or i. */
static size_t skip_apostrophe(struct str text, size_t i)
{
    if (is_at(text, i, '\'') || is_at(text, i, '`'))
        return i + 1;
    struct str rest = str_slice(text, i, text.len);
    if (str_starts(rest, STR("\xE2\x80\x99")) ||
        str_starts(rest, STR("\xE2\x80\x98")))
        return i + 3;
    return i;
}

static void set_point(struct date_point *p, unsigned year, int first, int last)
{
    p->first = (struct month){(int16_t)year, (int8_t)first};
    p->last = (struct month){(int16_t)year, (int8_t)last};
    p->has_year = true;
}

/* A year at i: four digits, or an apostrophe and two. Returns its end, or 0.
 */
static size_t read_year(struct str text, size_t i,
                        const struct date_rules *rules, unsigned *year)
{
    size_t at = skip_apostrophe(text, i);
    size_t end = at;
    unsigned n = date_digits(text, &end, year);

    if (n == 4 && at == i)
        return end;
    if (n == 2 && at > i) {
        *year = (unsigned)date_full_year(*year, rules->as_of);
        return end;
    }
    return 0;
}

/* Behind "st", "nd", "rd", "th" at i, or i. */
static size_t skip_ordinal(struct str text, size_t i)
{
    struct str word = date_word(text, i);

    if (str_eq_nocase(word, STR("st")) || str_eq_nocase(word, STR("nd")) ||
        str_eq_nocase(word, STR("rd")) || str_eq_nocase(word, STR("th")))
        return i + 2;
    return i;
}

/* What may stand between a month and its year. */
static size_t skip_joint(struct str text, size_t i)
{
    if (is_at(text, i, '.'))
        i++;
    i = date_skip_blank(text, i);
    if (is_at(text, i, ',') || is_at(text, i, '/') || is_at(text, i, '-'))
        i = date_skip_blank(text, i + 1);
    struct str word = date_word(text, i);
    if (str_eq_nocase(word, STR("of")) || str_eq_nocase(word, STR("term")) ||
        str_eq_nocase(word, STR("semester")))
        i = date_skip_blank(text, i + word.len);
    return i;
}

/* "15, 2019" or "15th 2019" behind a month; returns the end, or 0. */
static size_t read_day_year(struct str text, size_t i,
                            const struct date_rules *rules, unsigned *year)
{
    unsigned day;
    unsigned n = date_digits(text, &i, &day);

    if (n == 0 || n > 2 || day == 0 || day > 31)
        return 0;
    i = date_skip_blank(text, skip_ordinal(text, i));
    if (is_at(text, i, ',') || is_at(text, i, '-') || is_at(text, i, '/'))
        i = date_skip_blank(text, i + 1);
    return read_year(text, i, rules, year);
}

/* A month, season or quarter by name, with its year if it has one. */
static bool read_named(struct str text, size_t at,
                       const struct date_rules *rules, struct date_point *out)
{
    size_t end = 0;
    const struct period_name *name = find_period(text, at, &end);
    unsigned year = 0;

    if (!name)
        return false;
    size_t i = skip_joint(text, end);
    size_t behind = read_year(text, i, rules, &year);
    if (!behind)
        behind = read_day_year(text, i, rules, &year);
    if (behind) {
        set_point(out, year, name->first, name->last);
        out->end = behind;
        return true;
    }
    /* "May 15 - Jun 17": two digits may be a year beside another date. */
    size_t digits_end = i;
    if (i > end && date_digits(text, &digits_end, &year) == 2) {
        set_point(out, (unsigned)date_full_year(year, rules->as_of),
                  name->first, name->last);
        out->is_weak = true;
        out->end = digits_end;
        return true;
    }
    out->first.month = name->first;
    out->last.month = name->last;
    out->has_year = false;
    out->end = end + (is_at(text, end, '.') ? 1 : 0);
    return true;
}

/* "2011-12 - 2012-03": a dash or "to" and a year of four digits at i. */
static bool has_year_behind(struct str text, size_t i)
{
    unsigned year;

    i = date_skip_blank(text, i);
    struct str word = date_word(text, i);
    if (str_eq_nocase(word, STR("to")))
        i += 2;
    else
        while (i < text.len && strchr("-\xE2\x80\x93\x94", text.data[i]))
            i++;
    i = date_skip_blank(text, i);
    return date_digits(text, &i, &year) == 4;
}

/* A year of four digits is read; maybe a month follows. */
static bool read_after_year(struct str text, size_t i, unsigned year,
                            struct date_point *out)
{
    size_t at = i, period_end = 0;
    unsigned month = 0, day = 0;

    set_point(out, year, 0, 0);
    out->is_year = true;
    out->end = i;
    char sep = at < text.len ? text.data[at] : '\0';
    if ((sep == '-' || sep == '/' || sep == '.') && has_digit(text, at + 1)) {
        at++;
        unsigned n = date_digits(text, &at, &month);
        bool is_short_range = n == 2 && sep != '.' && month == year % 100 + 1 &&
                              !is_at(text, at, sep) &&
                              !has_year_behind(text, at);
        if (n <= 2 && month >= 1 && month <= 12 && !is_short_range) {
            set_point(out, year, (int)month, (int)month);
            out->is_year = false;
            out->is_iso = true;
            out->end = at;
            if (is_at(text, at, sep)) {
                at++;
                n = date_digits(text, &at, &day);
                if (n == 2 && day >= 1 && day <= 31)
                    out->end = at;
            }
        }
        return true;
    }
    at = date_skip_blank(text, at);
    const struct period_name *name = find_period(text, at, &period_end);
    if (name && name->last - name->first == 2 &&
        !has_digit(text, date_skip_blank(text, period_end))) {
        set_point(out, year, name->first, name->last);
        out->is_year = false;
        out->end = period_end;
    }
    return true;
}

/* "03/15/2019", "15.03.2019", "03/2015", "06/19" behind the number a. */
static bool read_slashed(struct str text, size_t i, unsigned a,
                         const struct date_rules *rules, struct date_point *out)
{
    unsigned b, c;
    char sep = text.data[i];
    size_t at = date_skip_blank(text, i + 1);
    unsigned n = date_digits(text, &at, &b);

    if (n == 4) {
        if (a < 1 || a > 12)
            return false;
        set_point(out, b, (int)a, (int)a);
        out->end = at;
        return true;
    }
    if (n == 0 || n > 2)
        return false;
    if (is_at(text, at, sep) && has_digit(text, at + 1)) {
        size_t end = at + 1;
        unsigned digits = date_digits(text, &end, &c);
        /* With a slash the month comes first, as in America, unless it
         * cannot be one. */
        bool day_first =
            a > 12 || ((sep != '/' || rules->day_first) && b <= 12);
        unsigned month = day_first ? b : a, day = day_first ? a : b;
        if ((digits != 4 && digits != 2) || month < 1 || month > 12 ||
            day < 1 || day > 31)
            return false;
        if (digits == 2)
            c = (unsigned)date_full_year(c, rules->as_of);
        set_point(out, c, (int)month, (int)month);
        out->end = end;
        return true;
    }
    if (sep != '/' || n != 2 || a < 1 || a > 12)
        return false;
    set_point(out, (unsigned)date_full_year(b, rules->as_of), (int)a, (int)a);
    out->is_weak = true;
    out->end = at;
    return true;
}

/* "15 Jan 2019", "1st quarter 2019" behind the number a. */
static bool read_day_month(struct str text, size_t i, unsigned a,
                           const struct date_rules *rules,
                           struct date_point *out)
{
    unsigned year;
    size_t at = skip_ordinal(text, i);
    bool is_ordinal = at > i;

    at = date_skip_blank(text, at);
    if (is_at(text, at, '-') || is_at(text, at, '.'))
        at = date_skip_blank(text, at + 1);
    struct str word = date_word(text, at);
    if (is_ordinal && a >= 1 && a <= 4 && str_eq_nocase(word, STR("quarter"))) {
        at = skip_joint(text, at + word.len);
        size_t end = read_year(text, at, rules, &year);
        if (!end)
            return false;
        set_point(out, year, (int)a * 3 - 2, (int)a * 3);
        out->end = end;
        return true;
    }
    if (a < 1 || a > 31 || !word.len || !read_named(text, at, rules, out))
        return false;
    return out->has_year && !out->is_weak &&
           out->first.month == out->last.month;
}

static bool read_numeric(struct str text, size_t at,
                         const struct date_rules *rules, struct date_point *out)
{
    unsigned a;
    size_t i = at;
    unsigned n = date_digits(text, &i, &a);

    if (n == 4)
        return a >= 1900 && a <= 2199 && read_after_year(text, i, a, out);
    if (n == 0 || n > 2)
        return false;
    size_t sep = date_skip_blank(text, i);
    if (is_at(text, sep, '/') ||
        (sep == i && (is_at(text, i, '.') || is_at(text, i, '-')))) {
        if (read_slashed(text, sep, a, rules, out))
            return true;
    }
    return read_day_month(text, i, a, rules, out);
}

bool date_point_read(struct str text, size_t at, const struct date_rules *rules,
                     struct date_point *out)
{
    unsigned year;

    *out = (struct date_point){0};
    if (at >= text.len)
        return false;
    if (has_digit(text, at)) {
        out->is_numeric = true;
        return read_numeric(text, at, rules, out);
    }
    if (ascii_is_alpha((unsigned char)text.data[at]))
        return read_named(text, at, rules, out);
    size_t end = read_year(text, at, rules, &year);
    if (!end)
        return false;
    set_point(out, year, 0, 0);
    out->is_weak = true;
    out->is_numeric = true;
    out->end = end;
    return true;
}
