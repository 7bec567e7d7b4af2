/* SPDX-License-Identifier: MIT */
#ifndef RSC_SETTINGS_H
#define RSC_SETTINGS_H

/*
 * Every setting of the service, from one table: built-in value, a profile for
 * Render's free tier, the configuration file, the environment, the command
 * line. A later one wins, and each value remembers where it came from.
 *
 * A wrong name or value is an error that names the file and the line, or the
 * variable, or the option; nothing is silently corrected.
 */

#include "base/ctx.h"

enum setting_id {
    SET_HOST,
    SET_PORT,
    SET_WORKERS,
    SET_QUEUE,
    SET_INPUTS,
    SET_CONNECTIONS,
    SET_PER_ADDRESS,
    SET_TRUST_PROXY,
    SET_HEADER_S,
    SET_BODY_S,
    SET_BODY_RATE,
    SET_IDLE_S,
    SET_REQUEST_S,
    SET_STOP_S,
    SET_JSON_KB,
    SET_UPLOAD_MB,
    SET_BATCH_MB,
    SET_BATCH_FILES,
    SET_BODIES_MB,
    SET_RATE,
    SET_BURST,
    SET_MODELS,
    SET_MODEL,
    SET_PRECISION,
    SET_ENTITIES,
    SET_ONTOLOGY,
    SET_EXTRACTOR,
    SET_ISA,
    SET_THREADS,
    SET_BATCH_SIZE,
    SET_PRELOAD,
    SET_OFFLOAD,
    SET_OFFLOAD_S,
    SET_FILE_MB,
    SET_PAGES,
    SET_TEXT_CHARS,
    SET_EXTRACT_S,
    SET_EXTRACT_MB,
    SET_EMBEDDINGS,
    SET_EMBEDDINGS_MB,
    SET_ANALYSES,
    SET_ANALYSES_MB,
    SET_DISK,
    SET_DISK_ROWS,
    SET_DISK_MB,
    SET_FOLDER,
    SET_STORE,
    SET_EXPIRE_H,
    SET_AUDIT,
    SET_LIMIT_MB,
    SET_MONITOR_S,
    SET_STANDARD,
    SET_AGGRESSIVE,
    SET_EMERGENCY,
    SET_LOG_LEVEL,
    SET_LOG_FORMAT,
    SETTING_COUNT
};

enum setting_origin {
    FROM_DEFAULT,
    FROM_RENDER,
    FROM_FILE,
    FROM_ENVIRONMENT,
    FROM_OPTION,
};

/* An API key: only its hash is ever kept. */
struct setting_key {
    struct str name;
    unsigned char hash[32];
};

#define SETTINGS_MAX_KEYS 64

struct setting_value {
    uint64_t number; /* also of a switch: 0 or 1 */
    struct str text;
    enum setting_origin origin;
    struct str where; /* "/etc/resume-scorer.ini:12", "$PORT", "--port" */
};

struct settings {
    struct ctx *ctx; /* texts live in its arena */
    struct setting_value values[SETTING_COUNT];
    struct setting_key keys[SETTINGS_MAX_KEYS];
    size_t n_keys;
    struct str file; /* that was read, or empty */
    bool is_render;  /* Render's profile is in force */
};

static inline uint64_t settings_number(const struct settings *s,
                                       enum setting_id id)
{
    return s->values[id].number;
}
/* NUL-terminated; "" where nothing was set. */
static inline const char *settings_text(const struct settings *s,
                                        enum setting_id id)
{
    return s->values[id].text.data ? s->values[id].text.data : "";
}

/* The environment as a function, so that tests have one of their own. */
typedef const char *(*settings_env)(const char *name);

/* Built-in values, the profile if $RENDER is true, `file` (or NULL: that of
 * $RESUME_SCORER_CONFIG, else /etc/resume-scorer/resume-scorer.ini if there is
 * one), then the environment. Options follow with settings_option. */
rsc_status settings_load(struct ctx *ctx, struct settings *out,
                         const char *file, settings_env env);
/* The same from text; `name` is for messages. For tests and settings_load. */
rsc_status settings_read(struct ctx *ctx, struct settings *s, struct str text,
                         const char *name);
/* One option of the command line; option is its name without dashes. */
rsc_status settings_option(struct ctx *ctx, struct settings *s,
                           enum setting_id id, const char *option,
                           const char *value);
/* What only shows when all is known: stages in order, a key or loopback. To
 * be called last. */
rsc_status settings_check(struct ctx *ctx, const struct settings *s);

/* Whether others than this machine can reach it, and no key keeps them out. */
bool settings_is_exposed(const struct settings *s);

/* "server.port"; and the sentence that explains it. */
const char *settings_section(enum setting_id id);
const char *settings_name(enum setting_id id);
const char *settings_help(enum setting_id id);
const char *settings_origin_name(enum setting_origin origin);
/* The value as it would stand in the file. In ctx's arena. */
struct str settings_format(struct ctx *ctx, const struct settings *s,
                           enum setting_id id);
/* A whole file with every setting, its default and its explanation. */
void settings_write_example(struct buf *out);

/* BLAKE2b-256 of a key, as it is kept. */
void settings_hash_key(unsigned char out[32], struct str key);

#endif
