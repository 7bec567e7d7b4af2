/* SPDX-License-Identifier: MIT */
/* A multipart body: the first line of the input is the Content-Type. */

#include "base/mem.h"
#include "server/form.h"

#define MAX_PARTS 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size}, type;
    struct form_part *parts = NULL;
    struct mem mem;
    struct ctx ctx;
    size_t n = 0, sum = 0;

    if (!str_next_line(&rest, &type))
        return 0;
    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    struct str boundary = form_boundary(type);
    if (boundary.data &&
        form_parse(&ctx, &parts, &n, rest, boundary, MAX_PARTS) == RSC_OK) {
        /* Parts lie in the body, in order, and are read to their ends. */
        for (size_t i = 0; i < n; i++) {
            if (parts[i].data.data < rest.data ||
                parts[i].data.data + parts[i].data.len > rest.data + rest.len)
                __builtin_trap();
            for (size_t k = 0; k < parts[i].data.len; k++)
                sum += (unsigned char)parts[i].data.data[k];
        }
    }
    ctx_clear(&ctx);
    return sum == SIZE_MAX;
}
