/* SPDX-License-Identifier: MIT */
#include "settings.h"

#include <ini.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "settings_table.h"

#define DEFAULT_FILE "/etc/resume-scorer/resume-scorer.ini"
/* A configuration is written by hand. */
#define MAX_FILE ((size_t)256 << 10)
/* What inih reads as one line; a longer one would be cut in two. */
#define MAX_LINE 190

const char *settings_section(enum setting_id id)
{
    return setting_rows[id].section;
}

const char *settings_name(enum setting_id id)
{
    return setting_rows[id].name;
}

const char *settings_help(enum setting_id id)
{
    return setting_rows[id].help;
}

const char *settings_origin_name(enum setting_origin origin)
{
    static const char *const names[] = {
        [FROM_DEFAULT] = "default",
        [FROM_RENDER] = "render",
        [FROM_FILE] = "file",
        [FROM_OPTION] = "option",
        [FROM_ENVIRONMENT] = "environment",
    };

    return names[origin];
}

/* The choice as we write it; none when it is not one. Case does not matter,
 * and Python's name for a level is the level: LOG_LEVEL=WARNING. */
static struct str find_choice(const char *choices, struct str value)
{
    struct str rest = str_of(choices), choice;

    if (str_eq_nocase(value, STR("warning")))
        value = STR("warn");
    while (str_next_field(&rest, '|', &choice))
        if (str_eq_nocase(choice, value))
            return choice;
    return STR_NONE;
}

static bool parse_switch(struct str value, uint64_t *out)
{
    static const char *const yes[] = {"true", "yes", "on", "1"};
    static const char *const no[] = {"false", "no", "off", "0"};

    for (size_t i = 0; i < 4; i++) {
        if (str_eq_nocase(value, str_of(yes[i]))) {
            *out = 1;
            return true;
        }
        if (str_eq_nocase(value, str_of(no[i]))) {
            *out = 0;
            return true;
        }
    }
    return false;
}

/* Sets one value; `why` gets a phrase when it is refused. */
static bool assign(struct ctx *ctx, struct settings *s, enum setting_id id,
                   struct str text, struct str *why)
{
    const struct setting_row *row = &setting_rows[id];
    struct setting_value *value = &s->values[id];

    if (row->type == SETTING_NUMBER) {
        if (!str_to_u64(text, row->max, &value->number) ||
            value->number < row->min) {
            *why = ctx_printf(
                ctx, "must be a whole number from %" PRIu64 " to %" PRIu64,
                row->min, row->max);
            return false;
        }
    } else if (row->type == SETTING_SWITCH) {
        if (!parse_switch(text, &value->number)) {
            *why = STR("must be true or false");
            return false;
        }
    } else {
        if (row->choice)
            text = find_choice(row->choice, text);
        if (!text.data) {
            *why = ctx_printf(ctx, "must be one of %s", row->choice);
            return false;
        }
        value->text = ctx_copy(ctx, text);
    }
    return true;
}

static void set_origin(struct settings *s, enum setting_id id,
                       enum setting_origin origin, struct str where)
{
    s->values[id].origin = origin;
    s->values[id].where = where;
}

void settings_hash_key(unsigned char out[32], struct str key)
{
    crypto_generichash(out, 32, (const unsigned char *)key.data, key.len, NULL,
                       0);
}

static bool add_hash(struct settings *s, struct str name,
                     const unsigned char hash[32])
{
    if (s->n_keys == SETTINGS_MAX_KEYS)
        return false;
    struct setting_key *key = &s->keys[s->n_keys++];
    key->name = ctx_copy(s->ctx, name);
    memcpy(key->hash, hash, 32);
    return true;
}

/* "blake2b:" and 64 hexadecimal digits. */
static bool add_hex_key(struct settings *s, struct str name, struct str value,
                        struct str *why)
{
    unsigned char hash[32];
    struct str prefix = STR("blake2b:");
    size_t len = 0;

    if (!str_starts(value, prefix) || value.len != prefix.len + 64 ||
        sodium_hex2bin(hash, 32, value.data + prefix.len, 64, NULL, &len,
                       NULL) ||
        len != 32) {
        *why = STR("must be \"blake2b:\" and 64 hexadecimal digits, as "
                   "'resume-scorer config key' prints them");
        return false;
    }
    if (!add_hash(s, name, hash)) {
        *why = STR("is one key too many; 64 are possible");
        return false;
    }
    return true;
}

struct reading {
    struct ctx *ctx;
    struct settings *settings;
    const char *file;
    struct str text;
    bool seen[SETTING_COUNT];
    struct str why; /* of the first refusal */
};

static enum setting_id find_row(struct str section, struct str name)
{
    int id = 0;

    while (id < SETTING_COUNT &&
           !(str_eq(section, str_of(setting_rows[id].section)) &&
             str_eq(name, str_of(setting_rows[id].name))))
        id++;
    return (enum setting_id)id;
}

/* The line that sets a value, which inih does not tell; names come once. */
static struct str find_place(const struct reading *r, const char *section,
                             const char *name)
{
    struct str rest = r->text, line, current = STR("");

    for (int i = 1; str_next_line(&rest, &line); i++) {
        line = str_trim(line);
        size_t end = str_find(line, STR("]"), 0);
        if (line.len && line.data[0] == '[' && end != SIZE_MAX)
            current = str_trim(str_slice(line, 1, end));
        size_t stop = 0;
        while (stop < line.len && line.data[stop] != '=' &&
               line.data[stop] != ':')
            stop++;
        if (stop < line.len && str_eq(current, str_of(section)) &&
            str_eq(str_trim(str_slice(line, 0, stop)), str_of(name)))
            return ctx_printf(r->ctx, "%s:%d", r->file, i);
    }
    return str_of(r->file);
}

static int refuse(struct reading *r, struct str why)
{
    if (!r->why.data)
        r->why = why;
    return 0;
}

static int read_setting(void *user, const char *section, const char *name,
                        const char *value)
{
    struct reading *r = user;
    struct str why = STR_NONE;
    enum setting_id id = find_row(str_of(section), str_of(name));

    if (strcmp(section, "keys") == 0) {
        if (add_hex_key(r->settings, str_of(name), str_of(value), &why))
            return 1;
        return refuse(
            r, ctx_printf(r->ctx, "the key '%s' %.*s", name, STR_ARG(why)));
    }
    if (id == SETTING_COUNT)
        return refuse(r,
                      ctx_printf(r->ctx, "there is no setting %s.%s",
                                 section[0] ? section : "(no section)", name));
    if (r->seen[id])
        return refuse(
            r, ctx_printf(r->ctx, "%s.%s is given twice", section, name));
    r->seen[id] = true;
    if (!assign(r->ctx, r->settings, id, str_of(value), &why))
        return refuse(r, ctx_printf(r->ctx, "%s.%s %.*s, not '%s'", section,
                                    name, STR_ARG(why), value));
    set_origin(r->settings, id, FROM_FILE, find_place(r, section, name));
    return 1;
}

static rsc_status check_lines(struct ctx *ctx, struct str text,
                              const char *name)
{
    struct str line;

    for (int i = 1; str_next_line(&text, &line); i++) {
        if (line.len > MAX_LINE)
            return ctx_fail(ctx, RSC_EINVALID,
                            "%s, line %d: the line is longer than %d bytes",
                            name, i, MAX_LINE);
        if (memchr(line.data, 0, line.len))
            return ctx_fail(ctx, RSC_EINVALID, "%s, line %d: a NUL byte", name,
                            i);
    }
    return RSC_OK;
}

rsc_status settings_read(struct ctx *ctx, struct settings *s, struct str text,
                         const char *name)
{
    struct reading r = {.ctx = ctx, .settings = s, .file = name, .text = text};
    struct str copy = ctx_copy(ctx, text);

    if (!copy.data || check_lines(ctx, copy, name))
        return ctx->error.status;
    int line = ini_parse_string(copy.data, read_setting, &r);
    if (line != 0)
        return ctx_fail(ctx, RSC_EINVALID, "%s, line %d: %s", name, line,
                        r.why.data ? r.why.data
                                   : "this is not \"name = value\"");
    s->file = str_of(name);
    return ctx->error.status;
}

rsc_status settings_option(struct ctx *ctx, struct settings *s,
                           enum setting_id id, const char *option,
                           const char *value)
{
    struct str why = STR_NONE;

    if (!assign(ctx, s, id, str_of(value), &why))
        return ctx_fail(ctx, RSC_EINVALID, "--%s %.*s, not '%s'", option,
                        STR_ARG(why), value);
    set_origin(s, id, FROM_OPTION, ctx_printf(ctx, "--%s", option));
    return ctx->error.status;
}

static rsc_status read_variable(struct ctx *ctx, struct settings *s,
                                enum setting_id id, const char *variable,
                                settings_env env)
{
    const char *value = env(variable);
    struct str why = STR_NONE;

    if (!value || !value[0])
        return RSC_OK;
    if (!assign(ctx, s, id, str_of(value), &why))
        return ctx_fail(ctx, RSC_EINVALID, "$%s %.*s, not '%s'", variable,
                        STR_ARG(why), value);
    set_origin(s, id, FROM_ENVIRONMENT, ctx_printf(ctx, "$%s", variable));
    return ctx->error.status;
}

/* Names shared with other programs first, so that our own ones win. */
static rsc_status read_environment(struct ctx *ctx, struct settings *s,
                                   settings_env env)
{
    char name[96];

    for (int id = 0; id < SETTING_COUNT; id++) {
        const struct setting_row *row = &setting_rows[id];
        for (size_t i = 0; i < 3 && row->env[i]; i++)
            if (read_variable(ctx, s, (enum setting_id)id, row->env[i], env))
                return ctx->error.status;
        snprintf(name, sizeof(name), "RESUME_SCORER_%s_%s", row->section,
                 row->name);
        for (char *p = name; *p; p++)
            if (ascii_is_lower((unsigned char)*p))
                *p = (char)(*p - ('a' - 'A'));
        if (read_variable(ctx, s, (enum setting_id)id, name, env))
            return ctx->error.status;
    }
    return RSC_OK;
}

/* Keys in the environment are plain text there already; only their hashes are
 * kept by us. */
static rsc_status read_key_variables(struct ctx *ctx, struct settings *s,
                                     settings_env env)
{
    static const char *const names[] = {"RESUME_SCORER_ADMIN_KEY",
                                        "RESUME_SCORER_API_KEY", "API_TOKEN",
                                        "API_KEY"};
    unsigned char hash[32];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = env(names[i]);
        if (!value || !value[0])
            continue;
        if (strlen(value) < 16)
            return ctx_fail(ctx, RSC_EINVALID,
                            "$%s is shorter than 16 characters; 'resume-scorer "
                            "config key' makes a good one",
                            names[i]);
        settings_hash_key(hash, str_of(value));
        add_hash(s, str_of(names[i]), hash);
    }
    return RSC_OK;
}

static void set_defaults(struct settings *s, bool render)
{
    for (int id = 0; id < SETTING_COUNT; id++) {
        const struct setting_row *row = &setting_rows[id];
        bool differs =
            render && row->type != SETTING_TEXT && row->render != row->number;
        s->values[id].number = differs ? row->render : row->number;
        s->values[id].text = row->text ? str_of(row->text) : STR("");
        s->values[id].origin = differs ? FROM_RENDER : FROM_DEFAULT;
    }
    s->is_render = render;
    if (render) {
        s->values[SET_HOST].text = STR("0.0.0.0");
        s->values[SET_HOST].origin = FROM_RENDER;
    }
}

rsc_status settings_load(struct ctx *ctx, struct settings *out,
                         const char *file, settings_env env)
{
    const char *render = env("RENDER");
    struct str text;

    *out = (struct settings){.ctx = ctx};
    if (sodium_init() < 0)
        return ctx_fail(ctx, RSC_EINTERNAL, "libsodium cannot start");
    set_defaults(out, render && str_eq_nocase(str_of(render), STR("true")));
    if (!file)
        file = env("RESUME_SCORER_CONFIG");
    if (!file && access(DEFAULT_FILE, R_OK) == 0)
        file = DEFAULT_FILE;
    if (file && file[0]) {
        if (file_read(ctx, &text, file, MAX_FILE) ||
            settings_read(ctx, out, text, file))
            return ctx->error.status;
    }
    if (read_environment(ctx, out, env))
        return ctx->error.status;
    return read_key_variables(ctx, out, env);
}

static bool is_loopback(const char *host)
{
    return strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0 ||
           strcmp(host, "localhost") == 0;
}

bool settings_is_exposed(const struct settings *s)
{
    return !is_loopback(settings_text(s, SET_HOST)) && s->n_keys == 0;
}

/* Where the first of n values was set, as the beginning of a message. */
static const char *place_of(struct ctx *ctx, const struct settings *s,
                            const enum setting_id *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct str where = s->values[ids[i]].where;
        struct str text = STR_NONE;
        if (where.len)
            text = ctx_printf(ctx, "%.*s: ", STR_ARG(where));
        if (text.data)
            return text.data;
    }
    return "";
}

rsc_status settings_check(struct ctx *ctx, const struct settings *s)
{
    uint64_t standard = settings_number(s, SET_STANDARD);
    uint64_t aggressive = settings_number(s, SET_AGGRESSIVE);
    uint64_t emergency = settings_number(s, SET_EMERGENCY);

    static const enum setting_id stages[] = {SET_STANDARD, SET_AGGRESSIVE,
                                             SET_EMERGENCY};
    static const enum setting_id sizes[] = {SET_BODIES_MB, SET_UPLOAD_MB,
                                            SET_BATCH_MB};

    if (!(standard < aggressive && aggressive < emergency))
        return ctx_fail(ctx, RSC_EINVALID,
                        "%smemory.standard, memory.aggressive and "
                        "memory.emergency must rise (%" PRIu64 ", %" PRIu64
                        ", %" PRIu64 ")",
                        place_of(ctx, s, stages, 3), standard, aggressive,
                        emergency);
    if (settings_number(s, SET_BATCH_MB) > settings_number(s, SET_BODIES_MB) ||
        settings_number(s, SET_UPLOAD_MB) > settings_number(s, SET_BODIES_MB))
        return ctx_fail(ctx, RSC_EINVALID,
                        "%sserver.bodies_mb must be at least server.upload_mb "
                        "and server.batch_mb",
                        place_of(ctx, s, sizes, 3));
    /* Render gives each service a public name; its operator chose that. */
    if (settings_is_exposed(s) && s->values[SET_HOST].origin != FROM_RENDER &&
        s->values[SET_HOST].origin != FROM_OPTION)
        return ctx_fail(ctx, RSC_EINVALID,
                        "server.host is %s, which others can reach: set a key "
                        "('resume-scorer config key'), or say --host %s on "
                        "the command line",
                        settings_text(s, SET_HOST), settings_text(s, SET_HOST));
    return RSC_OK;
}

struct str settings_format(struct ctx *ctx, const struct settings *s,
                           enum setting_id id)
{
    const struct setting_value *value = &s->values[id];

    switch (setting_rows[id].type) {
    case SETTING_NUMBER:
        return ctx_printf(ctx, "%" PRIu64, value->number);
    case SETTING_SWITCH:
        return value->number ? STR("true") : STR("false");
    case SETTING_TEXT:
        break;
    }
    return str_of(settings_text(s, id));
}

static void write_row(struct buf *out, const struct setting_row *row)
{
    buf_printf(out, "; %s", row->help);
    if (row->choice)
        buf_printf(out, " (%s)", row->choice);
    if (row->type == SETTING_NUMBER)
        buf_printf(out, " (%" PRIu64 " to %" PRIu64 ")", row->min, row->max);
    if (row->type == SETTING_NUMBER && row->render != row->number)
        buf_printf(out, "; on Render %" PRIu64, row->render);
    if (row->type == SETTING_SWITCH && row->render != row->number)
        buf_printf(out, "; on Render %s", row->render ? "true" : "false");
    buf_printf(out, "\n;%s = ", row->name);
    if (row->type == SETTING_NUMBER)
        buf_printf(out, "%" PRIu64, row->number);
    else
        buf_put(out, str_of(row->type == SETTING_TEXT ? row->text
                            : row->number             ? "true"
                                                      : "false"));
    buf_put_char(out, '\n');
}

void settings_write_example(struct buf *out)
{
    const char *section = "";

    buf_put(out, STR("; Resume Scorer's service. Every setting with its "
                     "default; take the ';' before\n; a name away to change "
                     "it. Made by 'resume-scorer config example'.\n"));
    for (int id = 0; id < SETTING_COUNT; id++) {
        if (strcmp(section, setting_rows[id].section) != 0) {
            section = setting_rows[id].section;
            buf_printf(out, "\n[%s]\n", section);
        }
        write_row(out, &setting_rows[id]);
    }
    buf_put(out, STR("\n[keys]\n; NAME = blake2b:HASH, as 'resume-scorer "
                     "config key NAME' prints it.\n"));
}
