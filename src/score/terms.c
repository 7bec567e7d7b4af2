/* SPDX-License-Identifier: MIT */
#include "score/terms.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"

/* Longer runs of letters are no words. */
#define WORD_BYTES 64

/* Words that say nothing about what a sentence is about; sorted. */
static const char *const function_words[] = {
    "a",    "about", "also", "an",  "and",   "any",   "are",   "as",   "at",
    "be",   "been",  "by",   "can", "did",   "do",    "for",   "from", "had",
    "has",  "have",  "he",   "her", "his",   "i",     "in",    "into", "is",
    "it",   "its",   "me",   "my",  "not",   "of",    "on",    "or",   "our",
    "she",  "such",  "that", "the", "their", "them",  "these", "they", "this",
    "to",   "us",    "was",  "we",  "were",  "which", "while", "who",  "will",
    "with", "you",   "your",
};

/* Words of ranks and of what all work is made of: that two titles or skills
 * share one of them says nothing; sorted. */
static const char *const general_words[] = {
    "ability",      "activities", "activity",   "administrator", "analyst",
    "assistant",    "associate",  "chief",      "consultant",    "coordinator",
    "director",     "engineer",   "executive",  "experience",    "expert",
    "general",      "head",       "junior",     "knowledge",     "lead",
    "leader",       "level",      "manage",     "management",    "manager",
    "managing",     "officer",    "operator",   "practice",      "practices",
    "principal",    "procedure",  "procedures", "process",       "processes",
    "professional", "senior",     "service",    "services",      "skill",
    "skills",       "specialist", "staff",      "supervisor",    "system",
    "systems",      "team",       "technician", "trainee",       "work",
    "working",
};

static int compare_word(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static bool is_function_word(const char *word)
{
    return bsearch(word, function_words,
                   sizeof(function_words) / sizeof(function_words[0]),
                   sizeof(function_words[0]), compare_word) != NULL;
}

static bool is_general_word(const char *word)
{
    return bsearch(word, general_words,
                   sizeof(general_words) / sizeof(general_words[0]),
                   sizeof(general_words[0]), compare_word) != NULL;
}

static bool is_ascii_letter(char c)
{
    return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z';
}

/* Letters and digits of any script, and what names of skills are made of
 * (C++, C#). Punctuation, symbols, bullets and private use end a word. */
static bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_letter((char)c) || ascii_is_digit((unsigned char)c) ||
               c == '+' || c == '#';
    return c >= 0xC0 && !(c >= 0x2000 && c <= 0x2BFF) &&
           !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xE000 && c <= 0xF8FF) &&
           c < 0xFFF0;
}

/* Length of the word character at i, or 0. A point or an apostrophe between
 * two letters is one: Node.js, driver's. */
static size_t word_char_len(struct str s, size_t i)
{
    size_t next = i;
    uint32_t c = utf8_next(s, &next);
    if (is_word_char(c))
        return next - i;
    bool joins = (c == '.' || c == '\'') && i > 0 && i + 1 < s.len &&
                 is_ascii_letter(s.data[i - 1]) &&
                 is_ascii_letter(s.data[i + 1]);
    return joins ? 1 : 0;
}

/* Takes the next word off the text from *i on, in lower case; 0 at the end.
 * What is past WORD_BYTES is dropped. */
static size_t next_word(char word[WORD_BYTES + 1], struct str text, size_t *i)
{
    size_t len = 0, n;
    while (*i < text.len && word_char_len(text, *i) == 0)
        utf8_next(text, i);
    for (; *i < text.len && (n = word_char_len(text, *i)) > 0; *i += n)
        for (size_t k = 0; k < n; k++)
            if (len < WORD_BYTES)
                word[len++] = ascii_lower(text.data[*i + k]);
    word[len] = '\0';
    return len;
}

static bool ends_with(const char *word, size_t len, const char *end)
{
    size_t n = strlen(end);
    return len >= n && !memcmp(word + len - n, end, n);
}

/* Takes off the commonest English endings, and no more: a wrong match costs
 * more than a missed one. Returns the new length. */
static size_t stem(char *word, size_t len)
{
    if (len > 2 && ends_with(word, len, "'s"))
        return len - 2;
    if (len > 4 && ends_with(word, len, "ies")) {
        word[len - 3] = 'y';
        return len - 2;
    }
    if (len > 6 && ends_with(word, len, "ing"))
        len -= 3;
    else if (len > 5 && ends_with(word, len, "ed"))
        len -= 2;
    else if (len > 3 && word[len - 1] == 's' && word[len - 2] != 's' &&
             word[len - 2] != 'u' && word[len - 2] != 'i')
        len -= 1;
    /* "manage", "managed" and "managing" meet without their e. */
    if (len > 4 && word[len - 1] == 'e')
        len -= 1;
    return len;
}

/* FNV-1a: good enough to tell words apart, and the same everywhere. */
static uint64_t hash_word(const char *word, size_t len)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)word[i]) * 0x100000001b3u;
    return h;
}

static int compare_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* A letter alone says nothing beside words: "A/B testing", "Flat B". */
static bool has_long_word(struct str text)
{
    char word[WORD_BYTES + 1];
    for (size_t i = 0, len; (len = next_word(word, text, &i)) > 0;)
        if (len > 1 && !is_function_word(word))
            return true;
    return false;
}

struct words {
    uint64_t *items;
    size_t len, cap;
};

static bool push(struct ctx *ctx, struct words *words, uint64_t word)
{
    uint64_t *slot = vec_push(ctx, words);
    if (slot)
        *slot = word;
    return slot != NULL;
}

/* Sorted, each once. */
static void make_set(struct words *words)
{
    size_t n = 0;
    if (words->len)
        qsort(words->items, words->len, sizeof(words->items[0]), compare_hash);
    for (size_t i = 0; i < words->len; i++)
        if (n == 0 || words->items[n - 1] != words->items[i])
            words->items[n++] = words->items[i];
    words->len = n;
}

rsc_status terms_make(struct ctx *ctx, struct terms *out, struct str text)
{
    struct words words = {0}, set = {0}, subjects = {0};
    char word[WORD_BYTES + 1];
    bool has_long = has_long_word(text);
    for (size_t i = 0, len; (len = next_word(word, text, &i)) > 0;) {
        bool content = !is_function_word(word) &&
                       !(has_long && len == 1 && is_ascii_letter(word[0]));
        bool subject = content && !is_general_word(word);
        uint64_t h = hash_word(word, stem(word, len));
        if (!push(ctx, &words, h) || (content && !push(ctx, &set, h)) ||
            (subject && !push(ctx, &subjects, h)))
            return ctx->error.status;
    }
    make_set(&set);
    make_set(&subjects);
    *out = (struct terms){words.items, words.len,      set.items,
                          set.len,     subjects.items, subjects.len};
    return RSC_OK;
}

static size_t count_common(const uint64_t *a, size_t n_a, const uint64_t *b,
                           size_t n_b)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < n_a && k < n_b;) {
        if (a[i] == b[k]) {
            common++;
            i++;
            k++;
        } else if (a[i] < b[k]) {
            i++;
        } else {
            k++;
        }
    }
    return common;
}

size_t terms_common(const struct terms *a, const struct terms *b)
{
    return count_common(a->set, a->n_set, b->set, b->n_set);
}

bool terms_share_subject(const struct terms *want, const struct terms *have)
{
    if (want->n_subjects == 0)
        return terms_common(want, have) > 0;
    return count_common(want->subjects, want->n_subjects, have->subjects,
                        have->n_subjects) > 0;
}

uint32_t terms_overlap(const struct terms *a, const struct terms *b)
{
    size_t common = terms_common(a, b);
    size_t all = a->n_set + b->n_set - common;
    return all ? (uint32_t)(common * 1000 / all) : 0;
}
