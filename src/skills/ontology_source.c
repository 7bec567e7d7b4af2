/* SPDX-License-Identifier: MIT */
#include "ontology_source.h"

#include "base/limits.h"

static const char *const kind_names[] = {"hard", "soft", "tool", "language",
                                         "certificate"};
static const char *const relation_names[] = {"part-of", "kind-of",
                                             "alternative", "related"};
static const char *const cue_names[CUES] = {
    [CUE_NEVER] = "@never",
    [CUE_NEGATE] = "@negation",
    [CUE_WISH] = "@wish",
    [CUE_NEGATE_AFTER] = "@negation-after",
    [CUE_WISH_AFTER] = "@wish-after",
    [CUE_CONTRAST] = "@contrast",
    [CUE_COMMON] = "@common",
};

/* Lines that make up one entry. */
#define CONTINUED_MAX 64

struct reader {
    struct ctx *ctx;
    struct ontology_source *source;
    uint32_t file, line;
    bool own;
    bool has_field;
    bool has_group; /* since the last @field */
    uint32_t field; /* the current one */
};

rsc_status ontology_source_fail(struct ctx *ctx,
                                const struct ontology_source *source,
                                uint32_t file, uint32_t line,
                                const char *message, struct str what)
{
    struct str name = source->files.items[file];
    return ctx_fail(ctx, RSC_EFORMAT, "%.*s:%u: %s: '%.*s'",
                    (int)(name.len < 100 ? name.len : 100), name.data, line,
                    message, (int)(what.len < 80 ? what.len : 80), what.data);
}

static rsc_status fail(struct reader *r, const char *message, struct str what)
{
    return ontology_source_fail(r->ctx, r->source, r->file, r->line, message,
                                what);
}

/* The number of word in names, or n. */
static size_t name_index(const char *const *names, size_t n, struct str word)
{
    for (size_t i = 0; i < n; i++)
        if (names[i] && str_eq(word, str_of(names[i])))
            return i;
    return n;
}

/* Marks off the text: "quotes", question mark, leading "to ". */
static rsc_status parse_name(struct reader *r, struct str text,
                             struct source_name *name)
{
    *name = (struct source_name){.flags = r->own ? NAME_OWN : 0};
    text = str_trim(text);
    if (text.len > 1 && text.data[text.len - 1] == '?') {
        name->flags |= NAME_CONTEXT;
        text = str_trim(str_slice(text, 0, text.len - 1));
    }
    if (text.len > 2 && text.data[0] == '"' && text.data[text.len - 1] == '"') {
        name->flags |= NAME_CASE;
        text = str_slice(text, 1, text.len - 1);
    } else if (str_starts(text, STR("to ")) && text.len > 5) {
        name->flags |= NAME_VERB;
        text = str_trim(str_slice(text, 3, text.len));
    }
    name->text = text;
    if (text.len == 0)
        return fail(r, "a name is missing", text);
    if (text.len > LIMIT_SKILL_NAME)
        return fail(r, "this name is too long", text);
    return RSC_OK;
}

/* Parses a list separated by commas; the names come out in order. */
static rsc_status parse_names(struct reader *r, struct str list,
                              struct source_name **out)
{
    struct str item;

    while (*out)
        out = &(*out)->next;
    list = str_trim(list);
    while (str_next_field(&list, ',', &item)) {
        struct source_name *name = ctx_alloc(r->ctx, sizeof(*name));
        if (!name)
            return r->ctx->error.status;
        rsc_status st = parse_name(r, item, name);
        if (st)
            return st;
        *out = name;
        out = &name->next;
    }
    return RSC_OK;
}

static rsc_status parse_links(struct reader *r, struct str list,
                              enum skill_relation relation,
                              struct source_link **out)
{
    struct str item;

    while (str_next_field(&list, ',', &item)) {
        struct source_link *link = ctx_alloc(r->ctx, sizeof(*link));
        if (!link)
            return r->ctx->error.status;
        *link = (struct source_link){relation, str_trim(item), r->line, *out};
        if (link->target.len == 0)
            return fail(r, "a name is missing", item);
        *out = link;
    }
    return RSC_OK;
}

struct properties {
    enum skill_kind *kind;
    struct source_link **links;
    struct source_name **context;
    bool *alternatives; /* groups only */
};

/* "key: value; key: value" */
static rsc_status parse_properties(struct reader *r, struct str rest,
                                   const struct properties *p)
{
    struct str part, key;

    while (str_next_field(&rest, ';', &part)) {
        if (str_trim(part).len == 0)
            continue;
        struct str value = part;
        rsc_status st = RSC_OK;
        if (!str_next_field(&value, ':', &key) || value.len == 0)
            return fail(r, "a 'key: value' is expected", str_trim(part));
        key = str_trim(key);
        value = str_trim(value);
        size_t relation = name_index(relation_names, 4, key);
        if (p->alternatives && str_eq(key, STR("alternatives"))) {
            *p->alternatives = str_eq(value, STR("yes"));
        } else if (str_eq(key, STR("kind"))) {
            size_t kind = name_index(kind_names, 5, value);
            if (kind == 5)
                return fail(r, "unknown kind", value);
            *p->kind = (enum skill_kind)kind;
        } else if (str_eq(key, STR("context"))) {
            st = parse_names(r, value, p->context);
        } else if (relation < 4) {
            st = parse_links(r, value, (enum skill_relation)relation, p->links);
        } else {
            return fail(r, "unknown key", key);
        }
        if (st)
            return st;
    }
    return RSC_OK;
}

/* @field id = Title; near: id, id */
static rsc_status parse_field(struct reader *r, struct str rest)
{
    struct ontology_source *s = r->source;
    struct str id = STR_NONE, title = STR_NONE, near;

    str_next_field(&rest, '=', &id);
    str_next_field(&rest, ';', &title);
    id = str_trim(id);
    title = str_trim(title);
    if (id.len == 0 || title.len == 0)
        return fail(r, "expected '@field id = Title'", id);
    r->has_group = false;
    r->has_field = true;
    for (size_t i = 0; i < s->fields.len; i++) {
        if (!str_eq(s->fields.items[i].id, id))
            continue;
        r->field = (uint32_t)i;
        return r->own ? RSC_OK : fail(r, "this field is there twice", id);
    }
    r->field = (uint32_t)s->fields.len;
    struct source_field *field = vec_push(r->ctx, &s->fields);
    if (!field)
        return r->ctx->error.status;
    *field = (struct source_field){.id = id, .title = title, .line = r->line};
    if (s->fields.len > LIMIT_SKILL_FIELDS)
        return fail(r, "too many fields", id);
    near = str_trim(rest);
    if (near.len == 0)
        return RSC_OK;
    if (!str_starts(near, STR("near:")))
        return fail(r, "unknown key", near);
    return parse_names(r, str_slice(near, 5, near.len), &field->near);
}

static rsc_status parse_directive(struct reader *r, struct str line)
{
    struct str word, rest = line, item;

    str_next_field(&rest, ' ', &word);
    if (str_eq(word, STR("@field")))
        return parse_field(r, rest);
    size_t cue = name_index(cue_names, CUES, word);
    if (cue == CUES)
        return fail(r, "unknown directive", word);
    while (str_next_field(&rest, ',', &item)) {
        struct source_cue *c = vec_push(r->ctx, &r->source->cues);
        if (!c)
            return r->ctx->error.status;
        *c = (struct source_cue){str_trim(item), (enum cue)cue};
        if (c->text.len == 0 || c->text.len > LIMIT_SKILL_NAME)
            return fail(r, "a phrase is missing or too long", c->text);
    }
    return RSC_OK;
}

/* [Title] key: value; key: value */
static rsc_status parse_group(struct reader *r, struct str line)
{
    struct ontology_source *s = r->source;
    size_t end = str_find(line, STR("]"), 0);

    if (end == SIZE_MAX || end < 2)
        return fail(r, "expected '[Title]'", line);
    if (!r->has_field) {
        rsc_status st = r->own ? parse_field(r, STR("own = Own skills"))
                               : fail(r, "an '@field' must stand before", line);
        if (st)
            return st;
    }
    struct source_group *group = vec_push(r->ctx, &s->groups);
    if (!group)
        return r->ctx->error.status;
    *group = (struct source_group){.title = str_trim(str_slice(line, 1, end)),
                                   .field = r->field};
    if (group->title.len == 0 || group->title.len > LIMIT_SKILL_NAME)
        return fail(r, "a group's title is missing or too long", line);
    r->has_group = true;
    return parse_properties(r, str_slice(line, end + 1, line.len),
                            &(struct properties){&group->kind, &group->links,
                                                 &group->context,
                                                 &group->alternatives});
}

/* A user's skills that stand under no group go to a group of their own. */
static rsc_status need_group(struct reader *r, struct str line)
{
    if (r->has_group)
        return RSC_OK;
    if (!r->own)
        return fail(r, "a '[Group]' must stand before", line);
    return parse_group(r, STR("[Own skills]"));
}

/* Name = alias, alias; key: value */
static rsc_status parse_skill(struct reader *r, struct str line)
{
    struct ontology_source *s = r->source;
    struct str first, rest = line, name = STR_NONE;
    rsc_status st = need_group(r, line);

    if (st)
        return st;
    struct source_skill *skill = vec_push(r->ctx, &s->skills);
    if (!skill)
        return r->ctx->error.status;
    uint32_t group = (uint32_t)s->groups.len - 1;
    *skill = (struct source_skill){.group = group,
                                   .kind = s->groups.items[group].kind,
                                   .own = r->own,
                                   .file = r->file,
                                   .line = r->line};
    if (s->skills.len > LIMIT_SKILLS)
        return ctx_fail(r->ctx, RSC_ELIMIT, "more than %d skills",
                        LIMIT_SKILLS);
    str_next_field(&rest, ';', &first);
    str_next_field(&first, '=', &name);
    st = parse_name(r, name, &skill->name);
    if (!st && first.data)
        st = parse_names(r, first, &skill->name.next);
    if (!st)
        st = parse_properties(r, rest,
                              &(struct properties){&skill->kind, &skill->links,
                                                   &skill->context, NULL});
    return st;
}

static rsc_status parse_line(struct reader *r, struct str line)
{
    line = str_trim(line);
    if (line.len == 0 ||
        (line.data[0] == '#' && (line.len == 1 || line.data[1] == ' ')))
        return RSC_OK;
    if (line.data[0] == '@')
        return parse_directive(r, line);
    if (line.data[0] == '[')
        return parse_group(r, line);
    return parse_skill(r, line);
}

/* Takes a line with the indented lines that continue it; *n counts them. */
static bool next_logical_line(struct ctx *ctx, struct str *rest,
                              struct str *line, uint32_t *n)
{
    struct str more, part;

    if (!str_next_line(rest, line))
        return false;
    *n = 1;
    while (*n < CONTINUED_MAX && rest->len > 0 &&
           (rest->data[0] == ' ' || rest->data[0] == '\t')) {
        more = *rest;
        str_next_line(&more, &part);
        if (str_trim(part).len == 0)
            break; /* an empty line ends the entry */
        *rest = more;
        ++*n;
        *line = ctx_printf(ctx, "%.*s %.*s", STR_ARG(*line),
                           STR_ARG(str_trim(part)));
        if (!line->data)
            return false;
    }
    return true;
}

rsc_status ontology_source_add(struct ctx *ctx, struct ontology_source *source,
                               struct str text, const char *name, bool own)
{
    struct reader r = {
        ctx, source, (uint32_t)source->files.len, 1, own, false, false, 0};
    struct str *file = vec_push(ctx, &source->files);
    struct str line;
    uint32_t n = 1;

    if (!file)
        return ctx->error.status;
    *file = str_of(name);
    if (text.len > LIMIT_ONTOLOGY_BYTES)
        return ctx_fail(ctx, RSC_ELIMIT, "%s is larger than %zu bytes", name,
                        (size_t)LIMIT_ONTOLOGY_BYTES);
    for (; next_logical_line(ctx, &text, &line, &n); r.line += n) {
        rsc_status st = parse_line(&r, line);
        if (st)
            return st;
    }
    return ctx->error.status;
}
