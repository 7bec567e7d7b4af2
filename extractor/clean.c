/* SPDX-License-Identifier: MIT */
#include "clean.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* So many part two columns of a text that has no other means. */
#define COLUMN_SPACES 3

bool clean_is_space(uint32_t c)
{
    if (c < 0x80)
        return (c <= ' ' && c != '\t') || c == 0x7f;
    return (c >= 0x80 && c <= 0xa0) || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

bool clean_next_word(struct str *rest, struct str *word, bool *tab)
{
    size_t i = 0;
    size_t start = 0, spaces = 0;

    *tab = false;
    for (start = 0; i < rest->len; start = i) {
        uint32_t c = utf8_next(*rest, &i);
        if (c == '\t' || (clean_is_space(c) && ++spaces == COLUMN_SPACES))
            *tab = true;
        else if (!clean_is_space(c))
            break;
    }
    if (start == rest->len)
        return false;
    size_t end = i;
    while (i < rest->len) {
        uint32_t c = utf8_next(*rest, &i);
        if (c == '\t' || clean_is_space(c))
            break;
        end = i;
    }
    *word = str_slice(*rest, start, end);
    *rest = str_slice(*rest, end, rest->len);
    return true;
}

/* Characters that take no room and change nothing that Latin, Greek or
 * Cyrillic text shows. */
static bool is_zero_width(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || c == 0x180e ||
           c == 0x034f || c == 0x061c || (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

/* Scripts whose letters are shaped by joiners, and emoji. */
static bool needs_joiner(uint32_t c)
{
    return (c >= 0x0590 && c < 0x1e00) || c >= 0x1f000;
}

static const char *ligature(uint32_t c)
{
    static const char *const letters[] = {"ff",  "fi", "fl", "ffi",
                                          "ffl", "st", "st"};

    return c >= 0xfb00 && c <= 0xfb06 ? letters[c - 0xfb00] : NULL;
}

/* Symbol fonts keep their glyphs in the private area; these are the bullets
 * of Symbol and Wingdings. Anything else there has no meaning as text. */
static uint32_t from_private(uint32_t c)
{
    static const uint16_t bullets[] = {0xf0b7, 0xf0a7, 0xf0a8, 0xf0d8, 0xf0fc,
                                       0xf076, 0xf06e, 0xf06c, 0xf071, 0xf0e0,
                                       0xf0a3, 0xf077, 0xf0b2, 0xf09f, 0xf02d};

    for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
        if (c == bullets[i])
            return 0x2022;
    }
    return 0;
}

static bool is_private(uint32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;
}

static bool is_alphanumeric(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alnum((unsigned char)c);
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
           k == UTF8PROC_CATEGORY_ND;
}

/* Handles a character without width: kept (true), or noted and dropped. */
static bool keep_zero_width(struct buf *hidden, struct clean_note *note,
                            uint32_t c, uint32_t before, uint32_t after)
{
    if ((c == 0x200c || c == 0x200d) && needs_joiner(before))
        return true;
    if (c == 0xfe0f && needs_joiner(before))
        return true;
    if (c >= 0xe0020 && c <= 0xe007e) {
        note->tags = true;
        buf_put_char(hidden, (char)(c - 0xe0000));
    } else if (is_alphanumeric(before) && is_alphanumeric(after)) {
        note->zero_width = true;
    }
    return false;
}

/* The code point behind i that has a width, or 0. */
static uint32_t next_visible(struct str s, size_t i)
{
    while (i < s.len) {
        uint32_t c = utf8_next(s, &i);
        if (c != UTF8_INVALID && !is_zero_width(c))
            return c;
    }
    return 0;
}

/* Composes out from start on. The fast way is the common one: below U+0300
 * everything is composed already. */
static void compose(struct buf *out, size_t start)
{
    utf8proc_uint8_t *composed = NULL;

    if (out->failed || out->len == start)
        return;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)out->data + start,
                     (utf8proc_ssize_t)(out->len - start), &composed,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n >= 0) {
        out->len = start;
        buf_put_bytes(out, composed, (size_t)n);
    }
    free(composed);
}

void clean_word(struct buf *out, struct buf *hidden, struct clean_note *note,
                struct str word)
{
    size_t start = out->len;
    uint32_t before = 0;
    bool plain = true;

    for (size_t i = 0; i < word.len;) {
        uint32_t c = utf8_next(word, &i);
        if (c == UTF8_INVALID || c == UTF8_REPLACEMENT || c == 0xad)
            continue;
        if (c < 0x300) {
            utf8_put(out, c);
            before = c;
            continue;
        }
        if (is_zero_width(c)) {
            if (!keep_zero_width(hidden, note, c, before,
                                 next_visible(word, i)))
                continue;
        } else if (is_private(c)) {
            c = from_private(c);
        }
        const char *letters = ligature(c);
        if (letters)
            buf_put(out, str_of(letters));
        else if (c && (c & 0xfffe) != 0xfffe && !(c >= 0xfdd0 && c <= 0xfdef))
            utf8_put(out, c);
        before = c;
        plain = false;
    }
    if (!plain)
        compose(out, start);
}
