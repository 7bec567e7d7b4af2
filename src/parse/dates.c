/* SPDX-License-Identifier: MIT */
#include "parse/dates.h"

#include <stdlib.h>

#include "base/vec.h"
#include "parse/date_point.h"

#define YEARS_BACK  80 /* nobody's working life is longer */
#define YEARS_AHEAD 6  /* a fixed-term contract or a degree course */

static bool has_digit_at(struct str text, size_t i)
{
    return i < text.len && ascii_is_digit((unsigned char)text.data[i]);
}

/* The separators of a range, as bytes: hyphens, dashes, minus, soft hyphen,
 * arrows, and the en dash that was decoded wrongly. */
static size_t skip_dash(struct str text, size_t i)
{
    static const char *const dashes[] = {
        "-",
        "\xE2\x80\x93",
        "\xE2\x80\x94",
        "\xE2\x80\x90",
        "\xE2\x80\x91",
        "\xE2\x80\x92",
        "\xE2\x80\x95",
        "\xE2\x88\x92",
        "\xC2\xAD",
        "~",
        "\xE2\x86\x92",
        ">",
        "\xC3\xA2\xE2\x82\xAC\xE2\x80\x9C",
    };
    struct str rest = str_slice(text, i, text.len);
    bool found = true;

    while (found) {
        found = false;
        for (size_t k = 0; k < sizeof(dashes) / sizeof(dashes[0]); k++) {
            struct str dash = str_of(dashes[k]);
            if (str_starts(rest, dash)) {
                rest = str_slice(rest, dash.len, rest.len);
                found = true;
            }
        }
    }
    return text.len - rest.len;
}

static bool is_one_of(struct str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    }
    return false;
}

#define ONE_OF(word, list)                                                     \
    is_one_of((word), (list), sizeof(list) / sizeof((list)[0]))

static const char *const range_words[] = {"to",      "till", "until", "til",
                                          "through", "thru", "bis",   "upto"};
static const char *const present_words[] = {
    "present", "current",   "currently", "now",        "today",
    "ongoing", "date",      "heute",     "continuing", "tilldate",
    "todate",  "presently", "presente",  "actualidad", "pres"};

/* How a range goes on behind its first point. */
struct joint {
    size_t end;   /* where the second point may begin */
    bool is_dash; /* or a word */
};

/* "-", "to", "until", ...; false when nothing of that kind stands at i. */
static bool read_joint(struct str text, size_t i, bool is_between,
                       struct joint *out)
{
    size_t at = date_skip_blank(text, i);
    size_t dash = skip_dash(text, at);

    *out = (struct joint){dash, dash > at};
    if (dash > at) {
        at = date_skip_blank(text, dash);
        /* A narrow column breaks the line behind the dash. */
        if (at < text.len && text.data[at] == '\n')
            at = date_skip_blank(text, at + 1);
        out->end = at;
        return true;
    }
    struct str word = date_word(text, at);
    if (ONE_OF(word, range_words) ||
        (is_between && str_eq_nocase(word, STR("and")))) {
        out->end = date_skip_blank(text, at + word.len);
        return true;
    }
    if (at == i && at < text.len && text.data[at] == '/') {
        out->end = at + 1;
        out->is_dash = true;
        return true;
    }
    return false;
}

/* "present", "to date", "the present day"; returns the end, or 0. */
static size_t read_present(struct str text, size_t i)
{
    for (unsigned n = 0; n < 3; n++) {
        struct str word = date_word(text, i);
        if (ONE_OF(word, present_words)) {
            size_t end = i + word.len;
            size_t next = date_skip_blank(text, end);
            struct str after = date_word(text, next);
            if (str_eq_nocase(after, STR("day")) ||
                str_eq_nocase(after, STR("date")))
                end = next + after.len;
            return end;
        }
        if (!ONE_OF(word, range_words) && !str_eq_nocase(word, STR("the")) &&
            !str_eq_nocase(word, STR("up")))
            return 0;
        i = date_skip_blank(text, i + word.len);
    }
    return 0;
}

/* "2018-20", "2018/19": two digits that stand for the end's year. */
static bool read_short_end(struct str text, size_t i,
                           const struct date_point *first,
                           struct date_point *out)
{
    unsigned value;
    size_t at = i;

    if (!first->is_year || date_digits(text, &at, &value) != 2)
        return false;
    if (at < text.len && (text.data[at] == '/' || text.data[at] == '.'))
        return false;
    *out = (struct date_point){0};
    int year = first->first.year / 100 * 100 + (int)value;
    if (year < first->first.year)
        year += 100;
    out->first = out->last = (struct month){(int16_t)year, 0};
    out->has_year = true;
    out->end = at;
    return true;
}

static int month_index(struct month m, int missing)
{
    return m.year * 12 + (m.month ? m.month : missing) - 1;
}

/* Marks what cannot be, and lets what still goes on end at as_of. */
static void check_range(struct date_range *r, struct month as_of)
{
    int now = month_index(as_of, 12);
    int first = month_index(r->first, 1);
    int last = month_index(r->last, 12);

    if (first > now || first < now - YEARS_BACK * 12 || last < first ||
        last > now + 11 + YEARS_AHEAD * 12) {
        r->is_refused = true;
    } else if (last > now && (r->last.year > as_of.year || r->last.month)) {
        /* "2019 - 2026" in 2026 may be over, or may not: not "present". */
        r->last = as_of;
        r->is_present = true;
    }
}

/* A number or word may begin at i, seen from what stands before it. */
static bool may_begin(struct str text, size_t i)
{
    if (i == 0)
        return true;
    unsigned char c = (unsigned char)text.data[i - 1];
    if (ascii_is_alnum(c) || c == '_' || c == '@')
        return false;
    if (!has_digit_at(text, i))
        return true;
    if (strchr("$#+=&?%", c) ||
        str_ends(str_slice(text, 0, i), STR("\xC2\xA3")) ||
        str_ends(str_slice(text, 0, i), STR("\xE2\x82\xAC")))
        return false;
    /* "555-2010", "1.2019", "1,2019", "/in/2019" */
    if (strchr("-./,:", c) && i > 1)
        return !ascii_is_digit((unsigned char)text.data[i - 2]) && c != '/' &&
               c != '.';
    return true;
}

/* The point is whole, seen from what stands behind it. */
static bool may_end(struct str text, size_t end)
{
    if (end >= text.len)
        return true;
    unsigned char c = (unsigned char)text.data[end];
    if (ascii_is_alnum(c) || c == '%' || c == '+' || c == '_' || c == '@')
        return false;
    return !((c == '.' || c == ',' || c == '/' || c == '-' || c == ':') &&
             has_digit_at(text, end + 1));
}

/* "Windows 2000", "ISO 9001:2015": a year that names a version. */
static bool is_version(struct str text, size_t at)
{
    static const char *const products[] = {
        "windows", "office",  "server",   "excel",  "word",   "sql",
        "iso",     "autocad", "exchange", "studio", "access", "sharepoint",
        "outlook", "project", "visio",    "revit",  "win",    "powerpoint"};
    size_t end = at;

    while (end > 0 && (text.data[end - 1] == ' ' || text.data[end - 1] == '-'))
        end--;
    size_t start = end;
    while (start > 0 && end - start < 12 &&
           ascii_is_alpha((unsigned char)text.data[start - 1]))
        start--;
    return ONE_OF(str_slice(text, start, end), products);
}

struct scan {
    struct str text;
    struct date_rules rules;
    bool is_since;   /* "since" stands before */
    bool is_between; /* "between" stands before */
};

/* The second half of a range whose first point is a; false if there is none.
 */
static bool read_end(const struct scan *s, struct date_point *a,
                     struct date_range *out)
{
    struct joint joint;
    struct date_point b;

    if (!read_joint(s->text, a->end, s->is_between, &joint))
        return false;
    size_t present = a->has_year ? read_present(s->text, joint.end) : 0;
    if (present && may_end(s->text, present)) {
        out->last = s->rules.as_of;
        out->is_present = true;
        out->span.end = (uint32_t)present;
        return true;
    }
    bool has_b = (joint.is_dash && read_short_end(s->text, joint.end, a, &b)) ||
                 date_point_read(s->text, joint.end, &s->rules, &b);
    if (!has_b || !may_end(s->text, b.end) || (!a->has_year && !b.has_year))
        return false;
    /* "01/02/19 - x" and "June - August 2019" */
    if (!a->has_year) {
        if (b.is_numeric && !b.is_year)
            return false;
        a->first.year = b.last.year;
        if (a->first.month > b.last.month && b.last.month)
            a->first.year--;
    }
    if (!b.has_year) {
        b.last.year = a->last.year;
        if (b.last.month < a->first.month)
            b.last.year++;
    }
    out->first = a->first;
    out->last = b.last;
    out->span.end = (uint32_t)b.end;
    return true;
}

/* A dash and then nothing more on the line: "2019 -". */
static bool is_open(struct str text, size_t i, size_t *end)
{
    size_t at = date_skip_blank(text, i);
    size_t dash = skip_dash(text, at);
    size_t behind = date_skip_blank(text, dash);

    *end = dash;
    return dash > at &&
           (behind >= text.len || strchr("\n)]", text.data[behind]));
}

/* Reads the date or range that begins at `at`. */
static bool read_range(const struct scan *s, size_t at, struct date_range *out)
{
    struct date_point a;

    if (!date_point_read(s->text, at, &s->rules, &a))
        return false;
    *out = (struct date_range){.span = {(uint32_t)at, (uint32_t)a.end},
                               .first = a.first,
                               .last = a.last};
    if (!read_end(s, &a, out)) {
        size_t end = a.end;
        if (!a.has_year || a.is_weak || !may_end(s->text, a.end))
            return false;
        struct str after = date_word(s->text, date_skip_blank(s->text, a.end));
        bool goes_on = str_eq_nocase(after, STR("onwards")) ||
                       str_eq_nocase(after, STR("onward"));
        if (goes_on)
            out->span.end =
                (uint32_t)(date_skip_blank(s->text, a.end) + after.len);
        if (is_open(s->text, a.end, &end)) {
            goes_on = true;
            out->span.end = (uint32_t)end;
        }
        if (s->is_since || goes_on) {
            out->last = s->rules.as_of;
            out->is_present = true;
        }
    }
    if (a.is_year && is_version(s->text, at))
        return false;
    check_range(out, s->rules.as_of);
    return true;
}

/* Remembers the words that give a date its meaning; moves behind the word. */
static size_t note_word(struct scan *s, size_t i)
{
    struct str word = date_word(s->text, i);

    s->is_since =
        str_eq_nocase(word, STR("since")) || str_eq_nocase(word, STR("seit"));
    s->is_between = str_eq_nocase(word, STR("between"));
    i += word.len;
    while (has_digit_at(s->text, i))
        i++;
    return i;
}

/* One date such as "31/12/2020" shows how all others are meant. */
static bool writes_day_first(struct str text)
{
    for (size_t i = str_find(text, STR("/"), 0); i != SIZE_MAX;
         i = str_find(text, STR("/"), i + 1)) {
        unsigned day, month, year;
        size_t at = i + 1, start = i;
        while (start > 0 && i - start < 3 && has_digit_at(text, start - 1))
            start--;
        if (i - start != 2 || date_digits(text, &start, &day) != 2 ||
            day <= 12 || day > 31)
            continue;
        unsigned n = date_digits(text, &at, &month);
        if (n == 0 || n > 2 || month == 0 || month > 12 || at >= text.len ||
            text.data[at] != '/')
            continue;
        at++;
        if (date_digits(text, &at, &year) == 4)
            return true;
    }
    return false;
}

rsc_status dates_scan(struct ctx *ctx, struct date_ranges *out, struct str text,
                      struct month as_of)
{
    struct scan s = {.text = text, .rules = {as_of, writes_day_first(text)}};
    size_t i = 0;

    while (i < text.len) {
        unsigned char c = (unsigned char)text.data[i];
        struct date_range range;
        bool is_word = ascii_is_alnum(c);
        if (!is_word && c != '\'' && c != 0xE2 && c != '`') {
            s.is_since = s.is_since && (c == ' ' || c == ':' || c == '\t');
            i++;
            continue;
        }
        if (may_begin(text, i) && read_range(&s, i, &range)) {
            struct date_range *item = vec_push(ctx, out);
            if (!item)
                return ctx->error.status;
            *item = range;
            i = range.span.end;
            s.is_since = s.is_between = false;
        } else if (ascii_is_alpha(c)) {
            i = note_word(&s, i);
        } else if (is_word) {
            while (has_digit_at(text, i))
                i++;
        } else {
            i++;
        }
    }
    return RSC_OK;
}

rsc_status dates_find(struct ctx *ctx, struct date_ranges *out, struct str text,
                      struct month as_of)
{
    size_t kept = out->len;
    rsc_status st = dates_scan(ctx, out, text, as_of);

    if (st)
        return st;
    for (size_t i = kept; i < out->len; i++) {
        if (!out->items[i].is_refused)
            out->items[kept++] = out->items[i];
    }
    out->len = kept;
    return RSC_OK;
}

/* The months [first, last) of a range, clipped at as_of. */
struct interval {
    int first, last;
};

static struct interval interval_of(const struct date_range *r,
                                   struct month as_of)
{
    int now = month_index(as_of, 12);
    struct interval out = {month_index(r->first, 1), month_index(r->last, 12)};

    if (out.last > now)
        out.last = now;
    out.last++;
    return out;
}

unsigned date_range_months(const struct date_range *range, struct month as_of)
{
    struct interval i = interval_of(range, as_of);

    if (range->first.year == 0 || range->is_refused || i.last <= i.first)
        return 0;
    return (unsigned)(i.last - i.first);
}

static int compare_intervals(const void *a, const void *b)
{
    const struct interval *x = a, *y = b;

    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->last > y->last) - (x->last < y->last);
}

unsigned dates_union_months(struct ctx *ctx, const struct date_range *ranges,
                            size_t n, struct month as_of)
{
    struct interval *all = ctx_alloc_array(ctx, n, sizeof(*all));
    size_t len = 0;
    int total = 0, covered = 0;

    if (!all)
        return 0;
    for (size_t i = 0; i < n; i++) {
        if (date_range_months(&ranges[i], as_of))
            all[len++] = interval_of(&ranges[i], as_of);
    }
    qsort(all, len, sizeof(*all), compare_intervals);
    for (size_t i = 0; i < len; i++) {
        int first = i && all[i].first < covered ? covered : all[i].first;
        if (all[i].last > first)
            total += all[i].last - first;
        if (i == 0 || all[i].last > covered)
            covered = all[i].last;
    }
    return (unsigned)total;
}
