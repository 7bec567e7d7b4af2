/* SPDX-License-Identifier: MIT */
#include "ner/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/mem.h"

/* The four patterns of English need 3 to 16 thousand characters. */
#define PATTERN_BYTES ((size_t)1 << 20)
/* Backtracking steps of one match; the longest that real text needs is some
 * thousands, a hostile chunk would need years. */
#define PATTERN_STEPS 20000000u
/* What the compiled code may backtrack on; PCRE2 takes 32 kB of the C stack
 * without it, which a URL of some thousand characters outgrows. */
#define PATTERN_STACK_MIN ((size_t)32 << 10)
#define PATTERN_STACK_MAX ((size_t)8 << 20)

/* What Python's \s and str.isspace mean, inside of brackets. PCRE2's own \s
 * has U+180E and lacks U+001C to U+001F. */
#define SPACE_CLASS                                                            \
    "\\x{09}-\\x{0D}\\x{1C}-\\x{20}\\x{85}\\x{A0}\\x{1680}"                    \
    "\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}"
/* From 10.43 on PCRE2's \w has marks and connectors that Python's has not. */
#define WORD_CLASS "\\p{L}\\p{N}_"

struct pattern {
    struct mem *mem;
    pcre2_general_context *memory;
    pcre2_code *code;
};

struct matcher {
    struct mem *mem;
    pcre2_general_context *memory;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    pcre2_match_data *data;
};

/* PCRE2 frees without saying the size, so it stands in front. */
#define HEADER 16

static void *pcre_alloc(size_t size, void *mem)
{
    char *block =
        size > SIZE_MAX - HEADER ? NULL : mem_alloc(mem, size + HEADER);

    if (!block)
        return NULL;
    memcpy(block, &size, sizeof(size));
    return block + HEADER;
}

static void pcre_free(void *block, void *mem)
{
    size_t size;

    if (!block)
        return;
    char *start = (char *)block - HEADER;
    memcpy(&size, start, sizeof(size));
    mem_free(mem, start, size + HEADER);
}

/* ---- rewriting -------------------------------------------------------- */

struct rewrite {
    struct buf *out;
    struct str source;
    size_t at;
    bool in_class;
    const char *name;
};

static bool is_hex(char c)
{
    return ascii_is_digit((unsigned char)c) ||
           (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

/* \uXXXX or \UXXXXXXXX; at stands behind the letter. */
static rsc_status put_code_point(struct ctx *ctx, struct rewrite *r,
                                 size_t digits)
{
    size_t n = 0;

    while (n < digits && r->at + n < r->source.len &&
           is_hex(r->source.data[r->at + n]))
        n++;
    if (n < digits)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "%s: an escape with too few digits at character %zu",
                        r->name, r->at);
    buf_put(r->out, STR("\\x{"));
    buf_put(r->out, str_slice(r->source, r->at, r->at + digits));
    buf_put_char(r->out, '}');
    r->at += digits;
    return RSC_OK;
}

static rsc_status unsupported(struct ctx *ctx, const struct rewrite *r, char c)
{
    return ctx_fail(ctx, RSC_EUNSUPPORTED,
                    "%s: the construct \\%c in %s is not supported", r->name, c,
                    r->in_class ? "a character class" : "a pattern");
}

/* A class of our own, which inside of brackets is only its content. */
static rsc_status put_class(struct ctx *ctx, struct rewrite *r, char c,
                            const char *content)
{
    bool negated = ascii_is_upper((unsigned char)c);

    if (r->in_class && negated)
        return unsupported(ctx, r, c);
    if (!r->in_class)
        buf_put(r->out, negated ? STR("[^") : STR("["));
    buf_put(r->out, str_of(content));
    if (!r->in_class)
        buf_put_char(r->out, ']');
    return RSC_OK;
}

/* What follows a backslash. */
static rsc_status put_escape(struct ctx *ctx, struct rewrite *r)
{
    if (r->at >= r->source.len)
        return ctx_fail(ctx, RSC_EFORMAT, "%s ends in a backslash", r->name);
    char c = r->source.data[r->at++];
    switch (c) {
    case 'u':
        return put_code_point(ctx, r, 4);
    case 'U':
        return put_code_point(ctx, r, 8);
    case 'w':
    case 'W':
        return put_class(ctx, r, c, WORD_CLASS);
    case 's':
    case 'S':
        return put_class(ctx, r, c, SPACE_CLASS);
    case 'd':
    case 'D':
    case 'n':
    case 'r':
    case 't':
        break;
    default:
        if (ascii_is_alnum((unsigned char)c))
            return unsupported(ctx, r, c);
    }
    buf_put_char(r->out, '\\');
    buf_put_char(r->out, c);
    return RSC_OK;
}

static rsc_status rewrite(struct ctx *ctx, struct rewrite *r)
{
    if (str_starts(r->source, STR("(?u)")))
        r->at = 4;
    while (r->at < r->source.len) {
        char c = r->source.data[r->at++];
        if (c == '\\') {
            rsc_status st = put_escape(ctx, r);
            if (st)
                return st;
            continue;
        }
        if (!r->in_class && c == '[') {
            r->in_class = true;
            buf_put_char(r->out, c);
            /* A bracket right behind the opening one is a character. */
            if (r->at < r->source.len && r->source.data[r->at] == '^')
                buf_put_char(r->out, r->source.data[r->at++]);
            if (r->at < r->source.len && r->source.data[r->at] == ']')
                buf_put_char(r->out, r->source.data[r->at++]);
            continue;
        }
        if (r->in_class && c == '[') {
            /* To Python a plain character, to PCRE2 perhaps [:alpha:]. */
            buf_put_char(r->out, '\\');
        } else if (r->in_class && c == ']') {
            r->in_class = false;
        }
        buf_put_char(r->out, c);
    }
    return r->out->failed
               ? ctx_fail(ctx, RSC_ENOMEM, "%s: out of memory", r->name)
               : RSC_OK;
}

/* ---- opening ---------------------------------------------------------- */

static rsc_status compile(struct ctx *ctx, struct pattern *self,
                          struct str source, const char *name)
{
    pcre2_compile_context *context = pcre2_compile_context_create(self->memory);
    int error = 0;
    PCRE2_SIZE at = 0;
    PCRE2_UCHAR text[160] = "";

    if (!context)
        return ctx_fail(ctx, RSC_ENOMEM, "%s: out of memory", name);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    self->code = pcre2_compile((PCRE2_SPTR)source.data, source.len,
                               PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C,
                               &error, &at, context);
    pcre2_compile_context_free(context);
    if (!self->code && error == PCRE2_ERROR_HEAP_FAILED)
        return ctx_fail(ctx, RSC_ENOMEM, "%s: out of memory", name);
    if (!self->code) {
        pcre2_get_error_message(error, text, sizeof(text));
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s is not a pattern that can be run: %s", name,
                        (const char *)text);
    }
    /* Without a just-in-time compiler, or where no memory may be executed, as
     * a hardened service has it, the interpreter gives the same. */
    pcre2_jit_compile(self->code, PCRE2_JIT_COMPLETE);
    return RSC_OK;
}

rsc_status pattern_open(struct ctx *ctx, struct pattern **out, struct mem *mem,
                        struct str source, const char *name)
{
    struct pattern *self = mem_calloc(mem, 1, sizeof(*self));
    struct buf text;

    *out = NULL;
    if (!self)
        return ctx_fail(ctx, RSC_ENOMEM, "%s: out of memory", name);
    self->mem = mem;
    self->memory = pcre2_general_context_create(pcre_alloc, pcre_free, mem);
    if (!self->memory) {
        pattern_close(self);
        return ctx_fail(ctx, RSC_ENOMEM, "%s: out of memory", name);
    }
    buf_init(&text, mem, PATTERN_BYTES);
    struct rewrite r = {.out = &text, .source = source, .name = name};
    rsc_status st = rewrite(ctx, &r);
    if (!st)
        st = compile(ctx, self, buf_str(&text), name);
    buf_clear(&text);
    if (st)
        pattern_close(self);
    else
        *out = self;
    return st;
}

void pattern_close(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    pcre2_general_context_free(pattern->memory);
    mem_free(pattern->mem, pattern, sizeof(*pattern));
}

/* ---- matching --------------------------------------------------------- */

rsc_status matcher_new(struct ctx *ctx, struct matcher **out, struct mem *mem)
{
    struct matcher *self = mem_calloc(mem, 1, sizeof(*self));

    *out = self;
    if (!self)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for a matcher");
    self->mem = mem;
    self->memory = pcre2_general_context_create(pcre_alloc, pcre_free, mem);
    if (self->memory) {
        self->context = pcre2_match_context_create(self->memory);
        self->stack = pcre2_jit_stack_create(PATTERN_STACK_MIN,
                                             PATTERN_STACK_MAX, self->memory);
        self->data = pcre2_match_data_create(1, self->memory);
    }
    /* No stack means no just-in-time compiler here: fine. */
    if (!self->context || !self->data) {
        matcher_free(self);
        *out = NULL;
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory for a matcher");
    }
    pcre2_set_match_limit(self->context, PATTERN_STEPS);
    if (self->stack)
        pcre2_jit_stack_assign(self->context, NULL, self->stack);
    return RSC_OK;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_jit_stack_free(matcher->stack);
    pcre2_match_context_free(matcher->context);
    pcre2_general_context_free(matcher->memory);
    mem_free(matcher->mem, matcher, sizeof(*matcher));
}

static rsc_status run(struct ctx *ctx, const struct pattern *pattern,
                      struct matcher *matcher, struct str subject, size_t from,
                      uint32_t options, bool *found)
{
    *found = false;
    if (!pattern)
        return RSC_OK;
    options |= PCRE2_NO_UTF_CHECK;
    int n = pcre2_match(pattern->code, (PCRE2_SPTR)subject.data, subject.len,
                        from, options, matcher->data, matcher->context);
    /* The interpreter is slower and has the heap to backtrack on. */
    if (n == PCRE2_ERROR_JIT_STACKLIMIT)
        n = pcre2_match(pattern->code, (PCRE2_SPTR)subject.data, subject.len,
                        from, options | PCRE2_NO_JIT, matcher->data,
                        matcher->context);
    if (n == PCRE2_ERROR_NOMATCH)
        return RSC_OK;
    if (n == PCRE2_ERROR_NOMEMORY)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory in a pattern");
    if (n < 0)
        return ctx_fail(ctx, RSC_ELIMIT,
                        "a run of %zu bytes without white space is too "
                        "complicated for the tokenizer's patterns",
                        subject.len);
    *found = true;
    return RSC_OK;
}

rsc_status pattern_search(struct ctx *ctx, const struct pattern *pattern,
                          struct matcher *matcher, struct str subject,
                          size_t from, bool *found, struct match *out)
{
    rsc_status st = run(ctx, pattern, matcher, subject, from, 0, found);

    if (!st && *found) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(matcher->data);
        *out = (struct match){ends[0], ends[1]};
    }
    return st;
}

rsc_status pattern_match(struct ctx *ctx, const struct pattern *pattern,
                         struct matcher *matcher, struct str subject,
                         bool *found)
{
    return run(ctx, pattern, matcher, subject, 0, PCRE2_ANCHORED, found);
}
