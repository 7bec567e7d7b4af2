/* SPDX-License-Identifier: MIT */
/*
 * Precision and recall of the parser on the labelled sets:
 *
 *     eval_parse [--errors] [--pipeline DIR] [FOLDER]   default: tests/cases
 *
 * FOLDER/resumes and FOLDER/jobs hold NAME.txt and NAME.truth; docs/parsing.md
 * explains the lines of a truth. --pipeline names the folder of an entity
 * pipeline whose entities the parser gets, too. --errors prints what was
 * missed or invented. The as-of date of the set is November 2026.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "eval_parse.h"
#include "ner/entity_pipeline.h"
#include "text/plain.h"

struct tally tallies[] = {
    [T_SECTION] = {"section", 0, 0, 0},
    [T_NAME] = {"name", 0, 0, 0},
    [T_ROLE] = {"role", 0, 0, 0},
    [T_TITLE] = {"role title", 0, 0, 0},
    [T_EMPLOYER] = {"role employer", 0, 0, 0},
    [T_LOCATION] = {"role location", 0, 0, 0},
    [T_DATES] = {"role dates", 0, 0, 0},
    [T_FLAG] = {"role volunteer/intern", 0, 0, 0},
    [T_EDUCATION] = {"education", 0, 0, 0},
    [T_LEVEL] = {"degree level", 0, 0, 0},
    [T_SUBJECT] = {"degree subject", 0, 0, 0},
    [T_SCHOOL] = {"school", 0, 0, 0},
    [T_SCHOOL_DATES] = {"education dates", 0, 0, 0},
    [T_UNFINISHED] = {"unfinished", 0, 0, 0},
    [T_CERTIFICATE] = {"certificate", 0, 0, 0},
    [T_ISSUER] = {"certificate issuer", 0, 0, 0},
    [T_ISSUED] = {"certificate year", 0, 0, 0},
    [T_LANGUAGE] = {"language", 0, 0, 0},
    [T_LANGUAGE_LEVEL] = {"language level", 0, 0, 0},
    [T_HIDE] = {"personal kept out", 0, 0, 0},
    [T_KEEP] = {"evidence kept in", 0, 0, 0},
    [T_JOB_TITLE] = {"job title", 0, 0, 0},
    [T_JOB_SKILL] = {"job skill", 0, 0, 0},
    [T_JOB_YEARS] = {"job years", 0, 0, 0},
    [T_JOB_DEGREE] = {"job degree", 0, 0, 0},
    [T_JOB_CERTIFICATE] = {"job certificate", 0, 0, 0},
    [T_JOB_LANGUAGE] = {"job language", 0, 0, 0},
    [T_JOB_LICENCE] = {"job licence", 0, 0, 0},
    [T_JOB_DUTY] = {"job duty", 0, 0, 0},
    [T_JOB_STRENGTH] = {"must or nice", 0, 0, 0},
    [T_JOB_LEFT_OUT] = {"boilerplate left out", 0, 0, 0},
};

bool show_errors;

void count(struct eval *e, enum tally_kind kind, bool is_right,
           struct str wanted, struct str got)
{
    if (is_right) {
        tallies[kind].right++;
        return;
    }
    tallies[kind].missed += wanted.len > 0;
    tallies[kind].wrong += got.len > 0;
    if (show_errors)
        printf("%-24s %-22s wanted [%.*s] got [%.*s]\n", e->name,
               tallies[kind].name, STR_ARG(wanted), STR_ARG(got));
}

struct str next_part(struct str *rest)
{
    size_t bar = str_find(*rest, STR(" | "), 0);
    struct str part =
        str_trim(str_slice(*rest, 0, bar == SIZE_MAX ? rest->len : bar));

    *rest = bar == SIZE_MAX ? STR("") : str_slice(*rest, bar + 3, rest->len);
    return str_eq(part, STR("-")) ? STR("") : part;
}

/* Equal but for case, white space and marks at the ends. */
bool same_text(struct str a, struct str b)
{
    size_t i = 0, k = 0;

    for (;;) {
        while (i < a.len && strchr(" \t\n,.;:()|-", a.data[i]))
            i++;
        while (k < b.len && strchr(" \t\n,.;:()|-", b.data[k]))
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (ascii_lower(a.data[i++]) != ascii_lower(b.data[k++]))
            return false;
    }
}

bool has_key(struct str line, const char *key, struct str *value)
{
    size_t equals = str_find(line, STR("="), 0);

    if (equals == SIZE_MAX || line.data[0] == '#' ||
        !str_eq(str_trim(str_slice(line, 0, equals)), str_of(key)))
        return false;
    *value = str_trim(str_slice(line, equals + 1, line.len));
    return true;
}

static rsc_status run_case(struct eval *e, const char *folder, bool is_job)
{
    char path[1024];
    struct str bytes;

    snprintf(path, sizeof(path), "%s/%s.txt", folder, e->name);
    rsc_status st = file_read(&e->ctx, &bytes, path, 1 << 20);
    snprintf(path, sizeof(path), "%s/%s.truth", folder, e->name);
    if (!st)
        st = file_read(&e->ctx, &e->truth, path, 1 << 20);
    if (!st)
        st = plain_document(&e->ctx, &e->doc, bytes);
    if (!st)
        st = is_job ? eval_job(e) : eval_resume(e);
    return st;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_text(const struct dirent *d)
{
    return str_ends(str_of(d->d_name), STR(".txt"));
}

rsc_status eval_entities(struct eval *e, struct resume_options *options)
{
    struct entity_doc doc;
    rsc_status st = RSC_OK;

    if (!e->pipeline)
        return st;
    st = entity_pipeline_run(&e->ctx, e->pipeline, e->doc.text, NULL, &doc);
    size_t n = st ? 0 : doc.entities.len;
    struct entity_span *spans = ctx_alloc_array(&e->ctx, n, sizeof(spans[0]));
    for (size_t i = 0; spans && i < n; i++) {
        const struct entity *entity = &doc.entities.items[i];
        spans[i] = (struct entity_span){
            .span = {doc.tokens.items[entity->first].start,
                     doc.tokens.items[entity->end - 1].end},
            .label = entity->label,
        };
    }
    options->entities = spans;
    options->n_entities = spans ? n : 0;
    return e->ctx.error.status;
}

static int run_folder(const char *root, const char *kind, struct mem *mem,
                      const struct eval *common)
{
    char folder[512];
    struct dirent **names = NULL;
    int failed = 0;

    snprintf(folder, sizeof(folder), "%s/%s", root, kind);
    int n = scandir(folder, &names, is_text, by_name);
    for (int i = 0; i < n; i++) {
        struct eval e = *common;
        rsc_error err;
        snprintf(e.name, sizeof(e.name), "%.*s",
                 (int)strlen(names[i]->d_name) - 4, names[i]->d_name);
        ctx_init(&e.ctx, mem);
        if (run_case(&e, folder, strcmp(kind, "jobs") == 0)) {
            ctx_error(&e.ctx, &err);
            printf("%s: %s\n", e.name, err.message);
            failed++;
        }
        ctx_clear(&e.ctx);
        free(names[i]);
    }
    free(names);
    printf("%d %s%s\n", n < 0 ? 0 : n, kind, failed ? ", some failed" : "");
    return failed || n <= 0;
}

static void print_table(void)
{
    printf("%-24s %9s %9s %9s\n", "field", "precision", "recall", "labelled");
    for (size_t i = 0; i < sizeof(tallies) / sizeof(tallies[0]); i++) {
        const struct tally *t = &tallies[i];
        double found = t->right + t->wrong, there = t->right + t->missed;
        printf("%-24s %9.3f %9.3f %9.0f\n", t->name,
               found > 0 ? t->right / found : 1.0,
               there > 0 ? t->right / there : 1.0, there);
    }
}

int main(int argc, char **argv)
{
    const char *root = "tests/cases";
    const char *folder = NULL;
    struct ontology *ontology = NULL;
    struct entity_pipeline *pipeline = NULL;
    struct mem mem;
    struct ctx ctx;
    int bad = 0;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--errors") == 0)
            show_errors = true;
        else if (strcmp(argv[i], "--pipeline") == 0 && i + 1 < argc)
            folder = argv[++i];
        else
            root = argv[i];
    }
    mem_init(&mem, "eval", 0);
    ctx_init(&ctx, &mem);
    if (ontology_open(&ctx, &ontology, &mem, STR_NONE, "") ||
        (folder && entity_pipeline_open(&ctx, &pipeline, &mem, folder, NULL))) {
        fprintf(stderr, "%s\n", ctx.error.message);
        return 1;
    }
    const struct eval common = {.ontology = ontology, .pipeline = pipeline};
    bad |= run_folder(root, "resumes", &mem, &common);
    bad |= run_folder(root, "jobs", &mem, &common);
    print_table();
    entity_pipeline_close(pipeline);
    ontology_close(ontology);
    ctx_clear(&ctx);
    return bad;
}
