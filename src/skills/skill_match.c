/* SPDX-License-Identifier: MIT */
#include "skill_match.h"

#include "base/vec.h"
#include "ontology_source.h"
#include "skill_context.h"

/* Words that a phrase may reach over: its own, and the little ones that are
 * passed over. */
#define REACH 16
/* Words that are read at once. */
#define WORDS 64
/* Words that a negation reaches. */
#define STANCE_WORDS 20
/* A line break within a phrase is a wrapped line only behind a long line. */
#define WRAPPED_LINE_BYTES 50

struct seen_word {
    struct scan_word word;
    uint32_t hash;                  /* of its fold */
    const struct phrase_form *form; /* NULL: unknown */
    bool is_known;                  /* form was looked up */
    bool is_loose; /* signs, digits or an s may be dropped: hash may change */
};

struct matcher {
    struct ctx *ctx;
    const struct ontology *ontology;
    struct str text;
    struct wordscan scan;
    struct seen_word words[WORDS];
    size_t first, n_words; /* the current one; those that were read */
    struct candidates found;
    size_t told;       /* candidates whose stance no cue changes any more */
    uint32_t last_end; /* where the word before the current one ends */
    enum skill_stance stance;
    unsigned stance_words; /* that it still reaches */
};

/* One or two digits behind three letters, as in phrases_form_of. */
static bool ends_in_version(const struct scan_word *w)
{
    const unsigned char *end = (const unsigned char *)w->fold + w->len;

    return w->len > 3 && ascii_is_digit(end[-1]) &&
           !(ascii_is_digit(end[-2]) && ascii_is_digit(end[-3]));
}

static inline bool has_loose_ends(const struct scan_word *w)
{
    return !w->plain &&
           (w->suffix || w->prefix || w->possessive || ends_in_version(w));
}

/* Reads ahead; words that were passed make room. */
static void read_words(struct matcher *m)
{
    m->n_words -= m->first;
    memmove(m->words, m->words + m->first, m->n_words * sizeof(m->words[0]));
    m->first = 0;
    for (; m->n_words < WORDS; m->n_words++) {
        struct seen_word *w = &m->words[m->n_words];
        if (!wordscan_next(&m->scan, &w->word))
            break;
        w->hash = phrases_hash(w->word.fold, w->word.len);
        w->is_known = false;
        w->is_loose = has_loose_ends(&w->word);
    }
}

/* The word i behind the current one, i < REACH, or NULL at the end. */
static inline struct seen_word *peek(struct matcher *m, size_t i)
{
    return m->first + i < m->n_words ? &m->words[m->first + i] : NULL;
}

static void advance(struct matcher *m, size_t n)
{
    m->last_end = peek(m, n - 1)->word.end;
    m->first += n;
}

static const struct phrase_form *form_of(struct matcher *m, struct seen_word *w)
{
    if (!w->is_known) {
        w->form = phrases_form_of(&m->ontology->phrases, &w->word, w->hash);
        w->is_known = true;
        if (w->form) /* signs may have been dropped from the word */
            w->hash = w->form->hash;
    }
    return w->form;
}

/* The node behind the word, or 0. Most words are ruled out by their hash. */
static uint32_t step_to(struct matcher *m, uint32_t node, struct seen_word *w)
{
    const struct phrases *p = &m->ontology->phrases;
    if (!(p->nodes[node].next & phrases_next_bit(w->hash)) && !w->is_loose)
        return 0;
    const struct phrase_form *form = form_of(m, w);
    return form ? phrases_step(p, node, form->token) : 0;
}

/* The line that ends at `end` is a long one. */
static bool is_wrapped(struct str text, uint32_t end)
{
    return end >= WRAPPED_LINE_BYTES &&
           !memchr(text.data + end - WRAPPED_LINE_BYTES, '\n',
                   WRAPPED_LINE_BYTES);
}

/* Whether two words may belong to one phrase. */
static bool joins(struct str text, const struct scan_word *a,
                  const struct scan_word *b)
{
    size_t len = b->start - a->end;
    switch (b->gap) {
    case 0:
        return true;
    case GAP_SPACE:
        return len <= 3;
    case GAP_DOT:
        return len == 1;
    case GAP_HYPHEN:
        return len == 1 || len == 3;
    case GAP_OTHER: /* "C+E licence" */
        return len == 1 && text.data[a->end] == '+';
    case GAP_SLASH:
        return len == 1;
    case GAP_SLASH | GAP_SPACE: /* "CI / CD", not "w/ 2" */
        return len == 3;
    case GAP_NEWLINE:
    case GAP_NEWLINE | GAP_SPACE:
        return is_wrapped(text, a->end);
    default:
        return false;
    }
}

struct path {
    uint32_t node[REACH];
    uint8_t words[REACH]; /* up to this node, with those passed over */
    size_t len;
};

/* Word i where it continues a phrase that has the word before it. */
static struct seen_word *joined_word(struct matcher *m, size_t i)
{
    struct seen_word *w = i < REACH ? peek(m, i) : NULL;
    return w && joins(m->text, &peek(m, i - 1)->word, &w->word) ? w : NULL;
}

/* Every node with values on the way of the current words. Where a little word
 * is a step but leads to nothing ("manage a team" for "manage a project"), it
 * is passed over after all; `fork` is the place to go back to. */
static void walk(struct matcher *m, uint32_t node, struct path *path)
{
    const struct phrases *p = &m->ontology->phrases;
    uint32_t fork = 0;
    size_t i = 1, fork_i = 0, fork_len = 0;

    path->len = 0;
    for (;;) {
        if (p->nodes[node].n_values > 0) {
            path->node[path->len] = node;
            path->words[path->len++] = (uint8_t)i;
        }
        uint32_t next = 0;
        while (!next) {
            struct seen_word *w = joined_word(m, i);
            bool little = w && w->word.len <= PHRASES_LITTLE_LEN &&
                          phrases_is_little(w->word.fold);
            if (w)
                next = step_to(m, node, w);
            if (next && little) {
                fork = node;
                fork_i = i;
                fork_len = path->len;
            } else if (!next && !little) {
                if (!fork || path->len > fork_len)
                    return;
                node = fork;
                i = fork_i;
                fork = 0;
            }
            i++;
        }
        node = next;
    }
}

static struct str next_alnum(struct str s)
{
    while (s.len > 0 && !ascii_is_alnum((unsigned char)s.data[0]))
        s = str_slice(s, 1, s.len);
    return s;
}

/* Whether the letters of the span are those of the alias, case included. A
 * name of four letters or more may also stand in capitals, as in headings. */
static bool same_case(struct str written, struct str alias)
{
    bool same = true, capitals = true;
    size_t n = 0;

    for (;; n++) {
        written = next_alnum(written);
        alias = next_alnum(alias);
        if (written.len == 0 || alias.len == 0)
            break;
        same = same && written.data[0] == alias.data[0];
        capitals = capitals && !ascii_is_lower((unsigned char)written.data[0]);
        written = str_slice(written, 1, written.len);
        alias = str_slice(alias, 1, alias.len);
    }
    return same || (capitals && n >= 4);
}

/* Whether the folded words are those of the alias as it is written. */
static bool same_words(struct matcher *m, size_t n,
                       const struct table_alias *alias)
{
    uint32_t chain = 0;
    if (n != alias->n_words)
        return false;
    for (size_t i = 0; i < n; i++)
        chain = phrases_chain(chain, peek(m, i)->hash);
    return chain == alias->hash;
}

/* Bytes of a line that are looked at on each side of an acronym. */
#define MAX_AROUND 400

/* Whether the line of the span has small letters elsewhere: there a plural of
 * an acronym has a small s, and BCPS is none of BCP. */
static bool has_small_letters(struct str text, struct span span)
{
    size_t from = span.start > MAX_AROUND ? span.start - MAX_AROUND : 0;
    size_t to =
        text.len - span.end > MAX_AROUND ? span.end + MAX_AROUND : text.len;

    for (size_t i = span.start; i-- > from && text.data[i] != '\n';)
        if (ascii_is_lower((unsigned char)text.data[i]))
            return true;
    for (size_t i = span.end; i < to && text.data[i] != '\n'; i++)
        if (ascii_is_lower((unsigned char)text.data[i]))
            return true;
    return false;
}

static bool is_other_acronym(struct str text, struct span span)
{
    struct str word = span_of(text, span);

    return word.len <= 6 && word.data[word.len - 1] == 'S' &&
           has_small_letters(text, span);
}

/* "Leeds"; long ones are no names of places: "Vlookups". */
static bool is_title_case(struct str word)
{
    return word.len > 1 && word.len <= 5 &&
           ascii_is_upper((unsigned char)word.data[0]) &&
           ascii_is_lower((unsigned char)word.data[1]);
}

/* A version has one digit ("SAS9"); an acronym with more of them attached is
 * another name: SAS70 is a standard. */
static bool is_longer_name(struct str written, const struct scan_word *w,
                           const struct table_alias *alias)
{
    const unsigned capitals = NAME_ACRONYM | NAME_CASE;
    return (alias->flags & capitals) == capitals &&
           written.len >= w->len + 2u &&
           ascii_is_digit((unsigned char)written.data[written.len - 1]);
}

/* Fills c where the alias may stand for the n words from the current one. */
static bool fits(struct matcher *m, uint32_t alias, size_t n,
                 struct candidate *c)
{
    const struct ontology *o = m->ontology;
    const struct table_alias *a = &o->aliases[alias];
    struct str name = table_str(o, a->text);
    struct span span = {peek(m, 0)->word.start, peek(m, n - 1)->word.end};
    bool same = same_words(m, n, a);

    *c = (struct candidate){.alias = alias};
    if (n == 1 && a->n_words == 1 && !same) {
        const struct scan_word *w = &peek(m, 0)->word;
        /* ETC is not the singular of ETCS. */
        if (a->flags & NAME_ACRONYM && w->len < name.len)
            return false;
        /* Nor is Leeds the plural of LEED. */
        if (a->flags & NAME_ACRONYM && is_title_case(span_of(m->text, span)))
            return false;
        if (a->flags & NAME_ACRONYM && is_other_acronym(m->text, span))
            return false;
        if (a->flags & NAME_EXACT && !(a->flags & NAME_ACRONYM))
            return false;
    }
    if (n == 1 && is_longer_name(span_of(m->text, span), &peek(m, 0)->word, a))
        return false;
    c->uncertain =
        (a->flags & NAME_CONTEXT) != 0 || context_is_place(m->text, span);
    if (a->flags & NAME_CASE && !same_case(span_of(m->text, span), name)) {
        if (!c->uncertain)
            return false;
        c->loose = true;
    }
    if (!context_allows(m->text, span, c->uncertain))
        return false;
    c->hit = (struct skill_hit){
        .span = span,
        .skill = a->skill,
        .how = !same        ? SKILL_BY_VARIANT
               : a->is_name ? SKILL_BY_NAME
                            : SKILL_BY_ALIAS,
        .stance = m->stance,
    };
    return true;
}

static bool is_bracketed(unsigned gap)
{
    return gap & (GAP_OPEN | GAP_COLON) ||
           (gap & (GAP_HYPHEN | GAP_SPACE)) == (GAP_HYPHEN | GAP_SPACE);
}

/* A sentence or a list item ends between `end` and w behind it. */
static bool ends_clause(struct str text, uint32_t end,
                        const struct scan_word *w)
{
    if (w->gap & (GAP_STOP | GAP_BLANK | GAP_CLOSE))
        return true;
    if (w->gap & GAP_DOT && w->start - end > 1)
        return true;
    return w->gap & GAP_NEWLINE && !is_wrapped(text, end);
}

/* "Rust (no experience)", "Rust: none": a cue about what stands before. */
static bool mark_last(struct matcher *m, const struct scan_word *first,
                      enum skill_stance stance)
{
    if (!is_bracketed(first->gap) || m->found.len <= m->told ||
        m->found.items[m->found.len - 1].hit.span.end != m->last_end ||
        ends_clause(m->text, m->last_end, first))
        return false;
    m->found.items[m->found.len - 1].hit.stance = stance;
    return true;
}

/* A clause ends somewhere between two places, of which the second is the
 * first byte of a word. */
static bool is_cut(struct str text, uint32_t from, uint32_t to)
{
    struct wordscan scan = {text, from};
    struct scan_word word;

    for (; wordscan_next(&scan, &word) && word.start <= to; from = word.end)
        if (ends_clause(text, from, &word))
            return true;
    return false;
}

/* "Docker and Helm: not used": about all before it in this clause. */
static void mark_clause(struct matcher *m, enum skill_stance stance)
{
    uint32_t start = peek(m, 0)->word.start;

    for (size_t i = m->found.len; i-- > m->told;) {
        struct skill_hit *hit = &m->found.items[i].hit;
        if (is_cut(m->text, hit->span.end, start))
            break;
        hit->stance = stance;
        start = hit->span.start;
    }
    m->told = m->found.len;
}

static void start_stance(struct matcher *m, enum skill_stance stance)
{
    const struct scan_word *first = &peek(m, 0)->word;
    if (mark_last(m, first, stance))
        return;
    m->stance = stance;
    m->stance_words = STANCE_WORDS;
}

static void apply_cue(struct matcher *m, enum cue cue)
{
    switch (cue) {
    case CUE_NEGATE:
        start_stance(m, STANCE_NEGATED);
        break;
    case CUE_WISH:
        start_stance(m, STANCE_WISHED);
        break;
    case CUE_WISH_AFTER:
        mark_last(m, &peek(m, 0)->word, STANCE_WISHED);
        break;
    case CUE_NEGATE_AFTER:
        mark_clause(m, STANCE_NEGATED);
        break;
    case CUE_CONTRAST:
        m->stance = STANCE_HELD;
        m->told = m->found.len;
        break;
    default:
        break;
    }
}

/* Takes what a node stands for; false where none of its values fits. */
static bool accept(struct matcher *m, uint32_t node, size_t n)
{
    const struct phrase_node *at = &m->ontology->phrases.nodes[node];
    struct candidate c;

    for (uint32_t i = 0; i < at->n_values; i++) {
        uint32_t alias = phrases_value(&m->ontology->phrases, at, i);
        const struct table_alias *a = &m->ontology->aliases[alias];
        if (a->cue) {
            apply_cue(m, (enum cue)a->cue);
            return true;
        }
        if (!fits(m, alias, n, &c))
            continue;
        struct candidate *slot = vec_push(m->ctx, &m->found);
        if (slot) {
            *slot = c;
            slot->node = node;
        }
        return true;
    }
    return false;
}

/* Whether a phrase may begin with the current word and go on behind it. Most
 * words are dropped here, so nothing here depends on guessing. */
static inline bool may_start(struct matcher *m, const struct seen_word *w)
{
    const struct seen_word *next = peek(m, 1);
    uint32_t second = START_WHOLE;
    if (next)
        second = next->is_loose ? START_ANY : next->hash;
    return w->is_loose |
           phrases_may_start(&m->ontology->phrases, w->hash, second);
}

/* Takes the longest phrase at the current word; returns its words, or 0. */
static size_t take_phrase(struct matcher *m, struct seen_word *w)
{
    struct path path;

    if (!may_start(m, w))
        return 0;
    const struct phrase_form *form = form_of(m, w);
    if (!form || !form->root)
        return 0;
    walk(m, form->root, &path);
    for (size_t i = path.len; i-- > 0;)
        if (accept(m, path.node[i], path.words[i]))
            return path.words[i];
    return 0;
}

static bool is_conjunction(const struct scan_word *w)
{
    return (w->len == 3 && !memcmp(w->fold, "and", 3)) ||
           (w->len == 2 && !memcmp(w->fold, "or", 2)) ||
           (w->len == 3 && !memcmp(w->fold, "nor", 3));
}

static void step(struct matcher *m)
{
    struct seen_word *current = peek(m, 0);
    const struct scan_word *w = &current->word;
    bool after_comma = w->gap & GAP_COMMA && !is_conjunction(w);

    if (m->stance != STANCE_HELD && ends_clause(m->text, m->last_end, w))
        m->stance = STANCE_HELD;
    size_t n = take_phrase(m, current);
    if (m->stance != STANCE_HELD && n == 0 &&
        (after_comma || m->stance_words-- == 0))
        m->stance = STANCE_HELD;
    advance(m, n ? n : 1);
}

/* Replaces an alias that the context does not support by another meaning of
 * the same words, or drops it. */
static void settle(struct matcher *m, size_t i)
{
    const struct ontology *o = m->ontology;
    struct candidate *c = &m->found.items[i], first = *c;
    const struct phrase_node *at = &o->phrases.nodes[c->node];

    if (context_supports(o, m->text, &m->found, i))
        return;
    for (uint32_t j = 0; j < at->n_values; j++) {
        uint32_t alias = phrases_value(&o->phrases, at, j);
        const struct table_alias *a = &o->aliases[alias];
        if (alias == first.alias || a->skill == UINT32_MAX ||
            !(a->flags & NAME_CONTEXT))
            continue;
        c->hit.skill = a->skill;
        if (context_supports(o, m->text, &m->found, i))
            return;
    }
    *c = first;
    c->dropped = true;
}

rsc_status skill_match(struct ctx *ctx, struct skill_hits *hits,
                       const struct ontology *ontology, struct str text)
{
    struct matcher m = {.ctx = ctx, .ontology = ontology, .text = text};

    m.scan = wordscan_of(text);
    while (!ctx->error.status) {
        if (m.n_words - m.first < REACH)
            read_words(&m);
        if (m.first == m.n_words)
            break;
        step(&m);
    }
    for (size_t i = 0; i < m.found.len; i++)
        if (m.found.items[i].uncertain)
            settle(&m, i);
    for (size_t i = 0; i < m.found.len; i++) {
        if (m.found.items[i].dropped)
            continue;
        struct skill_hit *hit = vec_push(ctx, hits);
        if (!hit)
            break;
        *hit = m.found.items[i].hit;
    }
    return ctx->error.status;
}
