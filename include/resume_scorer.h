/* SPDX-License-Identifier: MIT */
#ifndef RESUME_SCORER_H
#define RESUME_SCORER_H

/*
 * Resume Scorer: reads a resume and a job description and says, with evidence,
 * how well they fit. This header is the whole public interface.
 *
 * Conventions, valid for every function here:
 *  - A call that can fail returns rsc_status and takes `rsc_error *err` last.
 *    `err` may be NULL; it is filled on failure only and owns nothing.
 *  - A pointer-to-pointer first parameter is an output that the caller owns
 *    and gives to the one destructor that is named beside it. A returned
 *    pointer is borrowed. Destructors accept NULL and cannot fail.
 *  - Text is UTF-8. Sizes are in bytes, durations in milliseconds.
 *  - The library never prints, exits, changes the locale or reads the
 *    environment, and it has no global state.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RSC_API __attribute__((visibility("default")))
#else
#define RSC_API
#endif

/* ------------------------------------------------------------------------
 * Section - Version
 */

#define RSC_VERSION_MAJOR 0
#define RSC_VERSION_MINOR 1
#define RSC_VERSION_PATCH 0
#define RSC_VERSION       "0.1.0"

/* Returns the version of the library that is running, such as "0.1.0". */
RSC_API const char *rsc_version(void);

/* ------------------------------------------------------------------------
 * Section - Errors
 */

typedef enum rsc_status {
    RSC_OK = 0,
    RSC_ENOMEM,       /* memory could not be had, or a budget is used up */
    RSC_EIO,          /* the operating system refused to read or write */
    RSC_EFORMAT,      /* the input is damaged or not what it claims to be */
    RSC_ELIMIT,       /* the input is past a documented limit */
    RSC_ETIMEOUT,     /* the deadline passed */
    RSC_ECANCELLED,   /* the caller cancelled the request */
    RSC_EUNSUPPORTED, /* well formed, but not something we can read */
    RSC_EINVALID,     /* the arguments or the question make no sense */
    RSC_ENOMODEL,     /* a model is needed and not installed */
    RSC_ENOTEXT,      /* a document without any text that can be judged */
    RSC_EINTERNAL,    /* a defect of ours; please report it */
} rsc_status;

typedef struct rsc_error {
    rsc_status status;
    size_t position;   /* byte offset in the input, or 0 */
    char message[400]; /* one sentence in English, NUL-terminated */
} rsc_error;

/* Returns a stable lower-case name such as "format" or "limit". */
RSC_API const char *rsc_status_name(rsc_status status);

/* ------------------------------------------------------------------------
 * Section - Text
 *
 * What a function writes for the caller: JSON, CSV, a report.
 */

typedef struct rsc_text rsc_text;

/* The bytes, NUL-terminated; their number without the NUL goes to *len, which
 * may be NULL. Valid until rsc_text_free. */
RSC_API const char *rsc_text_data(const rsc_text *text, size_t *len);
RSC_API void rsc_text_free(rsc_text *text);

/* ------------------------------------------------------------------------
 * Section - Engine
 *
 * One engine per process is enough: it holds what is shared and never
 * changes (ontology, model, limits). All calls may be made from any thread
 * at the same time; results do not depend on what else runs.
 *
 *     rsc_options options;
 *     rsc_engine *engine;
 *     rsc_error err;
 *     rsc_options_init(&options);
 *     options.models_dir = "/var/lib/resume-scorer/models";
 *     options.extractor = "/usr/libexec/resume-scorer-extract";
 *     if (rsc_engine_open(&engine, &options, &err))
 *         fprintf(stderr, "%s\n", err.message);
 */

typedef struct rsc_engine rsc_engine;

/* Caps on one document; a document past the page or text limit is cut with a
 * warning, past any other one it is refused. */
typedef struct rsc_limits {
    size_t file_bytes;    /* 20 MB */
    unsigned pages;       /* 50 */
    size_t text_chars;    /* 50,000 code points; a text with more of them can
                             be read, and not parsed or scored */
    unsigned extract_ms;  /* 10,000 ms of wall time */
    size_t extract_bytes; /* 256 MB of address space for the helper */
} rsc_limits;

/* Vectors of texts that came before, in memory and below it in a file that
 * holds no text. The same vectors come out with and without it. */
typedef struct rsc_cache_options {
    size_t items;       /* vectors in memory; 0: no cache at all */
    size_t bytes;       /* memory for them */
    const char *folder; /* of the file; NULL: memory only */
    uint64_t disk_items, disk_bytes;
    /* Gets one sentence when the file had to be set aside or cannot be
     * written; may be NULL. */
    void (*log)(void *user, const char *sentence);
    void *user;
} rsc_cache_options;

typedef struct rsc_options {
    const char *models_dir; /* folder of installed models; NULL: none */
    const char *model;      /* name of the encoder; NULL: all-MiniLM-L6-v2 */
    const char *precision;  /* NULL: the best installed one */
    const char *extractor;  /* path of resume-scorer-extract; NULL: text only */
    const char *isa;        /* force an instruction set; NULL: the best one */
    unsigned threads;       /* for the encoder; 0: as many as may be used */
    const char *ontology;   /* own skills, as text; NULL: the built-in ones */
    const char *pipeline;   /* of entities: a name in models_dir or the path of
                               a folder; NULL: en_core_web_sm */
    bool parse_entities;    /* the resume parser uses that pipeline's entities,
                               where it is installed, and results list them;
                               off by default: docs/entities.md says why */
    rsc_limits limits;
    rsc_cache_options cache;
    unsigned batch_size; /* texts that are encoded together; 0: all */
} rsc_options;

/* Sets every field to its default. */
RSC_API void rsc_options_init(rsc_options *options);

/* Opens an engine; strings are copied. A missing model is no error here: the
 * engine then works by words alone, says so in every result, and functions
 * that need vectors fail with RSC_ENOMODEL. Closed by rsc_engine_close. */
RSC_API rsc_status rsc_engine_open(rsc_engine **out, const rsc_options *options,
                                   rsc_error *err);
RSC_API void rsc_engine_close(rsc_engine *engine);

/* What the engine runs on, as JSON: processor, instruction set and why,
 * threads, model, ontology, sandbox, limits, memory by owner. */
RSC_API rsc_status rsc_engine_describe(rsc_text **out, rsc_engine *engine,
                                       rsc_error *err);

/* SHA-256 in hexadecimal over all that a result depends on beside its inputs:
 * version, model, precision, ontology, numbers of the score, limits. */
RSC_API void rsc_engine_fingerprint(const rsc_engine *engine, char out[65]);

/* The encoder in use; strings are borrowed and "" without a model. */
typedef struct rsc_model_info {
    const char *name, *sha256, *precision;
    const char *pooling; /* "mean" or "cls" */
    size_t dimensions, max_tokens;
} rsc_model_info;

RSC_API void rsc_engine_model(const rsc_engine *engine, rsc_model_info *out);

/* All skills, or those of one category, as JSON: {"skills": [{"name",
 * "aliases", "category", "field", "related"}]}. */
RSC_API rsc_status rsc_skills(rsc_text **out, rsc_engine *engine,
                              const char *category, rsc_error *err);
/* Whether a name or an alias is known already. */
RSC_API bool rsc_skill_is_known(const rsc_engine *engine, const char *name);

/* ------------------------------------------------------------------------
 * Section - Documents
 */

typedef struct rsc_document rsc_document;

/* Reads a file's bytes: PDF, DOCX, ODT, RTF, HTML, plain text, told apart by
 * content. Everything but valid plain text is read in the helper process.
 * Fails with RSC_ENOTEXT (a scan, an empty file), RSC_EUNSUPPORTED,
 * RSC_EFORMAT, RSC_ELIMIT, RSC_ETIMEOUT; err says what to do. Freed by
 * rsc_document_free. */
RSC_API rsc_status rsc_document_read(rsc_document **out, rsc_engine *engine,
                                     const void *bytes, size_t len,
                                     rsc_error *err);
/* Makes a document of text that is in memory already, without the helper;
 * damaged UTF-8 becomes U+FFFD. Fails with RSC_ELIMIT, RSC_ENOTEXT. */
RSC_API rsc_status rsc_document_from_text(rsc_document **out,
                                          rsc_engine *engine, const char *text,
                                          size_t len, rsc_error *err);
RSC_API void rsc_document_free(rsc_document *document);

/* The visible text in reading order. */
RSC_API const char *rsc_document_text(const rsc_document *document,
                                      size_t *len);
/* Kind ("pdf"), pages, text, lines with page and offset, hidden text, and
 * warnings, as JSON. */
RSC_API rsc_status rsc_document_json(rsc_text **out,
                                     const rsc_document *document,
                                     rsc_error *err);
/* What was read from a resume, as JSON: {"full_result": {text, language,
 * extraction_method, pages, warnings, hidden}, "sections": {...}, "roles":
 * [...], "education": [...], "experience_months"}. */
RSC_API rsc_status rsc_resume_describe(rsc_text **out, rsc_engine *engine,
                                       const rsc_document *document,
                                       rsc_error *err);
/* Sentences about what was cut, hidden or guessed; NULL past the last. */
RSC_API const char *rsc_document_warning(const rsc_document *document,
                                         size_t i);

/* ------------------------------------------------------------------------
 * Section - Scoring
 *
 * The same inputs give the same bytes on any day and any machine.
 */

typedef struct rsc_job rsc_job;
typedef struct rsc_result rsc_result;

/* Reads the requirements of a job once, to score many resumes against it.
 * `title` names the job where its text does not; may be NULL. Fails with
 * RSC_ENOTEXT on an empty text and RSC_EINVALID where no requirement can be
 * found. The document is not needed afterwards. Freed by rsc_job_free, which
 * must come before rsc_engine_close. */
RSC_API rsc_status rsc_job_read(rsc_job **out, rsc_engine *engine,
                                const rsc_document *document, const char *title,
                                rsc_error *err);
RSC_API void rsc_job_free(rsc_job *job);
/* Requirements and what was left out, as JSON. */
RSC_API rsc_status rsc_job_json(rsc_text **out, const rsc_job *job,
                                rsc_error *err);

typedef struct rsc_score_options {
    const char *as_of;    /* "2026-11" or "2026-11-23": what "present" means;
                             NULL: today */
    const char *weights;  /* "skill=40,years=20": parts by kind; NULL: ours */
    const char *what_if;  /* "kubernetes,go": as if held; NULL: nothing */
    const char *job_name; /* labels for the result, such as file names */
    const char *resume_name;
    unsigned deadline_ms;                      /* 0: none */
    const struct rsc_analyze_options *analyze; /* NULL: not wanted */
    /* "Python,kind=licence": what must be met besides what the job itself
     * requires, else the band is capped; by skill, label or kind; NULL:
     * nothing. */
    const char *require;
    const char *config;  /* own numbers in the form of data/scoring.ini, as
                            text; NULL: ours */
    bool sheet;          /* make the candidate's sheet */
    bool entities;       /* list the resume's entities in the result, except for
                            people and what says who the person is; the score
                            is the same with and without */
    bool parse_entities; /* as that of rsc_options, for this score */
} rsc_score_options;

/* A second form of the result, in the fields of the service that this program
 * replaces; see docs/scoring.md. */
typedef struct rsc_analyze_options {
    const char *job_title;         /* wins over the job's own; may be NULL */
    const char *industry_override; /* wins over the detected; may be NULL */
    bool translate;                /* asked for: gives a warning */
} rsc_analyze_options;

RSC_API void rsc_score_options_init(rsc_score_options *options);

/* Checks date, weights, configuration and, where job is not NULL, what is
 * required, before many resumes are scored by them. Fails with RSC_EINVALID. */
RSC_API rsc_status rsc_score_options_check(rsc_engine *engine,
                                           const rsc_job *job,
                                           const rsc_score_options *options,
                                           rsc_error *err);

/* The numbers of the score as rsc_score_options.config takes them: the text of
 * data/scoring.ini with its reasons. */
RSC_API const char *rsc_score_config_default(void);

/* Scores a resume against a job. options may be NULL. Fails with RSC_ENOTEXT
 * or RSC_EINVALID where there is nothing to judge: never a free number.
 * Freed by rsc_result_free. */
RSC_API rsc_status rsc_score(rsc_result **out, rsc_engine *engine,
                             const rsc_job *job, const rsc_document *resume,
                             const rsc_score_options *options, rsc_error *err);
RSC_API void rsc_result_free(rsc_result *result);

/* The whole result by docs/result.schema.json. Borrowed. */
RSC_API const char *rsc_result_json(const rsc_result *result, size_t *len);
/* The form that rsc_score_options.analyze asked for, or "". Borrowed. */
RSC_API const char *rsc_result_analyze_json(const rsc_result *result,
                                            size_t *len);

/* The candidate's sheet: the result in plain language, as text. Borrowed; ""
 * unless the options asked for it. */
RSC_API const char *rsc_result_sheet(const rsc_result *result, size_t *len);

/* The result in short. Points are hundredths: a total of 7650 is 76.50 of
 * 100. */
typedef struct rsc_summary {
    uint32_t total, low, high; /* low, high: what the unknown could make it */
    uint32_t coverage;         /* share of the job that was judged */
    const char *band;          /* "good match" */
    const char *band_reason;   /* why it is capped; "" where it is not */
    const char *job_title;     /* "" where none was found */
    size_t n_requirements;
    size_t n_what_ifs;
    size_t n_warnings;
} rsc_summary;

/* One requirement of the job and what the resume shows for it. Strings are
 * borrowed from the result and never NULL. */
typedef struct rsc_requirement {
    const char *label; /* "Python", "5 years of SQL" */
    const char *kind;  /* "skill", "years", ... */
    bool must;
    bool required; /* without it the band is capped */
    bool assessed;
    bool met;                /* enough was found to count as fulfilled */
    uint32_t weight, points; /* hundredths */
    const char *how;         /* "exact", "alias", "related", "meaning", ... */
    uint32_t confidence;     /* of 1000 */
    const char *evidence;    /* the resume's sentence; "" for none */
    unsigned page;           /* of the evidence, from 1; 0 for none */
    const char *reason;      /* one sentence */
} rsc_requirement;

RSC_API void rsc_result_summary(const rsc_result *result, rsc_summary *out);
/* i < n_requirements of the summary. */
RSC_API void rsc_result_requirement(const rsc_result *result, size_t i,
                                    rsc_requirement *out);
/* A skill of the what-if list and what naming it once would add. */
typedef struct rsc_what_if {
    const char *skill;
    bool is_asked;        /* by the job */
    uint32_t total, gain; /* hundredths */
} rsc_what_if;

/* i < n_what_ifs of the summary. */
RSC_API void rsc_result_what_if(const rsc_result *result, size_t i,
                                rsc_what_if *out);
/* i < n_warnings of the summary. */
RSC_API const char *rsc_result_warning(const rsc_result *result, size_t i);

/* A result as its JSON tells it, for reports on results that were kept. It has
 * no sheet and no form for analyze. Fails with RSC_EFORMAT. Freed by
 * rsc_result_free. */
RSC_API rsc_status rsc_result_read(rsc_result **out, const char *json,
                                   size_t len, rsc_error *err);

/* The numbers of a result that its place among others depends on: of each
 * requirement its kind, weight and points. */
typedef struct rsc_part {
    const char *kind;
    uint32_t weight, points;
} rsc_part;

typedef struct rsc_standing {
    uint32_t total;
    const rsc_part *parts;
    size_t n_parts;
} rsc_standing;

/* Where a candidate stands among others, and how surely. */
typedef struct rsc_place {
    size_t place; /* from 1; equal totals share one */
    /* The places that it has when the weight of any one kind of requirement
     * is a tenth smaller or larger: who trade places so are tied. */
    size_t best, worst;
} rsc_place;

/* Fills out[n] for results of one job. */
RSC_API rsc_status rsc_rank(rsc_place *out, const rsc_standing *standings,
                            size_t n, rsc_error *err);

/* ------------------------------------------------------------------------
 * Section - Checking
 *
 * What lets others trust a score: repeat it, see what was read, take the
 * person out, swap the person, compare groups of people.
 */

/* Scores again with the date, weights and questions of a saved result and
 * says what differs, in plain words. *same is whether all is equal. config is
 * that of rsc_score_options; NULL: ours. */
RSC_API rsc_status rsc_verify(rsc_text **out, bool *same, rsc_engine *engine,
                              const rsc_document *job,
                              const rsc_document *resume, const char *saved,
                              size_t saved_len, const char *config,
                              rsc_error *err);

/* What was read from a resume, as JSON: sections, roles, education, skills,
 * languages, what was kept out, the sentences that may serve as evidence. */
RSC_API rsc_status rsc_resume_json(rsc_text **out, rsc_engine *engine,
                                   const rsc_document *resume,
                                   const char *as_of, rsc_error *err);

/* The same as a JSON Resume (schema 1.x), which rsc_document_read takes as a
 * resume. It says who the person is, unless is_blind. */
RSC_API rsc_status rsc_resume_jsonresume(rsc_text **out, rsc_engine *engine,
                                         const rsc_document *resume,
                                         const char *as_of, bool is_blind,
                                         rsc_error *err);

/* A blind copy as text: "[name]", "[e-mail]" ... stand for what says who the
 * person is. */
RSC_API rsc_status rsc_redact(rsc_text **out, rsc_engine *engine,
                              const rsc_document *resume, rsc_error *err);

typedef struct rsc_swap_report {
    uint32_t total;      /* of the resume as it is, hundredths */
    uint32_t max_change; /* the largest one; must be 0 */
    size_t n_swaps, n_changed;
    size_t n_spans;   /* places that were swapped in each */
    char changed[64]; /* the name of the first that changed something */
} rsc_swap_report;

/* Scores n other people with the same resume: names, e-mail, phone, address,
 * links, birth, gender words, nationality and years of degrees are swapped. */
RSC_API rsc_status rsc_audit_swap(rsc_swap_report *out, rsc_engine *engine,
                                  const rsc_job *job,
                                  const rsc_document *resume, size_t n,
                                  rsc_error *err);

typedef struct rsc_impact_options {
    uint32_t cut; /* selected from this total on, hundredths; 0: not by it */
    unsigned top; /* the best n are selected; 0: not by rank */
    bool json;    /* or a table as text */
} rsc_impact_options;

/* Selection rates, scoring rates and impact ratios of groups (four-fifths
 * rule, New York City Local Law 144). results: JSON of rank or score; groups:
 * CSV with a column "id" (the resume's file name) and one per attribute. */
RSC_API rsc_status rsc_audit_impact(rsc_text **out, const char *results,
                                    size_t results_len, const char *groups,
                                    size_t groups_len,
                                    const rsc_impact_options *options,
                                    rsc_error *err);

/* ------------------------------------------------------------------------
 * Section - Skills
 *
 * The skills that an engine knows: ours and, where options.ontology was given,
 * the user's. They are numbered from 0; strings live as long as the engine.
 */

typedef struct rsc_skill {
    const char *name;
    const char *kind;        /* "hard", "soft", "tool", "language",
                                "certificate" */
    const char *category;    /* "Databases" */
    const char *field;       /* of work: "data" */
    const char *field_title; /* "Data, analytics and artificial intelligence" */
    size_t n_aliases, n_relations;
} rsc_skill;

RSC_API size_t rsc_skill_count(const rsc_engine *engine);
/* Fills out; false where there is no such number. */
RSC_API bool rsc_skill_at(const rsc_engine *engine, size_t index,
                          rsc_skill *out);
/* The i-th alias, or NULL. */
RSC_API const char *rsc_skill_alias(const rsc_engine *engine, size_t index,
                                    size_t i);
/* The i-th relation ("part of", "kind of", "alternative to", "related to") and
 * the number of the other skill, or NULL. */
RSC_API const char *rsc_skill_relation(const rsc_engine *engine, size_t index,
                                       size_t i, size_t *other);
/* The number of the skill with this name, alias or variant of one, without
 * case; SIZE_MAX where there is none. */
RSC_API size_t rsc_skill_find(const rsc_engine *engine, const char *name);

/* ------------------------------------------------------------------------
 * Section - Vectors
 */

/* Floats per vector, 0 without a model. */
RSC_API size_t rsc_vector_size(const rsc_engine *engine);
/* Writes one unit vector per text to out, row after row:
 * float [n][rsc_vector_size()]. Texts are cut at the model's length. The
 * vector of a text does not depend on the others. */
RSC_API rsc_status rsc_embed(rsc_engine *engine, float *out,
                             const char *const *texts, const size_t *lengths,
                             size_t n, rsc_error *err);

/* What rsc_embed_report tells about the texts of one call. */
typedef struct rsc_embed_counts {
    size_t tokens; /* [CLS] and [SEP] of every text included */
    size_t cut;    /* texts that go on behind the model's length */
    uint64_t tokenize_ns, encode_ns;
} rsc_embed_counts;

/* As rsc_embed, and counts. `fail_cut` makes a text that is too long an
 * RSC_EINVALID, before anything is computed. */
RSC_API rsc_status rsc_embed_report(rsc_engine *engine, float *out,
                                    const char *const *texts,
                                    const size_t *lengths, size_t n,
                                    bool fail_cut, rsc_embed_counts *counts,
                                    rsc_error *err);
/* Vectors of token ids, [CLS] and [SEP] included by the caller: ids of text i
 * are ids[starts[i]] to ids[starts[i + 1]], so starts has n + 1 entries. */
RSC_API rsc_status rsc_embed_ids(rsc_engine *engine, float *out,
                                 const int32_t *ids, const size_t *starts,
                                 size_t n, rsc_error *err);
/* As rsc_embed_ids, but the last layer's vector of every token, not of unit
 * length: float [starts[n]][rsc_vector_size()]. */
RSC_API rsc_status rsc_embed_each(rsc_engine *engine, float *out,
                                  const int32_t *ids, const size_t *starts,
                                  size_t n, rsc_error *err);
/* Token ids of a text as the model takes them, [CLS] and [SEP] included: at
 * most rsc_max_tokens, which ids must have room for, cut at the end or at the
 * front. *whole is their number before that. */
RSC_API rsc_status rsc_token_ids(rsc_engine *engine, int32_t *ids, size_t *n,
                                 size_t *whole, const char *text, size_t len,
                                 bool cut_front, rsc_error *err);
/* Tokens the model takes of one text, [CLS] and [SEP] included; 0 without. */
RSC_API size_t rsc_max_tokens(const rsc_engine *engine);
/* Tokens of a text as JSON: [{"id", "text", "special", "start", "stop"}],
 * offsets in bytes, null for special ones. Not cut. */
RSC_API rsc_status rsc_tokenize(rsc_text **out, rsc_engine *engine,
                                const char *text, size_t len, bool special,
                                rsc_error *err);
/* The text of token ids. Fails with RSC_EINVALID on an unknown id. */
RSC_API rsc_status rsc_decode(rsc_text **out, rsc_engine *engine,
                              const int32_t *ids, size_t n, bool skip_special,
                              rsc_error *err);

/* ------------------------------------------------------------------------
 * Section - Memory
 *
 * For a service that must live within a limit.
 */

typedef struct rsc_usage {
    size_t engine_bytes;       /* ontology and tables */
    size_t model_bytes;        /* the encoder's work space */
    size_t model_mapped_bytes; /* of the model's file; not all is resident */
    size_t cache_bytes, cache_items;
    uint64_t cache_hits, cache_misses, disk_hits, disk_items;
} rsc_usage;

RSC_API void rsc_engine_usage(rsc_engine *engine, rsc_usage *out);

#define RSC_RELEASE_HALF_CACHE 1u /* of the vectors in memory */
#define RSC_RELEASE_CACHE      2u /* all of them; the file stays */
#define RSC_RELEASE_MODEL      4u /* pages of the model: mapped again on use */

/* Gives memory back; what was given back is made again when it is needed.
 * Returns the bytes of the cache; what the pages of the model free, only the
 * system knows. May be called at any time. */
RSC_API size_t rsc_engine_release(rsc_engine *engine, unsigned what);
/* Reads the model's pages ahead of their first use. */
RSC_API void rsc_engine_preload(rsc_engine *engine);
/* Deletes all vectors, in memory and on disk. */
RSC_API void rsc_engine_forget(rsc_engine *engine);

/* ------------------------------------------------------------------------
 * Section - Entities
 *
 * Organisations, people, places, dates and so on, as spaCy's en_core_web_sm
 * finds them: its own files, run natively, with its tokens and sentences.
 *
 *     rsc_entity_list *list;
 *     if (!rsc_entities(&list, engine, text, strlen(text), &err))
 *         for (size_t i = 0; i < list->n_entities; i++)
 *             printf("%s %.*s\n", list->entities[i].label,
 *                    (int)(list->entities[i].end - list->entities[i].start),
 *                    list->text + list->entities[i].start);
 *     rsc_entities_free(list);
 */

/* Offsets are bytes in the list's text; those that begin with char_ count code
 * points, as Python does. Ends are exclusive. */
typedef struct rsc_entity {
    const char *label; /* "ORG", "PERSON", "GPE", "DATE", ... */
    size_t start, end;
    size_t char_start, char_end;
    size_t first_token, end_token;
} rsc_entity;

typedef struct rsc_token {
    size_t start, end;
    size_t char_start, char_end;
    const char *tag;  /* "NNP"; "" without a tagger */
    const char *dep;  /* "nsubj"; "" without a parser */
    size_t head;      /* index of the token that it depends on, or its own */
    bool space_after; /* exactly one ' ' follows */
    bool sentence_start;
} rsc_token;

/* Everything here belongs to the list. */
typedef struct rsc_entity_list {
    const char *text; /* the input, NUL-terminated; where that was not UTF-8,
                         U+FFFD stands for each damaged byte sequence */
    size_t text_len;
    const rsc_entity *entities; /* in order, without overlap */
    size_t n_entities;
    const rsc_token *tokens;
    size_t n_tokens;
    const char *pipeline; /* "en_core_web_sm 3.8.0" */
    bool was_damaged;     /* the input was not UTF-8 throughout */
} rsc_entity_list;

/* Finds the entities of a text. The pipeline is loaded by the first call and
 * then shared. Fails with RSC_ENOMODEL where it is not installed,
 * RSC_EUNSUPPORTED where it is of a kind that we do not run, RSC_ELIMIT above
 * 1,000,000 code points. Freed by rsc_entities_free, which may come after
 * rsc_engine_close. */
RSC_API rsc_status rsc_entities(rsc_entity_list **out, rsc_engine *engine,
                                const char *text, size_t len, rsc_error *err);
RSC_API void rsc_entities_free(rsc_entity_list *list);
/* The list as JSON, in the shape of spaCy's Doc.to_json. */
RSC_API rsc_status rsc_entities_json(rsc_text **out,
                                     const rsc_entity_list *list,
                                     rsc_error *err);

/* ------------------------------------------------------------------------
 * Section - Models
 */

/* Makes a packed model of a sentence encoder's published files: `folder` holds
 * config.json, vocab.txt, model.safetensors and what sentence-transformers
 * puts beside them. `path` is replaced by rename. precision is "int8", "bf16"
 * or "f32"; prefix goes before every text and may be NULL. Fails with
 * RSC_EFORMAT when a file is damaged, RSC_EUNSUPPORTED when it is of another
 * kind of model. */
RSC_API rsc_status rsc_model_pack(const char *path, const char *folder,
                                  const char *precision, const char *prefix,
                                  rsc_error *err);
/* Opens a packed model and reads all of it. Fails with RSC_EFORMAT where a
 * byte is not as it was written, or where another version of this library has
 * packed it, whose vectors are not ours; rsc_model_pack makes it anew. */
RSC_API rsc_status rsc_model_check(const char *path, rsc_error *err);

#ifdef __cplusplus
}
#endif

#endif
