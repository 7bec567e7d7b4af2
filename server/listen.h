/* SPDX-License-Identifier: MIT */
#ifndef RSC_LISTEN_H
#define RSC_LISTEN_H

/* The listening socket, and telling a supervisor that it is there. */

#include "base/ctx.h"

/* Listens on host and port (0 takes a free one, which *taken tells). Fails
 * with RSC_EIO, saying what the system said. */
rsc_status listen_open(struct ctx *ctx, int *fd, unsigned *taken,
                       const char *host, unsigned port);
/* Sends "READY=1" and the like to $NOTIFY_SOCKET's path, if there is one. */
void listen_notify(const char *socket_path, const char *state);

#endif
