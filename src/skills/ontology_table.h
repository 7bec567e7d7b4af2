/* SPDX-License-Identifier: MIT */
#ifndef RSC_ONTOLOGY_TABLE_H
#define RSC_ONTOLOGY_TABLE_H

/*
 * The compiled ontology: one block of bytes without pointers, so that it can
 * be a part of the program's read-only data.
 *
 *     head | skills | aliases | links | ... | text | the source itself
 *
 * The source is kept for the day when a user adds skills: then both are
 * compiled together. Numbers are of the machine that compiles.
 */

#include "skills/ontology.h"
#include "text/phrases.h"

#define TABLE_MAGIC 0x324C4B53u /* "SKL2" */

enum table_section {
    TABLE_SKILLS,
    TABLE_ALIASES,
    TABLE_LINKS,
    TABLE_CONTEXT,
    TABLE_CATEGORIES,
    TABLE_FIELDS,
    TABLE_TEXT,
    TABLE_SOURCE,
    TABLE_FORMS,
    TABLE_STARTS,
    TABLE_FORM_NAMES,
    TABLE_NODES,
    TABLE_EDGES,
    TABLE_VALUES,
    TABLE_SECTIONS
};

struct table_head {
    uint32_t magic;
    uint32_t size;
    char hash[32]; /* BLAKE2b of the source */
    struct {
        uint32_t offset, count; /* count: items, not bytes */
    } section[TABLE_SECTIONS];
};

struct table_text {
    uint32_t offset, len;
};

struct table_skill {
    uint32_t first_alias, n_aliases; /* the first one is the name */
    uint32_t first_link, n_links;
    uint32_t first_context, n_context; /* tokens */
    uint16_t category;
    uint8_t kind;
    uint8_t reserved;
};

struct table_alias {
    struct table_text text;
    uint32_t skill; /* UINT32_MAX for a cue */
    uint8_t flags;  /* enum name_flag */
    uint8_t cue;    /* enum cue */
    uint8_t n_words;
    uint8_t is_name; /* of its skill, not another name for it */
    uint32_t hash;   /* phrases_chain over its words as written */
};

struct table_category {
    struct table_text title;
    uint32_t field;
};

struct table_field {
    struct table_text id, title;
    uint64_t near; /* fields whose skills support each other's context */
};

struct ontology {
    const struct table_head *head;
    const struct table_skill *skills;
    const struct table_alias *aliases;
    const struct skill_link *links;
    const uint32_t *context;
    const struct table_category *categories;
    const struct table_field *fields;
    const char *text;
    struct phrases phrases;
    char hash[17];
    struct mem *mem; /* of the block below and of this */
    void *block;     /* the table, where it is not the built-in one */
    size_t block_size;
};

static inline struct str table_str(const struct ontology *o,
                                   struct table_text t)
{
    return (struct str){o->text + t.offset, t.len};
}

/* Points into a table that was compiled by this program or with it. */
void ontology_attach(struct ontology *ontology, const void *table);

/* The built-in table (skills_table.c). */
const void *ontology_builtin(void);

#endif
