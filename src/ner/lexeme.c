/* SPDX-License-Identifier: MIT */
#include "ner/lexeme.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "ner/charclass.h"
#include "ner/msgpack.h"
#include "ner/string_id.h"

/* A token of this many code points has the shape "LONG". */
#define SHAPE_CHARS 100
/* Repeats of one class that a shape shows. */
#define SHAPE_RUN 4

/* spaCy's own norms, which no file has. */
static const struct {
    char text[8], norm[4];
} base_norms[] = {
    {"'s", "'s"}, {"'S", "'s"}, {"’s", "'s"},  {"’S", "'s"}, {"’", "'"},
    {"‘", "'"},   {"´", "'"},   {"`", "'"},    {"”", "\""},  {"“", "\""},
    {"''", "\""}, {"``", "\""}, {"´´", "\""},  {"„", "\""},  {"»", "\""},
    {"«", "\""},  {"‘‘", "\""}, {"’’", "\""},  {"？", "?"},  {"！", "!"},
    {"，", ","},  {"；", ";"},  {"：", ":"},   {"。", "."},  {"।", "."},
    {"…", "..."}, {"—", "-"},   {"–", "-"},    {"--", "-"},  {"---", "-"},
    {"——", "-"},  {"€", "$"},   {"£", "$"},    {"¥", "$"},   {"฿", "$"},
    {"US$", "$"}, {"C$", "$"},  {"A$", "$"},   {"₺", "$"},   {"₹", "$"},
    {"৳", "$"},   {"₩", "$"},   {"Mex$", "$"}, {"₣", "$"},   {"E£", "$"},
};

enum attribute attribute_of(struct str name)
{
    static const char *const names[] = {"ORTH",  "NORM",  "PREFIX",  "SUFFIX",
                                        "SHAPE", "SPACY", "IS_SPACE"};

    for (unsigned i = 0; i < ATTRIBUTE_UNKNOWN; i++)
        if (str_eq(name, str_of(names[i])))
            return i;
    return ATTRIBUTE_UNKNOWN;
}

/* ---- the table of norms ----------------------------------------------- */

static rsc_status read_norms(struct ctx *ctx, struct lexicon *self,
                             struct msgpack *m)
{
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    if (st)
        return st;
    uint64_t *ids = ctx_alloc_array(ctx, n, sizeof(ids[0]));
    if (!ids)
        return ctx->error.status;
    self->ids = ids;
    for (uint32_t i = 0; i < n; i++) {
        struct str norm;
        struct key key = {{"", 0}, 0};
        st = msgpack_uint(ctx, m, &key.number);
        if (!st)
            st = msgpack_str(ctx, m, &norm);
        if (st)
            return st;
        ids[i] = string_id(norm);
        if (keymap_find(&self->norms, key) == KEYMAP_NONE)
            st = keymap_add(ctx, &self->norms, key, i);
        if (st)
            return st;
    }
    return RSC_OK;
}

rsc_status lexicon_read(struct ctx *ctx, struct lexicon *out, struct str bytes,
                        const char *name)
{
    struct msgpack m = msgpack_of(bytes, name);
    uint32_t n;
    bool seen = false;
    rsc_status st = msgpack_map(ctx, &m, &n);

    *out = (struct lexicon){0};
    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, &m, &key);
        if (st)
            break;
        if (str_eq(key, STR("lexeme_norm")) && !seen)
            st = read_norms(ctx, out, &m);
        else
            st = msgpack_skip(ctx, &m);
        seen = seen || str_eq(key, STR("lexeme_norm"));
    }
    return st ? st : msgpack_end(ctx, &m);
}

/* ---- attributes ------------------------------------------------------- */

size_t lexeme_shape(struct str text, size_t chars, char out[SHAPE_BYTES])
{
    size_t len = 0, run = 0;
    uint32_t last = UTF8_INVALID;

    if (chars >= SHAPE_CHARS) {
        memcpy(out, "LONG", 4);
        return 4;
    }
    for (size_t i = 0; i < text.len;) {
        uint32_t c = utf8_next(text, &i);
        if (char_is_alpha(c))
            c = char_is_upper(c) ? 'X' : 'x';
        else if (char_is_digit(c))
            c = 'd';
        run = c == last ? run + 1 : 0;
        last = c;
        if (run < SHAPE_RUN)
            len += utf8_encode(c, out + len);
    }
    return len;
}

static rsc_status lower_id(struct ctx *ctx, struct str text, uint64_t *out)
{
    struct buf lower;

    /* No lower-case form has more than half as many bytes again. */
    buf_init(&lower, ctx->arena.mem, 2 * text.len + 8);
    str_put_lower(&lower, text);
    *out = string_id(buf_str(&lower));
    bool failed = lower.failed;
    buf_clear(&lower);
    return failed ? ctx_fail(ctx, RSC_ENOMEM, "out of memory for a norm")
                  : RSC_OK;
}

static rsc_status norm_id(struct ctx *ctx, const struct lexicon *lexicon,
                          struct str text, uint64_t orth, uint64_t *out)
{
    struct key key = {{"", 0}, orth};
    uint32_t i = keymap_find(&lexicon->norms, key);

    if (i != KEYMAP_NONE) {
        *out = lexicon->ids[i];
        return RSC_OK;
    }
    for (i = 0; i < sizeof(base_norms) / sizeof(base_norms[0]); i++) {
        if (!str_eq(text, str_of(base_norms[i].text)))
            continue;
        *out = string_id(str_of(base_norms[i].norm));
        return RSC_OK;
    }
    return lower_id(ctx, text, out);
}

/* Where the last three characters begin. */
static size_t suffix_start(struct str text)
{
    size_t start = text.len;

    for (unsigned n = 0; n < 3 && start > 0; n++) {
        start--;
        while (start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
            start--;
    }
    return start;
}

static rsc_status fill(struct ctx *ctx, struct lexeme *self,
                       const struct lexicon *lexicon, uint64_t norm)
{
    struct str text = self->text;
    size_t first = 0;
    char shape[SHAPE_BYTES];

    utf8_next(text, &first);
    self->chars = (uint32_t)utf8_count(text);
    self->word = KEYMAP_NONE;
    self->is_space = str_is_space(text);
    self->ids[ATTRIBUTE_ORTH] = string_id(text);
    self->ids[ATTRIBUTE_PREFIX] = string_id(str_slice(text, 0, first));
    self->ids[ATTRIBUTE_SUFFIX] =
        string_id(str_slice(text, suffix_start(text), text.len));
    size_t len = lexeme_shape(text, self->chars, shape);
    self->ids[ATTRIBUTE_SHAPE] = string_id((struct str){shape, len});
    self->ids[ATTRIBUTE_NORM] = norm;
    if (norm)
        return RSC_OK;
    return norm_id(ctx, lexicon, text, self->ids[ATTRIBUTE_ORTH],
                   &self->ids[ATTRIBUTE_NORM]);
}

rsc_status lexemes_add(struct ctx *ctx, struct lexemes *self,
                       const struct lexicon *lexicon, struct str text,
                       struct str norm, uint32_t *out)
{
    struct key key = {text, string_id(norm)};

    *out = keymap_find(&self->index, key);
    if (*out != KEYMAP_NONE)
        return RSC_OK;
    struct lexeme *lexeme = vec_push(ctx, self);
    if (!lexeme)
        return ctx->error.status;
    lexeme->text = text;
    *out = (uint32_t)(self->len - 1);
    rsc_status st = fill(ctx, lexeme, lexicon, key.number);
    return st ? st : keymap_add(ctx, &self->index, key, *out);
}
