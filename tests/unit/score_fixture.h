/* SPDX-License-Identifier: MIT */
#ifndef RSC_SCORE_FIXTURE_H
#define RSC_SCORE_FIXTURE_H

/*
 * A resume and a job made by hand, for tests of the score that must not hang
 * on what the parsers do. Sentences are appended as lines of a text; vectors
 * have DIM numbers and are 0 unless a test sets them.
 */

#include "base/mem.h"
#include "cmocka_all.h"
#include "score/result_json.h"

#define DIM           4
#define MAX_SENTENCES 96
#define MAX_ASKED     40
#define TEXT_BYTES    16384

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    struct score_config config;
    char resume_text[TEXT_BYTES], job_text[TEXT_BYTES];
    struct document resume_doc, job_doc;
    struct section sections[4];
    struct role roles[8];
    struct education education[4];
    struct spoken_language languages[4];
    struct sentence sentences[MAX_SENTENCES];
    struct requirement asked[MAX_ASKED];
    uint32_t skills[MAX_ASKED][4];
    float job_vectors[MAX_ASKED][DIM], resume_vectors[MAX_SENTENCES][DIM];
    struct resume resume;
    struct job job;
    struct score_input input;
    struct score score;
};

/* The sections that every fixture has, as indices. */
enum {
    IN_SUMMARY,
    IN_WORK,
    IN_SKILLS,
    IN_REFERENCES
};

static inline void fixture_rewind(struct fixture *f)
{
    memset(f->resume_text, 0, sizeof(f->resume_text));
    memset(f->job_text, 0, sizeof(f->job_text));
    memset(f->roles, 0, sizeof(f->roles));
    memset(f->job_vectors, 0, sizeof(f->job_vectors));
    memset(f->resume_vectors, 0, sizeof(f->resume_vectors));
    f->resume_doc = (struct document){.text = {f->resume_text, 0}, .pages = 1};
    f->job_doc = (struct document){.text = {f->job_text, 0}, .pages = 1};
    f->sections[IN_SUMMARY].kind = SECTION_SUMMARY;
    f->sections[IN_WORK].kind = SECTION_EXPERIENCE;
    f->sections[IN_SKILLS].kind = SECTION_SKILLS;
    f->sections[IN_REFERENCES].kind = SECTION_REFERENCES;
    f->resume = (struct resume){.document = &f->resume_doc,
                                .sections = f->sections,
                                .n_sections = 4,
                                .roles = f->roles,
                                .education = f->education,
                                .languages = f->languages,
                                .sentences = f->sentences,
                                .as_of = {2025, 6},
                                .looks_like_resume = true};
    f->job = (struct job){.document = &f->job_doc, .requirements = f->asked};
    f->input = (struct score_input){.resume = &f->resume,
                                    .job = &f->job,
                                    .ontology = f->ontology,
                                    .config = &f->config,
                                    .job_vectors = f->job_vectors[0],
                                    .resume_vectors = f->resume_vectors[0],
                                    .dim = DIM};
}

static inline int fixture_open(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof(f));
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    if (score_config_init(&f.ctx, &f.config) ||
        ontology_open(&f.ctx, &f.ontology, &f.mem, STR(""), ""))
        return 1;
    fixture_rewind(&f);
    return 0;
}

static inline int fixture_close(void **state)
{
    struct fixture *f = *state;
    ontology_close(f->ontology);
    ctx_clear(&f->ctx);
    return atomic_load(&f->mem.bytes) != 0;
}

static inline struct span append(struct document *doc, char *text,
                                 const char *line)
{
    size_t start = doc->text.len, len = strlen(line);
    assert_true(start + len + 1 < TEXT_BYTES);
    memcpy(text + start, line, len);
    text[start + len] = '\n';
    doc->text.len = start + len + 1;
    return (struct span){(uint32_t)start, (uint32_t)(start + len)};
}

/* Returns the index of the new sentence; role UINT32_MAX for none. */
static inline size_t say_in(struct fixture *f, uint32_t section, uint32_t role,
                            const char *line)
{
    size_t at = f->resume.n_sentences++;
    assert_true(at < MAX_SENTENCES);
    struct span span = append(&f->resume_doc, f->resume_text, line);
    f->sentences[at] =
        (struct sentence){.span = span,
                          .section = section,
                          .role = role,
                          .blind = span_of(f->resume_doc.text, span)};
    return at;
}

static inline size_t say(struct fixture *f, const char *line)
{
    return say_in(f, IN_WORK, UINT32_MAX, line);
}

static inline uint32_t add_role(struct fixture *f, int first_year,
                                int last_year)
{
    uint32_t at = (uint32_t)f->resume.n_roles++;
    f->roles[at] = (struct role){
        .dates = {.first = {(int16_t)first_year, 1},
                  .last = {(int16_t)last_year, 12}},
        .months = (unsigned)(last_year - first_year + 1) * 12,
    };
    return at;
}

/* Returns the new requirement; a skill's name may be unknown to the
 * ontology, and is then known by its wording only. */
static inline struct requirement *
ask(struct fixture *f, enum requirement_kind kind, const char *label)
{
    size_t at = f->job.n_requirements++;
    assert_true(at < MAX_ASKED);
    struct requirement *r = &f->asked[at];
    *r = (struct requirement){.kind = kind,
                              .must = true,
                              .label = str_of(label),
                              .text = str_of(label),
                              .at_least = 1,
                              .skills = f->skills[at]};
    r->source = append(&f->job_doc, f->job_text, label);
    uint32_t skill = ontology_find(f->ontology, str_of(label));
    if (kind == REQUIREMENT_SKILL && skill != UINT32_MAX) {
        f->skills[at][0] = skill;
        r->n_skills = 1;
    }
    return r;
}

static inline const struct score *run(struct fixture *f)
{
    assert_int_equal(score_run(&f->ctx, &f->score, &f->input), RSC_OK);
    return &f->score;
}

static inline uint32_t total(struct fixture *f)
{
    return run(f)->total;
}

static inline bool has_warning(const struct score *score, const char *code)
{
    for (size_t i = 0; i < score->n_warnings; i++)
        if (!strcmp(score->warnings[i].code, code))
            return true;
    return false;
}

/* Makes the cosine of a requirement and a sentence what is given, as long as
 * each of the two is used once. */
static inline void set_cosine(struct fixture *f, size_t requirement,
                              size_t sentence, float cosine)
{
    f->job_vectors[requirement][0] = 1.0f;
    f->resume_vectors[sentence][0] = cosine;
}

#endif
