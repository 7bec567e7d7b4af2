/* SPDX-License-Identifier: MIT */
#include "permits.h"

/* Behind the string that begins at `at`. */
static size_t skip_string(struct str s, size_t at)
{
    for (at++; at < s.len && s.data[at] != '"'; at++)
        if (s.data[at] == '\\')
            at++;
    return at + 1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What c does to the depth of what follows. */
static int step_of(char c)
{
    if (c == '[' || c == '{')
        return 1;
    return c == ']' || c == '}' ? -1 : 0;
}

/* The members of the list that begins at *at, which is put behind it. */
static size_t count_list(struct str s, size_t *at)
{
    size_t commas = 0, i = *at + 1;
    int64_t depth = 1;

    while (i < s.len && is_space(s.data[i]))
        i++;
    char first = i < s.len ? s.data[i] : ']';
    bool is_ids = ascii_is_digit((unsigned char)first) || first == '-';
    while (i < s.len && depth > 0) {
        char c = s.data[i];
        if (c == '"') {
            i = skip_string(s, i);
            continue;
        }
        commas += c == ',' && depth == 1;
        depth += step_of(c);
        i++;
    }
    *at = i;
    return first == ']' ? 0 : is_ids ? 1 : commas + 1;
}

size_t permits_count(struct str body)
{
    size_t n = 0, i = 0;

    while (i < body.len) {
        if (body.data[i] == '"')
            i = skip_string(body, i);
        else if (body.data[i] == '[')
            n += count_list(body, &i);
        else
            i++;
    }
    return n > 0 ? n : 1;
}

bool permits_take(struct permits *permits, size_t n)
{
    if (permits->used > 0 && permits->used + n > permits->max)
        return false;
    permits->used += n;
    return true;
}

void permits_give(struct permits *permits, size_t n)
{
    permits->used -= n < permits->used ? n : permits->used;
}
