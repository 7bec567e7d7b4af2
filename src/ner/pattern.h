/* SPDX-License-Identifier: MIT */
#ifndef RSC_PATTERN_H
#define RSC_PATTERN_H

/*
 * Python's regular expressions, as spaCy's tokenizer files hold them, run by
 * PCRE2. Three rewrites make the two agree:
 *
 *     (?u) in front        dropped
 *     \uXXXX \UXXXXXXXX    \x{XXXX}
 *     \w \W \s \S          the classes that Python's str methods define
 *
 * A construct outside of what those files use is refused by name when the
 * pattern is opened. Subjects must be valid UTF-8.
 *
 * Threads: a pattern is immutable and shared; each thread has its own
 * struct matcher.
 */

#include "base/ctx.h"

struct mem;
struct pattern;
struct matcher;

/* A match in bytes of the subject. */
struct match {
    size_t start, end;
};

/* `name` is for messages. Freed by pattern_close, with the same mem. */
rsc_status pattern_open(struct ctx *ctx, struct pattern **out, struct mem *mem,
                        struct str source, const char *name);
void pattern_close(struct pattern *pattern);

/* What a thread needs to run patterns. Freed by matcher_free. */
rsc_status matcher_new(struct ctx *ctx, struct matcher **out, struct mem *mem);
void matcher_free(struct matcher *matcher);

/* The leftmost match at or after from, as Python's search; *found tells
 * whether there is one. A NULL pattern never matches. Fails with RSC_ELIMIT
 * when the pattern needs too many steps for this text. */
rsc_status pattern_search(struct ctx *ctx, const struct pattern *pattern,
                          struct matcher *matcher, struct str subject,
                          size_t from, bool *found, struct match *out);
/* Whether it matches at the start, as Python's match. */
rsc_status pattern_match(struct ctx *ctx, const struct pattern *pattern,
                         struct matcher *matcher, struct str subject,
                         bool *found);

#endif
