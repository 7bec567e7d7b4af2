/* SPDX-License-Identifier: MIT */
/* The public functions of documents. */

#include "base/json.h"
#include "engine/engine.h"
#include "engine/object.h"
#include "engine/text_api.h"
#include "parse/jsonresume.h"
#include "text/plain.h"

/* A text of 50,000 characters with a box per word takes some 2 MB. */
#define MAX_JSON ((size_t)64 << 20)

/* A document without content, or NULL with err filled. */
static rsc_document *new_document(rsc_error *err)
{
    rsc_document *document = object_new(sizeof(*document), err);

    if (!document)
        return NULL;
    mem_init(&document->mem, "requests", 0);
    ctx_init(&document->ctx, &document->mem);
    return document;
}

void rsc_document_free(rsc_document *document)
{
    if (document)
        ctx_clear(&document->ctx);
    object_free(document, sizeof(*document));
}

static void note_hidden(rsc_document *document)
{
    const struct document *doc = &document->doc;

    if (doc->n_hidden == 0)
        return;
    document->hidden_note =
        ctx_printf(&document->ctx,
                   "text that a person cannot see is left out: %zu %s, the "
                   "first on page %u (%s)",
                   doc->n_hidden, doc->n_hidden == 1 ? "place" : "places",
                   doc->hidden[0].page,
                   hidden_reason_name(doc->hidden[0].reason))
            .data;
}

/* Notes and hashes what was read and hands the document out, or frees it. */
static rsc_status finish(rsc_document **out, rsc_document *document,
                         struct str bytes, rsc_error *err)
{
    note_hidden(document);
    rsc_status st = ctx_error(&document->ctx, err);

    if (st) {
        rsc_document_free(document);
        return st;
    }
    document->file_hash = hash_sha256(bytes);
    document->text_hash = hash_sha256(document->doc.text);
    *out = document;
    return RSC_OK;
}

/* Plain text needs no helper where none is configured: a form of text, an
 * embedding host without the program. */
static bool is_plain_text(struct str bytes)
{
    static const char *const others[] = {"%PDF-",     "PK\003\004", "{\\rtf",
                                         "<!doctype", "<html",      "\xD0\xCF"};
    struct str start = str_trim(bytes);

    if (bytes.len && memchr(bytes.data, 0, bytes.len))
        return false;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (str_starts_nocase(start, str_of(others[i])))
            return false;
    return true;
}

static void read_bytes(rsc_engine *engine, rsc_document *document,
                       struct str bytes)
{
    struct ctx *ctx = &document->ctx;

    if (bytes.len > engine->extract.max_bytes) {
        ctx_fail(ctx, RSC_ELIMIT,
                 "the file has %zu bytes, more than the limit of %zu; send a "
                 "smaller one or raise the limit",
                 bytes.len, engine->extract.max_bytes);
    } else if (jsonresume_detect(bytes)) {
        jsonresume_read(ctx, &document->doc, bytes);
    } else if (engine->extract.helper) {
        extract_document(ctx, &document->doc, &engine->extract, bytes);
    } else if (!is_plain_text(bytes)) {
        ctx_fail(ctx, RSC_EUNSUPPORTED,
                 "only plain text can be read here: resume-scorer-extract was "
                 "not found; install it beside resume-scorer or name its path");
    } else {
        plain_document(ctx, &document->doc, bytes);
    }
}

rsc_status rsc_document_read(rsc_document **out, rsc_engine *engine,
                             const void *bytes, size_t len, rsc_error *err)
{
    rsc_document *document = new_document(err);
    struct str content = {bytes, len};

    *out = NULL;
    if (!document)
        return RSC_ENOMEM;
    read_bytes(engine, document, content);
    return finish(out, document, content, err);
}

rsc_status rsc_document_from_text(rsc_document **out, rsc_engine *engine,
                                  const char *text, size_t len, rsc_error *err)
{
    rsc_document *document = new_document(err);
    struct str content = {text, len};

    (void)engine;
    *out = NULL;
    if (!document)
        return RSC_ENOMEM;
    plain_document(&document->ctx, &document->doc, content);
    if (!document->ctx.error.status && str_trim(document->doc.text).len == 0)
        ctx_fail(&document->ctx, RSC_ENOTEXT, "the text is empty");
    return finish(out, document, content, err);
}

const char *rsc_document_text(const rsc_document *document, size_t *len)
{
    if (len)
        *len = document->doc.text.len;
    return document->doc.text.data ? document->doc.text.data : "";
}

const char *rsc_document_warning(const rsc_document *document, size_t i)
{
    size_t n = document->doc.n_warnings;

    if (i == n)
        return document->hidden_note;
    return i < n ? document->doc.warnings[i].data : NULL;
}

static const char *line_role_name(enum line_role role)
{
    static const char *const names[] = {
        [LINE_BODY] = "body",
        [LINE_HEADING] = "heading",
        [LINE_ITEM] = "item",
        [LINE_CELL] = "cell",
    };

    return names[role];
}

static void write_lines(struct json *j, const struct document *doc)
{
    json_key(j, "lines");
    json_open(j, '[');
    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct line *line = &doc->lines[i];
        json_open(j, '{');
        json_put_int(j, "page", line->page);
        json_put_int(j, "start", line->start);
        json_put_int(j, "end", line->end);
        json_put_str(j, "role", str_of(line_role_name(line->role)));
        json_put_bool(j, "bold", line->bold);
        json_key(j, "size");
        json_decimal(j, (double)line->size, 1);
        json_key(j, "box");
        json_open(j, '[');
        json_decimal(j, (double)line->x0, 1);
        json_decimal(j, (double)line->y0, 1);
        json_decimal(j, (double)line->x1, 1);
        json_decimal(j, (double)line->y1, 1);
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_hidden(struct json *j, const struct document *doc)
{
    json_key(j, "hidden");
    json_open(j, '[');
    for (size_t i = 0; i < doc->n_hidden; i++) {
        const struct hidden_run *run = &doc->hidden[i];
        json_open(j, '{');
        json_put_int(j, "page", run->page);
        json_put_str(j, "reason", str_of(hidden_reason_name(run->reason)));
        json_put_str(j, "text", run->text);
        json_close(j, '}');
    }
    json_close(j, ']');
}

rsc_status rsc_document_json(rsc_text **out, const rsc_document *document,
                             rsc_error *err)
{
    const struct document *doc = &document->doc;
    struct text_work w;

    text_open(&w, MAX_JSON);
    struct json j = json_to(&w.buf, 2);
    json_open(&j, '{');
    json_put_str(&j, "kind", str_of(document_kind_name(doc->kind)));
    json_put_str(&j, "method", doc->method);
    json_put_int(&j, "pages", doc->pages);
    json_put_str(&j, "file_sha256", str_of(document->file_hash.text));
    json_put_str(&j, "text_sha256", str_of(document->text_hash.text));
    json_put_str(&j, "text", doc->text);
    write_lines(&j, doc);
    write_hidden(&j, doc);
    json_key(&j, "warnings");
    json_open(&j, '[');
    for (size_t i = 0; i < doc->n_warnings; i++)
        json_str(&j, doc->warnings[i]);
    json_close(&j, ']');
    json_close(&j, '}');
    return text_close(&w, out, err);
}
