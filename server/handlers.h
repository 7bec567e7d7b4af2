/* SPDX-License-Identifier: MIT */
#ifndef RSC_HANDLERS_H
#define RSC_HANDLERS_H

/* What answers the operations of openapi.json; the table is in handlers.c. */

#include "request.h"

/* route_meta.c */
void handle_health(struct request *rq);
void handle_healthz(struct request *rq);
void handle_ping(struct request *rq);
void handle_metrics(struct request *rq);
void handle_root(struct request *rq);
void handle_docs(struct request *rq);
void handle_docs_style(struct request *rq);
void handle_openapi(struct request *rq);
void handle_list_skills(struct request *rq);
void handle_add_skill(struct request *rq);
/* route_analyze.c */
bool attempt_analyze(struct request *rq);
void handle_analyze(struct request *rq);
bool step_batch(struct request *rq);
void handle_batch_status(struct request *rq);
void handle_batch_cancel(struct request *rq);
void handle_debug_extract(struct request *rq);
/* route_score.c */
void handle_score(struct request *rq);
void handle_rank(struct request *rq);
void handle_parse_resume(struct request *rq);
void handle_parse_job(struct request *rq);
/* route_entities.c */
void handle_entities(struct request *rq);
/* route_embed.c */
void handle_embed(struct request *rq);
void handle_embed_all(struct request *rq);
void handle_similarity(struct request *rq);
void handle_rerank(struct request *rq);
void handle_info(struct request *rq);
void handle_embeddings(struct request *rq);
void handle_models(struct request *rq);
void handle_rerank_cohere(struct request *rq);
/* route_tokens.c */
void handle_tokenize(struct request *rq);
void handle_decode(struct request *rq);

/* docs_page.c: the documentation of openapi.json as a page. */
void docs_write(struct buf *out, struct str openapi);

#endif
