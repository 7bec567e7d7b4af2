/* SPDX-License-Identifier: MIT */
#include "handlers.h"

#include "routes.h"

#define META(id, fn)                                                           \
    {                                                                          \
        .operation = id, .is_open = true, .is_inline = true, .run = fn         \
    }
#define OURS(id, kind, fn)                                                     \
    {                                                                          \
        .operation = id, .body = kind, .run = fn                               \
    }
#define TEI(id, kind, fn)                                                      \
    {                                                                          \
        .operation = id, .family = FAMILY_TEI, .body = kind, .run = fn         \
    }
#define OPENAI(id, kind, fn)                                                   \
    {                                                                          \
        .operation = id, .family = FAMILY_OPENAI, .body = kind, .run = fn      \
    }

const struct handler handler_table[] = {
    META("health", handle_health),
    META("healthz", handle_healthz),
    META("ping", handle_ping),
    META("metrics", handle_metrics),
    META("root", handle_root),
    META("docs", handle_docs),
    META("docsStyle", handle_docs_style),
    META("openapi", handle_openapi),
    {.operation = "analyze",
     .body = BODY_FORM,
     .attempt = attempt_analyze,
     .run = handle_analyze},
    {.operation = "batchAnalyze",
     .body = BODY_FORM,
     .is_batch = true,
     .step = step_batch},
    OURS("batchStatus", BODY_NONE, handle_batch_status),
    OURS("batchCancel", BODY_NONE, handle_batch_cancel),
    OURS("debugExtract", BODY_FORM, handle_debug_extract),
    OURS("listSkills", BODY_NONE, handle_list_skills),
    OURS("addSkill", BODY_JSON, handle_add_skill),
    OURS("score", BODY_EITHER, handle_score),
    {.operation = "rank",
     .body = BODY_EITHER,
     .is_batch = true,
     .run = handle_rank},
    OURS("parseResume", BODY_EITHER, handle_parse_resume),
    OURS("parseJob", BODY_EITHER, handle_parse_job),
    OURS("entities", BODY_JSON, handle_entities),
    TEI("embed", BODY_JSON, handle_embed),
    TEI("embedAll", BODY_JSON, handle_embed_all),
    TEI("similarity", BODY_JSON, handle_similarity),
    TEI("rerank", BODY_JSON, handle_rerank),
    TEI("tokenize", BODY_JSON, handle_tokenize),
    TEI("decode", BODY_JSON, handle_decode),
    TEI("info", BODY_NONE, handle_info),
    OPENAI("embeddings", BODY_JSON, handle_embeddings),
    OPENAI("models", BODY_NONE, handle_models),
    OPENAI("rerankCohere", BODY_JSON, handle_rerank_cohere),
};

const size_t n_handlers = sizeof(handler_table) / sizeof(handler_table[0]);
