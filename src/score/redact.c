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

/* "Built services and deployed them": of things, mostly, and of everybody
 * alike. Where pronouns are stated ("they/them") each of them tells. */
static bool is_plain_plural(struct str word)
{
    static const char *const words[] = {"they",   "them",       "their",
                                        "theirs", "themselves", "themself"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

static bool states_plural(struct str text)
{
    return str_find_nocase(text, STR("they/"), 0) != SIZE_MAX ||
           str_find_nocase(text, STR("/them"), 0) != SIZE_MAX;
}

void redact_write(struct buf *out, struct redact_counts *counts,
                  const struct resume *resume)
{
    struct str text = resume->document->text;
    bool keep_plural = !states_plural(text);
    size_t at = 0;
    *counts = (struct redact_counts){0};
    for (size_t i = 0; i < resume->n_personal; i++) {
        const struct personal *personal = &resume->personal[i];
        if (keep_plural && personal->kind == PERSONAL_GENDER &&
            is_plain_plural(span_of(text, personal->span)))
            continue;
        buf_put(out, str_slice(text, at, personal->span.start));
        buf_printf(out, "[%s]", personal_kind_name(personal->kind));
        at = personal->span.end;
        counts->of[personal->kind]++;
        counts->all++;
    }
    buf_put(out, str_slice(text, at, text.len));
}
