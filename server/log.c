/* SPDX-License-Identifier: MIT */
#include "log.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"

#define MAX_LINE 2048

static const char *const level_names[] = {"debug", "info", "warn", "error"};

void log_init(struct log *log, int fd, const char *level, const char *format)
{
    log->fd = fd;
    log->level = LOG_INFO;
    for (int i = 0; i < 4; i++)
        if (strcmp(level, level_names[i]) == 0)
            log->level = (enum log_level)i;
    log->as_json = strcmp(format, "json") == 0;
    atomic_init(&log->is_reduced, false);
}

bool log_has(const struct log *log, enum log_level level)
{
    return level >= log->level &&
           (level >= LOG_WARN || !atomic_load(&log->is_reduced));
}

void log_time(char out[24], long long seconds)
{
    time_t at = (time_t)seconds;
    struct tm tm;

    gmtime_r(&at, &tm);
    strftime(out, 24, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/* The "name=" at the front of s: its length, or 0. */
static size_t name_len(struct str s)
{
    size_t i = 0;

    while (i < s.len &&
           (ascii_is_lower((unsigned char)s.data[i]) || s.data[i] == '_'))
        i++;
    return i > 0 && i < s.len && s.data[i] == '=' ? i : 0;
}

static void put_json(struct buf *out, const char *ts, enum log_level level,
                     const char *event, struct str pairs)
{
    struct json j = json_to(out, 0);

    json_open(&j, '{');
    json_put_str(&j, "ts", str_of(ts));
    json_put_str(&j, "level", str_of(level_names[level]));
    json_put_str(&j, "event", str_of(event));
    while (pairs.len) {
        size_t n = name_len(pairs), end = 0;
        if (n == 0) {
            json_put_str(&j, "msg", pairs);
            break;
        }
        while (end < pairs.len && pairs.data[end] != ' ')
            end++;
        json_key_str(&j, str_slice(pairs, 0, n));
        json_str(&j, str_slice(pairs, n + 1, end));
        pairs = str_trim(str_slice(pairs, end, pairs.len));
    }
    json_close(&j, '}');
}

static void put_logfmt(struct buf *out, const char *ts, enum log_level level,
                       const char *event, struct str pairs)
{
    buf_printf(out, "ts=%s level=%s event=%s", ts, level_names[level], event);
    while (pairs.len) {
        size_t n = name_len(pairs), end = 0;
        if (n == 0)
            break;
        while (end < pairs.len && pairs.data[end] != ' ')
            end++;
        buf_put_char(out, ' ');
        buf_put(out, str_slice(pairs, 0, end));
        pairs = str_trim(str_slice(pairs, end, pairs.len));
    }
    if (pairs.len == 0)
        return;
    buf_put(out, STR(" msg=\""));
    for (size_t i = 0; i < pairs.len; i++) {
        char c = pairs.data[i];
        buf_put_char(out, c == '"' ? '\'' : (unsigned char)c < 0x20 ? ' ' : c);
    }
    buf_put_char(out, '"');
}

void log_line(struct log *log, enum log_level level, const char *event,
              const char *pairs, ...)
{
    char text[MAX_LINE], ts[24];
    struct mem mem;
    struct buf out;
    va_list args;

    if (!log_has(log, level))
        return;
    va_start(args, pairs);
    int n = vsnprintf(text, sizeof(text), pairs, args);
    va_end(args);
    if (n < 0)
        return;
    log_time(ts, clock_wall_s());
    mem_init(&mem, "log", 0);
    buf_init(&out, &mem, (size_t)8 * MAX_LINE);
    if (log->as_json)
        put_json(&out, ts, level, event, str_of(text));
    else
        put_logfmt(&out, ts, level, event, str_of(text));
    buf_put_char(&out, '\n');
    if (!out.failed) {
        /* A log that cannot be written must not stop the service. */
        ssize_t written = write(log->fd, out.data, out.len);
        (void)written;
    }
    buf_clear(&out);
}
