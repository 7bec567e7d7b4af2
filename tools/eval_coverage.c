/* SPDX-License-Identifier: MIT */
/*
 * Says how much of public lists of skills the ontology knows: a check for
 * gaps, not a source. The lists are no part of this project.
 *
 *     eval_coverage [--unknown LIST] [FOLDER]
 *
 * An entry is known where the ontology has its name or a variant of it, and
 * touched where a skill is found somewhere in it ("Microsoft Excel" in
 * "Microsoft Excel macros"). Where a list says how often an entry is asked for,
 * that is its weight in a second pair of figures: names that nobody writes
 * should not count as much as those of every other job. --unknown prints the
 * entries of one list that are not even touched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "skills/skill_match.h"

#define DEFAULT_FOLDER "../shared/data/taxonomies"

struct list {
    const char *name, *file;
    unsigned column; /* of the name, from 0 */
    /* Only lines with this text in this column; NULL: all. */
    const char *only;
    unsigned only_column;
    char separator;  /* within the column: the first is taken; 0: none */
    unsigned weight; /* column of how often it is asked for; 0: none */
};

struct share {
    uint64_t all, known, touched;
};

static const struct list lists[] = {
    {"onet_hot", "onet/technology_skills.tsv", 0, "Y", 3, 0, 4},
    {"onet_all", "onet/technology_skills.tsv", 0, NULL, 0, 0, 4},
    {"esco", "esco/esco_skills.tsv", 0, NULL, 0, 0, 0},
    {"esco_knowledge", "esco/esco_skills.tsv", 0, "knowledge", 1, 0, 0},
    {"ms_skills", "ms_skills/skills.tsv", 1, NULL, 0, '|', 0},
    {"github_topics", "github_topics/topics.tsv", 1, NULL, 0, 0, 0},
    {"train_knowledge", "mined_spans/skillspan_train_knowledge.tsv", 0, NULL, 0,
     0, 1},
    {"train_skill", "mined_spans/skillspan_train_skill.tsv", 0, NULL, 0, 0, 1},
};

static struct str column_of(struct str line, unsigned column)
{
    struct str field = STR_NONE;
    for (unsigned i = 0; i <= column; i++)
        if (!str_next_field(&line, '\t', &field))
            return STR_NONE;
    return field;
}

static bool is_touched(struct mem *mem, const struct ontology *o,
                       struct str name)
{
    struct ctx ctx;
    struct skill_hits hits = {0};

    ctx_init(&ctx, mem);
    rsc_status st = skill_match(&ctx, &hits, o, name);
    ctx_clear(&ctx);
    return st == RSC_OK && hits.len > 0;
}

static void count(struct share *s, uint64_t weight, bool is_known, bool touched)
{
    s->all += weight;
    s->known += is_known ? weight : 0;
    s->touched += touched ? weight : 0;
}

static void print_share(const char *name, const char *how, struct share s)
{
    if (s.all)
        printf("coverage_%s%s_known %.3f\ncoverage_%s%s_touched %.3f\n", name,
               how, (double)s.known / (double)s.all, name, how,
               (double)s.touched / (double)s.all);
}

static void run_list(struct mem *mem, const struct ontology *o,
                     const char *folder, const struct list *list,
                     bool show_unknown)
{
    struct ctx ctx;
    struct str rest, line;
    char path[1024];
    struct share plain = {0}, weighted = {0};

    ctx_init(&ctx, mem);
    snprintf(path, sizeof(path), "%s/%s", folder, list->file);
    if (file_read(&ctx, &rest, path, (size_t)64 << 20)) {
        printf("SKIP coverage_%s: %s is absent\n", list->name, path);
        ctx_clear(&ctx);
        return;
    }
    str_next_line(&rest, &line); /* the heading */
    while (str_next_line(&rest, &line)) {
        struct str name = column_of(line, list->column), first;
        if (list->only &&
            !str_eq(column_of(line, list->only_column), str_of(list->only)))
            continue;
        if (list->separator && str_next_field(&name, list->separator, &first))
            name = first;
        if (name.len == 0)
            continue;
        bool is_known = ontology_find(o, name) != UINT32_MAX;
        bool touch = is_known || is_touched(mem, o, name);
        uint64_t weight = 0;
        if (list->weight)
            str_to_u64(str_trim(column_of(line, list->weight)), 1000000,
                       &weight);
        count(&plain, 1, is_known, touch);
        count(&weighted, weight, is_known, touch);
        if (show_unknown && !touch)
            printf("%.*s\n", STR_ARG(name));
    }
    ctx_clear(&ctx);
    if (show_unknown)
        return;
    print_share(list->name, "", plain);
    print_share(list->name, "_weighted", weighted);
}

int main(int argc, char **argv)
{
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    const char *folder = DEFAULT_FOLDER, *unknown = NULL;

    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--unknown") && i + 1 < argc)
            unknown = argv[++i];
        else
            folder = argv[i];
    }
    mem_init(&mem, "coverage", 0);
    ctx_init(&ctx, &mem);
    if (ontology_open(&ctx, &ontology, &mem, STR_NONE, ""))
        return 1;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (!unknown || !strcmp(unknown, lists[i].name))
            run_list(&mem, ontology, folder, &lists[i], unknown != NULL);
    ontology_close(ontology);
    ctx_clear(&ctx);
    return 0;
}
