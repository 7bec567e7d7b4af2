/* SPDX-License-Identifier: MIT */
#ifndef RSC_CSS_COLOUR_H
#define RSC_CSS_COLOUR_H

/*
 * Colours as CSS and HTML write them: "#fff", "white", "rgb(255 255 255)",
 * "hsl(0, 0%, 100%)".
 */

#include "base/str.h"
#include "canvas.h"

/* False for what is no colour; *out is as before. Ink that is not there is
 * white; one that is half there is not known. */
bool css_colour_read(struct canvas_colour *out, struct str s);
/* A number at the front of s; *s begins behind it then. Both are as before
 * where there is none. */
bool css_number_take(struct str *s, float *out);

#endif
