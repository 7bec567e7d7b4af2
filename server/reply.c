/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "request.h"
#include "server.h"

struct json reply_json(struct request *rq, unsigned status)
{
    rq->reply.status = status;
    rq->reply.type = "application/json";
    rq->reply.fixed = STR_NONE;
    buf_reset(&rq->reply.body);
    return json_to(&rq->reply.body, 0);
}

void reply_text(struct request *rq, unsigned status, const char *type,
                struct str body)
{
    rq->reply.status = status;
    rq->reply.type = type;
    rq->reply.fixed = STR_NONE;
    buf_reset(&rq->reply.body);
    buf_put(&rq->reply.body, body);
}

void reply_fixed(struct request *rq, unsigned status, const char *type,
                 struct str body)
{
    reply_empty(rq, status);
    rq->reply.type = type;
    rq->reply.fixed = body;
}

void reply_empty(struct request *rq, unsigned status)
{
    rq->reply.status = status;
    rq->reply.type = NULL;
    rq->reply.fixed = STR_NONE;
    buf_reset(&rq->reply.body);
}

/* The word that text-embeddings-inference uses for a status. */
static const char *tei_type(unsigned status)
{
    switch (status) {
    case 401:
        return "Unauthorized";
    case 424:
        return "Backend";
    case 429:
        return "Overloaded";
    case 500:
    case 503:
        return "Unhealthy";
    default:
        return "Validation";
    }
}

static const char *openai_type(unsigned status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 429:
        return "rate_limit_error";
    case 500:
    case 503:
        return "server_error";
    default:
        return "invalid_request_error";
    }
}

static void write_error(struct request *rq, struct json *j, const char *code,
                        struct str message)
{
    unsigned status = rq->reply.status;
    enum family family = rq->handler ? rq->handler->family : FAMILY_OURS;

    json_open(j, '{');
    if (family == FAMILY_TEI) {
        bool empty = strcmp(code, "empty") == 0;
        json_put_str(j, "error", message);
        json_put_str(j, "error_type",
                     str_of(empty ? "Empty" : tei_type(status)));
        json_close(j, '}');
        return;
    }
    json_key(j, "error");
    json_open(j, '{');
    if (family == FAMILY_OPENAI) {
        json_put_str(j, "message", message);
        json_put_str(j, "type", str_of(openai_type(status)));
        json_key(j, "param");
        json_null(j);
        json_put_str(j, "code", str_of(code));
    } else {
        json_put_str(j, "code", str_of(code));
        json_put_str(j, "message", message);
        json_put_str(j, "request_id", str_of(rq->id));
    }
    json_close(j, '}');
    json_close(j, '}');
}

void reply_error(struct request *rq, unsigned status, const char *code,
                 const char *format, ...)
{
    char message[512];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    struct json j = reply_json(rq, status);
    write_error(rq, &j, code, str_of(message));
    if (status == 503 || status == 429)
        reply_header(rq, "Retry-After", STR("2"));
    if (status == 401)
        reply_header(rq, "WWW-Authenticate", STR("Bearer"));
}

void reply_unknown(struct request *rq, struct str field,
                   const char *const *names)
{
    char known[400] = "";
    size_t len = 0;

    for (size_t i = 0; names[i] && len < sizeof(known); i++)
        len += (size_t)snprintf(known + len, sizeof(known) - len, "%s%s",
                                i ? ", " : "", names[i]);
    field.len = field.len < 64 ? field.len : 64;
    reply_error(rq, 422, "unknown_field",
                "there is no field '%.*s' here; there are: %s", STR_ARG(field),
                known);
}

unsigned reply_status_of(rsc_status status)
{
    switch (status) {
    case RSC_OK:
        return 200;
    case RSC_EFORMAT:
    case RSC_EINVALID:
    case RSC_ENOTEXT:
    case RSC_ETIMEOUT: /* the document's own limit of time */
        return 422;
    case RSC_ELIMIT:
        return 413;
    case RSC_EUNSUPPORTED:
        return 415;
    case RSC_ENOMEM:
    case RSC_ECANCELLED:
    case RSC_ENOMODEL:
        return 503;
    case RSC_EIO:
    case RSC_EINTERNAL:
        break;
    }
    return 500;
}

void reply_failure(struct request *rq, const rsc_error *err)
{
    unsigned status = reply_status_of(err->status);

    if (status == 500)
        log_line(&rq->server->log, LOG_ERROR, "failure", "id=%s %s", rq->id,
                 err->message);
    if (rq->handler->family == FAMILY_TEI && err->status == RSC_ENOMODEL)
        status = 424;
    reply_error(rq, status, rsc_status_name(err->status), "%s", err->message);
}

void reply_put_failure(struct json *j, const rsc_error *err, const char *id)
{
    json_open(j, '{');
    json_key(j, "error");
    json_open(j, '{');
    json_put_str(j, "code", str_of(rsc_status_name(err->status)));
    json_put_str(j, "message", str_of(err->message));
    json_put_str(j, "request_id", str_of(id));
    json_close(j, '}');
    json_close(j, '}');
}

void reply_header(struct request *rq, const char *name, struct str value)
{
    struct reply *reply = &rq->reply;
    struct str copy = ctx_copy(&rq->ctx, value);

    for (size_t i = 0; i < reply->n_headers; i++) {
        if (strcmp(reply->headers[i].name, name) != 0)
            continue;
        reply->headers[i].value = copy;
        return;
    }
    if (copy.data && reply->n_headers < REPLY_HEADERS)
        reply->headers[reply->n_headers++] = (struct reply_header){name, copy};
}

static void put_ms(struct request *rq, const char *name, int64_t ns)
{
    char text[32];

    snprintf(text, sizeof(text), "%" PRId64, ns > 0 ? ns / 1000000 : 0);
    reply_header(rq, name, str_of(text));
}

static void put_count(struct request *rq, const char *name, uint64_t n)
{
    char text[32];

    snprintf(text, sizeof(text), "%" PRIu64, n);
    reply_header(rq, name, str_of(text));
}

void reply_finish(struct request *rq)
{
    struct reply *reply = &rq->reply;

    if (reply->status == 0)
        reply_error(rq, 500, "internal", "the request was not answered");
    if (reply->body.failed)
        reply_error(rq, 503, "memory", "the answer does not fit in memory");
    if (!rq->measure.is_set || reply->status >= 400)
        return;
    int64_t now = clock_monotonic_ns();
    reply_header(rq, "x-compute-type", STR("cpu"));
    put_ms(rq, "x-compute-time", now - rq->start_ns);
    put_count(rq, "x-compute-characters", rq->measure.characters);
    put_count(rq, "x-compute-tokens", rq->measure.tokens);
    put_ms(rq, "x-total-time", now - rq->start_ns);
    put_ms(rq, "x-tokenization-time", rq->measure.tokenize_ns);
    put_ms(rq, "x-queue-time", rq->run_ns - rq->queued_ns);
    put_ms(rq, "x-inference-time", rq->measure.infer_ns);
}

struct str request_query(const struct request *rq, const char *name)
{
    for (size_t i = 0; i < rq->n_query; i++)
        if (str_eq(rq->query[i].name, str_of(name)))
            return rq->query[i].value;
    return STR_NONE;
}
