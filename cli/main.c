/* SPDX-License-Identifier: MIT */
/* The program: finds the command and runs it. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "terminal.h"

/* One a line, in the order of --help. */
/* clang-format off */
const struct cli_command *const all_commands[] = {
    &score_command,
    &rank_command,
    &extract_command,
    &parse_command,
    &redact_command,
    &verify_command,
    &audit_swap_command,
    &audit_impact_command,
    &embed_command,
    &entities_command,
    &models_pull_command,
    &models_list_command,
    &models_verify_command,
    &models_path_command,
    &models_pack_command,
    &models_remove_command,
    &serve_command,
    &config_show_command,
    &config_example_command,
    &config_scoring_command,
    &config_key_command,
    &memory_command,
    &data_delete_command,
    &skills_list_command,
    &skills_show_command,
    &skills_add_command,
    &doctor_command,
    &manual_command,
    &completion_command,
    NULL,
};
/* clang-format on */

static void print_help(void)
{
    printf("Resume Scorer %s: how well does a resume fit a job, and why.\n\n"
           "Usage: resume-scorer COMMAND [OPTION]... [FILE]...\n\nCommands:\n",
           rsc_version());
    for (size_t i = 0; all_commands[i]; i++)
        printf("  %-16s  %s\n", all_commands[i]->name,
               all_commands[i]->summary);
    printf("\n'resume-scorer COMMAND --help' teaches each one. A file name of "
           "'-' is standard\ninput. Nothing is sent anywhere; only 'models "
           "pull' uses the network.\n");
}

/* The number of argv words that command's name takes, 0 if it is another. */
static int match_name(const struct cli_command *command, int argc,
                      const char *const *argv)
{
    struct str rest = str_of(command->name), word;
    int n = 0;

    while (str_next_field(&rest, ' ', &word)) {
        if (n + 1 >= argc || !str_eq(word, str_of(argv[n + 1])))
            return 0;
        n++;
    }
    return n;
}

/* For "models" alone: the commands that begin with that word. */
static bool print_group(const char *word)
{
    size_t len = strlen(word);
    bool any = false;

    for (size_t i = 0; all_commands[i]; i++) {
        const struct cli_command *c = all_commands[i];
        if (strncmp(c->name, word, len) != 0 || c->name[len] != ' ')
            continue;
        if (!any)
            printf("Usage: resume-scorer %s COMMAND ...\n\nCommands:\n", word);
        any = true;
        printf("  %-16s  %s\n", c->name, c->summary);
    }
    return any;
}

static int run_unknown(const char *word, const char *next)
{
    if (print_group(word))
        return strcmp(next, "--help") == 0 || strcmp(next, "-h") == 0
                   ? EXIT_OK
                   : EXIT_USAGE;
    fputs("resume-scorer: there is no command '", stderr);
    terminal_say(stderr, str_of(word));
    fputs("'\nTry: resume-scorer --help\n", stderr);
    return EXIT_USAGE;
}

/* What could not be written is an error, not a short answer. A reader that
 * went away has seen what it wanted. */
static int finish(enum exit_code code)
{
    bool failed = ferror(stdout) != 0;
    int error = errno;

    if (fflush(stdout)) {
        failed = true;
        error = errno;
    }
    if (!failed || code || error == EPIPE)
        return code;
    fprintf(stderr, "resume-scorer: cannot write the output: %s\n",
            strerror(error));
    return EXIT_BAD_INPUT;
}

int main(int argc, char **argv)
{
    const char *const *words = (const char *const *)argv;

    /* A reader that went away is an error of write, not the end of us. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        print_help();
        return EXIT_USAGE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
        !strcmp(argv[1], "help")) {
        print_help();
        return EXIT_OK;
    }
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
        printf("resume-scorer %s\n", rsc_version());
        return EXIT_OK;
    }
    for (size_t i = 0; all_commands[i]; i++) {
        int n = match_name(all_commands[i], argc, words);
        if (n)
            return finish(cli_run(all_commands[i], argc - n, words + n));
    }
    return run_unknown(argv[1], argc > 2 ? argv[2] : "");
}
