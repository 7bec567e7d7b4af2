/* SPDX-License-Identifier: MIT */
#include "parse/job_groups.h"

#include "text/wordlist.h"

/* Words between a kind of things and its examples: "deep learning frameworks
 * such as". */
#define KIND_WORDS 3

/* Of one "A, B or C": a longer list is not read again from each of its names
 * for an "or" that may never come. */
#define MAX_ALTERNATIVES 64

static struct str between(struct str text, const struct skill_hit *a,
                          const struct skill_hit *b)
{
    return str_trim(str_slice(text, a->span.end, b->span.start));
}

static bool is_comma(struct str gap)
{
    return str_eq(gap, STR(","));
}

/* The word "or" or a stroke between two hits, and nothing else but the rest
 * of a list. */
static bool is_or(struct str gap)
{
    if (gap.len > 24)
        return false;
    return str_eq_nocase(gap, STR("or")) || str_eq_nocase(gap, STR(", or")) ||
           str_eq(gap, STR("/")) || str_eq_nocase(gap, STR("and/or")) ||
           str_eq_nocase(gap, STR(", and/or")) ||
           str_eq_nocase(gap, STR("or equivalent")) ||
           (str_starts_nocase(gap, STR("or ")) && gap.len < 20) ||
           str_ends_nocase(gap, STR(" or"));
}

static bool is_and(struct str gap)
{
    return str_eq_nocase(gap, STR("and")) || str_eq_nocase(gap, STR(", and")) ||
           str_eq(gap, STR("&"));
}

/* "PyTorch, TensorFlow or Torchlight": a name that is not known ends the
 * list. "or higher", "or similar" is about what stands before it. */
static bool ends_in_unknown(struct str text, const struct skill_hit *last)
{
    static const char *const others[] = {"equivalent", "similar", "higher",
                                         "above",      "better",  "related",
                                         "comparable", "other",   "any"};
    struct str rest = str_slice(text, last->span.end, text.len);

    if (str_starts(rest, STR(",")))
        rest = str_slice(rest, 1, rest.len);
    if (!str_starts_nocase(rest, STR(" or ")))
        return false;
    rest = str_slice(rest, 4, rest.len);
    if (STR_STARTS_ANY_NOCASE(rest, others))
        return false;
    return true;
}

/* The first hit behind "A, B or C" from hit i on. */
static size_t or_end(struct str text, const struct skill_hits *hits, size_t i)
{
    size_t end = i + 1, k = i;
    bool has_or = false;

    /* Commas count once an "or" follows them; of "A, B/C" a stroke only joins
     * its neighbours. */
    while (k + 1 < hits->len && k - i < MAX_ALTERNATIVES) {
        struct str gap = between(text, &hits->items[k], &hits->items[k + 1]);
        if (str_eq(gap, STR("/")) && !has_or && k > i)
            break;
        if (is_or(gap)) {
            has_or = true;
            end = k + 2;
        } else if (!is_comma(gap)) {
            break;
        }
        k++;
    }
    if (!has_or && k > i && ends_in_unknown(text, &hits->items[k]))
        return k + 1;
    return has_or ? end : i + 1;
}

/* Whether the gap leads from a kind of things to its examples. */
static bool leads_to_examples(struct str gap)
{
    static const char *const leads[] = {
        "such as", "e.g.", "e.g", "e.g.,", "for example", "for instance"};
    struct span all = {0, (uint32_t)gap.len};
    uint32_t at = 0;
    size_t n = 0;

    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (!str_ends_nocase(gap, str_of(leads[i])))
            continue;
        all.end = (uint32_t)(gap.len - strlen(leads[i]));
        struct str kind = span_of(gap, all);
        while (!span_is_empty(wordlist_next_word(gap, all, &at)))
            n++;
        return n <= KIND_WORDS && str_find(kind, STR(","), 0) == SIZE_MAX &&
               str_find_nocase(kind, STR("and "), 0) == SIZE_MAX;
    }
    return false;
}

/* The first hit behind the list that hit i begins. */
static size_t list_end(struct str text, const struct skill_hits *hits, size_t i)
{
    size_t end = i + 1;

    for (; end < hits->len; end++) {
        struct str gap =
            between(text, &hits->items[end - 1], &hits->items[end]);
        if (!is_or(gap) && !is_and(gap) && !is_comma(gap))
            break;
    }
    return end;
}

size_t job_groups_end(struct str text, const struct skill_hits *hits, size_t i)
{
    size_t end = or_end(text, hits, i);

    if (end < hits->len && leads_to_examples(between(
                               text, &hits->items[end - 1], &hits->items[end])))
        return list_end(text, hits, end);
    return end;
}

bool job_groups_go_on(struct str text, const struct skill_hit *a,
                      const struct skill_hit *b)
{
    struct str gap = between(text, a, b);

    return gap.len == 0 || is_or(gap) || is_and(gap) || is_comma(gap);
}

static bool is_kind_of(const struct ontology *ontology, uint32_t skill,
                       uint32_t kind)
{
    size_t n;
    const struct skill_link *links = ontology_links(ontology, skill, &n);

    for (size_t i = 0; i < n; i++)
        if (links[i].skill == kind && links[i].relation == RELATION_KIND_OF)
            return true;
    return false;
}

bool job_groups_is_kind(const struct ontology *ontology, struct str text,
                        const struct skill_hits *hits, size_t i)
{
    static const char *const leads[] = {"", "in", "with", "using", "in either"};
    const struct skill_hit *kind = &hits->items[i];

    if (i > 0 && between(text, kind - 1, kind).len == 0 &&
        is_kind_of(ontology, kind[-1].skill, kind->skill))
        return true;
    if (i + 1 >= hits->len || !is_kind_of(ontology, kind[1].skill, kind->skill))
        return false;
    struct str gap = between(text, kind, kind + 1);
    for (size_t k = 0; k < sizeof(leads) / sizeof(leads[0]); k++)
        if (str_eq_nocase(gap, str_of(leads[k])))
            return true;
    return false;
}
