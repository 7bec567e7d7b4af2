/* SPDX-License-Identifier: MIT */
/*
 * What is checked before a request may cost anything: its framing, its route,
 * its key and rate, its type and size, and the memory that is left.
 */

#include <inttypes.h>
#include <stdio.h>

#include "connection.h"
#include "form.h"
#include "server.h"

#define MAX_HEADERS      100
#define MAX_HEADER_BYTES (16 << 10)
#define MAX_QUERY        32
/* How old a reading of the memory may be at admission. */
#define FRESH_MS 100

/* What counts in a header, gathered in one pass. */
struct header {
    struct exchange *ex;
    size_t n, bytes;
    unsigned n_length, n_coding, n_host, n_type, n_authorization, n_expect;
    struct str length, coding, type, encoding, authorization, expect, id;
    struct str forwarded;
    bool is_damaged;
    const char *end; /* of what was seen so far; what is behind it was merged
                      * where it is not the end of a line */
    bool is_merged;
};

/* libmicrohttpd 0.9.75 joins folded lines, takes a bare LF for an end of line
 * and cuts a line at a NUL, all unseen. But its strings lie in the block that
 * the header was read into, so the gaps between them tell: an end of line is
 * two bytes. Other versions keep them otherwise. */
#define SHOWS_LINES (MHD_VERSION == 0x00097500)

static void take_line(struct header *h, const char *key, size_t key_size,
                      struct str value)
{
    uintptr_t start = (uintptr_t)key, text = (uintptr_t)value.data;

    if (start != (uintptr_t)h->end + 2 || text <= start + key_size ||
        text > start + key_size + MAX_HEADER_BYTES)
        h->is_merged = true;
    h->end = value.data + value.len;
}

/* The first line: "METHOD URI VERSION", each one space apart. */
static void take_first_line(struct header *h, const char *method,
                            const char *url, const char *version)
{
    uintptr_t uri = (uintptr_t)method + strlen(method) + 1;

    h->end = version + strlen(version);
    if (uri != (uintptr_t)url || uri + h->ex->uri_len + 1 != (uintptr_t)version)
        h->is_merged = true;
}

/* The last header line and the empty one behind it. */
static void take_last_line(struct header *h, struct MHD_Connection *mhd,
                           const char *method)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    if (!info || (uintptr_t)h->end + 4 != (uintptr_t)method + info->header_size)
        h->is_merged = true;
}

static bool is_token(struct str name)
{
    static const char others[] = "!#$%&'*+-.^_`|~";

    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alnum((unsigned char)name.data[i]) &&
            (!name.data[i] || !strchr(others, name.data[i])))
            return false;
    return name.len > 0;
}

static bool has_control(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (((unsigned char)value.data[i] < 0x20 && value.data[i] != '\t') ||
            value.data[i] == 0x7F)
            return true;
    return false;
}

/* A field that may come once only. */
static void take_single(struct str *place, unsigned *n, struct str value)
{
    *place = value;
    (*n)++;
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind,
                                   const char *key, size_t key_size,
                                   const char *value, size_t value_size)
{
    struct header *h = cls;
    struct str name = {key, key_size}, v = {value ? value : "", value_size};

    (void)kind;
    h->n++;
    h->bytes += key_size + value_size + 4;
    take_line(h, key, key_size, v);
    if (!is_token(name) || has_control(v))
        h->is_damaged = true;
    if (str_eq_nocase(name, STR("content-length")))
        take_single(&h->length, &h->n_length, v);
    else if (str_eq_nocase(name, STR("transfer-encoding")))
        take_single(&h->coding, &h->n_coding, v);
    else if (str_eq_nocase(name, STR("host")))
        h->n_host++;
    else if (str_eq_nocase(name, STR("content-type")))
        take_single(&h->type, &h->n_type, v);
    else if (str_eq_nocase(name, STR("content-encoding")))
        h->encoding = v;
    else if (str_eq_nocase(name, STR("authorization")))
        take_single(&h->authorization, &h->n_authorization, v);
    else if (str_eq_nocase(name, STR("expect")))
        take_single(&h->expect, &h->n_expect, v);
    else if (str_eq_nocase(name, STR("x-request-id")))
        h->id = v;
    else if (str_eq_nocase(name, STR("x-forwarded-for")))
        h->forwarded = v;
    return MHD_YES;
}

/* A fault of framing: nothing behind it on the connection can be trusted. */
static bool refuse_framing(struct request *rq, const char *why)
{
    reply_error(rq, 400, "bad_request", "%s", why);
    rq->reply.close = true;
    return false;
}

/* What is wrong with the characters of the request, or NULL. */
static const char *find_bad_text(const struct header *h)
{
    if (h->is_damaged)
        return "a header holds a character that it may not";
    if (h->ex->is_uri_bad)
        return "the path holds a control character";
    if (SHOWS_LINES && h->is_merged)
        return "a line of the header holds a NUL, is folded, or ends without "
               "CR and LF";
    return NULL;
}

/* What two programs could read in different ways, or NULL. */
static const char *find_ambiguous(const struct header *h, bool is_new)
{
    if (h->n_length && h->n_coding)
        return "both Content-Length and Transfer-Encoding";
    if (h->n_length > 1 || h->n_coding > 1)
        return "the length is given twice";
    if (h->n_host > 1 || (is_new && h->n_host == 0))
        return "there must be one Host header";
    if (h->n_type > 1 || h->n_authorization > 1 || h->n_expect > 1)
        return "a header is given twice";
    if (h->n_coding && !(is_new && str_eq_nocase(h->coding, STR("chunked"))))
        return "the only Transfer-Encoding is chunked";
    return NULL;
}

static bool check_framing(struct request *rq, const struct header *h,
                          const char *version, uint64_t *length)
{
    bool is_new = strcmp(version, "HTTP/1.1") == 0;

    *length = 0;
    if (!is_new && strcmp(version, "HTTP/1.0") != 0)
        return refuse_framing(rq, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    const char *why = find_bad_text(h);
    if (why)
        return refuse_framing(rq, why);
    if (h->n > MAX_HEADERS || h->bytes > MAX_HEADER_BYTES) {
        reply_error(rq, 431, "header_too_large",
                    "more than %d headers or %d bytes of them", MAX_HEADERS,
                    MAX_HEADER_BYTES);
        rq->reply.close = true;
        return false;
    }
    why = find_ambiguous(h, is_new);
    if (why)
        return refuse_framing(rq, why);
    if (h->n_length && !str_to_u64(h->length, UINT64_MAX / 4, length))
        return refuse_framing(rq, "the Content-Length is not a number");
    return true;
}

static bool check_route(struct request *rq, const struct header *h,
                        uint64_t length)
{
    char allow[64];

    rq->handler = routes_find(&rq->server->routes, rq->method, rq->path,
                              &rq->argument, allow);
    if (!rq->handler && allow[0]) {
        reply_error(rq, 405, "method", "this path takes %s", allow);
        reply_header(rq, "Allow", str_of(allow));
        return false;
    }
    if (!rq->handler) {
        reply_error(rq, 404, "not_found",
                    "there is nothing at this path; "
                    "GET /docs lists what there is");
        return false;
    }
    if (rq->handler->body == BODY_NONE && (length || h->n_coding)) {
        reply_error(rq, 400, "body", "this request takes no body");
        rq->reply.close = true;
        return false;
    }
    if (rq->handler->body != BODY_NONE && !h->n_length && !h->n_coding) {
        reply_error(rq, 411, "length", "the body's length is missing");
        return false;
    }
    return true;
}

static bool check_key(struct request *rq, const struct header *h,
                      const struct connection *connection, int64_t now_ns)
{
    const struct settings *settings = rq->server->settings;
    struct str who = str_of(connection->address);

    if (rq->handler->is_open)
        return true;
    if (settings->n_keys) {
        rq->key_name = access_find_key(settings, h->authorization);
        if (!rq->key_name.data) {
            reply_error(rq, 401, "unauthorized",
                        "a valid key is needed: Authorization: Bearer KEY");
            return false;
        }
        who = rq->key_name;
    } else if (settings_number(settings, SET_TRUST_PROXY)) {
        /* The last one was written by the proxy that we trust. */
        size_t at = h->forwarded.len;
        while (at > 0 && h->forwarded.data[at - 1] != ',')
            at--;
        if (h->forwarded.len)
            who = str_trim(str_slice(h->forwarded, at, h->forwarded.len));
    }
    unsigned wait = rate_take(rq->server->rates, who, now_ns,
                              settings_number(settings, SET_RATE),
                              settings_number(settings, SET_BURST));
    if (wait) {
        char text[16];
        snprintf(text, sizeof(text), "%u", wait);
        rq->server->metrics.rejected_rate++;
        reply_error(rq, 429, "rate", "too many requests; wait %u s", wait);
        reply_header(rq, "Retry-After", str_of(text));
        return false;
    }
    return true;
}

/* "application/json", perhaps with a charset, which must be UTF-8. */
static bool is_json(struct str type)
{
    struct str prefix = STR("application/json"), rest;

    if (!str_starts_nocase(type, prefix))
        return false;
    rest = str_trim(str_slice(type, prefix.len, type.len));
    if (rest.len == 0)
        return true;
    if (rest.data[0] != ';')
        return false;
    rest = str_trim(str_slice(rest, 1, rest.len));
    return !str_starts_nocase(rest, STR("charset")) ||
           str_eq_nocase(rest, STR("charset=utf-8")) ||
           str_eq_nocase(rest, STR("charset=\"utf-8\""));
}

static bool check_type(struct request *rq, const struct header *h)
{
    enum body_kind kind = rq->handler->body;
    bool json = is_json(h->type);
    bool form = str_starts_nocase(h->type, STR("multipart/form-data"));

    if (h->n_expect && !str_eq_nocase(h->expect, STR("100-continue"))) {
        reply_error(rq, 417, "expect", "only 100-continue can be expected");
        return false;
    }
    if (h->encoding.len && !str_eq_nocase(h->encoding, STR("identity"))) {
        reply_error(rq, 415, "encoding", "compressed bodies are not read");
        return false;
    }
    if (kind == BODY_NONE || (json && kind != BODY_FORM) ||
        (form && kind != BODY_JSON)) {
        rq->content_type = h->type;
        return true;
    }
    reply_error(rq, 415, "type", "the Content-Type must be %s",
                kind == BODY_JSON   ? "application/json"
                : kind == BODY_FORM ? "multipart/form-data"
                                    : "application/json or "
                                      "multipart/form-data");
    return false;
}

static bool check_size(struct exchange *ex, uint64_t length)
{
    struct request *rq = &ex->rq;
    const struct settings *settings = rq->server->settings;
    uint64_t max = settings_number(settings, SET_UPLOAD_MB) << 20;

    if (rq->handler->is_batch)
        max = settings_number(settings, SET_BATCH_MB) << 20;
    else if (is_json(rq->content_type))
        max = settings_number(settings, SET_JSON_KB) * 1000;
    ex->body_max = (size_t)max;
    if (length > max) {
        reply_error(rq, 413, "too_large",
                    "the body has %" PRIu64 " bytes, more than the limit of "
                    "%" PRIu64,
                    length, max);
        return false;
    }
    return true;
}

static bool check_memory(struct request *rq, uint64_t length)
{
    struct server *server = rq->server;
    enum governor_stage stage = governor_check(server->governor, FRESH_MS);
    uint64_t max = settings_number(server->settings, SET_BODIES_MB) << 20;

    if (rq->handler->is_open)
        return true;
    if (stage == STAGE_EMERGENCY ||
        (stage == STAGE_AGGRESSIVE && rq->handler->is_batch) ||
        server->body_bytes + length > max) {
        server->metrics.rejected_memory++;
        reply_error(rq, 503, "memory", "memory is short; try again soon");
        reply_header(rq, "Retry-After", STR("5"));
        return false;
    }
    if (server->stopping) {
        reply_error(rq, 503, "stopping", "the service is stopping");
        rq->reply.close = true;
        return false;
    }
    return true;
}

static enum MHD_Result count_pair(void *cls, enum MHD_ValueKind kind,
                                  const char *key, size_t key_size,
                                  const char *value, size_t value_size)
{
    struct request *rq = cls;
    struct pair *pairs = (struct pair *)(uintptr_t)rq->query;

    (void)kind;
    if (rq->n_query == MAX_QUERY)
        return MHD_NO;
    pairs[rq->n_query++] = (struct pair){
        ctx_copy(&rq->ctx, (struct str){key, key_size}),
        ctx_copy(&rq->ctx, (struct str){value ? value : "", value_size})};
    return MHD_YES;
}

static void take_query(struct exchange *ex)
{
    struct request *rq = &ex->rq;

    rq->query = ctx_calloc(&rq->ctx, MAX_QUERY, sizeof(struct pair));
    if (rq->query)
        MHD_get_connection_values_n(ex->mhd, MHD_GET_ARGUMENT_KIND, count_pair,
                                    rq);
}

/* A caller's id is kept where it is a harmless word. */
static void take_id(struct request *rq, struct str id)
{
    if (id.len == 0 || id.len >= sizeof(rq->id))
        return;
    for (size_t i = 0; i < id.len; i++)
        if (!ascii_is_alnum((unsigned char)id.data[i]) && id.data[i] != '-' &&
            id.data[i] != '_')
            return;
    memcpy(rq->id, id.data, id.len);
    rq->id[id.len] = '\0';
}

bool edge_check(struct exchange *ex, const char *method, const char *url,
                const char *version)
{
    struct request *rq = &ex->rq;
    struct header h = {.ex = ex};
    uint64_t length;

    take_first_line(&h, method, url, version);
    MHD_get_connection_values_n(ex->mhd, MHD_HEADER_KIND, take_header, &h);
    take_last_line(&h, ex->mhd, method);
    take_id(rq, h.id);
    if (!check_framing(rq, &h, version, &length))
        return false;
    rq->method = ctx_copy(&rq->ctx, str_of(method));
    rq->path = ctx_copy(&rq->ctx, str_of(url));
    if (!check_route(rq, &h, length) ||
        !check_key(rq, &h, ex->connection, rq->start_ns) ||
        !check_type(rq, &h) || !check_size(ex, length) ||
        !check_memory(rq, length))
        return false;
    rq->content_type = ctx_copy(&rq->ctx, rq->content_type);
    take_query(ex);
    return true;
}
