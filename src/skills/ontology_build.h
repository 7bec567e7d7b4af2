/* SPDX-License-Identifier: MIT */
#ifndef RSC_ONTOLOGY_BUILD_H
#define RSC_ONTOLOGY_BUILD_H

/* Links and compiles what ontology_source.h has read into one table
 * (ontology_table.h). The same source gives the same bytes. */

#include "skills/ontology_source.h"

/* Appends the table to out. `text` is the whole source, which is kept in the
 * table and hashed. Fails with RSC_EFORMAT where a relation leads nowhere or
 * in a circle, a skill is there twice, two skills share an alias without a
 * context mark, or a common word has none; and with RSC_ENOMEM. */
rsc_status ontology_build(struct ctx *ctx, struct buf *out,
                          struct ontology_source *source, struct str text);

#endif
