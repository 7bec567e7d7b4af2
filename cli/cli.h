/* SPDX-License-Identifier: MIT */
#ifndef RSC_CLI_H
#define RSC_CLI_H

/*
 * The frame of the program: commands with their options as tables, so that
 * parsing, `--help` and the shell completion come from one place.
 *
 * A command fills a struct cli_command and is listed in cli/main.c. Every
 * command has --help, and --json unless it is text_only, without naming them.
 * An option whose placeholder is LIST may be given several times: its values
 * are joined by commas.
 */

#include <resume_scorer.h>

#include "base/str.h"

enum exit_code {
    EXIT_OK = 0,
    EXIT_BAD_INPUT = 1,
    EXIT_USAGE = 2,
    EXIT_NO_MODEL = 3,
    EXIT_SOME_FAILED = 4,
    EXIT_STOPPED = 130, /* by a signal, as shells have it */
};

/* Names of skills for one request; more belong into a file. */
#define CLI_LIST_BYTES 4096

struct cli_option {
    const char *name;  /* "job": --job */
    char letter;       /* 'j': -j, or 0 */
    const char *value; /* placeholder for help, or NULL for a flag; LIST is
                          special, see above */
    const char *help;  /* one line */
};

struct cli;

struct cli_command {
    const char *name; /* "models pull" has its words separated by a space */
    const char *summary;
    const char *usage;                /* what follows the name */
    const char *text;                 /* paragraphs for --help, or NULL */
    const char *examples;             /* lines for --help */
    const struct cli_option *options; /* ends with a name of NULL; or NULL */
    bool unjudged;  /* its text is only read: --max-text may be larger */
    bool text_only; /* a script, a page, a file: --json is refused */
    enum exit_code (*run)(struct cli *cli);
};

/* One call of a command: its arguments after parsing. */
struct cli {
    const struct cli_command *command;
    const char *const *args; /* what is left beside the options */
    size_t n_args;
    bool json;
    const char *values[64]; /* by option index; "" for a flag; NULL if absent */
    const char *const *argv;
    int argc;
    char lists[CLI_LIST_BYTES]; /* joined values */
    size_t lists_len;
};

#define CLI_MAX_OPTIONS 60

/* The value of an option, "" for a flag that was given, NULL if absent. The
 * name must be in the command's table. */
const char *cli_value(const struct cli *cli, const char *name);
static inline bool cli_has(const struct cli *cli, const char *name)
{
    return cli_value(cli, name) != NULL;
}
/* Reads an unsigned number; on bad input prints what is wrong and returns
 * false. *out keeps its value where the option is absent. */
bool cli_number(const struct cli *cli, const char *name, uint64_t min,
                uint64_t max, uint64_t *out);

/* Parses argv (beginning with the command's own name) and runs the command. */
enum exit_code cli_run(const struct cli_command *command, int argc,
                       const char *const *argv);
/* Prints the help of one command to standard output. */
void cli_help(const struct cli_command *command);

/* Prints "resume-scorer NAME: sentence" to standard error. */
void cli_error(const struct cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same, and where help is to be found; returns EXIT_USAGE. */
enum exit_code cli_usage(const struct cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Prints err, with `what` (a file name, or NULL) before it, and returns the
 * exit code that belongs to its status. With --json the error goes to
 * standard output too, as {"error": {...}}. */
enum exit_code cli_fail(const struct cli *cli, const char *what,
                        const rsc_error *err);
enum exit_code cli_exit_code(rsc_status status);

#endif
