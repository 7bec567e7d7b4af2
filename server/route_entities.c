/* SPDX-License-Identifier: MIT */
/* Organisations, people, places and dates of a text. */

#include "body_json.h"
#include "handlers.h"
#include "server.h"

static void find(struct request *rq, struct str text)
{
    rsc_entity_list *list;
    rsc_text *json;
    rsc_error err;
    size_t len;

    if (rsc_entities(&list, rq->server->engine, text.data, text.len, &err)) {
        /* No text is of a wrong form; the pipeline is, and that is ours. */
        if (err.status == RSC_EFORMAT || err.status == RSC_EUNSUPPORTED)
            err.status = RSC_EIO;
        reply_failure(rq, &err);
        return;
    }
    rsc_status st = rsc_entities_json(&json, list, &err);
    rsc_entities_free(list);
    if (st) {
        reply_failure(rq, &err);
        return;
    }
    const char *data = rsc_text_data(json, &len);
    reply_text(rq, 200, "application/json", (struct str){data, len});
    rsc_text_free(json);
}

void handle_entities(struct request *rq)
{
    static const char *const names[] = {"text", NULL};
    json_t *root = body_object(rq);
    struct str text;

    if (!root)
        return;
    if (body_allow(rq, root, names) && body_string(rq, root, "text", &text)) {
        pthread_rwlock_rdlock(&rq->server->engine_lock);
        if (text.data)
            find(rq, text);
        else
            reply_error(rq, 422, "missing", "`text` is needed");
        pthread_rwlock_unlock(&rq->server->engine_lock);
    }
    json_decref(root);
}
