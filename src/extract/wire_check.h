/* SPDX-License-Identifier: MIT */
#ifndef RSC_WIRE_CHECK_H
#define RSC_WIRE_CHECK_H

/*
 * What must hold for a document that came through the pipe before anybody
 * uses it: the promises of base/document.h, checked one by one.
 */

#include "base/document.h"

/* NULL when doc keeps every promise, else a phrase that names the first one
 * that it breaks. */
const char *wire_broken_rule(const struct document *doc);

/* One line of valid UTF-8 without control characters. */
bool wire_is_sentence(struct str s);

#endif
