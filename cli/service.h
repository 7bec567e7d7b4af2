/* SPDX-License-Identifier: MIT */
#ifndef RSC_SERVICE_H
#define RSC_SERVICE_H

/* What the commands around the service share: its settings from file,
 * environment and options, and the folder of its state. */

#include "cli.h"
#include "server/settings.h"

#define SERVICE_OPTIONS                                                        \
    {                                                                          \
        "config", 0, "FILE", "Configuration file; see 'config example'"        \
    }

/* Options of serve that are settings, too; put into its table. */
#define SETTING_OPTIONS                                                        \
    {"host", 0, "ADDRESS", "Address to listen on (127.0.0.1)"},                \
        {"port", 0, "N", "Port (8000)"},                                       \
        {"workers", 0, "N", "Requests at the same time (1)"},                  \
        {"threads", 0, "N", "Threads of the encoder"},                         \
        {"batch-size", 0, "N", "Texts that are encoded together (8)"},         \
        {"models", 0, "DIR", "Folder of the installed models"},                \
        {"model", 0, "NAME", "Sentence encoder (all-MiniLM-L6-v2)"},           \
        {"precision", 0, "NAME", "Precision of the encoder"},                  \
        {"isa", 0, "NAME", "Force an instruction set"},                        \
        {"ontology", 0, "FILE", "Own skills beside the built-in ones"},        \
        {"extractor", 0, "PATH", "Where resume-scorer-extract is"},            \
        {"state", 0, "DIR", "Folder of cache and stored results"},             \
        {"memory-limit", 0, "MB", "Instead of the container's own"},           \
        {"log-level", 0, "NAME", "debug, info, warn or error"},                \
        {"log-format", 0, "NAME", "logfmt or json"},                           \
        {"preload-models", 0, NULL,                                            \
         "Read the model before the first request"},                           \
    {                                                                          \
        "store", 0, NULL, "Keep results on disk: personal data"                \
    }

/* Reads and checks the settings without printing anything. */
rsc_status service_read(struct cli *cli, struct ctx *ctx, struct settings *out);
/* Reads the settings; where the command has SETTING_OPTIONS, those too. On
 * failure the error was printed. */
enum exit_code service_settings(struct cli *cli, struct ctx *ctx,
                                struct settings *out);
/* data.folder, else the user's own; empty where there is no home. */
struct str service_state_folder(struct ctx *ctx, const struct settings *s);

#endif
