/* SPDX-License-Identifier: MIT */
#ifndef RSC_LOOK_H
#define RSC_LOOK_H

/*
 * How text looks in a format with styles: what a style says, a run or an
 * element changes. What nothing was said about stays as it was.
 */

#include "canvas.h"
#include "flow.h"

struct look {
    bool bold, vanish; /* vanish: hidden, display:none and their like */
    bool has_bold, has_vanish;
    float size;    /* pt; 0: not said */
    float stretch; /* width of the letters, 1 as they are; 0: not said */
    /* The paragraph: beside the page by its indent or its frame, in lines too
     * low to show anything. */
    bool off_page, far_frame, flat;
    bool has_off_page, has_far_frame, has_flat;
    struct canvas_colour colour;
    bool has_colour;
    struct canvas_colour shade; /* behind it */
    bool has_shade;
};

/* Lays what `over` says over what is in look. */
void look_apply(struct look *look, const struct look *over);
/* Bold and size, and whether a person sees it on this background. */
struct flow_style look_style(const struct look *look,
                             struct canvas_colour background);
/* Six hexadecimal digits, with or without "#"; false for anything else, and
 * *out is as before. */
bool look_colour(struct canvas_colour *out, const char *hex);

#endif
