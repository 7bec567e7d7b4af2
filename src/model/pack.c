/* SPDX-License-Identifier: MIT */
#include "model/pack.h"

#include "base/mem.h"
#include "model/checksum.h"

#define HEADER_LEN      64
#define BYTE_ORDER_MARK 0x01020304U
/* An encoder of 48 layers has under a thousand sections. */
#define MAX_SECTIONS 4096

static const char MAGIC[8] = {'R', 'S', 'C', 'P', 'A', 'C', 'K', '\n'};

struct header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order; /* as this machine writes BYTE_ORDER_MARK */
    uint64_t len;        /* of the file */
    uint32_t n;
    uint32_t zero;
    uint64_t table_sum;   /* of header, this field being zero, and table */
    uint64_t content_sum; /* of all bytes behind the table */
    uint64_t unused[2];
};

_Static_assert(sizeof(struct header) == HEADER_LEN, "no padding");
_Static_assert(sizeof(struct pack_section) == 48, "no padding");

static size_t type_size(uint32_t type)
{
    switch (type) {
    case PACK_F32:
    case PACK_S32:
    case PACK_U32:
        return 4;
    case PACK_BF16:
        return 2;
    case PACK_S8:
    case PACK_U8:
        return 1;
    default:
        return 0;
    }
}

static size_t table_end(size_t n)
{
    return HEADER_LEN + n * sizeof(struct pack_section);
}

static size_t aligned(size_t offset)
{
    return (offset + PACK_ALIGN - 1) & ~(size_t)(PACK_ALIGN - 1);
}

/* The checksum field counts as zero. */
static uint64_t sum_of_table(const unsigned char *data, size_t n)
{
    struct header header;

    memcpy(&header, data, sizeof(header));
    header.table_sum = 0;
    uint64_t sum = checksum64(&header, sizeof(header), 0);
    return checksum64(data + HEADER_LEN, table_end(n) - HEADER_LEN, sum);
}

static rsc_status damaged(struct ctx *ctx, const char *name, const char *how)
{
    return ctx_fail(ctx, RSC_EFORMAT,
                    "the model file %s %s; run `resume-scorer models pull`",
                    name, how);
}

static rsc_status check_header(struct ctx *ctx, const struct header *header,
                               size_t len, const char *name)
{
    if (memcmp(header->magic, MAGIC, sizeof(MAGIC)) != 0)
        return damaged(ctx, name, "is not a packed model");
    if (header->byte_order != BYTE_ORDER_MARK)
        return damaged(ctx, name, "has the wrong byte order or is damaged");
    if (header->version != PACK_VERSION)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the model file %s was packed by another version; run "
                        "`resume-scorer models pack`, which needs no network",
                        name);
    if (header->len != len)
        return damaged(ctx, name, "is cut off or has bytes too many");
    if (header->n > MAX_SECTIONS || table_end(header->n) > len)
        return damaged(ctx, name, "is damaged");
    return RSC_OK;
}

static bool is_before(const struct pack_section *a,
                      const struct pack_section *b)
{
    return a->kind != b->kind ? a->kind < b->kind : a->index < b->index;
}

/* Sections are in order, so each must begin behind the one before it. */
static bool check_sections(const struct pack *pack)
{
    size_t end = table_end(pack->n);

    for (size_t i = 0; i < pack->n; i++) {
        const struct pack_section *s = &pack->sections[i];
        size_t size = type_size(s->type);
        size_t len = mem_array_size(mem_array_size(s->rows, s->columns), size);
        if (!size || len == SIZE_MAX || len != s->len || s->zero)
            return false;
        if (s->offset % PACK_ALIGN || s->offset < end ||
            s->offset > pack->len || s->len > pack->len - s->offset)
            return false;
        if (i && !is_before(&pack->sections[i - 1], s))
            return false;
        end = (size_t)(s->offset + s->len);
    }
    return true;
}

rsc_status pack_parse(struct ctx *ctx, struct pack *out, struct str bytes,
                      const char *name)
{
    struct header header;

    *out = (struct pack){0};
    if (bytes.len < HEADER_LEN)
        return damaged(ctx, name, "is not a packed model");
    memcpy(&header, bytes.data, sizeof(header));
    rsc_status st = check_header(ctx, &header, bytes.len, name);
    if (st)
        return st;
    out->data = (const unsigned char *)bytes.data;
    out->len = bytes.len;
    out->n = header.n;
    out->sections = (const void *)(bytes.data + HEADER_LEN);
    if (sum_of_table(out->data, out->n) != header.table_sum ||
        !check_sections(out))
        return damaged(ctx, name, "is damaged");
    return RSC_OK;
}

rsc_status pack_open(struct ctx *ctx, struct pack *out, const char *path)
{
    struct file_map map;

    *out = (struct pack){0};
    rsc_status st = file_map_open(ctx, &map, path);
    if (st)
        return st;
    st = pack_parse(ctx, out, (struct str){(const char *)map.data, map.len},
                    path);
    out->map = map;
    if (st)
        pack_close(out);
    return st;
}

void pack_close(struct pack *pack)
{
    if (!pack)
        return;
    file_map_close(&pack->map);
    *pack = (struct pack){0};
}

/* Whether all exponents are below the one of infinity and NaN. */
static bool is_finite(const struct pack *pack, const struct pack_section *s)
{
    const unsigned char *p = pack->data + s->offset;
    size_t size = type_size(s->type);

    if (s->type != PACK_F32 && s->type != PACK_BF16)
        return true;
    for (size_t i = 0; i < s->len; i += size) {
        const unsigned char *top = p + i + size - 2;
        if ((top[1] & 0x7f) == 0x7f && (top[0] & 0x80))
            return false;
    }
    return true;
}

rsc_status pack_verify(struct ctx *ctx, const struct pack *pack)
{
    struct header header;
    size_t start = table_end(pack->n);

    memcpy(&header, pack->data, sizeof(header));
    if (checksum64(pack->data + start, pack->len - start, 0) !=
        header.content_sum)
        return damaged(ctx, "content", "is damaged");
    for (size_t i = 0; i < pack->n; i++)
        if (!is_finite(pack, &pack->sections[i]))
            return damaged(ctx, "content", "holds a value that is no number");
    return RSC_OK;
}

static const struct pack_section *find(const struct pack_section *sections,
                                       size_t n, uint32_t kind, uint32_t index)
{
    struct pack_section wanted = {.kind = kind, .index = index};
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (is_before(&sections[middle], &wanted))
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && !is_before(&wanted, &sections[low]) ? &sections[low]
                                                          : NULL;
}

const struct pack_section *pack_find(const struct pack *pack, uint32_t kind,
                                     uint32_t index)
{
    return find(pack->sections, pack->n, kind, index);
}

const void *pack_want(struct ctx *ctx, const struct pack *pack,
                      struct pack_want want)
{
    const struct pack_section *s = pack_find(pack, want.kind, want.index);

    if (!s || s->type != want.type || s->rows != want.rows ||
        s->columns != want.columns) {
        ctx_fail(ctx, RSC_EFORMAT,
                 "the packed model lacks section %u/%u or it has another "
                 "shape; run `resume-scorer models pull`",
                 want.kind, want.index);
        return NULL;
    }
    return pack->data + s->offset;
}

rsc_status pack_plan_add(struct ctx *ctx, struct pack_plan *plan,
                         struct pack_want section)
{
    size_t len = mem_array_size(
        mem_array_size((size_t)section.rows, (size_t)section.columns),
        type_size(section.type));

    if (plan->n == MAX_SECTIONS || len > SIZE_MAX / 4)
        return ctx_fail(ctx, RSC_ELIMIT, "the model is too large to pack");
    if (plan->n == plan->cap) {
        size_t cap = plan->cap ? plan->cap * 2 : 64;
        struct pack_section *grown =
            ctx_alloc_array(ctx, cap, sizeof(grown[0]));
        if (!grown)
            return ctx->error.status;
        if (plan->n)
            memcpy(grown, plan->sections, plan->n * sizeof(grown[0]));
        plan->sections = grown;
        plan->cap = cap;
    }
    plan->sections[plan->n++] = (struct pack_section){section.kind,
                                                      section.index,
                                                      section.type,
                                                      0,
                                                      section.rows,
                                                      section.columns,
                                                      0,
                                                      len};
    return RSC_OK;
}

rsc_status pack_plan_alloc(struct ctx *ctx, struct pack_plan *plan)
{
    size_t end = table_end(plan->n);

    for (size_t i = 0; i < plan->n; i++) {
        end = aligned(end);
        plan->sections[i].offset = end;
        if (__builtin_add_overflow(end, (size_t)plan->sections[i].len, &end) ||
            end > SIZE_MAX / 4)
            return ctx_fail(ctx, RSC_ELIMIT, "the model is too large to pack");
    }
    plan->len = aligned(end);
    unsigned char *block = ctx_calloc(ctx, plan->len + PACK_ALIGN, 1);
    if (!block)
        return ctx->error.status;
    plan->data = block + (PACK_ALIGN - (uintptr_t)block % PACK_ALIGN);
    memcpy(plan->data + HEADER_LEN, plan->sections,
           plan->n * sizeof(plan->sections[0]));
    return RSC_OK;
}

void *pack_plan_section(struct pack_plan *plan, uint32_t kind, uint32_t index)
{
    const struct pack_section *s = find(plan->sections, plan->n, kind, index);

    return s ? plan->data + s->offset : NULL;
}

struct str pack_plan_finish(struct pack_plan *plan)
{
    size_t start = table_end(plan->n);
    struct header header = {.version = PACK_VERSION,
                            .byte_order = BYTE_ORDER_MARK,
                            .len = plan->len,
                            .n = (uint32_t)plan->n};

    memcpy(header.magic, MAGIC, sizeof(MAGIC));
    header.content_sum = checksum64(plan->data + start, plan->len - start, 0);
    memcpy(plan->data, &header, sizeof(header));
    header.table_sum = sum_of_table(plan->data, plan->n);
    memcpy(plan->data, &header, sizeof(header));
    return (struct str){(const char *)plan->data, plan->len};
}
