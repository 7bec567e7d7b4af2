/* SPDX-License-Identifier: MIT */
/* resume-scorer skills list, show, add: what the program knows, and the
 * user's own additions. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "commands.h"
#include "setup.h"
#include "terminal.h"

#define NAME_COLUMNS 36
#define KIND_COLUMNS 12

static bool is_wanted(const struct cli *cli, const rsc_skill *skill)
{
    const char *field = cli_value(cli, "field");
    const char *category = cli_value(cli, "category");
    const char *kind = cli_value(cli, "kind");

    return (!field || str_eq_nocase(str_of(field), str_of(skill->field))) &&
           (!category ||
            str_eq_nocase(str_of(category), str_of(skill->category))) &&
           (!kind || str_eq_nocase(str_of(kind), str_of(skill->kind)));
}

static void put_json_skill(struct json *j, const rsc_engine *engine,
                           size_t index, const rsc_skill *skill)
{
    json_open(j, '{');
    json_put_str(j, "name", str_of(skill->name));
    json_put_str(j, "kind", str_of(skill->kind));
    json_put_str(j, "category", str_of(skill->category));
    json_put_str(j, "field", str_of(skill->field));
    json_key(j, "aliases");
    json_open(j, '[');
    for (size_t i = 0; i < skill->n_aliases; i++)
        json_str(j, str_of(rsc_skill_alias(engine, index, i)));
    json_close(j, ']');
    json_key(j, "relations");
    json_open(j, '[');
    for (size_t i = 0; i < skill->n_relations; i++) {
        rsc_skill other;
        size_t number = 0;
        const char *relation = rsc_skill_relation(engine, index, i, &number);
        rsc_skill_at(engine, number, &other);
        json_open(j, '{');
        json_put_str(j, "relation", str_of(relation));
        json_put_str(j, "skill", str_of(other.name));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void put_column(const char *text, size_t columns)
{
    size_t used = terminal_put(stdout, str_of(text), columns - 1);
    printf("%*s", (int)(columns - used), "");
}

static void print_row(const rsc_skill *skill)
{
    put_column(skill->name, NAME_COLUMNS);
    put_column(skill->kind, KIND_COLUMNS);
    terminal_put(stdout, str_of(skill->category), 40);
    fputs(" (", stdout);
    terminal_say(stdout, str_of(skill->field));
    fputs(")\n", stdout);
}

static enum exit_code flush_json(const struct cli *cli, struct buf *out)
{
    enum exit_code code = EXIT_OK;
    rsc_error err = {RSC_ENOMEM, 0, "out of memory"};

    buf_put_char(out, '\n');
    if (out->failed)
        code = cli_fail(cli, NULL, &err);
    else
        fwrite(out->data, 1, out->len, stdout);
    buf_clear(out);
    return code;
}

/* A wrong word for a field or kind looks like this, too. */
static enum exit_code no_match(struct cli *cli)
{
    rsc_error err = {RSC_EINVALID, 0,
                     "no skill is like that; fields, groups and kinds are "
                     "those that 'skills list' prints"};

    return cli_fail(cli, NULL, &err);
}

static enum exit_code list(struct cli *cli, struct setup *setup)
{
    struct buf out;
    rsc_skill skill;
    size_t n = 0, count = rsc_skill_count(setup->engine);

    buf_init(&out, setup->mem, LIMIT_ONTOLOGY_TABLE);
    struct json j = json_to(&out, 2);
    json_open(&j, '[');
    for (size_t i = 0; i < count; i++) {
        if (!rsc_skill_at(setup->engine, i, &skill) || !is_wanted(cli, &skill))
            continue;
        n++;
        if (cli->json)
            put_json_skill(&j, setup->engine, i, &skill);
        else
            print_row(&skill);
    }
    json_close(&j, ']');
    if (cli->json)
        return flush_json(cli, &out);
    buf_clear(&out);
    if (n == 0)
        return no_match(cli);
    if (terminal_is_tty(stdout))
        printf("%zu of %zu skills\n", n, count);
    return EXIT_OK;
}

static enum exit_code run_list(struct cli *cli)
{
    struct setup setup;

    if (cli->n_args > 0)
        return cli_usage(cli, "nothing is expected beside the options");
    enum exit_code code = setup_open(&setup, cli);
    if (code == EXIT_OK)
        code = list(cli, &setup);
    setup_close(&setup);
    return code;
}

/* Names come from the user's file, too. */
static void print_line(const char *label, const char *text)
{
    fputs(label, stdout);
    terminal_say(stdout, str_of(text));
    putchar('\n');
}

static void print_skill(const rsc_engine *engine, size_t index,
                        const rsc_skill *skill)
{
    fputs(terminal_colour(stdout, COLOUR_BOLD), stdout);
    terminal_say(stdout, str_of(skill->name));
    printf("%s  %s\n", terminal_colour(stdout, COLOUR_OFF), skill->kind);
    print_line("  category   ", skill->category);
    print_line("  field      ", skill->field_title);
    for (size_t i = 0; i < skill->n_aliases; i++)
        print_line(i ? "             " : "  aliases    ",
                   rsc_skill_alias(engine, index, i));
    for (size_t i = 0; i < skill->n_relations; i++) {
        rsc_skill other;
        size_t number = 0;
        const char *relation = rsc_skill_relation(engine, index, i, &number);
        rsc_skill_at(engine, number, &other);
        printf("  %s", relation);
        print_line(" ", other.name);
    }
}

static enum exit_code show(struct cli *cli, struct setup *setup)
{
    struct buf out;
    rsc_skill skill;
    size_t index = rsc_skill_find(setup->engine, cli->args[0]);

    if (!rsc_skill_at(setup->engine, index, &skill)) {
        rsc_error err = {RSC_EINVALID, 0, ""};
        snprintf(err.message, sizeof(err.message),
                 "no skill has this name or alias: '%.100s'", cli->args[0]);
        return cli_fail(cli, NULL, &err);
    }
    if (!cli->json) {
        print_skill(setup->engine, index, &skill);
        return EXIT_OK;
    }
    buf_init(&out, setup->mem, LIMIT_ONTOLOGY_TABLE);
    struct json j = json_to(&out, 2);
    put_json_skill(&j, setup->engine, index, &skill);
    return flush_json(cli, &out);
}

static enum exit_code run_show(struct cli *cli)
{
    struct setup setup;

    if (cli->n_args != 1)
        return cli_usage(cli, "one name is expected");
    enum exit_code code = setup_open(&setup, cli);
    if (code == EXIT_OK)
        code = show(cli, &setup);
    setup_close(&setup);
    return code;
}

/* What would end or change the entry; a comma is fine in lists only. */
static bool is_clean(const char *text, const char *forbidden)
{
    return text[strcspn(text, forbidden)] == '\0' && text[0] != '\0';
}

static bool are_clean(const struct cli *cli)
{
    static const char *const keys[] = {"alias",   "kind",        "part-of",
                                       "kind-of", "alternative", "related",
                                       "context"};

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const char *value = cli_value(cli, keys[i]);
        if (value && !is_clean(value, ";=\r\n"))
            return false;
    }
    const char *group = cli_value(cli, "category");
    return (!group || is_clean(group, "];\r\n")) &&
           is_clean(cli->args[0], ",;=\r\n") &&
           !strchr("@[# ", cli->args[0][0]);
}

static void put_key(struct buf *out, const struct cli *cli, const char *key)
{
    const char *value = cli_value(cli, key);
    if (value)
        buf_printf(out, "; %s: %s", key, value);
}

/* The entry as a line of the file, below its group's. */
static void put_entry(struct buf *out, const struct cli *cli)
{
    const char *group = cli_value(cli, "category");
    const char *aliases = cli_value(cli, "alias");

    buf_printf(out, "\n[%s]\n%s", group ? group : "Own skills", cli->args[0]);
    if (aliases)
        buf_printf(out, " = %s", aliases);
    put_key(out, cli, "kind");
    put_key(out, cli, "part-of");
    put_key(out, cli, "kind-of");
    put_key(out, cli, "alternative");
    put_key(out, cli, "related");
    put_key(out, cli, "context");
    buf_put_char(out, '\n');
}

/* Makes the folder of the file, and the one above it. */
static void make_folders(struct str path)
{
    char folder[4096];

    for (size_t i = 1; i < path.len && i < sizeof(folder); i++) {
        if (path.data[i] != '/')
            continue;
        memcpy(folder, path.data, i);
        folder[i] = '\0';
        mkdir(folder, 0777); /* what is wrong shows when the file is written */
    }
}

/* A name without its marks, as it is looked up. */
static const char *bare_name(struct ctx *ctx, struct str name)
{
    name = str_trim(name);
    if (name.len > 1 && name.data[name.len - 1] == '?')
        name = str_trim(str_slice(name, 0, name.len - 1));
    if (name.len > 2 && name.data[0] == '"')
        name = str_slice(name, 1, name.len - 1);
    else if (str_starts(name, STR("to ")))
        name = str_slice(name, 3, name.len);
    return ctx_copy(ctx, name).data;
}

/* A user may give a name another meaning, and should know that it had one. */
static void note_taken(struct setup *setup, const rsc_engine *before,
                       struct str names)
{
    struct str item;
    rsc_skill old, new;

    while (str_next_field(&names, ',', &item)) {
        const char *name = bare_name(&setup->ctx, item);
        if (!name ||
            !rsc_skill_at(before, rsc_skill_find(before, name), &old) ||
            !rsc_skill_at(setup->engine, rsc_skill_find(setup->engine, name),
                          &new) ||
            strcmp(old.name, new.name) == 0)
            continue;
        terminal_note(ctx_printf(&setup->ctx,
                                 "'%s' was a name of %s and is one of %s now",
                                 name, old.name, new.name)
                          .data);
    }
}

/* Compares with what was known before the entry. */
static enum exit_code check_news(struct cli *cli, struct setup *setup,
                                 struct str old)
{
    rsc_options options;
    rsc_engine *before;
    rsc_error err;
    const char *aliases = cli_value(cli, "alias");
    bool has_more = aliases || cli_has(cli, "part-of") ||
                    cli_has(cli, "kind-of") || cli_has(cli, "alternative") ||
                    cli_has(cli, "related") || cli_has(cli, "context");

    rsc_options_init(&options);
    options.ontology = old.data ? ctx_copy(&setup->ctx, old).data : NULL;
    if (rsc_engine_open(&before, &options, &err))
        return EXIT_OK; /* it was wrong before, and is right now */
    const char *name = bare_name(&setup->ctx, str_of(cli->args[0]));
    if (!has_more && name && rsc_skill_is_known(before, name)) {
        err = (rsc_error){RSC_EINVALID, 0,
                          "this skill is known already; 'skills show' prints "
                          "it, and --alias gives it more names"};
        rsc_engine_close(before);
        return cli_fail(cli, cli->args[0], &err);
    }
    note_taken(setup, before, str_of(cli->args[0]));
    if (aliases)
        note_taken(setup, before, str_of(aliases));
    rsc_engine_close(before);
    return EXIT_OK;
}

static enum exit_code add(struct cli *cli, struct setup *setup, struct buf *out,
                          struct str path)
{
    rsc_options options;
    rsc_error err;
    struct str old = STR_NONE;

    if (access(path.data, F_OK) == 0 &&
        file_read(&setup->ctx, &old, path.data, LIMIT_ONTOLOGY_BYTES)) {
        ctx_error(&setup->ctx, &err);
        return cli_fail(cli, NULL, &err);
    }
    buf_put(out, old);
    put_entry(out, cli);
    buf_put_char(out, '\0');
    rsc_options_init(&options);
    options.ontology = out->data;
    /* The engine is the judge of the new text. */
    if (out->failed || rsc_engine_open(&setup->engine, &options, &err))
        return cli_fail(cli, path.data, &err);
    enum exit_code code = check_news(cli, setup, old);
    if (code)
        return code;
    make_folders(path);
    struct str text = {out->data, out->len - 1};
    if (file_replace(&setup->ctx, path.data, text)) {
        ctx_error(&setup->ctx, &err);
        return cli_fail(cli, NULL, &err);
    }
    if (cli->json)
        return show(cli, setup);
    print_line("Added to ", path.data);
    return EXIT_OK;
}

static enum exit_code run_add(struct cli *cli)
{
    struct mem mem;
    struct setup setup = {.mem = &mem};
    struct buf out;
    enum exit_code code;

    if (cli->n_args != 1)
        return cli_usage(cli, "one name is expected");
    if (!are_clean(cli))
        return cli_usage(cli, "a name has no comma, semicolon, equals sign or "
                              "line break, and starts with none of @ [ #");
    mem_init(&mem, "cli", 0);
    ctx_init(&setup.ctx, &mem);
    buf_init(&out, setup.mem, LIMIT_ONTOLOGY_BYTES);
    struct str path = setup_ontology(&setup.ctx, cli_value(cli, "ontology"));
    if (path.data)
        code = add(cli, &setup, &out, path);
    else
        code = cli_usage(cli, "HOME is not set; say --ontology FILE");
    buf_clear(&out);
    setup_close(&setup);
    return code;
}

static const struct cli_option list_options[] = {
    {"field", 0, "ID", "Only this field of work: software, nursing, ..."},
    {"category", 0, "NAME", "Only this group"},
    {"kind", 0, "KIND", "hard, soft, tool, language or certificate"},
    ENGINE_OPTIONS,
    LIMIT_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command skills_list_command = {
    .name = "skills list",
    .summary = "List the skills that are known",
    .usage = "[--field ID] [--category NAME] [--kind KIND]",
    .text = "One line per skill: name, kind, category and field of work. With "
            "--json also\naliases and relations.",
    .examples = "  resume-scorer skills list --field nursing\n"
                "  resume-scorer skills list --kind certificate --json",
    .options = list_options,
    .run = run_list,
};

static const struct cli_option show_options[] = {
    ENGINE_OPTIONS,
    LIMIT_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command skills_show_command = {
    .name = "skills show",
    .summary = "Show a skill with its aliases and relations",
    .usage = "NAME",
    .text = "NAME may be an alias or a spelling of one: k8s, node js.",
    .examples = "  resume-scorer skills show kubernetes\n"
                "  resume-scorer skills show k8s --json",
    .options = show_options,
    .run = run_show,
};

static const struct cli_option add_options[] = {
    {"alias", 0, "LIST", "Other names, separated by commas"},
    {"category", 0, "NAME", "Its group (Own skills)"},
    {"kind", 0, "KIND", "hard, soft, tool, language or certificate"},
    {"part-of", 0, "LIST", "Skills that it is a part of"},
    {"kind-of", 0, "LIST", "Skills that it is a kind of"},
    {"alternative", 0, "LIST", "Skills that can stand for it"},
    {"related", 0, "LIST", "Skills that are near it"},
    {"context", 0, "LIST", "Words that support an ambiguous name"},
    {"ontology", 0, "FILE", "The file that it is added to"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command skills_add_command = {
    .name = "skills add",
    .summary = "Add a skill of your own, or names to a known one",
    .usage = "NAME [--alias LIST] [--kind KIND] ...",
    .text = "The entry is appended to your file of skills "
            "(~/.config/resume-scorer/skills.txt),\nwhich all commands read; "
            "it is plain text that you may edit. A name or alias\nwith a '?' "
            "behind it counts only where the context supports it, one in "
            "\"quotes\"\nonly in this case. A name that another skill had is "
            "taken from it, and that is\nsaid. Nothing is written when the "
            "entry is wrong.",
    .examples =
        "  resume-scorer skills add Frobnication --alias \"frob, frobbing\"\n"
        "  resume-scorer skills add Python --alias \"snake language\"",
    .options = add_options,
    .run = run_add,
};
