/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENTITY_COMPARE_H
#define RSC_ENTITY_COMPARE_H

/*
 * Compares what the entity pipeline makes of a text with a line of JSON that
 * tools/entities_golden.py wrote with Python spaCy. For tests only.
 */

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmocka_all.h"
#include "ner/entity_pipeline.h"

/* What was compared and how much of it differed. */
struct tally {
    size_t texts, tokens, entities;
    size_t bad_tokens, bad_ids, bad_heads, bad_starts, bad_tags, bad_entities;
};

static size_t total_bad(const struct tally *t)
{
    return t->bad_tokens + t->bad_ids + t->bad_heads + t->bad_starts +
           t->bad_tags + t->bad_entities;
}

static bool int_is(const json_t *row, size_t i, int64_t value)
{
    return json_integer_value(json_array_get(row, i)) == value;
}

static bool text_is(const json_t *value, struct str s)
{
    return json_string_length(value) == s.len &&
           (s.len == 0 || !memcmp(json_string_value(value), s.data, s.len));
}

static bool id_is(const json_t *row, size_t i, uint64_t id)
{
    const char *text = json_string_value(json_array_get(row, i));

    return text && strtoull(text, NULL, 10) == id;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* ["text", idx, spacy] */
static void compare_tokens(const struct entity_doc *doc, const json_t *golden,
                           struct tally *t)
{
    const json_t *tokens = json_object_get(golden, "tokens");
    size_t n = json_array_size(tokens);

    t->tokens += n;
    t->bad_tokens += distance(n, doc->tokens.len);
    for (size_t i = 0; i < n && i < doc->tokens.len; i++) {
        const struct token *token = &doc->tokens.items[i];
        const json_t *row = json_array_get(tokens, i);
        struct str text = str_slice(doc->text, token->start, token->end);
        if (text_is(json_array_get(row, 0), text) &&
            int_is(row, 1, token->char_start) &&
            int_is(row, 2, token->space_after))
            continue;
        t->bad_tokens++;
        print_error("token %zu is \"%.*s\" at %u, expected \"%s\"\n", i,
                    STR_ARG(text), token->char_start,
                    json_string_value(json_array_get(row, 0)));
    }
}

/* [NORM, PREFIX, SUFFIX, SHAPE, SPACY, IS_SPACE] */
static void compare_ids(const struct entity_doc *doc, const json_t *golden,
                        struct tally *t)
{
    const json_t *rows = json_object_get(golden, "lex");
    const json_t *row_of = json_object_get(golden, "lex_of");

    for (size_t i = 0; i < json_array_size(row_of); i++) {
        const struct token *token = &doc->tokens.items[i];
        const struct lexeme *lexeme = &doc->tokens.lexemes.items[token->lexeme];
        size_t number = (size_t)json_integer_value(json_array_get(row_of, i));
        const json_t *row = json_array_get(rows, number);
        bool good = int_is(row, 4, token->space_after) &&
                    int_is(row, 5, lexeme->is_space);
        for (size_t k = 0; k < 4; k++)
            good &= id_is(row, k, lexeme->ids[ATTRIBUTE_NORM + k]);
        if (good)
            continue;
        t->bad_ids++;
        print_error("attributes of token %zu \"%.*s\" differ\n", i,
                    STR_ARG(lexeme->text));
    }
}

static void compare_parse(const struct entity_doc *doc, const json_t *golden,
                          struct tally *t)
{
    const json_t *heads = json_object_get(golden, "head");
    const json_t *labels = json_object_get(golden, "dep");
    const json_t *starts = json_object_get(golden, "sent_start");
    const struct parse *parse = &doc->parse;

    for (size_t i = 0; i < json_array_size(heads); i++) {
        t->bad_starts += !int_is(starts, i, parse->sent_start[i]);
        if (int_is(heads, i, parse->head[i]) &&
            text_is(json_array_get(labels, i), parse->labels[parse->label[i]]))
            continue;
        t->bad_heads++;
        print_error("token %zu: head %d %.*s, expected %" PRId64 " %s\n", i,
                    parse->head[i], STR_ARG(parse->labels[parse->label[i]]),
                    (int64_t)json_integer_value(json_array_get(heads, i)),
                    json_string_value(json_array_get(labels, i)));
    }
}

static void compare_tags(const struct entity_doc *doc, const json_t *golden,
                         struct tally *t)
{
    const json_t *tags = json_object_get(golden, "tag");

    for (size_t i = 0; i < json_array_size(tags); i++) {
        struct str tag = doc->tags ? doc->tag_names[doc->tags[i]] : STR("");
        if (text_is(json_array_get(tags, i), tag))
            continue;
        t->bad_tags++;
        print_error("token %zu: tag %.*s, expected %s\n", i, STR_ARG(tag),
                    json_string_value(json_array_get(tags, i)));
    }
}

/* [text, label, start, end, start_char, end_char] */
static void compare_entities(const struct entity_doc *doc, const json_t *golden,
                             struct tally *t)
{
    const json_t *rows = json_object_get(golden, "ents");
    size_t n = json_array_size(rows);

    t->entities += n;
    t->bad_entities += distance(n, doc->entities.len);
    for (size_t i = 0; i < n && i < doc->entities.len; i++) {
        const struct entity *entity = &doc->entities.items[i];
        const json_t *row = json_array_get(rows, i);
        if (text_is(json_array_get(row, 0), entity_text(doc, entity)) &&
            text_is(json_array_get(row, 1), entity->label) &&
            int_is(row, 2, entity->first) && int_is(row, 3, entity->end) &&
            int_is(row, 4, entity_char_start(doc, entity)) &&
            int_is(row, 5, entity_char_end(doc, entity)))
            continue;
        t->bad_entities++;
        print_error("entity %zu is \"%.*s\", expected \"%s\"\n", i,
                    STR_ARG(entity_text(doc, entity)),
                    json_string_value(json_array_get(row, 0)));
    }
}

static void compare_text(struct mem *mem,
                         const struct entity_pipeline *pipeline,
                         struct str line, struct tally *t)
{
    static const struct entity_options options = {.with_tags = true};
    struct ctx ctx;
    struct entity_doc doc;
    json_t *golden = json_loadb(line.data, line.len, JSON_ALLOW_NUL, NULL);
    const json_t *text = json_object_get(golden, "text");
    struct str input = {json_string_value(text), json_string_length(text)};
    size_t before = total_bad(t);

    assert_non_null(golden);
    ctx_init(&ctx, mem);
    if (entity_pipeline_run(&ctx, pipeline, input, &options, &doc))
        fail_msg("%s", ctx.error.message);
    t->texts++;
    compare_tokens(&doc, golden, t);
    if (t->bad_tokens == 0) {
        compare_ids(&doc, golden, t);
        compare_parse(&doc, golden, t);
        compare_tags(&doc, golden, t);
    }
    compare_entities(&doc, golden, t);
    if (total_bad(t) != before)
        print_error("... in %s\n",
                    json_string_value(json_object_get(golden, "name")));
    ctx_clear(&ctx);
    json_decref(golden);
}

#endif
