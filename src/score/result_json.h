/* SPDX-License-Identifier: MIT */
#ifndef RSC_RESULT_JSON_H
#define RSC_RESULT_JSON_H

/*
 * The one result contract (docs/result.schema.json, version RESULT_VERSION):
 * what `score --json`, the library and the server answer. The same inputs
 * give the same bytes. Evidence is written as blind_shown has it, with page and
 * offsets into the extracted text.
 */

#include "base/json.h"
#include "score/what_if.h"

/* What made a result, so that it can be made again. All text is borrowed;
 * an empty string is written as null. */
struct provenance {
    struct str engine_version;
    struct str model, model_hash, precision; /* empty without a model */
    struct str ontology_hash, config_hash;
    struct str resume_file;   /* its name, for people */
    struct str resume_sha256; /* of the file's bytes */
    struct str resume_text_sha256;
    struct str job_file;
    struct str job_sha256;
    struct str job_text_sha256;
    struct str extractor;   /* method of the document: "poppler", "docx" */
    struct str pdf_library; /* "poppler 22.12.0" */
    struct str as_of;       /* "2025-06-30" */
    struct str weights;     /* of the request, as given; empty for ours */
    struct str require;     /* the same; empty for none */
    struct str pipeline, pipeline_hash; /* of entities; empty without */
    bool parse_entities;                /* the parser had them, too */
};

struct entity_list {
    const struct entity_span *items;
    size_t n;
};

struct result_input {
    const struct score_input *input;
    const struct score *score;
    const struct provenance *provenance;
    const struct what_ifs *what_ifs;    /* or NULL where nothing was asked */
    const struct entity_list *entities; /* the same; people are left out */
};

/* Writes one JSON object (no line end); sticky as the writer is. */
void result_json_write(struct json *j, const struct result_input *in);
/* The members "coverage", "range", "requirements", "warnings", "what_if",
 * "entities", "provenance" of it, for an object that is open: what other shapes
 * carry along. */
void result_json_members(struct json *j, const struct result_input *in);

#endif
