/* SPDX-License-Identifier: MIT */
#ifndef RSC_TINY_PIPELINE_H
#define RSC_TINY_PIPELINE_H

/*
 * Writes a small pipeline with random weights in spaCy's own file formats,
 * with the tree of nodes that en_core_web_sm has. Python spaCy loads the
 * folder too: that is how tests/golden/entities.jsonl was made. For tests and
 * fuzz targets only; the same bytes on every machine.
 */

#include <stdio.h>
#include <sys/stat.h>

#include "base/ctx.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

#define TINY_WIDTH  16
#define TINY_HIDDEN 16
#define TINY_DEPTH  4
#define TINY_PIECES 3
#define TINY_TABLES 6

/* ---- msgpack ---------------------------------------------------------- */

static void pack_number(struct buf *b, unsigned head, uint64_t n, int bytes)
{
    buf_put_char(b, (char)head);
    while (bytes-- > 0)
        buf_put_char(b, (char)(n >> (8 * bytes)));
}

static void pack_uint(struct buf *b, uint64_t n)
{
    if (n < 128)
        buf_put_char(b, (char)n);
    else
        pack_number(b, 0xcf, n, 8);
}

static void pack_str(struct buf *b, struct str s)
{
    if (s.len < 32)
        buf_put_char(b, (char)(0xa0 | s.len));
    else
        pack_number(b, 0xda, s.len, 2);
    buf_put(b, s);
}

static void pack_text(struct buf *b, const char *text)
{
    pack_str(b, str_of(text));
}

static void pack_bin(struct buf *b, struct str s)
{
    pack_number(b, 0xc6, s.len, 4);
    buf_put(b, s);
}

static void pack_map(struct buf *b, size_t n)
{
    pack_number(b, 0xde, n, 2);
}

static void pack_array(struct buf *b, size_t n)
{
    pack_number(b, 0xdc, n, 2);
}

static void pack_nil(struct buf *b)
{
    buf_put_char(b, (char)0xc0);
}

static void pack_bool(struct buf *b, bool value)
{
    buf_put_char(b, (char)(value ? 0xc3 : 0xc2));
}

/* ---- a model file ----------------------------------------------------- */

/* Four lists, one entry per node, that grow side by side. */
struct tiny_model {
    struct buf nodes, attrs, params, shims;
    size_t n;
    uint64_t random;
};

static void tiny_model_init(struct tiny_model *m, struct mem *mem,
                            uint64_t seed)
{
    const size_t max = (size_t)16 << 20;

    buf_init(&m->nodes, mem, max);
    buf_init(&m->attrs, mem, max);
    buf_init(&m->params, mem, max);
    buf_init(&m->shims, mem, max);
    m->n = 0;
    m->random = seed * 0x9e3779b97f4a7c15;
}

/* Between -1 and 1; xorshift. */
static float tiny_random(struct tiny_model *m)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (float)(int32_t)(m->random >> 32) / 2147483648.0F;
}

/* Begins a node: `dims` is "nO=16 nI=48" and so on, `refs` "lower=2". The
 * counts of attributes and parameters follow at once. */
static void tiny_node(struct tiny_model *m, const char *name, const char *dims,
                      const char *refs, size_t n_attrs, size_t n_params)
{
    const char *lists[2] = {dims, refs};

    pack_map(&m->nodes, 4);
    pack_text(&m->nodes, "index");
    pack_uint(&m->nodes, m->n++);
    pack_text(&m->nodes, "name");
    pack_text(&m->nodes, name);
    for (int i = 0; i < 2; i++) {
        struct str rest = str_of(lists[i]), item;
        size_t n = 0;
        for (size_t at = 0; at < rest.len; at++)
            n += rest.data[at] == '=';
        pack_text(&m->nodes, i ? "refs" : "dims");
        pack_map(&m->nodes, n);
        while (n-- && str_next_field(&rest, ' ', &item)) {
            size_t equals = str_find(item, STR("="), 0);
            uint64_t value = 0;
            str_to_u64(str_slice(item, equals + 1, item.len), 1 << 20, &value);
            pack_str(&m->nodes, str_slice(item, 0, equals));
            pack_uint(&m->nodes, value);
        }
    }
    pack_map(&m->attrs, n_attrs);
    pack_map(&m->params, n_params);
    pack_array(&m->shims, 0);
}

static void tiny_plain(struct tiny_model *m, const char *name, const char *dims)
{
    tiny_node(m, name, dims, "", 0, 0);
}

/* An attribute that is a small number. */
static void tiny_attr(struct tiny_model *m, const char *key, unsigned value)
{
    char bytes[1] = {(char)value};

    pack_text(&m->attrs, key);
    pack_bin(&m->attrs, (struct str){bytes, 1});
}

/* An array of random floats around `mean`; `shape` ends with 0. */
static void tiny_array(struct tiny_model *m, const char *key,
                       const unsigned *shape, float scale, float mean)
{
    size_t n = 1, n_dims = 0;
    struct buf *b = &m->params;

    while (shape[n_dims])
        n *= shape[n_dims++];
    pack_text(b, key);
    pack_map(b, 5);
    pack_bin(b, STR("nd"));
    pack_bool(b, true);
    pack_bin(b, STR("type"));
    pack_text(b, "<f4");
    pack_bin(b, STR("kind"));
    pack_bin(b, STR(""));
    pack_bin(b, STR("shape"));
    pack_array(b, n_dims);
    for (size_t i = 0; i < n_dims; i++)
        pack_uint(b, shape[i]);
    pack_bin(b, STR("data"));
    pack_number(b, 0xc6, n * 4, 4);
    for (size_t i = 0; i < n; i++) {
        float value = mean + scale * tiny_random(m);
        uint32_t bits;
        memcpy(&bits, &value, sizeof(bits));
        for (int k = 0; k < 4; k++)
            buf_put_char(b, (char)(bits >> (8 * k)));
    }
}

static void tiny_model_end(struct tiny_model *m, struct buf *out)
{
    struct buf *lists[4] = {&m->nodes, &m->attrs, &m->params, &m->shims};
    static const char *const keys[4] = {"nodes", "attrs", "params", "shims"};

    pack_map(out, 4);
    for (int i = 0; i < 4; i++) {
        pack_text(out, keys[i]);
        pack_array(out, m->n);
        buf_put(out, buf_str(lists[i]));
        out->failed |= lists[i]->failed;
        buf_clear(lists[i]);
    }
}

/* ---- the tree --------------------------------------------------------- */

#define TINY_TABLE       "ints-getitem>>hashembed"
#define TINY_MAXOUT      "maxout>>layernorm"
#define TINY_DENSE       TINY_MAXOUT ">>dropout"
#define TINY_WINDOW      "expand_window>>" TINY_DENSE
#define TINY_ROOT        "extract_features>>with_array"
#define TINY_EMBED_CHAIN "extract_features>>list2ragged>>ragged2list"
#define TINY_CHAIN4(x)   x ">>" x ">>" x ">>" x

static const char *const tiny_columns[TINY_TABLES] = {
    "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"};
static const unsigned tiny_rows[TINY_TABLES] = {60, 30, 40, 40, 10, 10};

static void tiny_maxout(struct tiny_model *m, unsigned n_in)
{
    const unsigned w[] = {TINY_WIDTH, TINY_PIECES, n_in, 0};
    const unsigned b[] = {TINY_WIDTH, TINY_PIECES, 0}, g[] = {TINY_WIDTH, 0};
    char dims[64];

    snprintf(dims, sizeof(dims), "nO=%d nI=%u nP=%d", TINY_WIDTH, n_in,
             TINY_PIECES);
    tiny_node(m, "maxout", dims, "", 0, 2);
    tiny_array(m, "W", w, n_in > 64 ? 0.25F : 0.35F, 0);
    tiny_array(m, "b", b, 0.3F, 0);
    tiny_node(m, "layernorm", "nI=16 nO=16", "", 0, 2);
    tiny_array(m, "G", g, 0.15F, 1);
    tiny_array(m, "b", g, 0.15F, 0);
}

static void tiny_table(struct tiny_model *m, unsigned i)
{
    const unsigned shape[] = {tiny_rows[i], TINY_WIDTH, 0};
    char dims[64];

    tiny_plain(m, "ints-getitem", "");
    snprintf(dims, sizeof(dims), "nO=%d nV=%u", TINY_WIDTH, tiny_rows[i]);
    tiny_node(m, "hashembed", dims, "", 2, 1);
    tiny_attr(m, "column", i);
    tiny_attr(m, "seed", 8 + i);
    tiny_array(m, "E", shape, 0.8F, 0);
}

/* The attribute `columns` of extract_features. */
static void tiny_extract(struct tiny_model *m, unsigned tables)
{
    struct buf list;

    buf_init(&list, m->nodes.mem, 4096);
    pack_array(&list, tables);
    for (unsigned i = 0; i < tables; i++)
        pack_text(&list, tiny_columns[i]);
    tiny_node(m, "extract_features", "", "", 1, 0);
    pack_text(&m->attrs, "columns");
    pack_bin(&m->attrs, buf_str(&list));
    buf_clear(&list);
}

/* Everything below the two nodes "embed" and "encode", level by level. */
static void tiny_levels(struct tiny_model *m, unsigned tables)
{
    char dims[32];

    snprintf(dims, sizeof(dims), "nO=%u", tables * TINY_WIDTH);
    tiny_extract(m, tables);
    tiny_plain(m, "list2ragged", "");
    tiny_node(m, "with_array(" TINY_TABLE ")", dims, "", 1, 0);
    tiny_attr(m, "pad", 0);
    tiny_node(m, "with_array(" TINY_DENSE ")", "nO=16", "", 1, 0);
    tiny_attr(m, "pad", 0);
    tiny_plain(m, "ragged2list", "");
    tiny_plain(m, TINY_CHAIN4("residual(" TINY_WINDOW ")"), "nO=16");
    tiny_plain(m, TINY_TABLE, dims);
    tiny_plain(m, TINY_DENSE, "nO=16");
    for (unsigned i = 0; i < TINY_DEPTH; i++)
        tiny_plain(m, "residual(" TINY_WINDOW ")", "nO=16");
    for (unsigned i = 0; i < tables; i++) {
        tiny_node(m, TINY_TABLE, "nO=16", "", 1, 0);
        tiny_attr(m, "column", i);
    }
    tiny_plain(m, TINY_MAXOUT, "nO=16");
    tiny_plain(m, "dropout", "");
    for (unsigned i = 0; i < TINY_DEPTH; i++)
        tiny_plain(m, TINY_WINDOW, "nO=16");
    for (unsigned i = 0; i < tables; i++)
        tiny_table(m, i);
    tiny_maxout(m, tables * TINY_WIDTH);
    for (unsigned i = 0; i < TINY_DEPTH; i++) {
        tiny_node(m, "expand_window", "", "", 1, 0);
        tiny_attr(m, "window_size", 1);
        tiny_plain(m, TINY_DENSE, "nO=16");
    }
    for (unsigned i = 0; i < TINY_DEPTH; i++) {
        tiny_plain(m, TINY_MAXOUT, "nO=16");
        tiny_plain(m, "dropout", "");
    }
    for (unsigned i = 0; i < TINY_DEPTH; i++)
        tiny_maxout(m, 3 * TINY_WIDTH);
}

static void tiny_encode(struct tiny_model *m)
{
    tiny_node(m, "with_array(" TINY_CHAIN4("residual(" TINY_WINDOW ")") ")",
              "nO=16", "", 1, 0);
    tiny_attr(m, "pad", TINY_DEPTH);
}

static void tiny_linear(struct tiny_model *m, unsigned n, unsigned k)
{
    const unsigned w[] = {n, k, 0}, b[] = {n, 0};
    char dims[64];

    snprintf(dims, sizeof(dims), "nO=%u nI=%u", n, k);
    tiny_node(m, "linear", dims, "", 0, 2);
    tiny_array(m, "W", w, 0.6F, 0);
    tiny_array(m, "b", b, 0.3F, 0);
}

/* Sets the bias of one of the classes that were written last, so that trees
 * and entities have more than one token. */
static void tiny_favour(struct tiny_model *m, size_t from_end, float bias)
{
    char *at = m->params.data + m->params.len - 4 * from_end;
    uint32_t bits;

    memcpy(&bits, &bias, sizeof(bits));
    for (int k = 0; k < 4; k++)
        at[k] = (char)(bits >> (8 * k));
}

static void tiny_affine(struct tiny_model *m, unsigned slots)
{
    const unsigned w[] = {slots, TINY_HIDDEN, 2, TINY_HIDDEN, 0};
    const unsigned b[] = {TINY_HIDDEN, 2, 0};
    const unsigned pad[] = {1, slots, TINY_HIDDEN, 2, 0};
    char dims[64];

    snprintf(dims, sizeof(dims), "nO=16 nI=16 nF=%u nP=2", slots);
    tiny_node(m, "precomputable_affine", dims, "", 0, 3);
    tiny_array(m, "W", w, 0.4F, 0);
    tiny_array(m, "b", b, 0.3F, 0);
    tiny_array(m, "pad", pad, 1, 0);
}

/* The shared layers, file tok2vec/model. */
static void tiny_write_shared(struct buf *out, struct mem *mem)
{
    struct tiny_model m;

    tiny_model_init(&m, mem, 1);
    tiny_node(&m, TINY_ROOT, "nO=16", "embed=1 encode=2", 0, 0);
    tiny_plain(&m, TINY_EMBED_CHAIN, "nO=16");
    tiny_encode(&m);
    tiny_levels(&m, TINY_TABLES);
    tiny_model_end(&m, out);
}

/* A parser (8 slots, listening) or an entity recogniser (3 slots, with layers
 * of its own). */
static void tiny_write_transitions(struct buf *out, struct mem *mem,
                                   unsigned slots, unsigned classes)
{
    struct tiny_model m;
    bool own = slots == 3;

    tiny_model_init(&m, mem, slots);
    tiny_node(&m, "parser_model", "", "tok2vec=1 lower=2 upper=3", 1, 0);
    pack_text(&m.attrs, "has_upper");
    pack_bin(&m.attrs, (struct str){"\xc3", 1});
    tiny_plain(&m, "list2array>>linear", "nO=16");
    tiny_affine(&m, slots);
    tiny_linear(&m, classes, TINY_HIDDEN);
    /* Out of an entity; or breaking a sentence and reducing the stack. */
    tiny_favour(&m, 1, own ? 3.0F : -12.0F);
    if (!own)
        tiny_favour(&m, classes - 1, -6.0F);
    if (own)
        tiny_node(&m, TINY_ROOT, "nO=16", "embed=7 encode=8", 0, 0);
    else
        tiny_plain(&m, "tok2vec-listener", "nO=16");
    tiny_plain(&m, "list2array", "");
    tiny_linear(&m, TINY_HIDDEN, TINY_WIDTH);
    if (own) {
        tiny_plain(&m, TINY_EMBED_CHAIN, "nO=16");
        tiny_encode(&m);
        tiny_levels(&m, 4);
    }
    tiny_model_end(&m, out);
}

/* ---- the other files -------------------------------------------------- */

#define TINY_PUNCT "[\\u2018\\u2019\\u201C\\u201D\\U0001F600-\\U0001F64F]"

/* An exception: its text, then ORTH and NORM of its tokens. */
struct tiny_exception {
    const char *text;
    const char *tokens[4];
};

static void tiny_write_exceptions(struct buf *out)
{
    static const struct tiny_exception exceptions[] = {
        {"\n", {"\n", NULL}},
        {" ", {" ", NULL}},
        {":)", {":)", NULL}},
        {"C++", {"C++", NULL}},
        {"Dr.", {"Dr.", "doctor"}},
        {"U.S.", {"U.S.", NULL}},
        {"a b", {"a b", NULL}},
        {"can't", {"ca", "can", "n't", "not"}},
        {"don\u2019t", {"do", "do", "n\u2019t", "not"}},
    };
    const size_t n = sizeof(exceptions) / sizeof(exceptions[0]);

    pack_map(out, n);
    for (size_t i = 0; i < n; i++) {
        const char *const *t = exceptions[i].tokens;
        size_t tokens = t[2] ? 2 : 1;
        pack_text(out, exceptions[i].text);
        pack_array(out, tokens);
        for (size_t k = 0; k < tokens; k++) {
            pack_map(out, t[2 * k + 1] ? 2 : 1);
            pack_uint(out, 65);
            pack_text(out, t[2 * k]);
            if (t[2 * k + 1]) {
                pack_uint(out, 67);
                pack_text(out, t[2 * k + 1]);
            }
        }
    }
}

static void tiny_write_tokenizer(struct buf *out)
{
    static const char *const patterns[][2] = {
        {"prefix_search",
         "^\\(|^\\\"|^\\$|^\\+(?![0-9])|^\\.\\.+|^:|^" TINY_PUNCT},
        {"suffix_search",
         "\\)$|,$|;$|:$|\\\"$|\\.\\.+$|'s$|(?<=[0-9])(?:km|%)$|"
         "(?<=[a-z\\u00DF-\\u00F6)])\\.$|(?<=[A-Z][A-Z])\\.$|" TINY_PUNCT "$"},
        {"infix_finditer",
         "\\.\\.+|(?<=[a-z])\\.(?=[A-Z])|(?<=[A-Za-z]),(?=[A-Za-z])|"
         "(?<=[A-Za-z0-9])(?:-|--)(?=[A-Za-z])|" TINY_PUNCT},
        {"token_match", NULL},
        {"url_match", "(?u)^(?:\\w{2,}://)?(?:\\S+@)?[a-z0-9]+(?:\\.[a-z0-9]+)*"
                      "\\.[a-z]{2,63}(?:[/?#]\\S*)?$"},
    };

    pack_map(out, 7);
    for (size_t i = 0; i < 5; i++) {
        pack_text(out, patterns[i][0]);
        if (patterns[i][1])
            pack_text(out, patterns[i][1]);
        else
            pack_nil(out);
    }
    pack_text(out, "exceptions");
    tiny_write_exceptions(out);
    pack_text(out, "faster_heuristics");
    pack_bool(out, true);
}

/* colour -> color, X -> ex (a reserved string), Jan -> january. */
static void tiny_write_lookups(struct buf *out)
{
    pack_map(out, 1);
    pack_text(out, "lexeme_norm");
    pack_map(out, 3);
    pack_uint(out, 2579953423244470672U);
    pack_text(out, "color");
    pack_uint(out, 101);
    pack_text(out, "ex");
    pack_uint(out, 4725195979119739748U);
    pack_text(out, "january");
}

#define TINY_PARSER_MOVES                                                      \
    "{\"0\":{\"\":90},\"1\":{\"\":80},\"2\":{\"det\":9,\"nsubj\":7,"           \
    "\"nsubj||ccomp\":5,\"det||dobj\":4,\"nsubj||punct\":3},\"3\":{"           \
    "\"dobj\":8,\"punct\":8,\"relcl||dobj\":5,\"ccomp\":4,"                    \
    "\"punct||nsubj\":3,\"dobj||det\":2,\"ccomp||punct\":2},"                  \
    "\"4\":{\"ROOT\":30}}"
#define TINY_PARSER_CLASSES 15
#define TINY_NER_MOVES                                                         \
    "{\"0\":{},\"1\":{\"ORG\":50,\"PERSON\":40,\"DATE\":40},\"2\":{"           \
    "\"ORG\":50,\"PERSON\":40,\"DATE\":40},\"3\":{\"ORG\":50,"                 \
    "\"PERSON\":40,\"DATE\":40},\"4\":{\"ORG\":50,\"PERSON\":40,"              \
    "\"DATE\":40,\"\":1},\"5\":{\"\":1}}"
#define TINY_NER_CLASSES 14

static void tiny_write_moves(struct buf *out, const char *json)
{
    pack_map(out, 2);
    pack_text(out, "moves");
    pack_text(out, json);
    pack_text(out, "cfg");
    pack_map(out, 1);
    pack_text(out, "neg_key");
    pack_nil(out);
}

#define TINY_EMBED(rows, attrs)                                                \
    "@architectures = \"spacy.MultiHashEmbed.v2\"\nwidth = 16\n"               \
    "attrs = [" attrs "]\nrows = [" rows "]\n"                                 \
    "include_static_vectors = false\n"
#define TINY_ENCODE                                                            \
    "@architectures = \"spacy.MaxoutWindowEncoder.v2\"\nwidth = 16\n"          \
    "depth = 4\nwindow_size = 1\nmaxout_pieces = 3\n"
#define TINY_TRANSITIONS(type)                                                 \
    "@architectures = \"spacy.TransitionBasedParser.v2\"\n"                    \
    "state_type = \"" type "\"\nextra_state_tokens = false\n"                  \
    "hidden_width = 16\nmaxout_pieces = 2\nuse_upper = true\nnO = null\n"
#define TINY_CONFIG                                                                   \
    "[nlp]\nlang = \"en\"\npipeline = [\"tok2vec\",\"parser\",\"ner\"]\n"             \
    "disabled = []\nbefore_creation = null\nafter_creation = null\n"                  \
    "after_pipeline_creation = null\nbatch_size = 64\n"                               \
    "[nlp.tokenizer]\n@tokenizers = \"spacy.Tokenizer.v1\"\n"                         \
    "[components]\n[components.tok2vec]\nfactory = \"tok2vec\"\n"                     \
    "[components.tok2vec.model]\n"                                                    \
    "@architectures = \"spacy.Tok2Vec.v2\"\n"                                         \
    "[components.tok2vec.model.embed]\n" TINY_EMBED(                                  \
        "60,30,40,40,10,10",                                                          \
        "\"NORM\",\"PREFIX\",\"SUFFIX\","                                             \
        "\"SHAPE\",\"SPACY\",\"IS_SPACE\"") "[components.tok2vec.model."              \
                                            "encode]\n" TINY_ENCODE                   \
                                            "[components.parser]\nfactory = "         \
                                            "\"parser\"\n"                            \
                                            "[components.parser.model]"               \
                                            "\n" TINY_TRANSITIONS(                    \
                                                "parser") "[components."              \
                                                          "parser.model."             \
                                                          "tok2vec]\n"                \
                                                          "@architectures = "         \
                                                          "\"spacy."                  \
                                                          "Tok2VecListener."          \
                                                          "v1\"\nwidth = 16\n"        \
                                                          "upstream = "               \
                                                          "\"tok2vec\"\n"             \
                                                          "[components.ner]"          \
                                                          "\nfactory = "              \
                                                          "\"ner\"\n"                 \
                                                          "[components.ner."          \
                                                          "model]"                    \
                                                          "\n" TINY_TRANSITIONS(      \
                                                              "ner") "[compon"        \
                                                                     "ents."          \
                                                                     "ner."           \
                                                                     "model."         \
                                                                     "tok2vec"        \
                                                                     "]\n"            \
                                                                     "@archit"        \
                                                                     "ectures"        \
                                                                     " = "            \
                                                                     "\"spacy"        \
                                                                     ".Tok2Ve"        \
                                                                     "c."             \
                                                                     "v2\"\n"         \
                                                                     "[compon"        \
                                                                     "ents."          \
                                                                     "ner."           \
                                                                     "model."         \
                                                                     "tok2vec"        \
                                                                     ".embed]"        \
                                                                     "\n" TINY_EMBED( \
                                                                         "60,"        \
                                                                         "30,"        \
                                                                         "40,"        \
                                                                         "40",        \
                                                                         "\"N"        \
                                                                         "ORM"        \
                                                                         "\","        \
                                                                         "\"P"        \
                                                                         "REF"        \
                                                                         "IX"         \
                                                                         "\","        \
                                                                         "\"S"        \
                                                                         "UFF"        \
                                                                         "IX"         \
                                                                         "\","        \
                                                                         "\"S"        \
                                                                         "HAP"        \
                                                                         "E"          \
                                                                         "\"") "[components.ner.model.tok2vec.encode]\n" TINY_ENCODE

/* Writes and empties out. */
static rsc_status tiny_put_file(struct ctx *ctx, const char *folder,
                                const char *name, struct buf *out)
{
    struct str path = ctx_printf(ctx, "%s/%s", folder, name);
    rsc_status st = path.data ? RSC_OK : ctx->error.status;

    if (!st)
        st = file_replace(ctx, path.data, buf_str(out));
    buf_reset(out);
    return st;
}

static rsc_status tiny_put_text(struct ctx *ctx, const char *folder,
                                const char *name, const char *text,
                                struct buf *out)
{
    buf_put(out, str_of(text));
    return tiny_put_file(ctx, folder, name, out);
}

static const char *const tiny_folders[] = {"tok2vec", "parser", "ner", "vocab"};

/* Writes the whole pipeline to an existing folder. */
static inline rsc_status tiny_pipeline_write(struct ctx *ctx,
                                             const char *folder)
{
    static const char *const cfg = "{\"beam_width\":1,\"learn_tokens\":false}";
    struct mem *mem = ctx->arena.mem;
    struct buf out;

    for (size_t i = 0; i < 4; i++) {
        struct str path = ctx_printf(ctx, "%s/%s", folder, tiny_folders[i]);
        if (path.data)
            mkdir(path.data, 0755);
    }
    buf_init(&out, mem, (size_t)16 << 20);
    tiny_write_shared(&out, mem);
    tiny_put_file(ctx, folder, "tok2vec/model", &out);
    tiny_write_transitions(&out, mem, 8, TINY_PARSER_CLASSES);
    tiny_put_file(ctx, folder, "parser/model", &out);
    tiny_write_transitions(&out, mem, 3, TINY_NER_CLASSES);
    tiny_put_file(ctx, folder, "ner/model", &out);
    tiny_write_moves(&out, TINY_PARSER_MOVES);
    tiny_put_file(ctx, folder, "parser/moves", &out);
    tiny_write_moves(&out, TINY_NER_MOVES);
    tiny_put_file(ctx, folder, "ner/moves", &out);
    tiny_write_tokenizer(&out);
    tiny_put_file(ctx, folder, "tokenizer", &out);
    tiny_write_lookups(&out);
    tiny_put_file(ctx, folder, "vocab/lookups.bin", &out);
    tiny_put_text(ctx, folder, "vocab/strings.json", "[]", &out);
    tiny_put_text(ctx, folder, "tok2vec/cfg", "{}", &out);
    tiny_put_text(ctx, folder, "parser/cfg", cfg, &out);
    tiny_put_text(ctx, folder, "ner/cfg", cfg, &out);
    tiny_put_text(ctx, folder, "config.cfg", TINY_CONFIG, &out);
    tiny_put_text(ctx, folder, "meta.json",
                  "{\"lang\":\"en\",\"name\":\"tiny\",\"version\":\"0.0.0\","
                  "\"spacy_version\":\">=3.5.0,<3.9.0\"}",
                  &out);
    buf_clear(&out);
    return ctx->error.status;
}

#endif
