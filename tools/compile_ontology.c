/* SPDX-License-Identifier: MIT */
/*
 * Compiles data/skills/ into the table that the library carries.
 *
 *     compile_ontology OUT FILE...
 *
 * Files are taken in the order given; the Makefile sorts them. Any mistake in
 * them (docs/ontology.md lists what is checked) is named with its line and
 * fails the build.
 */
#include <stdio.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/mem.h"
#include "skills/ontology_build.h"

static rsc_status compile(struct ctx *ctx, struct mem *mem, int argc,
                          char **argv)
{
    struct ontology_source source = {0};
    struct buf all, out;
    rsc_status st = RSC_OK;

    buf_init(&all, mem, LIMIT_ONTOLOGY_BYTES);
    buf_init(&out, mem, LIMIT_ONTOLOGY_TABLE);
    for (int i = 2; !st && i < argc; i++) {
        struct str text;
        st = file_read(ctx, &text, argv[i], LIMIT_ONTOLOGY_BYTES);
        if (!st)
            st = ontology_source_add(ctx, &source, text, argv[i], false);
        if (!st) {
            buf_put(&all, text);
            buf_put_char(&all, '\n');
        }
    }
    if (!st && all.failed)
        st = ctx_fail(ctx, RSC_ELIMIT, "the files are too large together");
    if (!st)
        st = ontology_build(ctx, &out, &source, buf_str(&all));
    if (!st)
        st = file_replace(ctx, argv[1], buf_str(&out));
    if (!st)
        printf("  SKILLS %zu skills in %zu fields, %zu bytes\n",
               source.skills.len, source.fields.len, out.len);
    buf_clear(&all);
    buf_clear(&out);
    return st;
}

int main(int argc, char **argv)
{
    struct mem mem;
    struct ctx ctx;

    if (argc < 3) {
        fprintf(stderr, "usage: compile_ontology OUT FILE...\n");
        return 2;
    }
    mem_init(&mem, "compiler", 0);
    ctx_init(&ctx, &mem);
    rsc_status st = compile(&ctx, &mem, argc, argv);
    if (st)
        fprintf(stderr, "compile_ontology: %s\n", ctx.error.message);
    ctx_clear(&ctx);
    return st ? 1 : 0;
}
