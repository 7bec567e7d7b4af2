/* SPDX-License-Identifier: MIT */
#ifndef RSC_EVAL_KIT_H
#define RSC_EVAL_KIT_H

/* What the evaluations of scores share: an ontology, an encoder and the
 * numbers of the score; reading a resume and a job; one score. */

#include "base/mem.h"
#include "embed/embed.h"
#include "score/score.h"

struct eval_kit {
    const char *program; /* for messages */
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct embedder *embedder; /* NULL: by words alone */
    size_t dim;
    struct score_config config;
    struct month as_of; /* fixed: nothing here may hang on today */
};

struct eval_resume {
    struct document document;
    struct resume resume;
    float *vectors; /* of its sentences */
};

struct eval_job {
    struct document document;
    struct job job;
    float *vectors; /* of its requirements */
};

/* program and as_of are set. PACK is the packed encoder, "-" or NULL for
 * none. Ends the program where something is not there. */
void eval_kit_open(struct eval_kit *kit, const char *pack);
void eval_kit_close(struct eval_kit *kit);
/* Prints what went wrong and ends the program. */
void eval_die(const struct eval_kit *kit, const char *what);
/* Parses and embeds a resume whose document is set; the memory is the kit's.
 * Fails as resume_parse does. */
rsc_status eval_read_resume(struct eval_kit *kit, struct eval_resume *out);
/* The same for a job in plain text. */
rsc_status eval_read_job(struct eval_kit *kit, struct eval_job *out,
                         struct str text);
/* Fails where nothing can be judged. */
rsc_status eval_score(struct ctx *ctx, struct score *out,
                      const struct eval_kit *kit, const struct eval_job *job,
                      const struct eval_resume *resume);

#endif
