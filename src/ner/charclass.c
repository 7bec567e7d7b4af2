/* SPDX-License-Identifier: MIT */
#include "ner/charclass.h"

#include "base/utf8.h"
#include "ner/charclass_tables.h"

#define CAPITAL_SIGMA   0x3A3u
#define SMALL_SIGMA     0x3C3u
#define FINAL_SIGMA     0x3C2u
#define CAPITAL_I_DOT   0x130u
#define COMBINING_DOT   0x307u
#define LAST_CODE_POINT 0x10FFFFu

static unsigned bits_of(uint32_t c)
{
    return c > LAST_CODE_POINT
               ? 0
               : charclass_bits[charclass_index[c >> 8]][c & 0xFF];
}

bool char_is_space(uint32_t c)
{
    return bits_of(c) & CHARCLASS_SPACE;
}

bool char_is_alpha(uint32_t c)
{
    return bits_of(c) & CHARCLASS_ALPHA;
}

bool char_is_upper(uint32_t c)
{
    return bits_of(c) & CHARCLASS_UPPER;
}

bool char_is_digit(uint32_t c)
{
    return bits_of(c) & CHARCLASS_DIGIT;
}

bool str_is_space(struct str s)
{
    for (size_t i = 0; i < s.len;)
        if (!char_is_space(utf8_next(s, &i)))
            return false;
    return true;
}

static uint32_t simple_lower(uint32_t c)
{
    size_t low = 0, high = charclass_lower_len;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (charclass_lower[middle][0] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low < charclass_lower_len && charclass_lower[low][0] == c
               ? charclass_lower[low][1]
               : c;
}

/* Whether the next character that is not ignorable is a cased letter. */
static bool cased_after(struct str s, size_t i)
{
    while (i < s.len) {
        unsigned bits = bits_of(utf8_next(s, &i));
        if (!(bits & CHARCLASS_IGNORABLE))
            return bits & CHARCLASS_CASED;
    }
    return false;
}

void str_put_lower(struct buf *out, struct str s)
{
    /* Of the last character that was not ignorable, for the sigma. */
    bool after_cased = false;

    for (size_t i = 0; i < s.len;) {
        uint32_t c = utf8_next(s, &i);
        if (c < 0x80) {
            buf_put_char(out, ascii_lower((char)c));
        } else if (c == CAPITAL_I_DOT) {
            buf_put_char(out, 'i');
            utf8_put(out, COMBINING_DOT);
        } else if (c == CAPITAL_SIGMA) {
            bool final = after_cased && !cased_after(s, i);
            utf8_put(out, final ? FINAL_SIGMA : SMALL_SIGMA);
        } else {
            utf8_put(out, simple_lower(c));
        }
        unsigned bits = bits_of(c);
        if (!(bits & CHARCLASS_IGNORABLE))
            after_cased = bits & CHARCLASS_CASED;
    }
}
