/* SPDX-License-Identifier: MIT */
#include "embed/encoder_source.h"

#include <unistd.h>

#include "base/limits.h"
#include "model/json_read.h"

static uint32_t number(struct str json, const char *key, uint32_t fallback)
{
    uint64_t value;

    return str_to_u64(json_find(json, key), UINT32_MAX, &value)
               ? (uint32_t)value
               : fallback;
}

static bool says(struct str json, const char *key, const char *value)
{
    return str_eq(json_find(json, key), str_of(value));
}

/* A positive decimal number such as 1e-12, without the C library's locale. */
static double decimal(struct str text)
{
    double value = 0, unit = 1;
    unsigned exponent = 0;
    bool point = false, power = false, negative = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '.') {
            point = true;
        } else if (c == 'e' || c == 'E') {
            power = true;
        } else if (c == '-') {
            negative = true;
        } else if (c >= '0' && c <= '9' && power) {
            exponent =
                exponent < 99 ? exponent * 10 + (unsigned)(c - '0') : exponent;
        } else if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            unit *= point ? 10 : 1;
        }
    }
    for (; exponent; exponent--)
        unit = negative ? unit * 10 : unit / 10;
    return value / unit;
}

/* By the file of the pooling module, which has one of two forms: a name, or a
 * flag per kind of which one is set. */
static bool pools_by(struct str pooling, const char *name, const char *flag)
{
    struct str mode = json_find(pooling, "pooling_mode");

    return mode.data ? str_eq(mode, str_of(name)) : says(pooling, flag, "true");
}

static bool pools_first(struct str pooling)
{
    return pools_by(pooling, "\"cls\"", "pooling_mode_cls_token");
}

/* Flags that are set, whatever they stand for. */
static size_t pooling_flags(struct str pooling)
{
    struct json_reader r = json_reader_of(pooling);
    struct str key;
    size_t n = 0;

    json_enter(&r, '{');
    while (json_next_key(&r, &key)) {
        bool set = str_eq(json_skip(&r), STR("true"));
        n += set && str_starts(key, STR("pooling_mode_"));
    }
    return n;
}

/* Modules end with what they do: "sentence_transformers.models.Pooling". */
static bool is_known_module(struct str type)
{
    static const char *const KNOWN[] = {".Transformer", ".Pooling",
                                        ".Normalize"};

    for (size_t i = 0; i < sizeof(KNOWN) / sizeof(KNOWN[0]); i++)
        if (str_ends(type, str_of(KNOWN[i])))
            return true;
    return false;
}

static rsc_status check_modules(struct ctx *ctx,
                                const struct encoder_source_text *text)
{
    struct json_reader r = json_reader_of(text->modules);

    if (text->pooling.len &&
        ((!pools_first(text->pooling) &&
          !pools_by(text->pooling, "\"mean\"", "pooling_mode_mean_tokens")) ||
         pooling_flags(text->pooling) > 1))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the model pools neither by mean nor by first token");
    if (!text->modules.len)
        return RSC_OK;
    json_enter(&r, '[');
    while (json_next_item(&r)) {
        struct str type = json_find(json_skip(&r), "type");
        if (type.len < 2)
            break;
        type = str_slice(type, 1, type.len - 1);
        if (!is_known_module(type))
            return ctx_fail(ctx, RSC_EUNSUPPORTED,
                            "the model has a module that this program cannot "
                            "run: %.*s",
                            STR_ARG(type));
    }
    return r.failed ? ctx_fail(ctx, RSC_EFORMAT, "modules.json is damaged")
                    : RSC_OK;
}

static rsc_status check_kind(struct ctx *ctx,
                             const struct encoder_source_text *text)
{
    struct str positions = json_find(text->config, "position_embedding_type");

    if (!says(text->config, "model_type", "\"bert\""))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "config.json does not describe a BERT model; only "
                        "this family of sentence encoders can be used");
    if (!says(text->config, "hidden_act", "\"gelu\""))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the model's hidden_act is not gelu");
    if (positions.data && !str_eq(positions, STR("\"absolute\"")))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the model's position_embedding_type is not absolute");
    if (says(text->tokenizer, "do_lower_case", "false") ||
        says(text->tokenizer, "strip_accents", "false") ||
        says(text->tokenizer, "tokenize_chinese_chars", "false"))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "the model's texts are not lower-cased as BERT's "
                        "uncased models do it");
    return check_modules(ctx, text);
}

rsc_status encoder_source_config(struct ctx *ctx, struct encoder_config *out,
                                 const struct encoder_source_text *text)
{
    struct str json = text->config;

    rsc_status st = check_kind(ctx, text);
    if (st)
        return st;
    uint32_t positions = number(json, "max_position_embeddings", 0);
    uint32_t cap = number(text->tokenizer, "model_max_length", positions);
    cap = number(text->length, "max_seq_length", cap);
    *out = (struct encoder_config){
        .layers = number(json, "num_hidden_layers", 0),
        .hidden = number(json, "hidden_size", 0),
        .heads = number(json, "num_attention_heads", 0),
        .inner = number(json, "intermediate_size", 0),
        .vocab = number(json, "vocab_size", 0),
        .cap = cap < positions ? cap : positions,
        .first_only = pools_first(text->pooling),
        /* A list of modules without the last one does not normalise. */
        .normalize =
            !text->modules.len ||
            str_find(text->modules, STR(".Normalize\""), 0) != SIZE_MAX,
        .eps = (float)decimal(json_find(json, "layer_norm_eps")),
    };
    if (out->cap > ENCODER_MAX_CAP)
        out->cap = ENCODER_MAX_CAP;
    if (!encoder_config_is_valid(out))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "config.json has sizes that this program cannot run: "
                        "heads must be a multiple of 32 wide, %u layers, "
                        "hidden %u, %u heads, inner %u",
                        out->layers, out->hidden, out->heads, out->inner);
    return RSC_OK;
}

/* An absent file reads as empty. */
static rsc_status read_optional(struct ctx *ctx, struct str *out,
                                const char *folder, const char *name)
{
    struct str path = ctx_printf(ctx, "%s/%s", folder, name);

    *out = STR_NONE;
    if (!path.data)
        return ctx->error.status;
    if (access(path.data, F_OK))
        return RSC_OK;
    return file_read(ctx, out, path.data, LIMIT_MODEL_CONFIG);
}

static rsc_status read_config(struct ctx *ctx, struct encoder_config *out,
                              const char *folder)
{
    struct encoder_source_text text;
    struct str path = ctx_printf(ctx, "%s/config.json", folder);

    if (!path.data ||
        file_read(ctx, &text.config, path.data, LIMIT_MODEL_CONFIG))
        return ctx->error.status;
    if (read_optional(ctx, &text.pooling, folder, "1_Pooling/config.json") ||
        read_optional(ctx, &text.modules, folder, "modules.json") ||
        read_optional(ctx, &text.length, folder, "sentence_bert_config.json") ||
        read_optional(ctx, &text.tokenizer, folder, "tokenizer_config.json"))
        return ctx->error.status;
    return encoder_source_config(ctx, out, &text);
}

rsc_status encoder_source_open(struct ctx *ctx, struct encoder_source *out,
                               const char *folder)
{
    *out = (struct encoder_source){0};
    rsc_status st = read_config(ctx, &out->config, folder);
    if (st)
        return st;
    struct str path = ctx_printf(ctx, "%s/model.safetensors", folder);
    if (!path.data)
        return ctx->error.status;
    return safetensors_open(ctx, &out->tensors, path.data);
}

void encoder_source_close(struct encoder_source *source)
{
    if (source)
        safetensors_close(&source->tensors);
}

rsc_status encoder_source_floats(struct ctx *ctx, float *out,
                                 const struct encoder_source *source,
                                 struct str name, size_t rows, size_t columns)
{
    const struct tensor *t = safetensors_find(&source->tensors, name);

    if (!t) {
        struct str longer = ctx_printf(ctx, "bert.%.*s", STR_ARG(name));
        if (!longer.data)
            return ctx->error.status;
        t = safetensors_find(&source->tensors, longer);
    }
    if (!t)
        return ctx_fail(ctx, RSC_EFORMAT, "model.safetensors lacks %.*s",
                        STR_ARG(name));
    /* Of a longer table, such as of positions past the cap, the first rows
     * are taken. */
    bool table = str_starts(name, STR("embeddings."));
    bool fits = t->rank == 1 ? rows == 1 && t->shape[0] == columns
                             : t->rank == 2 && t->shape[1] == columns &&
                                   (t->shape[0] == rows ||
                                    (table && t->shape[0] > rows));
    if (!fits)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the tensor %.*s has not the shape that config.json "
                        "says",
                        STR_ARG(name));
    struct tensor part = *t;
    part.count = rows * columns;
    return tensor_floats(ctx, out, &part);
}
