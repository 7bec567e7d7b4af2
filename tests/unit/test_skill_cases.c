/* SPDX-License-Identifier: MIT */
/*
 * Runs tests/cases/skills/(name).case: what a text must give, and what not.
 *
 *     # a comment
 *     text: Python, Go and SQL. No experience with Rust.
 *     find: Python; Go; SQL
 *     not: Rust
 *     negated: Rust
 *
 * `find` names skills that are held, `not` skills that are not found as held,
 * `negated` and `wished` those with that stance, `only` all that are found in
 * order, of any stance. "\n" in a text is a line break. A case ends with an
 * empty line.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "skills/skill_match.h"

#define FOLDER "tests/cases/skills"

struct run {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct skill_hits hits;
    struct str text;
    int n, failed;
};

static bool has(const struct run *r, uint32_t skill, int stance)
{
    for (size_t i = 0; i < r->hits.len; i++)
        if (r->hits.items[i].skill == skill &&
            (stance < 0 || (int)r->hits.items[i].stance == stance))
            return true;
    return false;
}

static void report(struct run *r, bool ok, const char *what, struct str name)
{
    printf("%sok %d - %s '%.*s' in: %.*s\n", ok ? "" : "not ", ++r->n, what,
           STR_ARG(name), (int)(r->text.len < 60 ? r->text.len : 60),
           r->text.data);
    r->failed += !ok;
    if (ok)
        return;
    for (size_t i = 0; i < r->hits.len; i++) {
        struct str s = ontology_name(r->ontology, r->hits.items[i].skill);
        struct str as = span_of(r->text, r->hits.items[i].span);
        printf("# found %.*s as '%.*s', stance %d\n", STR_ARG(s), STR_ARG(as),
               (int)r->hits.items[i].stance);
    }
}

static void read_text(struct run *r, struct str value)
{
    char *text = ctx_alloc(&r->ctx, value.len + 1);
    size_t n = 0;

    if (!text)
        exit(1);
    for (size_t i = 0; i < value.len; i++) {
        bool line = value.data[i] == '\\' && i + 1 < value.len &&
                    value.data[i + 1] == 'n';
        text[n++] = line ? '\n' : value.data[i];
        i += line;
    }
    r->text = (struct str){text, n};
    r->hits.len = 0;
    if (skill_match(&r->ctx, &r->hits, r->ontology, r->text))
        exit(1);
}

static void check_only(struct run *r, struct str list)
{
    struct str name;
    size_t i = 0;
    bool ok = true;

    for (struct str rest = list; str_next_field(&rest, ';', &name); i++)
        ok = ok && i < r->hits.len &&
             str_eq(ontology_name(r->ontology, r->hits.items[i].skill),
                    str_trim(name));
    report(r, ok && i == r->hits.len, "only", list);
}

static void check_list(struct run *r, struct str key, struct str list)
{
    struct str name;
    bool want = !str_eq(key, STR("not"));
    int stance = str_eq(key, STR("negated"))  ? STANCE_NEGATED
                 : str_eq(key, STR("wished")) ? STANCE_WISHED
                                              : STANCE_HELD;

    while (str_next_field(&list, ';', &name)) {
        uint32_t skill = ontology_find(r->ontology, str_trim(name));
        if (skill == UINT32_MAX)
            report(r, false, "the ontology has no", str_trim(name));
        else
            report(r, has(r, skill, stance) == want,
                   want ? "finds" : "does not find", str_trim(name));
    }
}

static void run_file(struct run *r, const char *path)
{
    struct str rest, line, key;

    if (file_read(&r->ctx, &rest, path, (size_t)1 << 20))
        exit(1);
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.len == 0 || line.data[0] == '#')
            continue;
        struct str value = line;
        str_next_field(&value, ':', &key);
        value = str_trim(value);
        if (str_eq(key, STR("text")))
            read_text(r, value);
        else if (str_eq(key, STR("only")))
            check_only(r, value);
        else if (str_eq(key, STR("find")) || str_eq(key, STR("not")) ||
                 str_eq(key, STR("negated")) || str_eq(key, STR("wished")))
            check_list(r, key, value);
        else
            report(r, false, "unknown key", key);
    }
}

static int compare(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

int main(void)
{
    static struct run r;
    struct dirent **files;
    char path[512];

    mem_init(&r.mem, "test", 0);
    ctx_init(&r.ctx, &r.mem);
    if (ontology_open(&r.ctx, &r.ontology, &r.mem, STR_NONE, ""))
        return 1;
    int n = scandir(FOLDER, &files, NULL, compare);
    for (int i = 0; i < n; i++) {
        if (str_ends(str_of(files[i]->d_name), STR(".case"))) {
            snprintf(path, sizeof(path), FOLDER "/%s", files[i]->d_name);
            run_file(&r, path);
        }
        free(files[i]);
    }
    if (n >= 0)
        free(files);
    ontology_close(r.ontology);
    ctx_clear(&r.ctx);
    return r.failed || r.n == 0;
}
