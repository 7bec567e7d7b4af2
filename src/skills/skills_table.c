/* SPDX-License-Identifier: MIT */
#include "ontology_table.h"

/* build/gen/skills.bin is compiled from data/skills/ by the Makefile (see
 * tools/compile_ontology.c) and linked as it is: read-only pages of the
 * program's own file, shared by all its processes. SKILLS_TABLE is its path.
 * There is no other way to embed a file of a megabyte in C17. */
__asm__(".section .rodata\n"
        ".balign 64\n"
        ".local skills_table\n"
        "skills_table:\n"
        ".incbin \"" SKILLS_TABLE "\"\n"
        ".previous\n");

extern const unsigned char skills_table[] __attribute__((visibility("hidden")));

const void *ontology_builtin(void)
{
    return skills_table;
}
