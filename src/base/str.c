/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <stdio.h>

#include "base/mem.h"

int str_compare(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.data, b.data, n) : 0;

    if (order)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool same_nocase(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ascii_lower(a[i]) != ascii_lower(b[i]))
            return false;
    }
    return true;
}

bool str_eq_nocase(struct str a, struct str b)
{
    return a.len == b.len && same_nocase(a.data, b.data, a.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
    return s.len >= prefix.len && same_nocase(s.data, prefix.data, prefix.len);
}

bool str_starts_any_nocase(struct str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts_nocase(s, str_of(list[i])))
            return true;
    return false;
}

bool str_has_nocase(struct str s, const char *word)
{
    return str_find_nocase(s, str_of(word), 0) != SIZE_MAX;
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

bool str_ends_nocase(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           same_nocase(s.data + s.len - suffix.len, suffix.data, suffix.len);
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    const char *hit =
        memmem(s.data + from, s.len - from, needle.data, needle.len);
    return hit ? (size_t)(hit - s.data) : SIZE_MAX;
}

size_t str_find_nocase(struct str s, struct str needle, size_t from)
{
    for (size_t i = from; i <= s.len && needle.len <= s.len - i; i++) {
        if (same_nocase(s.data + i, needle.data, needle.len))
            return i;
    }
    return SIZE_MAX;
}

struct str str_trim(struct str s)
{
    while (s.len && ascii_is_space((unsigned char)s.data[0]))
        s = str_slice(s, 1, s.len);
    while (s.len && ascii_is_space((unsigned char)s.data[s.len - 1]))
        s.len--;
    return s;
}

bool str_next_line(struct str *rest, struct str *line)
{
    if (!str_next_field(rest, '\n', line))
        return false;
    if (line->len && line->data[line->len - 1] == '\r')
        line->len--;
    return true;
}

bool str_next_field(struct str *rest, char separator, struct str *field)
{
    if (!rest->data || rest->len == 0)
        return false;
    const char *end = memchr(rest->data, separator, rest->len);
    size_t len = end ? (size_t)(end - rest->data) : rest->len;
    *field = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, end ? len + 1 : len, rest->len);
    return true;
}

bool str_to_u64(struct str s, uint64_t max, uint64_t *out)
{
    uint64_t value = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_digit((unsigned char)s.data[i]))
            return false;
        uint64_t digit = (uint64_t)(s.data[i] - '0');
        if (value > (max - digit) / 10 || digit > max)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

void buf_init(struct buf *b, struct mem *mem, size_t max)
{
    *b = (struct buf){.mem = mem, .max = max};
}

void buf_clear(struct buf *b)
{
    mem_free(b->mem, b->data, b->cap);
    buf_init(b, b->mem, b->max);
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}

/* Makes room for extra bytes and the NUL behind them. */
static bool reserve(struct buf *b, size_t extra)
{
    if (b->failed)
        return false;
    if (extra > b->max - b->len) {
        b->failed = true;
        return false;
    }
    size_t wanted = b->len + extra + 1;
    if (wanted <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < wanted)
        cap *= 2;
    char *grown = mem_realloc(b->mem, b->data, b->cap, cap);
    if (!grown) {
        b->failed = true;
        return false;
    }
    b->data = grown;
    b->cap = cap;
    return true;
}

void buf_put_bytes(struct buf *b, const void *data, size_t len)
{
    if (len == 0 || !reserve(b, len))
        return;
    memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_put(struct buf *b, struct str s)
{
    buf_put_bytes(b, s.data, s.len);
}

void buf_put_char(struct buf *b, char c)
{
    buf_put_bytes(b, &c, 1);
}

void buf_vprintf(struct buf *b, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        b->failed = true;
    if (len > 0 && reserve(b, (size_t)len)) {
        vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vprintf(b, format, args);
    va_end(args);
}
