/* SPDX-License-Identifier: MIT */
#include "cli.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "terminal.h"

/* What every command understands without naming it. */
static const struct cli_option common_options[] = {
    {"json", 0, NULL, "Print one JSON document instead of text"},
    {"help", 'h', NULL, "Show this help"},
};

#define N_COMMON (sizeof(common_options) / sizeof(common_options[0]))
/* getopt_long's values for options start above all letters. */
#define FIRST_CODE 256

static size_t count_options(const struct cli_command *command)
{
    size_t n = 0;

    while (command->options && command->options[n].name)
        n++;
    return n;
}

static const struct cli_option *option_at(const struct cli_command *command,
                                          size_t i)
{
    size_t n = count_options(command);

    return i < n ? &command->options[i] : &common_options[i - n];
}

static size_t find_option(const struct cli_command *command, const char *name)
{
    size_t n = count_options(command) + N_COMMON;
    size_t i = 0;

    while (i < n && strcmp(option_at(command, i)->name, name) != 0)
        i++;
    return i;
}

const char *cli_value(const struct cli *cli, const char *name)
{
    return cli->values[find_option(cli->command, name)];
}

bool cli_number(const struct cli *cli, const char *name, uint64_t min,
                uint64_t max, uint64_t *out)
{
    const char *text = cli_value(cli, name);
    uint64_t number;

    if (!text)
        return true;
    if (!str_to_u64(str_of(text), max, &number) || number < min) {
        cli_usage(cli,
                  "--%s takes a whole number from %" PRIu64 " to %" PRIu64
                  ", not '%s'",
                  name, min, max, text);
        return false;
    }
    *out = number;
    return true;
}

static void help_option(const struct cli_option *o)
{
    char left[64];
    int n = o->letter ? snprintf(left, sizeof(left), "-%c, ", o->letter)
                      : snprintf(left, sizeof(left), "    ");

    snprintf(left + n, sizeof(left) - (size_t)n, "--%s%s%s", o->name,
             o->value ? " " : "", o->value ? o->value : "");
    if (strlen(left) > 24)
        printf("  %s\n  %-24s  %s\n", left, "", o->help);
    else
        printf("  %-24s  %s\n", left, o->help);
}

void cli_help(const struct cli_command *command)
{
    size_t n = count_options(command);

    printf("%s.\n\nUsage: resume-scorer %s %s\n", command->summary,
           command->name, command->usage);
    if (command->text)
        printf("\n%s\n", command->text);
    printf("\nOptions:\n");
    for (size_t i = 0; i < n + N_COMMON; i++)
        if (i != n || !command->text_only) /* --json is the first of ours */
            help_option(option_at(command, i));
    printf("\nExamples:\n%s\n", command->examples);
    printf("\nExit status: 0 done, 1 bad input, 2 wrong usage, 3 a model is "
           "missing,\n4 some of several files failed.\n");
}

/* The tables of getopt_long for a command. */
struct getopt_tables {
    struct option options[CLI_MAX_OPTIONS + 1];
    char letters[CLI_MAX_OPTIONS * 2 + 3];
};

static void make_tables(struct getopt_tables *tables,
                        const struct cli_command *command)
{
    size_t n = count_options(command) + N_COMMON;
    char *letter = tables->letters;

    *letter++ = ':';
    for (size_t i = 0; i < n; i++) {
        const struct cli_option *o = option_at(command, i);
        tables->options[i] = (struct option){o->name, o->value ? 1 : 0, NULL,
                                             FIRST_CODE + (int)i};
        if (o->letter)
            *letter++ = o->letter;
        if (o->letter && o->value)
            *letter++ = ':';
    }
    *letter = '\0';
    tables->options[n] = (struct option){NULL, 0, NULL, 0};
}

static size_t option_of_code(const struct cli_command *command, int code)
{
    size_t n = count_options(command) + N_COMMON;
    size_t i = 0;

    if (code >= FIRST_CODE)
        return (size_t)(code - FIRST_CODE);
    while (i < n && option_at(command, i)->letter != code)
        i++;
    return i;
}

/* "a" and "b" of an option that was given twice become "a,b". */
static enum exit_code join_value(struct cli *cli, size_t i, const char *value)
{
    const char *first = cli->values[i];
    size_t room = sizeof(cli->lists) - cli->lists_len;
    char *joined = cli->lists + cli->lists_len;

    int len = snprintf(joined, room, "%s,%s", first, value);
    if (len < 0 || (size_t)len >= room)
        return cli_usage(cli, "the lists for --%s are too long",
                         option_at(cli->command, i)->name);
    cli->lists_len += (size_t)len + 1;
    cli->values[i] = joined;
    return EXIT_OK;
}

static enum exit_code set_value(struct cli *cli, size_t i, const char *value)
{
    const char *placeholder = option_at(cli->command, i)->value;

    if (cli->values[i] && placeholder && !strcmp(placeholder, "LIST"))
        return join_value(cli, i, value);
    cli->values[i] = value ? value : "";
    return EXIT_OK;
}

static enum exit_code parse_options(struct cli *cli)
{
    struct getopt_tables tables;
    int code;

    make_tables(&tables, cli->command);
    opterr = 0;
    optind = 0;
    while ((code = getopt_long(cli->argc, (char *const *)(uintptr_t)cli->argv,
                               tables.letters, tables.options, NULL)) != -1) {
        if (code == ':')
            return cli_usage(cli, "%s needs a value", cli->argv[optind - 1]);
        if (code == '?' && optopt)
            return cli_usage(cli, "there is no option -%c", optopt);
        if (code == '?')
            return cli_usage(cli, "there is no option %s",
                             cli->argv[optind - 1]);
        enum exit_code wrong =
            set_value(cli, option_of_code(cli->command, code), optarg);
        if (wrong)
            return wrong;
    }
    cli->args = cli->argv + optind;
    cli->n_args = (size_t)(cli->argc - optind);
    cli->json = cli_has(cli, "json");
    return EXIT_OK;
}

enum exit_code cli_run(const struct cli_command *command, int argc,
                       const char *const *argv)
{
    struct cli cli = {.command = command, .argc = argc, .argv = argv};
    enum exit_code code = parse_options(&cli);

    if (code)
        return code;
    if (cli_has(&cli, "help")) {
        cli_help(command);
        return EXIT_OK;
    }
    if (cli.json && command->text_only)
        return cli_usage(&cli, "this prints text for use as it is; there is "
                               "no JSON form of it");
    return command->run(&cli);
}

static void print_error(const struct cli *cli, const char *format, va_list args)
{
    const char *red = terminal_colour(stderr, COLOUR_RED);
    const char *off = terminal_colour(stderr, COLOUR_OFF);
    char text[8192]; /* a path, and a sentence */

    vsnprintf(text, sizeof(text), format, args);
    terminal_clear_progress();
    fprintf(stderr, "%sresume-scorer %s:%s ", red, cli->command->name, off);
    terminal_say(stderr, str_of(text)); /* names of files hold anything */
    fputc('\n', stderr);
}

void cli_error(const struct cli *cli, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_error(cli, format, args);
    va_end(args);
}

enum exit_code cli_usage(const struct cli *cli, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    print_error(cli, format, args);
    va_end(args);
    fprintf(stderr, "Try: resume-scorer %s --help\n", cli->command->name);
    return EXIT_USAGE;
}

enum exit_code cli_exit_code(rsc_status status)
{
    if (status == RSC_OK)
        return EXIT_OK;
    return status == RSC_ENOMODEL ? EXIT_NO_MODEL : EXIT_BAD_INPUT;
}

static void print_json_error(const char *what, const rsc_error *err)
{
    struct mem mem;
    struct buf out;

    mem_init(&mem, "cli", 0);
    buf_init(&out, &mem, 1 << 16);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_key(&j, "error");
    json_open(&j, '{');
    json_put_str(&j, "code", str_of(rsc_status_name(err->status)));
    json_put_str(&j, "message", str_of(err->message));
    if (what)
        json_put_str(&j, "file", str_of(what));
    json_close(&j, '}');
    json_close(&j, '}');
    if (!out.failed)
        printf("%.*s\n", STR_ARG(buf_str(&out)));
    buf_clear(&out);
}

enum exit_code cli_fail(const struct cli *cli, const char *what,
                        const rsc_error *err)
{
    if (what)
        cli_error(cli, "%s: %s", strcmp(what, "-") ? what : "standard input",
                  err->message);
    else
        cli_error(cli, "%s", err->message);
    if (cli->json)
        print_json_error(what, err);
    return cli_exit_code(err->status);
}
