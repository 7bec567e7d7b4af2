/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "parse/jsonresume.h"
#include "text/plain.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(const struct resume *r, struct span s)
{
    if (s.end > r->document->text.len || s.start > s.end)
        abort();
}

static void check_sentences(const struct resume *r)
{
    for (size_t i = 0; i < r->n_sentences; i++) {
        const struct sentence *s = &r->sentences[i];
        check_span(r, s->span);
        if (s->section >= r->n_sections ||
            (s->role != UINT32_MAX && s->role >= r->n_roles) ||
            utf8_valid_len(s->blind) != s->blind.len)
            abort();
        for (size_t k = 0; k < s->blind.len; k++) {
            struct span back = sentence_origin(s, k, k + 1);
            check_span(r, back);
            if (back.start < s->span.start)
                abort();
        }
    }
}

static void check_resume(const struct resume *r)
{
    for (size_t i = 0; i < r->n_roles; i++) {
        check_span(r, r->roles[i].title);
        check_span(r, r->roles[i].employer);
        check_span(r, r->roles[i].location);
        check_span(r, r->roles[i].body);
    }
    for (size_t i = 0; i < r->n_education; i++) {
        check_span(r, r->education[i].degree);
        check_span(r, r->education[i].subject);
        check_span(r, r->education[i].institution);
    }
    for (size_t i = 0; i < r->n_personal; i++) {
        check_span(r, r->personal[i].span);
        if (i && r->personal[i].span.start < r->personal[i - 1].span.end)
            abort();
    }
    check_sentences(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct resume_options options = {.as_of = {2026, 11}};
    struct mem mem;
    struct ctx ctx;
    struct document doc;
    struct resume resume;
    struct buf json;

    mem_init(&mem, "fuzz", 0);
    ctx_init(&ctx, &mem);
    buf_init(&json, &mem, (size_t)1 << 24);
    if (!plain_document(&ctx, &doc, (struct str){(const char *)data, size}) &&
        !resume_parse(&ctx, &resume, &doc, NULL, &options)) {
        check_resume(&resume);
        if (resume_write_jsonresume(&ctx, &json, &resume, NULL, size % 2) ==
                RSC_OK &&
            !jsonresume_detect(buf_str(&json)))
            abort();
    }
    buf_clear(&json);
    ctx_clear(&ctx);
    return 0;
}
