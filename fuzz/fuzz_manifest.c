/* SPDX-License-Identifier: MIT */
/*
 * manifest.json of an installed model. Whatever it says, no path in it may
 * lead out of the model's folder.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct store_manifest m;
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    if (!store_parse(&ctx, &m, text, STR("m"), "manifest.json")) {
        demand(str_eq(m.name, STR("m")));
        for (size_t i = 0; i < m.files.len; i++) {
            const struct store_file *file = &m.files.items[i];
            demand(file->path.len && file->path.data[0] != '/');
            demand(str_find(file->path, STR(".."), 0) == SIZE_MAX);
            demand(strlen(file->sha256.text) == SHA256_HEX_LEN);
        }
    }
    ctx_clear(&ctx);
    demand(mem.bytes == 0);
    return 0;
}
