/* SPDX-License-Identifier: MIT */
#include "ner/entity_pipeline.h"

#include <jansson.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/checksum.h"
#include "ner/pipeline_config.h"
#include "ner/space_rules.h"
#include "ner/tagger.h"
#include "tensor/fpenv.h"

/* The largest file of a small pipeline has 6 MB. */
#define MODEL_FILE_BYTES ((size_t)256 << 20)
#define SMALL_FILE_BYTES ((size_t)16 << 20)

struct entity_pipeline {
    struct mem *mem;
    struct ctx own; /* its arena holds everything below */
    const struct kernels *kernels;
    struct pipeline_config config;
    struct tokenizer *tokenizer;
    struct lexicon lexicon;
    struct tok2vec shared;
    struct tagger tagger;
    struct dep_parser parser;
    struct transition_model ner;
    /* Layers of their own; a component without them uses the shared ones. */
    struct tok2vec *parser_own, *ner_own;
    struct str name, version; /* of meta.json */
    uint64_t hash;            /* of every other file that was read */
};

/* ---- opening ---------------------------------------------------------- */

/* A pipeline being opened. */
struct opening {
    struct ctx *ctx; /* the pipeline's own */
    struct entity_pipeline *self;
    const char *folder;
};

/* folder/component/file, or folder/file. */
static const char *path_of(struct opening *o, struct str component,
                           const char *file)
{
    struct str path = component.len
                          ? ctx_printf(o->ctx, "%s/%.*s/%s", o->folder,
                                       STR_ARG(component), file)
                          : ctx_printf(o->ctx, "%s/%s", o->folder, file);
    return path.data;
}

/* Files are read in a fixed order. */
static void add_hash(struct opening *o, struct str bytes)
{
    o->self->hash = checksum64(bytes.data, bytes.len, o->self->hash);
}

static rsc_status read_path(struct opening *o, const char *path,
                            struct str *out)
{
    rsc_status st = file_read(o->ctx, out, path, SMALL_FILE_BYTES);

    if (!st)
        add_hash(o, *out);
    return st;
}

static rsc_status read_small(struct opening *o, struct str component,
                             const char *file, const char **path,
                             struct str *out)
{
    *path = path_of(o, component, file);
    return *path ? read_path(o, *path, out) : o->ctx->error.status;
}

typedef rsc_status build_fn(struct opening *o, struct str component,
                            const struct thinc_model *model);

/* Maps a component's model file, lets build take what it needs out of it, and
 * drops it again. */
static rsc_status with_model(struct opening *o, struct str component,
                             build_fn *build)
{
    const char *path = path_of(o, component, "model");
    struct file_map map;
    struct thinc_model model;
    struct ctx scratch;

    if (!path)
        return o->ctx->error.status;
    rsc_status st = file_map_open(o->ctx, &map, path);
    if (st)
        return st;
    ctx_init(&scratch, o->self->mem);
    if (map.len > MODEL_FILE_BYTES)
        st = ctx_fail(o->ctx, RSC_ELIMIT, "%s is too large for a model", path);
    if (!st) {
        struct str bytes = {(const char *)map.data, map.len};
        add_hash(o, bytes);
        st = thinc_read(&scratch, &model, bytes, path);
        if (st)
            ctx_fail_at(o->ctx, st, scratch.error.position, "%s",
                        scratch.error.message);
    }
    if (!st)
        st = build(o, component, &model);
    ctx_clear(&scratch);
    file_map_close(&map);
    return st;
}

/* The layers of a component: its own, or NULL where it listens to the shared
 * ones, which must have been read before. */
static rsc_status read_own(struct opening *o, const struct thinc_model *model,
                           size_t n_in, struct tok2vec **out)
{
    const struct tok2vec *used = &o->self->shared;

    *out = NULL;
    if (!thinc_find(model, "tok2vec-listener", 0)) {
        *out = ctx_calloc(o->ctx, 1, sizeof(**out));
        rsc_status st =
            *out ? tok2vec_read(o->ctx, *out, model) : o->ctx->error.status;
        if (st)
            return st;
        used = *out;
    }
    if (used->width != n_in)
        return ctx_fail(o->ctx, RSC_EUNSUPPORTED,
                        "%s reads %zu numbers per token, and its vectors have "
                        "%zu",
                        model->file, n_in, used->width);
    return RSC_OK;
}

static rsc_status build_shared(struct opening *o, struct str component,
                               const struct thinc_model *model)
{
    (void)component;
    return tok2vec_read(o->ctx, &o->self->shared, model);
}

static rsc_status build_tagger(struct opening *o, struct str component,
                               const struct thinc_model *model)
{
    struct tagger *tagger = &o->self->tagger;
    struct str cfg;
    const char *path;
    rsc_status st = read_small(o, component, "cfg", &path, &cfg);

    if (!st)
        st = tagger_read(o->ctx, tagger, model, cfg, path);
    if (!st && tagger->layer.k != o->self->shared.width)
        st = ctx_fail(o->ctx, RSC_EFORMAT,
                      "%s does not fit the pipeline's vectors", model->file);
    return st;
}

/* cfg and moves of a parser or entity recogniser. */
static rsc_status read_moves(struct opening *o, struct str component,
                             const char **path, struct str *moves)
{
    struct str cfg;
    rsc_status st = read_small(o, component, "cfg", path, &cfg);

    if (!st)
        st = pipeline_check_cfg(o->ctx, cfg, *path);
    return st ? st : read_small(o, component, "moves", path, moves);
}

static rsc_status build_parser(struct opening *o, struct str component,
                               const struct thinc_model *model)
{
    struct dep_parser *parser = &o->self->parser;
    struct str moves;
    const char *path;
    rsc_status st = read_moves(o, component, &path, &moves);

    if (!st)
        st = dep_parser_read(o->ctx, parser, model, moves, path);
    return st ? st
              : read_own(o, model, parser->model.project.k,
                         &o->self->parser_own);
}

static rsc_status build_ner(struct opening *o, struct str component,
                            const struct thinc_model *model)
{
    struct transition_model *ner = &o->self->ner;
    struct str moves;
    const char *path;
    rsc_status st = read_moves(o, component, &path, &moves);

    if (!st)
        st = entity_model_read(o->ctx, ner, model, moves, path);
    return st ? st : read_own(o, model, ner->project.k, &o->self->ner_own);
}

static rsc_status read_vocabulary(struct opening *o)
{
    struct str bytes;
    const char *path;
    rsc_status st = read_small(o, STR_NONE, "tokenizer", &path, &bytes);

    if (!st)
        st = tokenizer_open(o->ctx, &o->self->tokenizer, o->self->mem, bytes,
                            path);
    if (st)
        return st;
    path = path_of(o, STR("vocab"), "lookups.bin");
    /* spaCy does not need the file either. */
    if (!path || access(path, F_OK))
        return o->ctx->error.status;
    st = read_path(o, path, &bytes);
    return st ? st : lexicon_read(o->ctx, &o->self->lexicon, bytes, path);
}

/* Without the file it has no rules. */
static rsc_status read_ruler(struct opening *o)
{
    const struct pipeline_config *config = &o->self->config;
    const char *path = path_of(o, config->ruler, "patterns");
    struct space_rules rules;
    struct str bytes;

    if (!path || access(path, F_OK))
        return o->ctx->error.status;
    rsc_status st = read_path(o, path, &bytes);
    if (!st)
        st = space_rules_read(o->ctx, &rules, bytes, path);
    if (!st && rules.tag.data && config->ruler_sees_tags)
        tagger_set_space(&o->self->tagger, rules.tag);
    if (!st && rules.dep.data && config->ruler_sees_labels)
        dep_parser_set_space(&o->self->parser, rules.dep);
    return st;
}

static rsc_status read_name(struct opening *o)
{
    const char *path = path_of(o, STR_NONE, "meta.json");
    struct str text;

    o->self->name = o->self->version = STR("");
    if (!path || access(path, F_OK))
        return o->ctx->error.status;
    rsc_status st = file_read(o->ctx, &text, path, SMALL_FILE_BYTES);
    if (st)
        return st;
    json_t *meta = json_loadb(text.data, text.len, 0, NULL);
    const char *lang = json_string_value(json_object_get(meta, "lang"));
    const char *name = json_string_value(json_object_get(meta, "name"));
    const char *version = json_string_value(json_object_get(meta, "version"));
    if (lang && name && version) {
        o->self->name = ctx_printf(o->ctx, "%.20s_%.80s", lang, name);
        o->self->version = ctx_printf(o->ctx, "%.20s", version);
    }
    json_decref(meta);
    return o->ctx->error.status;
}

static rsc_status read_folder(struct opening *o)
{
    struct pipeline_config *config = &o->self->config;
    struct str text;
    const char *path = path_of(o, STR_NONE, "config.cfg");

    if (path && access(path, F_OK))
        return ctx_fail(o->ctx, RSC_ENOMODEL,
                        "there is no spaCy pipeline in %s (no config.cfg)",
                        o->folder);
    rsc_status st = read_small(o, STR_NONE, "config.cfg", &path, &text);
    if (!st)
        st = pipeline_config_read(o->ctx, config, text, path);
    if (!st)
        st = read_name(o);
    if (!st)
        st = read_vocabulary(o);
    if (!st && config->tok2vec.data)
        st = with_model(o, config->tok2vec, build_shared);
    if (!st && config->tagger.data)
        st = with_model(o, config->tagger, build_tagger);
    if (!st && config->parser.data)
        st = with_model(o, config->parser, build_parser);
    if (!st && config->ruler.data)
        st = read_ruler(o);
    return st ? st : with_model(o, config->ner, build_ner);
}

rsc_status entity_pipeline_open(struct ctx *ctx, struct entity_pipeline **out,
                                struct mem *mem, const char *folder,
                                const struct kernels *kernels)
{
    struct entity_pipeline *self = mem_calloc(mem, 1, sizeof(*self));

    *out = NULL;
    if (!self)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for a pipeline");
    self->mem = mem;
    ctx_init(&self->own, mem);
    self->own.deadline_ns = ctx->deadline_ns;
    self->own.cancelled = ctx->cancelled;
    if (!kernels) {
        struct cpu cpu;
        cpu_detect(&cpu);
        kernels = kernels_best(&cpu);
    }
    self->kernels = kernels;
    struct opening o = {&self->own, self, folder};
    rsc_status st = read_folder(&o);
    if (st) {
        ctx_fail_at(ctx, st, self->own.error.position, "%s",
                    self->own.error.message);
        entity_pipeline_close(self);
        return st;
    }
    /* From here on nobody writes to it. */
    self->own.cancelled = NULL;
    *out = self;
    return RSC_OK;
}

void entity_pipeline_close(struct entity_pipeline *pipeline)
{
    if (!pipeline)
        return;
    tokenizer_close(pipeline->tokenizer);
    ctx_clear(&pipeline->own);
    mem_free(pipeline->mem, pipeline, sizeof(*pipeline));
}

struct str entity_pipeline_name(const struct entity_pipeline *self)
{
    return self->name;
}

struct str entity_pipeline_version(const struct entity_pipeline *self)
{
    return self->version;
}

uint64_t entity_pipeline_hash(const struct entity_pipeline *self)
{
    return self->hash;
}

/* ---- running ---------------------------------------------------------- */

static rsc_status take_text(struct ctx *ctx, struct str text,
                            struct entity_doc *out)
{
    struct buf valid;

    /* Longer ones cannot be within the limit. */
    if (text.len > 4 * (size_t)LIMIT_ENTITY_CHARS)
        out->n_chars = SIZE_MAX;
    else
        out->n_chars = utf8_count(text);
    if (out->n_chars > LIMIT_ENTITY_CHARS)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "the text is longer than the %d characters that the "
                        "entity pipeline takes at once",
                        LIMIT_ENTITY_CHARS);
    out->text = text;
    out->was_damaged = utf8_valid_len(text) < text.len;
    if (!out->was_damaged)
        return RSC_OK;
    buf_init(&valid, ctx->arena.mem, 4 * text.len);
    utf8_put_valid(&valid, text);
    out->text = valid.failed ? STR_NONE : ctx_copy(ctx, buf_str(&valid));
    buf_clear(&valid);
    return out->text.data ? RSC_OK : ctx_fail(ctx, RSC_ENOMEM, "out of memory");
}

/* What the listeners need of the shared vectors. */
struct shared_rows {
    float *parser; /* [n][project.n] behind the projection, or NULL */
    float *ner;
    struct tok2vec_run run; /* its work space serves all in turn */
};

static rsc_status open_rows(struct ctx *ctx, const struct linear *project,
                            size_t n, float **out)
{
    *out = layer_scratch(ctx, mem_array_size(n, project->n));
    return *out ? RSC_OK : ctx->error.status;
}

static void project_rows(const struct entity_pipeline *self,
                         const struct linear *project, const float *vectors,
                         size_t first, size_t n, float *out)
{
    if (out)
        linear_run(self->kernels, project,
                   &(struct linear_io){vectors, project->k, n,
                                       out + first * project->n, project->n});
}

/* The shared vectors, block by block, each given to all that listen. */
static rsc_status run_shared(struct ctx *ctx,
                             const struct entity_pipeline *self,
                             struct entity_doc *doc, uint16_t *tags,
                             struct shared_rows *rows)
{
    const size_t n = doc->tokens.len;
    const size_t block = n < TOK2VEC_BLOCK ? n : TOK2VEC_BLOCK;
    struct tok2vec_run *run = &rows->run;
    float *vectors = layer_scratch(ctx, block * self->shared.width);
    float *scores = layer_scratch(ctx, self->tagger.layer.n);

    if (!vectors || !scores)
        return ctx->error.status;
    rsc_status st =
        tok2vec_begin(ctx, run, &self->shared, self->kernels, &doc->tokens);
    for (size_t first = 0; !st && first < n; first += TOK2VEC_BLOCK) {
        size_t part = n - first < TOK2VEC_BLOCK ? n - first : TOK2VEC_BLOCK;
        tok2vec_rows(run, first, part, vectors);
        project_rows(self, &self->parser.model.project, vectors, first, part,
                     rows->parser);
        project_rows(self, &self->ner.project, vectors, first, part, rows->ner);
        if (tags)
            tagger_run(&self->tagger, self->kernels, vectors, part, scores,
                       tags + first);
        st = ctx_check(ctx);
    }
    return st;
}

static rsc_status run_listeners(struct ctx *ctx,
                                const struct entity_pipeline *self,
                                struct entity_doc *doc, bool with_tags,
                                struct shared_rows *rows)
{
    const size_t n = doc->tokens.len;
    uint16_t *tags = NULL;
    rsc_status st = RSC_OK;

    if (self->config.parser.data && !self->parser_own)
        st = open_rows(ctx, &self->parser.model.project, n, &rows->parser);
    if (!st && !self->ner_own)
        st = open_rows(ctx, &self->ner.project, n, &rows->ner);
    if (!st && with_tags && self->config.tagger.data) {
        tags = ctx_alloc_array(ctx, n, sizeof(tags[0]));
        st = ctx->error.status;
    }
    if (!st && (rows->parser || rows->ner || tags))
        st = run_shared(ctx, self, doc, tags, rows);
    doc->tags = tags;
    doc->tag_names = self->tagger.labels;
    return st;
}

/* The rows of a parser with layers of its own. */
static rsc_status run_parser_own(struct ctx *ctx,
                                 const struct entity_pipeline *self,
                                 struct entity_doc *doc,
                                 struct shared_rows *rows)
{
    const size_t n = doc->tokens.len;
    struct tok2vec_run *run = &rows->run;
    float *vectors =
        layer_scratch(ctx, TOK2VEC_BLOCK * self->parser_own->width);
    rsc_status st =
        open_rows(ctx, &self->parser.model.project, n, &rows->parser);

    if (!st && vectors)
        st = tok2vec_begin(ctx, run, self->parser_own, self->kernels,
                           &doc->tokens);
    for (size_t first = 0; !st && vectors && first < n;
         first += TOK2VEC_BLOCK) {
        size_t part = n - first < TOK2VEC_BLOCK ? n - first : TOK2VEC_BLOCK;
        tok2vec_rows(run, first, part, vectors);
        project_rows(self, &self->parser.model.project, vectors, first, part,
                     rows->parser);
        st = ctx_check(ctx);
    }
    return vectors ? st : ctx->error.status;
}

static rsc_status run_ner(struct ctx *ctx, const struct entity_pipeline *self,
                          struct entity_doc *doc, struct shared_rows *rows)
{
    struct entity_source source = {NULL, rows->ner};
    const int8_t *starts =
        self->config.ner_sees_sentences ? doc->parse.sent_start : NULL;
    rsc_status st = RSC_OK;

    if (self->ner_own) {
        st = tok2vec_begin(ctx, &rows->run, self->ner_own, self->kernels,
                           &doc->tokens);
        source.tok2vec = &rows->run;
    }
    return st ? st
              : entities_run(ctx, &self->ner, self->kernels, &doc->tokens,
                             starts, &source, &doc->entities);
}

/* What the attribute_ruler does. */
static void label_spaces(const struct entity_pipeline *self,
                         struct entity_doc *doc)
{
    const struct token_list *tokens = &doc->tokens;

    for (size_t i = 0; i < tokens->len; i++) {
        if (!tokens->lexemes.items[tokens->items[i].lexeme].is_space)
            continue;
        if (doc->tags && self->tagger.space != NO_TAG)
            doc->tags[i] = self->tagger.space;
        if (doc->parse.label && self->parser.space != NO_LABEL)
            doc->parse.label[i] = self->parser.space;
    }
}

static rsc_status run_models(struct ctx *ctx,
                             const struct entity_pipeline *self,
                             struct entity_doc *out, bool with_tags)
{
    struct shared_rows rows = {.parser = NULL};
    rsc_status st = run_listeners(ctx, self, out, with_tags, &rows);

    if (!st && self->parser_own)
        st = run_parser_own(ctx, self, out, &rows);
    if (!st && self->config.parser.data)
        st = dep_parser_run(ctx, &self->parser, self->kernels, &out->tokens,
                            rows.parser, &out->parse);
    if (!st)
        label_spaces(self, out);
    return st ? st : run_ner(ctx, self, out, &rows);
}

rsc_status entity_pipeline_run(struct ctx *ctx,
                               const struct entity_pipeline *self,
                               struct str text,
                               const struct entity_options *options,
                               struct entity_doc *out)
{
    *out = (struct entity_doc){0};
    rsc_status st = take_text(ctx, text, out);
    if (!st)
        st = tokenizer_run(ctx, self->tokenizer, &self->lexicon, out->text,
                           &out->tokens);
    if (st || out->tokens.len == 0)
        return st;
    uint64_t mode = fpenv_enter();
    st = run_models(ctx, self, out, options && options->with_tags);
    fpenv_leave(mode);
    return st;
}

/* ---- offsets ---------------------------------------------------------- */

struct str entity_text(const struct entity_doc *doc,
                       const struct entity *entity)
{
    return str_slice(doc->text, doc->tokens.items[entity->first].start,
                     doc->tokens.items[entity->end - 1].end);
}

uint32_t entity_char_start(const struct entity_doc *doc,
                           const struct entity *entity)
{
    return doc->tokens.items[entity->first].char_start;
}

uint32_t entity_char_end(const struct entity_doc *doc,
                         const struct entity *entity)
{
    const struct token *last = &doc->tokens.items[entity->end - 1];

    return last->char_start + doc->tokens.lexemes.items[last->lexeme].chars;
}
