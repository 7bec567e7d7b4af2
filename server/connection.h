/* SPDX-License-Identifier: MIT */
#ifndef RSC_CONNECTION_H
#define RSC_CONNECTION_H

/*
 * What the loop knows of a connection beside what libmicrohttpd knows: how
 * long its header and body may take, and whether its client is still there
 * while it is suspended.
 */

#include <microhttpd.h>

#include "request.h"

enum connection_state {
    CONNECTION_NEW,    /* no request yet: the header's deadline runs */
    CONNECTION_HEADER, /* on a reused one: the first line is here */
    CONNECTION_BODY,
    CONNECTION_WORK, /* suspended */
    CONNECTION_SEND,
    CONNECTION_IDLE, /* between requests */
};

struct exchange;

struct connection {
    struct connection *next, **place; /* in the server's list */
    struct server *server;
    struct exchange *exchange; /* the request that is under way, or NULL */
    int fd;
    enum connection_state state;
    int64_t since_ns; /* of the state */
    bool is_watched;  /* its socket is in our epoll */
    bool is_cut;
    char address[48];
};

/* A request on its connection. */
struct exchange {
    struct request rq; /* first */
    struct connection *connection;
    struct MHD_Connection *mhd;
    size_t body_len, body_max;
    size_t permits;  /* that it holds */
    size_t uri_len;  /* as it was sent, with its query */
    bool is_uri_bad; /* a control character in it, plain or as %00 */
    bool is_started; /* the header was looked at */
    bool is_queued, is_answered;
};

/* connection.c */
void connection_notify(void *cls, struct MHD_Connection *mhd, void **context,
                       enum MHD_ConnectionNotificationCode code);
void connection_enter(struct connection *connection,
                      enum connection_state state);
/* Cuts what is past its deadline. Returns whether any deadline still runs. */
bool connections_check(struct server *server, int64_t now_ns);
void connection_watch(struct connection *connection, bool on);

/* edge.c: looks at a header; false with a reply where it is refused. */
bool edge_check(struct exchange *ex, const char *method, const char *url,
                const char *version);

#endif
