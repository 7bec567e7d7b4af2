/* SPDX-License-Identifier: MIT */
#include "failsafe.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

/* Written once at start, read when the process ends. */
static char prepared[1024];
static size_t prepared_len;

static void at_exit(void)
{
    failsafe_out_of_memory();
}

void failsafe_arm(const struct wire_sandbox *sandbox)
{
    rsc_error error = {
        .status = RSC_ELIMIT,
        .message = "reading this file needs too much memory; it is damaged or "
                   "very complex, so print it to a new PDF and use that"};
    struct mem mem;
    struct buf out;

    mem_init(&mem, "failsafe", 0);
    buf_init(&out, &mem, sizeof(prepared));
    wire_put_start(&out, sandbox);
    wire_put_failure(&out, &error);
    wire_put_end(&out);
    if (!out.failed) {
        memcpy(prepared, out.data, out.len);
        prepared_len = out.len;
    }
    buf_clear(&out);
    atexit(at_exit);
}

void failsafe_write(struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(1, bytes.data, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            _exit(3);
        bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
}

void failsafe_out_of_memory(void)
{
    failsafe_write((struct str){prepared, prepared_len});
    _exit(0);
}
