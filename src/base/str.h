/* SPDX-License-Identifier: MIT */
#ifndef RSC_STR_H
#define RSC_STR_H

/*
 * Text as a borrowed view, and a growing buffer with a hard cap.
 *
 * A struct str never owns its bytes and is not NUL-terminated by promise.
 * A struct buf is a sticky sink: appends return nothing, the first failure
 * (out of memory or past the cap) is remembered and later appends do nothing,
 * so a writer checks `failed` once at its end.
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct mem;

struct str {
    const char *data;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_NONE     ((struct str){NULL, 0})
/* The arguments of a "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).data

static inline struct str str_of(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

/* The part [start, end) of s; start <= end <= s.len. */
static inline struct str str_slice(struct str s, size_t start, size_t end)
{
    return (struct str){s.data + start, end - start};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

/* Order of the bytes, as memcmp; a prefix sorts first. */
int str_compare(struct str a, struct str b);
/* ASCII letters compare without case; other bytes as they are. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_ends_nocase(struct str s, struct str suffix);
/* Whether s begins with any of the n texts, in any case. */
bool str_starts_any_nocase(struct str s, const char *const *list, size_t n);
#define STR_STARTS_ANY_NOCASE(s, list)                                         \
    str_starts_any_nocase(s, list, sizeof(list) / sizeof((list)[0]))
/* Whether word stands anywhere in s, in any case. */
bool str_has_nocase(struct str s, const char *word);
/* Offset of the first occurrence of needle at or after from, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_nocase(struct str s, struct str needle, size_t from);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* Takes the next line, without its '\n' or "\r\n", off the front of *rest.
 * Returns false at the end. */
bool str_next_line(struct str *rest, struct str *line);
/* Takes the next field up to separator off the front of *rest; the separator
 * is dropped. Returns false when nothing is left (data is then NULL). */
bool str_next_field(struct str *rest, char separator, struct str *field);
/* Parses decimal digits only, the whole of s; false when empty, not digits,
 * or above max. */
bool str_to_u64(struct str s, uint64_t max, uint64_t *out);

static inline bool ascii_is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ascii_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_lower(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_alpha(unsigned char c)
{
    return ascii_is_upper(c) || ascii_is_lower(c);
}

static inline bool ascii_is_alnum(unsigned char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

static inline char ascii_lower(char c)
{
    return ascii_is_upper((unsigned char)c) ? (char)(c + ('a' - 'A')) : c;
}

struct buf {
    char *data; /* NUL-terminated when len > 0 or after buf_text */
    size_t len;
    size_t cap;
    size_t max; /* len never exceeds this */
    struct mem *mem;
    bool failed;
};

/* max is the largest length that the buffer may reach. */
void buf_init(struct buf *b, struct mem *mem, size_t max);
void buf_clear(struct buf *b);
/* Forgets the content and the failure; keeps the memory. */
void buf_reset(struct buf *b);
void buf_put(struct buf *b, struct str s);
void buf_put_char(struct buf *b, char c);
void buf_put_bytes(struct buf *b, const void *data, size_t len);
/* Appends as printf does. */
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *format, va_list args);
/* The content as a view; valid until the next append. */
static inline struct str buf_str(const struct buf *b)
{
    return (struct str){b->data ? b->data : "", b->len};
}

#endif
