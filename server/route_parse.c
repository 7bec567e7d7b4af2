/* SPDX-License-Identifier: MIT */
/* What is read from a resume and from a job. */

#include "body_json.h"
#include "form.h"
#include "handlers.h"
#include "server.h"

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
    if (form_is_body(rq)) {
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
                    form_is_body(rq) ? "`file` or `text` is needed"
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
