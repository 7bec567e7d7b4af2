/* SPDX-License-Identifier: MIT */
#include "item.h"

#include "base/utf8.h"

bool item_begins(struct str line)
{
    static const uint32_t bullets[] = {
        0x2022, 0x2023, 0x25cf, 0x25cb, 0x25aa, 0x25ab, 0x25a0, 0x25a1,
        0x25e6, 0x2043, 0x2219, 0x00b7, 0x2013, 0x2014, '-',    '*',
        0x25b6, 0x25ba, 0x27a2, 0x2714, 0x2713, 0x2756, 0x25c6, 0x25c7,
        0x2192, 0x00a7, 0x2794, 0x276f, 0x203a, 'o',    0x2605, 0x00bb};
    size_t i = 0;

    if (line.len == 0)
        return false;
    uint32_t c = utf8_next(line, &i);
    bool space = i < line.len && (line.data[i] == ' ' || line.data[i] == '\t');
    for (size_t k = 0; k < sizeof(bullets) / sizeof(bullets[0]); k++) {
        /* The letter o and a dash are bullets only when they stand alone. */
        if (c == bullets[k] && (space || (c >= 0x2022 && c != 0x2014)))
            return i < line.len;
    }
    /* "1.", "12)", "a)" */
    i = 0;
    while (i < line.len && i < 2 && ascii_is_digit((unsigned char)line.data[i]))
        i++;
    if (i == 0 && ascii_is_lower((unsigned char)line.data[0]))
        i = line.len > 1 && line.data[1] == ')' ? 1 : 0;
    return i > 0 && i + 1 < line.len &&
           (line.data[i] == '.' || line.data[i] == ')') &&
           line.data[i + 1] == ' ';
}

bool item_is_label(struct str word)
{
    char line[16];

    if (word.len == 0 || word.len > sizeof(line) - 2)
        return false;
    memcpy(line, word.data, word.len);
    memcpy(line + word.len, " x", 2);
    /* With a space behind it, it begins an item; and it has no more. */
    return item_begins((struct str){line, word.len + 2}) &&
           !item_begins((struct str){line, word.len});
}
