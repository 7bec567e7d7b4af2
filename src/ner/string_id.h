/* SPDX-License-Identifier: MIT */
#ifndef RSC_STRING_ID_H
#define RSC_STRING_ID_H

/*
 * spaCy's 64-bit id of a string, and the four row numbers of an id in a hash
 * embedding. Both are pure functions.
 */

#include "base/str.h"

/* 0 for "", the fixed number of one of spaCy's 456 reserved strings
 * ("X" is 101), else MurmurHash64A with seed 1. */
uint64_t string_id(struct str s);
/* MurmurHash64A alone; also what our own tables of strings are hashed by. */
uint64_t string_hash(struct str s);
/* Murmur3 x64_128 of the 8 bytes of id, as four keys; a row number is a key
 * modulo the number of rows. */
void string_id_keys(uint64_t id, uint32_t seed, uint32_t keys[4]);

#endif
