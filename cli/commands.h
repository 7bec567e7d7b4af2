/* SPDX-License-Identifier: MIT */
#ifndef RSC_COMMANDS_H
#define RSC_COMMANDS_H

/* The commands of the program, each defined in the file of its name. */

#include "cli.h"

/* What cli/main.c lists, in the order of --help; ends with NULL. */
extern const struct cli_command *const all_commands[];

extern const struct cli_command models_pull_command;
extern const struct cli_command models_list_command;
extern const struct cli_command models_verify_command;
extern const struct cli_command models_path_command;
extern const struct cli_command models_pack_command;
extern const struct cli_command models_remove_command;
extern const struct cli_command score_command;
extern const struct cli_command rank_command;
extern const struct cli_command extract_command;
extern const struct cli_command parse_command;
extern const struct cli_command redact_command;
extern const struct cli_command verify_command;
extern const struct cli_command audit_swap_command;
extern const struct cli_command audit_impact_command;
extern const struct cli_command embed_command;
extern const struct cli_command entities_command;
extern const struct cli_command serve_command;
extern const struct cli_command config_show_command;
extern const struct cli_command config_example_command;
extern const struct cli_command config_scoring_command;
extern const struct cli_command config_key_command;
extern const struct cli_command memory_command;
extern const struct cli_command data_delete_command;
extern const struct cli_command skills_list_command;
extern const struct cli_command skills_show_command;
extern const struct cli_command skills_add_command;
extern const struct cli_command doctor_command;
extern const struct cli_command manual_command;
extern const struct cli_command completion_command;

#endif
