/* SPDX-License-Identifier: MIT */
#include "engine/vectors.h"

#include "embed/encoder_convert.h"
#include "model/store.h"

static rsc_status check_precision(struct ctx *ctx, const char *name)
{
    struct str known = STR("");

    if (!name || precision_find(str_of(name)) != PRECISION_COUNT)
        return RSC_OK;
    for (int p = 0; p < PRECISION_COUNT; p++)
        known =
            ctx_printf(ctx, "%.*s%s%s", STR_ARG(known), known.len ? ", " : "",
                       precision_name((enum encoder_precision)p));
    return ctx_fail(ctx, RSC_EINVALID,
                    "there is no precision '%s'; there are "
                    "%.*s",
                    name, STR_ARG(known));
}

static rsc_status choose_isa(struct ctx *ctx, enum isa *out, struct str name)
{
    struct str known = STR("");
    struct cpu cpu;

    *out = ISA_COUNT;
    if (name.len == 0)
        return RSC_OK;
    *out = isa_find(name.data);
    if (*out != ISA_COUNT)
        return RSC_OK;
    cpu_detect(&cpu);
    for (int isa = 0; isa < ISA_COUNT; isa++) {
        if (cpu_has(&cpu, (enum isa)isa))
            known = ctx_printf(ctx, "%.*s%s%s", STR_ARG(known),
                               known.len ? ", " : "", isa_name((enum isa)isa));
    }
    return ctx_fail(ctx, RSC_EINVALID,
                    "there is no instruction set '%.*s'; this processor has "
                    "%.*s",
                    STR_ARG(name), STR_ARG(known));
}

/* Where the pack is and which bytes it has, by the manifest. */
static rsc_status find_pack(struct ctx *ctx, rsc_engine *engine,
                            const rsc_options *options, struct str name,
                            struct str *path)
{
    struct store_manifest manifest;
    struct str precision =
        options->precision ? str_of(options->precision) : STR("");

    rsc_status st =
        store_find_pack(ctx, path, &precision, options->models_dir, name);
    if (!st)
        st = store_read(ctx, &manifest, options->models_dir, name);
    if (st)
        return st;
    struct str file = ctx_printf(ctx, "%.*s.pack", STR_ARG(precision));
    const struct store_file *entry = store_file_find(&manifest, file);
    engine->model_name = ctx_copy(&engine->ctx, name);
    engine->model_precision = ctx_copy(&engine->ctx, precision);
    engine->model_hash =
        ctx_copy(&engine->ctx, entry ? str_of(entry->sha256.text) : STR(""));
    return engine->ctx.error.status;
}

static rsc_status open_model(struct ctx *ctx, rsc_engine *engine,
                             const rsc_options *options, struct str name)
{
    struct encoder_options encoder = {.threads = options->threads};
    struct str path;

    rsc_status st = check_precision(ctx, options->precision);
    if (!st)
        st = choose_isa(ctx, &encoder.isa, engine->isa);
    if (!st)
        st = find_pack(ctx, engine, options, name, &path);
    if (st)
        return st;
    if (encoder.threads == 0)
        encoder.threads = cpu_threads_useful("");
    return embed_open(ctx, &engine->embedder, &engine->model_mem, path.data,
                      &encoder);
}

rsc_status vectors_open(struct ctx *ctx, rsc_engine *engine,
                        const rsc_options *options, const char *model)
{
    struct ctx work;

    ctx_init(&work, ctx->arena.mem);
    rsc_status st = open_model(&work, engine, options, str_of(model));
    if (st == RSC_ENOMODEL) {
        engine->model_missing =
            ctx_copy(&engine->ctx, str_of(work.error.message));
        engine->model_name = STR_NONE;
        st = engine->ctx.error.status;
    } else if (st) {
        st = ctx_fail(ctx, st, "%s", work.error.message);
    }
    ctx_clear(&work);
    return st;
}

void vectors_close(rsc_engine *engine)
{
    embed_close(engine->embedder);
}

rsc_status vectors_make(struct ctx *ctx, float **out, rsc_engine *engine,
                        const struct str *texts, size_t n)
{
    *out = NULL;
    if (!engine->embedder || n == 0)
        return RSC_OK;
    *out = ctx_alloc_array(ctx, n, rsc_vector_size(engine) * sizeof(float));
    if (!*out)
        return ctx->error.status;
    return vectors_fill(ctx, *out, engine, texts, n);
}

void vectors_provenance(const rsc_engine *engine, struct str *model,
                        struct str *hash, struct str *precision)
{
    *model = engine->model_name;
    *hash = engine->model_hash;
    *precision = engine->model_precision;
}

const char *vectors_isa(const rsc_engine *engine, const struct cpu *cpu)
{
    if (engine->embedder)
        return embed_isa(engine->embedder);
    return kernels_best(cpu)->name;
}

size_t rsc_vector_size(const rsc_engine *engine)
{
    return engine->embedder ? embed_config(engine->embedder)->hidden : 0;
}
