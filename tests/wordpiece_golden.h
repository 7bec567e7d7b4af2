/* SPDX-License-Identifier: MIT */
#ifndef RSC_WORDPIECE_GOLDEN_H
#define RSC_WORDPIECE_GOLDEN_H

/* Compares token ids with a file that tools/wordpiece_golden.py wrote. */

#include "base/file.h"
#include "cmocka_all.h"
#include "embed/wordpiece.h"

static int golden_hex(char c)
{
    return ascii_is_digit((unsigned char)c) ? c - '0' : c - 'a' + 10;
}

/* Undoes \xHH; out has room for text.len bytes. */
static struct str golden_text(char *out, struct str text)
{
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '\\') {
            assert_true(i + 3 < text.len && text.data[i + 1] == 'x');
            c = (char)(golden_hex(text.data[i + 2]) * 16 +
                       golden_hex(text.data[i + 3]));
            i += 3;
        }
        out[len++] = c;
    }
    return (struct str){out, len};
}

/* Returns how many lines were compared; fails the test on a difference. */
static size_t check_golden(struct ctx *ctx, const struct wordpiece *wp,
                           size_t cap, const char *path)
{
    struct tokens tokens;
    struct str file, line, field, want;
    size_t lines = 0;

    assert_int_equal(file_read(ctx, &file, path, (size_t)1 << 20), RSC_OK);
    assert_int_equal(tokens_init(ctx, &tokens, cap, false), RSC_OK);
    while (str_next_line(&file, &line)) {
        if (lines == 0 && line.len && line.data[0] == '#')
            continue;
        struct str ids = line;
        assert_true(str_next_field(&ids, '\t', &field));
        char *raw = ctx_alloc(ctx, field.len + 1);
        assert_non_null(raw);
        wordpiece_encode(&tokens, wp, golden_text(raw, field));
        size_t n = 0;
        for (uint64_t id; str_next_field(&ids, ' ', &want); n++) {
            assert_true(str_to_u64(want, INT32_MAX, &id));
            if (n >= tokens.len || (uint64_t)tokens.ids[n] != id)
                fail_msg("%.*s: token %zu is not %d", STR_ARG(field), n,
                         (int)id);
        }
        assert_int_equal(n, tokens.len);
        lines++;
    }
    return lines;
}

#endif
