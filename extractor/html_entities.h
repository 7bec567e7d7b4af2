/* SPDX-License-Identifier: MIT */
#ifndef RSC_HTML_ENTITIES_H
#define RSC_HTML_ENTITIES_H

#include "base/str.h"

/* The code point of a named character ("eacute"), or 0. Case counts. */
uint32_t html_entity_find(struct str name);

#endif
