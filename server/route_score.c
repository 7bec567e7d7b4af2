/* SPDX-License-Identifier: MIT */
/* Our own routes: one result contract, for JSON and for forms. */

#include "analysis.h"
#include "base/vec.h"
#include "body_json.h"
#include "form.h"
#include "handlers.h"
#include "server.h"

/* What a score or a ranking asks for, from either kind of body. */
struct question {
    struct analysis analysis; /* resume unset */
    VEC(struct form_part) resumes;
    json_t *root; /* strings live in it */
};

static bool is_form(const struct request *rq)
{
    return str_starts_nocase(rq->content_type, STR("multipart/"));
}

static bool add_resume(struct request *rq, struct question *q, struct str name,
                       struct str data, bool is_file)
{
    struct form_part *part = vec_push(&rq->ctx, &q->resumes);

    if (!part) {
        reply_error(rq, 503, "memory", "out of memory");
        return false;
    }
    *part =
        (struct form_part){.filename = name, .data = data, .is_file = is_file};
    return true;
}

/* A field of a form that may be a file or text. */
static const struct form_part *find_part(const struct request *rq,
                                         const char *name)
{
    for (size_t i = 0; i < rq->n_parts; i++)
        if (str_eq(rq->parts[i].name, str_of(name)))
            return &rq->parts[i];
    return NULL;
}

static bool read_form(struct request *rq, struct question *q, bool many)
{
    static const char *const names[] = {"job",     "title",   "as_of",
                                        "weights", "what_if", "entities",
                                        "resume",  "resumes", NULL};
    struct analysis *a = &q->analysis;
    struct ctx *ctx = &rq->ctx;

    if (!form_read(rq) || !form_allow(rq, names, many ? 6 : 8))
        return false;
    const struct form_part *job = find_part(rq, "job");
    if (job) {
        a->job = job->data;
        a->job_is_file = job->is_file;
        a->job_name = ctx_copy(ctx, job->filename);
    }
    a->title = ctx_copy(ctx, form_text(rq, "title"));
    a->as_of = ctx_copy(ctx, form_text(rq, "as_of"));
    a->weights = ctx_copy(ctx, form_text(rq, "weights"));
    a->what_if = ctx_copy(ctx, form_text(rq, "what_if"));
    a->entities = form_is_true(form_text(rq, "entities"));
    for (size_t i = 0; i < rq->n_parts; i++) {
        const struct form_part *part = &rq->parts[i];
        if (!str_starts(part->name, STR("resume")))
            continue;
        if (!add_resume(rq, q, ctx_copy(ctx, part->filename), part->data,
                        part->is_file))
            return false;
    }
    return true;
}

static bool read_requirements(struct request *rq, struct question *q)
{
    const json_t *list = json_object_get(q->root, "requirements"), *item;
    struct buf text;
    size_t i;

    if (!list || json_is_null(list))
        return true;
    if (!json_is_array(list)) {
        reply_error(rq, 422, "type", "`requirements` must be a list");
        return false;
    }
    buf_init(&text, &rq->server->requests, 1 << 20);
    buf_put(&text, q->analysis.job);
    buf_put(&text, STR("\n\nRequirements\n"));
    json_array_foreach(list, i, item)
    {
        if (!json_is_string(item)) {
            buf_clear(&text);
            reply_error(rq, 422, "type",
                        "`requirements` must be a list of strings");
            return false;
        }
        buf_put(&text, STR("- "));
        buf_put(&text, json_str_of(item));
        buf_put_char(&text, '\n');
    }
    q->analysis.job = ctx_copy(&rq->ctx, buf_str(&text));
    buf_clear(&text);
    return true;
}

/* A resume is a string, or {"name", "text"} in a ranking. */
static bool read_resume(struct request *rq, struct question *q,
                        const json_t *value)
{
    struct str name = STR_NONE;
    const json_t *text = value;

    if (json_is_object(value)) {
        static const char *const names[] = {"name", "text", NULL};
        if (!body_allow(rq, value, names) ||
            !body_string(rq, value, "name", &name))
            return false;
        text = json_object_get(value, "text");
    }
    if (!json_is_string(text)) {
        reply_error(rq, 422, "type",
                    "a resume must be a string, or an object with `name` and "
                    "`text`");
        return false;
    }
    return add_resume(rq, q, name, json_str_of(text), false);
}

static bool read_json(struct request *rq, struct question *q, bool many)
{
    static const char *const one[] = {"job",     "title",    "as_of",
                                      "weights", "what_if",  "requirements",
                                      "resume",  "entities", NULL};
    static const char *const list[] = {"job",     "title",    "as_of",
                                       "weights", "what_if",  "requirements",
                                       "resumes", "entities", NULL};
    struct analysis *a = &q->analysis;
    const json_t *resumes, *item;
    size_t i;

    q->root = body_object(rq);
    if (!q->root || !body_allow(rq, q->root, many ? list : one) ||
        !body_string(rq, q->root, "job", &a->job) ||
        !body_string(rq, q->root, "title", &a->title) ||
        !body_string(rq, q->root, "as_of", &a->as_of) ||
        !body_string(rq, q->root, "weights", &a->weights) ||
        !body_string(rq, q->root, "what_if", &a->what_if) ||
        !body_bool(rq, q->root, "entities", &a->entities) ||
        !read_requirements(rq, q))
        return false;
    resumes = json_object_get(q->root, many ? "resumes" : "resume");
    if (!many)
        return !resumes || read_resume(rq, q, resumes);
    if (resumes && !json_is_array(resumes)) {
        reply_error(rq, 422, "type", "`resumes` must be a list");
        return false;
    }
    json_array_foreach(resumes, i, item)
    {
        if (!read_resume(rq, q, item))
            return false;
    }
    return true;
}

static bool read_question(struct request *rq, struct question *q, bool many)
{
    size_t max =
        many ? settings_number(rq->server->settings, SET_BATCH_FILES) : 1;

    *q = (struct question){0};
    if (is_form(rq) ? !read_form(rq, q, many) : !read_json(rq, q, many))
        return false;
    if (str_trim(q->analysis.job).len == 0) {
        reply_error(rq, 422, "missing", "`job` is needed");
        return false;
    }
    if (q->resumes.len == 0) {
        reply_error(rq, 422, "missing", "`%s` is needed",
                    many ? "resumes" : "resume");
        return false;
    }
    if (q->resumes.len > max) {
        reply_error(rq, 413, "too_many", "there can be %zu resumes at most",
                    max);
        return false;
    }
    if (q->analysis.as_of.len == 0)
        q->analysis.as_of = analysis_today(&rq->ctx);
    return true;
}

static rsc_status run_one(struct request *rq, const struct question *q,
                          const struct form_part *resume, struct str *out,
                          rsc_error *err)
{
    struct analysis a = q->analysis;
    struct cache_key key;

    a.resume = resume->data;
    a.resume_is_text = !resume->is_file;
    a.resume_name = resume->filename;
    analysis_key(&key, rq->server, &a);
    if (analysis_find(&rq->ctx, out, rq->server, &key)) {
        rq->was_cached = true;
        return RSC_OK;
    }
    return analysis_run(&rq->ctx, out, rq, &a, &key, err);
}

void handle_score(struct request *rq)
{
    struct question q;
    struct str answer;
    rsc_error err;

    if (read_question(rq, &q, false)) {
        if (run_one(rq, &q, &q.resumes.items[0], &answer, &err))
            reply_failure(rq, &err);
        else
            reply_text(rq, 200, "application/json", answer);
    }
    json_decref(q.root);
}

struct ranked {
    struct str name, answer;
    rsc_error err;
    double total; /* of its score; only compared */
    size_t index;
};

/* The total as our own JSON has it. */
static double read_total(struct str answer)
{
    json_error_t error;
    json_t *root = json_loadb(answer.data, answer.len, 0, &error);
    double total = json_number_value(json_object_get(root, "total"));

    json_decref(root);
    return total;
}

/* Best first; those that failed last, in their order. */
static int compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if ((x->answer.data == NULL) != (y->answer.data == NULL))
        return x->answer.data ? -1 : 1;
    if (x->total > y->total || x->total < y->total)
        return x->total > y->total ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void write_ranking(struct request *rq, const struct ranked *ranked,
                          size_t n)
{
    struct json j = reply_json(rq, 200);

    json_open(&j, '{');
    json_key(&j, "ranking");
    json_open(&j, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&j, '{');
        json_put_int(&j, "index", (int64_t)ranked[i].index);
        json_put_str(&j, "name", ranked[i].name);
        if (ranked[i].answer.data) {
            json_put_int(&j, "rank", (int64_t)i + 1);
            json_key(&j, "result");
            json_raw(&j, ranked[i].answer);
        } else {
            json_key(&j, "error");
            json_open(&j, '{');
            json_put_str(&j, "code",
                         str_of(rsc_status_name(ranked[i].err.status)));
            json_put_str(&j, "message", str_of(ranked[i].err.message));
            json_put_str(&j, "request_id", str_of(rq->id));
            json_close(&j, '}');
        }
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

static void rank(struct request *rq, const struct question *q)
{
    size_t n = q->resumes.len;
    struct ranked *ranked = ctx_calloc(&rq->ctx, n, sizeof(*ranked));

    for (size_t i = 0; ranked && i < n; i++) {
        if (ctx_check(&rq->ctx))
            break;
        ranked[i].index = i;
        ranked[i].name = q->resumes.items[i].filename;
        if (run_one(rq, q, &q->resumes.items[i], &ranked[i].answer,
                    &ranked[i].err))
            ranked[i].answer = STR_NONE;
        else
            ranked[i].total = read_total(ranked[i].answer);
    }
    if (rq->ctx.error.status) {
        reply_error(rq, 503, "timeout", "%s", rq->ctx.error.message);
        return;
    }
    qsort(ranked, n, sizeof(*ranked), compare);
    write_ranking(rq, ranked, n);
}

void handle_rank(struct request *rq)
{
    struct question q;

    if (read_question(rq, &q, true))
        rank(rq, &q);
    json_decref(q.root);
}

/* "text" or "file" of either kind of body, as a document. */
static rsc_document *read_document(struct request *rq, struct str *title)
{
    static const char *const names[] = {"text", "file", "title", NULL};
    const struct form_part *part = NULL;
    json_t *root = NULL;
    struct str text = STR_NONE;
    rsc_document *document = NULL;
    rsc_error err;
    rsc_status st;

    *title = STR_NONE;
    if (is_form(rq)) {
        if (!form_read(rq) || !form_allow(rq, names, 3))
            return NULL;
        part = form_file(rq, "file");
        text = form_text(rq, "text");
        *title = ctx_copy(&rq->ctx, form_text(rq, "title"));
    } else {
        static const char *const fields[] = {"text", "title", NULL};
        root = body_object(rq);
        if (!root || !body_allow(rq, root, fields) ||
            !body_string(rq, root, "text", &text) ||
            !body_string(rq, root, "title", title))
            goto done;
        *title = ctx_copy(&rq->ctx, *title);
    }
    if (!part && !text.data) {
        reply_error(rq, 422, "missing",
                    is_form(rq) ? "`file` or `text` is needed"
                                : "`text` is needed");
        goto done;
    }
    st = part ? rsc_document_read(&document, rq->server->engine,
                                  part->data.data, part->data.len, &err)
              : rsc_document_from_text(&document, rq->server->engine, text.data,
                                       text.len, &err);
    if (st)
        reply_failure(rq, &err);
done:
    json_decref(root);
    return document;
}

static void reply_take(struct request *rq, rsc_status st, rsc_text *text,
                       const rsc_error *err)
{
    size_t len;

    if (st) {
        reply_failure(rq, err);
        return;
    }
    const char *data = rsc_text_data(text, &len);
    reply_text(rq, 200, "application/json", (struct str){data, len});
    rsc_text_free(text);
}

void handle_parse_resume(struct request *rq)
{
    struct str title;
    rsc_text *text;
    rsc_error err;

    pthread_rwlock_rdlock(&rq->server->engine_lock);
    rsc_document *document = read_document(rq, &title);
    if (document) {
        rsc_status st =
            rsc_resume_describe(&text, rq->server->engine, document, &err);
        reply_take(rq, st, text, &err);
    }
    rsc_document_free(document);
    pthread_rwlock_unlock(&rq->server->engine_lock);
}

void handle_parse_job(struct request *rq)
{
    struct str title;
    rsc_job *job = NULL;
    rsc_text *text = NULL;
    rsc_error err;

    pthread_rwlock_rdlock(&rq->server->engine_lock);
    rsc_document *document = read_document(rq, &title);
    if (document) {
        rsc_status st = rsc_job_read(&job, rq->server->engine, document,
                                     title.len ? title.data : NULL, &err);
        if (!st)
            st = rsc_job_json(&text, job, &err);
        reply_take(rq, st, text, &err);
    }
    rsc_job_free(job);
    rsc_document_free(document);
    pthread_rwlock_unlock(&rq->server->engine_lock);
}
