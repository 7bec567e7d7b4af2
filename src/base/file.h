/* SPDX-License-Identifier: MIT */
#ifndef RSC_FILE_H
#define RSC_FILE_H

/* Whole files: read with a cap, mapped read-only, replaced atomically. */

#include "base/ctx.h"

struct file_map {
    const unsigned char *data;
    size_t len;
    int fd; /* open as long as data is there */
};

/* Reads all of the file into the arena. A file above max_bytes fails with
 * RSC_ELIMIT, anything but a regular file or a pipe with RSC_EINVALID, an
 * error of the system with RSC_EIO; each message names the path. */
rsc_status file_read(struct ctx *ctx, struct str *out, const char *path,
                     size_t max_bytes);
/* The same from an open descriptor; `name` is for messages. */
rsc_status file_read_fd(struct ctx *ctx, struct str *out, int fd,
                        const char *name, size_t max_bytes);

/* Maps a regular file read-only. An empty file gives len 0 and data NULL. */
rsc_status file_map_open(struct ctx *ctx, struct file_map *out,
                         const char *path);
void file_map_close(struct file_map *map);
/* Copies n bytes of the map. They are read from the file, so that no page
 * becomes resident: a system may map a large piece at the first touch. Of a
 * map without a file, or where reading fails, memory is copied. */
void file_map_copy(const struct file_map *map, void *out, const void *from,
                   size_t n);

/* Writes to a temporary name beside path, syncs, and renames over path, so
 * that readers see the old or the new content and never a part. A device or a
 * pipe is written to as it is. */
rsc_status file_replace(struct ctx *ctx, const char *path, struct str content);

#endif
