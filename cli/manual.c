/* SPDX-License-Identifier: MIT */
/* The manual page and the shell completions, made from the command tables, so
 * that they cannot say anything else than --help does. */

#include <stdio.h>

#include "commands.h"

/* In roff a line must not begin with a dot or a quote, and a backslash and a
 * hyphen are special. */
static void put_roff(const char *text)
{
    bool line_start = true;

    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
        line_start = *text == '\n';
    }
}

static void put_roff_options(const struct cli_command *command)
{
    for (const struct cli_option *o = command->options; o && o->name; o++) {
        printf(".TP\n.B ");
        if (o->letter)
            printf("\\-%c, ", o->letter);
        fputs("\\-\\-", stdout);
        put_roff(o->name);
        if (o->value)
            printf(" \\fI%s\\fR", o->value);
        putchar('\n');
        put_roff(o->help);
        putchar('\n');
    }
}

static void put_roff_command(const struct cli_command *command)
{
    printf(".SS %s ", command->name);
    put_roff(command->usage);
    putchar('\n');
    put_roff(command->summary);
    printf(".\n");
    if (command->text) {
        printf(".PP\n");
        put_roff(command->text);
        putchar('\n');
    }
    put_roff_options(command);
    printf(".PP\n.nf\n");
    put_roff(command->examples);
    printf("\n.fi\n");
}

static enum exit_code run_manual(struct cli *cli)
{
    if (cli->n_args)
        return cli_usage(cli, "'manual' takes no file");
    printf(".TH RESUME-SCORER 1 \"\" \"resume-scorer %s\"\n.SH NAME\n"
           "resume-scorer \\- says with evidence how well a resume fits a "
           "job\n.SH SYNOPSIS\n.B resume-scorer\n.I command\n"
           "[\\fIoption\\fR]... [\\fIfile\\fR]...\n.SH DESCRIPTION\n",
           rsc_version());
    put_roff("Reads a resume and a job description and says, requirement by "
             "requirement, how\nwell they fit. Works offline; only 'models "
             "pull' uses the network. A file name\nof '-' is standard input. "
             "Every command understands --help, and --json where it "
             "answers with facts.\n");
    printf(".SH COMMANDS\n");
    for (size_t i = 0; all_commands[i]; i++)
        put_roff_command(all_commands[i]);
    printf(".SH ENVIRONMENT\n");
    put_roff("RESUME_SCORER_MODELS: the folder of the models.\n"
             "RESUME_SCORER_ISA: the instruction set to use.\n"
             "NO_COLOR: no colours.\n");
    printf(".SH EXIT STATUS\n0 done, 1 bad input, 2 wrong usage, 3 a model is "
           "missing, 4 some of several files failed.\n");
    return EXIT_OK;
}

const struct cli_command manual_command = {
    .name = "manual",
    .summary = "Print the manual page",
    .usage = "",
    .examples = "  resume-scorer manual | man -l -\n"
                "  resume-scorer manual > resume-scorer.1",
    .text_only = true,
    .run = run_manual,
};

static void put_option_words(const struct cli_command *command)
{
    for (const struct cli_option *o = command->options; o && o->name; o++)
        printf(" --%s", o->name);
    printf("%s --help", command->text_only ? "" : " --json");
}

static void put_bash(void)
{
    printf("# bash completion for resume-scorer\n_resume_scorer() {\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} words=\n"
           "    case \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n");
    /* Longer names first: "models pull" before "models". */
    for (int two_words = 1; two_words >= 0; two_words--) {
        for (size_t i = 0; all_commands[i]; i++) {
            const char *name = all_commands[i]->name;
            if ((strchr(name, ' ') != NULL) != two_words)
                continue;
            printf("    \"%s\"*) words=\"", name);
            put_option_words(all_commands[i]);
            printf("\" ;;\n");
        }
    }
    printf(
        "    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"");
    for (size_t i = 0; all_commands[i]; i++)
        printf("%.*s ", (int)strcspn(all_commands[i]->name, " "),
               all_commands[i]->name);
    printf("\"\n    elif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
           "        case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; all_commands[i]; i++) {
        const char *space = strchr(all_commands[i]->name, ' ');
        if (space)
            printf("        %.*s) words=\"$words %s\" ;;\n",
                   (int)(space - all_commands[i]->name), all_commands[i]->name,
                   space + 1);
    }
    printf("        esac\n    fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
           "complete -o default -F _resume_scorer resume-scorer\n");
}

static void put_fish(void)
{
    for (size_t i = 0; all_commands[i]; i++) {
        const struct cli_command *c = all_commands[i];
        const char *space = strchr(c->name, ' ');
        int first = space ? (int)(space - c->name) : (int)strlen(c->name);
        if (space)
            printf("complete -c resume-scorer -n '__fish_seen_subcommand_from "
                   "%.*s' -a '%s' -d '%s'\n",
                   first, c->name, space + 1, c->summary);
        else
            printf("complete -c resume-scorer -n __fish_use_subcommand -a '%s' "
                   "-d '%s'\n",
                   c->name, c->summary);
        for (const struct cli_option *o = c->options; o && o->name; o++)
            printf("complete -c resume-scorer -n '__fish_seen_subcommand_from "
                   "%s' -l %s%s\n",
                   space ? space + 1 : c->name, o->name, o->value ? " -r" : "");
    }
}

static enum exit_code run_completion(struct cli *cli)
{
    const char *shell = cli->n_args == 1 ? cli->args[0] : "";

    if (strcmp(shell, "bash") == 0)
        put_bash();
    else if (strcmp(shell, "fish") == 0)
        put_fish();
    else
        return cli_usage(cli, "name the shell: bash or fish");
    return EXIT_OK;
}

const struct cli_command completion_command = {
    .name = "completion",
    .summary = "Print the completion script of a shell",
    .usage = "bash|fish",
    .examples = "  source <(resume-scorer completion bash)\n"
                "  resume-scorer completion fish > "
                "~/.config/fish/completions/resume-scorer.fish",
    .text_only = true,
    .run = run_completion,
};
