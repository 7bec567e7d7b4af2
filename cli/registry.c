/* SPDX-License-Identifier: MIT */
#include "registry.h"

#include <jansson.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "model/store.h"

static const unsigned char built_in[] = {
#include "models_json.inc"
};

/* What a sentence encoder consists of, and what many have besides. */
static const struct {
    const char *path;
    bool optional;
} encoder_files[] = {
    {"config.json", false},
    /* One of both; the packer says so where neither is there. */
    {"vocab.txt", true},
    {"tokenizer.json", true},
    {"model.safetensors", false},
    {"modules.json", true},
    {"sentence_bert_config.json", true},
    {"tokenizer_config.json", true},
    {"1_Pooling/config.json", true},
};

static rsc_status wrong(struct ctx *ctx, const char *what)
{
    return ctx_fail(ctx, RSC_EFORMAT, "the registry of models is wrong: %s",
                    what);
}

/* "" where the key is absent. */
static struct str string_at(struct ctx *ctx, const json_t *object,
                            const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (value && !json_is_string(value))
        wrong(ctx, key);
    return value && json_is_string(value)
               ? ctx_copy(ctx, str_of(json_string_value(value)))
               : STR("");
}

static struct str hash_at(struct ctx *ctx, const json_t *object)
{
    struct str hash = string_at(ctx, object, "sha256");

    if (hash.len && hash.len != SHA256_HEX_LEN)
        wrong(ctx, "a sha256 does not have 64 digits");
    return hash;
}

/* Below the model's folder, without a way out of it. */
static bool is_path(struct str path)
{
    struct str part;

    if (path.len == 0 || path.len > 255)
        return false;
    while (str_next_field(&path, '/', &part))
        if (part.len == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")))
            return false;
    return true;
}

static rsc_status add_file(struct ctx *ctx, struct registry_model *model,
                           const json_t *item)
{
    struct registry_file *file = vec_push(ctx, &model->files);
    json_int_t bytes = json_integer_value(json_object_get(item, "bytes"));

    if (!file)
        return ctx->error.status;
    *file = (struct registry_file){
        .path = string_at(ctx, item, "path"),
        .sha256 = hash_at(ctx, item),
        .bytes = bytes > 0 ? (uint64_t)bytes : 0,
        .optional = json_is_true(json_object_get(item, "optional")),
    };
    if (!is_path(file->path))
        return wrong(ctx, "a file has no path, or one out of its folder");
    return ctx->error.status;
}

/* Keys that we do not know are for others and left alone. */
static rsc_status add_model(struct ctx *ctx, struct registry *out,
                            const json_t *item)
{
    struct registry_model *model = vec_push(ctx, &out->models);
    const json_t *archive = json_object_get(item, "archive");
    const json_t *package = json_object_get(item, "package");
    const json_t *files = json_object_get(item, "files");

    if (!model)
        return ctx->error.status;
    *model = (struct registry_model){
        .name = string_at(ctx, item, "name"),
        .kind = string_at(ctx, item, "kind"),
        .license = string_at(ctx, item, "license"),
        .prefix = string_at(ctx, item, "prefix"),
        .hub = string_at(ctx, item, "hub"),
        .archive_url = string_at(ctx, archive, "url"),
        .archive_sha256 = hash_at(ctx, archive),
        .package = string_at(ctx, package, "name"),
        .version = string_at(ctx, package, "version"),
        .wheel_sha256 = hash_at(ctx, package),
    };
    if (!store_is_name(model->name))
        return wrong(ctx, "a model has no name, or one that is no file name");
    if (!str_eq(model->kind, STR("encoder")) &&
        !str_eq(model->kind, STR("entities")))
        return wrong(ctx, "a kind is neither \"encoder\" nor \"entities\"");
    for (size_t i = 0; !ctx->error.status && i < json_array_size(files); i++)
        add_file(ctx, model, json_array_get(files, i));
    return ctx->error.status;
}

rsc_status registry_load(struct ctx *ctx, struct registry *out,
                         const char *path)
{
    struct str text = {(const char *)built_in, sizeof(built_in)};
    json_error_t error;

    *out = (struct registry){0};
    rsc_status st =
        path ? file_read(ctx, &text, path, LIMIT_MANIFEST_BYTES) : RSC_OK;
    if (st)
        return st;
    json_t *root =
        json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return ctx_fail(ctx, RSC_EFORMAT, "%s is not JSON: line %d, %s",
                        path ? path : "the registry", error.line, error.text);
    const json_t *models = json_object_get(root, "models");
    if (!json_is_array(models))
        wrong(ctx, "it has no list \"models\"");
    for (size_t i = 0; !ctx->error.status && i < json_array_size(models); i++)
        add_model(ctx, out, json_array_get(models, i));
    json_decref(root);
    return ctx->error.status;
}

const struct registry_model *registry_find(const struct registry *registry,
                                           struct str name)
{
    for (size_t i = 0; i < registry->models.len; i++)
        if (str_eq(registry->models.items[i].name, name))
            return &registry->models.items[i];
    return NULL;
}

rsc_status registry_unknown(struct ctx *ctx, struct registry_model *out,
                            struct str name, struct str kind)
{
    size_t n = sizeof(encoder_files) / sizeof(encoder_files[0]);

    *out = (struct registry_model){.name = name, .kind = kind};
    for (size_t i = 0; str_eq(kind, STR("encoder")) && i < n; i++) {
        struct registry_file *file = vec_push(ctx, &out->files);
        if (!file)
            return ctx->error.status;
        *file = (struct registry_file){.path = str_of(encoder_files[i].path),
                                       .optional = encoder_files[i].optional};
    }
    return ctx->error.status;
}

bool registry_is_pinned(const struct registry_model *model)
{
    if (model->files.len == 0)
        return model->archive_sha256.len > 0;
    for (size_t i = 0; i < model->files.len; i++) {
        const struct registry_file *file = &model->files.items[i];
        if (!file->optional && file->sha256.len == 0)
            return false;
    }
    return true;
}

struct str registry_anchor(const struct registry_model *model)
{
    return str_eq(model->kind, STR("encoder")) ? STR("model.safetensors")
                                               : STR("config.cfg");
}
