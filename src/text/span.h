/* SPDX-License-Identifier: MIT */
#ifndef RSC_SPAN_H
#define RSC_SPAN_H

/* A part of a text, in bytes: [start, end). */

#include "base/str.h"

struct span {
    uint32_t start, end;
};

static inline bool span_is_empty(struct span s)
{
    return s.end <= s.start;
}

static inline bool span_overlaps(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

static inline bool span_contains(struct span outer, struct span inner)
{
    return outer.start <= inner.start && inner.end <= outer.end;
}

static inline struct str span_of(struct str text, struct span s)
{
    return str_slice(text, s.start, s.end);
}

#endif
