/* SPDX-License-Identifier: MIT */
#include "extract/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"

/* How often a waiting request looks whether it was cancelled. */
#define TICK_MS 50
/* First and later pieces of the answer's buffer. */
#define PIECE_BYTES ((size_t)64 << 10)

static rsc_status system_error(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, RSC_EIO, "cannot start the extraction helper: %s: %s",
                    what, strerrordesc_np(errno));
}

/* The file as a descriptor that holds nothing but these bytes. */
static int open_bytes(struct str bytes)
{
    int fd = memfd_create("document", MFD_CLOEXEC);
    size_t done = 0;

    while (fd >= 0 && done < bytes.len) {
        ssize_t n = write(fd, bytes.data + done, bytes.len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/* The helper's command line, with room for its numbers. */
struct command {
    char text[5][48];
    char *argv[8];
};

/* Converters of character sets are of use for RTF and for text that is not
 * UTF-8. To load them costs as much as to read a short document. */
static bool needs_charsets(struct str bytes)
{
    if (str_starts(bytes, STR("%PDF-")) || str_starts(bytes, STR("PK\3\4")))
        return false;
    return str_starts(bytes, STR("{\\rtf")) ||
           utf8_valid_len(bytes) < bytes.len;
}

static void fill_command(struct command *c, const struct extract_options *o,
                         const struct str *bytes)
{
    unsigned seconds = o->timeout_ms / 1000 + 1;
    size_t n = 0;

    snprintf(c->text[0], sizeof(c->text[0]), "--max-bytes=%zu", o->max_bytes);
    snprintf(c->text[1], sizeof(c->text[1]), "--max-pages=%u", o->max_pages);
    snprintf(c->text[2], sizeof(c->text[2]), "--max-chars=%zu", o->max_chars);
    snprintf(c->text[3], sizeof(c->text[3]), "--memory=%zu", o->memory_bytes);
    snprintf(c->text[4], sizeof(c->text[4]), "--cpu=%u", seconds);
    c->argv[n++] = (char *)(uintptr_t) "resume-scorer-extract";
    for (int i = 0; i < 5; i++)
        c->argv[n++] = c->text[i];
    if (!bytes)
        c->argv[n++] = (char *)(uintptr_t) "--probe";
    else if (bytes->len <= o->max_bytes && !needs_charsets(*bytes))
        c->argv[n++] = (char *)(uintptr_t) "--no-charsets";
    c->argv[n] = NULL;
}

/* Descriptors 0, 1 and 2 for the child; signals as a fresh process has them.
 * Everything else of ours is close-on-exec. */
static int spawn(struct helper *h, struct command *command, int input,
                 int output, bool keep_diagnostics)
{
    static char *const no_environment[] = {NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t all, none;

    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_init(&files);
    if (input >= 0)
        posix_spawn_file_actions_adddup2(&files, input, 0);
    else
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, output, 1);
    if (!keep_diagnostics)
        posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
#if defined(__GLIBC__)
    /* A host may have opened files without close-on-exec. Elsewhere the
     * helper closes them itself before it reads. */
    posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
    int error = posix_spawn(&h->pid, h->path, &files, &attributes,
                            command->argv, no_environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static rsc_status start(struct ctx *ctx, struct helper *h,
                        const struct extract_options *options,
                        const struct str *bytes, int input)
{
    struct command command;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC))
        return system_error(ctx, "pipe");
    /* A dup2 onto itself would keep close-on-exec: a host that runs without
     * standard streams may have given us the numbers 0 to 2. */
    int output = fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
    close(ends[1]);
    h->pipe = ends[0];
    if (output < 0)
        return system_error(ctx, "descriptors");
    fill_command(&command, options, bytes);
    int error = spawn(h, &command, input, output, options->keep_diagnostics);
    close(output);
    if (error) {
        h->pid = -1;
        return ctx_fail(ctx, RSC_EIO,
                        "cannot start the extraction helper %s: %s; install "
                        "it beside resume-scorer or name its path",
                        h->path, strerrordesc_np(error));
    }
    fcntl(h->pipe, F_SETFL, O_NONBLOCK);
    return RSC_OK;
}

rsc_status helper_open(struct ctx *ctx, struct helper *out,
                       const struct extract_options *options,
                       const struct str *bytes)
{
    int input = -1;

    *out =
        (struct helper){.path = options->helper,
                        .pid = -1,
                        .pipe = -1,
                        .wait_status = -1,
                        .deadline_ns = clock_monotonic_ns() +
                                       options->timeout_ms * INT64_C(1000000)};
    if (!options->helper)
        return ctx_fail(ctx, RSC_EINVALID,
                        "no path of the extraction helper was given");
    if (ctx->deadline_ns < out->deadline_ns)
        out->deadline_ns = ctx->deadline_ns;
    if (bytes) {
        int fd = open_bytes(*bytes);
        input = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
        if (fd >= 0)
            close(fd);
        if (input < 0)
            return system_error(ctx, "memory for the file");
    }
    rsc_status st = start(ctx, out, options, bytes, input);
    if (input >= 0)
        close(input);
    if (st)
        helper_close(out);
    return st;
}

/* Milliseconds until something must be looked at; 0 when it is late. */
static int patience_ms(struct ctx *ctx, const struct helper *h)
{
    int64_t left = h->deadline_ns - clock_monotonic_ns();

    if (left <= 0 || (ctx->cancelled && atomic_load(ctx->cancelled)))
        return 0;
    if (left > TICK_MS * INT64_C(1000000))
        return TICK_MS;
    return (int)(left / 1000000) + 1;
}

/* The answer in the arena: doubles while it grows. */
struct answer {
    char *data;
    size_t len, cap;
};

static bool make_room(struct ctx *ctx, struct answer *a)
{
    if (a->len < a->cap)
        return true;
    size_t cap = a->cap ? a->cap * 2 : PIECE_BYTES;
    char *data = ctx_alloc(ctx, cap);
    if (!data)
        return false;
    if (a->len)
        memcpy(data, a->data, a->len);
    a->data = data;
    a->cap = cap;
    return true;
}

enum piece {
    PIECE_MORE,
    PIECE_LATER,
    PIECE_END,
    PIECE_FAILED
};

static enum piece read_piece(struct ctx *ctx, struct helper *h,
                             struct answer *a)
{
    if (!make_room(ctx, a))
        return PIECE_FAILED;
    ssize_t n = read(h->pipe, a->data + a->len, a->cap - a->len);
    if (n > 0) {
        a->len += (size_t)n;
        return PIECE_MORE;
    }
    if (n == 0)
        return PIECE_END;
    if (errno == EAGAIN || errno == EINTR)
        return PIECE_LATER;
    ctx_fail(ctx, RSC_EIO, "cannot read from the extraction helper: %s",
             strerrordesc_np(errno));
    return PIECE_FAILED;
}

/* Waits for the end of a helper that closed its pipe. True when it ended. */
static bool reap(struct ctx *ctx, struct helper *h)
{
    struct timespec pause = {.tv_nsec = 200000};

    for (;;) {
        int status;
        pid_t pid = waitpid(h->pid, &status, WNOHANG);
        if (pid == h->pid || (pid < 0 && errno != EINTR)) {
            /* A host that ignores SIGCHLD takes the status away. */
            h->wait_status = pid == h->pid ? status : -1;
            h->pid = -1;
            return true;
        }
        if (patience_ms(ctx, h) == 0)
            return false;
        nanosleep(&pause, NULL);
        if (pause.tv_nsec < 20000000)
            pause.tv_nsec *= 2;
    }
}

enum helper_ending helper_run(struct ctx *ctx, struct helper *h,
                              struct str *answer)
{
    struct answer a = {0};
    struct pollfd poll_pipe = {.fd = h->pipe, .events = POLLIN};

    for (;;) {
        int wait_ms = patience_ms(ctx, h);
        if (wait_ms == 0)
            return HELPER_LATE;
        if (poll(&poll_pipe, 1, wait_ms) <= 0)
            continue;
        enum piece piece = read_piece(ctx, h, &a);
        *answer = (struct str){a.data, a.len};
        if (a.len > WIRE_MAX_BYTES)
            return HELPER_TALKATIVE;
        if (piece == PIECE_MORE && wire_is_complete(*answer))
            return HELPER_ANSWERED;
        if (piece == PIECE_FAILED)
            return HELPER_FAILED;
        if (piece == PIECE_END)
            return reap(ctx, h) ? HELPER_ENDED : HELPER_LATE;
    }
}

void helper_close(struct helper *h)
{
    if (h->pipe >= 0)
        close(h->pipe);
    h->pipe = -1;
    if (h->pid < 0)
        return;
    kill(h->pid, SIGKILL);
    while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    h->pid = -1;
}
