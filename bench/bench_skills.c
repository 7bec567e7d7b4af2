/* SPDX-License-Identifier: MIT */
/*
 * Speed of skill matching on plain text, beside what a user would pick
 * instead: one PCRE2 alternation of names, compiled to machine code (of as
 * many as it takes: all of them are too large for it), and a search for one
 * name after the other. Neither knows plurals, spellings, context or negation.
 *
 *     bench_skills [FILE]
 *     bench_skills --ours [FILE]    ours alone, for bench/peers/skills_peer.py
 *
 * Without FILE a text of resume-like sentences is made up. Both run in turns
 * over the same text, so that a busy machine slows both; the best turn of
 * each counts. With a user's ontology of 20,000 skills the same is measured
 * again for ours.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "skills/skill_match.h"

#define TEXT_BYTES ((size_t)4 << 20)
/* A document; longer ones do not occur. */
#define PIECE_BYTES 6000
#define TURNS       7
/* Runs of ours within a turn: the first ones have a cold cache. */
#define RUNS 3

static const char *const sentences[] = {
    "Managed a team of eight people and reported to the regional director.",
    "Responsible for the weekly planning of orders, suppliers and routes.",
    "Wrote software in Python and C++ for the analysis of sensor data.",
    "Supported patients during admission and kept their records up to date.",
    "Introduced new working hours, which were received well by everybody.",
    "Prepared monthly closing, invoices and the reconciliation of accounts.",
    "The company makes parts for bicycles and employs about two hundred.",
    "Taught mathematics to classes of thirty students aged ten to sixteen.",
    "Skills: Excel, SQL, Docker, Kubernetes, JavaScript, React, node.js",
    "Moved to another city in 2017 and started again in a smaller firm.",
    "Organised the yearly fair together with colleagues from three sites.",
    "Fluent in English and German, basic knowledge of Spanish.",
};

static struct str make_text(struct mem *mem, struct buf *buf)
{
    uint32_t random = 12345;
    buf_init(buf, mem, TEXT_BYTES + 200);
    while (buf->len < TEXT_BYTES) {
        random = random * 1664525u + 1013904223u;
        buf_put(buf,
                str_of(sentences[(random >> 16) %
                                 (sizeof(sentences) / sizeof(sentences[0]))]));
        buf_put_char(buf, random >> 30 ? ' ' : '\n');
    }
    return buf_str(buf);
}

/* Time of the processor that this thread has had: others may be busy. */
static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Seconds for all pieces of the text. */
static double time_ours(struct mem *mem, const struct ontology *ontology,
                        struct str text, size_t *hits)
{
    double start = now_s();
    struct ctx ctx;

    *hits = 0;
    for (size_t at = 0; at < text.len; at += PIECE_BYTES) {
        size_t end = at + PIECE_BYTES < text.len ? at + PIECE_BYTES : text.len;
        struct skill_hits found = {0};
        ctx_init(&ctx, mem);
        if (skill_match(&ctx, &found, ontology, str_slice(text, at, end)))
            exit(1);
        *hits += found.len;
        ctx_clear(&ctx);
    }
    return now_s() - start;
}

static pcre2_code *compile_names(struct mem *mem, const struct ontology *o,
                                 size_t count)
{
    struct buf pattern;
    int error;
    size_t offset;

    buf_init(&pattern, mem, (size_t)64 << 20);
    buf_put(&pattern, STR("(?<![\\w+#])(?:"));
    for (uint32_t i = 0; i < count; i++) {
        for (size_t j = 0; j <= ontology_alias_count(o, i); j++) {
            struct str s =
                j ? ontology_alias(o, i, j - 1) : ontology_name(o, i);
            buf_put(&pattern, i + j ? STR("|\\Q") : STR("\\Q"));
            buf_put(&pattern, s);
            buf_put(&pattern, STR("\\E"));
        }
    }
    buf_put(&pattern, STR(")(?![\\w+#])"));
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern.data, pattern.len,
                      PCRE2_CASELESS | PCRE2_UTF, &error, &offset, NULL);
    buf_clear(&pattern);
    if (code)
        pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    return code;
}

/* A share of the text is enough: the alternation is slow. */
static double time_pcre(pcre2_code *code, struct str text, size_t *hits)
{
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);
    double start = now_s();
    size_t at = 0;

    *hits = 0;
    while (pcre2_match(code, (PCRE2_SPTR)text.data, text.len, at,
                       PCRE2_NO_UTF_CHECK, data, NULL) > 0) {
        at = pcre2_get_ovector_pointer(data)[1];
        ++*hits;
    }
    double spent = now_s() - start;
    pcre2_match_data_free(data);
    return spent;
}

/* One search through the text for each name. */
static double time_each(const struct ontology *o, struct str text)
{
    double start = now_s();
    volatile size_t hits = 0;

    for (uint32_t i = 0; i < ontology_count(o); i++) {
        for (size_t j = 0; j <= ontology_alias_count(o, i); j++) {
            struct str s =
                j ? ontology_alias(o, i, j - 1) : ontology_name(o, i);
            for (size_t at = 0; (at = str_find(text, s, at)) != SIZE_MAX;
                 at += s.len)
                hits++;
        }
    }
    return now_s() - start;
}

static struct ontology *open_large(struct ctx *ctx, struct mem *mem)
{
    struct buf own;
    struct ontology *out;
    uint32_t random = 99;

    buf_init(&own, mem, (size_t)16 << 20);
    for (int i = 0; i < 20000; i++) {
        random = random * 1664525u + 1013904223u;
        buf_printf(&own, "Own skill %d = technique %x, method %d of %x\n", i,
                   random, i, random >> 20);
    }
    if (ontology_open(ctx, &out, mem, buf_str(&own), "own"))
        out = NULL;
    buf_clear(&own);
    return out;
}

static void print_speed(const char *name, double seconds, size_t bytes)
{
    printf("%s %.1f MB/s\n", name, (double)bytes / seconds / 1e6);
}

/* The best of a few runs in a row. */
static double best_ours(struct mem *mem, const struct ontology *ontology,
                        struct str text, size_t *hits)
{
    double best = 1e9;

    for (int i = 0; i < RUNS; i++) {
        double t = time_ours(mem, ontology, text, hits);
        best = t < best ? t : best;
    }
    return best;
}

static void lower(double *best, double t)
{
    *best = t < *best ? t : *best;
}

static void print_ours(double seconds, struct str text, size_t hits)
{
    print_speed("skill_match", seconds, text.len);
    printf("hits_per_kb %.1f\n", (double)hits / ((double)text.len / 1024));
}

/* Beside the others. */
static int compare(struct ctx *ctx, struct mem *mem,
                   const struct ontology *ontology, struct str text)
{
    double ours = 1e9, large_best = 1e9, theirs = 1e9, each = 1e9;
    struct str part = str_slice(text, 0, text.len < 60000 ? text.len : 60000);
    double share = (double)part.len / (double)text.len;
    size_t hits = 0, ignored = 0, taken = ontology_count(ontology);

    double start = now_s();
    struct ontology *large = open_large(ctx, mem);
    printf("open_with_20000_own_ms %.0f\n", (now_s() - start) * 1e3);
    pcre2_code *code = compile_names(mem, ontology, taken);
    for (; !code && taken > 0; code = compile_names(mem, ontology, taken))
        taken /= 2;
    printf("skills %zu\npcre2_takes_skills %zu\n", ontology_count(ontology),
           taken);
    if (!large || !code)
        return 1;
    for (int turn = 0; turn < TURNS; turn++) {
        lower(&ours, best_ours(mem, ontology, text, &hits));
        lower(&theirs, time_pcre(code, part, &ignored));
        lower(&each, time_each(ontology, part));
        lower(&large_best, best_ours(mem, large, text, &ignored));
    }
    print_ours(ours, text, hits);
    print_speed("skill_match_with_20000_own", large_best, text.len);
    print_speed("pcre2_alternation", theirs, part.len);
    print_speed("one_search_per_name", each, part.len);
    printf("times_pcre2 %.1f\ntimes_one_search_per_name %.1f\n",
           theirs / share / ours, each / share / ours);
    pcre2_code_free(code);
    ontology_close(large);
    return 0;
}

int main(int argc, char **argv)
{
    bool alone = argc > 1 && !strcmp(argv[1], "--ours");
    const char *file = argc > 1 + alone ? argv[1 + alone] : NULL;
    struct mem mem;
    struct ctx ctx;
    struct buf made = {0};
    struct ontology *ontology;
    struct str text;
    int failed = 0;

    mem_init(&mem, "bench", 0);
    ctx_init(&ctx, &mem);
    double start = now_s();
    if (ontology_open(&ctx, &ontology, &mem, STR_NONE, ""))
        return 1;
    printf("open_us %.0f\n", (now_s() - start) * 1e6);
    if (file && file_read(&ctx, &text, file, (size_t)1 << 30)) {
        fprintf(stderr, "bench_skills: %s\n", ctx.error.message);
        return 1;
    }
    if (!file)
        text = make_text(&mem, &made);
    if (alone) {
        size_t hits = 0;
        double best = best_ours(&mem, ontology, text, &hits);
        print_ours(best, text, hits);
    } else {
        failed = compare(&ctx, &mem, ontology, text);
    }
    ontology_close(ontology);
    buf_clear(&made);
    ctx_clear(&ctx);
    return failed;
}
