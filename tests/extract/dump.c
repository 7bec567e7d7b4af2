/* SPDX-License-Identifier: MIT */
/*
 * Shows what the helper makes of files, for the test scripts and for eyes:
 *
 *     dump HELPER [-s] [-l] [--max-pages=N] ... FILE...
 *
 * prints the text, then warnings and hidden runs on lines of their own; -s
 * only one line per file with its status; -l every line with its facts.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "extract/extract.h"

enum {
    OPT_PAGES = 256,
    OPT_CHARS,
    OPT_BYTES,
    OPT_MEMORY,
    OPT_TIMEOUT
};

static const struct option long_options[] = {
    {"max-pages", required_argument, NULL, OPT_PAGES},
    {"max-chars", required_argument, NULL, OPT_CHARS},
    {"max-bytes", required_argument, NULL, OPT_BYTES},
    {"memory", required_argument, NULL, OPT_MEMORY},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {NULL, 0, NULL, 0},
};

static void show_lines(const struct document *doc)
{
    static const char *const roles[] = {"body", "heading", "item", "cell"};

    for (size_t i = 0; i < doc->n_lines; i++) {
        const struct line *l = &doc->lines[i];
        printf("LINE p%u %s%s %.1fpt %u words (%.0f,%.0f)-(%.0f,%.0f) %.*s\n",
               l->page, roles[l->role], l->bold ? " bold" : "", l->size,
               l->n_words, l->x0, l->y0, l->x1, l->y1, (int)(l->end - l->start),
               doc->text.data + l->start);
    }
}

static void show(const struct document *doc, bool lines)
{
    if (lines)
        show_lines(doc);
    else
        printf("%.*s\n", STR_ARG(doc->text));
    for (size_t i = 0; i < doc->n_warnings; i++)
        printf("WARNING %.*s\n", STR_ARG(doc->warnings[i]));
    for (size_t i = 0; i < doc->n_hidden; i++)
        printf("HIDDEN p%u %s: %.*s\n", doc->hidden[i].page,
               hidden_reason_name(doc->hidden[i].reason),
               STR_ARG(doc->hidden[i].text));
}

static void show_status(const char *path, const struct ctx *ctx,
                        const struct document *doc, int64_t ns)
{
    const char *name = strrchr(path, '/');

    printf("%-44s %5d ms  ", name ? name + 1 : path, (int)(ns / 1000000));
    if (ctx->error.status)
        printf("%s: %s\n", rsc_status_name(ctx->error.status),
               ctx->error.message);
    else
        printf("%s %u p, %zu lines, %zu words, %zu hidden, %zu warnings\n",
               document_kind_name(doc->kind), doc->pages, doc->n_lines,
               doc->n_words, doc->n_hidden, doc->n_warnings);
}

static int dump(const struct extract_options *options, const char *path,
                bool brief, bool lines)
{
    struct mem mem;
    struct ctx ctx;
    struct str bytes;
    struct document doc = {0};

    mem_init(&mem, "dump", 0);
    ctx_init(&ctx, &mem);
    int64_t start = clock_monotonic_ns();
    rsc_status st = file_read(&ctx, &bytes, path, (size_t)1 << 30);
    if (!st)
        st = extract_document(&ctx, &doc, options, bytes);
    int64_t took = clock_monotonic_ns() - start;
    if (brief)
        show_status(path, &ctx, &doc, took);
    else if (st)
        printf("FAILED %s: %s\n", rsc_status_name(st), ctx.error.message);
    else
        show(&doc, lines);
    ctx_clear(&ctx);
    return st ? 1 : 0;
}

static int show_probe(const struct extract_options *options)
{
    struct mem mem;
    struct ctx ctx;
    struct wire_sandbox s;

    mem_init(&mem, "dump", 0);
    ctx_init(&ctx, &mem);
    rsc_status st = extract_probe(&ctx, &s, options);
    if (st)
        printf("FAILED %s\n", ctx.error.message);
    else
        printf("seccomp %d no_new_privs %d rlimits %d address %d landlock %u\n",
               s.seccomp, s.no_new_privs, s.resource_limits, s.address_limit,
               s.landlock_abi);
    ctx_clear(&ctx);
    return st ? 1 : 0;
}

int main(int argc, char **argv)
{
    struct extract_options options = EXTRACT_OPTIONS_DEFAULT;
    bool brief = false, lines = false;
    int c, bad = 0;

    options.keep_diagnostics = true;
    while ((c = getopt_long(argc, argv, "sl", long_options, NULL)) != -1) {
        size_t n = optarg ? strtoull(optarg, NULL, 10) : 0;
        brief |= c == 's';
        lines |= c == 'l';
        if (c == OPT_PAGES)
            options.max_pages = (unsigned)n;
        else if (c == OPT_CHARS)
            options.max_chars = n;
        else if (c == OPT_BYTES)
            options.max_bytes = n;
        else if (c == OPT_MEMORY)
            options.memory_bytes = n;
        else if (c == OPT_TIMEOUT)
            options.timeout_ms = (unsigned)n;
    }
    if (optind >= argc)
        return 2;
    options.helper = argv[optind++];
    if (optind == argc)
        return show_probe(&options);
    for (; optind < argc; optind++)
        bad |= dump(&options, argv[optind], brief, lines);
    return bad;
}
