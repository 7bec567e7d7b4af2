/* SPDX-License-Identifier: MIT */
#include "listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 511

static int try_address(const struct addrinfo *address)
{
    int one = 1;
    int fd = socket(address->ai_family,
                    SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 &&
        listen(fd, BACKLOG) == 0)
        return fd;
    int saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

static unsigned port_of(int fd)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof(address);

    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        return 0;
    if (address.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)(void *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)(void *)&address)->sin_port);
}

rsc_status listen_open(struct ctx *ctx, int *fd, unsigned *taken,
                       const char *host, unsigned port)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char service[8];

    *fd = -1;
    snprintf(service, sizeof(service), "%u", port);
    int code = getaddrinfo(host, service, &hints, &found);
    if (code)
        return ctx_fail(ctx, RSC_EINVALID, "the address %s cannot be used: %s",
                        host, gai_strerror(code));
    for (struct addrinfo *a = found; a && *fd < 0; a = a->ai_next)
        *fd = try_address(a);
    int saved = errno;
    freeaddrinfo(found);
    if (*fd < 0)
        return ctx_fail(ctx, RSC_EIO, "cannot listen on %s, port %u: %s%s",
                        host, port, strerror(saved),
                        saved == EADDRINUSE ? "; another --port helps" : "");
    *taken = port_of(*fd);
    return RSC_OK;
}

void listen_notify(const char *socket_path, const char *state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t len = socket_path ? strlen(socket_path) : 0;

    if (len < 2 || len >= sizeof(address.sun_path))
        return;
    memcpy(address.sun_path, socket_path, len);
    if (address.sun_path[0] == '@') /* systemd's name for an abstract one */
        address.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
    ssize_t n = sendto(fd, state, strlen(state), MSG_NOSIGNAL,
                       (struct sockaddr *)&address, size);
    (void)n;
    close(fd);
}
