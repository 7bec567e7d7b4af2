/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENTITIES_HTML_H
#define RSC_ENTITIES_HTML_H

#include <resume_scorer.h>

#include "base/str.h"

/* Appends one self-contained page, in the manner of displaCy: the text with
 * each entity marked and labelled. Everything of the text is escaped. */
void entities_html_write(struct buf *out, const rsc_entity_list *list);

#endif
