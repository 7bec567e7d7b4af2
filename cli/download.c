/* SPDX-License-Identifier: MIT */
#include "download.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "terminal.h"

enum {
    CONNECT_S = 8, /* a hub that can be reached answers within one */
    STALL_S = 30,  /* this long under STALL_BYTES_S is given up */
    STALL_BYTES_S = 100,
    /* A connection that is cut is tried again as long as each attempt brings
     * something, and so often in a row when it brings nothing. */
    IDLE_ATTEMPTS = 2,
    ETAG_MAX = 200,
};

/* One attempt. */
struct attempt {
    struct download *download;
    int fd;
    uint64_t have;    /* bytes in the file */
    uint64_t from;    /* where this attempt began */
    uint64_t total;   /* 0: not known */
    int64_t start_ns; /* for the speed */
    int write_error;  /* errno */
    bool too_large;
    bool checked;     /* the status line was judged */
    bool refused;     /* the body is an error page, not the file */
    bool misplaced;   /* the server sends another part than was asked for */
    uint64_t part_at; /* where the part begins that it sends */
    CURL *curl;
    char etag[ETAG_MAX + 1];
    char old_etag[ETAG_MAX + 1];
    char reason[CURL_ERROR_SIZE];
};

static struct str etag_path(struct ctx *ctx, const char *path)
{
    return ctx_printf(ctx, "%s.etag", path);
}

void download_forget(struct ctx *ctx, const char *path)
{
    struct str etag = etag_path(ctx, path);

    unlink(path);
    if (etag.data)
        unlink(etag.data);
}

static size_t read_header(char *line, size_t size, size_t n, void *data)
{
    struct attempt *a = data;
    struct str header = {line, size * n};

    /* A redirect brings the headers of several answers; the last counts. */
    if (str_starts_nocase(header, STR("http/"))) {
        a->etag[0] = '\0';
        a->part_at = 0;
    }
    if (str_starts_nocase(header, STR("content-range: bytes "))) {
        struct str rest = str_slice(header, 21, header.len), start;
        str_next_field(&rest, '-', &start);
        str_to_u64(start, INT64_MAX, &a->part_at);
    }
    if (str_starts_nocase(header, STR("etag:"))) {
        struct str value = str_trim(str_slice(header, 5, header.len));
        /* A weak tag does not promise the same bytes. */
        if (value.len <= ETAG_MAX && value.len && value.data[0] == '"') {
            memcpy(a->etag, value.data, value.len);
            a->etag[value.len] = '\0';
        }
    }
    return size * n;
}

/* Decides at the first byte of the body whether it continues the file,
 * replaces it, or is no file at all. */
static bool judge_answer(struct attempt *a)
{
    curl_off_t length = -1;
    long code = 0;

    a->checked = true;
    curl_easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &code);
    curl_easy_getinfo(a->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    if (code != 200 && code != 206) {
        a->refused = true;
        return false;
    }
    if (code == 200 && a->have) {
        /* The server ignores Range, or the file has changed. */
        if (ftruncate(a->fd, 0) || lseek(a->fd, 0, SEEK_SET)) {
            a->write_error = errno;
            return false;
        }
        a->have = a->from = 0;
    }
    if (code == 206 && a->part_at != a->have) {
        a->misplaced = true;
        return false;
    }
    if (length >= 0)
        a->total = a->have + (uint64_t)length;
    if (a->total > a->download->max_bytes) {
        a->too_large = true;
        return false;
    }
    return true;
}

static size_t write_body(char *bytes, size_t size, size_t n, void *data)
{
    struct attempt *a = data;
    size_t len = size * n;

    if (!a->checked && !judge_answer(a))
        return 0;
    if (a->have + len > a->download->max_bytes) {
        a->too_large = true;
        return 0;
    }
    for (size_t done = 0; done < len;) {
        ssize_t wrote = write(a->fd, bytes + done, len - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0) {
            a->write_error = errno;
            return 0;
        }
        done += (size_t)wrote;
        a->have += (size_t)wrote;
    }
    return len;
}

static int show_progress(void *data, curl_off_t total, curl_off_t now,
                         curl_off_t up_total, curl_off_t up_now)
{
    struct attempt *a = data;
    char note[80] = "";
    double seconds = (double)(clock_monotonic_ns() - a->start_ns) / 1e9;
    double speed = seconds > 0.2 ? (double)(a->have - a->from) / seconds : 0;

    (void)total;
    (void)now;
    (void)up_total;
    (void)up_now;
    if (speed > 0 && a->total >= a->have)
        snprintf(note, sizeof(note), "%.1f of %.1f MB, %.1f MB/s, %.0f s left",
                 (double)a->have / 1e6, (double)a->total / 1e6, speed / 1e6,
                 (double)(a->total - a->have) / speed);
    terminal_progress(a->download->label, a->have, a->total, note);
    return 0;
}

/* Only a hub that is plain HTTP itself, such as a mirror in the house, may
 * send us to plain HTTP. */
static void set_protocols(CURL *curl, const char *url)
{
    bool plain = str_starts_nocase(str_of(url), STR("http://"));
    const char *allowed = plain ? "http,https" : "https";

    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, allowed);
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, allowed);
}

static void set_options(struct attempt *a)
{
    CURL *curl = a->curl;

    set_protocols(curl, a->download->url);
    curl_easy_setopt(curl, CURLOPT_URL, a->download->url);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES_S);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "resume-scorer/" RSC_VERSION);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, a->reason);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, read_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, a);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, write_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, a);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, show_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, a);
}

/* Remembers which version the bytes belong to. Losing that only costs a
 * download from the beginning, so a failure is none of ours. */
static void keep_etag(struct ctx *ctx, const struct attempt *a)
{
    struct str path = etag_path(ctx, a->download->path);
    FILE *file = path.data ? fopen(path.data, "we") : NULL;

    if (file) {
        fputs(a->etag, file);
        fclose(file);
    }
}

static void load_etag(struct ctx *ctx, struct attempt *a)
{
    struct str path = etag_path(ctx, a->download->path);
    FILE *file = path.data ? fopen(path.data, "re") : NULL;

    if (!file)
        return;
    size_t len = fread(a->old_etag, 1, ETAG_MAX, file);
    a->old_etag[len] = '\0';
    fclose(file);
}

/* Asks for the rest of a file that is partly here. Without a tag of it the
 * rest is asked for all the same: the hash decides in the end. */
static struct curl_slist *ask_for_rest(struct attempt *a)
{
    char line[ETAG_MAX + 32];

    if (a->have == 0)
        return NULL;
    snprintf(line, sizeof(line), "%llu-", (unsigned long long)a->have);
    curl_easy_setopt(a->curl, CURLOPT_RANGE, line);
    if (!a->old_etag[0])
        return NULL;
    snprintf(line, sizeof(line), "If-Range: %s", a->old_etag);
    struct curl_slist *headers = curl_slist_append(NULL, line);
    curl_easy_setopt(a->curl, CURLOPT_HTTPHEADER, headers);
    return headers;
}

static rsc_status explain(struct ctx *ctx, const struct attempt *a,
                          CURLcode result)
{
    const char *url = a->download->url;
    char text[128];
    long code = 0;

    curl_easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &code);
    if (a->write_error == ENOSPC || a->write_error == EDQUOT)
        return ctx_fail(ctx, RSC_EIO,
                        "the disk is full at %s; free %.0f MB or choose "
                        "another folder with --models",
                        a->download->path,
                        a->total > a->have
                            ? (double)(a->total - a->have) / 1e6 + 1
                            : 100.0);
    if (a->write_error)
        return ctx_fail(ctx, RSC_EIO, "cannot write %s: %s", a->download->path,
                        strerror_r(a->write_error, text, sizeof(text)));
    if (a->too_large)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "%s is larger than the %.0f MB that were expected", url,
                        (double)a->download->max_bytes / 1e6);
    if (a->refused || (code && code != 200 && code != 206))
        return ctx_fail(ctx, RSC_EIO, "%s answered with status %ld", url, code);
    return ctx_fail(ctx, RSC_EIO, "%s: %s", url,
                    a->reason[0] ? a->reason : curl_easy_strerror(result));
}

/* Whether the same request may do better: the connection was lost half-way. */
static bool is_lost(CURLcode result)
{
    return result == CURLE_PARTIAL_FILE || result == CURLE_RECV_ERROR ||
           result == CURLE_GOT_NOTHING || result == CURLE_HTTP2 ||
           result == CURLE_HTTP2_STREAM;
}

/* Runs one request; *again says whether another one makes sense. */
static rsc_status run_attempt(struct ctx *ctx, struct attempt *a, bool *again)
{
    long code = 0;

    a->checked = a->refused = a->misplaced = false;
    a->from = a->have;
    a->total = a->download->bytes;
    a->start_ns = clock_monotonic_ns();
    a->reason[0] = a->etag[0] = '\0';
    a->curl = curl_easy_init();
    if (!a->curl)
        return ctx_fail(ctx, RSC_ENOMEM, "the download cannot be started");
    load_etag(ctx, a);
    set_options(a);
    struct curl_slist *headers = ask_for_rest(a);
    CURLcode result = curl_easy_perform(a->curl);
    curl_easy_getinfo(a->curl, CURLINFO_RESPONSE_CODE, &code);
    a->download->http_status = code;
    terminal_clear_progress();
    if (a->checked && !a->refused && (a->etag[0] || code == 200))
        keep_etag(ctx, a);
    *again = is_lost(result);
    if (code == 416 || a->misplaced) {
        /* What is here is longer than the file, or is not continued. */
        *again = a->have > 0;
        a->have = ftruncate(a->fd, 0) ? a->have : 0;
        a->old_etag[0] = '\0';
        lseek(a->fd, 0, SEEK_SET);
        result = CURLE_RANGE_ERROR;
    }
    bool done = result == CURLE_OK && (code == 200 || code == 206);
    rsc_status st = done || *again ? RSC_OK : explain(ctx, a, result);
    if (*again)
        snprintf(a->reason, sizeof(a->reason), "%s",
                 "the connection was cut again and again; run the command "
                 "again to go on from where it stopped");
    curl_slist_free_all(headers);
    curl_easy_cleanup(a->curl);
    a->curl = NULL;
    return st;
}

static rsc_status run_attempts(struct ctx *ctx, struct attempt *a)
{
    int idle = 0;
    bool again = true;

    while (again) {
        uint64_t before = a->have;
        rsc_status st = run_attempt(ctx, a, &again);
        if (st)
            return st;
        idle = a->have > before ? 0 : idle + 1;
        if (again && idle > IDLE_ATTEMPTS)
            return ctx_fail(ctx, RSC_EIO, "%s: %s", a->download->url,
                            a->reason);
    }
    if (fsync(a->fd)) {
        a->write_error = errno;
        return ctx_fail(ctx, RSC_EIO, "cannot write %s: %s", a->download->path,
                        strerror(a->write_error));
    }
    return RSC_OK;
}

rsc_status download_file(struct ctx *ctx, struct download *download)
{
    struct attempt a = {.download = download};
    struct stat info;
    char text[128];

    download->resumed_at = 0;
    download->http_status = 0;
    a.fd = open(download->path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (a.fd < 0 || fstat(a.fd, &info)) {
        int error = errno;
        if (a.fd >= 0)
            close(a.fd);
        return ctx_fail(ctx, RSC_EIO, "cannot write %s: %s", download->path,
                        strerror_r(error, text, sizeof(text)));
    }
    a.have = download->resumed_at = (uint64_t)info.st_size;
    rsc_status st = RSC_OK;
    /* Complete already, and interrupted before it was put in place. */
    if (!download->bytes || a.have != download->bytes) {
        lseek(a.fd, 0, SEEK_END);
        st = run_attempts(ctx, &a);
    }
    close(a.fd);
    return st;
}
