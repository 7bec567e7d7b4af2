/* SPDX-License-Identifier: MIT */
#ifndef RSC_INTERN_H
#define RSC_INTERN_H

/* Numbers strings from 0 on, equal ones alike. Lives in the arena of the ctx
 * that it is used with; start from zeros. */

#include "base/vec.h"

#define INTERN_NONE UINT32_MAX

struct intern {
    struct str *items; /* by number; borrowed bytes */
    size_t len, cap;
    uint32_t *slots; /* number + 1, or 0 */
    size_t n_slots;
};

/* Gives the number of name, a new one (the old len) where it has none yet.
 * The bytes must stay. Fails with RSC_ENOMEM. */
rsc_status intern_put(struct ctx *ctx, struct intern *in, struct str name,
                      uint32_t *number);
/* The number of name, or INTERN_NONE. */
uint32_t intern_find(const struct intern *in, struct str name);

#endif
