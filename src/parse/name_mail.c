/* SPDX-License-Identifier: MIT */
/* Whether an e-mail address is made of a name. */
#include "parse/name_mail.h"

#include "base/utf8.h"
#include "text/wordlist.h"

static bool is_of_word(struct str part, struct str word)
{
    return str_eq_nocase(part, word) ||
           (part.len == 1 && word.len > 0 &&
            ascii_lower(part.data[0]) == ascii_lower(word.data[0]));
}

static bool is_of_name(struct str text, struct span name, struct str part)
{
    struct span word;
    uint32_t at = name.start;

    while (!span_is_empty(word = wordlist_next_word(text, name, &at))) {
        if (is_of_word(part, span_of(text, word)))
            return true;
    }
    return false;
}

/* "janedoe" or "jdoe": the last word behind the first one or its letter. */
static bool is_joined(struct str text, struct span name, struct str part)
{
    struct span word, first = {0, 0}, last = {0, 0};
    uint32_t at = name.start;

    while (!span_is_empty(word = wordlist_next_word(text, name, &at))) {
        if (span_is_empty(first))
            first = word;
        last = word;
    }
    struct str end = span_of(text, last);
    return last.start > first.start && end.len >= 3 && part.len > end.len &&
           str_eq_nocase(str_slice(part, part.len - end.len, part.len), end) &&
           is_of_word(str_slice(part, 0, part.len - end.len),
                      span_of(text, first));
}

bool name_is_of_mail(struct str text, struct span name, struct str local)
{
    unsigned n = 0, n_words = 0;
    size_t i = 0;

    while (i < local.len) {
        size_t start = i;
        /* Bytes of other alphabets belong to the part. */
        while (i < local.len && (ascii_is_alpha((unsigned char)local.data[i]) ||
                                 (unsigned char)local.data[i] >= 0x80))
            i++;
        struct str part = str_slice(local, start, i);
        i += i < local.len;
        if (part.len == 0)
            continue;
        n++;
        if (is_of_name(text, name, part))
            n_words += part.len >= 3;
        else if (is_joined(text, name, part))
            return true;
        else
            return false;
    }
    return n >= 2 && n_words >= 1;
}
