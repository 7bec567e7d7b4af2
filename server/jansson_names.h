/* SPDX-License-Identifier: MIT */
#ifndef RSC_JANSSON_NAMES_H
#define RSC_JANSSON_NAMES_H

/* jansson reads, base/json.h writes, and both have a json_null; jansson's is
 * not used here. Include this instead of jansson.h. */

#define json_null jansson_null
#include <jansson.h>
#undef json_null

#endif
