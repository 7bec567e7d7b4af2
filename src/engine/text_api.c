/* SPDX-License-Identifier: MIT */
#include "engine/text_api.h"

#include "engine/object.h"

struct rsc_text {
    size_t len;
    char data[];
};

void text_open(struct text_work *w, size_t most)
{
    mem_init(&w->mem, "requests", 0);
    ctx_init(&w->ctx, &w->mem);
    buf_init(&w->buf, &w->mem, most);
}

/* A copy of what buf holds; NULL with the reason in ctx. */
static rsc_text *copy_of(struct ctx *ctx, const struct buf *buf)
{
    if (buf->failed) {
        ctx_fail(ctx, RSC_ELIMIT,
                 "the answer does not fit in memory or in its limit");
        return NULL;
    }
    rsc_text *text = object_new(sizeof(*text) + buf->len + 1, NULL);
    if (!text) {
        ctx_fail(ctx, RSC_ENOMEM, "out of memory");
        return NULL;
    }
    text->len = buf->len;
    memcpy(text->data, buf_str(buf).data, buf->len);
    return text;
}

rsc_status text_close(struct text_work *w, rsc_text **out, rsc_error *err)
{
    if (out)
        *out = w->ctx.error.status ? NULL : copy_of(&w->ctx, &w->buf);
    buf_clear(&w->buf);
    rsc_status st = ctx_error(&w->ctx, err);
    ctx_clear(&w->ctx);
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
