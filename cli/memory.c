/* SPDX-License-Identifier: MIT */
/* resume-scorer memory: what the container gives, and what is left of it. */

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "commands.h"
#include "governor/governor.h"
#include "service.h"
#include "setup.h"

static struct mem memory_mem = {.owner = "cli", .fail_after = -1};

/* The engine's parts, as an owner of the governor's list. */
static void put_owners(struct json *j, const rsc_usage *usage)
{
    json_key(j, "owners");
    json_open(j, '{');
    json_put_int(j, "engine", (int64_t)usage->engine_bytes);
    json_put_int(j, "model", (int64_t)usage->model_bytes);
    json_put_int(j, "model_mapped", (int64_t)usage->model_mapped_bytes);
    json_put_int(j, "vectors", (int64_t)usage->cache_bytes);
    json_close(j, '}');
}

static enum governor_stage stage_of(const struct settings *s, unsigned percent)
{
    if (percent >= settings_number(s, SET_EMERGENCY))
        return STAGE_EMERGENCY;
    if (percent >= settings_number(s, SET_AGGRESSIVE))
        return STAGE_AGGRESSIVE;
    return percent >= settings_number(s, SET_STANDARD) ? STAGE_STANDARD
                                                       : STAGE_CALM;
}

static void print_json(const struct settings *s, const struct pressure *p,
                       const rsc_usage *usage)
{
    struct buf out;

    buf_init(&out, &memory_mem, 1 << 16);
    struct json j = json_to(&out, 0);
    json_open(&j, '{');
    json_key(&j, "system");
    json_open(&j, '{');
    json_put_int(&j, "total", (int64_t)p->total);
    json_put_int(&j, "available", (int64_t)p->available);
    json_close(&j, '}');
    json_key(&j, "container");
    json_open(&j, '{');
    json_put_str(&j, "limit_from", str_of(pressure_source_name(p->source)));
    json_put_int(&j, "limit", (int64_t)p->limit);
    json_put_int(&j, "used", (int64_t)p->use);
    json_put_int(&j, "files", (int64_t)p->file);
    json_put_int(&j, "percent", p->percent);
    json_key(&j, "stall_percent");
    if (p->has_stall)
        json_fixed(&j, p->stall_centi, 2);
    else
        json_null(&j);
    json_close(&j, '}');
    json_key(&j, "process");
    json_open(&j, '{');
    json_put_int(&j, "resident", (int64_t)p->rss);
    json_put_int(&j, "anonymous", (int64_t)p->anon);
    json_put_int(&j, "mapped", (int64_t)p->mapped);
    json_put_int(&j, "children", (int64_t)p->children);
    json_close(&j, '}');
    put_owners(&j, usage);
    json_put_str(&j, "stage",
                 str_of(governor_stage_name(stage_of(s, p->percent))));
    json_close(&j, '}');
    printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_clear(&out);
}

static void print_text(const struct settings *s, const struct pressure *p,
                       const rsc_usage *usage)
{
    printf("system      %7" PRIu64 " MB, %" PRIu64 " MB available\n",
           p->total >> 20, p->available >> 20);
    printf("container   %7" PRIu64 " MB limit (%s), %" PRIu64
           " MB used (%u %%), %" PRIu64 " MB of files beside it\n",
           p->limit >> 20, pressure_source_name(p->source), p->use >> 20,
           p->percent, p->file >> 20);
    if (p->has_stall)
        printf("stalls      %4u.%02u %% of the last 10 s waited for memory\n",
               p->stall_centi / 100, p->stall_centi % 100);
    printf("process     %7" PRIu64 " kB resident, %" PRIu64
           " kB of it mapped files, children %" PRIu64 " kB\n",
           p->rss >> 10, p->mapped >> 10, p->children >> 10);
    printf("owners      engine %zu kB, model %zu kB and %zu kB mapped, vectors "
           "%zu kB\n",
           usage->engine_bytes >> 10, usage->model_bytes >> 10,
           usage->model_mapped_bytes >> 10, usage->cache_bytes >> 10);
    printf("stage       %s\n", governor_stage_name(stage_of(s, p->percent)));
}

static void print_once(struct cli *cli, const struct settings *s,
                       rsc_engine *engine)
{
    struct pressure p;
    rsc_usage usage;

    rsc_engine_usage(engine, &usage);
    pressure_read(&p, "", settings_number(s, SET_LIMIT_MB) << 20);
    if (cli->json)
        print_json(s, &p, &usage);
    else
        print_text(s, &p, &usage);
    fflush(stdout);
}

static enum exit_code report(struct cli *cli, const struct settings *s,
                             rsc_engine *engine)
{
    uint64_t seconds = settings_number(s, SET_MONITOR_S);

    print_once(cli, s, engine);
    while (cli_has(cli, "watch")) {
        sleep((unsigned)seconds);
        if (!cli->json)
            putchar('\n');
        print_once(cli, s, engine);
    }
    return EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    struct settings settings;
    struct setup setup;
    struct ctx ctx;

    if (cli->n_args)
        return cli_usage(cli, "memory takes no file");
    if (cli_has(cli, "one-time") && cli_has(cli, "watch"))
        return cli_usage(cli, "it is either --one-time or --watch");
    ctx_init(&ctx, &memory_mem);
    enum exit_code code = service_settings(cli, &ctx, &settings);
    if (!code) {
        code = setup_open(&setup, cli);
        if (!code)
            code = report(cli, &settings, setup.engine);
        setup_close(&setup);
    }
    ctx_clear(&ctx);
    return code;
}

static const struct cli_option options[] = {
    {"one-time", 0, NULL, "Print once (also without this option)"},
    {"watch", 0, NULL, "Print every memory.monitor_seconds"},
    SERVICE_OPTIONS,
    ENGINE_OPTIONS,
    LIMIT_OPTIONS,
    {0},
};

const struct cli_command memory_command = {
    .name = "memory",
    .summary = "Show memory of system, container, process and owners",
    .usage = "[--one-time|--watch]",
    .text = "The owners are those of this very process with its engine open. "
            "A running\nservice tells its own at GET /metrics.",
    .examples = "  resume-scorer memory --one-time\n"
                "  resume-scorer memory --watch --json",
    .options = options,
    .run = run,
};
