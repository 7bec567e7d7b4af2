/* SPDX-License-Identifier: MIT */
#include "model/checksum.h"

#include <string.h>

#define P1 0x9E3779B185EBCA87U
#define P2 0xC2B2AE3D27D4EB4FU
#define P3 0x165667B19E3779F9U
#define P4 0x85EBCA77C2B2AE63U
#define P5 0x27D4EB2F165667C5U

static uint64_t rotate(uint64_t x, unsigned n)
{
    return x << n | x >> (64 - n);
}

/* Little-endian, as the pack is. */
static uint64_t word(const unsigned char *p)
{
    uint64_t value;

    memcpy(&value, p, sizeof(value));
    return value;
}

static uint64_t step(uint64_t sum, uint64_t value)
{
    return rotate(sum + value * P2, 31) * P1;
}

static uint64_t merge(uint64_t sum, uint64_t lane)
{
    return (sum ^ step(0, lane)) * P1 + P4;
}

static uint64_t finish(uint64_t sum, const unsigned char *p, size_t len)
{
    for (; len >= 8; p += 8, len -= 8)
        sum = rotate(sum ^ step(0, word(p)), 27) * P1 + P4;
    if (len >= 4) {
        uint32_t half;
        memcpy(&half, p, sizeof(half));
        sum = rotate(sum ^ half * P1, 23) * P2 + P3;
        p += 4;
        len -= 4;
    }
    for (; len; p++, len--)
        sum = rotate(sum ^ *p * P5, 11) * P1;
    sum = (sum ^ sum >> 33) * P2;
    sum = (sum ^ sum >> 29) * P3;
    return sum ^ sum >> 32;
}

uint64_t checksum64(const void *data, size_t len, uint64_t seed)
{
    const unsigned char *p = data;
    uint64_t sum = seed + P5;
    size_t left = len;

    if (len >= 32) {
        uint64_t lane[4] = {seed + P1 + P2, seed + P2, seed, seed - P1};
        for (; left >= 32; p += 32, left -= 32)
            for (int i = 0; i < 4; i++)
                lane[i] = step(lane[i], word(p + 8 * i));
        sum = rotate(lane[0], 1) + rotate(lane[1], 7) + rotate(lane[2], 12) +
              rotate(lane[3], 18);
        for (int i = 0; i < 4; i++)
            sum = merge(sum, lane[i]);
    }
    return finish(sum + len, p, left);
}
