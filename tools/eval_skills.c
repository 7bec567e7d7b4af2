/* SPDX-License-Identifier: MIT */
/*
 * Compares the skills that are found with spans that people marked in job
 * advertisements (the development split of SkillSpan; not part of this
 * project).
 *
 *     eval_skills [--misses | --wrong] [FILE]
 *
 * A sentence's tokens are joined by spaces; the sentences of one advertisement
 * are lines of one text. Gold spans are those marked SKILL or KNOWLEDGE.
 *
 *   strict   a span that is found equals a gold span
 *   overlap  precision: found spans that touch a gold span;
 *            recall: gold spans that a found span touches
 *
 * --misses prints the gold spans that nothing touches, --wrong the found spans
 * that touch none.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "skills/skill_match.h"

#define DEFAULT_FILE "../shared/data/skillspan_dev/skillspan_dev.json"

struct gold {
    struct span span;
    bool is_knowledge;
    bool is_found;
};

struct counts {
    size_t gold, found, strict, gold_touched, found_touching;
    size_t by_type[2], touched_by_type[2];
};

struct evaluation {
    struct mem mem;
    const struct ontology *ontology;
    struct buf text; /* of the current advertisement */
    struct gold gold[20000];
    size_t n_gold;
    struct counts sum;
    bool show_misses, show_wrong;
};

static bool hugs_left(const char *token)
{
    return strchr(",.;:)!?", token[0]) && token[1] == '\0';
}

/* Appends the tokens as a line and its gold spans of one kind of tags. */
static void add_spans(struct evaluation *e, const json_t *tags,
                      const struct span *tokens, bool is_knowledge)
{
    size_t i;
    json_t *tag;
    struct gold *open = NULL;

    json_array_foreach((json_t *)tags, i, tag)
    {
        char c = json_string_value(tag)[0];
        if (c == 'B' || (c == 'I' && !open)) {
            if (e->n_gold == sizeof(e->gold) / sizeof(e->gold[0]))
                return;
            open = &e->gold[e->n_gold++];
            *open = (struct gold){tokens[i], is_knowledge, false};
        } else if (c == 'I') {
            open->span.end = tokens[i].end;
        } else {
            open = NULL;
        }
    }
}

static void add_sentence(struct evaluation *e, const json_t *item)
{
    static struct span spans[4096];
    json_t *tokens = json_object_get(item, "tokens"), *token;
    size_t i;

    if (json_array_size(tokens) > 4096)
        return;
    json_array_foreach(tokens, i, token)
    {
        const char *s = json_string_value(token);
        if (i > 0 && !hugs_left(s))
            buf_put_char(&e->text, ' ');
        spans[i].start = (uint32_t)e->text.len;
        buf_put(&e->text, str_of(s));
        spans[i].end = (uint32_t)e->text.len;
    }
    buf_put_char(&e->text, '\n');
    add_spans(e, json_object_get(item, "tags_skill"), spans, false);
    add_spans(e, json_object_get(item, "tags_knowledge"), spans, true);
}

static void show(const char *what, struct str text, struct span span)
{
    struct str s = span_of(text, span);
    size_t from = span.start > 30 ? span.start - 30u : 0;
    size_t to = span.end + 30u < text.len ? span.end + 30u : text.len;
    printf("%s\t%.*s\t", what, STR_ARG(s));
    for (size_t i = from; i < to; i++)
        putchar(text.data[i] == '\n' ? '|' : text.data[i]);
    putchar('\n');
}

static void compare(struct evaluation *e, const struct skill_hits *hits)
{
    struct str text = buf_str(&e->text);
    struct counts *c = &e->sum;

    for (size_t i = 0; i < hits->len; i++) {
        struct span span = hits->items[i].span;
        bool touches = false, equals = false;
        for (size_t j = 0; j < e->n_gold; j++) {
            struct gold *g = &e->gold[j];
            if (!span_overlaps(span, g->span))
                continue;
            touches = g->is_found = true;
            equals |= span.start == g->span.start && span.end == g->span.end;
        }
        c->found_touching += touches;
        c->strict += equals;
        if (!touches && e->show_wrong)
            show("wrong", text, span);
    }
    c->found += hits->len;
    c->gold += e->n_gold;
    for (size_t j = 0; j < e->n_gold; j++) {
        c->gold_touched += e->gold[j].is_found;
        c->by_type[e->gold[j].is_knowledge]++;
        c->touched_by_type[e->gold[j].is_knowledge] += e->gold[j].is_found;
        if (!e->gold[j].is_found && e->show_misses)
            show(e->gold[j].is_knowledge ? "knowledge" : "skill", text,
                 e->gold[j].span);
    }
}

static void finish_text(struct evaluation *e)
{
    struct ctx ctx;
    struct skill_hits hits = {0};

    ctx_init(&ctx, &e->mem);
    if (skill_match(&ctx, &hits, e->ontology, buf_str(&e->text)) == RSC_OK)
        compare(e, &hits);
    ctx_clear(&ctx);
    buf_reset(&e->text);
    e->n_gold = 0;
}

static void print_line(const char *name, size_t right, size_t found,
                       size_t touched, size_t gold)
{
    double p = found ? (double)right / (double)found : 0;
    double r = gold ? (double)touched / (double)gold : 0;
    printf("skills_%s_precision %.3f\nskills_%s_recall %.3f\n"
           "skills_%s_f1 %.3f\n",
           name, p, name, r, name, p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static int run(struct evaluation *e, const char *path)
{
    FILE *file = fopen(path, "r");
    json_int_t last = -1;
    char *line = NULL;
    size_t cap = 0;

    if (!file) {
        printf("SKIP eval_skills: %s is absent\n", path);
        return 0;
    }
    while (getline(&line, &cap, file) > 0) {
        json_t *item = json_loads(line, 0, NULL);
        if (!item)
            continue;
        json_int_t idx = json_integer_value(json_object_get(item, "idx"));
        if (idx != last && last != -1)
            finish_text(e);
        last = idx;
        add_sentence(e, item);
        json_decref(item);
    }
    finish_text(e);
    free(line);
    fclose(file);
    const struct counts *c = &e->sum;
    printf("skills_gold_spans %zu\nskills_found_spans %zu\n", c->gold,
           c->found);
    print_line("strict", c->strict, c->found, c->strict, c->gold);
    print_line("overlap", c->found_touching, c->found, c->gold_touched,
               c->gold);
    printf("skills_recall_of_skill %.3f\nskills_recall_of_knowledge %.3f\n",
           (double)c->touched_by_type[0] / (double)c->by_type[0],
           (double)c->touched_by_type[1] / (double)c->by_type[1]);
    return 0;
}

int main(int argc, char **argv)
{
    static struct evaluation e;
    struct ontology *ontology;
    struct ctx ctx;
    const char *path = DEFAULT_FILE;

    mem_init(&e.mem, "evaluation", 0);
    buf_init(&e.text, &e.mem, (size_t)16 << 20);
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--misses"))
            e.show_misses = true;
        else if (!strcmp(argv[i], "--wrong"))
            e.show_wrong = true;
        else
            path = argv[i];
    }
    ctx_init(&ctx, &e.mem);
    if (ontology_open(&ctx, &ontology, &e.mem, STR_NONE, "")) {
        fprintf(stderr, "eval_skills: %s\n", ctx.error.message);
        return 1;
    }
    e.ontology = ontology;
    int status = run(&e, path);
    ontology_close(ontology);
    buf_clear(&e.text);
    ctx_clear(&ctx);
    return status;
}
