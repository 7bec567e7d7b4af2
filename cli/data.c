/* SPDX-License-Identifier: MIT */
/* resume-scorer data delete: forgets what the service keeps about people. */

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "commands.h"
#include "server/store.h"
#include "service.h"

static struct mem data_mem = {.owner = "cli", .fail_after = -1};

/* "90m", "24h", "30d" in seconds; false where it is no such thing. */
static bool parse_age(const char *text, int64_t *out)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    struct str s = str_of(text);
    uint64_t n;

    for (size_t i = 0; i < 4; i++) {
        if (s.len < 2 || s.data[s.len - 1] != units[i].unit ||
            !str_to_u64(str_slice(s, 0, s.len - 1), 1000000, &n))
            continue;
        *out = (int64_t)n * units[i].seconds;
        return true;
    }
    return false;
}

/* The vectors hold no text; with --all they go, too. */
static void delete_vectors(struct ctx *ctx, struct str folder)
{
    static const char *const names[] = {"vectors.db", "vectors.db-wal",
                                        "vectors.db-shm", "vectors.db.damaged",
                                        "results.db.damaged"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct str path = ctx_printf(ctx, "%.*s/%s", STR_ARG(folder), names[i]);
        if (path.data)
            unlink(path.data);
    }
}

static enum exit_code delete_data(struct cli *cli, struct ctx *ctx,
                                  const struct settings *s, int64_t age_s)
{
    struct str folder = service_state_folder(ctx, s);
    bool all = cli_has(cli, "all");

    if (folder.len == 0) {
        cli_error(cli, "there is no folder of state; say --state DIR");
        return EXIT_BAD_INPUT;
    }
    int64_t before = all ? INT64_MAX : clock_wall_s() - age_s;
    int64_t rows = store_delete(folder.data, before);
    if (rows < 0) {
        cli_error(cli, "%s: what is stored there cannot be deleted",
                  folder.data);
        return EXIT_BAD_INPUT;
    }
    if (all)
        delete_vectors(ctx, folder);
    if (cli->json)
        printf("{\"deleted\": %" PRId64 "}\n", rows);
    else
        printf("Deleted %" PRId64 " stored answers and batches. A running "
               "service forgets its own\nat the next request.\n",
               rows);
    return EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    const char *older = cli_value(cli, "older-than");
    struct settings settings;
    struct ctx ctx;
    int64_t age_s = 0;

    if (!older == !cli_has(cli, "all"))
        return cli_usage(cli, "say --older-than AGE, or --all");
    if (older && !parse_age(older, &age_s))
        return cli_usage(cli, "--older-than takes 90m, 24h or 30d, not '%s'",
                         older);
    ctx_init(&ctx, &data_mem);
    enum exit_code code = service_settings(cli, &ctx, &settings);
    if (!code)
        code = delete_data(cli, &ctx, &settings, age_s);
    ctx_clear(&ctx);
    return code;
}

static const struct cli_option options[] = {
    {"older-than", 0, "AGE", "What is older: 90m, 24h, 30d"},
    {"all", 0, NULL, "Everything, vectors too"},
    {"state", 0, "DIR", "Folder of cache and stored results"},
    SERVICE_OPTIONS,
    {0},
};

const struct cli_command data_delete_command = {
    .name = "data delete",
    .summary = "Delete what the service stored about resumes",
    .usage = "--older-than AGE | --all",
    .text = "Reaches the results on disk and, through a marker in the same "
            "folder, the\nmemory of a running service. Without data.store "
            "nothing about a person is on\ndisk.",
    .examples = "  resume-scorer data delete --older-than 24h\n"
                "  resume-scorer data delete --all",
    .options = options,
    .run = run,
};
