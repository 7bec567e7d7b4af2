/* SPDX-License-Identifier: MIT */
#ifndef RSC_SANDBOX_H
#define RSC_SANDBOX_H

/*
 * Gives up every right that reading one open file does not need, for good:
 *
 *     rlimits       address space, processor time, no files written, no cores
 *     no_new_privs  nothing that is executed could gain rights
 *     landlock      no path, no port, no signal to others (where the kernel
 *                   has it; its version is asked at run time)
 *     seccomp       an allow-list of system calls; others fail with EPERM
 *
 * What the kernel lacks is reported, not fatal: seccomp and rlimits are the
 * base that every Linux has.
 */

#include "extract/wire.h"

struct sandbox_limits {
    size_t memory_bytes; /* address space; 0 sets no limit */
    unsigned cpu_s;
};

/* To be called once, before the first byte of the file is read. */
void sandbox_enter(struct wire_sandbox *report,
                   const struct sandbox_limits *limits);

#endif
