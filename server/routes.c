/* SPDX-License-Identifier: MIT */
#include "routes.h"

#include <stdio.h>

#include "jansson_names.h"

static const unsigned char openapi_bytes[] = {
#include "openapi.inc"
};

struct str routes_openapi(void)
{
    return (struct str){(const char *)openapi_bytes, sizeof(openapi_bytes)};
}

size_t handler_index(const struct handler *handler)
{
    return (size_t)(handler - handler_table);
}

const char *handler_name(size_t i)
{
    return i < n_handlers ? handler_table[i].operation : "other";
}

static const struct handler *find_handler(const char *operation)
{
    for (size_t i = 0; operation && i < n_handlers; i++)
        if (strcmp(handler_table[i].operation, operation) == 0)
            return &handler_table[i];
    return NULL;
}

static rsc_status add_route(struct ctx *ctx, struct routes *routes,
                            const char *path, const char *method,
                            const json_t *operation)
{
    const char *id =
        json_string_value(json_object_get(operation, "operationId"));
    const struct handler *handler = find_handler(id);
    char upper[16];
    size_t n = 0;

    if (!handler)
        return ctx_fail(ctx, RSC_EINTERNAL,
                        "openapi.json: %s %s has the operationId '%s', which "
                        "nothing handles",
                        method, path, id ? id : "");
    if (routes->n == MAX_ROUTES)
        return ctx_fail(ctx, RSC_EINTERNAL, "openapi.json: too many routes");
    for (; method[n] && n < sizeof(upper) - 1; n++)
        upper[n] = (char)(method[n] - ('a' - 'A'));
    routes->routes[routes->n++] =
        (struct route){ctx_copy(ctx, str_of(path)),
                       ctx_copy(ctx, (struct str){upper, n}), handler};
    return ctx->error.status;
}

static bool is_method(const char *key)
{
    return !strcmp(key, "get") || !strcmp(key, "post") ||
           !strcmp(key, "delete") || !strcmp(key, "put");
}

static rsc_status add_all(struct ctx *ctx, struct routes *routes, json_t *root)
{
    const char *path, *method;
    json_t *item, *operation;

    json_object_foreach(json_object_get(root, "paths"), path, item)
    {
        json_object_foreach(item, method, operation)
        {
            if (is_method(method) &&
                add_route(ctx, routes, path, method, operation))
                return ctx->error.status;
        }
    }
    for (size_t i = 0; i < n_handlers; i++) {
        size_t k = 0;
        while (k < routes->n && routes->routes[k].handler != &handler_table[i])
            k++;
        if (k == routes->n)
            return ctx_fail(ctx, RSC_EINTERNAL,
                            "openapi.json has no route for '%s'",
                            handler_table[i].operation);
    }
    return RSC_OK;
}

rsc_status routes_open(struct ctx *ctx, struct routes *routes,
                       struct str openapi)
{
    json_error_t error;
    json_t *root =
        json_loadb(openapi.data, openapi.len, JSON_REJECT_DUPLICATES, &error);

    routes->n = 0;
    if (!root)
        return ctx_fail(ctx, RSC_EINTERNAL, "openapi.json, line %d: %s",
                        error.line, error.text);
    rsc_status st = add_all(ctx, routes, root);
    json_decref(root);
    return st;
}

/* Compares a path with a pattern that may end in one part in braces. */
static bool is_match(struct str pattern, struct str path, struct str *argument)
{
    const char *brace = memchr(pattern.data, '{', pattern.len);
    size_t fixed = brace ? (size_t)(brace - pattern.data) : pattern.len;

    if (!brace)
        return str_eq(pattern, path);
    if (path.len <= fixed || !str_starts(path, str_slice(pattern, 0, fixed)) ||
        memchr(path.data + fixed, '/', path.len - fixed))
        return false;
    *argument = str_slice(path, fixed, path.len);
    return true;
}

const struct handler *routes_find(const struct routes *routes,
                                  struct str method, struct str path,
                                  struct str *argument, char allow[64])
{
    size_t len = 0;

    allow[0] = '\0';
    *argument = STR_NONE;
    if (str_eq(method, STR("HEAD")))
        method = STR("GET");
    for (size_t i = 0; i < routes->n; i++) {
        const struct route *route = &routes->routes[i];
        struct str found = STR_NONE;
        if (!is_match(route->path, path, &found))
            continue;
        if (str_eq(route->method, method)) {
            *argument = found;
            return route->handler;
        }
        int n = snprintf(allow + len, 64 - len, "%s%.*s", len ? ", " : "",
                         STR_ARG(route->method));
        if (n > 0 && (size_t)n < 64 - len)
            len += (size_t)n;
    }
    return NULL;
}
