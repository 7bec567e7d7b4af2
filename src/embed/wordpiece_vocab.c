/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "embed/wordpiece.h"

enum {
    VERSION = 1,
    PAGE = 256, /* a node's children lie within one page */
    /* New nodes look for room in the last pages only: bounded time, and the
     * array stays over 95 % full. */
    SEARCH_PAGES = 16,
    BASE_SHIFT = 9,
    ACCEPTS = 1 << 8,
};
#define VALUE     (UINT32_C(1) << 31)
#define MAX_UNITS (UINT32_C(1) << 22)

/* The block: this header, the units, the text starts, the texts. */
struct header {
    char magic[8];
    uint32_t version;
    uint32_t n_units;
    uint32_t continuation;
    uint32_t n_tokens;
    int32_t pad, unk, cls, sep, mask;
    uint32_t texts_len;
};
static const char magic[8] = "RSCWORDP";

/* --- building ----------------------------------------------------------- */

struct entry {
    struct str text;
    int32_t id;
};

/* A node that has no children yet: the sorted entries [first, last) share
 * their first `depth` bytes, which lead to `unit`. */
struct task {
    size_t first, last, depth;
    uint32_t unit;
};

struct builder {
    uint32_t *units;
    bool *used;      /* units that are taken */
    bool *base_used; /* bases that are taken: labels alone tell nodes apart */
    uint32_t n_units, cap;
    struct entry *entries;
    size_t n_entries;
    struct task *tasks;
    size_t n_tasks;
    size_t max_tasks;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = str_compare(x->text, y->text);

    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* White space at the end of a line is not part of its token; ASCII only,
 * since no token ends in any other. */
static struct str trim_end(struct str line)
{
    while (line.len && ascii_is_space((unsigned char)line.data[line.len - 1]))
        line.len--;
    return line;
}

static rsc_status read_entries(struct ctx *ctx, struct builder *b,
                               struct str vocab)
{
    struct str rest = vocab, line;
    size_t n = 0;

    if (vocab.len > LIMIT_VOCAB_BYTES)
        return ctx_fail(ctx, RSC_ELIMIT, "the vocabulary is larger than %zu MB",
                        LIMIT_VOCAB_BYTES >> 20);
    if (utf8_valid_len(vocab) != vocab.len ||
        (vocab.len && memchr(vocab.data, 0, vocab.len)))
        return ctx_fail(ctx, RSC_EFORMAT, "the vocabulary is not plain UTF-8");
    while (str_next_line(&rest, &line))
        n++;
    b->entries = ctx_alloc_array(ctx, n + 1, sizeof(*b->entries));
    if (!b->entries)
        return ctx->error.status;
    rest = vocab;
    for (b->n_entries = 0; str_next_line(&rest, &line); b->n_entries++)
        b->entries[b->n_entries] =
            (struct entry){trim_end(line), (int32_t)b->n_entries};
    return RSC_OK;
}

/* Sorted by text, without empty ones; of equal texts the last line counts,
 * as in the package. */
static void sort_entries(struct builder *b)
{
    size_t kept = 0;

    qsort(b->entries, b->n_entries, sizeof(*b->entries), compare_entries);
    for (size_t i = 0; i < b->n_entries; i++) {
        struct entry e = b->entries[i];
        if (e.text.len == 0)
            continue;
        if (kept && str_eq(b->entries[kept - 1].text, e.text))
            kept--;
        b->entries[kept++] = e;
    }
    b->n_entries = kept;
}

/* Adds one page of free units. */
static rsc_status grow(struct ctx *ctx, struct builder *b)
{
    if (b->n_units == b->cap) {
        uint32_t cap = b->cap ? b->cap * 2 : 64 * PAGE;
        uint32_t *units = ctx_calloc(ctx, cap, sizeof(*units));
        bool *used = ctx_calloc(ctx, cap, 1);
        bool *base_used = ctx_calloc(ctx, cap, 1);
        if (!units || !used || !base_used)
            return ctx->error.status;
        if (b->cap) {
            memcpy(units, b->units, b->cap * sizeof(*units));
            memcpy(used, b->used, b->cap);
            memcpy(base_used, b->base_used, b->cap);
        }
        b->units = units;
        b->used = used;
        b->base_used = base_used;
        b->cap = cap;
    }
    if (b->n_units >= MAX_UNITS)
        return ctx_fail(ctx, RSC_ELIMIT, "the vocabulary is too large");
    b->n_units += PAGE;
    return RSC_OK;
}

/* Whether every child would land on a free unit. Two nodes never share a base:
 * only then does the label alone tell whose child a unit is. */
static bool fits(const struct builder *b, uint32_t base,
                 const unsigned char *labels, size_t n)
{
    if (b->base_used[base])
        return false;
    for (size_t i = 0; i < n; i++)
        if (b->used[base ^ labels[i]])
            return false;
    return true;
}

/* The lowest base in the last pages where all labels are free. */
static rsc_status find_base(struct ctx *ctx, struct builder *b, uint32_t *out,
                            const unsigned char *labels, size_t n)
{
    uint32_t from =
        b->n_units > SEARCH_PAGES * PAGE ? b->n_units - SEARCH_PAGES * PAGE : 0;

    for (uint32_t unit = from; unit < b->n_units; unit++) {
        if (!b->used[unit] && fits(b, unit ^ labels[0], labels, n)) {
            *out = unit ^ labels[0];
            return RSC_OK;
        }
    }
    *out = b->n_units ^ labels[0];
    return grow(ctx, b);
}

/* Labels of the children of a task, ascending; 0 stands for its value. */
static size_t collect_labels(const struct builder *b, const struct task *t,
                             unsigned char labels[PAGE])
{
    size_t n = 0;

    for (size_t i = t->first; i < t->last; i++) {
        struct str text = b->entries[i].text;
        unsigned char c =
            text.len == t->depth ? 0 : (unsigned char)text.data[t->depth];
        if (n == 0 || labels[n - 1] != c)
            labels[n++] = c;
    }
    return n;
}

static rsc_status expand(struct ctx *ctx, struct builder *b, struct task t)
{
    unsigned char labels[PAGE];
    size_t n = collect_labels(b, &t, labels);
    uint32_t base;

    rsc_status st = find_base(ctx, b, &base, labels, n);
    if (st)
        return st;
    b->base_used[base] = true;
    b->units[t.unit] |= base << BASE_SHIFT;
    for (size_t i = 0; i < n; i++)
        b->used[base ^ labels[i]] = true;
    if (labels[0] == 0) {
        b->units[t.unit] |= ACCEPTS;
        b->units[base] = VALUE | (uint32_t)b->entries[t.first++].id;
    }
    while (t.first < t.last) {
        const char *label = b->entries[t.first].text.data + t.depth;
        size_t end = t.first + 1;
        while (end < t.last && b->entries[end].text.data[t.depth] == *label)
            end++;
        uint32_t unit = base ^ (unsigned char)*label;
        b->units[unit] = (unsigned char)*label;
        assert(b->n_tasks < b->max_tasks);
        b->tasks[b->n_tasks++] = (struct task){t.first, end, t.depth + 1, unit};
        t.first = end;
    }
    return RSC_OK;
}

/* Breadth first, so that the nodes that every word passes lie together. */
static rsc_status build_units(struct ctx *ctx, struct builder *b)
{
    b->max_tasks = 1;
    for (size_t i = 0; i < b->n_entries; i++)
        b->max_tasks += b->entries[i].text.len;
    b->tasks = ctx_alloc_array(ctx, b->max_tasks, sizeof(*b->tasks));
    if (!b->tasks)
        return ctx->error.status;
    rsc_status st = grow(ctx, b);
    b->tasks[b->n_tasks++] = (struct task){0, b->n_entries, 0, 0};
    if (!st)
        b->used[0] = true;
    for (size_t i = 0; !st && i < b->n_tasks; i++)
        st = expand(ctx, b, b->tasks[i]);
    return st;
}

/* The node that text leads to, or 0. */
static uint32_t walk(const uint32_t *units, struct str text)
{
    uint32_t unit = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        unit = (units[unit] >> BASE_SHIFT) ^ c;
        if ((units[unit] & (VALUE | 0xFF)) != c)
            return 0;
    }
    return unit;
}

static int32_t id_of(const uint32_t *units, struct str text)
{
    uint32_t unit = units[walk(units, text)];

    return unit & ACCEPTS ? (int32_t)(units[unit >> BASE_SHIFT] & ~VALUE) : -1;
}

/* Ids of the special tokens, wherever the vocabulary has them. */
static rsc_status fill_header(struct ctx *ctx, struct header *h,
                              const struct builder *b)
{
    memcpy(h->magic, magic, sizeof(magic));
    h->version = VERSION;
    h->n_units = b->n_units;
    h->continuation = walk(b->units, STR("##"));
    h->pad = id_of(b->units, STR("[PAD]"));
    h->unk = id_of(b->units, STR("[UNK]"));
    h->cls = id_of(b->units, STR("[CLS]"));
    h->sep = id_of(b->units, STR("[SEP]"));
    h->mask = id_of(b->units, STR("[MASK]"));
    if (h->pad < 0 || h->unk < 0 || h->cls < 0 || h->sep < 0)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the vocabulary lacks one of [PAD], [UNK], [CLS] and "
                        "[SEP]: it is not one of a BERT model");
    if (!h->continuation)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the vocabulary has no piece that starts with ##");
    return RSC_OK;
}

/* starts[i] is where token i begins in texts. */
static size_t write_texts(struct str vocab, uint32_t *starts, char *texts)
{
    struct str line;
    size_t len = 0, n = 0;

    while (str_next_line(&vocab, &line)) {
        line = trim_end(line);
        starts[n++] = (uint32_t)len;
        if (line.len)
            memcpy(texts + len, line.data, line.len);
        len += line.len;
    }
    starts[n] = (uint32_t)len;
    return len;
}

rsc_status wordpiece_build(struct ctx *ctx, struct str *block, struct str vocab)
{
    struct builder b = {0};
    struct header h = {0};

    *block = STR_NONE;
    rsc_status st = read_entries(ctx, &b, vocab);
    if (st)
        return st;
    h.n_tokens = (uint32_t)b.n_entries;
    sort_entries(&b);
    if (b.n_entries == 0)
        return ctx_fail(ctx, RSC_EFORMAT, "the vocabulary is empty");
    st = build_units(ctx, &b);
    if (!st)
        st = fill_header(ctx, &h, &b);
    if (st)
        return st;

    size_t units_len = b.n_units * sizeof(uint32_t);
    size_t starts_len = (h.n_tokens + (size_t)1) * sizeof(uint32_t);
    char *data = ctx_alloc(ctx, sizeof(h) + units_len + starts_len + vocab.len);
    if (!data)
        return ctx->error.status;
    uint32_t *starts = (uint32_t *)(void *)(data + sizeof(h) + units_len);
    size_t texts_len = write_texts(vocab, starts, (char *)starts + starts_len);
    h.texts_len = (uint32_t)texts_len;
    memcpy(data, &h, sizeof(h));
    memcpy(data + sizeof(h), b.units, units_len);
    *block = (struct str){data, sizeof(h) + units_len + starts_len + texts_len};
    return RSC_OK;
}

/* --- opening ------------------------------------------------------------ */

static rsc_status damaged(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, RSC_EFORMAT,
                    "the packed vocabulary is damaged (%s); run "
                    "`resume-scorer models pack` again",
                    what);
}

static bool is_id(const struct header *h, int32_t id)
{
    return id >= 0 && (uint32_t)id < h->n_tokens;
}

/* Every base leads to a page inside, and where a node accepts there is a
 * value with a known id; so encoding needs no checks. */
static bool check_units(const uint32_t *units, const struct header *h)
{
    for (uint32_t i = 0; i < h->n_units; i++) {
        uint32_t unit = units[i];
        if (unit & VALUE)
            continue;
        uint32_t base = unit >> BASE_SHIFT;
        if (base >= h->n_units)
            return false;
        if (unit & ACCEPTS &&
            (!(units[base] & VALUE) || (units[base] & ~VALUE) >= h->n_tokens))
            return false;
    }
    return !(units[0] & VALUE) && !(units[h->continuation] & VALUE);
}

rsc_status wordpiece_open(struct ctx *ctx, struct wordpiece *out,
                          struct str block)
{
    struct header h;

    *out = (struct wordpiece){0};
    if (block.len < sizeof(h) || (uintptr_t)block.data % sizeof(uint32_t))
        return damaged(ctx, "size");
    memcpy(&h, block.data, sizeof(h));
    if (memcmp(h.magic, magic, sizeof(magic)) || h.version != VERSION)
        return damaged(ctx, "version");
    if (h.n_units == 0 || h.n_units % PAGE || h.n_units > MAX_UNITS ||
        h.n_tokens == 0 || h.n_tokens > LIMIT_VOCAB_BYTES ||
        h.texts_len > LIMIT_VOCAB_BYTES || h.continuation >= h.n_units ||
        block.len != sizeof(h) + 4 * (size_t)h.n_units +
                         4 * ((size_t)h.n_tokens + 1) + h.texts_len)
        return damaged(ctx, "size");
    if (!is_id(&h, h.pad) || !is_id(&h, h.unk) || !is_id(&h, h.cls) ||
        !is_id(&h, h.sep) || (h.mask != -1 && !is_id(&h, h.mask)))
        return damaged(ctx, "special tokens");
    out->units = (const uint32_t *)(const void *)(block.data + sizeof(h));
    if (!check_units(out->units, &h))
        return damaged(ctx, "trie");
    out->n_units = h.n_units;
    out->continuation = h.continuation;
    out->n_tokens = (int32_t)h.n_tokens;
    out->pad = h.pad;
    out->unk = h.unk;
    out->cls = h.cls;
    out->sep = h.sep;
    out->mask = h.mask;
    out->text_starts = out->units + h.n_units;
    out->texts.data = (const char *)(out->text_starts + h.n_tokens + 1);
    out->texts.len = h.texts_len;
    return RSC_OK;
}

/* The starts are checked here and not at open, which need not touch them. */
struct str wordpiece_token(const struct wordpiece *wp, int32_t id)
{
    if (id < 0 || id >= wp->n_tokens)
        return STR("");
    uint32_t start = wp->text_starts[id], end = wp->text_starts[id + 1];
    if (start > end || end > wp->texts.len)
        return STR("");
    return str_slice(wp->texts, start, end);
}
