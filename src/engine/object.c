/* SPDX-License-Identifier: MIT */
#include "engine/object.h"

#include "base/mem.h"

void *object_new(size_t bytes, rsc_error *err)
{
    struct mem own;

    mem_init(&own, "objects", 0);
    void *object = mem_calloc(&own, 1, bytes);
    if (!object && err)
        *err = (rsc_error){RSC_ENOMEM, 0, "out of memory"};
    return object;
}

void object_free(void *object, size_t bytes)
{
    struct mem own;

    mem_init(&own, "objects", 0);
    own.bytes = bytes;
    if (object)
        mem_free(&own, object, bytes);
}
