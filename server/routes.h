/* SPDX-License-Identifier: MIT */
#ifndef RSC_ROUTES_H
#define RSC_ROUTES_H

/*
 * The table of routes is openapi.json, which is part of the program: paths
 * and methods come from it, operationId names the handler. A route without a
 * handler, or a handler without a route, keeps the server from starting.
 */

#include "request.h"

#define MAX_ROUTES 64

struct route {
    struct str path;   /* "/batch-analyze/{batch_id}" */
    struct str method; /* "GET" */
    const struct handler *handler;
};

struct routes {
    struct route routes[MAX_ROUTES];
    size_t n;
};

/* All handlers; handler_table[i] of i < n_handlers. */
extern const struct handler handler_table[];
extern const size_t n_handlers;
size_t handler_index(const struct handler *handler);
/* "other" past the last. */
const char *handler_name(size_t i);

/* The bytes of openapi.json. */
struct str routes_openapi(void);

/* Fails with RSC_EINTERNAL, naming what is missing. */
rsc_status routes_open(struct ctx *ctx, struct routes *routes,
                       struct str openapi);
/* The handler, with *argument for the part in braces; NULL where the path is
 * unknown (allow empty) or has other methods (listed in allow). HEAD is GET. */
const struct handler *routes_find(const struct routes *routes,
                                  struct str method, struct str path,
                                  struct str *argument, char allow[64]);

#endif
