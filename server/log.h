/* SPDX-License-Identifier: MIT */
#ifndef RSC_LOG_H
#define RSC_LOG_H

/*
 * One line per event on standard error, as logfmt or JSON:
 *
 *     ts=2026-11-23T10:00:00Z level=info event=request id=... status=200 ms=12
 *
 * Lines carry ids, sizes and times; never text of a document, a file's name,
 * a key or an address. Values of the format are "name=value" pairs without
 * spaces, but for a last free sentence.
 *
 * Threads: any; a line is one write.
 */

#include <stdatomic.h>
#include <stdbool.h>

enum log_level {
    LOG_DEBUG,
    LOG_INFO,
    LOG_WARN,
    LOG_ERROR
};

struct log {
    int fd;
    enum log_level level;
    bool as_json;
    atomic_bool is_reduced; /* memory is short: warnings and errors only */
};

void log_init(struct log *log, int fd, const char *level, const char *format);
/* `pairs` formats "a=1 b=two"; what does not look like a pair becomes msg. */
void log_line(struct log *log, enum log_level level, const char *event,
              const char *pairs, ...) __attribute__((format(printf, 4, 5)));
bool log_has(const struct log *log, enum log_level level);
/* "2026-11-23T10:00:00Z" of a wall clock's seconds. */
void log_time(char out[24], long long seconds);

#endif
