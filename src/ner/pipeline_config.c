/* SPDX-License-Identifier: MIT */
#include "ner/pipeline_config.h"

#include <jansson.h>

/*
 * The file is in INI form with JSON values:
 *
 *     [nlp]
 *     lang = "en"
 *     pipeline = ["tok2vec","parser","ner"]
 */

/* Takes a value's lines off *rest: a value goes on in indented lines. */
static struct str whole_value(struct str first, struct str *rest)
{
    const char *end = first.data + first.len;

    while (rest->len && (rest->data[0] == ' ' || rest->data[0] == '\t')) {
        struct str line;
        str_next_line(rest, &line);
        end = line.data + line.len;
    }
    return str_trim((struct str){first.data, (size_t)(end - first.data)});
}

/* The value of a key in a section, or STR_NONE. */
static struct str find_value(struct str text, struct str section,
                             struct str key)
{
    struct str line;
    bool inside = false;

    while (str_next_line(&text, &line)) {
        if (line.len && line.data[0] == '[') {
            struct str trimmed = str_trim(line);
            inside = trimmed.len == section.len + 2 &&
                     !memcmp(trimmed.data + 1, section.data, section.len);
            continue;
        }
        size_t equals = str_find(line, STR("="), 0);
        if (!inside || equals == SIZE_MAX ||
            !str_eq(str_trim(str_slice(line, 0, equals)), key))
            continue;
        return whole_value(str_slice(line, equals + 1, line.len), &text);
    }
    return STR_NONE;
}

static json_t *load(struct str value)
{
    return value.len ? json_loadb(value.data, value.len, JSON_DECODE_ANY, NULL)
                     : NULL;
}

/* A section may be written as one value of the section above it, too:
 * tokenizer = {"@tokenizers":"..."} in [nlp]. */
static json_t *load_inline(struct str text, struct str section, const char *key)
{
    size_t dot = section.len;

    while (dot > 0 && section.data[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return NULL;
    json_t *object = load(find_value(text, str_slice(section, 0, dot - 1),
                                     str_slice(section, dot, section.len)));
    json_t *value = json_incref(json_object_get(object, key));
    json_decref(object);
    return value;
}

/* NULL where there is none; the caller's. */
static json_t *load_value(struct str text, const char *section, const char *key)
{
    struct str value = find_value(text, str_of(section), str_of(key));

    return value.data ? load(value) : load_inline(text, str_of(section), key);
}

/* Whether a value is this string. */
static bool value_is(struct str text, const char *section, const char *key,
                     const char *expected)
{
    json_t *value = load_value(text, section, key);
    const char *string = json_string_value(value);
    bool same = string && !strcmp(string, expected);

    json_decref(value);
    return same;
}

static bool contains(const json_t *list, const char *name)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *item = json_string_value(json_array_get(list, i));
        if (item && !strcmp(item, name))
            return true;
    }
    return false;
}

/* Components that change neither tokens nor sentences nor entities. */
static bool is_harmless(const char *factory)
{
    static const char *const names[] = {"lemmatizer", "trainable_lemmatizer",
                                        "morphologizer", "textcat",
                                        "textcat_multilabel"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (!strcmp(factory, names[i]))
            return true;
    return false;
}

static rsc_status put_component(struct ctx *ctx, struct pipeline_config *out,
                                const char *factory, const char *component,
                                const char *name)
{
    struct str *folder = !strcmp(factory, "tok2vec")           ? &out->tok2vec
                         : !strcmp(factory, "tagger")          ? &out->tagger
                         : !strcmp(factory, "parser")          ? &out->parser
                         : !strcmp(factory, "ner")             ? &out->ner
                         : !strcmp(factory, "attribute_ruler") ? &out->ruler
                                                               : NULL;

    if (!folder)
        return is_harmless(factory)
                   ? RSC_OK
                   : ctx_fail(ctx, RSC_EUNSUPPORTED,
                              "%s has a component \"%.60s\" (%.60s), which is "
                              "not supported",
                              name, component, factory);
    if (folder->data)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s has two components of the kind %s, which is not "
                        "supported",
                        name, factory);
    if (!component[0] || strchr(component, '/') || component[0] == '.')
        return ctx_fail(ctx, RSC_EFORMAT, "%s names a component \"%.60s\"",
                        name, component);
    *folder = ctx_copy(ctx, str_of(component));
    if (folder == &out->ner)
        out->ner_sees_sentences = out->parser.data != NULL;
    if (folder == &out->ruler) {
        out->ruler_sees_tags = out->tagger.data != NULL;
        out->ruler_sees_labels = out->parser.data != NULL;
    }
    return ctx->error.status;
}

static rsc_status read_component(struct ctx *ctx, struct pipeline_config *out,
                                 struct str text, const char *component,
                                 const char *name)
{
    struct str section = ctx_printf(ctx, "components.%s", component);

    if (!section.data)
        return ctx->error.status;
    json_t *factory = load_value(text, section.data, "factory");
    const char *kind = json_string_value(factory);
    rsc_status st =
        kind ? put_component(ctx, out, kind, component, name)
             : ctx_fail(ctx, RSC_EFORMAT,
                        "%s does not say what the component \"%.60s\" is", name,
                        component);
    json_decref(factory);
    return st;
}

static rsc_status read_pipeline(struct ctx *ctx, struct pipeline_config *out,
                                struct str text, const char *name)
{
    json_t *pipeline = load_value(text, "nlp", "pipeline");
    json_t *disabled = load_value(text, "nlp", "disabled");
    rsc_status st = RSC_OK;

    if (!json_is_array(pipeline))
        st = ctx_fail(ctx, RSC_EFORMAT,
                      "%s is not the configuration of a spaCy pipeline", name);
    for (size_t i = 0; !st && i < json_array_size(pipeline); i++) {
        const char *component = json_string_value(json_array_get(pipeline, i));
        if (component && !contains(disabled, component))
            st = read_component(ctx, out, text, component, name);
    }
    json_decref(pipeline);
    json_decref(disabled);
    return st;
}

rsc_status pipeline_config_read(struct ctx *ctx, struct pipeline_config *out,
                                struct str text, const char *name)
{
    *out = (struct pipeline_config){0};
    rsc_status st = read_pipeline(ctx, out, text, name);
    if (st)
        return st;
    if (!value_is(text, "nlp", "lang", "en"))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s is for another language; only English pipelines "
                        "(lang = \"en\") are supported",
                        name);
    if (!value_is(text, "nlp.tokenizer", "@tokenizers", "spacy.Tokenizer.v1"))
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s has a tokenizer other than spacy.Tokenizer.v1, "
                        "which is not supported",
                        name);
    if (!out->ner.data)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s has no component that finds entities (ner)", name);
    return RSC_OK;
}

rsc_status pipeline_check_cfg(struct ctx *ctx, struct str text,
                              const char *name)
{
    json_t *cfg = text.len ? json_loadb(text.data, text.len, 0, NULL) : NULL;
    const json_t *width = json_object_get(cfg, "beam_width");
    rsc_status st = RSC_OK;

    if (!json_is_object(cfg))
        st = ctx_fail(ctx, RSC_EFORMAT, "%s is damaged: it is not JSON", name);
    else if (width && json_integer_value(width) != 1)
        st = ctx_fail(ctx, RSC_EUNSUPPORTED,
                      "%s asks for beam search (beam_width), which is not "
                      "supported",
                      name);
    else if (json_is_true(json_object_get(cfg, "learn_tokens")))
        st = ctx_fail(ctx, RSC_EUNSUPPORTED,
                      "%s asks for learned tokens (learn_tokens), which are "
                      "not supported",
                      name);
    json_decref(cfg);
    return st;
}
