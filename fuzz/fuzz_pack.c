/* SPDX-License-Identifier: MIT */
/*
 * A packed encoder. The checksum of header and table is put right first, so
 * that what stands in them is tried; a model that opens then has to compute.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "embed/encoder.h"
#include "model/checksum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* Where the header has its checksum, and how long header and entry are. */
enum {
    SUM_AT = 32,
    N_AT = 24,
    HEADER = 64,
    ENTRY = 48
};

static void put_checksum(unsigned char *pack, size_t size)
{
    uint32_t n;
    uint64_t sum = 0;

    memcpy(&n, pack + N_AT, sizeof(n));
    if (n > 4096 || HEADER + (size_t)n * ENTRY > size)
        return;
    memcpy(pack + SUM_AT, &sum, sizeof(sum));
    sum = checksum64(pack, HEADER, 0);
    sum = checksum64(pack + HEADER, (size_t)n * ENTRY, sum);
    memcpy(pack + SUM_AT, &sum, sizeof(sum));
}

static bool is_small(const struct encoder_config *c)
{
    return c->layers <= 2 && c->hidden <= 128 && c->inner <= 256;
}

static void encode(struct ctx *ctx, struct mem *mem, const struct pack *pack)
{
    struct encoder_options options = {ISA_COUNT, 1};
    struct encoder *encoder;

    if (encoder_open(ctx, &encoder, mem, pack, &options))
        return;
    const struct encoder_config *config = encoder_config(encoder);
    if (is_small(config)) {
        int32_t ids[] = {0, (int32_t)config->vocab - 1, 0};
        struct sequence s = {ids, 3};
        float out[128];
        if (!encoder_encode(ctx, encoder, &s, 1, out))
            for (size_t i = 0; i < config->hidden; i++)
                demand(out[i] <= 3.4e38F && out[i] >= -3.4e38F);
    }
    encoder_close(encoder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pack pack;
    struct mem mem;
    struct ctx ctx;
    void *copy;

    if (size < HEADER || posix_memalign(&copy, PACK_ALIGN, size))
        return 0;
    memcpy(copy, data, size);
    put_checksum(copy, size);
    mem_init(&mem, "fuzz", (size_t)256 << 20);
    ctx_init(&ctx, &mem);
    if (!pack_parse(&ctx, &pack, (struct str){copy, size}, "fuzz")) {
        pack_verify(&ctx, &pack);
        ctx.error.status = RSC_OK;
        encode(&ctx, &mem, &pack);
    }
    ctx_clear(&ctx);
    demand(mem.bytes == 0);
    free(copy);
    return 0;
}
