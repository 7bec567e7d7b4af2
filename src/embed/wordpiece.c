/* SPDX-License-Identifier: MIT */
#include "embed/wordpiece.h"

#include <assert.h>

#include "base/utf8.h"
#include "embed/wordpiece_tables.h"

enum {
    BASE_SHIFT = 9,
    ACCEPTS = 1 << 8,
    WORD_BYTES = 4 * WORDPIECE_WORD_CHARS,
    HANGUL_BASE = 0xAC00,
    HANGUL_TAILS = 28,
    HANGUL_BLOCK = 21 * HANGUL_TAILS, /* syllables per leading consonant */
};
#define LABEL (UINT32_C(1) << 31 | 0xFF)
#define ID    (~(UINT32_C(1) << 31))

/* What an ASCII byte is to the fast path. Other bytes above 2 are the byte
 * that stands in a word, in lower case. */
enum {
    OTHER = 0, /* a control character, or not ASCII */
    BLANK = 1,
    PUNCT = 2,
};

#define RUN4(c)  (c), (c) + 1, (c) + 2, (c) + 3
#define RUN10(c) RUN4(c), RUN4((c) + 4), (c) + 8, (c) + 9
#define RUN26(c) RUN10(c), RUN10((c) + 10), RUN4((c) + 20), (c) + 24, (c) + 25
#define PUNCT4   PUNCT, PUNCT, PUNCT, PUNCT
#define PUNCT6   PUNCT4, PUNCT, PUNCT

/* clang-format off */
static const uint8_t ascii[256] = {
    ['\t'] = BLANK, ['\n'] = BLANK, ['\r'] = BLANK, [' '] = BLANK,
    ['!'] = PUNCT4, PUNCT4, PUNCT4, PUNCT, PUNCT, PUNCT,
    ['0'] = RUN10('0'),
    [':'] = PUNCT6, PUNCT,
    ['A'] = RUN26('a'),
    ['['] = PUNCT6,
    ['a'] = RUN26('a'),
    ['{'] = PUNCT4,
};
/* clang-format on */

/* A word in its normal form, and where each of its bytes came from. */
struct word {
    size_t len;
    size_t chars;       /* more than WORDPIECE_WORD_CHARS: bytes are missing */
    size_t first, last; /* the part of the text that it covers */
    unsigned char bytes[WORD_BYTES];
    size_t starts[WORD_BYTES], ends[WORD_BYTES];
};

/* Marks that wait to be sorted by their class, as canonical ordering does. */
struct marks {
    size_t n;
    struct mark {
        unsigned class, len;
        char bytes[4];
        size_t start, end;
    } items[WORDPIECE_WORD_CHARS];
};

static void add_token(struct tokens *out, int32_t id, size_t start, size_t end)
{
    /* One slot stays free for [SEP]. */
    if (out->len == out->cap - 1) {
        out->truncated = true;
        return;
    }
    out->ids[out->len] = id;
    if (out->starts) {
        out->starts[out->len] = start;
        out->ends[out->len] = end;
    }
    out->len++;
}

static void add_unknown(struct tokens *out, const struct wordpiece *wp,
                        size_t start, size_t end)
{
    add_token(out, wp->unk, start, end);
    out->n_unknown += !out->truncated;
}

static int32_t value_of(const struct wordpiece *wp, uint32_t unit)
{
    return (int32_t)(wp->units[unit >> BASE_SHIFT] & ID);
}

/* The longest piece from byte `at` on below the node `unit`: returns where it
 * ends, or `at` when there is none. */
static size_t longest_piece(const struct wordpiece *wp, const struct word *word,
                            size_t at, uint32_t unit, int32_t *id)
{
    size_t end = at;
    uint32_t accepted = 0;

    for (size_t i = at; i < word->len;) {
        unsigned char c = word->bytes[i++];
        unit = wp->units[(unit >> BASE_SHIFT) ^ c];
        if ((unit & LABEL) != c)
            break;
        if (unit & ACCEPTS) {
            accepted = unit;
            end = i;
        }
    }
    if (end > at)
        *id = value_of(wp, accepted);
    return end;
}

/* What the bytes [from, to) of the word cover. Marks that were sorted may have
 * changed places, so it is not just from the first byte to the last. */
static void find_span(const struct word *word, size_t from, size_t to,
                      size_t *start, size_t *end)
{
    *start = word->starts[from];
    *end = word->ends[from];
    for (size_t i = from + 1; i < to; i++) {
        if (word->starts[i] < *start)
            *start = word->starts[i];
        if (word->ends[i] > *end)
            *end = word->ends[i];
    }
}

/* Longest match first, and all or nothing. Going back to the last accepting
 * node costs more than failure links would only where pieces are long and
 * end in a mismatch; a word has 100 characters, so that stays bounded
 * (bench_wordpiece has the speed). */
static void add_word(struct tokens *out, const struct wordpiece *wp,
                     const struct word *word)
{
    struct piece {
        int32_t id;
        size_t end;
    } pieces[WORDPIECE_WORD_CHARS];
    size_t n = 0, at = 0;

    if (word->chars > WORDPIECE_WORD_CHARS) {
        add_unknown(out, wp, word->first, word->last);
        return;
    }
    while (at < word->len) {
        uint32_t unit = wp->units[at ? wp->continuation : 0];
        size_t end = longest_piece(wp, word, at, unit, &pieces[n].id);
        if (end == at) {
            add_unknown(out, wp, word->first, word->last);
            return;
        }
        pieces[n++].end = at = end;
    }
    at = 0; /* no pieces: everything in the word was removed */
    for (size_t i = 0; i < n && !out->truncated; i++) {
        size_t start = 0, end = 0;
        if (out->starts)
            find_span(word, at, pieces[i].end, &start, &end);
        add_token(out, pieces[i].id, start, end);
        at = pieces[i].end;
    }
}

/* --- the general way ---------------------------------------------------- */

/* Past the limit only the count goes on: such a word is [UNK]. */
static void put_char(struct word *word, const char *bytes, size_t len,
                     size_t start, size_t end)
{
    if (++word->chars > WORDPIECE_WORD_CHARS)
        return;
    for (size_t i = 0; i < len; i++, word->len++) {
        word->bytes[word->len] = (unsigned char)bytes[i];
        word->starts[word->len] = start;
        word->ends[word->len] = end;
    }
}

static void put_marks(struct word *word, struct marks *marks)
{
    for (size_t i = 0; i < marks->n; i++) {
        const struct mark *m = &marks->items[i];
        put_char(word, m->bytes, m->len, m->start, m->end);
    }
    marks->n = 0;
}

/* Behind all marks of the same class or a lower one. */
static void add_mark(struct word *word, struct marks *marks, struct mark mark)
{
    size_t i = marks->n;

    if (i == WORDPIECE_WORD_CHARS) {
        /* The word is too long anyway, so the order no longer matters. */
        word->chars++;
        return;
    }
    for (; i > 0 && marks->items[i - 1].class > mark.class; i--)
        marks->items[i] = marks->items[i - 1];
    marks->items[i] = mark;
    marks->n++;
}

/* Code points of a normal form, each a part of a word or a mark. */
static void add_form(struct word *word, struct marks *marks, struct str form,
                     size_t start, size_t end)
{
    for (size_t i = 0; i < form.len;) {
        size_t at = i;
        unsigned class = wordpiece_class_of(utf8_next(form, &i));
        const char *bytes = form.data + at;
        if (class == WORDPIECE_WORD) {
            put_marks(word, marks);
            put_char(word, bytes, i - at, start, end);
        } else {
            struct mark mark = {class, (unsigned)(i - at), "", start, end};
            memcpy(mark.bytes, bytes, i - at);
            add_mark(word, marks, mark);
        }
    }
}

/* What stands in the place of a mapped code point. */
static struct str form_of(unsigned class)
{
    const uint8_t *form =
        wordpiece_form + wordpiece_form_start[class - WORDPIECE_MAPPED];

    return (struct str){(const char *)form + 1, *form & 127};
}

static bool is_isolated(unsigned class)
{
    return class == WORDPIECE_ISOLATED ||
           (class >= WORDPIECE_MAPPED &&
            wordpiece_form[wordpiece_form_start[class - WORDPIECE_MAPPED]] &
                128);
}

/* Canonical decomposition of Hangul, as the Unicode standard computes it. */
static void add_syllable(struct word *word, struct marks *marks, uint32_t c,
                         size_t start, size_t end)
{
    char bytes[12];
    size_t len = 0;

    c -= HANGUL_BASE;
    len += utf8_encode(0x1100 + c / HANGUL_BLOCK, bytes);
    len += utf8_encode(0x1161 + c % HANGUL_BLOCK / HANGUL_TAILS, bytes + len);
    if (c % HANGUL_TAILS)
        len += utf8_encode(0x11A7 + c % HANGUL_TAILS, bytes + len);
    add_form(word, marks, (struct str){bytes, len}, start, end);
}

/* The class of the code point at *i, which is moved behind it. What is not
 * UTF-8 becomes U+FFFD, which is dropped. */
static unsigned next_class(struct str text, size_t *i, uint32_t *c)
{
    *c = utf8_next(text, i);
    return *c == UTF8_INVALID ? WORDPIECE_DROP : wordpiece_class_of(*c);
}

/* Collects the word that starts at i; returns where it ends. */
static size_t collect_word(struct word *word, struct str text, size_t i)
{
    struct marks marks;
    uint32_t c;

    word->len = word->chars = 0;
    word->first = word->last = i;
    marks.n = 0;
    while (i < text.len) {
        size_t start = i;
        unsigned class = next_class(text, &i, &c);
        if (class == WORDPIECE_SPACE || is_isolated(class)) {
            i = start;
            break;
        }
        if (class == WORDPIECE_DROP)
            continue;
        if (word->chars == 0 && marks.n == 0 && class != WORDPIECE_BREAK)
            word->first = start;
        if (class == WORDPIECE_BREAK)
            put_marks(word, &marks);
        else if (class == WORDPIECE_SYLLABLE)
            add_syllable(word, &marks, c, start, i);
        else if (class >= WORDPIECE_MAPPED)
            add_form(word, &marks, form_of(class), start, i);
        else
            add_form(word, &marks, str_slice(text, start, i), start, i);
        if (class != WORDPIECE_BREAK)
            word->last = i;
    }
    put_marks(word, &marks);
    return i;
}

/* A word, a space or an isolated code point at i; returns what follows. */
static size_t add_any(struct tokens *out, const struct wordpiece *wp,
                      struct str text, size_t i)
{
    struct word word;
    size_t start = i;
    uint32_t c;
    unsigned class = next_class(text, &i, &c);

    if (class == WORDPIECE_SPACE)
        return i;
    if (!is_isolated(class)) {
        i = collect_word(&word, text, start);
        add_word(out, wp, &word);
        return i;
    }
    struct str form = class == WORDPIECE_ISOLATED ? str_slice(text, start, i)
                                                  : form_of(class);
    word.len = word.chars = 0;
    word.first = start;
    word.last = i;
    put_char(&word, form.data, form.len, start, i);
    add_word(out, wp, &word);
    return i;
}

/* --- the fast way: ASCII ------------------------------------------------ */

/* Whether the byte at i, which is no part of an ASCII word, belongs to the
 * word before it. */
static bool continues(struct str text, size_t i)
{
    uint32_t c;

    if (i == text.len || ascii[(unsigned char)text.data[i]] != OTHER)
        return false;
    unsigned class = next_class(text, &i, &c);
    return class != WORDPIECE_SPACE && !is_isolated(class);
}

/* A word of ASCII that is more than one piece, or unknown. */
static size_t split_ascii(struct tokens *out, const struct wordpiece *wp,
                          struct str text, size_t start, size_t end)
{
    struct word word;

    word.first = start;
    word.last = end;
    word.len = word.chars = end - start;
    if (word.chars <= WORDPIECE_WORD_CHARS) {
        for (size_t i = 0; i < word.len; i++) {
            word.bytes[i] = ascii[(unsigned char)text.data[start + i]];
            word.starts[i] = start + i;
            word.ends[i] = start + i + 1;
        }
    }
    add_word(out, wp, &word);
    return end;
}

/* The word of ASCII letters and digits at `start`: one walk through the trie
 * finds the token of most words. Returns what follows the word. */
static size_t add_ascii(struct tokens *out, const struct wordpiece *wp,
                        struct str text, size_t start)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    uint32_t unit = wp->units[0];
    size_t i = start;
    bool whole = true;

    for (unsigned c; i < text.len && (c = ascii[bytes[i]]) > PUNCT; i++) {
        unit = wp->units[(unit >> BASE_SHIFT) ^ c];
        if ((unit & LABEL) != c) {
            whole = false;
            break;
        }
    }
    while (i < text.len && ascii[bytes[i]] > PUNCT)
        i++;
    if (continues(text, i))
        return add_any(out, wp, text, start);
    if (!whole || !(unit & ACCEPTS) || i - start > WORDPIECE_WORD_CHARS)
        return split_ascii(out, wp, text, start, i);
    add_token(out, value_of(wp, unit), start, i);
    return i;
}

/* The package finds its special tokens in the text before anything else. */
static size_t special_at(const struct wordpiece *wp, struct str text, size_t i,
                         int32_t *id)
{
    const struct {
        struct str text;
        int32_t id;
    } specials[] = {
        {STR("[CLS]"), wp->cls},   {STR("[SEP]"), wp->sep},
        {STR("[UNK]"), wp->unk},   {STR("[PAD]"), wp->pad},
        {STR("[MASK]"), wp->mask},
    };
    struct str rest = str_slice(text, i, text.len);

    for (size_t n = 0; n < sizeof(specials) / sizeof(specials[0]); n++) {
        if (specials[n].id >= 0 && str_starts(rest, specials[n].text)) {
            *id = specials[n].id;
            return specials[n].text.len;
        }
    }
    return 0;
}

/* A word of one character; the trie knows it, or it is [UNK]. */
static size_t add_punct(struct tokens *out, const struct wordpiece *wp,
                        struct str text, size_t i)
{
    unsigned char c = (unsigned char)text.data[i];
    int32_t id;
    size_t len = c == '[' ? special_at(wp, text, i, &id) : 0;

    if (len) {
        add_token(out, id, i, i + len);
        return i + len;
    }
    uint32_t unit = wp->units[(wp->units[0] >> BASE_SHIFT) ^ c];
    if ((unit & LABEL) == c && unit & ACCEPTS)
        add_token(out, value_of(wp, unit), i, i + 1);
    else
        add_unknown(out, wp, i, i + 1);
    return i + 1;
}

void wordpiece_encode(struct tokens *out, const struct wordpiece *wp,
                      struct str text)
{
    assert(out->cap >= 2);
    out->len = out->n_unknown = 0;
    out->truncated = false;
    add_token(out, wp->cls, 0, 0);
    for (size_t i = 0; i < text.len && !out->truncated;) {
        unsigned kind = ascii[(unsigned char)text.data[i]];
        if (kind > PUNCT)
            i = add_ascii(out, wp, text, i);
        else if (kind == BLANK)
            i++;
        else if (kind == PUNCT)
            i = add_punct(out, wp, text, i);
        else
            i = add_any(out, wp, text, i);
    }
    out->ids[out->len] = wp->sep;
    if (out->starts)
        out->starts[out->len] = out->ends[out->len] = text.len;
    out->len++;
}

rsc_status tokens_init(struct ctx *ctx, struct tokens *out, size_t cap,
                       bool spans)
{
    *out = (struct tokens){.cap = cap};
    out->ids = ctx_alloc_array(ctx, cap, sizeof(*out->ids));
    if (spans) {
        out->starts = ctx_alloc_array(ctx, cap, sizeof(*out->starts));
        out->ends = ctx_alloc_array(ctx, cap, sizeof(*out->ends));
    }
    return ctx->error.status;
}
