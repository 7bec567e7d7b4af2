/* SPDX-License-Identifier: MIT */
#ifndef RSC_PERSONAL_H
#define RSC_PERSONAL_H

/*
 * Who the person is: found only to be kept out. What stands inside of a
 * skill, a language, an employer or a title is no personal datum: "French,
 * native", "women's health".
 */

#include "parse/layout.h"
#include "parse/resume.h"

struct personal_list {
    struct personal *items;
    size_t len, cap;
};

/* The candidate's name at the top of the document; empty if none is found. */
struct span name_find(const struct layout *layout,
                      const struct resume_options *options);
/* Appends the occurrences of the name and of its parts. A part that is also
 * an ordinary word, a skill or a trade ("Ruby", "Cook") counts only where the
 * context is one of a name. Fails with RSC_ENOMEM only. */
rsc_status name_mark(struct ctx *ctx, struct personal_list *out,
                     const struct layout *layout, struct span name,
                     const struct ontology *ontology);

/* Appends links, addresses, phone numbers and statements about the person;
 * contact[0] is the part before the first heading, and the others stand under
 * headings such as "Contact". Fails with RSC_ENOMEM only. */
rsc_status personal_find(struct ctx *ctx, struct personal_list *out,
                         const struct layout *layout,
                         const struct span *contact, size_t n_contact);
/* E-mail addresses, links and phone numbers within the span. */
rsc_status reach_find(struct ctx *ctx, struct personal_list *out,
                      const struct layout *layout, struct span contact);
/* Sorts and merges what overlaps. */
void personal_sort(struct personal_list *list);
rsc_status personal_add(struct ctx *ctx, struct personal_list *out,
                        size_t start, size_t end, enum personal_kind kind);

#endif
