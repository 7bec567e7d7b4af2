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
    static const char *const names[] = {
        "job",     "title",    "as_of",  "weights", "require",
        "what_if", "entities", "resume", "resumes", NULL};
    struct analysis *a = &q->analysis;
    struct ctx *ctx = &rq->ctx;

    if (!form_read(rq) || !form_allow(rq, names, many ? 7 : 9))
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
    a->require = ctx_copy(ctx, form_text(rq, "require"));
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

static bool read_strings(struct request *rq, struct question *q)
{
    struct analysis *a = &q->analysis;
    struct {
        const char *name;
        struct str *value;
    } fields[] = {
        {"job", &a->job},         {"title", &a->title},
        {"as_of", &a->as_of},     {"weights", &a->weights},
        {"require", &a->require}, {"what_if", &a->what_if},
    };

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        if (!body_string(rq, q->root, fields[i].name, fields[i].value))
            return false;
    return true;
}

static bool read_json(struct request *rq, struct question *q, bool many)
{
    static const char *const one[] = {
        "job",     "title",        "as_of",  "weights",  "require",
        "what_if", "requirements", "resume", "entities", NULL};
    static const char *const list[] = {
        "job",     "title",        "as_of",   "weights",  "require",
        "what_if", "requirements", "resumes", "entities", NULL};
    const json_t *resumes, *item;
    size_t i;

    q->root = body_object(rq);
    if (!q->root || !body_allow(rq, q->root, many ? list : one) ||
        !read_strings(rq, q) ||
        !body_bool(rq, q->root, "entities", &q->analysis.entities) ||
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
    if (form_is_body(rq) ? !read_form(rq, q, many) : !read_json(rq, q, many))
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
    rsc_standing standing;
    rsc_place place;
    size_t index;
};

/* The numbers of a finished answer, which may come from the cache. */
static rsc_status read_standing(struct ctx *ctx, rsc_standing *out,
                                struct str answer, rsc_error *err)
{
    rsc_result *result;
    rsc_summary summary;
    rsc_requirement r;

    if (rsc_result_read(&result, answer.data, answer.len, err))
        return err->status;
    rsc_result_summary(result, &summary);
    size_t n = summary.n_requirements;
    rsc_part *parts = ctx_alloc_array(ctx, n, sizeof(parts[0]));
    for (size_t i = 0; parts && i < n; i++) {
        rsc_result_requirement(result, i, &r);
        parts[i] =
            (rsc_part){ctx_copy(ctx, str_of(r.kind)).data, r.weight, r.points};
    }
    rsc_result_free(result);
    *out = (rsc_standing){summary.total, parts, n};
    return ctx_error(ctx, err);
}

/* Best first; those that failed last, in their order. */
static int compare(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (!x->answer.data != !y->answer.data)
        return x->answer.data ? -1 : 1;
    if (x->standing.total != y->standing.total)
        return x->standing.total > y->standing.total ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static rsc_status set_places(struct ctx *ctx, struct ranked *ranked, size_t n)
{
    rsc_standing *standings = ctx_alloc_array(ctx, n, sizeof(standings[0]));
    rsc_place *places = ctx_alloc_array(ctx, n, sizeof(places[0]));
    size_t n_scored = 0;
    rsc_error err;

    if (!standings || !places)
        return ctx->error.status;
    qsort(ranked, n, sizeof(*ranked), compare);
    for (; n_scored < n && ranked[n_scored].answer.data; n_scored++)
        standings[n_scored] = ranked[n_scored].standing;
    if (rsc_rank(places, standings, n_scored, &err))
        return ctx_fail(ctx, err.status, "%s", err.message);
    for (size_t i = 0; i < n_scored; i++)
        ranked[i].place = places[i];
    return RSC_OK;
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
            json_put_int(&j, "rank", (int64_t)ranked[i].place.place);
            json_put_int(&j, "rank_best", (int64_t)ranked[i].place.best);
            json_put_int(&j, "rank_worst", (int64_t)ranked[i].place.worst);
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
                    &ranked[i].err) ||
            read_standing(&rq->ctx, &ranked[i].standing, ranked[i].answer,
                          &ranked[i].err))
            ranked[i].answer = STR_NONE;
    }
    if (rq->ctx.error.status || set_places(&rq->ctx, ranked, n)) {
        reply_error(rq, 503, "timeout", "%s", rq->ctx.error.message);
        return;
    }
    write_ranking(rq, ranked, n);
}

void handle_rank(struct request *rq)
{
    struct question q;

    if (read_question(rq, &q, true))
        rank(rq, &q);
    json_decref(q.root);
}
