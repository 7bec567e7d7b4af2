/* SPDX-License-Identifier: MIT */
/*
 * The whole entity pipeline on a random one that the test writes, against
 * what Python spaCy says (tests/golden/entities.jsonl), under every
 * instruction set; and everything that can be wrong with its files.
 *
 * With --write FOLDER it writes the pipeline and does nothing else, for
 * tools/entities_golden.py.
 */
#include <ftw.h>
#include <unistd.h>

#include "base/limits.h"
#include "entity_compare.h"
#include "tiny_pipeline.h"

#define GOLDEN "tests/golden/entities.jsonl"

struct fixture {
    struct mem mem;
    struct ctx ctx; /* of the test at hand */
    char folder[64];
};

static int remove_entry(const char *path, const struct stat *info, int kind,
                        struct FTW *at)
{
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

static int open_fixture(void **state)
{
    static struct fixture f;

    f = (struct fixture){.folder = "/tmp/rsc-tiny-XXXXXX"};
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    if (!mkdtemp(f.folder) || tiny_pipeline_write(&f.ctx, f.folder))
        return -1;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *f = *state;

    ctx_clear(&f->ctx);
    nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    /* Whatever a test opened, it closed. */
    return f->mem.bytes == 0 ? 0 : -1;
}

static struct entity_pipeline *open_pipeline(struct fixture *f,
                                             const struct kernels *kernels)
{
    struct entity_pipeline *pipeline;

    if (entity_pipeline_open(&f->ctx, &pipeline, &f->mem, f->folder, kernels))
        fail_msg("%s", f->ctx.error.message);
    return pipeline;
}

static void compare_all(struct fixture *f, const struct kernels *kernels)
{
    struct entity_pipeline *pipeline = open_pipeline(f, kernels);
    struct str bytes, line;
    struct tally t = {0};

    assert_int_equal(file_read(&f->ctx, &bytes, GOLDEN, 1 << 20), RSC_OK);
    while (str_next_line(&bytes, &line))
        compare_text(&f->mem, pipeline, line, &t);
    entity_pipeline_close(pipeline);
    assert_int_equal(total_bad(&t), 0);
    assert_int_equal(t.texts, 12);
    /* Not by finding nothing. */
    assert_true(t.tokens > 300 && t.entities > 50);
}

static void equals_python_under_every_instruction_set(void **state)
{
    struct cpu cpu;

    cpu_detect(&cpu);
    for (int isa = 0; isa < ISA_COUNT; isa++)
        if (kernels_find((enum isa)isa) && cpu_has(&cpu, (enum isa)isa))
            compare_all(*state, kernels_find((enum isa)isa));
    compare_all(*state, kernels_find(ISA_SCALAR));
}

/* ---- texts ------------------------------------------------------------ */

static rsc_status run_text(struct fixture *f, struct str text,
                           struct entity_doc *doc)
{
    struct entity_pipeline *pipeline = open_pipeline(f, NULL);
    rsc_status st = entity_pipeline_run(&f->ctx, pipeline, text, NULL, doc);

    entity_pipeline_close(pipeline);
    return st;
}

static void tokens_join_to_the_text(const struct entity_doc *doc)
{
    size_t at = 0;

    for (size_t i = 0; i < doc->tokens.len; i++) {
        const struct token *token = &doc->tokens.items[i];
        assert_int_equal(token->start, at);
        assert_true(token->end > token->start);
        at = token->end + token->space_after;
    }
    assert_int_equal(at, doc->text.len);
}

static void a_long_text_is_the_same_in_blocks(void **state)
{
    struct fixture *f = *state;
    struct str part = STR("Jan saw X in Berlin, and the U.S. colour went. ");
    struct entity_doc doc;
    struct buf text;

    buf_init(&text, &f->mem, 1 << 20);
    for (int i = 0; i < 400; i++)
        buf_put(&text, part);
    assert_int_equal(run_text(f, buf_str(&text), &doc), RSC_OK);
    assert_true(doc.tokens.len > 4000);
    tokens_join_to_the_text(&doc);
    /* Far from both ends every repetition has the same neighbours, so the
     * entity actions that do not look back agree; the sentences do. */
    size_t per = doc.tokens.len / 400;
    for (size_t i = 100 * per; i < 101 * per; i++)
        assert_int_equal(doc.tokens.items[i].lexeme,
                         doc.tokens.items[i + per].lexeme);
    buf_clear(&text);
}

static void damaged_utf8_becomes_replacement_characters(void **state)
{
    struct entity_doc doc;

    assert_int_equal(run_text(*state, STR("Jan \xff saw \xe2\x82 X"), &doc),
                     RSC_OK);
    assert_true(doc.was_damaged);
    assert_true(str_eq(doc.text, STR("Jan \xef\xbf\xbd saw \xef\xbf\xbd X")));
    tokens_join_to_the_text(&doc);
}

static void nothing_but_white_space_has_no_entities(void **state)
{
    static const char *const texts[] = {"", " ", "\n\n\t", "\u3000\u00a0 "};
    struct entity_doc doc;

    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(run_text(*state, str_of(texts[i]), &doc), RSC_OK);
        assert_int_equal(doc.entities.len, 0);
        tokens_join_to_the_text(&doc);
    }
}

static void a_text_of_a_million_characters_is_the_limit(void **state)
{
    struct fixture *f = *state;
    struct entity_doc doc;
    size_t n = LIMIT_ENTITY_CHARS + 1;
    char *text = mem_alloc(&f->mem, n);

    assert_non_null(text);
    memset(text, 'x', n);
    assert_int_equal(run_text(f, (struct str){text, n}, &doc), RSC_ELIMIT);
    assert_non_null(strstr(f->ctx.error.message, "1000000 characters"));
    mem_free(&f->mem, text, n);
}

static void one_long_word_is_one_token(void **state)
{
    struct fixture *f = *state;
    struct entity_doc doc;
    char *text = mem_alloc(&f->mem, 50000);

    assert_non_null(text);
    memset(text, 'x', 50000);
    assert_int_equal(run_text(f, (struct str){text, 50000}, &doc), RSC_OK);
    assert_int_equal(doc.tokens.len, 1);
    mem_free(&f->mem, text, 50000);
}

static void a_wall_of_brackets_is_refused_in_time(void **state)
{
    struct fixture *f = *state;
    struct entity_doc doc;
    size_t n = 100000;
    char *text = mem_alloc(&f->mem, n);

    assert_non_null(text);
    memset(text, '(', n);
    assert_int_equal(run_text(f, (struct str){text, n}, &doc), RSC_ELIMIT);
    assert_non_null(strstr(f->ctx.error.message, "prefixes and suffixes"));
    mem_free(&f->mem, text, n);
}

static void a_deadline_stops_it(void **state)
{
    struct fixture *f = *state;
    struct entity_pipeline *pipeline = open_pipeline(f, NULL);
    struct entity_doc doc;

    f->ctx.deadline_ns = 1;
    assert_int_equal(
        entity_pipeline_run(&f->ctx, pipeline, STR("Jan saw X"), NULL, &doc),
        RSC_ETIMEOUT);
    entity_pipeline_close(pipeline);
}

/* ---- files ------------------------------------------------------------ */

/* Opens and expects a failure whose message has these words. */
static void refused(struct fixture *f, rsc_status status, const char *words)
{
    struct entity_pipeline *pipeline;
    struct ctx ctx;

    ctx_init(&ctx, &f->mem);
    rsc_status st =
        entity_pipeline_open(&ctx, &pipeline, &f->mem, f->folder, NULL);
    if (st != status || !strstr(ctx.error.message, words))
        fail_msg("status %d, \"%s\"; expected %d, \"%s\"", st,
                 ctx.error.message, status, words);
    assert_null(pipeline);
    ctx_clear(&ctx);
}

/* Writes a file with one text in place of another, which it must have. */
static void change(struct fixture *f, const char *name, struct str from,
                   struct str to)
{
    struct str bytes, path = ctx_printf(&f->ctx, "%s/%s", f->folder, name);
    struct buf out;

    assert_int_equal(file_read(&f->ctx, &bytes, path.data, 1 << 24), RSC_OK);
    size_t at = str_find(bytes, from, 0);
    assert_true(at != SIZE_MAX);
    buf_init(&out, &f->mem, 1 << 24);
    buf_put(&out, str_slice(bytes, 0, at));
    buf_put(&out, to);
    buf_put(&out, str_slice(bytes, at + from.len, bytes.len));
    assert_int_equal(file_replace(&f->ctx, path.data, buf_str(&out)), RSC_OK);
    buf_clear(&out);
}

struct refusal {
    const char *file;
    struct str from, to;
    rsc_status status;
    const char *words;
};

#define CHANGED(file, from, to, status, words)                                 \
    {                                                                          \
        file, {from, sizeof(from) - 1}, {to, sizeof(to) - 1}, status, words    \
    }

static void what_we_do_not_run_is_named(void **state)
{
    static const struct refusal refusals[] = {
        CHANGED("config.cfg", "lang = \"en\"", "lang = \"de\"",
                RSC_EUNSUPPORTED, "another language"),
        CHANGED("config.cfg", "factory = \"tok2vec\"",
                "factory = \"transformer\"", RSC_EUNSUPPORTED, "transformer"),
        CHANGED("config.cfg", "factory = \"parser\"",
                "factory = \"beam_parser\"", RSC_EUNSUPPORTED, "beam_parser"),
        CHANGED("config.cfg", "factory = \"parser\"",
                "factory = \"entity_ruler\"", RSC_EUNSUPPORTED, "entity_ruler"),
        CHANGED("config.cfg", "spacy.Tokenizer.v1", "my.Tokenizer.v1",
                RSC_EUNSUPPORTED, "tokenizer"),
        CHANGED("config.cfg", ",\"ner\"]", "]", RSC_EUNSUPPORTED, "(ner)"),
        CHANGED("config.cfg", "\"tok2vec\",", "", RSC_EUNSUPPORTED,
                "its vectors have 0"),
        CHANGED("config.cfg", "[\"tok2vec\"", "[[", RSC_EFORMAT,
                "not the configuration"),
        CHANGED("ner/cfg", "\"beam_width\":1", "\"beam_width\":8",
                RSC_EUNSUPPORTED, "beam search"),
        CHANGED("parser/cfg", "\"learn_tokens\":false", "\"learn_tokens\":true",
                RSC_EUNSUPPORTED, "learn_tokens"),
        CHANGED("tok2vec/model", "layernorm", "charembed", RSC_EUNSUPPORTED,
                "charembed"),
        CHANGED("ner/model", "hashembed", "statics_v", RSC_EUNSUPPORTED,
                "statics_v"),
        CHANGED("ner/model", "has_upper\xc6\0\0\0\1\xc3",
                "has_upper\xc6\0\0\0\1\xc2", RSC_EUNSUPPORTED, "use_upper"),
        CHANGED("ner/model", "window_size\xc6\0\0\0\1\1",
                "window_size\xc6\0\0\0\1\2", RSC_EUNSUPPORTED, "neighbours"),
        CHANGED("ner/model", "<f4", "<f8", RSC_EUNSUPPORTED, "32-bit"),
        CHANGED("ner/model", "SUFFIX", "LENGTH", RSC_EUNSUPPORTED, "LENGTH"),
        CHANGED("ner/moves", "\"5\":{", "\"6\":{", RSC_EFORMAT,
                "14 classes, its moves file names 13"),
        CHANGED("ner/moves", "PERSON", "ORG\":1", RSC_EFORMAT, "damaged"),
        CHANGED("tokenizer", "^\\(|", "^\\b|", RSC_EUNSUPPORTED, "\\b"),
        CHANGED("tokenizer", "^\\(|", "^*(|", RSC_EUNSUPPORTED,
                "prefix_search"),
        CHANGED("tokenizer", "C++\xdc\0", "C+-\xdc\0", RSC_EFORMAT,
                "exception"),
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        const struct refusal *r = &refusals[i];
        change(f, r->file, r->from, r->to);
        refused(f, r->status, r->words);
        assert_int_equal(tiny_pipeline_write(&f->ctx, f->folder), RSC_OK);
    }
}

#define PART(text)                                                             \
    {                                                                          \
        text, sizeof(text) - 1                                                 \
    }

/* As en_core_web_sm itself writes its tokenizer. */
static void a_section_may_be_a_value(void **state)
{
    static const struct str section =
        PART("[nlp.tokenizer]\n@tokenizers = \"spacy.Tokenizer.v1\"\n");
    struct fixture *f = *state;
    struct entity_pipeline *pipeline;

    change(f, "config.cfg", section,
           (struct str)PART(
               "tokenizer = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\n"));
    if (entity_pipeline_open(&f->ctx, &pipeline, &f->mem, f->folder, NULL))
        fail_msg("%s", f->ctx.error.message);
    entity_pipeline_close(pipeline);
    change(f, "config.cfg", (struct str)PART("spacy.Tokenizer"),
           (struct str)PART("my.Tokenizer"));
    refused(f, RSC_EUNSUPPORTED, "tokenizer");
    assert_int_equal(tiny_pipeline_write(&f->ctx, f->folder), RSC_OK);
}

static void a_missing_file_is_named(void **state)
{
    static const char *const names[] = {"tokenizer",    "tok2vec/model",
                                        "parser/moves", "ner/model",
                                        "ner/moves",    "ner/cfg"};
    struct fixture *f = *state;

    for (size_t i = 0; i < 6; i++) {
        struct str path = ctx_printf(&f->ctx, "%s/%s", f->folder, names[i]);
        assert_int_equal(unlink(path.data), 0);
        refused(f, RSC_EIO, names[i]);
        assert_int_equal(tiny_pipeline_write(&f->ctx, f->folder), RSC_OK);
    }
    unlink(ctx_printf(&f->ctx, "%s/config.cfg", f->folder).data);
    refused(f, RSC_ENOMODEL, "no spaCy pipeline");
}

/* Every file, cut at many places: an error each time, and no leak. */
static void a_file_that_was_cut_is_refused(void **state)
{
    static const char *const names[] = {"tokenizer",     "vocab/lookups.bin",
                                        "tok2vec/model", "parser/model",
                                        "parser/moves",  "ner/moves"};
    struct fixture *f = *state;
    struct entity_pipeline *pipeline;

    for (size_t i = 0; i < 6; i++) {
        struct str bytes,
            path = ctx_printf(&f->ctx, "%s/%s", f->folder, names[i]);
        assert_int_equal(file_read(&f->ctx, &bytes, path.data, 1 << 24),
                         RSC_OK);
        for (size_t cut = 0; cut < bytes.len; cut += 1 + bytes.len / 12) {
            struct ctx ctx;
            ctx_init(&ctx, &f->mem);
            assert_int_equal(
                file_replace(&ctx, path.data, str_slice(bytes, 0, cut)),
                RSC_OK);
            assert_int_not_equal(
                entity_pipeline_open(&ctx, &pipeline, &f->mem, f->folder, NULL),
                RSC_OK);
            assert_true(strlen(ctx.error.message) > 10);
            ctx_clear(&ctx);
        }
        assert_int_equal(file_replace(&f->ctx, path.data, bytes), RSC_OK);
    }
}

/* The n-th allocation fails, for many n: RSC_ENOMEM, and nothing leaks. */
static void without_memory_it_fails_and_leaks_nothing(void **state)
{
    struct fixture *f = *state;
    struct entity_pipeline *pipeline;
    struct entity_doc doc;
    rsc_status st = RSC_ENOMEM;

    for (long n = 0; st == RSC_ENOMEM; n += 1 + n / 8) {
        struct mem mem;
        struct ctx ctx;
        mem_init(&mem, "short", 0);
        ctx_init(&ctx, &mem);
        mem.fail_after = n;
        st = entity_pipeline_open(&ctx, &pipeline, &mem, f->folder, NULL);
        if (!st)
            st = entity_pipeline_run(&ctx, pipeline,
                                     STR("Dr. X can't see :) in Berlin."), NULL,
                                     &doc);
        assert_true(st == RSC_OK || st == RSC_ENOMEM);
        entity_pipeline_close(pipeline);
        ctx_clear(&ctx);
        assert_int_equal(mem.bytes, 0);
    }
    assert_int_equal(st, RSC_OK);
}

static int write_only(const char *folder)
{
    struct mem mem;
    struct ctx ctx;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    mkdir(folder, 0755);
    rsc_status st = tiny_pipeline_write(&ctx, folder);
    if (st)
        fprintf(stderr, "%s\n", ctx.error.message);
    ctx_clear(&ctx);
    return st != RSC_OK;
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, open_fixture, close_fixture)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(equals_python_under_every_instruction_set),
        TEST(a_long_text_is_the_same_in_blocks),
        TEST(damaged_utf8_becomes_replacement_characters),
        TEST(nothing_but_white_space_has_no_entities),
        TEST(a_text_of_a_million_characters_is_the_limit),
        TEST(one_long_word_is_one_token),
        TEST(a_wall_of_brackets_is_refused_in_time),
        TEST(a_deadline_stops_it),
        TEST(what_we_do_not_run_is_named),
        TEST(a_section_may_be_a_value),
        TEST(a_missing_file_is_named),
        TEST(a_file_that_was_cut_is_refused),
        TEST(without_memory_it_fails_and_leaks_nothing),
    };

    if (argc == 3 && !strcmp(argv[1], "--write"))
        return write_only(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
