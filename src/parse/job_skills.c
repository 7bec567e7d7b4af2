/* SPDX-License-Identifier: MIT */
#include "parse/job_skills.h"

#include "parse/job_groups.h"
#include "parse/job_words.h"

#include "base/vec.h"
#include "text/wordlist.h"

#define LABEL_BYTES 70 /* what a table shows */

/* The first words of s, at most LABEL_BYTES. */
static struct str shorten(struct str s)
{
    size_t end = 0;

    s = str_trim(s);
    while (s.len && strchr(".;,:", s.data[s.len - 1]))
        s.len--;
    if (s.len <= LABEL_BYTES)
        return s;
    for (size_t i = 0; i < LABEL_BYTES; i++) {
        if (s.data[i] == ' ')
            end = i;
    }
    if (!end) {
        end = LABEL_BYTES;
        while (end > 0 && ((unsigned char)s.data[end] & 0xC0) == 0x80)
            end--;
    }
    return str_slice(s, 0, end);
}

struct requirement *job_skills_put(struct ctx *ctx,
                                   struct requirement_list *out,
                                   const struct job_sentence *s,
                                   enum requirement_kind kind, struct str label)
{
    const struct requirement *last =
        out->len ? &out->items[out->len - 1] : NULL;
    /* A sentence with thousands of names is read once. */
    bool is_condition = last && last->source.start == s->span.start &&
                                last->source.end == s->span.end
                            ? last->is_condition
                            : job_words_are_condition(s->text);
    struct requirement *r = vec_push(ctx, out);

    if (!r)
        return NULL;
    *r = (struct requirement){
        .kind = kind,
        .must = s->must,
        .required = s->required,
        .is_condition = is_condition,
        .label = shorten(label),
        .text = str_trim(s->text),
        .source = s->span,
        .at_least = 1,
    };
    return r;
}

/* "three" to 3, "3" to 3; 0 if the word is no number up to 40. */
static unsigned number_of(struct str word)
{
    static const char *const names[] = {
        "",      "one",   "two",  "three", "four",   "five",  "six",
        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    uint64_t value;

    for (unsigned i = 1; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_eq_nocase(word, str_of(names[i])))
            return i;
    }
    if (str_eq_nocase(word, STR("fifteen")))
        return 15;
    if (str_eq_nocase(word, STR("twenty")))
        return 20;
    /* "3-5" is one word: its first number counts. */
    size_t n = 0;
    while (n < word.len && ascii_is_digit((unsigned char)word.data[n]))
        n++;
    if (n && str_to_u64(str_slice(word, 0, n), 40, &value))
        return (unsigned)value;
    return 0;
}

static bool is_unit(struct str word, bool *is_years)
{
    while (word.len && word.data[word.len - 1] == '+') /* "2 yrs+" */
        word.len--;
    *is_years = str_starts_nocase(word, STR("year")) ||
                str_eq_nocase(word, STR("yrs")) ||
                str_eq_nocase(word, STR("yr"));
    return *is_years || str_eq_nocase(word, STR("months")) ||
           str_eq_nocase(word, STR("month"));
}

/* Words between a number and its unit: "3 or more years", "2 to 4 years". */
static bool is_between(struct str word)
{
    static const char *const words[] = {"or",  "more", "to",       "plus",
                                        "and", "full", "calendar", "of",
                                        "at",  "least"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    }
    return number_of(word) > 0;
}

/* "a year of", "a year or more": the unit at `unit`, which ends at `end`. Not
 * "40k a year". */
static bool is_a_year(struct str s, struct span unit, uint32_t end)
{
    struct str rest = str_slice(s, end, s.len);

    return unit.start >= 2 &&
           str_ends_nocase(str_slice(s, 0, unit.start), STR("a ")) &&
           (unit.start == 2 || s.data[unit.start - 3] == ' ') &&
           str_eq_nocase(span_of(s, unit), STR("year")) &&
           (str_starts_nocase(rest, STR(" of")) ||
            str_starts_nocase(rest, STR(" or more")));
}

/* "within two years of hire" */
static bool is_deadline(struct str s, uint32_t number)
{
    struct str before = str_slice(s, 0, number);

    return str_ends_nocase(before, STR("within ")) ||
           str_ends_nocase(before, STR("within the first ")) ||
           str_ends_nocase(before, STR("within your first "));
}

unsigned job_skills_months(struct str sentence, size_t *end)
{
    struct span all = {0, (uint32_t)sentence.len}, span;
    uint32_t at = 0;
    unsigned first = 0;
    bool is_years;

    while (!span_is_empty(span = wordlist_next_word(sentence, all, &at))) {
        struct str word = span_of(sentence, span);
        unsigned n = number_of(word);
        if (is_a_year(sentence, span, at))
            first = 1;
        if (n && is_deadline(sentence, span.start))
            n = 0;
        if (is_unit(word, &is_years) && first) {
            struct str rest = str_slice(sentence, at, sentence.len);
            /* "18 years old", "5 years of age", "within two years" */
            if (!str_starts_nocase(rest, STR(" old")) &&
                !str_starts_nocase(rest, STR(" or old")) &&
                !str_starts_nocase(rest, STR(" or over")) &&
                !str_starts_nocase(rest, STR(" of age"))) {
                if (end)
                    *end = at;
                return is_years ? first * 12 : first;
            }
            first = 0;
        } else if (n && !first) {
            first = n;
        } else if (!n && !is_between(word)) {
            first = 0;
        }
    }
    return 0;
}

bool skill_set_has(const struct skill_set *set, uint32_t skill)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->items[i] == skill)
            return true;
    }
    return false;
}

/* How many of a list are wanted: "at least two of", "one or more of". */
static unsigned wanted_of_list(struct str text)
{
    static const char *const leads[] = {
        "at least ", "one or more of", "one of",        "any of",
        "either ",   "any one of",     "two or more of"};
    size_t at = str_find_nocase(text, STR("at least "), 0);

    if (at != SIZE_MAX) {
        uint32_t i = (uint32_t)at + 9;
        struct span all = {0, (uint32_t)text.len};
        unsigned n =
            number_of(span_of(text, wordlist_next_word(text, all, &i)));
        struct str rest = str_slice(text, i, text.len);
        if (n && (str_starts_nocase(rest, STR(" of")) ||
                  str_starts_nocase(rest, STR(" or more of"))))
            return n;
    }
    if (str_has_nocase(text, "two or more of"))
        return 2;
    for (size_t i = 1; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (str_has_nocase(text, leads[i]))
            return 1;
    }
    return 0;
}

static struct str join_label(struct ctx *ctx, const struct ontology *ontology,
                             const struct skill_set *set, unsigned at_least)
{
    struct str label = ontology_name(ontology, set->items[0]);

    for (size_t i = 1; i < set->n && i < 4; i++) {
        struct str name = ontology_name(ontology, set->items[i]);
        label = ctx_printf(ctx, "%.*s%s%.*s", STR_ARG(label),
                           i + 1 == set->n ? " or " : ", ", STR_ARG(name));
    }
    if (set->n > 4)
        label = ctx_printf(ctx, "%.*s, ...", STR_ARG(label));
    if (at_least > 1 && at_least < set->n)
        label = ctx_printf(ctx, "%u of %.*s", at_least, STR_ARG(label));
    return label;
}

static rsc_status add_skills(struct ctx *ctx, struct requirement_list *out,
                             const struct job_sentence *s,
                             const struct ontology *ontology,
                             struct skill_set set, unsigned at_least,
                             struct str text)
{
    bool is_certificate =
        ontology_kind(ontology, set.items[0]) == SKILL_CERTIFICATE;
    struct str label = join_label(ctx, ontology, &set, at_least);
    struct requirement *r = job_skills_put(
        ctx, out, s,
        is_certificate ? REQUIREMENT_CERTIFICATE : REQUIREMENT_SKILL, label);

    if (!r)
        return ctx->error.status;
    r->skills = set.items;
    r->n_skills = set.n;
    r->at_least = at_least < set.n ? at_least : (unsigned)set.n;
    r->text = text;
    return RSC_OK;
}

rsc_status job_skills_add(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology,
                          const struct skill_hits *hits)
{
    unsigned wanted = wanted_of_list(s->text);
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < hits->len && !st;) {
        if (!wanted && job_groups_is_kind(ontology, s->text, hits, i)) {
            i++;
            continue;
        }
        size_t end = wanted && hits->len >= wanted
                         ? hits->len
                         : job_groups_end(s->text, hits, i);
        struct skill_set set = {ctx_alloc_array(ctx, end - i, sizeof(uint32_t)),
                                0};
        if (!set.items)
            return ctx->error.status;
        for (size_t k = i; k < end; k++) {
            if (!skill_set_has(&set, hits->items[k].skill))
                set.items[set.n++] = hits->items[k].skill;
        }
        struct str text = str_slice(s->text, hits->items[i].span.start,
                                    hits->items[end - 1].span.end);
        st = add_skills(ctx, out, s, ontology, set, wanted ? wanted : 1, text);
        i = end;
    }
    return st;
}

/* Of an item of a list of names; longer ones are parts of a sentence. */
#define ITEM_WORDS 3

static size_t count_words(struct str text, struct span within)
{
    uint32_t at = within.start;
    size_t n = 0;

    while (!span_is_empty(wordlist_next_word(text, within, &at)))
        n++;
    return n;
}

static struct span next_item(struct str text, uint32_t start)
{
    struct span item = {start, start};

    while (item.start < text.len && text.data[item.start] == ' ')
        item.start++;
    item.end = item.start;
    while (item.end < text.len && !strchr(",.", text.data[item.end]))
        item.end++;
    return item;
}

/* Three items or more, each of a few words. */
static bool is_list_of_names(struct str text)
{
    size_t n = 0;

    for (uint32_t at = 0; at < text.len; n++) {
        struct span item = next_item(text, at);
        if (count_words(text, item) > ITEM_WORDS)
            return false;
        at = item.end + 1;
    }
    return n >= 3;
}

static bool is_hit(const struct skill_hits *hits, struct span item)
{
    for (size_t i = 0; i < hits->len; i++)
        if (hits->items[i].span.start < item.end &&
            hits->items[i].span.end > item.start)
            return true;
    return false;
}

rsc_status job_skills_rest(struct ctx *ctx, struct requirement_list *out,
                           const struct job_sentence *s,
                           const struct skill_hits *hits)
{
    if (!is_list_of_names(s->text))
        return RSC_OK;
    for (uint32_t at = 0; at < s->text.len;) {
        struct span item = next_item(s->text, at);
        struct str name = span_of(s->text, item);
        at = item.end + 1;
        if (is_hit(hits, item) || count_words(s->text, item) == 0 ||
            str_starts_nocase(name, STR("or ")) ||
            str_starts_nocase(name, STR("and ")) ||
            str_starts_nocase(name, STR("etc")))
            continue;
        struct requirement *r =
            job_skills_put(ctx, out, s, REQUIREMENT_SKILL, name);
        if (!r)
            return ctx->error.status;
        r->text = name;
    }
    return RSC_OK;
}

/* The hits [*from, *to) that the years are about: the first list behind them,
 * or the hit right before ("Python: 3 years"). */
static void find_subject(const struct ontology *ontology, struct str text,
                         const struct skill_hits *hits, size_t end,
                         size_t *from, size_t *to)
{
    size_t i = 0;

    while (i < hits->len && hits->items[i].span.start < end)
        i++;
    if (i == hits->len && i > 0)
        i--;
    *from = *to = i;
    if (i == hits->len ||
        ontology_kind(ontology, hits->items[i].skill) == SKILL_CERTIFICATE ||
        ontology_kind(ontology, hits->items[i].skill) == SKILL_SOFT)
        return;
    /* A far one belongs to something else that the sentence says. */
    if (hits->items[i].span.start > end + 60)
        return;
    *to = i + 1;
    while (*to < hits->len &&
           job_groups_go_on(text, &hits->items[*to - 1], &hits->items[*to]))
        (*to)++;
}

/* Adds the years and takes the hits that they are about out of the list. */
rsc_status job_skills_years(struct ctx *ctx, struct requirement_list *out,
                            const struct job_sentence *s,
                            const struct ontology *ontology,
                            struct skill_hits *hits)
{
    size_t end = 0, from = 0, to = 0;
    unsigned months = job_skills_months(s->text, &end);
    struct skill_set set = {
        ctx_alloc_array(ctx, hits->len + 1, sizeof(uint32_t)), 0};
    struct str amount = months % 12 ? ctx_printf(ctx, "%u months", months)
                                    : ctx_printf(ctx, "%u year%s", months / 12,
                                                 months == 12 ? "" : "s");
    if (!set.items || !amount.data)
        return ctx->error.status;
    find_subject(ontology, s->text, hits, end, &from, &to);
    for (size_t i = from; i < to; i++) {
        if (!skill_set_has(&set, hits->items[i].skill))
            set.items[set.n++] = hits->items[i].skill;
    }
    struct str what =
        set.n ? join_label(ctx, ontology, &set, 1) : STR("experience");
    struct requirement *r = job_skills_put(
        ctx, out, s, REQUIREMENT_YEARS,
        ctx_printf(ctx, "%.*s of %.*s", STR_ARG(amount), STR_ARG(what)));
    if (!r)
        return ctx->error.status;
    r->months = months;
    r->skills = set.items;
    r->n_skills = set.n;
    for (size_t i = to; i < hits->len; i++)
        hits->items[from + i - to] = hits->items[i];
    hits->len -= to - from;
    return RSC_OK;
}

rsc_status job_skills_find(struct ctx *ctx, struct skill_hits *hits,
                           const struct ontology *ontology, struct str text)
{
    size_t kept = 0;

    if (!ontology)
        return RSC_OK;
    rsc_status st = skill_match(ctx, hits, ontology, text);
    for (size_t i = 0; i < hits->len && !st; i++) {
        if (hits->items[i].stance != STANCE_NEGATED &&
            ontology_kind(ontology, hits->items[i].skill) != SKILL_LANGUAGE)
            hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
    return st;
}
