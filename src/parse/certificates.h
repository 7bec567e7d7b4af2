/* SPDX-License-Identifier: MIT */
#ifndef RSC_CERTIFICATES_H
#define RSC_CERTIFICATES_H

/* Certificates and licences with issuer and year. */

#include "parse/layout.h"
#include "parse/resume.h"

struct certificate_list {
    struct certificate *items;
    size_t len, cap;
};

/* Appends the certificates of a section that lists them. Fails with
 * RSC_ENOMEM only. */
rsc_status certificates_read(struct ctx *ctx, struct certificate_list *out,
                             const struct layout *layout,
                             const struct section *section,
                             const struct ontology *ontology);

#endif
