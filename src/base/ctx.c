/* SPDX-License-Identifier: MIT */
#include "base/ctx.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/mem.h"

void ctx_init(struct ctx *ctx, struct mem *mem)
{
    *ctx = (struct ctx){.deadline_ns = INT64_MAX};
    arena_init(&ctx->arena, mem);
}

void ctx_clear(struct ctx *ctx)
{
    arena_clear(&ctx->arena);
}

static rsc_status fail(struct ctx *ctx, rsc_status status, size_t position,
                       const char *format, va_list args)
{
    rsc_error *error = &ctx->error;

    if (error->status)
        return error->status;
    error->status = status;
    error->position = position;
    vsnprintf(error->message, sizeof(error->message), format, args);
    return status;
}

rsc_status ctx_fail(struct ctx *ctx, rsc_status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    status = fail(ctx, status, 0, format, args);
    va_end(args);
    return status;
}

rsc_status ctx_fail_at(struct ctx *ctx, rsc_status status, size_t position,
                       const char *format, ...)
{
    va_list args;

    va_start(args, format);
    status = fail(ctx, status, position, format, args);
    va_end(args);
    return status;
}

rsc_status ctx_check(struct ctx *ctx)
{
    if (ctx->error.status)
        return ctx->error.status;
    if (ctx->cancelled && atomic_load(ctx->cancelled))
        return ctx_fail(ctx, RSC_ECANCELLED, "the request was cancelled");
    if (ctx->deadline_ns != INT64_MAX &&
        clock_monotonic_ns() > ctx->deadline_ns)
        return ctx_fail(ctx, RSC_ETIMEOUT, "the request took too long");
    return RSC_OK;
}

rsc_status ctx_error(const struct ctx *ctx, rsc_error *err)
{
    if (err && ctx->error.status)
        *err = ctx->error;
    return ctx->error.status;
}

void *ctx_alloc(struct ctx *ctx, size_t size)
{
    void *block = arena_alloc(&ctx->arena, size);

    if (!block)
        ctx_fail(ctx, RSC_ENOMEM, "out of memory (%zu bytes wanted)", size);
    return block;
}

void *ctx_alloc_array(struct ctx *ctx, size_t n, size_t size)
{
    return ctx_alloc(ctx, mem_array_size(n, size));
}

void *ctx_calloc(struct ctx *ctx, size_t n, size_t size)
{
    size_t total = mem_array_size(n, size);
    void *block = ctx_alloc(ctx, total);

    return block ? memset(block, 0, total) : NULL;
}

struct str ctx_copy(struct ctx *ctx, struct str s)
{
    char *copy = ctx_alloc(ctx, mem_array_size(s.len + 1, 1));

    if (!copy)
        return STR_NONE;
    if (s.len)
        memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return (struct str){copy, s.len};
}

struct str ctx_fold(struct ctx *ctx, struct str s)
{
    char *line = ctx_alloc(ctx, mem_array_size(s.len + 1, 1));
    size_t len = 0;

    if (!line)
        return STR_NONE;
    for (size_t i = 0; i < s.len; i++) {
        bool is_blank = ascii_is_space((unsigned char)s.data[i]);
        if (is_blank && (len == 0 || line[len - 1] == ' '))
            continue;
        line[len++] = is_blank ? ' ' : s.data[i];
    }
    return str_trim((struct str){line, len});
}

struct str ctx_printf(struct ctx *ctx, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = len < 0 ? NULL : ctx_alloc(ctx, (size_t)len + 1);
    if (text)
        vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return text ? (struct str){text, (size_t)len} : STR_NONE;
}
