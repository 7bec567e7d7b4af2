/* SPDX-License-Identifier: MIT */
#include "pip.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "terminal.h"

extern char **environ;

/* How pip may be called; the first that answers is used. */
static const char *const callers[][4] = {
    {"python3", "-m", "pip", NULL},
    {"pip3", NULL},
    {"python", "-m", "pip", NULL},
};

enum {
    MAX_ARGS = 24,
    LOG_BYTES = 1 << 20,
};

/* Runs a program, both its streams into the descriptor `out`; returns its exit
 * code, or -1 where it cannot be run. */
static int run(const char *const *args, int out)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status, error;

    if (posix_spawn_file_actions_init(&actions))
        return -1;
    error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
                                             "/dev/null", O_RDONLY, 0);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (!error)
        error = posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    if (!error)
        error = posix_spawnp(&pid, args[0], &actions, NULL,
                             (char *const *)(uintptr_t)args, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error)
        return -1;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static size_t put_caller(const char **args, size_t which)
{
    size_t n = 0;

    for (; callers[which][n]; n++)
        args[n] = callers[which][n];
    return n;
}

/* The index of a pip that answers, or SIZE_MAX. */
static size_t find_pip(int quiet)
{
    const char *args[MAX_ARGS];

    for (size_t i = 0; i < sizeof(callers) / sizeof(callers[0]); i++) {
        size_t n = put_caller(args, i);
        args[n++] = "--version";
        args[n] = NULL;
        if (run(args, quiet) == 0)
            return i;
    }
    return SIZE_MAX;
}

/* The last line that says something; pip's errors end with it. */
static struct str last_line(struct ctx *ctx, int log)
{
    struct str text, line, last = STR("it gave no reason"), error = STR_NONE;

    lseek(log, 0, SEEK_SET);
    if (file_read_fd(ctx, &text, log, "pip's messages", LOG_BYTES))
        return last;
    while (str_next_line(&text, &line)) {
        line = str_trim(line);
        if (str_starts(line, STR("ERROR:")))
            error = str_trim(str_slice(line, 6, line.len));
        if (line.len)
            last = line;
    }
    return error.data ? error : last;
}

/* Its name is pip's business; there is only one. */
static struct str find_wheel(struct ctx *ctx, const char *folder)
{
    struct str found = STR_NONE;
    DIR *dir = opendir(folder);

    for (struct dirent *e; dir && (e = readdir(dir));)
        if (str_ends(str_of(e->d_name), STR(".whl")))
            found = ctx_printf(ctx, "%s/%s", folder, e->d_name);
    if (dir)
        closedir(dir);
    return found;
}

/* A file without a name, for what pip says. */
static int open_log(struct ctx *ctx, const char *folder)
{
    struct str path = ctx_printf(ctx, "%s/pip.XXXXXX", folder);
    int fd = path.data ? mkostemp((char *)(uintptr_t)path.data, O_CLOEXEC) : -1;

    if (fd >= 0)
        unlink(path.data);
    return fd;
}

rsc_status pip_download(struct ctx *ctx, struct str *wheel, struct str package,
                        struct str version, const char *into)
{
    struct str what =
        ctx_printf(ctx, "%.*s==%.*s", STR_ARG(package), STR_ARG(version));
    const char *args[MAX_ARGS];
    int log = open_log(ctx, into);

    if (log < 0 || !what.data)
        return ctx_fail(ctx, RSC_EIO, "cannot write in %s", into);
    size_t which = find_pip(log);
    if (which == SIZE_MAX) {
        close(log);
        return ctx_fail(ctx, RSC_EIO,
                        "there is no pip here (looked for python3 -m pip and "
                        "pip3); on Debian: apt-get install python3-pip");
    }
    size_t n = put_caller(args, which);
    const char *const rest[] = {"download",
                                "--no-deps",
                                "--only-binary",
                                ":all:",
                                "--no-input",
                                "--disable-pip-version-check",
                                "--no-cache-dir",
                                "--retries",
                                "2",
                                "--timeout",
                                "15",
                                "--dest",
                                into,
                                what.data,
                                NULL};
    for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++)
        args[n + i] = rest[i];
    if (ftruncate(log, 0))
        lseek(log, 0, SEEK_END);
    /* On a terminal pip draws its own bar. */
    bool seen = terminal_is_tty(stderr);
    int code = run(args, seen ? STDERR_FILENO : log);
    if (code != 0) {
        struct str why = seen ? STR("see above") : last_line(ctx, log);
        ctx_fail(ctx, RSC_EIO, "pip could not download %s: %.*s", what.data,
                 STR_ARG(why));
    } else {
        *wheel = find_wheel(ctx, into);
        if (!wheel->data)
            ctx_fail(ctx, RSC_EIO, "pip left no wheel of %s", what.data);
    }
    close(log);
    return ctx->error.status;
}
