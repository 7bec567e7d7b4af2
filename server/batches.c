/* SPDX-License-Identifier: MIT */
#include "batches.h"

#include <sodium.h>
#include <stdio.h>

#include "analysis.h"
#include "base/clock.h"
#include "base/mem.h"
#include "form.h"
#include "server.h"

const char *batch_state_name(enum batch_state state)
{
    static const char *const names[] = {
        [BATCH_PROCESSING] = "processing",
        [BATCH_DONE] = "done",
        [BATCH_CANCELLED] = "cancelled",
        [BATCH_FAILED] = "failed",
    };

    return names[state];
}

void batches_open(struct batches *batches)
{
    memset(batches, 0, sizeof(*batches));
    pthread_mutex_init(&batches->lock, NULL);
}

void batches_close(struct batches *batches)
{
    for (size_t i = 0; i < MAX_BATCHES; i++)
        batch_free(batches->items[i]);
    pthread_mutex_destroy(&batches->lock);
}

void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    struct mem *mem = &batch->server->requests;
    server_free_body(batch->server, batch->block, batch->block_cap);
    ctx_clear(&batch->ctx);
    mem_free(mem, batch, sizeof(*batch));
}

/* "cv.pdf" becomes "cv.pdf (2)" where another file has that name. */
static struct str unique_name(struct batch *batch, struct str name, size_t n)
{
    struct str wanted = name.len ? name : STR("resume"), candidate = wanted;

    for (unsigned k = 2;; k++) {
        size_t i = 0;
        while (i < n && !str_eq(batch->files[i].name, candidate))
            i++;
        if (i == n)
            return ctx_copy(&batch->ctx, candidate);
        candidate = ctx_printf(&batch->ctx, "%.*s (%u)", STR_ARG(wanted), k);
        if (!candidate.data)
            return STR_NONE;
    }
}

static bool read_files(struct request *rq, struct batch *batch)
{
    size_t max = settings_number(rq->server->settings, SET_BATCH_FILES);

    batch->files =
        ctx_calloc(&batch->ctx, rq->n_parts + 1, sizeof(batch->files[0]));
    for (size_t i = 0; batch->files && i < rq->n_parts; i++) {
        const struct form_part *part = &rq->parts[i];
        if (!part->is_file)
            continue;
        struct batch_file *file = &batch->files[batch->n_files];
        file->name = unique_name(batch, part->filename, batch->n_files);
        file->data = part->data;
        batch->n_files++;
    }
    if (batch->n_files == 0)
        reply_error(rq, 422, "missing", "`resumes` needs at least one file");
    else if (batch->n_files > max)
        reply_error(rq, 413, "too_many", "a batch has at most %zu files", max);
    return batch->n_files > 0 && batch->n_files <= max;
}

/* Takes the body over, so that a batch outlives its request. */
static void take_body(struct batch *batch, struct request *rq)
{
    batch->block = rq->block;
    batch->block_cap = rq->block_cap;
    rq->block = NULL;
    rq->block_cap = 0;
}

struct batch *batch_read(struct request *rq)
{
    static const char *const names[] = {"job_summary",
                                        "key_duties",
                                        "essential_skills",
                                        "qualifications",
                                        "job_title",
                                        "translate",
                                        "industry_override",
                                        "entities",
                                        "resumes",
                                        "resume",
                                        NULL};
    struct batch *batch;

    if (!form_read(rq) || !form_allow(rq, names, 8))
        return NULL;
    struct str job = analysis_job_text(rq);
    if (!job.data) {
        reply_error(rq, 422, "missing",
                    "one of job_summary, key_duties, essential_skills and "
                    "qualifications is needed");
        return NULL;
    }
    batch = mem_calloc(&rq->server->requests, 1, sizeof(*batch));
    if (!batch) {
        reply_error(rq, 503, "memory", "out of memory");
        return NULL;
    }
    batch->server = rq->server;
    batch->created_s = clock_wall_s();
    ctx_init(&batch->ctx, &rq->server->requests);
    batch->job = ctx_copy(&batch->ctx, job);
    batch->title = ctx_copy(&batch->ctx, form_text(rq, "job_title"));
    batch->industry = ctx_copy(&batch->ctx, form_text(rq, "industry_override"));
    batch->translate = form_is_true(form_text(rq, "translate"));
    batch->entities = form_is_true(form_text(rq, "entities"));
    batch->as_of = analysis_today(&batch->ctx);
    if (!read_files(rq, batch) || batch->ctx.error.status) {
        if (rq->reply.status == 0)
            reply_error(rq, 503, "memory", "out of memory");
        batch_free(batch);
        return NULL;
    }
    take_body(batch, rq);
    return batch;
}

static struct str analyze_file(struct batch *batch,
                               const struct batch_file *file)
{
    struct analysis a = {.resume = file->data,
                         .job = batch->job,
                         .title = batch->title,
                         .industry = batch->industry,
                         .translate = batch->translate,
                         .entities = batch->entities,
                         .as_of = batch->as_of,
                         .is_original = true};
    struct request rq = {.server = batch->server};
    struct cache_key key;
    struct str out = STR_NONE;
    struct buf text;
    rsc_error err;

    snprintf(rq.id, sizeof(rq.id), "%s", batch->rq ? batch->rq->id : batch->id);
    analysis_key(&key, batch->server, &a);
    if (analysis_find(&batch->ctx, &out, batch->server, &key) ||
        analysis_run(&batch->ctx, &out, &rq, &a, &key, &err) == RSC_OK)
        return out;
    buf_init(&text, &batch->server->requests, 4096);
    struct json j = json_to(&text, 0);
    reply_put_failure(&j, &err, rq.id);
    out = ctx_copy(&batch->ctx, buf_str(&text));
    buf_clear(&text);
    return out;
}

static void end(struct batch *batch, enum batch_state state)
{
    batch->state = state;
    /* The files are not needed any more; their results are. */
    server_free_body(batch->server, batch->block, batch->block_cap);
    batch->block = NULL;
    batch->block_cap = 0;
    if (!batch->rq)
        store_end_batch(&batch->server->store, batch->id,
                        batch_state_name(state));
}

bool batch_step(struct batch *batch)
{
    struct batches *batches = &batch->server->batches;
    size_t i = batch->done;
    struct str result = STR_NONE;
    bool stop = atomic_load(&batch->cancelled) ||
                (batch->rq && ctx_check(&batch->rq->ctx));

    if (!stop) {
        result = analyze_file(batch, &batch->files[i]);
        if (result.data && !batch->rq)
            store_put_result(&batch->server->store, batch->id, (int64_t)i,
                             batch->files[i].name, result);
    }
    pthread_mutex_lock(&batches->lock);
    if (result.data) {
        batch->files[i].result = result;
        batch->done++;
    }
    bool finished = batch->done == batch->n_files || !result.data;
    if (finished)
        end(batch, batch->done == batch->n_files ? BATCH_DONE
                   : stop                        ? BATCH_CANCELLED
                                                 : BATCH_FAILED);
    pthread_mutex_unlock(&batches->lock);
    return finished;
}

void batch_write(struct json *j, const struct batch *batch, bool status)
{
    json_open(j, '{');
    if (status) {
        json_put_str(j, "status", str_of(batch_state_name(batch->state)));
        json_put_int(j, "done", (int64_t)batch->done);
        json_put_int(j, "total", (int64_t)batch->n_files);
    }
    json_key(j, "results");
    json_open(j, '{');
    for (size_t i = 0; i < batch->done; i++) {
        json_key_str(j, batch->files[i].name);
        json_raw(j, batch->files[i].result);
    }
    json_close(j, '}');
    json_close(j, '}');
}

static bool step_task(struct task *task)
{
    return batch_step((struct batch *)task);
}

static void end_task(struct task *task)
{
    struct batch *batch = (struct batch *)task;
    struct batches *batches = &batch->server->batches;

    pthread_mutex_lock(&batches->lock);
    batch->is_running = false;
    pthread_mutex_unlock(&batches->lock);
    log_line(&batch->server->log, LOG_INFO, "batch",
             "id=%s state=%s done=%zu total=%zu", batch->id,
             batch_state_name(batch->state), batch->done, batch->n_files);
}

static bool put(struct batches *batches, struct batch *batch)
{
    size_t free_place = MAX_BATCHES;

    for (size_t i = 0; i < MAX_BATCHES; i++)
        if (!batches->items[i])
            free_place = i;
    if (free_place == MAX_BATCHES ||
        !queue_put(&batch->server->queue, &batch->task, true))
        return false;
    batches->items[free_place] = batch;
    return true;
}

bool batches_start(struct batches *batches, struct batch *batch,
                   struct request *rq, char id[33])
{
    const struct settings *settings = batch->server->settings;
    unsigned char random[16];

    randombytes_buf(random, sizeof(random));
    sodium_bin2hex(batch->id, sizeof(batch->id), random, sizeof(random));
    memcpy(id, batch->id, sizeof(batch->id));
    batch->task.step = step_task;
    batch->task.done = end_task;
    batch->is_running = true;
    batches_forget(batches,
                   batch->created_s -
                       (int64_t)settings_number(settings, SET_EXPIRE_H) * 3600);
    /* Before it can end. */
    store_put_batch(&batch->server->store, batch->id, (int64_t)batch->n_files,
                    batch->created_s +
                        (int64_t)settings_number(settings, SET_EXPIRE_H) *
                            3600);
    pthread_mutex_lock(&batches->lock);
    bool started = put(batches, batch);
    pthread_mutex_unlock(&batches->lock);
    if (started)
        return true;
    store_end_batch(&batch->server->store, batch->id, "failed");
    batch_free(batch);
    reply_error(rq, 503, "overloaded", "too many batches; try again soon");
    return false;
}

struct batch *batches_find(struct batches *batches, struct str id)
{
    struct batch *found = NULL;

    for (size_t i = 0; i < MAX_BATCHES; i++)
        if (batches->items[i] && str_eq(str_of(batches->items[i]->id), id))
            found = batches->items[i];
    return found;
}

size_t batches_forget(struct batches *batches, int64_t before_s)
{
    size_t freed = 0;

    pthread_mutex_lock(&batches->lock);
    for (size_t i = 0; i < MAX_BATCHES; i++) {
        struct batch *batch = batches->items[i];
        if (!batch || batch->created_s >= before_s)
            continue;
        if (batch->is_running) {
            atomic_store(&batch->cancelled, true);
            continue;
        }
        for (size_t k = 0; k < batch->done; k++)
            freed += batch->files[k].result.len;
        batch_free(batch);
        batches->items[i] = NULL;
    }
    pthread_mutex_unlock(&batches->lock);
    return freed;
}

void batches_stop(struct batches *batches)
{
    pthread_mutex_lock(&batches->lock);
    for (size_t i = 0; i < MAX_BATCHES; i++)
        if (batches->items[i])
            atomic_store(&batches->items[i]->cancelled, true);
    pthread_mutex_unlock(&batches->lock);
}

size_t batches_bytes(struct batches *batches)
{
    size_t sum = 0;

    pthread_mutex_lock(&batches->lock);
    for (size_t i = 0; i < MAX_BATCHES; i++)
        for (size_t k = 0; batches->items[i] && k < batches->items[i]->done;
             k++)
            sum += batches->items[i]->files[k].result.len;
    pthread_mutex_unlock(&batches->lock);
    return sum;
}

bool batches_running(struct batches *batches)
{
    bool any = false;

    pthread_mutex_lock(&batches->lock);
    for (size_t i = 0; i < MAX_BATCHES; i++)
        any = any || (batches->items[i] && batches->items[i]->is_running);
    pthread_mutex_unlock(&batches->lock);
    return any;
}
