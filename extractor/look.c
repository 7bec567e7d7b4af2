/* SPDX-License-Identifier: MIT */
#include "look.h"

#include <stdlib.h>

#define TINY_PT 4.0f
/* The narrowest fonts there are have half of the usual width. */
#define NARROWEST 0.25f

void look_apply(struct look *look, const struct look *over)
{
    if (over->has_bold)
        look->bold = over->bold, look->has_bold = true;
    if (over->has_vanish)
        look->vanish = over->vanish, look->has_vanish = true;
    if (over->size > 0)
        look->size = over->size;
    if (over->stretch > 0)
        look->stretch = over->stretch;
    if (over->has_off_page)
        look->off_page = over->off_page, look->has_off_page = true;
    if (over->has_far_frame)
        look->far_frame = over->far_frame, look->has_far_frame = true;
    if (over->has_flat)
        look->flat = over->flat, look->has_flat = true;
    if (over->has_colour)
        look->colour = over->colour, look->has_colour = true;
    if (over->has_shade)
        look->shade = over->shade, look->has_shade = true;
}

struct flow_style look_style(const struct look *look,
                             struct canvas_colour background)
{
    struct flow_style style = {.bold = look->bold, .size = look->size};

    style.is_hidden = true;
    if (look->vanish)
        style.reason = HIDDEN_STYLE;
    else if ((look->size > 0 && look->size < TINY_PT) ||
             (look->stretch > 0 && look->stretch < NARROWEST))
        style.reason = HIDDEN_TINY;
    else if (look->off_page || look->far_frame)
        style.reason = HIDDEN_OFF_PAGE;
    else if (look->flat)
        style.reason = HIDDEN_CLIPPED;
    else if (look->has_colour && canvas_is_unreadable(look->colour, background))
        style.reason = HIDDEN_COLOUR;
    else
        style.is_hidden = false;
    return style;
}

bool look_colour(struct canvas_colour *out, const char *hex)
{
    char *end;

    if (!hex)
        return false;
    if (*hex == '#')
        hex++;
    unsigned long v = strtoul(hex, &end, 16);
    if (end != hex + 6)
        return false;
    *out = (struct canvas_colour){(float)(v >> 16 & 255) / 255,
                                  (float)(v >> 8 & 255) / 255,
                                  (float)(v & 255) / 255, true};
    return true;
}
