/* SPDX-License-Identifier: MIT */
/* resume-scorer embed: one vector per line of text. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/vec.h"
#include "commands.h"
#include "setup.h"
#include "terminal.h"

/* Lines per call: enough for the encoder to share work, few enough for the
 * progress bar to move. */
#define LINES_PER_CALL 64
/* Larger inputs are better cut into several runs. */
#define MAX_INPUT ((size_t)1 << 30)

enum format {
    FORMAT_JSON,
    FORMAT_F32,
    FORMAT_NPY,
};

struct job {
    struct cli *cli;
    struct setup *setup;
    FILE *out;
    enum format format;
    size_t size; /* floats per vector */
    struct str *lines;
    size_t n_lines;
};

static bool find_format(struct cli *cli, enum format *out)
{
    static const char *const names[] = {"json", "f32", "npy"};
    const char *name = cli_value(cli, "format");

    *out = FORMAT_JSON;
    if (!name)
        return true;
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(name, names[i]) == 0) {
            *out = (enum format)i;
            return true;
        }
    }
    cli_usage(cli, "--format is json, f32 or npy, not '%s'", name);
    return false;
}

static rsc_status split_lines(struct job *job, struct str text)
{
    VEC(struct str) lines = {0};
    struct str line;

    while (str_next_line(&text, &line)) {
        struct str *slot = vec_push(&job->setup->ctx, &lines);
        if (!slot)
            return job->setup->ctx.error.status;
        *slot = line;
    }
    job->lines = lines.items;
    job->n_lines = lines.len;
    return RSC_OK;
}

/* The header of NumPy's format 1.0, padded so that the data is aligned. */
static void write_npy_header(const struct job *job)
{
    char text[128];
    int n = snprintf(text, sizeof(text),
                     "{'descr': '<f4', 'fortran_order': False, 'shape': (%zu, "
                     "%zu), }",
                     job->n_lines, job->size);
    unsigned len = (unsigned)(n + 1 + 10 + 63) / 64 * 64 - 10;

    fwrite("\x93NUMPY\x01\x00", 1, 8, job->out);
    fputc((int)(len & 0xFF), job->out);
    fputc((int)(len >> 8), job->out);
    fprintf(job->out, "%-*s\n", (int)len - 1, text);
}

static void write_json_vector(struct job *job, const float *v)
{
    struct buf buf;

    buf_init(&buf, job->setup->mem, (size_t)1 << 20);
    struct json j = json_to(&buf, 0);
    json_open(&j, '[');
    for (size_t i = 0; i < job->size; i++)
        json_float(&j, v[i]);
    json_close(&j, ']');
    fprintf(job->out, "%s\n", buf_str(&buf).data);
    buf_clear(&buf);
}

static void write_vectors(struct job *job, const float *vectors, size_t n)
{
    for (size_t i = 0; i < n && job->format == FORMAT_JSON; i++)
        write_json_vector(job, vectors + i * job->size);
    if (job->format != FORMAT_JSON)
        fwrite(vectors, sizeof(float), n * job->size, job->out);
}

static rsc_status embed_lines(struct job *job, rsc_error *err)
{
    const char *texts[LINES_PER_CALL];
    size_t lengths[LINES_PER_CALL];
    float *vectors = ctx_alloc_array(&job->setup->ctx, LINES_PER_CALL,
                                     job->size * sizeof(float));

    if (!vectors)
        return ctx_error(&job->setup->ctx, err);
    for (size_t i = 0; i < job->n_lines;) {
        size_t n = 0;
        for (; n < LINES_PER_CALL && i + n < job->n_lines; n++) {
            texts[n] = job->lines[i + n].data;
            lengths[n] = job->lines[i + n].len;
        }
        rsc_status st =
            rsc_embed(job->setup->engine, vectors, texts, lengths, n, err);
        if (st)
            return st;
        write_vectors(job, vectors, n);
        i += n;
        terminal_progress("Embedding", i, job->n_lines, "");
    }
    terminal_clear_progress();
    return RSC_OK;
}

static enum exit_code embed_input(struct job *job, const char *path)
{
    struct str text;
    rsc_error err;

    if (setup_read(&job->setup->ctx, &text, path, MAX_INPUT) ||
        split_lines(job, text))
        return ctx_error(&job->setup->ctx, &err),
               cli_fail(job->cli, NULL, &err);
    job->size = rsc_vector_size(job->setup->engine);
    /* The first call reports a missing model. */
    if (job->n_lines && job->size == 0) {
        rsc_embed(job->setup->engine, NULL, NULL, NULL, 0, &err);
        return cli_fail(job->cli, NULL, &err);
    }
    if (job->format == FORMAT_NPY)
        write_npy_header(job);
    if (embed_lines(job, &err))
        return cli_fail(job->cli, NULL, &err);
    return EXIT_OK;
}

/* Opens --output and runs; a failed write is an error, not a short file. */
static enum exit_code embed_to_output(struct job *job, const char *path)
{
    const char *output = cli_value(job->cli, "output");
    enum exit_code code;

    job->out = output && strcmp(output, "-") ? fopen(output, "wb") : stdout;
    if (!job->out) {
        cli_error(job->cli, "cannot write %s: %s", output, strerror(errno));
        return EXIT_BAD_INPUT;
    }
    if (job->format != FORMAT_JSON && terminal_is_tty(job->out))
        return cli_usage(job->cli, "binary vectors need --output FILE");
    code = embed_input(job, path);
    bool failed = ferror(job->out) || fflush(job->out);
    if (job->out != stdout)
        failed |= fclose(job->out) != 0;
    if (failed && !code) {
        cli_error(job->cli, "cannot write %s: %s",
                  output ? output : "standard output", strerror(errno));
        return EXIT_BAD_INPUT;
    }
    return code;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    struct job job = {.cli = cli, .setup = &setup};
    enum exit_code code;

    if (cli->n_args > 1)
        return cli_usage(cli, "name one file of lines, or none for standard "
                              "input");
    if (!find_format(cli, &job.format))
        return EXIT_USAGE;
    code = setup_open(&setup, cli);
    if (!code)
        code = embed_to_output(&job, cli->n_args ? cli->args[0] : "-");
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    {"format", 'f', "NAME", "json (one array per line), f32 (raw) or npy"},
    {"output", 'o', "FILE", "Write there instead of standard output"},
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command embed_command = {
    .name = "embed",
    .summary = "Turn lines of text into sentence vectors",
    .usage = "[OPTION]... [FILE]",
    .text = "Reads one text per line and writes one normalised vector per "
            "line. The vector of\na text is the same bytes whatever stands "
            "around it. f32 is raw little-endian\nfloats, row after row.\n\n"
            "Any bytes are a text: an empty line has a vector, too; control "
            "characters, NUL\namong them, and what is not UTF-8 are left out; "
            "of a text longer than the model\ntakes, the first tokens count.",
    .examples =
        "  echo 'built REST services in Python' | resume-scorer embed\n"
        "  resume-scorer embed --format npy --output lines.npy lines.txt",
    .options = options,
    .run = run,
};
