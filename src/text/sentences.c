/* SPDX-License-Identifier: MIT */
#include "text/sentences.h"

#include "base/utf8.h"

/* Words whose full stop does not end a sentence, in lower case, sorted. */
static const char *const abbreviations[] = {
    "accred", "apr",  "approx", "assoc", "asst", "aug",  "ave",  "blvd", "bros",
    "ca",     "cert", "co",     "corp",  "dec",  "dept", "dr",   "e.g",  "eg",
    "est",    "etc",  "feb",    "fig",   "fr",   "ft",   "gen",  "gov",  "hon",
    "i.e",    "ie",   "inc",    "incl",  "jan",  "jr",   "jul",  "jun",  "lt",
    "ltd",    "max",  "min",    "mr",    "mrs",  "ms",   "mt",   "mktg", "no",
    "nov",    "oct",  "ph.d",   "phd",   "prof", "pvt",  "resp", "rev",  "sec",
    "sen",    "sep",  "sept",   "sgt",   "sr",   "st",   "univ", "vol",  "vs",
};

static bool is_abbreviation(struct str word)
{
    if (word.len == 1)
        return ascii_is_upper((unsigned char)word.data[0]);
    /* "U.S", "B.Sc" */
    if (word.len == 3 && word.data[1] == '.')
        return true;
    for (size_t i = 0; i < sizeof(abbreviations) / sizeof(abbreviations[0]);
         i++) {
        if (str_eq_nocase(word, str_of(abbreviations[i])))
            return true;
    }
    return false;
}

/* The word that ends at `end`, at most 12 bytes back. */
static struct str word_before(struct str text, size_t from, size_t end)
{
    size_t start = end;

    while (start > from && end - start < 12 &&
           (ascii_is_alnum((unsigned char)text.data[start - 1]) ||
            text.data[start - 1] == '.'))
        start--;
    return str_slice(text, start, end);
}

/* Behind closing quotes and brackets at i. */
static size_t skip_closing(struct str text, size_t i)
{
    for (;;) {
        struct str rest = str_slice(text, i, text.len);
        if (str_starts(rest, STR("\xE2\x80\x9D")) ||
            str_starts(rest, STR("\xE2\x80\x99")))
            i += 3;
        else if (i < text.len && strchr("\"')]", text.data[i]))
            i++;
        else
            return i;
    }
}

/* Whether a sentence may begin at i: not with a small letter. */
static bool may_begin(struct str text, size_t i)
{
    while (i < text.len && ascii_is_space((unsigned char)text.data[i]))
        i++;
    return i >= text.len || !ascii_is_lower((unsigned char)text.data[i]);
}

size_t sentences_end(struct str text, size_t from)
{
    for (size_t i = from; i < text.len; i++) {
        char c = text.data[i];
        if (c != '.' && c != '!' && c != '?')
            continue;
        size_t end = i + 1;
        while (end < text.len && strchr(".!?", text.data[end]))
            end++;
        size_t closed = skip_closing(text, end);
        if (closed < text.len &&
            !ascii_is_space((unsigned char)text.data[closed])) {
            i = end - 1;
            continue;
        }
        bool is_short = c == '.' && end == i + 1 &&
                        is_abbreviation(word_before(text, from, i));
        if (!is_short && may_begin(text, closed))
            return closed;
        i = end - 1;
    }
    return text.len;
}

/* The signs that lists begin with; the last ones are of symbol fonts. */
static bool is_bullet_sign(uint32_t c)
{
    static const uint32_t signs[] = {
        '*',    0xB7,   0x2022, 0x2023,  0x2043,  0x204C, 0x204D, 0x2219,
        0x25A0, 0x25A1, 0x25AA, 0x25AB,  0x25B6,  0x25B8, 0x25BA, 0x25C6,
        0x25C7, 0x25CB, 0x25CF, 0x25D8,  0x25E6,  0x2605, 0x2606, 0x2610,
        0x2611, 0x2713, 0x2714, 0x2726,  0x2794,  0x279C, 0x27A2, 0x27A4,
        0x2B24, 0x2BC8, 0x29BF, 0xFFED,  0x2192,  0x21D2, 0x2666, 0x2756,
        0x2751, 0x274F, 0x2705, 0x1F539, 0x1F538, 0x25FE, 0x25FD,
    };

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (c == signs[i])
            return true;
    }
    /* Icons of a font, and pictures. */
    return (c >= 0xF000 && c <= 0xF0FF) || (c >= 0x2700 && c <= 0x27BF) ||
           (c >= 0x1F300 && c <= 0x1FAFF);
}

/* "1.", "2)", "a)" and white space; the length up to it, or 0. */
static size_t numbering(struct str line)
{
    size_t i = 0;

    while (i < line.len && i < 3 && ascii_is_digit((unsigned char)line.data[i]))
        i++;
    if (i == 0 && line.len > 1 && line.data[1] == ')' &&
        ascii_is_lower((unsigned char)line.data[0]))
        i = 1;
    if (i == 0 || i > 2 || i >= line.len)
        return 0;
    if (line.data[i] != '.' && line.data[i] != ')')
        return 0;
    return i + 1;
}

/* Bytes of "->", "-->" or "=>" at the beginning. */
static size_t arrow_len(struct str line)
{
    size_t i = 0;

    while (i < line.len && strchr("-=", line.data[i]))
        i++;
    return i > 0 && i < line.len && line.data[i] == '>' ? i + 1 : 0;
}

size_t sentences_bullet(struct str line)
{
    size_t i = 0;

    if (!line.len)
        return 0;
    uint32_t c = utf8_next(line, &i);
    size_t arrow = arrow_len(line);
    bool is_dash = arrow > 0 || c == '-' || c == 0x2013 || c == 0x2014 ||
                   c == 0x2212 || c == 'o' || c == 0xA7 || c == '>' ||
                   c == '+' || c == 0xAD;
    if (arrow)
        i = arrow;
    else if (!is_dash && !is_bullet_sign(c))
        i = numbering(line);
    if (i == 0)
        return 0;
    size_t end = i;
    if (str_starts(str_slice(line, end, line.len), STR("\xEF\xB8\x8F")))
        end = i = end + 3; /* the picture in colour */
    while (end < line.len && ascii_is_space((unsigned char)line.data[end]))
        end++;
    /* A dash, an "o" or a number needs the blank: "-40 C", "of", "3.5". A
     * line that holds the sign alone belongs to the next one. */
    if (end == i && !is_bullet_sign(c) && i < line.len)
        return 0;
    if (c == '*' && i < line.len && line.data[i] == '*')
        return 0;
    return end;
}
