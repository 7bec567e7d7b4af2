/* SPDX-License-Identifier: MIT */
/*
 * A file server for the tests of downloads, on the loopback address only:
 * `http_server ROOT` prints its port and serves until it is killed. The first
 * segments of a path say how it misbehaves:
 *
 *     /cut=1000/slow/a/b.bin     serves ROOT/a/b.bin
 *
 *     cut=N      closes the connection after N bytes of the body
 *     norange    ignores Range
 *     misplaced  answers Range with another part of the file
 *     wrong      changes the first byte
 *     redirect   sends the client on to the same path without `redirect`
 *     loop       sends the client on to the same path, for ever
 *     status=N   answers with that status and a short body
 *     slow       waits 20 ms before each 4 KB
 *     etag=X     the file's tag is X
 *
 * Each request is a line in ROOT/log: the path, and the range or "-".
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    HEAD_MAX = 8192,
    BLOCK = 4096,
};

struct request {
    char head[HEAD_MAX];
    char path[1024]; /* as it was asked for */
    const char *file;
    long cut, status; /* cut is -1 where nothing is cut */
    bool no_range, misplaced, wrong, redirect, loop, slow;
    char etag[64];
    long from; /* -1: the whole file */
};

static bool read_head(int client, struct request *r)
{
    size_t len = 0;

    while (len < sizeof(r->head) - 1) {
        ssize_t n = read(client, r->head + len, sizeof(r->head) - 1 - len);
        if (n <= 0)
            return false;
        len += (size_t)n;
        r->head[len] = '\0';
        if (strstr(r->head, "\r\n\r\n"))
            return true;
    }
    return false;
}

static void read_directive(struct request *r, const char *word, size_t len)
{
    char text[64];

    snprintf(text, sizeof(text), "%.*s", (int)len, word);
    if (!strncmp(text, "cut=", 4))
        r->cut = strtol(text + 4, NULL, 10);
    else if (!strncmp(text, "status=", 7))
        r->status = strtol(text + 7, NULL, 10);
    else if (!strncmp(text, "etag=", 5))
        snprintf(r->etag, sizeof(r->etag), "%.50s", text + 5);
    r->no_range |= !strcmp(text, "norange");
    r->misplaced |= !strcmp(text, "misplaced");
    r->wrong |= !strcmp(text, "wrong");
    r->redirect |= !strcmp(text, "redirect");
    r->loop |= !strcmp(text, "loop");
    r->slow |= !strcmp(text, "slow");
}

static bool is_directive(const char *word, size_t len)
{
    static const char *const plain[] = {"norange",  "misplaced", "wrong",
                                        "redirect", "loop",      "slow"};

    if (memchr(word, '=', len))
        return true;
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (strlen(plain[i]) == len && !memcmp(plain[i], word, len))
            return true;
    return false;
}

static bool parse(struct request *r)
{
    const char *start = r->head + 4, *end = strchr(start, ' ');
    const char *range;

    if (strncmp(r->head, "GET ", 4) != 0 || !end ||
        (size_t)(end - start) >= sizeof(r->path))
        return false;
    memcpy(r->path, start, (size_t)(end - start));
    r->path[end - start] = '\0';
    r->cut = r->from = -1;
    snprintf(r->etag, sizeof(r->etag), "first");
    r->file = r->path + 1;
    for (const char *slash; (slash = strchr(r->file, '/')) != NULL;) {
        if (!is_directive(r->file, (size_t)(slash - r->file)))
            break;
        read_directive(r, r->file, (size_t)(slash - r->file));
        r->file = slash + 1;
    }
    range = strcasestr(r->head, "\r\nrange: bytes=");
    if (range)
        r->from = strtol(range + 15, NULL, 10);
    return !strstr(r->file, "..");
}

/* If-Range with another tag asks for the whole file. */
static void compare_tags(struct request *r)
{
    const char *wanted = strcasestr(r->head, "\r\nif-range: \"");
    size_t len = strlen(r->etag);

    if (wanted &&
        (strncmp(wanted + 13, r->etag, len) != 0 || wanted[13 + len] != '"'))
        r->from = -1;
}

static void write_log(const struct request *r)
{
    char line[1200];
    int fd = open("log", O_WRONLY | O_CREAT | O_APPEND, 0644);
    int len = r->from < 0
                  ? snprintf(line, sizeof(line), "%s -\n", r->path)
                  : snprintf(line, sizeof(line), "%s %ld\n", r->path, r->from);

    if (fd >= 0 && write(fd, line, (size_t)len) != len)
        perror("log");
    if (fd >= 0)
        close(fd);
}

static void send_status(int client, long status, const char *location)
{
    dprintf(client,
            "HTTP/1.1 %ld Test\r\nContent-Length: 9\r\n%s%s%s"
            "Connection: close\r\n\r\nno luck.\n",
            status, location ? "Location: " : "", location ? location : "",
            location ? "\r\n" : "");
}

/* The path without its first "redirect/". */
static void send_redirect(int client, const struct request *r)
{
    char location[1024];
    const char *word = strstr(r->path, "redirect/");

    if (r->loop || !word)
        snprintf(location, sizeof(location), "%s", r->path);
    else
        snprintf(location, sizeof(location), "%.*s%s", (int)(word - r->path),
                 r->path, word + 9);
    send_status(client, 302, location);
}

static void send_body(int client, const struct request *r, int file, long left)
{
    const struct timespec pause = {0, 20000000};
    char block[BLOCK];
    ssize_t n;
    bool first = r->from <= 0;

    if (r->cut >= 0 && r->cut < left)
        left = r->cut;
    while (left > 0) {
        if (r->slow)
            nanosleep(&pause, NULL);
        n = read(file, block, left < BLOCK ? (size_t)left : BLOCK);
        if (n <= 0)
            return;
        if (first && r->wrong)
            block[0] ^= 1;
        first = false;
        if (write(client, block, (size_t)n) != n)
            return;
        left -= n;
    }
}

static void send_file(int client, struct request *r)
{
    struct stat info;
    int file = open(r->file, O_RDONLY);

    if (file < 0 || fstat(file, &info) || !S_ISREG(info.st_mode)) {
        send_status(client, 404, NULL);
        return;
    }
    long size = (long)info.st_size, start = 0;
    compare_tags(r);
    if (r->no_range)
        r->from = -1;
    if (r->from >= size) {
        send_status(client, 416, NULL);
        close(file);
        return;
    }
    if (r->from >= 0)
        start = r->misplaced ? r->from / 2 : r->from;
    dprintf(client, "HTTP/1.1 %s\r\nETag: \"%s\"\r\nContent-Length: %ld\r\n",
            r->from >= 0 ? "206 Partial Content" : "200 OK", r->etag,
            size - start);
    if (r->from >= 0)
        dprintf(client, "Content-Range: bytes %ld-%ld/%ld\r\n", start, size - 1,
                size);
    dprintf(client, "Connection: close\r\n\r\n");
    lseek(file, start, SEEK_SET);
    send_body(client, r, file, size - start);
    close(file);
}

static void serve(int client)
{
    struct request r = {0};

    if (!read_head(client, &r) || !parse(&r))
        return;
    write_log(&r);
    if (r.status)
        send_status(client, r.status, NULL);
    else if (r.redirect || r.loop)
        send_redirect(client, &r);
    else
        send_file(client, &r);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof(address);
    int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (argc != 2 || chdir(argv[1]) || server < 0 ||
        bind(server, (struct sockaddr *)&address, sizeof(address)) ||
        listen(server, 16) ||
        getsockname(server, (struct sockaddr *)&address, &len))
        return 1;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int client = accept(server, NULL, NULL);
        if (client < 0)
            continue;
        /* A process for each, so that a slow one keeps nobody waiting. */
        if (fork() == 0) {
            close(server);
            serve(client);
            shutdown(client, SHUT_WR);
            _exit(0);
        }
        close(client);
    }
}
