/* SPDX-License-Identifier: MIT */
#include "ontology_link.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/wordforms.h"

struct str ontology_key(struct ctx *ctx, struct str name)
{
    struct wordscan scan = wordscan_of(name);
    struct scan_word word;
    char key[2 * LIMIT_SKILL_NAME + SCAN_WORD_MAX + 1];
    size_t len = 0;

    while (wordscan_next(&scan, &word)) {
        struct word_form form =
            word_canonical((struct str){word.fold, word.len});
        if (len + form.len + 1u > sizeof(key))
            break;
        if (len > 0)
            key[len++] = ' ';
        memcpy(key + len, form.text, form.len);
        len += form.len;
    }
    return ctx_copy(ctx, (struct str){key, len});
}

static rsc_status fail_skill(struct ctx *ctx, const struct ontology_source *s,
                             const struct source_skill *skill,
                             const char *message, struct str what)
{
    return ontology_source_fail(ctx, s, skill->file, skill->line, message,
                                what);
}

/* Adds what the user says about a skill that is there already. */
static void merge_skill(struct source_skill *into, struct source_skill *more)
{
    struct source_name **names = &into->name.next;
    struct source_name **context = &into->context;
    struct source_link **links = &into->links;

    while (*names)
        names = &(*names)->next;
    *names = more->name.next;
    while (*context)
        context = &(*context)->next;
    *context = more->context;
    while (*links)
        links = &(*links)->next;
    *links = more->links;
}

/* Numbers the skills by their names. */
static rsc_status number_skills(struct ctx *ctx, struct linked *out,
                                struct ontology_source *s)
{
    for (size_t i = 0; i < s->skills.len; i++) {
        struct source_skill *skill = &s->skills.items[i];
        struct str key = ontology_key(ctx, skill->name.text);
        size_t before = out->names.len;
        uint32_t number;

        if (!key.data)
            return ctx->error.status;
        if (key.len == 0)
            return fail_skill(ctx, s, skill, "this name has no letters",
                              skill->name.text);
        rsc_status st = intern_put(ctx, &out->names, key, &number);
        if (st)
            return st;
        if (out->names.len == before) {
            if (!skill->own)
                return fail_skill(ctx, s, skill, "this skill is there twice",
                                  skill->name.text);
            merge_skill(out->skills.items[out->skill_of_name.items[number]],
                        skill);
            continue;
        }
        struct source_skill **slot = vec_push(ctx, &out->skills);
        uint32_t *index = vec_push(ctx, &out->skill_of_name);
        if (!slot || !index)
            return ctx->error.status;
        *slot = skill;
        *index = (uint32_t)out->skills.len - 1;
    }
    return RSC_OK;
}

static struct source_name *
name_with_key(struct ctx *ctx, struct source_skill *skill, struct str key)
{
    for (struct source_name *n = &skill->name; n; n = n->next)
        if (str_eq(ontology_key(ctx, n->text), key))
            return n;
    return NULL;
}

/* An alias belongs to one skill, unless both say that context decides, or the
 * user's own word stands against ours. */
static rsc_status check_clash(struct ctx *ctx, const struct linked *l,
                              const struct ontology_source *s, uint32_t number,
                              const struct source_name *name, size_t i)
{
    uint32_t other = l->skill_of_name.items[number];
    struct source_skill *skill = l->skills.items[i];

    if (other == i || name->flags & NAME_OWN)
        return RSC_OK;
    struct source_name *first =
        name_with_key(ctx, l->skills.items[other], l->names.items[number]);
    if (!first || (first->flags & name->flags & NAME_CONTEXT))
        return ctx->error.status;
    return fail_skill(ctx, s, skill,
                      "this alias belongs to another skill as well",
                      name->text);
}

static rsc_status add_aliases(struct ctx *ctx, struct linked *l,
                              const struct ontology_source *s, size_t i)
{
    for (struct source_name *n = l->skills.items[i]->name.next; n;
         n = n->next) {
        struct str key = ontology_key(ctx, n->text);
        size_t before = l->names.len;
        uint32_t number;

        if (!key.data)
            return ctx->error.status;
        if (key.len == 0)
            return fail_skill(ctx, s, l->skills.items[i],
                              "this alias has no letters", n->text);
        rsc_status st = intern_put(ctx, &l->names, key, &number);
        if (!st && l->names.len > before) {
            uint32_t *index = vec_push(ctx, &l->skill_of_name);
            if (!index)
                return ctx->error.status;
            *index = (uint32_t)i;
        } else if (!st) {
            st = check_clash(ctx, l, s, number, n, i);
        }
        if (st)
            return st;
    }
    return RSC_OK;
}

static rsc_status add_relation(struct ctx *ctx, struct linked *l, uint32_t from,
                               uint32_t to, enum skill_relation relation)
{
    struct linked_relation *r = vec_push(ctx, &l->relations);
    if (!r)
        return ctx->error.status;
    *r = (struct linked_relation){from, to, relation};
    if (relation != RELATION_ALTERNATIVE && relation != RELATION_RELATED)
        return RSC_OK;
    r = vec_push(ctx, &l->relations);
    if (!r)
        return ctx->error.status;
    *r = (struct linked_relation){to, from, relation};
    return RSC_OK;
}

/* `of_group`: links that a group gives to all of its skills skip the skill
 * that they lead to. */
static rsc_status add_links(struct ctx *ctx, struct linked *l,
                            const struct ontology_source *s, uint32_t from,
                            const struct source_link *links, bool of_group)
{
    const struct source_skill *skill = l->skills.items[from];

    for (; links; links = links->next) {
        struct str key = ontology_key(ctx, links->target);
        if (!key.data)
            return ctx->error.status;
        uint32_t number = intern_find(&l->names, key);
        if (number == INTERN_NONE)
            return ontology_source_fail(ctx, s, skill->file, links->line,
                                        "no skill has this name",
                                        links->target);
        uint32_t to = l->skill_of_name.items[number];
        if (to == from) {
            if (of_group)
                continue;
            return fail_skill(ctx, s, skill, "a skill is related to itself",
                              links->target);
        }
        rsc_status st = add_relation(ctx, l, from, to, links->relation);
        if (st)
            return st;
    }
    return RSC_OK;
}

/* Skills of a group of alternatives, pair by pair; a group's skills stand
 * one behind the other. */
static rsc_status add_alternatives(struct ctx *ctx, struct linked *l,
                                   uint32_t from)
{
    uint32_t group = l->skills.items[from]->group;
    for (uint32_t to = from + 1;
         to < l->skills.len && l->skills.items[to]->group == group; to++) {
        rsc_status st = add_relation(ctx, l, from, to, RELATION_ALTERNATIVE);
        if (st)
            return st;
    }
    return RSC_OK;
}

static int compare_relations(const void *left, const void *right)
{
    const struct linked_relation *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->relation != b->relation)
        return a->relation < b->relation ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

/* One relation from one skill to another: the closest. */
static rsc_status settle_relations(struct ctx *ctx, struct linked *l)
{
    size_t n = 0;
    uint32_t *seen = ctx_calloc(ctx, l->skills.len + 1, sizeof(seen[0]));
    struct linked_relation *r = l->relations.items;

    if (!seen)
        return ctx->error.status;
    if (l->relations.len > 0)
        qsort(r, l->relations.len, sizeof(r[0]), compare_relations);
    for (size_t i = 0; i < l->relations.len; i++) {
        /* seen holds who was last related to a skill, as number + 1. */
        if (seen[r[i].to] == r[i].from + 1)
            continue;
        seen[r[i].to] = r[i].from + 1;
        r[n++] = r[i];
    }
    l->relations.len = n;
    return RSC_OK;
}

/* Depth-first search with its own stack: a skill that is met again while it
 * is still open closes a circle. */
static rsc_status check_circles(struct ctx *ctx, const struct linked *l,
                                const struct ontology_source *s)
{
    size_t n = l->skills.len, m = l->relations.len;
    const struct linked_relation *r = l->relations.items;
    uint32_t *at = ctx_alloc_array(ctx, n + 1, sizeof(at[0]));
    uint32_t *stack = ctx_alloc_array(ctx, n + 1, sizeof(stack[0]));
    unsigned char *state = ctx_calloc(ctx, n + 1, 1);
    enum {
        UNSEEN,
        OPEN,
        DONE
    };

    if (!at || !stack || !state)
        return ctx->error.status;
    for (size_t i = 0, j = 0; i < n; i++) {
        while (j < m && r[j].from < i)
            j++;
        at[i] = (uint32_t)j;
    }
    for (uint32_t i = 0; i < n; i++) {
        size_t depth = 0;
        if (state[i] == UNSEEN)
            stack[depth++] = i;
        while (depth > 0) {
            uint32_t top = stack[depth - 1], j = at[top];
            state[top] = OPEN;
            if (j >= m || r[j].from != top ||
                r[j].relation > RELATION_KIND_OF) {
                state[top] = DONE;
                depth--;
                continue;
            }
            at[top]++;
            if (state[r[j].to] == OPEN)
                return fail_skill(ctx, s, l->skills.items[top],
                                  "part-of and kind-of lead in a circle",
                                  l->skills.items[r[j].to]->name.text);
            if (state[r[j].to] == UNSEEN)
                stack[depth++] = r[j].to;
        }
    }
    return RSC_OK;
}

/* Words that often mean something else than the skill, and names of one or two
 * letters, need a mark. Ours only: a user knows their own texts. */
static rsc_status check_marks(struct ctx *ctx, const struct linked *l,
                              const struct ontology_source *s)
{
    struct intern common = {0};
    uint32_t number;
    rsc_status st = RSC_OK;

    for (size_t i = 0; !st && i < s->cues.len; i++)
        if (s->cues.items[i].cue == CUE_COMMON)
            st = intern_put(ctx, &common, s->cues.items[i].text, &number);
    for (size_t i = 0; !st && i < l->skills.len; i++) {
        const struct source_skill *skill = l->skills.items[i];
        for (const struct source_name *n = &skill->name; n && !st;
             n = n->next) {
            struct wordscan scan = wordscan_of(n->text);
            struct scan_word word, more;
            if (n->flags & (NAME_OWN | NAME_CONTEXT | NAME_CASE | NAME_VERB) ||
                !wordscan_next(&scan, &word) || wordscan_next(&scan, &more))
                continue;
            struct str fold = {word.fold, word.len};
            if (fold.len < 3 && word.suffix == 0)
                st = fail_skill(ctx, s, skill,
                                "a name this short needs a '?' or quotes",
                                n->text);
            else if (intern_find(&common, fold) != INTERN_NONE)
                st = fail_skill(ctx, s, skill,
                                "a word this common needs a '?' or quotes",
                                n->text);
        }
    }
    return st;
}

rsc_status ontology_link(struct ctx *ctx, struct linked *out,
                         struct ontology_source *s)
{
    *out = (struct linked){0};
    rsc_status st = number_skills(ctx, out, s);
    for (size_t i = 0; !st && i < out->skills.len; i++)
        st = add_aliases(ctx, out, s, i);
    for (uint32_t i = 0; !st && i < out->skills.len; i++) {
        const struct source_skill *skill = out->skills.items[i];
        const struct source_group *group = &s->groups.items[skill->group];
        st = add_links(ctx, out, s, i, skill->links, false);
        if (!st)
            st = add_links(ctx, out, s, i, group->links, true);
        if (!st && group->alternatives)
            st = add_alternatives(ctx, out, i);
    }
    if (!st)
        st = settle_relations(ctx, out);
    if (!st)
        st = check_circles(ctx, out, s);
    if (!st)
        st = check_marks(ctx, out, s);
    return st;
}
