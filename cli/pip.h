/* SPDX-License-Identifier: MIT */
#ifndef RSC_PIP_H
#define RSC_PIP_H

/* Fetches a wheel through the user's own pip, which knows about mirrors and
 * proxies; nothing is installed and nothing of it is run. */

#include "base/ctx.h"

/* Downloads package==version into the folder `into`, which is empty; *wheel is
 * the path of what came. Fails with RSC_EIO: no pip, or its last line. */
rsc_status pip_download(struct ctx *ctx, struct str *wheel, struct str package,
                        struct str version, const char *into);

#endif
