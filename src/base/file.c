/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static rsc_status fail_errno(struct ctx *ctx, const char *what,
                             const char *path)
{
    int error = errno;
    char text[128];

    /* strerror is not safe among threads; this is the GNU form. */
    return ctx_fail(ctx, RSC_EIO, "cannot %s %s: %s", what, path,
                    strerror_r(error, text, sizeof(text)));
}

static rsc_status too_large(struct ctx *ctx, const char *name, size_t max)
{
    return ctx_fail(ctx, RSC_ELIMIT, "%s is larger than the limit of %zu bytes",
                    name, max);
}

rsc_status file_read_fd(struct ctx *ctx, struct str *out, int fd,
                        const char *name, size_t max_bytes)
{
    struct stat info;
    size_t cap = (size_t)64 << 10;

    if (fstat(fd, &info))
        return fail_errno(ctx, "read", name);
    if (S_ISDIR(info.st_mode))
        return ctx_fail(ctx, RSC_EINVALID, "%s is a folder, not a file", name);
    if (S_ISREG(info.st_mode) && info.st_size >= 0) {
        if ((uint64_t)info.st_size > max_bytes)
            return too_large(ctx, name, max_bytes);
        cap = (size_t)info.st_size + 1;
    }
    char *data = ctx_alloc(ctx, cap);
    size_t len = 0;
    while (data) {
        ssize_t n = read(fd, data + len, cap - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(ctx, "read", name);
        if (n == 0)
            break;
        len += (size_t)n;
        if (len > max_bytes)
            return too_large(ctx, name, max_bytes);
        if (len == cap) {
            char *grown = ctx_alloc(ctx, cap * 2);
            if (grown)
                memcpy(grown, data, len);
            data = grown;
            cap *= 2;
        }
    }
    *out = (struct str){data, len};
    return ctx->error.status;
}

rsc_status file_read(struct ctx *ctx, struct str *out, const char *path,
                     size_t max_bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return fail_errno(ctx, "open", path);
    rsc_status st = file_read_fd(ctx, out, fd, path, max_bytes);
    close(fd);
    return st;
}

static rsc_status map_fd(struct ctx *ctx, struct file_map *out, int fd,
                         const char *path)
{
    struct stat info;

    if (fstat(fd, &info))
        return fail_errno(ctx, "read", path);
    if (!S_ISREG(info.st_mode))
        return ctx_fail(ctx, RSC_EINVALID, "%s is not a regular file", path);
    if (info.st_size == 0)
        return RSC_OK;
    void *data =
        mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED)
        return fail_errno(ctx, "map", path);
    *out = (struct file_map){data, (size_t)info.st_size, fd};
    return RSC_OK;
}

rsc_status file_map_open(struct ctx *ctx, struct file_map *out,
                         const char *path)
{
    *out = (struct file_map){NULL, 0, -1};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(ctx, "open", path);
    rsc_status st = map_fd(ctx, out, fd, path);
    if (!out->data)
        close(fd);
    return st;
}

void file_map_close(struct file_map *map)
{
    if (map && map->data) {
        munmap((void *)(uintptr_t)map->data, map->len);
        close(map->fd);
    }
    if (map)
        *map = (struct file_map){NULL, 0, -1};
}

void file_map_copy(const struct file_map *map, void *out, const void *from,
                   size_t n)
{
    if (map->data) {
        off_t at = (const unsigned char *)from - map->data;
        if (pread(map->fd, out, n, at) == (ssize_t)n)
            return;
    }
    memcpy(out, from, n);
}

static bool write_all(int fd, struct str content)
{
    while (content.len) {
        ssize_t n = write(fd, content.data, content.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        content = str_slice(content, (size_t)n, content.len);
    }
    return true;
}

/* A device or a pipe is written to; a rename would put a file in its place. */
static rsc_status write_special(struct ctx *ctx, const char *path,
                                struct str content)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, content);

    if (!ok)
        fail_errno(ctx, "write", path);
    if (fd >= 0)
        close(fd);
    return ctx->error.status;
}

rsc_status file_replace(struct ctx *ctx, const char *path, struct str content)
{
    struct stat info;

    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return write_special(ctx, path, content);
    struct str name = ctx_printf(ctx, "%s.XXXXXX", path);

    if (!name.data)
        return ctx->error.status;
    char *temporary = (char *)(uintptr_t)name.data;
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return fail_errno(ctx, "write", path);
    /* mkostemp makes it private; the result is as a plain file would be. */
    bool ok = write_all(fd, content) && !fchmod(fd, 0644) && !fsync(fd);
    if (!ok)
        fail_errno(ctx, "write", path);
    close(fd);
    if (ok && rename(temporary, path)) {
        fail_errno(ctx, "replace", path);
        ok = false;
    }
    if (!ok)
        unlink(temporary);
    return ctx->error.status;
}
