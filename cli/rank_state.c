/* SPDX-License-Identifier: MIT */
#include "rank_state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/vec.h"
#include "server/jansson_names.h"

/* A result with all its evidence is far below. */
#define LINE_BYTES ((size_t)64 << 20)
/* What stands before a result; in a text its quotes would be escaped. */
#define RESULT_KEY STR(",\"result\":{")

struct reader {
    struct rank_state *state;
    VEC(struct rank_done *) done;
    size_t n_lines, n_ours;
    const char *as_of;
};

static rsc_status fail(struct ctx *ctx, const char *path, const char *what)
{
    return ctx_fail(ctx, RSC_EIO, "%s: cannot %s: %s",
                    path ? path : "the temporary file", what, strerror(errno));
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static rsc_status status_of(const char *name)
{
    for (int i = RSC_ENOMEM; i < RSC_EINTERNAL; i++)
        if (strcmp(rsc_status_name((rsc_status)i), name) == 0)
            return (rsc_status)i;
    return RSC_EINTERNAL;
}

/* Adds the line that `head` tells of; its result is at `at`. */
static rsc_status add_done(struct reader *r, const json_t *head, uint64_t at)
{
    struct ctx *ctx = r->state->ctx;
    const json_t *error = json_object_get(head, "error");
    struct rank_done *one = ctx_calloc(ctx, 1, sizeof(*one));
    struct rank_done **slot = one ? vec_push(ctx, &r->done) : NULL;

    if (!slot)
        return ctx->error.status;
    *slot = one;
    one->path = ctx_copy(ctx, str_of(text_at(head, "file"))).data;
    snprintf(one->sha256.text, sizeof(one->sha256.text), "%s",
             text_at(head, "sha256"));
    one->at = at;
    one->len = (size_t)json_integer_value(json_object_get(head, "bytes"));
    if (error) {
        one->err.status = status_of(text_at(error, "code"));
        snprintf(one->err.message, sizeof(one->err.message), "%s",
                 text_at(error, "message"));
    }
    return ctx->error.status;
}

/* Only the head of a line is read as JSON; a result is read when it is
 * needed. */
static rsc_status read_line(struct reader *r, struct str line, uint64_t start)
{
    size_t key = str_find(line, RESULT_KEY, 0);
    size_t at = key == SIZE_MAX ? 0 : key + RESULT_KEY.len - 1;
    struct buf buf;
    rsc_status st = RSC_OK;

    r->n_lines += line.len > 0;
    buf_init(&buf, r->state->ctx->arena.mem, LINE_BYTES);
    buf_put(&buf, key == SIZE_MAX ? line : str_slice(line, 0, key));
    if (key != SIZE_MAX)
        buf_put_char(&buf, '}');
    json_t *head = json_loadb(buf_str(&buf).data, buf.len, 0, NULL);
    buf_clear(&buf);
    json_int_t bytes = json_integer_value(json_object_get(head, "bytes"));
    bool is_ours = json_is_string(json_object_get(head, "question"));
    bool is_whole = key == SIZE_MAX
                        ? json_object_get(head, "error") != NULL
                        : bytes > 0 && at + (size_t)bytes + 1 == line.len;
    r->n_ours += is_ours;
    if (is_ours && is_whole &&
        strcmp(text_at(head, "question"), r->state->question) == 0) {
        const char *as_of = text_at(head, "as_of");
        /* A run goes on with the day that it was begun on. */
        if (!r->as_of)
            r->as_of = ctx_copy(r->state->ctx, str_of(as_of)).data;
        if (r->as_of && strcmp(r->as_of, as_of) == 0)
            st = add_done(r, head, start + at);
    }
    json_decref(head);
    return st;
}

static int by_path(const void *a, const void *b)
{
    const struct rank_done *x = *(struct rank_done *const *)a;
    const struct rank_done *y = *(struct rank_done *const *)b;
    int order = strcmp(x->path, y->path);

    return order ? order : strcmp(x->sha256.text, y->sha256.text);
}

static rsc_status read_lines(struct reader *r, struct str text)
{
    struct str rest = text, line;
    rsc_status st = RSC_OK;

    while (!st && str_next_line(&rest, &line))
        st = read_line(r, line, (uint64_t)(line.data - text.data));
    if (!st && r->n_lines && !r->n_ours)
        st = ctx_fail(r->state->ctx, RSC_EINVALID,
                      "%s is no state of rank; it was left as it is",
                      r->state->path);
    return st;
}

static rsc_status read_file(struct rank_state *state)
{
    struct reader r = {.state = state, .as_of = state->as_of};
    struct file_map map;
    rsc_status st = file_map_open(state->ctx, &map, state->path);

    if (st)
        return st;
    struct str text = {(const char *)map.data, map.len};
    state->size = map.len;
    bool is_torn = text.len && text.data[text.len - 1] != '\n';
    if (text.len)
        st = read_lines(&r, text);
    file_map_close(&map);
    if (!st && is_torn) {
        if (write(state->fd, "\n", 1) != 1)
            return fail(state->ctx, state->path, "write");
        state->size++;
    }
    state->as_of = r.as_of;
    state->done = r.done.items;
    state->n_done = r.done.len;
    if (state->n_done)
        qsort(state->done, state->n_done, sizeof(state->done[0]), by_path);
    return st;
}

/* In a folder for such files, without a name; else in memory. */
static int open_hidden(void)
{
    const char *given = getenv("TMPDIR");
    const char *const folders[] = {given && given[0] ? given : "/tmp", "/tmp",
                                   "/var/tmp"};

    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        int fd = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (fd >= 0)
            return fd;
    }
    return memfd_create("rank", MFD_CLOEXEC);
}

rsc_status rank_state_open(struct ctx *ctx, struct rank_state *out,
                           const char *path, const char *question,
                           const char *as_of)
{
    *out = (struct rank_state){
        .ctx = ctx, .path = path, .question = question, .as_of = as_of};
    out->fd = path ? open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600)
                   : open_hidden();
    if (out->fd < 0)
        return fail(ctx, path, "open");
    if (!path)
        return RSC_OK;
    if (flock(out->fd, LOCK_EX | LOCK_NB))
        return ctx_fail(ctx, RSC_EINVALID,
                        "another process is using %s; give each run a state "
                        "of its own",
                        path);
    return read_file(out);
}

void rank_state_close(struct rank_state *state)
{
    if (state->ctx && state->fd >= 0)
        close(state->fd);
}

const struct rank_done *rank_state_find(const struct rank_state *state,
                                        const char *path,
                                        const struct sha256_hex *sha256)
{
    struct rank_done key = {.path = path, .sha256 = *sha256};
    struct rank_done *wanted = &key;

    if (!state->n_done)
        return NULL;
    struct rank_done **found = bsearch(&wanted, state->done, state->n_done,
                                       sizeof(state->done[0]), by_path);
    return found ? *found : NULL;
}

static void begin_line(struct rank_state *state, struct json *j,
                       const char *path, const struct sha256_hex *sha256)
{
    json_open(j, '{');
    json_put_str(j, "file", str_of(path));
    json_put_str(j, "sha256", str_of(sha256->text));
    json_put_str(j, "question", str_of(state->question));
    json_put_str(j, "as_of", str_of(state->as_of));
}

/* One write a line, so that a line is there as a whole or, at the end of the
 * file, in part. */
static rsc_status append(struct rank_state *state, struct buf *line)
{
    rsc_status st = RSC_OK;
    size_t done = 0;

    buf_put_char(line, '\n');
    if (line->failed)
        st = ctx_fail(state->ctx, RSC_ENOMEM, "out of memory");
    while (!st && done < line->len) {
        ssize_t n = write(state->fd, line->data + done, line->len - done);
        if (n < 0 && errno != EINTR)
            st = fail(state->ctx, state->path, "write");
        done += n > 0 ? (size_t)n : 0;
    }
    state->size += done;
    buf_clear(line);
    return st;
}

/* Indentation goes: a line end inside of a text would be escaped. */
static void put_folded(struct buf *out, struct str json)
{
    for (size_t i = 0; i < json.len; i++) {
        if (json.data[i] != '\n') {
            buf_put_char(out, json.data[i]);
            continue;
        }
        while (i + 1 < json.len && json.data[i + 1] == ' ')
            i++;
    }
}

rsc_status rank_state_put(struct rank_state *state, const char *path,
                          const struct sha256_hex *sha256, struct str result,
                          uint64_t *at, size_t *len)
{
    struct buf line, folded;
    struct json j = json_to(&line, 0);

    buf_init(&folded, state->ctx->arena.mem, LINE_BYTES);
    put_folded(&folded, result);
    buf_init(&line, state->ctx->arena.mem, LINE_BYTES);
    begin_line(state, &j, path, sha256);
    json_put_int(&j, "bytes", (int64_t)folded.len);
    json_key(&j, "result");
    *at = state->size + line.len;
    *len = folded.len;
    json_raw(&j, buf_str(&folded));
    json_close(&j, '}');
    line.failed = line.failed || folded.failed;
    buf_clear(&folded);
    return append(state, &line);
}

static bool is_passing(rsc_status status)
{
    return status == RSC_ENOMEM || status == RSC_EIO ||
           status == RSC_ETIMEOUT || status == RSC_ECANCELLED ||
           status == RSC_EINTERNAL;
}

rsc_status rank_state_put_error(struct rank_state *state, const char *path,
                                const struct sha256_hex *sha256,
                                const rsc_error *err)
{
    struct buf line;
    struct json j = json_to(&line, 0);

    if (is_passing(err->status))
        return RSC_OK;
    buf_init(&line, state->ctx->arena.mem, LINE_BYTES);
    begin_line(state, &j, path, sha256);
    json_put_int(&j, "bytes", 0);
    json_key(&j, "error");
    json_open(&j, '{');
    json_put_str(&j, "code", str_of(rsc_status_name(err->status)));
    json_put_str(&j, "message", str_of(err->message));
    json_close(&j, '}');
    json_close(&j, '}');
    return append(state, &line);
}

rsc_status rank_state_read(const struct rank_state *state, rsc_result **out,
                           uint64_t at, size_t len, rsc_error *err)
{
    struct buf buf;
    size_t done = 0;
    rsc_status st = RSC_OK;

    *out = NULL;
    buf_init(&buf, state->ctx->arena.mem, LINE_BYTES);
    while (done < len && !buf.failed) {
        char chunk[16384];
        size_t want = len - done < sizeof(chunk) ? len - done : sizeof(chunk);
        ssize_t n = pread(state->fd, chunk, want, (off_t)(at + done));
        if (n <= 0 && errno != EINTR)
            break;
        buf_put_bytes(&buf, chunk, n > 0 ? (size_t)n : 0);
        done += n > 0 ? (size_t)n : 0;
    }
    if (done < len || buf.failed) {
        *err = (rsc_error){.status = RSC_EIO};
        snprintf(err->message, sizeof(err->message),
                 "a kept result cannot be read back");
        st = RSC_EIO;
    } else {
        st = rsc_result_read(out, buf.data, buf.len, err);
    }
    buf_clear(&buf);
    return st;
}
