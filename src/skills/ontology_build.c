/* SPDX-License-Identifier: MIT */
#include "ontology_build.h"

#include <sodium.h>

#include "base/limits.h"
#include "ontology_link.h"
#include "ontology_table.h"
#include "text/phrase_builder.h"
#include "text/wordforms.h"

struct builder {
    struct ctx *ctx;
    const struct ontology_source *source;
    struct linked linked;
    struct phrase_builder phrases;
    VEC(struct table_skill) skills;
    VEC(struct table_alias) aliases;
    VEC(struct skill_link) links;
    VEC(uint32_t) context;
    VEC(struct table_category) categories;
    VEC(struct table_field) fields;
    struct intern texts;
    VEC(uint32_t) text_offset; /* by number in texts */
    uint32_t text_len;
};

/* The folded words of a name. */
struct name_words {
    struct word_form words[PHRASE_WORDS_MAX];
    size_t n;
    bool joined; /* no space between the first two */
};

/* Order of the values of one phrase. */
enum {
    RANK_OWN,
    RANK_WRITTEN,
    RANK_VARIANT
};

static rsc_status add_text(struct builder *b, struct str s,
                           struct table_text *out)
{
    uint32_t number;
    size_t before = b->texts.len;
    rsc_status st = intern_put(b->ctx, &b->texts, s, &number);

    if (!st && b->texts.len > before) {
        uint32_t *offset = vec_push(b->ctx, &b->text_offset);
        if (!offset)
            return b->ctx->error.status;
        *offset = b->text_len;
        b->text_len += (uint32_t)s.len + 1;
    }
    if (!st)
        *out =
            (struct table_text){b->text_offset.items[number], (uint32_t)s.len};
    return st;
}

static bool split_name(struct str name, struct name_words *out)
{
    struct wordscan scan = wordscan_of(name);
    struct scan_word word;

    *out = (struct name_words){0};
    while (wordscan_next(&scan, &word)) {
        if (out->n == PHRASE_WORDS_MAX || word.len == 0)
            return false;
        if (out->n == 1)
            out->joined = !(word.gap & GAP_SPACE);
        out->words[out->n++] = word_form_of((struct str){word.fold, word.len});
    }
    return out->n > 0;
}

static rsc_status add_words(struct builder *b, const struct word_form *words,
                            size_t n, uint32_t rank, uint32_t alias)
{
    uint32_t tokens[PHRASE_WORDS_MAX];
    rsc_status st = RSC_OK;

    for (size_t i = 0; !st && i < n; i++)
        st = phrase_builder_word(b->ctx, &b->phrases, word_form_str(&words[i]),
                                 &tokens[i]);
    if (st)
        return st;
    return phrase_builder_add(
        b->ctx, &b->phrases, tokens, n,
        (struct phrase_pattern){.rank = rank, .value = alias});
}

/* "front-end", "Power BI": also as one word. */
static rsc_status add_joined(struct builder *b, const struct name_words *w,
                             uint32_t alias)
{
    struct word_form one = w->words[0];
    size_t len = one.len + (size_t)w->words[1].len;

    if (len < 5 || len > SCAN_WORD_MAX)
        return RSC_OK;
    memcpy(one.text + one.len, w->words[1].text, w->words[1].len);
    one.len = (uint8_t)len;
    return add_words(b, &one, 1, RANK_VARIANT, alias);
}

/* "PowerPoint": also as two words, of three letters or more each. */
static rsc_status add_split(struct builder *b, struct str name, uint32_t alias)
{
    for (size_t i = 3; i + 3 <= name.len; i++) {
        if (!ascii_is_lower((unsigned char)name.data[i - 1]) ||
            !ascii_is_upper((unsigned char)name.data[i]))
            continue;
        struct name_words whole;
        struct word_form two[2];
        if (!split_name(name, &whole) || whole.words[0].len != name.len)
            return RSC_OK;
        struct str fold = word_form_str(&whole.words[0]);
        two[0] = word_form_of(str_slice(fold, 0, i));
        two[1] = word_form_of(str_slice(fold, i, fold.len));
        return add_words(b, two, 2, RANK_VARIANT, alias);
    }
    return RSC_OK;
}

static rsc_status add_patterns(struct builder *b, struct str text,
                               const struct name_words *w, uint32_t index)
{
    const struct table_alias *a = &b->aliases.items[index];
    uint32_t rank = a->flags & NAME_OWN ? RANK_OWN : RANK_WRITTEN;
    rsc_status st = add_words(b, w->words, w->n, rank, index);

    if (a->flags & NAME_VERB) {
        struct word_form verbs[VERB_FORMS_MAX];
        struct word_form words[PHRASE_WORDS_MAX];
        size_t n = verb_forms(word_form_str(&w->words[0]), verbs);
        memcpy(words, w->words, w->n * sizeof(words[0]));
        for (size_t i = 1; !st && i < n; i++) {
            words[0] = verbs[i];
            st = add_words(b, words, w->n, rank, index);
        }
        return st;
    }
    if (st || a->skill == UINT32_MAX || a->flags & (NAME_CASE | NAME_CONTEXT))
        return st;
    bool tool = b->skills.items[a->skill].kind == SKILL_TOOL;
    if (w->n == 2 && (w->joined || tool))
        return add_joined(b, w, index);
    return w->n == 1 ? add_split(b, text, index) : RSC_OK;
}

/* Capitals and signs only, such as ETCS. */
static bool is_acronym(struct str name)
{
    size_t capitals = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (ascii_is_lower((unsigned char)name.data[i]))
            return false;
        capitals += ascii_is_upper((unsigned char)name.data[i]);
    }
    return capitals > 1;
}

/* Adds one alias, or one cue with skill UINT32_MAX. */
static rsc_status add_alias(struct builder *b, struct str text,
                            struct table_alias alias)
{
    struct name_words words;

    if (!split_name(text, &words))
        return ctx_fail(b->ctx, RSC_EFORMAT,
                        "this name has no words, or more than %d: '%.*s'",
                        PHRASE_WORDS_MAX, STR_ARG(text));
    bool brand = alias.skill != UINT32_MAX &&
                 b->skills.items[alias.skill].kind >= SKILL_TOOL;
    if (words.n == 1 && (brand || alias.flags & NAME_CASE))
        alias.flags |= NAME_EXACT;
    if (words.n == 1 && is_acronym(text))
        alias.flags |= NAME_ACRONYM;
    alias.n_words = (uint8_t)words.n;
    for (size_t i = 0; i < words.n; i++)
        alias.hash = phrases_chain(
            alias.hash, phrases_hash(words.words[i].text, words.words[i].len));
    rsc_status st = add_text(b, text, &alias.text);
    if (st)
        return st;
    struct table_alias *slot = vec_push(b->ctx, &b->aliases);
    if (!slot)
        return b->ctx->error.status;
    *slot = alias;
    return add_patterns(b, text, &words, (uint32_t)b->aliases.len - 1);
}

/* Words whose presence supports the skill's ambiguous names. */
static rsc_status add_context(struct builder *b, struct table_skill *skill,
                              const struct source_name *names)
{
    for (; names; names = names->next) {
        struct name_words words;
        uint32_t token;
        if (!split_name(names->text, &words) || words.n != 1)
            return ctx_fail(b->ctx, RSC_EFORMAT,
                            "a context is one word, unlike '%.*s'",
                            STR_ARG(names->text));
        rsc_status st = phrase_builder_word(
            b->ctx, &b->phrases, word_form_str(&words.words[0]), &token);
        if (st)
            return st;
        uint32_t *slot = vec_push(b->ctx, &b->context);
        if (!slot)
            return b->ctx->error.status;
        *slot = token;
        skill->n_context++;
    }
    return RSC_OK;
}

static rsc_status add_skill(struct builder *b, uint32_t index)
{
    const struct source_skill *s = b->linked.skills.items[index];
    struct table_skill *skill = vec_push(b->ctx, &b->skills);

    if (!skill)
        return b->ctx->error.status;
    *skill = (struct table_skill){
        .first_alias = (uint32_t)b->aliases.len,
        .first_link = (uint32_t)b->links.len,
        .first_context = (uint32_t)b->context.len,
        .category = (uint16_t)s->group,
        .kind = (uint8_t)s->kind,
    };
    rsc_status st = add_context(b, skill, s->context);
    if (!st)
        st = add_context(b, skill, b->source->groups.items[s->group].context);
    for (const struct source_name *n = &s->name; n && !st; n = n->next) {
        if (n != &s->name && str_eq(n->text, s->name.text) &&
            n->flags == s->name.flags)
            continue;
        st = add_alias(b, n->text,
                       (struct table_alias){.skill = index,
                                            .flags = (uint8_t)n->flags,
                                            .is_name = n == &s->name});
        skill->n_aliases++;
    }
    return st;
}

static rsc_status add_relations(struct builder *b)
{
    for (size_t i = 0; i < b->linked.relations.len; i++) {
        struct linked_relation r = b->linked.relations.items[i];
        struct skill_link *link = vec_push(b->ctx, &b->links);
        if (!link)
            return b->ctx->error.status;
        *link = (struct skill_link){r.to, r.relation};
        struct table_skill *skill = &b->skills.items[r.from];
        if (skill->n_links++ == 0)
            skill->first_link = (uint32_t)i;
    }
    return RSC_OK;
}

/* Fields support themselves and those that they name, both ways. */
static rsc_status add_fields(struct builder *b)
{
    const struct ontology_source *s = b->source;
    rsc_status st = RSC_OK;

    for (size_t i = 0; !st && i < s->fields.len; i++) {
        struct table_field *field = vec_push(b->ctx, &b->fields);
        if (!field)
            return b->ctx->error.status;
        *field = (struct table_field){.near = (uint64_t)1 << i};
        st = add_text(b, s->fields.items[i].id, &field->id);
        if (!st)
            st = add_text(b, s->fields.items[i].title, &field->title);
    }
    for (size_t i = 0; !st && i < s->fields.len; i++) {
        for (const struct source_name *n = s->fields.items[i].near; n;
             n = n->next) {
            size_t j = 0;
            while (j < s->fields.len && !str_eq(s->fields.items[j].id, n->text))
                j++;
            if (j == s->fields.len)
                return ctx_fail(b->ctx, RSC_EFORMAT,
                                "no field has this name: '%.*s'",
                                STR_ARG(n->text));
            b->fields.items[i].near |= (uint64_t)1 << j;
            b->fields.items[j].near |= (uint64_t)1 << i;
        }
    }
    return st;
}

static rsc_status add_categories(struct builder *b)
{
    const struct ontology_source *s = b->source;

    if (s->groups.len > UINT16_MAX)
        return ctx_fail(b->ctx, RSC_ELIMIT, "more than %d groups", UINT16_MAX);
    for (size_t i = 0; i < s->groups.len; i++) {
        struct table_category *c = vec_push(b->ctx, &b->categories);
        if (!c)
            return b->ctx->error.status;
        c->field = s->groups.items[i].field;
        rsc_status st = add_text(b, s->groups.items[i].title, &c->title);
        if (st)
            return st;
    }
    return RSC_OK;
}

static rsc_status add_cues(struct builder *b)
{
    const struct ontology_source *s = b->source;
    rsc_status st = RSC_OK;

    for (size_t i = 0; !st && i < s->cues.len; i++)
        if (s->cues.items[i].cue != CUE_COMMON)
            st = add_alias(
                b, s->cues.items[i].text,
                (struct table_alias){.skill = UINT32_MAX,
                                     .cue = (uint8_t)s->cues.items[i].cue});
    return st;
}

static rsc_status compile(struct builder *b)
{
    rsc_status st = add_fields(b);
    if (!st)
        st = add_categories(b);
    for (uint32_t i = 0; !st && i < b->linked.skills.len; i++)
        st = add_skill(b, i);
    if (!st)
        st = add_relations(b);
    return st ? st : add_cues(b);
}

static void put_section(struct buf *out, struct table_head *head, size_t start,
                        enum table_section section, const void *items,
                        size_t count, size_t item_size)
{
    static const char zeros[8];
    size_t used = out->len - start;

    buf_put_bytes(out, zeros, (8 - used % 8) % 8);
    head->section[section].offset = (uint32_t)(out->len - start);
    head->section[section].count = (uint32_t)count;
    if (count > 0)
        buf_put_bytes(out, items, count * item_size);
}

#define PUT(section, vec)                                                      \
    put_section(out, &head, start, section, (vec).items, (vec).len,            \
                sizeof((vec).items[0]))
#define PUT_ARRAY(section, items, count)                                       \
    put_section(out, &head, start, section, items, count, sizeof((items)[0]))

static void put_phrases(struct buf *out, struct table_head *h, size_t start,
                        const struct phrases *p)
{
    struct table_head head = *h;
    size_t slots = (size_t)p->form_mask + 1;

    PUT_ARRAY(TABLE_FORMS, p->forms, slots);
    PUT_ARRAY(TABLE_STARTS, p->starts, (size_t)p->start_mask + 1);
    PUT_ARRAY(TABLE_FORM_NAMES, p->strings, p->strings_len);
    PUT_ARRAY(TABLE_NODES, p->nodes, p->n_nodes);
    PUT_ARRAY(TABLE_EDGES, p->edges, p->n_edges);
    PUT_ARRAY(TABLE_VALUES, p->values, p->n_values);
    *h = head;
}

static rsc_status write_table(struct builder *b, struct buf *out,
                              struct str text)
{
    struct table_head head = {.magic = TABLE_MAGIC};
    struct phrases phrases;
    size_t start = out->len;
    rsc_status st = phrase_builder_finish(b->ctx, &b->phrases, &phrases);

    if (st)
        return st;
    crypto_generichash((unsigned char *)head.hash, sizeof(head.hash),
                       (const unsigned char *)text.data, text.len, NULL, 0);
    buf_put_bytes(out, &head, sizeof(head));
    PUT(TABLE_SKILLS, b->skills);
    PUT(TABLE_ALIASES, b->aliases);
    PUT(TABLE_LINKS, b->links);
    PUT(TABLE_CONTEXT, b->context);
    PUT(TABLE_CATEGORIES, b->categories);
    PUT(TABLE_FIELDS, b->fields);
    put_section(out, &head, start, TABLE_TEXT, NULL, 0, 1);
    for (size_t i = 0; i < b->texts.len; i++) {
        buf_put(out, b->texts.items[i]);
        buf_put_char(out, '\0');
    }
    head.section[TABLE_TEXT].count = b->text_len;
    PUT_ARRAY(TABLE_SOURCE, text.data, text.len);
    put_phrases(out, &head, start, &phrases);
    if (out->failed)
        return ctx_fail(b->ctx, RSC_ENOMEM, "no memory for the ontology");
    head.size = (uint32_t)(out->len - start);
    memcpy(out->data + start, &head, sizeof(head));
    return RSC_OK;
}

rsc_status ontology_build(struct ctx *ctx, struct buf *out,
                          struct ontology_source *source, struct str text)
{
    struct builder b = {.ctx = ctx, .source = source};
    rsc_status st = ontology_link(ctx, &b.linked, source);

    if (!st)
        st = compile(&b);
    return st ? st : write_table(&b, out, text);
}
