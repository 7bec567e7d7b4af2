/* SPDX-License-Identifier: MIT */
#include "score/redact.h"

#include <assert.h>

const char *personal_kind_name(enum personal_kind kind)
{
    static const char *const names[] = {
        "name",    "e-mail", "phone",       "address",         "link",
        "birth",   "gender", "nationality", "graduation year", "photo",
        "personal"};
    assert((unsigned)kind < sizeof(names) / sizeof(names[0]));
    return names[kind];
}

void redact_write(struct buf *out, struct redact_counts *counts,
                  const struct resume *resume)
{
    struct str text = resume->document->text;
    size_t at = 0;
    *counts = (struct redact_counts){0};
    for (size_t i = 0; i < resume->n_personal; i++) {
        const struct personal *personal = &resume->personal[i];
        buf_put(out, str_slice(text, at, personal->span.start));
        buf_printf(out, "[%s]", personal_kind_name(personal->kind));
        at = personal->span.end;
        counts->of[personal->kind]++;
        counts->all++;
    }
    buf_put(out, str_slice(text, at, text.len));
}
