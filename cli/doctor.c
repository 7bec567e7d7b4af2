/* SPDX-License-Identifier: MIT */
#include "commands.h"

#include <stdio.h>

static enum exit_code run(struct cli *cli)
{
    (void)cli;
    printf("resume-scorer %s\n", rsc_version());
    return EXIT_OK;
}

const struct cli_command doctor_command = {
    .name = "doctor",
    .summary = "Show what this machine offers and what is missing",
    .usage = "[OPTION]...",
    .examples = "  resume-scorer doctor\n"
                "  resume-scorer doctor --json",
    .run = run,
};
