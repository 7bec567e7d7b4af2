/* SPDX-License-Identifier: MIT */
/* Any bytes as the text of an ontology: read, linked, compiled and used, or
 * refused with a message. The built-in skills are left out for speed. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "skills/ontology_build.h"
#include "skills/ontology_table.h"
#include "skills/skill_match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(struct ctx *ctx, const struct buf *table, struct str text)
{
    struct ontology ontology = {0};
    struct skill_hits hits = {0};

    ontology_attach(&ontology, table->data);
    for (uint32_t i = 0; i < ontology_count(&ontology); i++) {
        size_t n;
        const struct skill_link *links = ontology_links(&ontology, i, &n);
        for (size_t j = 0; j < n; j++)
            if (links[j].skill >= ontology_count(&ontology))
                abort();
        if (ontology_find(&ontology, ontology_name(&ontology, i)) == UINT32_MAX)
            abort();
    }
    if (skill_match(ctx, &hits, &ontology, text))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct buf table;
    struct ontology_source source = {0};
    struct str text = {(const char *)data, size};
    bool own = size > 0 && data[0] == '=';

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    buf_init(&table, &mem, LIMIT_ONTOLOGY_TABLE);
    rsc_status st = ontology_source_add(&ctx, &source, text, "fuzz", own);
    if (!st)
        st = ontology_build(&ctx, &table, &source, text);
    if (!st)
        use(&ctx, &table, text);
    else if (ctx.error.message[0] == '\0')
        abort();
    buf_clear(&table);
    ctx_clear(&ctx);
    if (mem.bytes != 0)
        abort();
    return 0;
}
