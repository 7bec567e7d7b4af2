/* SPDX-License-Identifier: MIT */
#include "ontology.h"

#include <assert.h>

#include "base/limits.h"
#include "base/mem.h"
#include "ontology_build.h"
#include "ontology_table.h"

void ontology_attach(struct ontology *o, const void *table)
{
    static const char digits[] = "0123456789abcdef";
    const struct table_head *head = table;
    const char *base = table;
    const void *at[TABLE_SECTIONS];

    assert(head->magic == TABLE_MAGIC);
    for (int i = 0; i < TABLE_SECTIONS; i++)
        at[i] = base + head->section[i].offset;
    o->head = head;
    o->skills = at[TABLE_SKILLS];
    o->aliases = at[TABLE_ALIASES];
    o->links = at[TABLE_LINKS];
    o->context = at[TABLE_CONTEXT];
    o->categories = at[TABLE_CATEGORIES];
    o->fields = at[TABLE_FIELDS];
    o->text = at[TABLE_TEXT];
    o->phrases = (struct phrases){
        .form_mask = head->section[TABLE_FORMS].count - 1,
        .forms = at[TABLE_FORMS],
        .starts = at[TABLE_STARTS],
        .start_mask = head->section[TABLE_STARTS].count - 1,
        .strings = at[TABLE_FORM_NAMES],
        .nodes = at[TABLE_NODES],
        .edges = at[TABLE_EDGES],
        .values = at[TABLE_VALUES],
        .n_nodes = head->section[TABLE_NODES].count,
        .n_edges = head->section[TABLE_EDGES].count,
        .n_values = head->section[TABLE_VALUES].count,
        .strings_len = head->section[TABLE_FORM_NAMES].count,
    };
    for (int i = 0; i < 8; i++) {
        o->hash[2 * i] = digits[(unsigned char)head->hash[i] >> 4];
        o->hash[2 * i + 1] = digits[head->hash[i] & 15];
    }
    o->hash[16] = '\0';
}

static rsc_status build_own(struct ctx *work, struct ontology *o,
                            struct str own, const char *name)
{
    struct ontology_source source = {0};
    struct str built_in = {(const char *)o->head +
                               o->head->section[TABLE_SOURCE].offset,
                           o->head->section[TABLE_SOURCE].count};
    struct buf out;
    rsc_status st =
        ontology_source_add(work, &source, built_in, "data/skills", false);

    if (!st)
        st = ontology_source_add(work, &source, own, name, true);
    struct str all =
        ctx_printf(work, "%.*s\n%.*s", STR_ARG(built_in), STR_ARG(own));
    if (!st && !all.data)
        st = work->error.status;
    if (st)
        return st;
    buf_init(&out, o->mem, LIMIT_ONTOLOGY_TABLE);
    st = ontology_build(work, &out, &source, all);
    if (st) {
        buf_clear(&out);
        return st;
    }
    o->block = out.data;
    o->block_size = out.cap;
    ontology_attach(o, out.data);
    return RSC_OK;
}

/* Compiles the built-in source and the user's text into one table. What is
 * needed on the way is some megabytes, released here and not with ctx. */
static rsc_status compile_own(struct ctx *ctx, struct ontology *o,
                              struct str own, const char *name)
{
    struct ctx work;

    ctx_init(&work, o->mem);
    work.deadline_ns = ctx->deadline_ns;
    work.cancelled = ctx->cancelled;
    rsc_status st = build_own(&work, o, own, name);
    if (st)
        st =
            ctx_fail_at(ctx, st, work.error.position, "%s", work.error.message);
    ctx_clear(&work);
    return st;
}

rsc_status ontology_open(struct ctx *ctx, struct ontology **out,
                         struct mem *mem, struct str own, const char *name)
{
    struct ontology *o = mem_calloc(mem, 1, sizeof(*o));

    *out = NULL;
    if (!o)
        return ctx_fail(ctx, RSC_ENOMEM, "no memory for the ontology");
    o->mem = mem;
    ontology_attach(o, ontology_builtin());
    if (str_trim(own).len > 0) {
        rsc_status st = compile_own(ctx, o, own, name);
        if (st) {
            ontology_close(o);
            return st;
        }
    }
    *out = o;
    return RSC_OK;
}

void ontology_close(struct ontology *o)
{
    if (!o)
        return;
    mem_free(o->mem, o->block, o->block_size);
    mem_free(o->mem, o, sizeof(*o));
}

size_t ontology_count(const struct ontology *o)
{
    return o->head->section[TABLE_SKILLS].count;
}

struct str ontology_name(const struct ontology *o, uint32_t skill)
{
    return table_str(o, o->aliases[o->skills[skill].first_alias].text);
}

enum skill_kind ontology_kind(const struct ontology *o, uint32_t skill)
{
    return (enum skill_kind)o->skills[skill].kind;
}

struct str ontology_category(const struct ontology *o, uint32_t skill)
{
    return table_str(o, o->categories[o->skills[skill].category].title);
}

struct str ontology_field(const struct ontology *o, uint32_t skill)
{
    uint32_t field = o->categories[o->skills[skill].category].field;
    return table_str(o, o->fields[field].id);
}

struct str ontology_field_title(const struct ontology *o, uint32_t skill)
{
    uint32_t field = o->categories[o->skills[skill].category].field;
    return table_str(o, o->fields[field].title);
}

size_t ontology_alias_count(const struct ontology *o, uint32_t skill)
{
    return o->skills[skill].n_aliases - 1;
}

struct str ontology_alias(const struct ontology *o, uint32_t skill, size_t i)
{
    return table_str(o, o->aliases[o->skills[skill].first_alias + 1 + i].text);
}

const struct skill_link *ontology_links(const struct ontology *o,
                                        uint32_t skill, size_t *n)
{
    *n = o->skills[skill].n_links;
    return o->links + o->skills[skill].first_link;
}

/* Among the values of a node the alias whose text is the name itself, else
 * the first that belongs to a skill. */
static uint32_t pick(const struct ontology *o, uint32_t node, struct str name)
{
    const struct phrase_node *n = &o->phrases.nodes[node];
    uint32_t best = UINT32_MAX;

    for (uint32_t i = 0; i < n->n_values; i++) {
        const struct table_alias *a =
            &o->aliases[phrases_value(&o->phrases, n, i)];
        if (a->skill == UINT32_MAX)
            continue;
        if (str_eq_nocase(table_str(o, a->text), name))
            return a->skill;
        if (best == UINT32_MAX)
            best = a->skill;
    }
    return best;
}

uint32_t ontology_find(const struct ontology *o, struct str name)
{
    struct wordscan scan = wordscan_of(str_trim(name));
    struct scan_word word;
    uint32_t node = 0;
    bool first = true;

    while (wordscan_next(&scan, &word)) {
        const struct phrase_form *form = phrases_form_of(
            &o->phrases, &word, phrases_hash(word.fold, word.len));
        if (!form)
            return UINT32_MAX;
        node =
            first ? form->root : phrases_step(&o->phrases, node, form->token);
        if (node == 0)
            return UINT32_MAX;
        first = false;
    }
    return first ? UINT32_MAX : pick(o, node, str_trim(name));
}

struct str ontology_hash(const struct ontology *o)
{
    return str_of(o->hash);
}

const char *skill_kind_name(enum skill_kind kind)
{
    switch (kind) {
    case SKILL_HARD:
        return "hard";
    case SKILL_SOFT:
        return "soft";
    case SKILL_TOOL:
        return "tool";
    case SKILL_LANGUAGE:
        return "language";
    case SKILL_CERTIFICATE:
        return "certificate";
    }
    return "hard";
}

const char *skill_relation_name(enum skill_relation relation)
{
    switch (relation) {
    case RELATION_PART_OF:
        return "part of";
    case RELATION_KIND_OF:
        return "kind of";
    case RELATION_ALTERNATIVE:
        return "alternative to";
    case RELATION_RELATED:
        return "related to";
    }
    return "related to";
}
