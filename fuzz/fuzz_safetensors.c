/* SPDX-License-Identifier: MIT */
/* A safetensors file: every tensor that is accepted lies in the bytes. */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "model/json_read.h"
#include "model/safetensors.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = {(const char *)data, size};
    struct safetensors file;
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "fuzz", (size_t)64 << 20);
    ctx_init(&ctx, &mem);
    if (!safetensors_parse(&ctx, &file, bytes)) {
        for (size_t i = 0; i < file.n; i++) {
            const struct tensor *t = &file.tensors[i];
            demand(t->data >= data && t->len <= size &&
                   t->data + t->len <= data + size);
            demand(safetensors_find(&file, t->name) == t);
            float *out = ctx_alloc_array(&ctx, t->count, sizeof(float));
            if (out)
                tensor_floats(&ctx, out, t);
        }
    }
    ctx_clear(&ctx);
    struct str value = json_find(bytes, "hidden_size");
    demand(!value.data || (value.data >= bytes.data &&
                           value.data + value.len <= bytes.data + size));
    demand(mem.bytes == 0);
    return 0;
}
