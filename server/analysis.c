/* SPDX-License-Identifier: MIT */
#include "analysis.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "form.h"
#include "server.h"

struct str analysis_today(struct ctx *ctx)
{
    char text[24];

    log_time(text, clock_wall_s());
    return ctx_printf(ctx, "%.10s", text);
}

static void hash_part(crypto_generichash_state *state, struct str part)
{
    uint64_t len = part.len;

    crypto_generichash_update(state, (const unsigned char *)&len, sizeof(len));
    crypto_generichash_update(state, (const unsigned char *)part.data,
                              part.len);
}

void analysis_key(struct cache_key *out, struct server *server,
                  const struct analysis *a)
{
    crypto_generichash_state state;
    char flags[6] = {a->job_is_file ? 'f' : 't', a->resume_is_text ? 't' : 'f',
                     a->translate ? 'x' : '-',   a->is_original ? 'o' : 'c',
                     a->entities ? 'e' : '-',    0};

    crypto_generichash_init(&state, server->store.secret, 32, 32);
    hash_part(&state, server->engine_hash);
    hash_part(&state, str_of(flags));
    hash_part(&state, a->title);
    hash_part(&state, a->industry);
    hash_part(&state, a->weights);
    hash_part(&state, a->require);
    hash_part(&state, a->what_if);
    hash_part(&state, a->as_of);
    hash_part(&state, a->resume_name);
    hash_part(&state, a->job_name);
    hash_part(&state, a->job);
    hash_part(&state, a->resume);
    crypto_generichash_final(&state, out->bytes, sizeof(out->bytes));
}

bool analysis_find(struct ctx *ctx, struct str *out, struct server *server,
                   const struct cache_key *key)
{
    server_obey_marker(server);
    if (lru_find(ctx, out, server->analyses, key))
        return true;
    if (!store_find_answer(ctx, out, &server->store, key))
        return false;
    lru_put(server->analyses, key, *out, clock_wall_s());
    return true;
}

static rsc_status read_document(rsc_document **out, struct server *server,
                                struct str bytes, bool is_text, rsc_error *err)
{
    if (is_text)
        return rsc_document_from_text(out, server->engine, bytes.data,
                                      bytes.len, err);
    return rsc_document_read(out, server->engine, bytes.data, bytes.len, err);
}

/* Of the two documents of a request the caller must know which is meant. */
static rsc_status blame(const char *which, rsc_error *err)
{
    char why[sizeof(err->message)];

    if (err->status != RSC_ENOTEXT)
        return err->status;
    snprintf(why, sizeof(why), "%s", err->message);
    snprintf(err->message, sizeof(err->message), "%s: %.*s", which,
             (int)(sizeof(why) - 16), why);
    return err->status;
}

static rsc_status read_job(rsc_job **out, struct server *server,
                           const struct analysis *a, rsc_error *err)
{
    rsc_document *document;
    rsc_status st =
        read_document(&document, server, a->job, !a->job_is_file, err);

    if (st)
        return blame("the job", err);
    st = rsc_job_read(out, server->engine, document,
                      a->title.len ? a->title.data : NULL, err);
    rsc_document_free(document);
    return st;
}

static const char *or_null(struct str s)
{
    return s.len ? s.data : NULL;
}

static rsc_status score(rsc_result **out, struct server *server,
                        const struct analysis *a, const rsc_job *job,
                        const rsc_document *resume, rsc_error *err)
{
    rsc_score_options options;
    rsc_analyze_options analyze = {
        .job_title = or_null(a->title),
        .industry_override = or_null(a->industry),
        .translate = a->translate,
    };

    rsc_score_options_init(&options);
    options.as_of = or_null(a->as_of);
    options.weights = or_null(a->weights);
    options.require = or_null(a->require);
    options.what_if = or_null(a->what_if);
    options.resume_name = or_null(a->resume_name);
    options.job_name = or_null(a->job_name);
    options.analyze = a->is_original ? &analyze : NULL;
    options.entities = a->entities;
    return rsc_score(out, server->engine, job, resume, &options, err);
}

/* One line of hashes; what was scored cannot be told from it. */
static void audit(struct request *rq, const struct analysis *a,
                  struct str result)
{
    struct server *server = rq->server;
    char ts[24], line[512];

    if (server->audit_fd < 0)
        return;
    log_time(ts, clock_wall_s());
    int len = snprintf(line, sizeof(line),
                       "{\"ts\":\"%s\",\"request_id\":\"%s\",\"resume_sha256\":"
                       "\"%s\",\"job_sha256\":\"%s\",\"result_sha256\":\"%s\"}"
                       "\n",
                       ts, rq->id, hash_sha256(a->resume).text,
                       hash_sha256(a->job).text, hash_sha256(result).text);
    if (write(server->audit_fd, line, (size_t)len) != len)
        log_line(&server->log, LOG_ERROR, "audit",
                 "the audit log cannot be written");
}

static rsc_status run(struct ctx *ctx, struct str *out, struct request *rq,
                      const struct analysis *a, rsc_error *err)
{
    struct server *server = rq->server;
    rsc_document *resume = NULL;
    rsc_job *job = NULL;
    rsc_result *result = NULL;
    struct str json;

    rsc_status st =
        read_document(&resume, server, a->resume, a->resume_is_text, err);
    if (st)
        st = blame("the resume", err);
    if (!st)
        st = read_job(&job, server, a, err);
    if (!st)
        st = score(&result, server, a, job, resume, err);
    if (!st) {
        json.data = a->is_original ? rsc_result_analyze_json(result, &json.len)
                                   : rsc_result_json(result, &json.len);
        *out = ctx_copy(ctx, json);
        if (!out->data)
            st = ctx_error(ctx, err);
    }
    rsc_result_free(result);
    rsc_job_free(job);
    rsc_document_free(resume);
    return st;
}

rsc_status analysis_run(struct ctx *ctx, struct str *out, struct request *rq,
                        const struct analysis *a, const struct cache_key *key,
                        rsc_error *err)
{
    struct server *server = rq->server;

    pthread_rwlock_rdlock(&server->engine_lock);
    rsc_status st = run(ctx, out, rq, a, err);
    pthread_rwlock_unlock(&server->engine_lock);
    if (st)
        return st;
    int64_t now = clock_wall_s();
    lru_put(server->analyses, key, *out, now);
    store_put_answer(
        &server->store, key, *out,
        now + (int64_t)settings_number(server->settings, SET_EXPIRE_H) * 3600);
    audit(rq, a, *out);
    return RSC_OK;
}

/* Headings tell the job's parser which part is which. */
struct str analysis_job_text(struct request *rq)
{
    static const struct {
        const char *field, *heading;
    } fields[] = {{"job_summary", ""},
                  {"key_duties", "Responsibilities"},
                  {"essential_skills", "Requirements"},
                  {"qualifications", "Qualifications"}};
    struct str text = STR("");
    bool any = false;

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct str value = str_trim(form_text(rq, fields[i].field));
        if (value.len == 0)
            continue;
        any = true;
        text = ctx_printf(&rq->ctx, "%.*s%s%s%s%.*s\n", STR_ARG(text),
                          text.len ? "\n" : "", fields[i].heading,
                          fields[i].heading[0] ? "\n" : "", STR_ARG(value));
        if (!text.data)
            return STR_NONE;
    }
    return any ? text : STR_NONE;
}
