/* SPDX-License-Identifier: MIT */
#ifndef RSC_PRESSURE_H
#define RSC_PRESSURE_H

/*
 * How much memory there is, and how much of it is gone: from the container's
 * own control group (v1 or v2, the tightest limit on the way up), else from
 * the machine; pressure stall information where the kernel has it.
 *
 * "Use" leaves out the file pages that the kernel may drop at any moment, so
 * a mapped model counts as soon as it is copied, not while it is read:
 * use = usage - active_file - inactive_file.
 *
 * Nothing here fails or allocates: what cannot be read stays 0 or false.
 */

#include <stdbool.h>
#include <stdint.h>

enum pressure_source {
    PRESSURE_UNKNOWN,
    PRESSURE_MACHINE,    /* MemTotal and MemAvailable */
    PRESSURE_CGROUP1,    /* memory.limit_in_bytes */
    PRESSURE_CGROUP2,    /* memory.max, memory.high */
    PRESSURE_CONFIGURED, /* the caller's limit */
};

struct pressure {
    enum pressure_source source; /* of the limit */
    uint64_t limit, use;         /* bytes */
    uint64_t file;               /* pages of files in the group, if known */
    unsigned percent;            /* of use in limit */
    bool has_stall;
    unsigned stall_centi;       /* some avg10 in hundredths of a percent */
    uint64_t total, available;  /* of the machine */
    uint64_t rss, anon, mapped; /* of this process */
    uint64_t children;          /* anonymous memory of its children */
};

/* `root` is the folder that holds proc and sys: "" but in tests. `limit` in
 * bytes overrides what the system says; 0 does not. */
void pressure_read(struct pressure *out, const char *root, uint64_t limit);
/* "cgroup-v2", "configuration", ... */
const char *pressure_source_name(enum pressure_source source);

#endif
