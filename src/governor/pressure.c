/* SPDX-License-Identifier: MIT */
#include "governor/pressure.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* v1 says "no limit" with a number near 2^63, rounded to pages. */
#define NO_LIMIT ((uint64_t)1 << 62)

/* Reads a small file whole; an empty string when that cannot be done. */
static size_t slurp(const char *path, char *text, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t len = 0;
    ssize_t n;

    while (fd >= 0 && len + 1 < size &&
           (n = read(fd, text + len, size - 1 - len)) > 0)
        len += (size_t)n;
    if (fd >= 0)
        close(fd);
    text[len] = '\0';
    return len;
}

/* The number in a file of one number; false for "max" and no file. */
static bool read_number(const char *folder, const char *name, uint64_t *out)
{
    char path[600], text[64];

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (slurp(path, text, sizeof(text)) == 0 || !isdigit((unsigned char)*text))
        return false;
    *out = strtoull(text, NULL, 10);
    return *out < NO_LIMIT;
}

/* The number behind "name " at the start of a line; 0 if it is not there. */
static uint64_t field(const char *text, const char *name)
{
    size_t len = strlen(name);

    while (text && *text) {
        if (strncmp(text, name, len) == 0 &&
            (text[len] == ' ' || text[len] == ':'))
            return strtoull(text + len + 1, NULL, 10);
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return 0;
}

struct group {
    bool is_v2;
    char folder[512]; /* where the tightest limit stands */
    char own[512];    /* our own group, the first that exists */
    uint64_t limit;   /* 0 for none */
};

static void take_limit(struct group *group, const char *folder)
{
    uint64_t limit = 0, high = 0;

    if (group->is_v2) {
        if (!read_number(folder, "memory.max", &limit))
            limit = 0;
        if (read_number(folder, "memory.high", &high) && high &&
            (!limit || high < limit))
            limit = high;
    } else if (!read_number(folder, "memory.limit_in_bytes", &limit)) {
        limit = 0;
    }
    if (!limit || (group->limit && limit >= group->limit))
        return;
    group->limit = limit;
    snprintf(group->folder, sizeof(group->folder), "%s", folder);
}

/* Walks from a group up to its mount. A container often sees its own group as
 * the mount itself while /proc names the host's path; folders that are not
 * there are passed over. */
static void walk_up(struct group *group, const char *mount, const char *path)
{
    char folder[512];
    size_t stop = strlen(mount);

    if ((size_t)snprintf(folder, sizeof(folder), "%s%s", mount, path) >=
        sizeof(folder))
        return;
    for (size_t end = strlen(folder); end >= stop;) {
        folder[end] = '\0';
        if (access(folder, R_OK) == 0) {
            if (!group->own[0])
                snprintf(group->own, sizeof(group->own), "%s", folder);
            take_limit(group, folder);
        }
        if (end == stop)
            break;
        while (end > stop && folder[end - 1] != '/')
            end--;
        end -= end > stop;
    }
}

/* Lines of /proc/self/cgroup are "id:controllers:path". */
static void find_groups(const char *root, struct group *v1, struct group *v2)
{
    char path[512], text[4096];
    char *save = NULL;

    v2->is_v2 = true;
    snprintf(path, sizeof(path), "%s/proc/self/cgroup", root);
    slurp(path, text, sizeof(text));
    for (char *line = strtok_r(text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        char *controllers = strchr(line, ':');
        char *group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group)
            continue;
        *group++ = '\0';
        controllers++;
        if (strcmp(controllers, "memory") == 0) {
            snprintf(path, sizeof(path), "%s/sys/fs/cgroup/memory", root);
            walk_up(v1, path, group);
        } else if (!*controllers) {
            snprintf(path, sizeof(path), "%s/sys/fs/cgroup", root);
            walk_up(v2, path, group);
        }
    }
}

/* Usage without the pages of files. false where the group tells nothing. */
static bool read_use(const struct group *group, const char *folder,
                     struct pressure *out)
{
    char path[600], text[8192];
    uint64_t usage;

    if (!read_number(folder,
                     group->is_v2 ? "memory.current" : "memory.usage_in_bytes",
                     &usage))
        return false;
    snprintf(path, sizeof(path), "%s/memory.stat", folder);
    slurp(path, text, sizeof(text));
    out->file = group->is_v2
                    ? field(text, "active_file") + field(text, "inactive_file")
                    : field(text, "total_active_file") +
                          field(text, "total_inactive_file");
    /* The counters are not read at one moment. */
    out->use = usage > out->file ? usage - out->file : 0;
    return true;
}

static void read_machine(struct pressure *out, const char *root)
{
    char path[512], text[4096];

    snprintf(path, sizeof(path), "%s/proc/meminfo", root);
    slurp(path, text, sizeof(text));
    out->total = field(text, "MemTotal") * 1024;
    out->available = field(text, "MemAvailable") * 1024;
}

static void read_process(struct pressure *out, const char *root)
{
    char path[512], text[4096];

    snprintf(path, sizeof(path), "%s/proc/self/status", root);
    slurp(path, text, sizeof(text));
    out->rss = field(text, "VmRSS") * 1024;
    out->anon = (field(text, "RssAnon") + field(text, "RssShmem")) * 1024;
    out->mapped = field(text, "RssFile") * 1024;
}

/* Our helpers live for one document, so this finds one or none. */
static uint64_t read_children(const char *root)
{
    char path[512], text[4096], list[4096], *save = NULL;
    uint64_t sum = 0;

    snprintf(path, sizeof(path), "%s/proc/self/task", root);
    DIR *tasks = opendir(path);
    struct dirent *task;
    while (tasks && (task = readdir(tasks))) {
        if (!isdigit((unsigned char)task->d_name[0]))
            continue;
        snprintf(path, sizeof(path), "%s/proc/self/task/%.20s/children", root,
                 task->d_name);
        slurp(path, list, sizeof(list));
        for (char *pid = strtok_r(list, " ", &save); pid;
             pid = strtok_r(NULL, " ", &save)) {
            snprintf(path, sizeof(path), "%s/proc/%.20s/status", root, pid);
            slurp(path, text, sizeof(text));
            sum += (field(text, "RssAnon") + field(text, "RssShmem")) * 1024;
        }
    }
    if (tasks)
        closedir(tasks);
    return sum;
}

/* "some avg10=1.23 avg60=..."; the group's own file first. */
static bool read_stall(const char *path, unsigned *centi)
{
    char text[512];
    unsigned whole, part;

    slurp(path, text, sizeof(text));
    char *value =
        strncmp(text, "some ", 5) == 0 ? strstr(text, "avg10=") : NULL;
    if (!value)
        return false;
    char *end;
    whole = (unsigned)strtoul(value + 6, &end, 10);
    part = *end == '.' ? (unsigned)strtoul(end + 1, NULL, 10) : 0;
    *centi = whole * 100 + part % 100;
    return true;
}

static void find_stall(struct pressure *out, const char *root,
                       const struct group *v2)
{
    char path[600];

    snprintf(path, sizeof(path), "%s/memory.pressure", v2->own);
    out->has_stall = v2->own[0] && read_stall(path, &out->stall_centi);
    if (out->has_stall || out->source == PRESSURE_CGROUP1)
        return; /* the machine's stalls are not this container's */
    snprintf(path, sizeof(path), "%s/proc/pressure/memory", root);
    out->has_stall = read_stall(path, &out->stall_centi);
}

void pressure_read(struct pressure *out, const char *root, uint64_t limit)
{
    struct group v1 = {0}, v2 = {0};
    const struct group *group;

    *out = (struct pressure){0};
    find_groups(root, &v1, &v2);
    read_machine(out, root);
    read_process(out, root);
    out->children = read_children(root);
    group = v2.limit && (!v1.limit || v2.limit < v1.limit) ? &v2 : &v1;
    if (group->limit && read_use(group, group->folder, out)) {
        out->source = group->is_v2 ? PRESSURE_CGROUP2 : PRESSURE_CGROUP1;
        out->limit = group->limit;
    } else if (!limit && out->total) {
        out->source = PRESSURE_MACHINE;
        out->limit = out->total;
        out->use = out->total - out->available;
    }
    if (limit) {
        /* Without a group's counter, we and our helpers are what counts. */
        if (!out->limit)
            out->use = out->anon + out->children;
        out->source = PRESSURE_CONFIGURED;
        out->limit = limit;
    }
    find_stall(out, root, &v2);
    out->percent = out->limit ? (unsigned)(out->use * 100 / out->limit) : 0;
}

const char *pressure_source_name(enum pressure_source source)
{
    static const char *const names[] = {
        [PRESSURE_UNKNOWN] = "unknown",
        [PRESSURE_MACHINE] = "machine",
        [PRESSURE_CGROUP1] = "cgroup-v1",
        [PRESSURE_CGROUP2] = "cgroup-v2",
        [PRESSURE_CONFIGURED] = "configuration",
    };

    return names[source];
}
