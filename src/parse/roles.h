/* SPDX-License-Identifier: MIT */
#ifndef RSC_ROLES_H
#define RSC_ROLES_H

/*
 * Dated roles. A role begins with a header: one to four short lines, one of
 * which carries its dates. The first header of a section shows how many lines
 * stand above the dates; the others follow it.
 */

#include "parse/layout.h"
#include "parse/resume.h"

struct role_list {
    struct role *items;
    size_t len, cap;
};

/* Appends the roles of a section; at most LIMIT_ROLES in all. is_sure says
 * that the section's heading announced them. Fails with RSC_ENOMEM only. */
rsc_status roles_read(struct ctx *ctx, struct role_list *out,
                      const struct layout *layout,
                      const struct section *section,
                      const struct resume_options *options, bool is_sure);

#endif
