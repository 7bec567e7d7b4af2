/* SPDX-License-Identifier: MIT */
/* resume-scorer serve: the HTTP service. */

#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "commands.h"
#include "server/server.h"
#include "service.h"
#include "setup.h"

static struct mem serve_mem = {.owner = "cli", .fail_after = -1};

static const char *or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static enum exit_code serve(struct cli *cli, struct ctx *ctx,
                            const struct settings *s)
{
    const char *ontology = settings_text(s, SET_ONTOLOGY);
    struct str skills = STR_NONE;
    rsc_options engine;
    rsc_error err;

    rsc_options_init(&engine);
    engine.models_dir =
        setup_models_dir(ctx, or_null(settings_text(s, SET_MODELS))).data;
    engine.model = or_null(settings_text(s, SET_MODEL));
    engine.precision = or_null(settings_text(s, SET_PRECISION));
    engine.pipeline = or_null(settings_text(s, SET_ENTITIES));
    engine.isa = or_null(settings_text(s, SET_ISA));
    engine.extractor =
        setup_extractor(ctx, or_null(settings_text(s, SET_EXTRACTOR))).data;
    if (!engine.extractor || access(engine.extractor, X_OK) != 0)
        cli_error(cli,
                  "resume-scorer-extract is not at %s: only plain text "
                  "can be read; see --extractor",
                  engine.extractor ? engine.extractor : "any known place");
    if (ontology[0] &&
        setup_read(ctx, &skills, ontology, LIMIT_FILE_BYTES) == RSC_OK)
        skills = ctx_copy(ctx, skills);
    if (ctx_error(ctx, &err))
        return cli_fail(cli, ontology[0] ? ontology : NULL, &err);
    struct server_options options = {
        .settings = s,
        .engine = &engine,
        .own_skills = skills.data,
        .state_folder = service_state_folder(ctx, s).data,
        .notify_socket = getenv("NOTIFY_SOCKET"),
        .ready_fd = -1,
    };
    if (server_run(&options, &err))
        return cli_fail(cli, NULL, &err);
    return EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    struct settings settings;
    struct ctx ctx;

    if (cli->n_args)
        return cli_usage(cli, "serve takes no file");
    ctx_init(&ctx, &serve_mem);
    enum exit_code code = service_settings(cli, &ctx, &settings);
    if (!code)
        code = serve(cli, &ctx, &settings);
    ctx_clear(&ctx);
    return code;
}

static const struct cli_option options[] = {
    SERVICE_OPTIONS,
    SETTING_OPTIONS,
    {0},
};

const struct cli_command serve_command = {
    .name = "serve",
    .summary = "Serve over HTTP",
    .usage = "[OPTION]...",
    .text = "Settings come from a file (--config, $RESUME_SCORER_CONFIG,\n"
            "/etc/resume-scorer/resume-scorer.ini), then the environment, "
            "then the options;\n'config show' tells which won. On SIGTERM "
            "running requests are finished first.\nGET /docs has the "
            "interface.",
    .examples = "  resume-scorer serve\n"
                "  resume-scorer serve --port 9000 --workers 2\n"
                "  RENDER=true PORT=10000 resume-scorer serve",
    .options = options,
    .run = run,
};
