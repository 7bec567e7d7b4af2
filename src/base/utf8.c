/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

/* What a leading byte announces: how many bytes follow, the range of the
 * first of them (which is what excludes overlong forms and surrogates), and
 * the bits of the leading byte itself. */
struct lead {
    unsigned char follow, low, high, bits;
};

static struct lead lead_of(unsigned char c)
{
    if (c < 0xC2 || c > 0xF4)
        return (struct lead){0, 0, 0, 0};
    if (c < 0xE0)
        return (struct lead){1, 0x80, 0xBF, c & 0x1F};
    if (c < 0xF0)
        return (struct lead){2, c == 0xE0 ? 0xA0 : 0x80,
                             c == 0xED ? 0x9F : 0xBF, c & 0x0F};
    return (struct lead){3, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF,
                         c & 0x07};
}

uint32_t utf8_next(struct str s, size_t *i)
{
    unsigned char first = (unsigned char)s.data[(*i)++];

    if (first < 0x80)
        return first;
    struct lead lead = lead_of(first);
    if (!lead.follow)
        return UTF8_INVALID;
    uint32_t code = lead.bits;
    for (unsigned n = 0; n < lead.follow; n++) {
        if (*i >= s.len)
            return UTF8_INVALID;
        unsigned char c = (unsigned char)s.data[*i];
        if (c < (n ? 0x80 : lead.low) || c > (n ? 0xBF : lead.high))
            return UTF8_INVALID;
        code = code << 6 | (c & 0x3F);
        (*i)++;
    }
    return code;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

void utf8_put(struct buf *out, uint32_t c)
{
    char bytes[4];

    buf_put_bytes(out, bytes, utf8_encode(c, bytes));
}

size_t utf8_valid_len(struct str s)
{
    size_t i = 0;

    while (i < s.len) {
        size_t start = i;
        if (utf8_next(s, &i) == UTF8_INVALID)
            return start;
    }
    return i;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; n++)
        utf8_next(s, &i);
    return n;
}

void utf8_put_valid(struct buf *out, struct str s)
{
    while (s.len) {
        size_t valid = utf8_valid_len(s);
        buf_put(out, str_slice(s, 0, valid));
        if (valid == s.len)
            return;
        size_t i = valid;
        utf8_next(s, &i);
        utf8_put(out, UTF8_REPLACEMENT);
        s = str_slice(s, i, s.len);
    }
}
