/* SPDX-License-Identifier: MIT */
#include "engine/text_api.h"

#include "engine/object.h"

struct rsc_text {
    size_t len;
    char data[];
};

rsc_status text_take(struct ctx *ctx, rsc_text **out, struct buf *content)
{
    rsc_status st = RSC_OK;

    *out = NULL;
    if (content->failed)
        st = ctx_fail(ctx, RSC_ELIMIT,
                      "the answer does not fit in memory or in its limit");
    rsc_text *text =
        st ? NULL : object_new(sizeof(*text) + content->len + 1, NULL);
    if (text) {
        text->len = content->len;
        memcpy(text->data, buf_str(content).data, content->len);
        *out = text;
    } else if (!st) {
        st = ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    }
    buf_clear(content);
    return st;
}

const char *rsc_text_data(const rsc_text *text, size_t *len)
{
    if (len)
        *len = text->len;
    return text->data;
}

void rsc_text_free(rsc_text *text)
{
    if (text)
        object_free(text, sizeof(*text) + text->len + 1);
}
