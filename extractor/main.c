/* SPDX-License-Identifier: MIT */
/*
 * resume-scorer-extract: reads one untrusted document from standard input,
 * locked down, and writes what it found to standard output in the protocol of
 * extract/wire.h. Started by the library, once per document.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "charset.h"
#include "failsafe.h"
#include "pdf.h"
#include "reader.h"
#include "sandbox.h"

struct options {
    size_t max_bytes, max_chars, memory_bytes, max_pages, cpu_s;
    bool probe, no_charsets;
};

static const char help[] =
    "Usage: resume-scorer-extract [OPTION]... <FILE\n"
    "Reads one document, locked down, and writes its text as frames for\n"
    "resume-scorer. To read a file yourself, use: resume-scorer extract FILE\n"
    "\n"
    "  --max-bytes=N   size of the file (default 20 MB)\n"
    "  --max-pages=N   pages (default 50)\n"
    "  --max-chars=N   characters of text (default 50000)\n"
    "  --memory=N      address space in bytes (default 256 MB)\n"
    "  --cpu=N         processor time in seconds (default 11)\n"
    "  --no-charsets   the file is neither RTF nor text in an old charset\n"
    "  --probe         read nothing, report the sandbox\n"
    "  --help, --version\n";

enum {
    OPT_BYTES,
    OPT_PAGES,
    OPT_CHARS,
    OPT_MEMORY,
    OPT_CPU,
    OPT_NO_CHARSETS,
    OPT_PROBE
};

static const struct option long_options[] = {
    {"max-bytes", required_argument, NULL, OPT_BYTES},
    {"max-pages", required_argument, NULL, OPT_PAGES},
    {"max-chars", required_argument, NULL, OPT_CHARS},
    {"memory", required_argument, NULL, OPT_MEMORY},
    {"cpu", required_argument, NULL, OPT_CPU},
    {"no-charsets", no_argument, NULL, OPT_NO_CHARSETS},
    {"probe", no_argument, NULL, OPT_PROBE},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static int usage(const char *why)
{
    fprintf(stderr, "resume-scorer-extract: %s\n%s", why, help);
    return 2;
}

static bool take_number(size_t *out, size_t max)
{
    uint64_t v;

    if (!str_to_u64(str_of(optarg), max, &v) || v == 0)
        return false;
    *out = (size_t)v;
    return true;
}

/* Returns 0 to go on, 1 when all is said, 2 for a wrong command line. */
static int parse_options(struct options *o, int argc, char **argv)
{
    size_t *const numbers[] = {&o->max_bytes, &o->max_pages, &o->max_chars,
                               &o->memory_bytes, &o->cpu_s};
    static const size_t most[] = {(size_t)1 << 30, UINT16_MAX, (size_t)10 << 20,
                                  (size_t)1 << 40, 86400};
    int c;

    while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (c == 'h') {
            fputs(help, stdout);
            return 1;
        }
        if (c == 'V') {
            printf("resume-scorer-extract %s (poppler %s)\n", RSC_VERSION,
                   pdf_version());
            return 1;
        }
        if (c == OPT_PROBE)
            o->probe = true;
        else if (c == OPT_NO_CHARSETS)
            o->no_charsets = true;
        else if (c == '?')
            return usage("an option is wrong");
        else if (!take_number(numbers[c], most[c]))
            return usage("a number is wrong or too large");
    }
    if (optind < argc)
        return usage("it takes no file name");
    struct stat out;
    if (isatty(1) || (fstat(1, &out) == 0 && S_ISREG(out.st_mode)))
        return usage("its output is for resume-scorer: a pipe, not a terminal "
                     "or a file");
    if (!o->probe && isatty(0))
        return usage("there is no file on standard input");
    return 0;
}

/* A map of the file where it is one; NULL for a pipe. No byte is read. */
static const char *map_input(size_t *len)
{
    struct stat info;

    *len = 0;
    if (fstat(0, &info) || !S_ISREG(info.st_mode) || info.st_size <= 0)
        return NULL;
    void *map = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, 0, 0);
    if (map == MAP_FAILED)
        return NULL;
    *len = (size_t)info.st_size;
    return map;
}

static rsc_status read_pipe(struct ctx *ctx, struct buf *in)
{
    char piece[65536];
    ssize_t n;

    while ((n = read(0, piece, sizeof(piece))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ctx_fail(ctx, RSC_EIO, "the file could not be read");
        buf_put_bytes(in, piece, (size_t)n);
        if (in->failed)
            return ctx_fail(ctx, RSC_ELIMIT,
                            "the file has more than %zu MB; use a smaller one",
                            in->max >> 20);
    }
    return RSC_OK;
}

static rsc_status check_size(struct ctx *ctx, size_t len, size_t max)
{
    if (len == 0)
        return ctx_fail(ctx, RSC_EINVALID,
                        "the file is empty; choose the right file");
    if (len > max)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the file has %zu MB, more than the limit of %zu MB; "
                        "use a smaller one",
                        len >> 20, max >> 20);
    return RSC_OK;
}

/* Reads the document and puts the answer, good or bad, into out. */
static void answer(struct buf *out, struct mem *mem, const struct options *o,
                   struct str mapped)
{
    struct ctx ctx;
    struct buf piped;
    struct builder b;
    struct document doc = {0};
    struct source source = {mapped, (unsigned)o->max_pages};
    rsc_status st = RSC_OK;

    ctx_init(&ctx, mem);
    buf_init(&piped, mem, o->max_bytes);
    builder_init(&b, &ctx, o->max_chars);
    if (!mapped.data) {
        st = read_pipe(&ctx, &piped);
        source.bytes = buf_str(&piped);
    }
    if (!st)
        st = check_size(&ctx, source.bytes.len, o->max_bytes);
    if (!st)
        st = document_read(&ctx, &doc, &b, &source);
    if (st == RSC_ENOMEM)
        failsafe_out_of_memory();
    if (st)
        wire_put_failure(out, &ctx.error);
    else
        wire_put_document(out, &doc);
    /* The process ends next; the memory is not given back one by one. */
}

int main(int argc, char **argv)
{
    struct options o = {.max_bytes = LIMIT_FILE_BYTES,
                        .max_chars = LIMIT_TEXT_CHARS,
                        .memory_bytes = LIMIT_EXTRACT_BYTES,
                        .max_pages = LIMIT_PAGES,
                        .cpu_s = LIMIT_EXTRACT_MS / 1000 + 1};
    struct wire_sandbox sandbox;
    struct mem mem;
    struct buf out;
    struct str mapped = STR_NONE;
    int said = parse_options(&o, argc, argv);

    if (said)
        return said == 2 ? 2 : 0;
    mem_init(&mem, "helper", 0);
    buf_init(&out, &mem, WIRE_MAX_BYTES);
    if (!o.probe) {
        pdf_prepare(failsafe_out_of_memory);
        if (!o.no_charsets)
            charset_prepare();
        mapped.data = map_input(&mapped.len);
    }
    close_range(3, ~0u, 0);
    sandbox_enter(&sandbox,
                  &(struct sandbox_limits){o.memory_bytes, (unsigned)o.cpu_s});
    failsafe_arm(&sandbox);
    wire_put_start(&out, &sandbox);
    if (!o.probe)
        answer(&out, &mem, &o, mapped);
    wire_put_end(&out);
    if (out.failed)
        failsafe_out_of_memory();
    failsafe_write(buf_str(&out));
    /* Past every destructor: they would only walk through poppler's heap. */
    _exit(0);
}
