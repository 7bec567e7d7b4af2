/* SPDX-License-Identifier: MIT */
#include "engine/text_api.h"

#include "base/mem.h"

/* Outlives the engine that made it, so it has an account of its own. */
struct rsc_text {
    struct mem mem;
    size_t len;
    char data[];
};

rsc_status text_take(struct ctx *ctx, rsc_text **out, struct buf *content)
{
    struct mem own;
    rsc_status st = RSC_OK;

    *out = NULL;
    mem_init(&own, "text", 0);
    if (content->failed)
        st = ctx_fail(ctx, RSC_ELIMIT,
                      "the answer does not fit in memory or in its limit");
    rsc_text *text =
        st ? NULL : mem_alloc(&own, sizeof(*text) + content->len + 1);
    if (text) {
        text->mem = own;
        text->len = content->len;
        memcpy(text->data, buf_str(content).data, content->len);
        text->data[text->len] = '\0';
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
    if (!text)
        return;
    struct mem mem = text->mem;
    mem_free(&mem, text, sizeof(*text) + text->len + 1);
}
