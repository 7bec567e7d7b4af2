/* SPDX-License-Identifier: MIT */
/* Tables of groups that a person made. */
#include <stddef.h>
#include <stdint.h>

#include "base/csv.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem mem;
    struct ctx ctx;
    struct csv csv;
    struct buf out;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    buf_init(&out, &mem, (size_t)1 << 24);
    if (csv_read(&ctx, &csv, (struct str){(const char *)data, size}, "x") ==
        RSC_OK) {
        for (size_t r = 0; r < csv.n_rows; r++)
            for (size_t c = 0; c < csv.n_columns; c++)
                csv_put(&out, csv_cell(&csv, r, c), c == 0);
        csv_find(&csv, STR("id"));
    }
    buf_clear(&out);
    ctx_clear(&ctx);
    return 0;
}
