/* SPDX-License-Identifier: MIT */
#include "connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "server.h"

/* Before this, a slow start of a body is nobody's fault. */
#define BODY_GRACE_S 10

static void write_address(struct connection *c, struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;

    c->address[0] = '\0';
    if (address && address->sa_family == AF_INET)
        inet_ntop(
            AF_INET,
            &((const struct sockaddr_in *)(const void *)address)->sin_addr,
            c->address, sizeof(c->address));
    else if (address && address->sa_family == AF_INET6)
        inet_ntop(
            AF_INET6,
            &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr,
            c->address, sizeof(c->address));
}

/* Says why, where nothing was sent yet, and shuts the socket; libmicrohttpd
 * then sees its end. */
static void cut(struct connection *c, bool may_speak)
{
    static const char goodbye[] =
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n"
        "Content-Type: application/json\r\nContent-Length: 84\r\n\r\n"
        "{\"error\":{\"code\":\"timeout\",\"message\":\"the request came too "
        "slowly\",\"request_id\":\"\"}}";

    if (may_speak) {
        ssize_t n = send(c->fd, goodbye, sizeof(goodbye) - 1,
                         MSG_DONTWAIT | MSG_NOSIGNAL);
        (void)n;
    }
    shutdown(c->fd, SHUT_RDWR);
    c->is_cut = true;
}

/* How little it costs to lose a connection; 0 for one with a request. */
static int worth(const struct connection *c)
{
    if (c->is_cut)
        return 0;
    if (c->state == CONNECTION_NEW || c->state == CONNECTION_HEADER)
        return 2;
    return c->state == CONNECTION_IDLE;
}

/* When places run out, who holds one without a request loses it: those with
 * half a header first, the oldest first. */
static void make_room(struct server *server)
{
    struct connection *found = NULL;

    for (struct connection *c = server->connections; c; c = c->next)
        if (worth(c) &&
            (!found || worth(c) > worth(found) ||
             (worth(c) == worth(found) && c->since_ns < found->since_ns)))
            found = c;
    if (!found)
        return;
    server->metrics.cut_room++;
    cut(found, found->state != CONNECTION_IDLE);
}

static void open_connection(struct server *server, struct MHD_Connection *mhd,
                            void **context)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct connection *c = mem_calloc(&server->mem, 1, sizeof(*c));

    *context = c;
    if (!c)
        return; /* refused at its first request */
    c->server = server;
    c->fd = info ? info->connect_fd : -1;
    write_address(c, mhd);
    c->next = server->connections;
    c->place = &server->connections;
    if (c->next)
        c->next->place = &c->next;
    server->connections = c;
    server->n_connections++;
    server->metrics.connections_total++;
    connection_enter(c, CONNECTION_NEW);
    size_t max = settings_number(server->settings, SET_CONNECTIONS);
    if (server->n_connections > max - max / 8)
        make_room(server);
}

static void close_connection(struct server *server, void **context)
{
    struct connection *c = *context;

    if (!c)
        return;
    *c->place = c->next;
    if (c->next)
        c->next->place = c->place;
    server->n_connections--;
    mem_free(&server->mem, c, sizeof(*c));
    *context = NULL;
}

void connection_notify(void *cls, struct MHD_Connection *mhd, void **context,
                       enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        open_connection(cls, mhd, context);
    else
        close_connection(cls, context);
}

void connection_enter(struct connection *connection,
                      enum connection_state state)
{
    connection->state = state;
    connection->since_ns = clock_monotonic_ns();
}

void connection_watch(struct connection *c, bool on)
{
    struct epoll_event event = {.events = EPOLLRDHUP | EPOLLONESHOT,
                                .data.ptr = c};

    if (on == c->is_watched)
        return;
    if (epoll_ctl(c->server->epoll_fd, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL,
                  c->fd, &event) == 0)
        c->is_watched = on;
}

static bool is_body_late(const struct connection *c, int64_t waited_s)
{
    const struct settings *settings = c->server->settings;
    uint64_t rate = settings_number(settings, SET_BODY_RATE);

    if (waited_s >= (int64_t)settings_number(settings, SET_BODY_S))
        return true;
    return waited_s > BODY_GRACE_S && c->exchange &&
           c->exchange->body_len < rate * (uint64_t)(waited_s - BODY_GRACE_S);
}

/* Whether the connection waits for something with a deadline of ours. */
static bool check(struct connection *c, int64_t now_ns)
{
    const struct settings *settings = c->server->settings;
    int64_t waited_s = (now_ns - c->since_ns) / 1000000000;

    if (c->is_cut)
        return false;
    switch (c->state) {
    case CONNECTION_NEW:
    case CONNECTION_HEADER:
        if (waited_s >= (int64_t)settings_number(settings, SET_HEADER_S)) {
            c->server->metrics.cut_header++;
            cut(c, true);
        }
        return true;
    case CONNECTION_BODY:
        if (is_body_late(c, waited_s)) {
            c->server->metrics.cut_body++;
            cut(c, true);
        }
        return true;
    case CONNECTION_SEND:
        if (waited_s >= (int64_t)settings_number(settings, SET_BODY_S))
            cut(c, false);
        return true;
    case CONNECTION_WORK:
    case CONNECTION_IDLE:
        break;
    }
    return false;
}

bool connections_check(struct server *server, int64_t now_ns)
{
    bool any = false;

    for (struct connection *c = server->connections; c; c = c->next)
        any = check(c, now_ns) || any;
    return any;
}
