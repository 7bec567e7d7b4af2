/* SPDX-License-Identifier: MIT */
#include "ner/space_rules.h"

/* The patterns, as msgpack writes them: [[{"IS_SPACE": true}]], and the same
 * with "DEP": {"NOT_IN": [""]}, which every token has behind a parser. */
#define ON_SPACE "\x91\x91\x81\xa8IS_SPACE\xc3"
#define ON_SPACE_WITH_DEP                                                      \
    "\x91\x91\x82\xa8IS_SPACE\xc3\xa3"                                         \
    "DEP\x81\xa6NOT_IN\x91\xa0"

struct rule {
    struct str patterns; /* the bytes of the value */
    struct str tag, dep;
};

static rsc_status read_attributes(struct ctx *ctx, struct msgpack *m,
                                  struct rule *out)
{
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, m, &key);
        if (!st && str_eq(key, STR("TAG")))
            st = msgpack_str(ctx, m, &out->tag);
        else if (!st && str_eq(key, STR("DEP")))
            st = msgpack_str(ctx, m, &out->dep);
        else if (!st)
            st = msgpack_skip(ctx, m);
    }
    return st;
}

static rsc_status read_rule(struct ctx *ctx, struct msgpack *m,
                            struct rule *out)
{
    uint32_t n;
    rsc_status st = msgpack_map(ctx, m, &n);

    *out = (struct rule){.patterns = STR_NONE};
    while (!st && n--) {
        struct str key;
        st = msgpack_str(ctx, m, &key);
        if (!st && str_eq(key, STR("patterns")))
            st = msgpack_span(ctx, m, &out->patterns);
        else if (!st && str_eq(key, STR("attrs")))
            st = read_attributes(ctx, m, out);
        else if (!st)
            st = msgpack_skip(ctx, m);
    }
    return st;
}

rsc_status space_rules_read(struct ctx *ctx, struct space_rules *out,
                            struct str bytes, const char *file)
{
    struct msgpack m = msgpack_of(bytes, file);
    uint32_t n;
    rsc_status st = msgpack_array(ctx, &m, &n);

    *out = (struct space_rules){STR_NONE, STR_NONE};
    while (!st && n--) {
        struct rule rule;
        st = read_rule(ctx, &m, &rule);
        bool plain = str_eq(rule.patterns, STR(ON_SPACE));
        if (st || (!plain && !str_eq(rule.patterns, STR(ON_SPACE_WITH_DEP))))
            continue;
        if (rule.tag.data)
            out->tag = rule.tag;
        if (rule.dep.data)
            out->dep = rule.dep;
    }
    return st ? st : msgpack_end(ctx, &m);
}
