/* SPDX-License-Identifier: MIT */
#include "ner/string_id.h"

/*
 * The reserved strings but for two series: FLAG19 to FLAG63 are 19 to 63,
 * DEPRECATED001 to DEPRECATED276 are 104 to 379. Sorted by bytes.
 */
static const struct {
    char name[20];
    uint16_t id;
} reserved[] = {
    {"ADJ", 84},
    {"ADP", 85},
    {"ADV", 86},
    {"AUX", 87},
    {"CARDINAL", 397},
    {"CCONJ", 89},
    {"CLUSTER", 72},
    {"CONJ", 88},
    {"DATE", 391},
    {"DEP", 76},
    {"DET", 90},
    {"ENT_ID", 454},
    {"ENT_IOB", 77},
    {"ENT_KB_ID", 452},
    {"ENT_TYPE", 78},
    {"EOL", 102},
    {"EVENT", 387},
    {"FACILITY", 382},
    {"GPE", 384},
    {"HEAD", 79},
    {"ID", 64},
    {"IDX", 455},
    {"INTJ", 91},
    {"IS_ALPHA", 1},
    {"IS_ASCII", 2},
    {"IS_BRACKET", 14},
    {"IS_CURRENCY", 18},
    {"IS_DIGIT", 3},
    {"IS_LEFT_PUNCT", 16},
    {"IS_LOWER", 4},
    {"IS_OOV_DEPRECATED", 13},
    {"IS_PUNCT", 5},
    {"IS_QUOTE", 15},
    {"IS_RIGHT_PUNCT", 17},
    {"IS_SPACE", 6},
    {"IS_STOP", 12},
    {"IS_TITLE", 7},
    {"IS_UPPER", 8},
    {"LANG", 83},
    {"LANGUAGE", 389},
    {"LAW", 390},
    {"LEMMA", 73},
    {"LENGTH", 71},
    {"LIKE_EMAIL", 11},
    {"LIKE_NUM", 10},
    {"LIKE_URL", 9},
    {"LOC", 385},
    {"LOWER", 66},
    {"MONEY", 394},
    {"MORPH", 453},
    {"NORM", 67},
    {"NORP", 381},
    {"NOUN", 92},
    {"NUM", 93},
    {"ORDINAL", 396},
    {"ORG", 383},
    {"ORTH", 65},
    {"PART", 94},
    {"PERCENT", 393},
    {"PERSON", 380},
    {"POS", 74},
    {"PREFIX", 69},
    {"PROB", 82},
    {"PRODUCT", 386},
    {"PRON", 95},
    {"PROPN", 96},
    {"PUNCT", 97},
    {"QUANTITY", 395},
    {"SCONJ", 98},
    {"SENT_START", 80},
    {"SHAPE", 68},
    {"SPACE", 103},
    {"SPACY", 81},
    {"SUFFIX", 70},
    {"SYM", 99},
    {"TAG", 75},
    {"TIME", 392},
    {"VERB", 100},
    {"WORK_OF_ART", 388},
    {"X", 101},
    {"_", 456},
    {"acl", 451},
    {"acomp", 398},
    {"advcl", 399},
    {"advmod", 400},
    {"agent", 401},
    {"amod", 402},
    {"appos", 403},
    {"attr", 404},
    {"aux", 405},
    {"auxpass", 406},
    {"cc", 407},
    {"ccomp", 408},
    {"complm", 409},
    {"conj", 410},
    {"cop", 411},
    {"csubj", 412},
    {"csubjpass", 413},
    {"dep", 414},
    {"det", 415},
    {"dobj", 416},
    {"expl", 417},
    {"hmod", 418},
    {"hyph", 419},
    {"infmod", 420},
    {"intj", 421},
    {"iobj", 422},
    {"mark", 423},
    {"meta", 424},
    {"neg", 425},
    {"nmod", 426},
    {"nn", 427},
    {"npadvmod", 428},
    {"nsubj", 429},
    {"nsubjpass", 430},
    {"num", 431},
    {"number", 432},
    {"obj", 434},
    {"obl", 435},
    {"oprd", 433},
    {"parataxis", 436},
    {"partmod", 437},
    {"pcomp", 438},
    {"pobj", 439},
    {"poss", 440},
    {"possessive", 441},
    {"preconj", 442},
    {"prep", 443},
    {"prt", 444},
    {"punct", 445},
    {"quantmod", 446},
    {"rcmod", 448},
    {"relcl", 447},
    {"root", 449},
    {"xcomp", 450},
};

/* The number behind prefix, written with exactly `digits` digits, moved by
 * `offset`; 0 where s is none from first to last. */
static unsigned series_id(struct str s, struct str prefix, size_t digits,
                          unsigned first, unsigned last, unsigned offset)
{
    uint64_t number;

    if (s.len != prefix.len + digits || !str_starts(s, prefix) ||
        !str_to_u64(str_slice(s, prefix.len, s.len), last, &number) ||
        number < first)
        return 0;
    return (unsigned)number + offset;
}

static unsigned reserved_id(struct str s)
{
    size_t low = 0, high = sizeof(reserved) / sizeof(reserved[0]);

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(str_of(reserved[middle].name), s);
        if (order == 0)
            return reserved[middle].id;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    unsigned id = series_id(s, STR("FLAG"), 2, 19, 63, 0);
    return id ? id : series_id(s, STR("DEPRECATED"), 3, 1, 276, 103);
}

uint64_t string_hash(struct str s)
{
    const uint64_t multiplier = 0xc6a4a7935bd1e995;
    uint64_t hash = 1 ^ ((uint64_t)s.len * multiplier);
    size_t i = 0;

    for (; i + 8 <= s.len; i += 8) {
        uint64_t k;
        memcpy(&k, s.data + i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        k = __builtin_bswap64(k);
#endif
        k *= multiplier;
        k ^= k >> 47;
        k *= multiplier;
        hash = (hash ^ k) * multiplier;
    }
    if (i < s.len) {
        uint64_t tail = 0;
        for (size_t j = s.len; j > i; j--)
            tail = tail << 8 | (unsigned char)s.data[j - 1];
        hash = (hash ^ tail) * multiplier;
    }
    hash ^= hash >> 47;
    hash *= multiplier;
    return hash ^ (hash >> 47);
}

uint64_t string_id(struct str s)
{
    if (s.len == 0)
        return 0;
    unsigned id = s.len < sizeof(reserved[0].name) ? reserved_id(s) : 0;
    return id ? id : string_hash(s);
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccd;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53;
    return h ^ (h >> 33);
}

void string_id_keys(uint64_t id, uint32_t seed, uint32_t keys[4])
{
    uint64_t h1 = id * 0x87c37b91114253d5;
    uint64_t h2 = seed ^ 8u;

    h1 = (h1 << 31 | h1 >> 33) * 0x4cf5ad432745937f;
    h1 ^= seed ^ 8u;
    h1 += h2;
    h2 += h1;
    h1 = mix(h1);
    h2 = mix(h2);
    h1 += h2;
    h2 += h1;
    keys[0] = (uint32_t)h1;
    keys[1] = (uint32_t)(h1 >> 32);
    keys[2] = (uint32_t)h2;
    keys[3] = (uint32_t)(h2 >> 32);
}
