/* SPDX-License-Identifier: MIT */
#include "score/score_config.h"

#include <ini.h>

#include "base/hash.h"

static const char builtin_ini[] = {
#include "scoring_ini.inc"
};

/* The largest own configuration; ours has 6 KB with its reasons. */
#define CONFIG_BYTES ((size_t)64 << 10)

struct setting {
    const char *section, *key;
    size_t offset;
    uint32_t scale; /* 1000 for parts, 1 for counts */
    uint32_t min, max;
};

#define AT(member) offsetof(struct score_config, member)
#define PART(s, k, member)                                                     \
    {                                                                          \
        s, k, AT(member), 1000, 0, 1000                                        \
    }
#define WEIGHT(k, i)                                                           \
    {                                                                          \
        "weights", k, AT(kind[i]), 1, 0, 1000                                  \
    }
#define COUNT(k, lo, hi)                                                       \
    {                                                                          \
        "thresholds", #k, AT(k), 1, lo, hi                                     \
    }

static const struct setting settings[] = {
    WEIGHT("skill", 0),
    WEIGHT("years", 1),
    WEIGHT("degree", 2),
    WEIGHT("certificate", 3),
    WEIGHT("language", 4),
    WEIGHT("duty", 5),
    WEIGHT("title", 6),
    WEIGHT("licence", 7),
    WEIGHT("field", 8),
    PART("weights", "nice", nice),
    PART("credit", "exact", exact),
    PART("credit", "alias", alias),
    PART("credit", "words", words),
    PART("credit", "kind_of", kind_of),
    PART("credit", "part_of", part_of),
    PART("credit", "alternative", alternative),
    PART("credit", "related", related),
    PART("credit", "meaning", meaning),
    PART("credit", "duty_meaning", duty_meaning),
    PART("credit", "best_share", best_share),
    PART("credit", "places_share", places_share),
    PART("credit", "listed_only", listed_only),
    PART("credit", "stale", stale),
    PART("credit", "degree_step", degree_step),
    PART("credit", "degree_other", degree_other),
    PART("credit", "degree_unfinished", degree_unfinished),
    PART("credit", "degree_experience", degree_experience),
    PART("credit", "language_step", language_step),
    PART("credit", "language_unsaid", language_unsaid),
    PART("confidence", "exact", sure_exact),
    PART("confidence", "alias", sure_alias),
    PART("confidence", "words", sure_words),
    PART("confidence", "related", sure_related),
    PART("confidence", "computed", sure_computed),
    PART("confidence", "meaning_low", sure_meaning_low),
    PART("confidence", "meaning_high", sure_meaning_high),
    PART("thresholds", "meaning_from", meaning_from),
    PART("thresholds", "meaning_full", meaning_full),
    PART("thresholds", "place_from", place_from),
    PART("thresholds", "duty_full", duty_full),
    COUNT(support_full, 1, 1000),
    COUNT(field_full, 1, 1000),
    COUNT(places_full, 1, 1000),
    COUNT(bare_words, 0, 100),
    PART("thresholds", "same_words", same_words),
    PART("thresholds", "same_cosine", same_cosine),
    PART("thresholds", "met", met),
    COUNT(equivalent_months, 0, 600),
    COUNT(equivalent_skills, 1, 20),
    COUNT(stale_months, 0, 1200),
    COUNT(copy_run, 3, 1000),
    PART("thresholds", "copy_share", copy_share),
    PART("thresholds", "copy_refused", copy_refused),
    COUNT(prose_words, 1, 100000),
    COUNT(stuffed, 2, 1000),
    COUNT(stuffed_list, 1, 10000),
    COUNT(evidence_shown, 1, 100),
    PART("thresholds", "low_coverage", low_coverage),
};

#define N_SETTINGS (sizeof(settings) / sizeof(settings[0]))

/* What the handler of the ini reader fills. */
struct reading {
    struct ctx *ctx;
    struct score_config *config;
    size_t n_bands; /* read so far */
    struct str why; /* of the first refusal */
};

/* Reads "12", "0.45" or "1.0" as an integer of 1/scale; false where it is no
 * such number or has more digits than the scale holds. */
static bool parse_fixed(const char *s, uint32_t scale, uint32_t *out)
{
    uint64_t value = 0;
    size_t i = 0;
    for (; ascii_is_digit((unsigned char)s[i]) && i < 9; i++)
        value = value * 10 + (uint64_t)(s[i] - '0');
    if (i == 0)
        return false;
    value *= scale;
    if (s[i] == '.') {
        i++;
        for (uint32_t unit = scale / 10; unit; unit /= 10) {
            if (!ascii_is_digit((unsigned char)s[i]))
                break;
            value += (uint64_t)(s[i++] - '0') * unit;
        }
    }
    if (s[i] != '\0' || value > UINT32_MAX)
        return false;
    *out = (uint32_t)value;
    return true;
}

static uint32_t *member_of(struct score_config *config,
                           const struct setting *setting)
{
    return (uint32_t *)(void *)((char *)config + setting->offset);
}

static const struct setting *find_setting(const char *section, const char *key)
{
    for (size_t i = 0; i < N_SETTINGS; i++)
        if (!strcmp(settings[i].section, section) &&
            !strcmp(settings[i].key, key))
            return &settings[i];
    return NULL;
}

/* Remembers why, once; the reader says the line afterwards. */
static int refuse(struct reading *r, struct str why)
{
    if (r->why.len == 0)
        r->why = why;
    return 0;
}

static int refuse_value(struct reading *r, const char *key, const char *value)
{
    return refuse(r, ctx_printf(r->ctx, "%s = %s is out of range", key, value));
}

/* Bands replace each other in order: the n-th one read is the n-th best. */
static int read_band(struct reading *r, const char *name, const char *value)
{
    struct score_band *band;
    uint32_t from;
    if (r->n_bands == CONFIG_BANDS || strlen(name) >= sizeof(band->name) ||
        !parse_fixed(value, 100, &from) || from > 10000)
        return refuse_value(r, name, value);
    band = &r->config->band[r->n_bands++];
    memset(band->name, 0, sizeof(band->name));
    memcpy(band->name, name, strlen(name));
    band->from = from;
    return 1;
}

static int read_setting(void *user, const char *section, const char *key,
                        const char *value)
{
    struct reading *r = user;
    uint32_t number;
    if (!strcmp(section, "bands"))
        return read_band(r, key, value);
    if (!strcmp(section, "caps") && !strcmp(key, "required_missing")) {
        if (!parse_fixed(value, 1, &number) || number < 1 ||
            number > CONFIG_BANDS)
            return refuse_value(r, key, value);
        r->config->required_missing = number - 1;
        return 1;
    }
    const struct setting *setting = find_setting(section, key);
    if (!setting)
        return refuse(r,
                      ctx_printf(r->ctx, "[%s] has no key %s", section, key));
    if (!parse_fixed(value, setting->scale, &number) || number < setting->min ||
        number > setting->max)
        return refuse_value(r, key, value);
    *member_of(r->config, setting) = number;
    return 1;
}

/* What no single value shows: an order that makes sense as a whole. */
static rsc_status check_whole(struct ctx *ctx, const struct score_config *c,
                              const char *name)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < CONFIG_KINDS; i++)
        sum += c->kind[i];
    if (sum == 0)
        return ctx_fail(ctx, RSC_EINVALID,
                        "%s gives every kind the weight 0; give one of them a "
                        "weight",
                        name);
    for (size_t i = 1; i < CONFIG_BANDS; i++)
        if (c->band[i].from >= c->band[i - 1].from)
            return ctx_fail(ctx, RSC_EINVALID,
                            "%s: bands must come best first, each below the "
                            "one before",
                            name);
    if (c->band[CONFIG_BANDS - 1].from != 0)
        return ctx_fail(ctx, RSC_EINVALID, "%s: the last band must be from 0",
                        name);
    if (c->meaning_full <= c->meaning_from || c->duty_full <= c->meaning_from)
        return ctx_fail(ctx, RSC_EINVALID,
                        "%s: meaning_full and duty_full must be above "
                        "meaning_from",
                        name);
    if (c->best_share + c->places_share > 1000)
        return ctx_fail(ctx, RSC_EINVALID,
                        "%s: best_share and places_share are more than 1 "
                        "together",
                        name);
    return RSC_OK;
}

rsc_status score_config_read(struct ctx *ctx, struct score_config *config,
                             struct str ini, const char *name)
{
    if (ini.len > CONFIG_BYTES)
        return ctx_fail(ctx, RSC_ELIMIT, "%s is larger than %zu KB", name,
                        CONFIG_BYTES >> 10);
    struct str copy = ctx_copy(ctx, ini); /* with the NUL that inih wants */
    if (!copy.data)
        return ctx->error.status;
    struct score_config fresh = *config;
    struct reading r = {.ctx = ctx, .config = &fresh};
    int line = ini_parse_string(copy.data, read_setting, &r);
    if (line != 0)
        return ctx_fail(ctx, RSC_EINVALID, "%s, line %d: %s", name, line,
                        r.why.len ? r.why.data : "this is not \"key = value\"");
    if (r.n_bands != 0 && r.n_bands != CONFIG_BANDS)
        return ctx_fail(ctx, RSC_EINVALID, "%s: [bands] needs %d bands", name,
                        CONFIG_BANDS);
    rsc_status st = check_whole(ctx, &fresh, name);
    if (st == RSC_OK)
        *config = fresh;
    return st;
}

const char *score_config_default(void)
{
    return builtin_ini;
}

rsc_status score_config_init(struct ctx *ctx, struct score_config *out)
{
    memset(out, 0, sizeof(*out));
    return score_config_read(ctx, out,
                             (struct str){builtin_ini, sizeof(builtin_ini) - 1},
                             "data/scoring.ini");
}

rsc_status score_config_set_weights(struct ctx *ctx,
                                    struct score_config *config,
                                    struct str weights)
{
    struct score_config fresh = *config;
    struct str rest = weights, field;
    while (str_next_field(&rest, ',', &field)) {
        struct str key;
        struct str value = field;
        str_next_field(&value, '=', &key);
        key = ctx_copy(ctx, str_trim(key));
        value = ctx_copy(ctx, str_trim(value));
        if (!key.data || !value.data)
            return ctx->error.status;
        const struct setting *setting = find_setting("weights", key.data);
        if (!setting)
            return ctx_fail(ctx, RSC_EINVALID,
                            "weights know no \"%s\"; the kinds are skill, "
                            "years, degree, certificate, language, duty, "
                            "title, licence, field, and nice for wishes",
                            key.data);
        uint32_t number;
        if (!parse_fixed(value.data, setting->scale, &number) ||
            number > setting->max)
            return ctx_fail(
                ctx, RSC_EINVALID, "the weight %s=%s is not a number up to %u",
                key.data, value.data, setting->max / setting->scale);
        *member_of(&fresh, setting) = number;
    }
    rsc_status st = check_whole(ctx, &fresh, "the weights");
    if (st == RSC_OK)
        *config = fresh;
    return st;
}

rsc_status score_config_hash(struct ctx *ctx, struct str *out,
                             const struct score_config *config)
{
    /* Only uint32_t and zero-filled names: no padding, and the same bytes on
     * every machine that we build for (little-endian). */
    struct sha256_hex hex =
        hash_sha256((struct str){(const char *)config, sizeof(*config)});
    *out = ctx_copy(ctx, (struct str){hex.text, 16});
    return out->data ? RSC_OK : ctx->error.status;
}

bool score_config_vary(struct score_config *config, size_t i, unsigned percent,
                       const char **section, const char **key)
{
    if (i >= N_SETTINGS)
        return false;
    uint32_t *number = member_of(config, &settings[i]);
    uint64_t wanted = (uint64_t)*number * percent / 100;
    if (wanted < settings[i].min)
        wanted = settings[i].min;
    *number = wanted > settings[i].max ? settings[i].max : (uint32_t)wanted;
    /* What the reader of a configuration refuses is kept just inside. */
    if (config->meaning_full <= config->meaning_from)
        config->meaning_full = config->meaning_from + 1;
    if (config->duty_full <= config->meaning_from)
        config->duty_full = config->meaning_from + 1;
    *section = settings[i].section;
    *key = settings[i].key;
    return true;
}
