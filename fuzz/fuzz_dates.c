/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parse/dates.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct month as_of = {2026, 11};
    struct mem mem;
    struct ctx ctx;
    struct date_ranges out = {0};
    struct str text = {(const char *)data, size};

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    if (dates_scan(&ctx, &out, text, as_of) == RSC_OK) {
        size_t at = 0;
        for (size_t i = 0; i < out.len; i++) {
            const struct date_range *d = &out.items[i];
            if (d->span.start < at || d->span.end <= d->span.start ||
                d->span.end > size)
                abort();
            if (!d->is_refused &&
                (d->first.year < 1900 || d->last.year > as_of.year + 1))
                abort();
            at = d->span.end;
        }
        if (dates_union_months(&ctx, out.items, out.len, as_of) > 81 * 12)
            abort();
    }
    ctx_clear(&ctx);
    return 0;
}
