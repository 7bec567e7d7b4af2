/* SPDX-License-Identifier: MIT */
/*
 * What the engine runs on, as JSON. "parts" is a list of rows for a person
 * (name, ok, text, advice); the same facts stand beside it for programs.
 */

#include <unistd.h>

#include "base/cpu.h"
#include "base/json.h"
#include "engine/engine.h"
#include "engine/entity_spans.h"
#include "engine/text_api.h"
#include "engine/vectors.h"
#include "tensor/kernels.h"

#define MAX_JSON ((size_t)1 << 20)

struct part {
    const char *name;
    bool ok;
    struct str text;
    const char *advice; /* or NULL */
};

struct facts {
    struct ctx *ctx;
    rsc_engine *engine;
    struct json *json;
    struct cpu cpu;
    struct wire_sandbox sandbox;
    bool has_sandbox;
    struct str sandbox_error;
};

static void put_part(struct json *j, struct part part)
{
    json_open(j, '{');
    json_put_str(j, "name", str_of(part.name));
    json_put_bool(j, "ok", part.ok);
    json_put_str(j, "text", part.text);
    if (part.advice)
        json_put_str(j, "advice", str_of(part.advice));
    json_close(j, '}');
}

static void probe_sandbox(struct facts *f)
{
    struct ctx ctx;

    if (!f->engine->extract.helper) {
        f->sandbox_error = STR("no helper is configured");
        return;
    }
    ctx_init(&ctx, f->ctx->arena.mem);
    if (extract_probe(&ctx, &f->sandbox, &f->engine->extract) == RSC_OK)
        f->has_sandbox = true;
    else
        f->sandbox_error = ctx_copy(f->ctx, str_of(ctx.error.message));
    ctx_clear(&ctx);
}

/* "avx512vnni avx512 avx2": all that could be forced. */
static struct str available_isas(struct facts *f)
{
    struct str list = STR("");

    for (int isa = ISA_COUNT - 1; isa >= 0; isa--) {
        if (cpu_has(&f->cpu, (enum isa)isa) && kernels_find((enum isa)isa))
            list = ctx_printf(f->ctx, "%.*s%s%s", STR_ARG(list),
                              list.len ? " " : "", isa_name((enum isa)isa));
    }
    return list;
}

static void put_processor(struct facts *f)
{
    uint64_t quota = cpu_quota_millis("");
    unsigned cores = cpu_cores_allowed();
    struct str limit = STR("no quota");

    if (quota)
        limit =
            ctx_printf(f->ctx, "a quota of %u.%02u cores",
                       (unsigned)(quota / 1000), (unsigned)(quota % 1000 / 10));
    put_part(f->json,
             (struct part){"processor", true,
                           ctx_printf(f->ctx, "%s; %u cores allowed, %.*s",
                                      f->cpu.model, cores, STR_ARG(limit)),
                           NULL});
    put_part(f->json,
             (struct part){"instructions", true,
                           ctx_printf(f->ctx, "%s%s; this machine has %.*s",
                                      vectors_isa(f->engine, &f->cpu),
                                      f->engine->isa.len ? " (as forced)"
                                                         : " (the fastest)",
                                      STR_ARG(available_isas(f))),
                           NULL});
}

static void put_model(struct facts *f)
{
    struct str name, hash, precision;

    vectors_provenance(f->engine, &name, &hash, &precision);
    if (name.len)
        put_part(f->json,
                 (struct part){"model", true,
                               ctx_printf(f->ctx,
                                          "%.*s, %.*s, %zu numbers "
                                          "per vector",
                                          STR_ARG(name), STR_ARG(precision),
                                          rsc_vector_size(f->engine)),
                               NULL});
    else
        put_part(f->json,
                 (struct part){"model", false, f->engine->model_missing,
                               "Scores then go by words alone. Get it with: "
                               "resume-scorer models pull"});
}

/* Only looks for the folder: loading takes long, and few texts need it. */
static void put_entities(struct facts *f)
{
    struct ctx ctx;
    struct str folder;
    const char *name = f->engine->entity.name;

    ctx_init(&ctx, f->ctx->arena.mem);
    /* A folder given by its path is not looked at before it is loaded. */
    if (entity_pipeline_find(&ctx, f->engine, &folder) == RSC_OK &&
        access(folder.data, R_OK | X_OK))
        ctx_fail(&ctx, RSC_ENOMODEL, "%s cannot be read", folder.data);
    if (!ctx.error.status)
        put_part(f->json, (struct part){"entities", true,
                                        ctx_printf(f->ctx, "%s, in %.*s", name,
                                                   STR_ARG(folder)),
                                        NULL});
    else
        put_part(f->json,
                 (struct part){"entities", false,
                               ctx_copy(f->ctx, str_of(ctx.error.message)),
                               "Entities then cannot be found. Get it with: "
                               "resume-scorer models pull en_core_web_sm"});
    ctx_clear(&ctx);
}

static struct str sandbox_text(struct facts *f)
{
    const struct wire_sandbox *s = &f->sandbox;

    return ctx_printf(f->ctx,
                      "seccomp %s, landlock %s, resource limits %s, "
                      "no new privileges %s",
                      s->seccomp ? "yes" : "no", s->landlock_abi ? "yes" : "no",
                      s->resource_limits ? "yes" : "no",
                      s->no_new_privs ? "yes" : "no");
}

static void put_helper(struct facts *f)
{
    const struct wire_sandbox *s = &f->sandbox;

    if (!f->has_sandbox) {
        put_part(f->json, (struct part){"extractor", false, f->sandbox_error,
                                        "Without it only plain text can be "
                                        "read. Say where it is with "
                                        "--extractor."});
        return;
    }
    put_part(f->json, (struct part){"extractor", true,
                                    str_of(f->engine->extract.helper), NULL});
    bool full =
        s->seccomp && s->landlock_abi && s->resource_limits && s->no_new_privs;
    put_part(f->json,
             (struct part){"sandbox", full, sandbox_text(f),
                           full ? NULL
                                : "The kernel lacks a part; the others still "
                                  "hold."});
}

static void put_limits(struct facts *f)
{
    const struct extract_options *e = &f->engine->extract;

    put_part(
        f->json,
        (struct part){"limits", true,
                      ctx_printf(f->ctx,
                                 "%zu MB per file, %u pages, %zu "
                                 "characters, %u s and %zu MB to read it",
                                 e->max_bytes >> 20, e->max_pages, e->max_chars,
                                 e->timeout_ms / 1000, e->memory_bytes >> 20),
                      NULL});
}

static void put_skills(struct facts *f)
{
    const struct ontology *o = f->engine->ontology;

    put_part(f->json, (struct part){"skills", true,
                                    ctx_printf(f->ctx, "%zu skills, table %.*s",
                                               ontology_count(o),
                                               STR_ARG(ontology_hash(o))),
                                    NULL});
}

static void put_memory(struct facts *f)
{
    rsc_engine *engine = f->engine;

    json_key(f->json, "memory");
    json_open(f->json, '{');
    json_put_int(f->json, "engine", (int64_t)engine->mem.bytes);
    json_put_int(f->json, "model", (int64_t)engine->model_mem.bytes);
    json_close(f->json, '}');
}

rsc_status rsc_engine_describe(rsc_text **out, rsc_engine *engine,
                               rsc_error *err)
{
    struct text_work w;

    text_open(&w, MAX_JSON);
    struct json j = json_to(&w.buf, 2);
    struct facts f = {.ctx = &w.ctx, .engine = engine, .json = &j};
    cpu_detect(&f.cpu);
    probe_sandbox(&f);
    json_open(&j, '{');
    json_put_str(&j, "version", STR(RSC_VERSION));
    json_key(&j, "parts");
    json_open(&j, '[');
    put_processor(&f);
    put_model(&f);
    put_entities(&f);
    put_helper(&f);
    put_skills(&f);
    put_limits(&f);
    json_close(&j, ']');
    put_memory(&f);
    json_close(&j, '}');
    return text_close(&w, out, err);
}
