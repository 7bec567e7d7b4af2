/* SPDX-License-Identifier: MIT */
/* Both directions of the pipe's protocol; wire_check.c holds the rules. */
#include "extract/wire.h"

#include "base/mem.h"
#include "base/vec.h"
#include "extract/wire_check.h"

#define HEADER_BYTES 8u
#define FRAME_BYTES  8u
#define WORD_BYTES   24u
#define LINE_BYTES   44u

static const char magic[4] = {'R', 'S', 'C', 'X'};
static const char end_frame[FRAME_BYTES] = {'D', 'O', 'N', 'E', 0, 0, 0, 0};

static void put_u32(struct buf *out, uint32_t v)
{
    const unsigned char b[4] = {(unsigned char)v, (unsigned char)(v >> 8),
                                (unsigned char)(v >> 16),
                                (unsigned char)(v >> 24)};

    buf_put_bytes(out, b, sizeof(b));
}

static void put_float(struct buf *out, float f)
{
    uint32_t v;

    memcpy(&v, &f, sizeof(v));
    put_u32(out, v);
}

/* Length fields are 32 bits; a longer payload cannot be said and makes the
 * buffer fail, as its cap would. */
static void put_frame(struct buf *out, const char *tag, size_t len)
{
    if (len > UINT32_MAX)
        out->failed = true;
    buf_put_bytes(out, tag, 4);
    put_u32(out, (uint32_t)len);
}

static void put_text_frame(struct buf *out, const char *tag, struct str text)
{
    put_frame(out, tag, text.len);
    buf_put(out, text);
}

void wire_put_start(struct buf *out, const struct wire_sandbox *sandbox)
{
    buf_put_bytes(out, magic, sizeof(magic));
    put_u32(out, WIRE_VERSION);
    put_frame(out, "SAND", 8);
    put_u32(out, (sandbox->no_new_privs ? 1u : 0) |
                     (sandbox->seccomp ? 2u : 0) |
                     (sandbox->resource_limits ? 4u : 0) |
                     (sandbox->address_limit ? 8u : 0));
    put_u32(out, sandbox->landlock_abi);
}

static void put_words(struct buf *out, const struct document *doc)
{
    put_frame(out, "WORD", mem_array_size(doc->n_words, WORD_BYTES));
    for (size_t i = 0; i < doc->n_words; i++) {
        const struct word *w = &doc->words[i];
        put_u32(out, w->start);
        put_u32(out, w->end);
        put_float(out, w->x0);
        put_float(out, w->y0);
        put_float(out, w->x1);
        put_float(out, w->y1);
    }
}

static void put_lines(struct buf *out, const struct document *doc)
{
    put_frame(out, "LINE", mem_array_size(doc->n_lines, LINE_BYTES));
    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct line *l = &doc->lines[i];
        put_u32(out, l->start);
        put_u32(out, l->end);
        put_u32(out, l->first_word);
        put_u32(out, l->n_words);
        put_u32(out, l->page);
        put_u32(out, (uint32_t)l->role | (l->bold ? 256u : 0));
        put_float(out, l->size);
        put_float(out, l->x0);
        put_float(out, l->y0);
        put_float(out, l->x1);
        put_float(out, l->y1);
    }
}

void wire_put_document(struct buf *out, const struct document *doc)
{
    put_frame(out, "DOCU", 8 + doc->method.len);
    put_u32(out, doc->kind);
    put_u32(out, doc->pages);
    buf_put(out, doc->method);
    put_text_frame(out, "TEXT", doc->text);
    put_words(out, doc);
    put_lines(out, doc);
    for (size_t i = 0; i < doc->n_hidden; i++) {
        const struct hidden_run *h = &doc->hidden[i];
        put_frame(out, "HIDE", 4 + h->text.len);
        put_u32(out, (uint32_t)h->page << 8 | h->reason);
        buf_put(out, h->text);
    }
    for (size_t i = 0; i < doc->n_warnings; i++)
        put_text_frame(out, "WARN", doc->warnings[i]);
}

void wire_put_failure(struct buf *out, const rsc_error *error)
{
    struct str message = str_of(error->message);

    put_frame(out, "FAIL", 4 + message.len);
    put_u32(out, error->status);
    buf_put(out, message);
}

void wire_put_end(struct buf *out)
{
    buf_put_bytes(out, end_frame, sizeof(end_frame));
}

static uint32_t take_u32(struct str *s)
{
    const unsigned char *b = (const unsigned char *)s->data;
    uint32_t v = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
                 (uint32_t)b[3] << 24;

    *s = str_slice(*s, 4, s->len);
    return v;
}

static float take_float(struct str *s)
{
    uint32_t v = take_u32(s);
    float f;

    memcpy(&f, &v, sizeof(f));
    return f;
}

/* Takes a frame off the front; false when it is cut off. */
static bool next_frame(struct str *rest, struct str *tag, struct str *payload)
{
    if (rest->len < FRAME_BYTES)
        return false;
    struct str after = str_slice(*rest, 4, rest->len);
    size_t len = take_u32(&after);
    if (len > after.len)
        return false;
    *tag = str_slice(*rest, 0, 4);
    *payload = str_slice(after, 0, len);
    *rest = str_slice(after, len, after.len);
    return true;
}

bool wire_is_complete(struct str bytes)
{
    struct str rest = bytes;
    struct str tag, payload;

    if (bytes.len < HEADER_BYTES + sizeof(end_frame) ||
        memcmp(bytes.data + bytes.len - sizeof(end_frame), end_frame,
               sizeof(end_frame)))
        return false;
    /* The last bytes may be payload that looks like the end. */
    rest = str_slice(rest, HEADER_BYTES, rest.len);
    while (next_frame(&rest, &tag, &payload)) {
        if (str_eq(tag, STR("DONE")))
            return rest.len == 0;
    }
    return false;
}

static rsc_status garbage(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, RSC_EINTERNAL,
                    "the extraction helper's answer breaks the protocol: %s",
                    what);
}

static rsc_status read_words(struct ctx *ctx, struct document *doc,
                             struct str in)
{
    size_t n = in.len / WORD_BYTES;
    struct word *words = ctx_alloc_array(ctx, n, sizeof(*words));

    if (!words)
        return ctx->error.status;
    if (in.len % WORD_BYTES)
        return garbage(ctx, "length of the words");
    for (size_t i = 0; i < n; i++) {
        words[i].start = take_u32(&in);
        words[i].end = take_u32(&in);
        words[i].x0 = take_float(&in);
        words[i].y0 = take_float(&in);
        words[i].x1 = take_float(&in);
        words[i].y1 = take_float(&in);
    }
    doc->words = words;
    doc->n_words = n;
    return RSC_OK;
}

static rsc_status read_lines(struct ctx *ctx, struct document *doc,
                             struct str in)
{
    size_t n = in.len / LINE_BYTES;
    struct line *lines = ctx_alloc_array(ctx, n, sizeof(*lines));

    if (!lines)
        return ctx->error.status;
    if (in.len % LINE_BYTES)
        return garbage(ctx, "length of the lines");
    for (size_t i = 0; i < n; i++) {
        struct line *l = &lines[i];
        l->start = take_u32(&in);
        l->end = take_u32(&in);
        l->first_word = take_u32(&in);
        l->n_words = take_u32(&in);
        uint32_t page = take_u32(&in);
        uint32_t flags = take_u32(&in);
        if (page > UINT16_MAX || (flags & 255) > LINE_CELL || flags > 511)
            return garbage(ctx, "page or role of a line");
        l->page = (uint16_t)page;
        l->role = (uint8_t)(flags & 255);
        l->bold = flags & 256;
        l->size = take_float(&in);
        l->x0 = take_float(&in);
        l->y0 = take_float(&in);
        l->x1 = take_float(&in);
        l->y1 = take_float(&in);
    }
    doc->lines = lines;
    doc->n_lines = n;
    return RSC_OK;
}

/* The lists that come one frame at a time, until the document is complete. */
struct lists {
    VEC(struct hidden_run) hidden;
    VEC(struct str) warnings;
    unsigned seen; /* one bit per frame that may come once */
};

static rsc_status read_hidden(struct ctx *ctx, struct lists *lists,
                              struct str in)
{
    if (in.len < 4)
        return garbage(ctx, "length of a hidden run");
    uint32_t v = take_u32(&in);
    if ((v & 255) > HIDDEN_ZERO_WIDTH || v >> 8 > UINT16_MAX)
        return garbage(ctx, "reason or page of a hidden run");
    struct hidden_run *run = vec_push(ctx, &lists->hidden);
    if (!run)
        return ctx->error.status;
    run->reason = (uint8_t)(v & 255);
    run->page = (uint16_t)(v >> 8);
    run->text = in;
    return RSC_OK;
}

static rsc_status read_head(struct ctx *ctx, struct wire_answer *out,
                            struct str in)
{
    if (in.len < 8)
        return garbage(ctx, "length of the head");
    uint32_t kind = take_u32(&in);
    out->document.pages = take_u32(&in);
    if (kind > DOCUMENT_HTML)
        return garbage(ctx, "kind of document");
    out->document.kind = (enum document_kind)kind;
    out->document.method = in;
    out->has_document = true;
    return RSC_OK;
}

static rsc_status read_sandbox(struct ctx *ctx, struct wire_sandbox *out,
                               struct str in)
{
    if (in.len != 8)
        return garbage(ctx, "length of the sandbox report");
    uint32_t flags = take_u32(&in);
    out->no_new_privs = flags & 1;
    out->seccomp = flags & 2;
    out->resource_limits = flags & 4;
    out->address_limit = flags & 8;
    out->landlock_abi = take_u32(&in);
    return RSC_OK;
}

/* The helper's own words about the file: passed on, once they are known to be
 * one printable sentence with a status that means failure. */
static rsc_status read_failure(struct ctx *ctx, struct str in)
{
    if (in.len < 5)
        return garbage(ctx, "length of a failure");
    uint32_t status = take_u32(&in);
    if (status == RSC_OK || status > RSC_EINTERNAL || in.len > 399 ||
        !wire_is_sentence(in))
        return garbage(ctx, "a failure that says nothing");
    return ctx_fail(ctx, (rsc_status)status, "%.*s", STR_ARG(in));
}

static rsc_status read_frame(struct ctx *ctx, struct wire_answer *out,
                             struct lists *lists, struct str tag,
                             struct str payload)
{
    static const char once[5][5] = {"SAND", "DOCU", "TEXT", "WORD", "LINE"};

    for (unsigned i = 0; i < 5; i++) {
        if (str_eq(tag, str_of(once[i]))) {
            if (lists->seen & 1u << i)
                return garbage(ctx, "a frame that comes twice");
            lists->seen |= 1u << i;
        }
    }
    if (str_eq(tag, STR("SAND")))
        return read_sandbox(ctx, &out->sandbox, payload);
    if (str_eq(tag, STR("FAIL")))
        return read_failure(ctx, payload);
    if (str_eq(tag, STR("DOCU")))
        return read_head(ctx, out, payload);
    if (str_eq(tag, STR("WORD")))
        return read_words(ctx, &out->document, payload);
    if (str_eq(tag, STR("LINE")))
        return read_lines(ctx, &out->document, payload);
    if (str_eq(tag, STR("HIDE")))
        return read_hidden(ctx, lists, payload);
    if (str_eq(tag, STR("WARN"))) {
        struct str *warning = vec_push(ctx, &lists->warnings);
        if (!warning)
            return ctx->error.status;
        *warning = payload;
        return RSC_OK;
    }
    if (!str_eq(tag, STR("TEXT")))
        return garbage(ctx, "an unknown frame");
    out->document.text = payload;
    return RSC_OK;
}

static rsc_status read_frames(struct ctx *ctx, struct wire_answer *out,
                              struct lists *lists, struct str rest)
{
    struct str tag, payload;

    while (next_frame(&rest, &tag, &payload)) {
        if (str_eq(tag, STR("DONE")))
            return rest.len == 0 && payload.len == 0
                       ? RSC_OK
                       : garbage(ctx, "bytes behind its end");
        rsc_status st = read_frame(ctx, out, lists, tag, payload);
        if (st)
            return st;
    }
    return garbage(ctx, "it is cut off");
}

rsc_status wire_read(struct ctx *ctx, struct wire_answer *out, struct str bytes)
{
    struct lists lists = {0};

    *out = (struct wire_answer){0};
    if (bytes.len < HEADER_BYTES || memcmp(bytes.data, magic, sizeof(magic)))
        return garbage(ctx, "it does not begin as one");
    struct str rest = str_slice(bytes, 4, bytes.len);
    uint32_t version = take_u32(&rest);
    if (version != WIRE_VERSION)
        return ctx_fail(ctx, RSC_EINTERNAL,
                        "the extraction helper speaks version %u of the "
                        "protocol, not %u; install program and helper together",
                        (unsigned)version, (unsigned)WIRE_VERSION);
    rsc_status st = read_frames(ctx, out, &lists, rest);
    if (st)
        return st;
    struct document *doc = &out->document;
    doc->hidden = lists.hidden.items;
    doc->n_hidden = lists.hidden.len;
    doc->warnings = lists.warnings.items;
    doc->n_warnings = lists.warnings.len;
    if (!out->has_document)
        return lists.seen == 1 ? RSC_OK : garbage(ctx, "parts without a head");
    const char *broken = wire_broken_rule(doc);
    return broken ? garbage(ctx, broken) : RSC_OK;
}
