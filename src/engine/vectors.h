/* SPDX-License-Identifier: MIT */
#ifndef RSC_VECTORS_H
#define RSC_VECTORS_H

/*
 * The engine's side of the encoder: finding and opening the installed model,
 * and the way from texts to vectors inside of a request.
 */

#include "base/cpu.h"
#include "engine/engine.h"
#include "tensor/kernels.h"

/* Opens the model of the options. One that is not installed is no failure:
 * engine->model_missing then says so. Fails where it is installed and cannot
 * be used, and on an unknown instruction set or precision. */
rsc_status vectors_open(struct ctx *ctx, rsc_engine *engine,
                        const rsc_options *options, const char *model);
void vectors_close(rsc_engine *engine);
/* Vectors of texts, float [n][dim] in ctx's arena; *out is NULL, and that is
 * no failure, where the engine has no model. */
rsc_status vectors_make(struct ctx *ctx, float **out, rsc_engine *engine,
                        const struct str *texts, size_t n);
/* The same into out [n][dim], asking the cache first; the engine must have a
 * model. vectors_cached.c. */
rsc_status vectors_fill(struct ctx *ctx, float *out, rsc_engine *engine,
                        const struct str *texts, size_t n);
/* Name, hash and precision of the model; empty where there is none. */
void vectors_provenance(const rsc_engine *engine, struct str *model,
                        struct str *hash, struct str *precision);
/* The instruction set in use, or that would be used. */
const char *vectors_isa(const rsc_engine *engine, const struct cpu *cpu);

#endif
