/* SPDX-License-Identifier: MIT */
#include "setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"

/* The accounts of a program live as long as it does. */
static struct mem cli_mem = {.owner = "cli", .fail_after = -1};

/* Ours has 6 KB. */
#define MAX_SCORING ((size_t)64 << 10)

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && value[0] ? value : NULL;
}

struct str setup_models_dir(struct ctx *ctx, const char *given)
{
    const char *dir = given ? given : environment("RESUME_SCORER_MODELS");

    if (dir)
        return ctx_copy(ctx, str_of(dir));
    dir = environment("XDG_DATA_HOME");
    if (dir)
        return ctx_printf(ctx, "%s/resume-scorer/models", dir);
    dir = environment("HOME");
    if (dir)
        return ctx_printf(ctx, "%s/.local/share/resume-scorer/models", dir);
    ctx_fail(ctx, RSC_EINVALID,
             "HOME is not set; say where the models are with --models DIR");
    return STR_NONE;
}

struct str setup_ontology(struct ctx *ctx, const char *given)
{
    const char *dir = environment("XDG_CONFIG_HOME");

    if (given)
        return ctx_copy(ctx, str_of(given));
    if (dir)
        return ctx_printf(ctx, "%s/resume-scorer/skills.txt", dir);
    dir = environment("HOME");
    return dir ? ctx_printf(ctx, "%s/.config/resume-scorer/skills.txt", dir)
               : STR_NONE;
}

/* Found from where the program itself is, so that a build tree, an installed
 * prefix and a copied folder all work: beside it, or in ../libexec. */
struct str setup_extractor(struct ctx *ctx, const char *given)
{
    static const char *const places[] = {
        "/resume-scorer-extract",
        "/../libexec/resume-scorer/resume-scorer-extract",
    };
    char self[4096];
    struct str path = STR_NONE;

    if (given)
        return str_of(given);
    ssize_t len = readlink("/proc/self/exe", self, sizeof(self));
    if (len <= 0 || (size_t)len == sizeof(self))
        return STR_NONE;
    while (len > 0 && self[len - 1] != '/')
        len--;
    for (size_t i = 0; i < 2; i++) {
        path = ctx_printf(ctx, "%.*s%s", (int)len - 1, self, places[i]);
        if (path.data && access(path.data, X_OK) == 0)
            break;
    }
    return path;
}

static bool read_limits(struct cli *cli, rsc_limits *limits)
{
    uint64_t file_mb = limits->file_bytes >> 20, pages = limits->pages;
    uint64_t chars = limits->text_chars, seconds = limits->extract_ms / 1000;
    uint64_t memory_mb = limits->extract_bytes >> 20;
    /* More than the default is never judged. */
    uint64_t most_chars = cli->command->unjudged ? 1000000 : chars;

    if (!cli_number(cli, "max-file", 1, 1024, &file_mb) ||
        !cli_number(cli, "max-pages", 1, 10000, &pages) ||
        !cli_number(cli, "max-text", 1000, most_chars, &chars) ||
        !cli_number(cli, "time-limit", 1, 600, &seconds) ||
        !cli_number(cli, "memory-limit", 64, 4096, &memory_mb))
        return false;
    limits->file_bytes = (size_t)file_mb << 20;
    limits->pages = (unsigned)pages;
    limits->text_chars = (size_t)chars;
    limits->extract_ms = (unsigned)seconds * 1000;
    limits->extract_bytes = (size_t)memory_mb << 20;
    return true;
}

/* Fills the options from the command line and the environment; false when
 * something was wrong and has been printed. */
static bool read_options(struct setup *setup, struct cli *cli,
                         rsc_options *options)
{
    const char *given = cli_value(cli, "ontology");
    struct str ontology = setup_ontology(&setup->ctx, given);
    uint64_t threads = 0;
    struct str text;

    rsc_options_init(options);
    if (!cli_number(cli, "threads", 1, 256, &threads))
        return false;
    if (!read_limits(cli, &options->limits))
        return false;
    options->threads = (unsigned)threads;
    /* Without a home there is no model: nothing that stops us. */
    struct ctx quiet;
    ctx_init(&quiet, setup->mem);
    struct str dir = setup_models_dir(&quiet, cli_value(cli, "models"));
    options->models_dir = dir.data ? ctx_copy(&setup->ctx, dir).data : NULL;
    ctx_clear(&quiet);
    options->model = cli_value(cli, "model");
    options->precision = cli_value(cli, "precision");
    options->pipeline = cli_value(cli, "pipeline");
    options->parse_entities = cli_has(cli, "entities");
    options->isa = cli_value(cli, "isa");
    if (!options->isa)
        options->isa = environment("RESUME_SCORER_ISA");
    options->extractor =
        setup_extractor(&setup->ctx, cli_value(cli, "extractor")).data;
    /* The user's usual file need not be there. */
    setup->ontology = ontology;
    if (ontology.data && (given || access(ontology.data, F_OK) == 0) &&
        setup_read(&setup->ctx, &text, ontology.data, LIMIT_FILE_BYTES) ==
            RSC_OK)
        options->ontology = ctx_copy(&setup->ctx, text).data;
    return true;
}

/* Without any model words alone decide, and the answer says so; a model that
 * the user named must be there. */
rsc_status setup_named_model(struct setup *setup, struct cli *cli,
                             rsc_error *err)
{
    if ((!cli_value(cli, "model") && !cli_value(cli, "precision")) ||
        rsc_vector_size(setup->engine))
        return RSC_OK;
    return rsc_embed(setup->engine, NULL, NULL, NULL, 0, err);
}

enum exit_code setup_options(struct setup *setup, struct cli *cli,
                             rsc_options *out)
{
    *setup = (struct setup){.mem = &cli_mem};
    ctx_init(&setup->ctx, &cli_mem);
    return read_options(setup, cli, out) ? EXIT_OK : EXIT_USAGE;
}

bool setup_blames_skills(const rsc_options *options)
{
    rsc_options without_model = *options;
    rsc_engine *engine;
    rsc_error err;

    if (!options->ontology)
        return false;
    without_model.models_dir = NULL;
    without_model.model = without_model.precision = NULL;
    rsc_status st = rsc_engine_open(&engine, &without_model, &err);
    rsc_engine_close(engine);
    return st == RSC_EFORMAT || st == RSC_ELIMIT;
}

enum exit_code setup_open(struct setup *setup, struct cli *cli)
{
    rsc_options options;
    rsc_error err;
    enum exit_code code = setup_options(setup, cli, &options);

    if (code)
        return code;
    if (ctx_error(&setup->ctx, &err))
        return cli_fail(cli, NULL, &err);
    if (rsc_engine_open(&setup->engine, &options, &err))
        return cli_fail(
            cli, setup_blames_skills(&options) ? setup->ontology.data : NULL,
            &err);
    return setup_named_model(setup, cli, &err) ? cli_fail(cli, NULL, &err)
                                               : EXIT_OK;
}

void setup_close(struct setup *setup)
{
    rsc_engine_close(setup->engine);
    ctx_clear(&setup->ctx);
}

rsc_status setup_read(struct ctx *ctx, struct str *out, const char *path,
                      size_t max_bytes)
{
    if (strcmp(path, "-") == 0)
        return file_read_fd(ctx, out, STDIN_FILENO, "standard input",
                            max_bytes);
    return file_read(ctx, out, path, max_bytes);
}

rsc_status setup_document(struct setup *setup, rsc_document **out,
                          const char *path, rsc_error *err)
{
    struct ctx ctx; /* the file's bytes are not needed afterwards */
    struct str bytes;
    rsc_status st;

    *out = NULL;
    ctx_init(&ctx, setup->mem);
    /* The engine refuses what is past its own limit, with better words. */
    st = setup_read(&ctx, &bytes, path, (size_t)1 << 30);
    if (st)
        ctx_error(&ctx, err);
    else
        setup->read_sha256 = hash_sha256(bytes);
    if (!st)
        st = rsc_document_read(out, setup->engine, bytes.data, bytes.len, err);
    ctx_clear(&ctx);
    return st;
}

enum exit_code setup_job(struct cli *cli, struct setup *setup, rsc_job **out)
{
    const char *path = cli_value(cli, "job");
    rsc_document *document;
    rsc_error err;

    *out = NULL;
    if (setup_document(setup, &document, path, &err))
        return cli_fail(cli, path, &err);
    rsc_status st = rsc_job_read(out, setup->engine, document,
                                 cli_value(cli, "title"), &err);
    rsc_document_free(document);
    return st ? cli_fail(cli, path, &err) : EXIT_OK;
}

enum exit_code setup_scoring(struct cli *cli, struct setup *setup,
                             const char **out)
{
    const char *path = cli_value(cli, "scoring");
    struct str text;
    rsc_error err;

    *out = NULL;
    if (!path)
        return EXIT_OK;
    if (setup_read(&setup->ctx, &text, path, MAX_SCORING))
        return ctx_error(&setup->ctx, &err), cli_fail(cli, path, &err);
    *out = ctx_copy(&setup->ctx, text).data;
    return EXIT_OK;
}

enum exit_code setup_score(struct cli *cli, struct setup *setup,
                           const rsc_job *job, rsc_score_options *out)
{
    rsc_error err;

    rsc_score_options_init(out);
    enum exit_code code = setup_scoring(cli, setup, &out->config);
    if (code)
        return code;
    out->as_of = cli_value(cli, "as-of");
    out->weights = cli_value(cli, "weights");
    out->require = cli_value(cli, "require");
    if (rsc_score_options_check(setup->engine, job, out, &err) == RSC_OK)
        return EXIT_OK;
    cli_fail(cli, NULL, &err);
    return err.status == RSC_EINVALID ? EXIT_USAGE : EXIT_BAD_INPUT;
}
