/* SPDX-License-Identifier: MIT */
#include "wordscan.h"

#include "base/utf8.h"

/* Classes of ASCII bytes: letters and digits map to themselves in lower case,
 * everything else to 0. */
#define RANGE_LOWER                                                            \
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', \
        'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'

static const char lower_alnum[256] = {
    ['0'] = '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    ['A'] = RANGE_LOWER,
    ['a'] = RANGE_LOWER,
};

/* 0 means GAP_OTHER. */
static const uint16_t ascii_gap[256] = {
    [' '] = GAP_SPACE,
    ['\r'] = GAP_SPACE,
    ['\n'] = GAP_NEWLINE,
    ['\f'] = GAP_NEWLINE | GAP_BLANK,
    ['\t'] = GAP_SPACE | GAP_COMMA,
    ['-'] = GAP_HYPHEN,
    ['_'] = GAP_HYPHEN,
    ['.'] = GAP_DOT,
    ['/'] = GAP_SLASH,
    [','] = GAP_COMMA,
    ['|'] = GAP_COMMA,
    ['*'] = GAP_COMMA,
    [';'] = GAP_COMMA | GAP_STOP,
    ['!'] = GAP_STOP,
    ['?'] = GAP_STOP,
    [':'] = GAP_COLON,
    ['('] = GAP_OPEN,
    ['['] = GAP_OPEN,
    ['{'] = GAP_OPEN,
    [')'] = GAP_CLOSE,
    [']'] = GAP_CLOSE,
    ['}'] = GAP_CLOSE,
    ['"'] = GAP_QUOTE,
    ['\''] = GAP_QUOTE,
    ['@'] = GAP_AT,
};

/* Base letters of U+00C0 to U+017F; '*' has no base letter of its own. */
static const char latin_base[] =
    "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static const char *latin_pair(uint32_t c)
{
    switch (c) {
    case 0xC6:
    case 0xE6:
        return "ae";
    case 0xDE:
    case 0xFE:
        return "th";
    case 0xDF:
        return "ss";
    case 0x132:
    case 0x133:
        return "ij";
    case 0x152:
    case 0x153:
        return "oe";
    case 0xFB00:
        return "ff";
    case 0xFB01:
        return "fi";
    case 0xFB02:
        return "fl";
    case 0xFB03:
        return "ffi";
    case 0xFB04:
        return "ffl";
    default:
        return NULL;
    }
}

/* What a code point above ASCII is: its gap bits, or 0 for a letter. */
static unsigned wide_gap(uint32_t c)
{
    if (c == UTF8_INVALID)
        return GAP_OTHER;
    if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
        c == 0x205F || c == 0x3000)
        return GAP_SPACE;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return GAP_HYPHEN;
    if (c == 0xB7 || c == 0x2022 || c == 0x2023 || c == 0x2219 || c == 0xF0B7)
        return GAP_COMMA;
    if (c >= 0x2018 && c <= 0x201F)
        return GAP_QUOTE;
    if (c == 0x2026)
        return GAP_STOP;
    if (c == 0x2028 || c == 0x2029)
        return GAP_NEWLINE;
    if (c == 0xD7 || c == 0xF7 ||
        (c >= 0x80 && c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA))
        return GAP_OTHER;
    /* Arrows, boxes and dingbats stand before list items. */
    if (c >= 0x2190 && c < 0x2C00)
        return GAP_COMMA;
    if ((c >= 0x2020 && c < 0x2190) || (c >= 0x3001 && c <= 0x303F) ||
        (c >= 0xE000 && c < 0xF900) || c == UTF8_REPLACEMENT)
        return GAP_OTHER;
    return 0;
}

/* Soft hyphen, zero-width characters and combining accents leave no trace. */
static bool is_nothing(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
           c == 0xFEFF || (c >= 0x300 && c < 0x370);
}

static void put_fold(struct scan_word *w, const char *bytes, size_t n)
{
    if (w->len + n > SCAN_WORD_MAX || (w->len == 0 && w->end != w->start)) {
        w->len = 0;
        w->end = w->start + 1; /* too long: nothing may be put any more */
        return;
    }
    memcpy(w->fold + w->len, bytes, n);
    w->len = (uint8_t)(w->len + n);
}

static void put_wide(struct scan_word *w, uint32_t c)
{
    const char *pair = latin_pair(c);
    char out[4];
    size_t n = 1;

    if (pair) {
        put_fold(w, pair, strlen(pair));
        return;
    }
    if (c >= 0xC0 && c <= 0x17F && latin_base[c - 0xC0] != '*')
        out[0] = latin_base[c - 0xC0];
    else if (c > 0xFF00 && c < 0xFF5F)
        out[0] = ascii_lower((char)(c - 0xFEE0));
    else
        n = utf8_encode(c, out);
    put_fold(w, out, n);
}

static bool is_letter_at(struct str text, size_t pos)
{
    if (pos >= text.len)
        return false;
    unsigned char c = (unsigned char)text.data[pos];
    if (c < 0x80)
        return ascii_is_alpha(c);
    return wide_gap(utf8_next(text, &pos)) == 0;
}

/* Length of an apostrophe at pos that stands inside a word, or 0. */
static size_t inner_apostrophe(struct str text, size_t pos)
{
    size_t n = 0;
    if (text.data[pos] == '\'')
        n = 1;
    else if (text.len - pos > 3 &&
             (!memcmp(text.data + pos, "\xE2\x80\x99", 3) ||
              !memcmp(text.data + pos, "\xE2\x80\x98", 3)))
        n = 3;
    return n && is_letter_at(text, pos + n) ? n : 0;
}

/* The rest of a word from the first byte that is not an ASCII letter or
 * digit; returns where the word ends. */
static size_t fold_slowly(struct str text, size_t pos, struct scan_word *w)
{
    while (pos < text.len) {
        unsigned char c = (unsigned char)text.data[pos];
        if (lower_alnum[c]) {
            put_fold(w, &lower_alnum[c], 1);
            pos++;
            continue;
        }
        size_t n = c == '\'' || c == 0xE2 ? inner_apostrophe(text, pos) : 0;
        if (n) {
            pos += n;
            w->possessive =
                (text.data[pos] | 0x20) == 's' && !is_letter_at(text, pos + 1);
            continue;
        }
        if (c < 0x80)
            break;
        size_t next = pos;
        uint32_t wide = utf8_next(text, &next);
        if (!is_nothing(wide)) {
            if (wide_gap(wide))
                break;
            put_wide(w, wide);
        }
        pos = next;
    }
    return pos;
}

/* "C++", "C#", "A+": signs that belong to the word before them. */
static size_t take_suffix(struct str text, size_t pos, struct scan_word *w)
{
    size_t n = 0;
    while (pos + n < text.len && n < 3 &&
           (text.data[pos + n] == '+' || text.data[pos + n] == '#'))
        n++;
    bool ends =
        pos + n >= text.len || !lower_alnum[(unsigned char)text.data[pos + n]];
    /* "C++11" and "C#8" keep their signs, "Java+SQL" has none. */
    if (n == 0 || n > 2 || (!ends && n < 2 && text.data[pos] == '+'))
        return pos;
    put_fold(w, text.data + pos, n);
    w->suffix = w->len ? (uint8_t)n : 0;
    return pos + n;
}

/* A '.' that starts a word such as ".NET". */
static bool starts_dotted(struct str text, size_t pos)
{
    return text.data[pos] == '.' && is_letter_at(text, pos + 1) &&
           (pos == 0 || !lower_alnum[(unsigned char)text.data[pos - 1]]);
}

/* Skips what is not a word; the bits go to *gap. */
static size_t skip_gap(struct str text, size_t pos, unsigned *gap)
{
    unsigned bits = pos == 0 ? GAP_START : 0;

    while (pos < text.len) {
        unsigned char c = (unsigned char)text.data[pos];
        if (lower_alnum[c] || c == '&' ||
            (c == '.' && starts_dotted(text, pos)))
            break;
        if (c < 0x80) {
            if (c == '\n')
                bits |= bits & GAP_NEWLINE ? GAP_BLANK : 0;
            bits |= ascii_gap[c] ? ascii_gap[c] : (unsigned)GAP_OTHER;
            pos++;
            continue;
        }
        size_t next = pos;
        uint32_t wide = utf8_next(text, &next);
        if (!is_nothing(wide)) {
            unsigned wide_bits = wide_gap(wide);
            if (!wide_bits)
                break;
            bits |= wide_bits;
        }
        pos = next;
    }
    *gap = bits;
    return pos;
}

static inline size_t find_word(struct str text, size_t pos, unsigned *gap)
{
    const unsigned char *p = (const unsigned char *)text.data;

    /* One space between two words is what stands there most of the time. */
    if (pos > 0 && pos + 1 < text.len && p[pos] == ' ' &&
        lower_alnum[p[pos + 1]]) {
        *gap = GAP_SPACE;
        return pos + 1;
    }
    return skip_gap(text, pos, gap);
}

/* Bytes that end a word and begin nothing special. */
static bool is_plain_end(unsigned char c)
{
    return ascii_gap[c] & ~GAP_QUOTE;
}

static void end_fold(struct scan_word *w)
{
    memset(w->fold + w->len, 0, FOLD_ZEROS);
}

/* Folds ASCII letters eight at a time, up to the first byte that is none;
 * zeros stand behind them. Whole groups of eight are written, so that
 * those who read eight at a time need not wait for two writes to meet. Only
 * where the first byte of a word in memory is its lowest. */
static inline size_t fold_letters(struct str text, size_t pos,
                                  struct scan_word *w)
{
    size_t len = w->len;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t ones = 0x0101010101010101u, tops = ones * 0x80;

    while (text.len - pos >= 8 && len + 8 <= SCAN_WORD_MAX) {
        uint64_t x, lower, letters;
        memcpy(&x, text.data + pos, 8);
        lower = x | ones * 0x20;
        /* The top bit of each byte: at least 'a', not past 'z', ASCII. */
        letters = ((lower | tops) - ones * 'a') &
                  ~((lower | tops) - ones * ('z' + 1)) & ~x & tops;
        if (letters != tops) {
            unsigned n = (unsigned)__builtin_ctzll(letters ^ tops) / 8;
            lower &= ((uint64_t)1 << (8 * n)) - 1;
            memcpy(w->fold + len, &lower, 8);
            memset(w->fold + len + 8, 0, FOLD_ZEROS - 8);
            w->len = (uint8_t)(len + n);
            return pos + n;
        }
        memcpy(w->fold + len, &lower, 8);
        len += 8;
        pos += 8;
    }
#else
    (void)text;
#endif
    w->len = (uint8_t)len;
    end_fold(w);
    return pos;
}

/* What follows the letters of a word that has more than those. */
static __attribute__((noinline)) size_t fold_rest(struct str text, size_t pos,
                                                  struct scan_word *w)
{
    const unsigned char *p = (const unsigned char *)text.data;
    size_t len = w->len;
    char c;

    while (pos < text.len && len < SCAN_WORD_MAX && (c = lower_alnum[p[pos]])) {
        w->fold[len++] = c;
        pos++;
    }
    w->len = (uint8_t)len;
    if (pos < text.len && !is_plain_end(p[pos])) {
        pos = fold_slowly(text, pos, w);
        if (pos < text.len && (p[pos] == '+' || p[pos] == '#'))
            pos = take_suffix(text, pos, w);
    }
    end_fold(w);
    return pos;
}

/* A word from its first byte on; returns where it ends. */
static inline size_t fold_word(struct str text, size_t pos, struct scan_word *w)
{
    pos = fold_letters(text, pos, w);
    w->plain = pos < text.len && is_plain_end((unsigned char)text.data[pos]);
    return w->plain ? pos : fold_rest(text, pos, w);
}

/* "&" and ".NET": a word that starts with a sign. */
static __attribute__((noinline)) size_t fold_sign(struct str text, size_t pos,
                                                  struct scan_word *w)
{
    if (text.data[pos] == '&') {
        put_fold(w, "and", 3);
        end_fold(w);
        w->plain = true;
        return pos + 1;
    }
    put_fold(w, ".", 1);
    w->prefix = 1;
    pos = fold_word(text, pos + 1, w);
    w->plain = false;
    return pos;
}

bool wordscan_next(struct wordscan *scan, struct scan_word *w)
{
    struct str text = scan->text;
    const unsigned char *p = (const unsigned char *)text.data;
    unsigned gap;
    size_t pos = find_word(text, scan->pos, &gap);

    if (pos >= text.len) {
        scan->pos = pos;
        return false;
    }
    w->gap = (uint16_t)gap;
    w->start = w->end = (uint32_t)pos;
    w->len = w->prefix = w->suffix = 0;
    w->possessive = false;
    if (p[pos] == '&' || p[pos] == '.')
        pos = fold_sign(text, pos, w);
    else
        pos = fold_word(text, pos, w);
    w->end = (uint32_t)pos;
    scan->pos = pos;
    return true;
}

unsigned wordscan_gap_at(struct str text, size_t pos)
{
    unsigned gap;
    size_t end = skip_gap(text, pos, &gap);
    return gap | (end >= text.len ? GAP_BLANK : 0u);
}
