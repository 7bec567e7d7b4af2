/* SPDX-License-Identifier: MIT */
/* Health, metrics, documentation, and the list of skills. */

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/utf8.h"
#include "body_json.h"
#include "handlers.h"
#include "server.h"

/* --- health --------------------------------------------------------------- */

/* Under 200 bytes, from the last reading: nothing here waits or reads. */
void handle_health(struct request *rq)
{
    struct pressure p;
    char ts[24];

    governor_last(rq->server->governor, &p);
    bool degraded =
        p.percent > settings_number(rq->server->settings, SET_EMERGENCY);
    log_time(ts, clock_wall_s());
    struct json j = reply_json(rq, 200);
    json_open(&j, '{');
    json_put_str(&j, "status", degraded ? STR("degraded") : STR("ok"));
    json_put_str(&j, "version", str_of(rsc_version()));
    json_put_str(&j, "timestamp", str_of(ts));
    json_key(&j, "memory_usage");
    json_open(&j, '{');
    json_put_int(&j, "used_mb", (int64_t)(p.use >> 20));
    json_put_int(&j, "limit_mb", (int64_t)(p.limit >> 20));
    json_put_int(&j, "percent", p.percent);
    json_close(&j, '}');
    json_close(&j, '}');
}

void handle_healthz(struct request *rq)
{
    reply_text(rq, 200, "text/plain; charset=utf-8", STR("ok\n"));
}

void handle_ping(struct request *rq)
{
    reply_empty(rq, 200);
}

void handle_metrics(struct request *rq)
{
    reply_empty(rq, 200);
    rq->reply.type = "text/plain; version=0.0.4; charset=utf-8";
    metrics_write(&rq->reply.body, rq->server);
}

void handle_root(struct request *rq)
{
    reply_empty(rq, 307);
    reply_header(rq, "Location", STR("/docs"));
}

/* --- documentation -------------------------------------------------------- */

void handle_openapi(struct request *rq)
{
    reply_fixed(rq, 200, "application/json", routes_openapi());
}

void handle_docs(struct request *rq)
{
    reply_empty(rq, 200);
    rq->reply.type = "text/html; charset=utf-8";
    docs_write(&rq->reply.body, routes_openapi());
}

void handle_docs_style(struct request *rq)
{
    static const char style[] =
        ":root{color-scheme:light dark}"
        "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;"
        "padding:0 1em;color:#222;background:#fff;overflow-wrap:anywhere}"
        "code{font:14px/1.4 monospace}"
        "h2{margin-top:2em;border-bottom:1px solid #ccc}"
        "h3{margin-top:2em}h3 code{font-size:17px}"
        "table{border-collapse:collapse}"
        "td,th{text-align:left;padding:.2em .8em .2em 0;vertical-align:top}"
        "td:first-child,td:nth-child(2){overflow-wrap:normal}"
        ".get{color:#06c}.post{color:#283}.delete{color:#b22}"
        "@media(prefers-color-scheme:dark){body{background:#181a1b;color:#ddd}"
        ".get{color:#6bf}.post{color:#6c7}.delete{color:#f88}}";

    reply_fixed(rq, 200, "text/css; charset=utf-8",
                (struct str){style, sizeof(style) - 1});
}

/* --- skills --------------------------------------------------------------- */

void handle_list_skills(struct request *rq)
{
    struct str category = ctx_copy(&rq->ctx, request_query(rq, "category"));
    rsc_text *text;
    rsc_error err;
    size_t len;

    pthread_rwlock_rdlock(&rq->server->engine_lock);
    rsc_status st = rsc_skills(&text, rq->server->engine,
                               category.len ? category.data : NULL, &err);
    pthread_rwlock_unlock(&rq->server->engine_lock);
    if (st) {
        reply_failure(rq, &err);
        return;
    }
    const char *data = rsc_text_data(text, &len);
    reply_text(rq, 200, "application/json", (struct str){data, len});
    rsc_text_free(text);
}

/* What the ontology's format gives no meaning to. */
static bool is_plain(struct str s)
{
    static const char marks[] = "=;,[]?\"@:*!<>{}|\\";

    if (s.len == 0 || s.len > 64 || utf8_valid_len(s) != s.len)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.data[i] < 0x20 || strchr(marks, s.data[i]))
            return false;
    return !ascii_is_space((unsigned char)s.data[0]) &&
           !ascii_is_space((unsigned char)s.data[s.len - 1]) &&
           s.data[0] != '#' && s.data[0] != '-';
}

static bool put_list(struct request *rq, struct buf *line, const json_t *root,
                     const char *name)
{
    const json_t *list = json_object_get(root, name), *item;
    size_t i;

    if (list && !json_is_null(list) && !json_is_array(list)) {
        reply_error(rq, 422, "type", "`%s` must be a list of strings", name);
        return false;
    }
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item) || !is_plain(json_str_of(item))) {
            reply_error(rq, 422, "value",
                        "`%s` holds something that is no plain name of up to "
                        "64 bytes",
                        name);
            return false;
        }
        buf_put(line, i ? STR(", ") : STR(" "));
        buf_put(line, json_str_of(item));
    }
    return true;
}

/* The skill in the format of data/skills. */
static bool write_skill(struct request *rq, struct buf *line,
                        const json_t *root, struct str *name)
{
    struct str category;

    if (!body_string(rq, root, "name", name) ||
        !body_string(rq, root, "category", &category))
        return false;
    if (!name->data || !is_plain(*name) ||
        (category.len && !is_plain(category))) {
        reply_error(rq, 422, "value",
                    "`name` and `category` must be plain names of up to 64 "
                    "bytes");
        return false;
    }
    buf_printf(line, "[%.*s] kind: hard\n%.*s =",
               STR_ARG(category.len ? category : STR("Added")), STR_ARG(*name));
    if (!put_list(rq, line, root, "aliases"))
        return false;
    if (json_array_size(json_object_get(root, "related"))) {
        buf_put(line, STR("; related:"));
        if (!put_list(rq, line, root, "related"))
            return false;
    }
    buf_put_char(line, '\n');
    return true;
}

static void add_skill(struct request *rq, struct str line, struct str name)
{
    struct server *server = rq->server;
    rsc_error err;

    pthread_rwlock_wrlock(&server->engine_lock);
    struct str copy = ctx_copy(&rq->ctx, name);
    if (!copy.data || rsc_skill_is_known(server->engine, copy.data)) {
        reply_error(rq, 409, "exists", "there is a skill of that name already");
    } else if (server_open_engine(server, line, &err)) {
        if (err.status == RSC_EIO)
            reply_error(rq, 507, "storage", "%s", err.message);
        else
            reply_failure(rq, &err);
    } else {
        struct json j = reply_json(rq, 201);
        json_open(&j, '{');
        json_put_str(&j, "status", STR("success"));
        json_put_str(&j, "message", STR("the skill was added"));
        json_close(&j, '}');
    }
    pthread_rwlock_unlock(&server->engine_lock);
}

void handle_add_skill(struct request *rq)
{
    static const char *const names[] = {"name", "aliases", "category",
                                        "related", NULL};
    json_t *root = body_object(rq);
    struct str name;
    struct buf line;

    if (!root)
        return;
    buf_init(&line, &rq->server->requests, 16 << 10);
    if (body_allow(rq, root, names) && write_skill(rq, &line, root, &name)) {
        if (line.failed)
            reply_error(rq, 413, "too_large", "too many aliases");
        else
            add_skill(rq, buf_str(&line), name);
    }
    buf_clear(&line);
    json_decref(root);
}
