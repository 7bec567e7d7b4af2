/* SPDX-License-Identifier: MIT */
#ifndef RSC_CHECKSUM_H
#define RSC_CHECKSUM_H

/* A fast 64-bit sum against damage, not against forgery: XXH64, by its public
 * description. Several GB/s, so that verifying is bound by the disk. */

#include <stddef.h>
#include <stdint.h>

uint64_t checksum64(const void *data, size_t len, uint64_t seed);

#endif
