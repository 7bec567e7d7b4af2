/* SPDX-License-Identifier: MIT */
/* The routes of the service that this one replaces. */

#include "analysis.h"
#include "base/clock.h"
#include "batches.h"
#include "form.h"
#include "handlers.h"
#include "server.h"

static const char *const analyze_fields[] = {
    "job_summary", "key_duties", "essential_skills",  "qualifications",
    "job_title",   "translate",  "industry_override", "entities",
    "resume",      NULL};

/* The form as an analysis; false with a reply where something is missing. */
static bool read_analysis(struct request *rq, struct analysis *a)
{
    if (!form_read(rq) || !form_allow(rq, analyze_fields, 9))
        return false;
    const struct form_part *file = form_file(rq, "resume");
    if (!file) {
        reply_error(rq, 422, "missing", "`resume` must be a file");
        return false;
    }
    struct str job = analysis_job_text(rq);
    if (!job.data) {
        reply_error(rq, 422, "missing",
                    "one of job_summary, key_duties, essential_skills and "
                    "qualifications is needed");
        return false;
    }
    *a = (struct analysis){
        .resume = file->data,
        .job = job,
        .title = ctx_copy(&rq->ctx, form_text(rq, "job_title")),
        .industry = ctx_copy(&rq->ctx, form_text(rq, "industry_override")),
        .translate = form_is_true(form_text(rq, "translate")),
        .entities = form_is_true(form_text(rq, "entities")),
        .as_of = analysis_today(&rq->ctx),
        .is_original = true,
    };
    return true;
}

bool attempt_analyze(struct request *rq)
{
    struct analysis a;
    struct str answer;

    if (!read_analysis(rq, &a))
        return rq->reply.status != 0;
    analysis_key(&rq->key, rq->server, &a);
    rq->has_key = true;
    if (!analysis_find(&rq->ctx, &answer, rq->server, &rq->key))
        return false;
    rq->was_cached = true;
    reply_text(rq, 200, "application/json", answer);
    return true;
}

void handle_analyze(struct request *rq)
{
    struct analysis a;
    struct str answer;
    rsc_error err;

    if (!read_analysis(rq, &a))
        return;
    if (!rq->has_key) {
        analysis_key(&rq->key, rq->server, &a);
        rq->was_cached = analysis_find(&rq->ctx, &answer, rq->server, &rq->key);
    }
    if (!rq->was_cached &&
        analysis_run(&rq->ctx, &answer, rq, &a, &rq->key, &err)) {
        reply_failure(rq, &err);
        return;
    }
    reply_text(rq, 200, "application/json", answer);
}

static void start_batch(struct request *rq)
{
    struct batch *batch = rq->batch;
    char id[33];

    rq->batch = NULL;
    batch->rq = NULL;
    if (!batches_start(&rq->server->batches, batch, rq, id))
        return;
    struct json j = reply_json(rq, 202);
    json_open(&j, '{');
    json_put_str(&j, "status", STR("processing"));
    json_put_str(&j, "message",
                 STR("GET /batch-analyze/{batch_id} tells how "
                     "far it is"));
    json_put_str(&j, "batch_id", str_of(id));
    json_close(&j, '}');
}

bool step_batch(struct request *rq)
{
    struct str async = request_query(rq, "async");

    if (!rq->batch) {
        rq->batch = batch_read(rq);
        if (!rq->batch)
            return true;
        if (form_is_true(async)) {
            start_batch(rq);
            return true;
        }
        rq->batch->rq = rq;
    }
    if (!batch_step(rq->batch))
        return false;
    if (rq->batch->state == BATCH_DONE) {
        struct json j = reply_json(rq, 200);
        batch_write(&j, rq->batch, false);
    } else {
        reply_error(rq, 503, "timeout",
                    "the batch did not finish in time; ask with ?async=1");
    }
    batch_free(rq->batch);
    rq->batch = NULL;
    return true;
}

/* A batch of an earlier run, where results are stored. */
static void reply_stored(struct request *rq)
{
    struct stored_batch stored;
    struct buf results;
    struct str id = ctx_copy(&rq->ctx, rq->argument);

    buf_init(&results, &rq->server->requests, REPLY_BYTES);
    if (!id.data || !store_read_batch(&rq->ctx, &stored, &results,
                                      &rq->server->store, id.data)) {
        reply_error(rq, 404, "not_found", "there is no such batch (any more)");
    } else {
        struct json j = reply_json(rq, 200);
        json_open(&j, '{');
        json_put_str(&j, "status", stored.state);
        json_put_int(&j, "done", stored.done);
        json_put_int(&j, "total", stored.total);
        json_key(&j, "results");
        json_raw(&j, buf_str(&results));
        json_close(&j, '}');
    }
    buf_clear(&results);
}

void handle_batch_status(struct request *rq)
{
    struct batches *batches = &rq->server->batches;

    server_obey_marker(rq->server);
    pthread_mutex_lock(&batches->lock);
    struct batch *batch = batches_find(batches, rq->argument);
    if (batch) {
        struct json j = reply_json(rq, 200);
        batch_write(&j, batch, true);
    }
    pthread_mutex_unlock(&batches->lock);
    if (!batch)
        reply_stored(rq);
}

void handle_batch_cancel(struct request *rq)
{
    struct batches *batches = &rq->server->batches;

    pthread_mutex_lock(&batches->lock);
    struct batch *batch = batches_find(batches, rq->argument);
    if (batch) {
        bool ended = batch->state != BATCH_PROCESSING;
        atomic_store(&batch->cancelled, true);
        struct json j = reply_json(rq, 200);
        json_open(&j, '{');
        json_put_str(
            &j, "status",
            str_of(batch_state_name(ended ? batch->state : BATCH_CANCELLED)));
        json_put_int(&j, "done", (int64_t)batch->done);
        json_put_int(&j, "total", (int64_t)batch->n_files);
        json_close(&j, '}');
    }
    pthread_mutex_unlock(&batches->lock);
    if (!batch)
        reply_error(rq, 404, "not_found", "there is no such batch (any more)");
}

void handle_debug_extract(struct request *rq)
{
    static const char *const names[] = {"resume", NULL};
    rsc_document *document;
    rsc_text *text;
    rsc_error err;
    size_t len;

    if (!form_read(rq) || !form_allow(rq, names, 1))
        return;
    const struct form_part *file = form_file(rq, "resume");
    if (!file) {
        reply_error(rq, 422, "missing", "`resume` must be a file");
        return;
    }
    pthread_rwlock_rdlock(&rq->server->engine_lock);
    rsc_engine *engine = rq->server->engine;
    rsc_status st = rsc_document_read(&document, engine, file->data.data,
                                      file->data.len, &err);
    if (!st) {
        st = rsc_resume_describe(&text, engine, document, &err);
        rsc_document_free(document);
    }
    pthread_rwlock_unlock(&rq->server->engine_lock);
    if (st) {
        reply_failure(rq, &err);
        return;
    }
    const char *data = rsc_text_data(text, &len);
    struct json j = reply_json(rq, 200);
    json_open(&j, '{');
    json_put_str(&j, "status", STR("success"));
    /* {"full_result": ..., "sections": ...} without its braces. */
    if (!j.out->failed && len > 2) {
        buf_put_char(j.out, ',');
        buf_put(j.out, (struct str){data + 1, len - 1});
    }
    rsc_text_free(text);
}
