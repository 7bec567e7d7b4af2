/* SPDX-License-Identifier: MIT */
/* What the compiler of the ontology refuses, and what it makes. */
#include "skills/ontology.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cmocka_all.h"
#include "skills/ontology_build.h"
#include "skills/ontology_table.h"
#include "skills/skill_match.h"

#define HEAD "@field test = A test\n[Group]\n"

static const char small[] =
    HEAD "Alpha = alef, \"AL\"?; context: letter\n"
         "Beta = to beta things; kind-of: Alpha; kind: soft\n"
         "Gamma; part-of: Alpha; alternative: Beta; related: Beta\n"
         "@never alpha male\n@negation no\n";

/* Compiles text; the message stands in ctx on failure. */
static rsc_status build(struct ctx *ctx, struct mem *mem, struct buf *out,
                        const char *text)
{
    struct ontology_source source = {0};
    buf_init(out, mem, LIMIT_ONTOLOGY_TABLE);
    rsc_status st =
        ontology_source_add(ctx, &source, str_of(text), "t.txt", false);
    return st ? st : ontology_build(ctx, out, &source, str_of(text));
}

static void assert_refused(const char *text, const char *message)
{
    struct mem mem;
    struct ctx ctx;
    struct buf out;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(build(&ctx, &mem, &out, text), RSC_EFORMAT);
    if (!strstr(ctx.error.message, message))
        fail_msg("'%s' is not in '%s'", message, ctx.error.message);
    buf_clear(&out);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

static void mistakes_are_refused_with_their_line(void **state)
{
    (void)state;
    assert_refused("Alpha\n", "t.txt:1: a '[Group]' must stand before");
    assert_refused("[Group]\n", "t.txt:1: an '@field' must stand before");
    assert_refused("@odd x\n", "t.txt:1: unknown directive");
    assert_refused(HEAD "Alpha; odd: x\n", "t.txt:3: unknown key: 'odd'");
    assert_refused(HEAD "Alpha; kind: odd\n", "t.txt:3: unknown kind");
    assert_refused(HEAD "Alpha = , b\n", "t.txt:3: a name is missing");
    assert_refused(HEAD "Alpha\n\n# x\nAlphas\n",
                   "t.txt:6: this skill is there twice");
    assert_refused(HEAD "Alpha\nBeta = alphas\n",
                   "t.txt:4: this alias belongs to another skill");
    assert_refused(HEAD "Alpha; kind-of: Beta\n",
                   "t.txt:3: no skill has this name: 'Beta'");
    assert_refused(HEAD "Alpha; related: alpha\n",
                   "t.txt:3: a skill is related to itself");
    assert_refused(HEAD "Alpha; kind-of: Beta\nBeta; part-of: Alpha\n",
                   "lead in a circle");
    assert_refused(HEAD "@common rest, go\nRest\n",
                   "t.txt:4: a word this common needs a '?'");
    assert_refused(HEAD "Alpha = going\n@common going\n", "this common needs");
    assert_refused(HEAD "Qt\n", "t.txt:3: a name this short needs a '?'");
    assert_refused(HEAD "???\n", "t.txt:3: ");
    assert_refused(HEAD "Alpha; context: two words\n", "a context is one word");
    assert_refused("@field a = A; near: b\n", "no field has this name: 'b'");
    assert_refused(HEAD "a b c d e f g h i j k l m\n", "more than 12");
    assert_refused("@field a = A\n@field a = B\n", "this field is there twice");
}

static void two_skills_may_share_an_ambiguous_name(void **state)
{
    struct mem mem;
    struct ctx ctx;
    struct buf out;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(
        build(&ctx, &mem, &out,
              "@field a = A\n[A]\nProject manager = \"PM\"?\nJira tool\n"
              "@field b = B\n[B]\nParticles = \"PM\"?\nAir filter\n"),
        RSC_OK);
    struct ontology ontology = {0};
    ontology_attach(&ontology, out.data);
    struct skill_hits hits = {0};
    assert_int_equal(skill_match(&ctx, &hits, &ontology,
                                 STR("Air filter, PM. Nothing else here. ")),
                     RSC_OK);
    assert_int_equal(hits.len, 2);
    assert_true(str_eq(ontology_name(&ontology, hits.items[1].skill),
                       STR("Particles")));
    buf_clear(&out);
    ctx_clear(&ctx);
}

static void relations_stand_where_they_should(void **state)
{
    struct mem mem;
    struct ctx ctx;
    struct buf out;
    size_t n;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(build(&ctx, &mem, &out, small), RSC_OK);
    struct ontology o = {0};
    ontology_attach(&o, out.data);
    const struct skill_link *links = ontology_links(&o, 0, &n);
    assert_int_equal(n, 0); /* Alpha: parts and kinds stand with the others */
    links = ontology_links(&o, 1, &n);
    assert_int_equal(n, 2);
    assert_int_equal(links[0].relation, RELATION_KIND_OF);
    assert_int_equal(links[1].skill, 2);
    assert_int_equal(links[1].relation, RELATION_ALTERNATIVE);
    assert_int_equal(ontology_kind(&o, 1), SKILL_SOFT);
    assert_int_equal(ontology_find(&o, STR("BETAING thing")), 1);
    assert_int_equal(ontology_find(&o, STR("alpha male")), UINT32_MAX);
    buf_clear(&out);
    ctx_clear(&ctx);
}

static void the_same_text_gives_the_same_bytes(void **state)
{
    struct mem mem;
    struct ctx ctx;
    struct buf first, second;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(build(&ctx, &mem, &first, small), RSC_OK);
    assert_int_equal(build(&ctx, &mem, &second, small), RSC_OK);
    assert_true(str_eq(buf_str(&first), buf_str(&second)));
    buf_clear(&first);
    buf_clear(&second);
    ctx_clear(&ctx);
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    for (long n = 0;; n++) {
        struct mem mem;
        struct ctx ctx;
        struct buf out;

        mem_init(&mem, "test", 0);
        mem.fail_after = n;
        ctx_init(&ctx, &mem);
        rsc_status st = build(&ctx, &mem, &out, small);
        buf_clear(&out);
        ctx_clear(&ctx);
        assert_int_equal(mem.bytes, 0);
        if (st == RSC_OK) {
            assert_true(n > 2);
            break;
        }
        assert_int_equal(st, RSC_ENOMEM);
    }
}

static void matching_without_memory_is_reported(void **state)
{
    struct mem mem, little;
    struct ctx ctx, poor;
    struct ontology *o;
    struct skill_hits hits = {0};
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(ontology_open(&ctx, &o, &mem, STR_NONE, ""), RSC_OK);
    mem_init(&little, "little", 0);
    little.fail_after = 0;
    ctx_init(&poor, &little);
    assert_int_equal(skill_match(&poor, &hits, o, STR("Python and SQL")),
                     RSC_ENOMEM);
    ctx_clear(&poor);
    ontology_close(o);
    ctx_clear(&ctx);
    assert_int_equal(mem.bytes, 0);
}

static void caps_hold(void **state)
{
    struct mem mem;
    struct ctx ctx;
    struct buf text, out;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    buf_init(&text, &mem, (size_t)32 << 20);
    buf_put(&text, STR(HEAD));
    for (int i = 0; i <= LIMIT_SKILL_NAME; i++)
        buf_put_char(&text, 'x');
    buf_put_char(&text, '\0');
    assert_int_equal(build(&ctx, &mem, &out, text.data), RSC_EFORMAT);
    assert_non_null(strstr(ctx.error.message, "this name is too long"));
    ctx_clear(&ctx);

    ctx_init(&ctx, &mem);
    buf_reset(&text);
    for (int i = 0; i <= LIMIT_SKILL_FIELDS; i++)
        buf_printf(&text, "@field f%d = F\n", i);
    assert_int_equal(build(&ctx, &mem, &out, text.data), RSC_EFORMAT);
    assert_non_null(strstr(ctx.error.message, "too many fields"));
    ctx_clear(&ctx);

    ctx_init(&ctx, &mem);
    struct ontology_source source = {0};
    struct str huge = {small, LIMIT_ONTOLOGY_BYTES + 1}; /* is not read */
    assert_int_equal(ontology_source_add(&ctx, &source, huge, "t", true),
                     RSC_ELIMIT);
    buf_clear(&text);
    ctx_clear(&ctx);
}

static void the_built_in_skills_are_many(void **state)
{
    struct mem mem;
    struct ctx ctx;
    struct ontology *o;
    const char *fields[64];
    size_t n_fields = 0;
    (void)state;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(ontology_open(&ctx, &o, &mem, STR_NONE, ""), RSC_OK);
    assert_true(ontology_count(o) >= 3000);
    for (uint32_t i = 0; i < ontology_count(o); i++) {
        const char *field = ontology_field(o, i).data;
        size_t j = 0;
        while (j < n_fields && strcmp(fields[j], field) != 0)
            j++;
        if (j == n_fields)
            fields[n_fields++] = field;
        /* Every skill is found by its own name. */
        assert_int_equal(ontology_find(o, ontology_name(o, i)), i);
    }
    assert_true(n_fields >= 25);
    assert_int_equal(ontology_hash(o).len, 16);
    ontology_close(o);
    ctx_clear(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_refused_with_their_line),
        cmocka_unit_test(two_skills_may_share_an_ambiguous_name),
        cmocka_unit_test(relations_stand_where_they_should),
        cmocka_unit_test(the_same_text_gives_the_same_bytes),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(matching_without_memory_is_reported),
        cmocka_unit_test(caps_hold),
        cmocka_unit_test(the_built_in_skills_are_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
