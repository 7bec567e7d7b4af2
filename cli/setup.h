/* SPDX-License-Identifier: MIT */
#ifndef RSC_SETUP_H
#define RSC_SETUP_H

/* What the commands share: opening an engine as the options and the
 * environment say, and reading what the user named. */

#include "base/ctx.h"
#include "base/hash.h"
#include "cli.h"

/* Options of every command that needs an engine; put into its table. */
#define ENGINE_OPTIONS                                                         \
    {"models", 0, "DIR", "Folder of the installed models"},                    \
        {"model", 0, "NAME", "Sentence encoder (all-MiniLM-L6-v2)"},           \
        {"precision", 0, "NAME", "Precision of the encoder"},                  \
        {"isa", 0, "NAME", "Force an instruction set; see doctor"},            \
        {"threads", 0, "N", "Threads of the encoder (as many as allowed)"},    \
        {"ontology", 0, "FILE", "Own skills; see skills add"},                 \
    {                                                                          \
        "extractor", 0, "PATH", "Where resume-scorer-extract is"               \
    }

/* Caps on one document, for the commands that read some. */
#define LIMIT_OPTIONS                                                          \
    {"max-file", 0, "MB", "Largest file (20)"},                                \
        {"max-pages", 0, "N", "Pages that are read (50)"},                     \
        {"max-text", 0, "CHARS", "Characters that are read (50000)"},          \
        {"time-limit", 0, "SECONDS", "Longest extraction of one file (10)"},   \
    {                                                                          \
        "memory-limit", 0, "MB", "Memory of the extraction helper (256)"       \
    }

/* What the commands that score understand. */
#define SCORE_OPTIONS                                                          \
    {"job", 'j', "JOB", "The job description: a file, or '-'"},                \
        {"title", 0, "TEXT", "The job's title, where its text has none"},      \
        {"as-of", 0, "DATE", "What \"present\" means: 2026-11 (today)"},       \
        {"entities", 0, NULL,                                                  \
         "List the resume's entities; the parser uses them, too"},             \
        {"require", 0, "LIST", "Must be met: \"Python,kind=licence\""},        \
        {"scoring", 0, "FILE", "Own numbers; see config scoring"},             \
    {                                                                          \
        "weights", 0, "LIST", "Parts by kind: skill=40,years=20"               \
    }

/* One command's working state: an arena for what it reads, and the engine. */
struct setup {
    struct mem *mem;
    struct ctx ctx;
    rsc_engine *engine;
    struct str ontology;           /* the file of the user's skills */
    struct sha256_hex read_sha256; /* of what setup_document read last */
};

/* Opens the engine. On failure the error was printed, and the exit code is
 * returned; setup_close is to be called in both cases. */
enum exit_code setup_open(struct setup *setup, struct cli *cli);
void setup_close(struct setup *setup);

/* The first half of setup_open: what the engine is to be opened with. A file of
 * skills that cannot be read is an error in setup->ctx. */
enum exit_code setup_options(struct setup *setup, struct cli *cli,
                             rsc_options *out);
/* Fails where the options name a model that the open engine has not. */
rsc_status setup_named_model(struct setup *setup, struct cli *cli,
                             rsc_error *err);
/* Whether the user's own skills are why an engine does not open. */
bool setup_blames_skills(const rsc_options *options);

/* $RESUME_SCORER_MODELS, else resume-scorer/models under $XDG_DATA_HOME or
 * ~/.local/share; `given` (--models) wins over all. In ctx's arena; data is
 * NULL with an error in ctx where there is no home. */
struct str setup_models_dir(struct ctx *ctx, const char *given);

/* The path of resume-scorer-extract: `given`, or beside the program, or where
 * `make install` puts it. */
struct str setup_extractor(struct ctx *ctx, const char *given);
/* The user's own skills: `given` (--ontology), else
 * resume-scorer/skills.txt under $XDG_CONFIG_HOME or ~/.config; data is NULL
 * where there is no home. The file may be absent. */
struct str setup_ontology(struct ctx *ctx, const char *given);

/* Reads a file, or standard input for "-". `what` is for messages: the path,
 * or "standard input". Memory is ctx's. */
rsc_status setup_read(struct ctx *ctx, struct str *out, const char *path,
                      size_t max_bytes);
/* Reads and extracts one document. Prints nothing; err tells. */
rsc_status setup_document(struct setup *setup, rsc_document **out,
                          const char *path, rsc_error *err);
/* Reads what --scoring names; NULL where it was not given. Prints the error
 * where it fails. */
enum exit_code setup_scoring(struct cli *cli, struct setup *setup,
                             const char **out);
/* Fills out with what SCORE_OPTIONS say, checked against the job, which may be
 * NULL. Prints what is wrong: that is wrong usage. */
enum exit_code setup_score(struct cli *cli, struct setup *setup,
                           const rsc_job *job, rsc_score_options *out);
/* Reads the job that --job names; prints the error where it fails. */
enum exit_code setup_job(struct cli *cli, struct setup *setup, rsc_job **out);

#endif
