/* SPDX-License-Identifier: MIT */
/* The skills that an engine knows, for lists and look-ups. */

#include <string.h>

#include "engine.h"
#include "skills/ontology.h"
#include "skills/skill_match.h"
#include "text_api.h"

size_t rsc_skill_count(const rsc_engine *engine)
{
    return ontology_count(engine->ontology);
}

bool rsc_skill_at(const rsc_engine *engine, size_t index, rsc_skill *out)
{
    const struct ontology *o = engine->ontology;
    size_t n_links;

    if (index >= ontology_count(o))
        return false;
    uint32_t i = (uint32_t)index;
    ontology_links(o, i, &n_links);
    *out = (rsc_skill){
        .name = ontology_name(o, i).data,
        .kind = skill_kind_name(ontology_kind(o, i)),
        .category = ontology_category(o, i).data,
        .field = ontology_field(o, i).data,
        .field_title = ontology_field_title(o, i).data,
        .n_aliases = ontology_alias_count(o, i),
        .n_relations = n_links,
    };
    return true;
}

const char *rsc_skill_alias(const rsc_engine *engine, size_t index, size_t i)
{
    const struct ontology *o = engine->ontology;
    if (index >= ontology_count(o) ||
        i >= ontology_alias_count(o, (uint32_t)index))
        return NULL;
    return ontology_alias(o, (uint32_t)index, i).data;
}

const char *rsc_skill_relation(const rsc_engine *engine, size_t index, size_t i,
                               size_t *other)
{
    const struct ontology *o = engine->ontology;
    size_t n;

    if (index >= ontology_count(o))
        return NULL;
    const struct skill_link *links = ontology_links(o, (uint32_t)index, &n);
    if (i >= n)
        return NULL;
    *other = links[i].skill;
    return skill_relation_name(links[i].relation);
}

size_t rsc_skill_find(const rsc_engine *engine, const char *name)
{
    uint32_t skill = ontology_find(engine->ontology, str_of(name));
    return skill == UINT32_MAX ? SIZE_MAX : skill;
}
